#include "servers/admin/commands.h"

#include <spdlog/spdlog.h>

#include <algorithm>
#include <boost/json.hpp>

#include "model/describe.h"
#include "model/words.h"
#include "security/client_list.h"
#include "servers/admin/account_commands.h"
#include "servers/admin/history_commands.h"
#include "servers/admin/house_commands.h"
#include "servers/admin/request.h"

namespace candela::servers::admin {
namespace {

namespace asio = boost::asio;
namespace json = boost::json;

json::array zones_of(const Context& context) {
  const Project& project = *context.view.project();
  const MonoTime now = context.clock.now().mono;
  json::array zones;
  for (const Zone& zone : project.zones) {
    const View::ZoneState& state = context.view.zone(zone.number);
    json::object it{{"id", zone.id},
                    {"name", zone.name},
                    {"area", project.find(zone.area)->id},
                    {"number", zone.number.value},
                    {"level", state.fade.at(now).percent()},
                    {"target", state.fade.to.percent()},
                    {"fading", state.fade.moving(now)}};
    for (auto& [key, value] : zone_extras(zone, context)) it[key] = value;
    zones.push_back(std::move(it));
  }
  return zones;
}

json::array areas_of(const Context& context) {
  const Project& project = *context.view.project();
  json::array areas;
  for (const Area& area : project.areas) {
    const Scene* scene = project.find(context.view.scene(area.number));
    json::array scenes;
    for (const SceneId id : area.scenes) scenes.emplace_back(project.find(id)->id);
    areas.push_back({{"id", area.id},
                     {"name", area.name},
                     {"number", area.number.value},
                     {"scene", scene == nullptr ? json::value(nullptr) : json::value(scene->id)},
                     {"scenes", std::move(scenes)}});
  }
  return areas;
}

json::array devices_of(const Context& context) {
  const Project& project = *context.view.project();
  json::array devices;
  for (const Device& device : project.devices) {
    const View::DeviceState& state = context.view.device(device.number);
    const Link* link = project.find(device.link);
    const bool is_there = state.present || device.is_virtual();
    devices.push_back({{"id", device.id},
                       {"name", device.name},
                       {"number", device.number.value},
                       {"link", link == nullptr ? json::value() : json::value(link->id)},
                       {"address", device.address},
                       {"presence", is_there       ? "present"
                                    : !state.known ? "unknown"
                                                   : "silent"},
                       {"fault", word(state.fault)}});
  }
  return devices;
}

json::array buttons_of(const Context& context) {
  const Project& project = *context.view.project();
  json::array buttons;
  for (const Button& button : project.buttons) {
    buttons.push_back({{"id", button.id},
                       {"name", button.name},
                       {"engraving", button.engraving},
                       {"number", button.number.value},
                       {"keypad", project.find(button.keypad)->id},
                       {"led", word(context.view.led(button.led))}});
  }
  return buttons;
}

Answer status(const Context& context) {
  const Project& project = *context.view.project();
  const Health health = context.administration.health();
  json::array links;
  for (const Link& link : project.links) {
    links.push_back({{"id", link.id}, {"name", link.name}, {"fault", word(context.view.link(link.number))}});
  }
  json::array warnings;
  for (const std::string& warning : health.warnings) warnings.emplace_back(warning);
  json::object status{{"version", context.identity.version},
                      {"serial", context.identity.serial},
                      {"time", iso_text(context.clock.now().utc)},
                      {"project", {{"name", project.name}, {"version", health.project_version}}},
                      {"warnings", std::move(warnings)},
                      {"links", std::move(links)},
                      {"areas", areas_of(context)},
                      {"zones", zones_of(context)},
                      {"buttons", buttons_of(context)},
                      {"devices", devices_of(context)}};
  for (auto& [key, value] : house_status(context)) status[key] = value;
  return json::value(std::move(status));
}

Answer set_zone(const json::object& request, const Context& context) {
  const auto zone = look_up(context.view.project()->zones, "zone", text_of(request, "zone"));
  if (!zone) return zone.error();
  const std::optional<double> level = number_of(request, "level");
  if (!level || *level < 0 || *level > 100) return Error{"the level must be a number from 0 to 100 (percent)"};
  SetZone set{(*zone)->number, Level::from_percent(*level), std::nullopt, {}};
  if (const auto fade = number_of(request, "fade")) {
    if (*fade < 0 || *fade > 86400) return Error{"the fade must be from 0 to 86400 seconds"};
    set.fade = from_seconds(*fade);
  }
  return submit(set, context);
}

Answer move_button(const json::object& request, const Context& context, PressedButtons& pressed) {
  const auto button = look_up(context.view.project()->buttons, "button", text_of(request, "button"));
  if (!button) return button.error();
  const ButtonId number = (*button)->number;
  if (!(request.at("command") == "release" ? pressed.release(number) : pressed.press(number))) return busy();
  return json::value(nullptr);
}

Answer activate(const json::object& request, const Context& context) {
  const auto scene = look_up(context.view.project()->scenes, "scene", text_of(request, "scene"));
  if (!scene) return scene.error();
  return submit(ActivateScene{(*scene)->number}, context);
}

json::value to_json(const Client& client) {
  return {{"name", client.name},
          {"role", to_word(client.role)},
          {"added", iso_text(client.added)},
          {"revoked", client.revoked},
          {"fingerprint", client.key_fingerprint}};
}

asio::awaitable<Answer> add_client(const json::object& request, const Context& context) {
  Role role{};
  if (!from_word(text_of(request, "role"), role)) co_return Error{"the role must be monitor, control or admin"};
  const std::string name = text_of(request, "name");
  auto issued = co_await ask<IssuedClient>(
      [&](auto answered) { context.administration.add_client(name, role, std::move(answered)); });
  if (!issued) co_return issued.error();
  co_return json::value{{"client", to_json(issued->client)},
                        {"key", issued->key_pem},
                        {"certificate", issued->certificate_pem},
                        {"ca", issued->ca_pem}};
}

asio::awaitable<Answer> revoke_client(const json::object& request, const Context& context) {
  const std::string name = text_of(request, "name");
  auto revoked = co_await ask<std::monostate>(
      [&](auto answered) { context.administration.revoke_client(name, std::move(answered)); });
  if (!revoked) co_return revoked.error();
  co_return json::value(nullptr);
}

Answer list_clients(const Context& context) {
  json::array clients;
  for (const Client& client : context.administration.clients()) clients.push_back(to_json(client));
  return json::value(std::move(clients));
}

std::string_view word(PairingWindow::End end) {
  using End = PairingWindow::End;
  switch (end) {
    case End::never_opened: return "never opened";
    case End::still_open: return "open";
    case End::paired: return "paired";
    case End::timed_out: return "timed out";
    case End::closed: return "closed";
    case End::too_many_wrong: return "too many wrong requests";
  }
  return "";
}

json::value pairing_state(const PairingWindow& window, const Context& context) {
  json::object state{{"state", word(window.end())},
                     {"open", window.is_open()},
                     {"locked", window.is_locked()},
                     {"refused", window.refused()}};
  if (window.is_open()) {
    state["role"] = to_word(window.opening().role);
    state["seconds_left"] = to_seconds(window.until() - context.clock.now().mono);
  }
  if (!window.last_paired().empty()) state["client"] = window.last_paired();
  return state;
}

bool is_client(const std::string& name, const Context& context) {
  const std::vector<Client> clients = context.administration.clients();
  return std::any_of(clients.begin(), clients.end(),
                     [&](const Client& client) { return client.name == name && !client.revoked; });
}

/// Opens and closes the pairing window, or waits until it is closed.
asio::awaitable<Answer> pair(const json::object& request, const Context& context) {
  if (context.pairing == nullptr) co_return Error{"pairing is not served; start candelad with --pairing-port"};
  PairingWindow& window = *context.pairing;
  const std::string what = text_of(request, "do");
  if (what == "open") {
    PairingWindow::Opening opening;
    opening.name = text_of(request, "name");
    opening.lasts = std::chrono::seconds(
        static_cast<int>(number_of(request, "seconds").value_or(static_cast<double>(PairingWindow::kLasts.count()))));
    if (!from_word(text_of(request, "role"), opening.role)) {
      co_return Error{"the role must be monitor, control or admin"};
    }
    if (!opening.name.empty() && is_client(opening.name, context)) {
      co_return Error{"there is a client \"" + opening.name + "\" already; revoke it first or choose another name"};
    }
    spdlog::info("pairing: open for {} s, as {}", opening.lasts.count(), to_word(opening.role));
    window.open(std::move(opening), context.clock.now().mono);
  } else if (what == "close") {
    window.close();
  } else if (what == "wait") {
    co_await asio::async_initiate<const asio::use_awaitable_t<>&, void()>(
        [&window](auto handler) {
          const auto shared = std::make_shared<decltype(handler)>(std::move(handler));
          window.when_closed([shared] { std::move (*shared)(); });
        },
        asio::use_awaitable);
  }
  co_return pairing_state(window, context);
}

Answer report(const Result<TransferReport>& result) {
  if (!result) return result.error();
  json::array warnings;
  for (const std::string& warning : result->warnings) warnings.emplace_back(warning);
  return json::value{{"version", result->version}, {"warnings", std::move(warnings)}};
}

asio::awaitable<Answer> transfer(const json::object& request, const Context& context) {
  std::vector<ProjectFile> files;
  const json::value* given = request.if_contains("files");
  if (given == nullptr || !given->is_array()) co_return Error{"a transfer needs the project's files"};
  for (const json::value& file : given->get_array()) {
    if (!file.is_object()) co_return Error{"a transfer needs the project's files"};
    files.push_back({text_of(file.get_object(), "name"), text_of(file.get_object(), "text")});
  }
  co_return report(co_await ask<TransferReport>([&](auto answered) {
    context.administration.transfer(std::move(files), text_of(request, "note"), std::move(answered));
  }));
}

asio::awaitable<Answer> roll_back(const json::object& request, const Context& context) {
  const std::optional<double> version = number_of(request, "version");
  if (!version || *version < 1 || *version > 4e9)
    co_return Error{"the version must be a number that `candela versions` lists"};
  co_return report(co_await ask<TransferReport>([&](auto answered) {
    context.administration.rollback(static_cast<std::uint32_t>(*version), std::move(answered));
  }));
}

/// The files of a version, and what was changed in its scenes while it ran: what a plan compares with.
asio::awaitable<Answer> read_version(const json::object& request, const Context& context) {
  const double version = number_of(request, "version").value_or(0);
  if (version < 0 || version > 4e9) co_return Error{"the version must be a number that `candela versions` lists"};
  auto kept = co_await ask<std::vector<ProjectFile>>([&](auto answered) {
    context.administration.read_version(static_cast<std::uint32_t>(version), std::move(answered));
  });
  if (!kept) co_return kept.error();
  json::array files;
  for (const ProjectFile& file : *kept) files.push_back({{"name", file.name}, {"text", file.text}});
  json::array edited;
  for (const Scene& scene : context.view.project()->scenes) {
    if (context.view.scene_edit(scene.number) != nullptr) edited.emplace_back(scene.id);
  }
  co_return json::value{{"files", std::move(files)}, {"edited_scenes", std::move(edited)}};
}

asio::awaitable<Answer> versions(const Context& context) {
  auto list = co_await ask<std::vector<ProjectVersion>>(
      [&](auto answered) { context.administration.versions(std::move(answered)); });
  if (!list) co_return list.error();
  json::array versions;
  for (const ProjectVersion& version : *list) {
    versions.push_back({{"version", version.version},
                        {"saved", iso_text(version.saved)},
                        {"project", version.project_name},
                        {"note", version.note},
                        {"active", version.active}});
  }
  co_return json::value(std::move(versions));
}

}  // namespace

asio::awaitable<Answer> carry_out(const json::object& request, const Context& context, PressedButtons& pressed) {
  const std::string command = text_of(request, "command");
  if (command == "status") co_return status(context);
  if (command == "set") co_return set_zone(request, context);
  if (command == "press" || command == "release") co_return move_button(request, context, pressed);
  if (command == "activate") co_return activate(request, context);
  if (command == "explain") co_return co_await explain(request, context);
  if (command == "history") co_return co_await history(request, context);
  if (command == "history limit") co_return co_await limit_history(request, context);
  if (command == "client add") co_return co_await add_client(request, context);
  if (command == "client list") co_return list_clients(context);
  if (command == "client revoke") co_return co_await revoke_client(request, context);
  if (command == "pair") co_return co_await pair(request, context);
  if (command == "transfer") co_return co_await transfer(request, context);
  if (command == "versions") co_return co_await versions(context);
  if (command == "project") co_return co_await read_version(request, context);
  if (command == "rollback") co_return co_await roll_back(request, context);
  if (auto answer = co_await account_command(command, request, context)) co_return *std::move(answer);
  if (auto answer = house_command(command, request, context)) co_return *std::move(answer);
  co_return Error{"unknown command \"" + command + "\""};
}

json::value feed_entry(const Change& change, const Context& context) {
  const Project& project = *context.view.project();
  const std::string text = describe(change, project);
  if (text.empty()) return nullptr;
  return {{"time", iso_text(change.at.utc)},
          {"text", text},
          {"because", describe(change.cause, project, client_names(context))}};
}

}  // namespace candela::servers::admin
