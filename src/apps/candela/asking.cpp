#include "apps/candela/asking.h"

#include <fmt/core.h>

#include <boost/json.hpp>

#include "apps/candela/socket_client.h"
#include "base/json.h"

namespace candela::apps {

namespace json = boost::json;

int fail(const std::string& reason) {
  fmt::print(stderr, "candela: {}\n", reason);
  return 1;
}

int ask(const Setting& setting, const json::object& request, const std::function<void(const json::value&)>& show) {
  auto client = SocketClient::connect(setting.state);
  if (!client) return fail(client.error().message);
  const auto result = client->ask(request);
  if (!result) return fail(result.error().message);
  if (setting.json) {
    fmt::print("{}\n", to_text(*result));
  } else if (show) {
    show(*result);
  }
  return 0;
}

std::string text(const json::value& object, std::string_view key) { return std::string(object.at(key).as_string()); }

}  // namespace candela::apps
