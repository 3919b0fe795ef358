#include "servers/http/operations.h"

#include <array>
#include <optional>

namespace candela::servers::http {
namespace {

constexpr Operation tell(std::string_view path, std::string_view command, std::string_view id = {},
                         std::string_view members = {}) {
  return {"GET", path, Role::monitor, Reply::told, command, id, members, {}};
}
constexpr Operation tell_one(std::string_view path, std::string_view command, std::string_view id) {
  return {"GET", path, Role::monitor, Reply::one, command, id, {}, {}};
}
constexpr Operation command(std::string_view path, std::string_view word, std::string_view id = {},
                            std::string_view members = {}, std::string_view fixed = {}) {
  return {"POST", path, Role::control, Reply::taken, word, id, members, fixed};
}
constexpr Operation administer(std::string_view method, std::string_view path, Reply reply, std::string_view command,
                               std::string_view id = {}, std::string_view members = {}, std::string_view fixed = {}) {
  return {method, path, Role::admin, reply, command, id, members, fixed};
}
constexpr Operation project(std::string_view path, std::string_view command, std::string_view members) {
  return {"POST", path, Role::admin, Reply::told, command, {}, members, {}, Special::none, true};
}
constexpr Operation special(std::string_view method, std::string_view path, Role least, Special what,
                            std::string_view members = {}) {
  return {method, path, least, method == "GET" ? Reply::told : Reply::taken, {}, {}, members, {}, what};
}

/// The whole API. schema/api.yaml describes each row, and a test compares them.
constexpr auto kOperations = std::to_array<Operation>({
    // the home, and how it is
    special("GET", "home", Role::monitor, Special::home),
    special("GET", "state", Role::monitor, Special::state),
    special("GET", "feed", Role::monitor, Special::feed),
    special("GET", "live", Role::monitor, Special::live),
    special("GET", "openapi.yaml", Role::monitor, Special::description),
    tell("health", "health"),
    tell("status", "status"),
    tell("history", "history", "", "zone area kind from to limit skip"),

    // lights
    tell("zones", "zone"),
    special("GET", "zones/{id}", Role::monitor, Special::zone),
    tell("zones/{id}/why", "explain", "zone", "at last"),
    command("zones/{id}/level", "set", "zone", "level fade"),
    command("zones/{id}/move", "move", "zone", "direction"),
    command("zones/{id}/tilt", "tilt", "zone", "level fade"),
    command("zones/{id}/colour", "colour", "zone", "kelvin x y hue saturation warm_dim fade"),
    command("zones/{id}/fan", "fan", "zone", "speed"),
    command("zones/{id}/climate", "climate", "zone", "mode heat cool"),
    tell("thermostats", "climate"),
    tell("areas", "area"),
    tell_one("areas/{id}", "area", "area"),
    command("areas/{id}/level", "area set", "area", "level fade"),
    command("areas/{id}/move", "area move", "area", "direction"),
    command("areas/{id}/shades", "shades", "area", "level fade direction"),
    tell("scenes", "scene"),
    tell("scenes/{id}", "scene assignments", "scene"),
    command("scenes/{id}/activate", "activate", "scene"),
    command("scenes/{id}/save", "scene", "scene", "", R"({"save":true})"),

    // buttons and devices
    tell("buttons", "button"),
    tell_one("buttons/{id}", "button", "button"),
    special("POST", "buttons/{id}/press", Role::control, Special::press),
    special("POST", "buttons/{id}/release", Role::control, Special::release),
    special("POST", "buttons/{id}/tap", Role::control, Special::tap),
    special("POST", "buttons/{id}/hold", Role::control, Special::hold, "seconds"),
    command("buttons/{id}/double_tap", "double tap", "button"),
    command("buttons/{id}/led", "led", "button", "state"),
    tell("devices", "device"),
    tell_one("devices/{id}", "device", "device"),
    tell("links", "link"),
    tell_one("links/{id}", "link", "link"),

    // programs
    tell("modes", "mode"),
    command("modes/{id}/activate", "mode", "mode"),
    tell("variables", "variable"),
    tell_one("variables/{id}", "variable", "variable"),
    command("variables/{id}/state", "variable", "variable", "state"),
    tell("sequences", "sequence"),
    command("sequences/{id}/start", "sequence", "sequence", "", R"({"control":"start"})"),
    command("sequences/{id}/stop", "sequence", "sequence", "", R"({"control":"stop"})"),
    tell("shows", "show"),
    command("shows/{id}/start", "show", "show", "", R"({"control":"start"})"),
    command("shows/{id}/stop", "show", "show", "", R"({"control":"stop"})"),
    tell("timeclocks", "timeclock"),
    command("timeclocks/{id}/enable", "timeclock", "id", "", R"({"do":"enable"})"),
    command("timeclocks/{id}/disable", "timeclock", "id", "", R"({"do":"disable"})"),
    command("timeclocks/{id}/run", "timeclock", "id", "", R"({"do":"run"})"),
    tell("facades", "facade"),
    command("facades/{id}/enable", "facade", "id", "", R"({"do":"enable"})"),
    command("facades/{id}/disable", "facade", "id", "", R"({"do":"disable"})"),
    command("facades/{id}/resume", "facade", "id", "", R"({"do":"resume"})"),
    command("facades/{id}/shades", "shades", "facade", "level fade direction"),

    // people, and the whole house
    tell("occupancy", "occupancy"),
    tell_one("occupancy/{id}", "occupancy", "group"),
    command("occupancy/{id}/mode", "occupancy", "group", "mode"),
    tell("sensors", "sensor"),
    command("sensors/{id}/enable", "sensor", "sensor", "", R"({"on":true})"),
    command("sensors/{id}/disable", "sensor", "sensor", "", R"({"on":false})"),
    tell("house", "house"),
    command("house/away", "house", "", "away"),
    command("house/emergency", "house", "", "emergency"),
    command("house/shed", "house", "", "shed"),

    // administration
    administer("GET", "clients", Reply::told, "client list"),
    administer("POST", "clients", Reply::made, "client add", "", "name role"),
    administer("DELETE", "clients/{id}", Reply::done, "client revoke", "name"),
    administer("GET", "accounts", Reply::told, "account list"),
    administer("POST", "accounts", Reply::made, "account add", "", "name role password lip leap prompt"),
    administer("DELETE", "accounts/{id}", Reply::done, "account remove", "name"),
    administer("GET", "tokens", Reply::told, "token list"),
    administer("POST", "tokens", Reply::made, "token add", "", "name role expires_in_days"),
    administer("DELETE", "tokens/{id}", Reply::done, "token remove", "name"),
    administer("GET", "pairing", Reply::told, "pair"),
    administer("POST", "pairing/open", Reply::told, "pair", "", "role name seconds", R"({"do":"open"})"),
    administer("POST", "pairing/close", Reply::told, "pair", "", "", R"({"do":"close"})"),
    administer("POST", "history/limits", Reply::done, "history limit", "", "days megabytes"),
    project("project/check", "check", "files"),
    project("project/plan", "plan", "files"),
    project("project/transfer", "transfer", "files note"),
    administer("GET", "project/versions", Reply::told, "versions"),
    administer("GET", "project/versions/{id}", Reply::told, "project", "version"),
    administer("POST", "project/versions/{id}/rollback", Reply::told, "rollback", "version"),
});

std::optional<char> hex_pair(std::string_view text) {
  int value = 0;
  for (const char digit : text) {
    value *= 16;
    if (digit >= '0' && digit <= '9') {
      value += digit - '0';
    } else if (digit >= 'a' && digit <= 'f') {
      value += digit - 'a' + 10;
    } else if (digit >= 'A' && digit <= 'F') {
      value += digit - 'A' + 10;
    } else {
      return std::nullopt;
    }
  }
  return static_cast<char>(value);
}

/// The segment of the path that {id} stands for, still encoded; none = the path is another one. Without {id}: empty.
std::optional<std::string_view> match(std::string_view pattern, std::string_view path) {
  constexpr std::string_view kId = "{id}";
  const std::size_t place = pattern.find(kId);
  if (place == std::string_view::npos) return pattern == path ? std::optional(std::string_view()) : std::nullopt;
  const std::string_view tail = pattern.substr(place + kId.size());
  if (path.size() <= place + tail.size() || !path.starts_with(pattern.substr(0, place)) || !path.ends_with(tail)) {
    return std::nullopt;
  }
  const std::string_view id = path.substr(place, path.size() - place - tail.size());
  return id.find('/') == std::string_view::npos ? std::optional(id) : std::nullopt;
}

}  // namespace

std::optional<std::string> percent_decoded(std::string_view text) {
  std::string plain;
  for (std::size_t i = 0; i < text.size(); ++i) {
    if (text[i] != '%') {
      plain += text[i];
      continue;
    }
    if (i + 2 >= text.size()) return std::nullopt;
    const auto character = hex_pair(text.substr(i + 1, 2));
    if (!character) return std::nullopt;
    plain += *character;
    i += 2;
  }
  return plain;
}

std::span<const Operation> operations() { return kOperations; }

Found find_operation(std::string_view method, std::string_view path) {
  constexpr std::string_view kRoot = "/api/";
  path.remove_prefix(kRoot.size());
  if (method == "HEAD") method = "GET";
  Found found;
  for (const Operation& operation : kOperations) {
    const auto encoded = match(operation.path, path);
    auto id = encoded ? percent_decoded(*encoded) : std::nullopt;
    if (!id) continue;
    found.methods.push_back(operation.method);
    if (operation.method == "GET") found.methods.emplace_back("HEAD");
    if (operation.method != method) continue;
    found.operation = &operation;
    found.id = *std::move(id);
  }
  return found;
}

}  // namespace candela::servers::http
