#include <fmt/format.h>

#include <boost/json.hpp>

#include "apps/candela/asking.h"
#include "apps/candela/socket_client.h"
#include "base/json.h"

namespace candela::apps {
namespace {

namespace json = boost::json;

/// How the window closed, in words; the exit status that goes with it.
int show_end(const json::value& state) {
  const std::string how = text(state, "state");
  if (how == "paired") {
    fmt::print("{} was let in; `candela client list` shows all\n", text(state, "client"));
    return 0;
  }
  if (how == "timed out") return fail("nobody came; the window is closed again");
  if (how == "too many wrong requests") return fail("too many requests made no sense; the window is closed again");
  return fail("the window was closed");
}

}  // namespace

int pair(const Setting& setting, const PairWish& wish) {
  auto client = SocketClient::connect(setting.state);
  if (!client) return fail(client.error().message);
  json::object request{{"command", "pair"}, {"do", wish.close ? "close" : "open"}, {"role", wish.role}};
  if (!wish.name.empty()) request["name"] = wish.name;
  if (wish.seconds) request["seconds"] = *wish.seconds;
  auto state = client->ask(request);
  if (!state) return fail(state.error().message);
  if (wish.close) {
    if (setting.json) fmt::print("{}\n", to_text(*state));
    return 0;
  }
  if (!setting.json) {
    fmt::print("One program may pair now, as {}: start its pairing within {:.0f} s.\n", wish.role,
               state->at("seconds_left").to_number<double>());
    std::fflush(stdout);
  }
  if (!wish.wait) {
    if (setting.json) fmt::print("{}\n", to_text(*state));
    return 0;
  }
  state = client->ask({{"command", "pair"}, {"do", "wait"}});
  if (!state) return fail(state.error().message);
  if (!setting.json) return show_end(*state);
  fmt::print("{}\n", to_text(*state));
  return text(*state, "state") == "paired" ? 0 : 1;
}

}  // namespace candela::apps
