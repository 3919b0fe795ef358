#include "servers/requests/commands.h"

#include <fmt/format.h>

#include <algorithm>
#include <array>

#include "servers/requests/administration.h"
#include "servers/requests/house.h"

namespace candela::servers::requests {
namespace {

namespace json = boost::json;

constexpr char kClient[] = "client";
constexpr char kAccount[] = "account";
constexpr char kToken[] = "token";

template <const char* what>
std::string named(const json::object& request) {
  return std::string(what) + " \"" + text_of(request, "name") + "\"";
}
template <const char* what>
std::string added(const json::object& request) {
  const std::string role = text_of(request, "role");
  return named<what>(request) + " was added" + (role.empty() ? "" : " as " + role);
}
template <const char* what>
std::string removed(const json::object& request) {
  return named<what>(request) + " was removed";
}
std::string revoked(const json::object& request) { return named<kClient>(request) + " was revoked"; }
std::string pairing_moved(const json::object& request) {
  const std::string what = text_of(request, "do");
  if (what == "open") return "pairing was opened for one client, as " + text_of(request, "role");
  return what == "close" ? "pairing was closed" : "";
}
std::string transferred(const json::object& request) {
  const std::string note = text_of(request, "note");
  return "a project was transferred" + (note.empty() ? "" : ": " + note);
}
std::string rolled_back(const json::object& request) {
  return fmt::format("the processor went back to version {:.0f} of its project",
                     number_of(request, "version").value_or(0));
}
std::string history_limited(const json::object&) { return "it was set how much of the history is kept"; }

constexpr auto kCommands = std::to_array<Command>({
    {"zone", zones},
    {"set", set_zone},
    {"move", move_zone},
    {"fan", fan},
    {"tilt", tilt},
    {"colour", colour},
    {"climate", climate},
    {"area", areas},
    {"area set", set_area},
    {"area move", move_area},
    {"shades", shades},
    {"button", buttons},
    {"double tap", double_tap},
    {"led", led},
    {"device", devices},
    {"link", links},
    {"mode", mode},
    {"variable", variable},
    {"sequence", sequence},
    {"show", show},
    {"scene", scene},
    {"activate", activate},
    {"scene assignments", scene_assignments},
    {"timeclock", timeclock},
    {"facade", facade},
    {"occupancy", occupancy},
    {"sensor", sensor},
    {"house", change_house},
    {"status", status},
    {"health", health},
    {"explain", explain},
    {"history", history},
    {"history limit", limit_history, history_limited},
    {"client add", add_client, added<kClient>},
    {"client list", list_clients},
    {"client revoke", revoke_client, revoked},
    {"account add", add_account, added<kAccount>},
    {"account list", list_accounts},
    {"account remove", remove_account, removed<kAccount>},
    {"token add", add_token, added<kToken>},
    {"token list", list_tokens},
    {"token remove", remove_token, removed<kToken>},
    {"pair", pair, pairing_moved},
    {"check", check},
    {"plan", plan},
    {"transfer", transfer, transferred},
    {"versions", versions},
    {"project", read_version},
    {"rollback", roll_back, rolled_back},
});

}  // namespace

const Command* find_command(std::string_view word) {
  const auto found =
      std::find_if(kCommands.begin(), kCommands.end(), [&](const Command& it) { return it.word == word; });
  return found == kCommands.end() ? nullptr : &*found;
}

boost::asio::awaitable<Answer> carry_out(const Command& command, const boost::json::object& request,
                                         const Asking& asking) {
  if (const auto* now = std::get_if<Command::Now>(&command.run)) co_return (*now)(request, asking);
  Answer answer = co_await std::get<Command::Later>(command.run)(request, asking);
  if (answer && command.record != nullptr) {
    const std::string done = command.record(request);
    if (!done.empty()) asking.administration.record_access(done, asking.source);
  }
  co_return answer;
}

}  // namespace candela::servers::requests
