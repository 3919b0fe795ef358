#include "servers/admin/request.h"

#include "base/spelling.h"

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
  return [&context](ClientId id) { return context.administration.name_of(id); };
}

Error no_such(std::string_view kind, const std::string& id) {
  return Error{"there is no " + std::string(kind) + " \"" + id + "\" in this project; `candela status` lists them"};
}

Error no_such(std::string_view kind, const std::string& id, const std::vector<std::string_view>& known) {
  constexpr std::size_t kFew = 8;
  std::string sentence = "there is no " + std::string(kind) + " \"" + id + "\" in this project";
  if (known.empty()) return Error{sentence + ", nor any other"};
  if (const std::string_view near = nearest(id, known); !near.empty()) {
    return Error{sentence + "; did you mean \"" + std::string(near) + "\"?"};
  }
  if (known.size() > kFew) return no_such(kind, id);
  sentence += "; there is ";
  for (std::size_t i = 0; i < known.size(); ++i) sentence.append(i == 0 ? "" : ", ").append(known[i]);
  return Error{sentence};
}

Error busy() { return Error{"the processor is too busy to take this; try again"}; }

Answer submit(decltype(Event::what) what, const Context& context) {
  if (!context.events.submit({kCommandSource, std::move(what)})) return busy();
  return boost::json::value(nullptr);
}

}  // namespace candela::servers::admin
