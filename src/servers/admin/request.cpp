#include "servers/admin/request.h"

namespace candela::servers::admin {

namespace json = boost::json;

std::string text_of(const json::object& request, std::string_view key) {
  const json::value* value = request.if_contains(key);
  return value != nullptr && value->is_string() ? std::string(value->get_string()) : std::string();
}
std::optional<double> number_of(const json::object& request, std::string_view key) {
  const json::value* value = request.if_contains(key);
  if (value == nullptr || !value->is_number()) return std::nullopt;
  return value->to_number<double>();
}

ClientNames client_names(const Context& context) {
  return [&context](ClientId id) -> std::string {
    for (const Client& client : context.administration.clients()) {
      if (client.number == id) return client.name;
    }
    return "number " + std::to_string(id.value);
  };
}

Error no_such(std::string_view kind, const std::string& id) {
  return Error{"there is no " + std::string(kind) + " \"" + id + "\" in this project; `candela status` lists them"};
}

}  // namespace candela::servers::admin
