#include "servers/requests/commands.h"

#include <algorithm>
#include <array>

#include "servers/requests/administration.h"
#include "servers/requests/house.h"

namespace candela::servers::requests {
namespace {

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
    {"history limit", limit_history},
    {"client add", add_client},
    {"client list", list_clients},
    {"client revoke", revoke_client},
    {"account add", add_account},
    {"account list", list_accounts},
    {"account remove", remove_account},
    {"token add", add_token},
    {"token list", list_tokens},
    {"token remove", remove_token},
    {"pair", pair},
    {"check", check},
    {"plan", plan},
    {"transfer", transfer},
    {"versions", versions},
    {"project", read_version},
    {"rollback", roll_back},
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
  co_return co_await std::get<Command::Later>(command.run)(request, asking);
}

}  // namespace candela::servers::requests
