#include <algorithm>
#include <utility>

#include "protocols/leap/timespan.h"
#include "servers/leap/handlers.h"
#include "servers/leap/statuses.h"

namespace candela::leap::commands {
namespace {

namespace json = boost::json;

Answer refuse(std::string_view message) { return leap::refuse(Status::bad_request, message); }
Answer missing_property(std::string_view name) {
  return refuse("The body is missing a required property : " + std::string(name));
}

std::string_view text_member(const json::object& object, std::string_view name) {
  const json::value* const value = object.if_contains(name);
  return value != nullptr && value->is_string() ? std::string_view(value->get_string()) : std::string_view();
}

const json::object* object_member(const json::object& object, std::string_view name) {
  const json::value* const value = object.if_contains(name);
  return value == nullptr ? nullptr : value->if_object();
}

/// Body.Command, or nothing.
const json::object* command_of(const Call& call) {
  return call.request.body == nullptr ? nullptr : object_member(*call.request.body, "Command");
}

/// How a level shall be reached.
struct Parameters {
  std::optional<double> level;  ///< percent
  std::optional<Duration> fade;
  Duration delay{};
};

/// False when there is a timespan that cannot be read.
bool read_timespan(const json::object& object, std::string_view name, std::optional<Duration>& duration) {
  const json::value* const value = object.if_contains(name);
  if (value == nullptr || value->is_null()) return true;
  duration = parse_timespan(*value);
  return duration && *duration >= Duration::zero();
}

/// Level, FadeTime and DelayTime of a command's parameters. Each may be left out or null; nothing when one is wrong.
std::optional<Parameters> read_parameters(const json::object& object) {
  Parameters parameters;
  if (const json::value* const level = object.if_contains("Level"); level != nullptr && !level->is_null()) {
    if (!level->is_number()) return std::nullopt;
    parameters.level = level->to_number<double>();
  }
  std::optional<Duration> delay;
  if (!read_timespan(object, "FadeTime", parameters.fade) || !read_timespan(object, "DelayTime", delay)) {
    return std::nullopt;
  }
  parameters.delay = delay.value_or(Duration::zero());
  return parameters;
}

Answer new_status(const Call& call, const Zone& zone, Level level) {
  std::string status;
  append_zone_status(status, call.view(), zone, level, Use::command);
  return {Status::created, Content::one("OneZoneStatus", "ZoneStatus", std::move(status))};
}

/// Sends the zone to a level; the answer already shows where it goes.
Answer set_zone(Call& call, const Zone& zone, Level level, const Parameters& how) {
  if (zone.load == LoadType::switched && level.is_on()) level = Level::full();
  if (!call.submit(SetZone{zone.number, level, how.fade, how.delay})) return busy();
  return new_status(call, zone, level);
}

Answer go_to_level(Call& call, const Zone& zone, const json::object& command) {
  const json::value* const list = command.if_contains("Parameter");
  if (list == nullptr || !list->is_array()) return missing_property("Parameter");
  for (const json::value& item : list->get_array()) {
    const json::object* const parameter = item.if_object();
    if (parameter == nullptr || text_member(*parameter, "Type") != "Level") continue;
    const json::value* const value = parameter->if_contains("Value");
    if (value == nullptr || value->is_null()) break;
    if (!value->is_number()) return refuse(kInvalidParameters);
    return set_zone(call, zone, Level::from_percent(value->to_number<double>()), {});
  }
  return missing_property("Value");
}

Answer go_to_dimmed_level(Call& call, const Zone& zone, const json::object& command) {
  if (!is_dimmed(zone.load)) return refuse("Only dimmed zones can be sent to a dimmed level");
  const json::object* const object = object_member(command, "DimmedLevelParameters");
  if (object == nullptr) return missing_property("DimmedLevelParameters");
  const auto parameters = read_parameters(*object);
  if (!parameters) return refuse(kInvalidParameters);
  if (!parameters->level) return missing_property("Level");
  return set_zone(call, zone, Level::from_percent(*parameters->level), *parameters);
}

Answer go_to_switched_level(Call& call, const Zone& zone, const json::object& command) {
  if (zone.load != LoadType::switched) return refuse("Only switched zones can be sent to a switched level");
  const json::object* const object = object_member(command, "SwitchedLevelParameters");
  if (object == nullptr) return missing_property("SwitchedLevelParameters");
  const std::string_view word = text_member(*object, "SwitchedLevel");
  if (word.empty()) return missing_property("SwitchedLevel");
  const auto parameters = read_parameters(*object);
  if (!parameters || (word != "On" && word != "Off")) return refuse(kInvalidParameters);
  return set_zone(call, zone, word == "On" ? Level::full() : Level::off(), *parameters);
}

/// For a group of unlike zones: parameters for each kind, of which the zone takes its own.
Answer go_to_mixed_level(Call& call, const Zone& zone, const json::object& command) {
  const json::object* const mixed = object_member(command, "MixedLevelParameters");
  if (mixed == nullptr) return missing_property("MixedLevelParameters");
  if (is_dimmed(zone.load)) return go_to_dimmed_level(call, zone, *mixed);
  if (zone.load == LoadType::switched) return go_to_switched_level(call, zone, *mixed);
  return refuse(kNotSupported);
}

template <Movement movement>
Answer move(Call& call, const Zone& zone, const json::object&) {
  if (!is_ramped(zone.load)) return refuse("Only dimmed zones and shades can be raised and lowered");
  if (!call.submit(MoveZone{zone.number, movement})) return busy();
  return new_status(call, zone, call.view().level(zone.number, call.now()));
}

template <class Object>
struct Command {
  std::string_view type;
  Answer (*carry_out)(Call& call, const Object& object, const json::object& command);
};

constexpr Command<Zone> kZoneCommands[] = {
    {"GoToLevel", go_to_level},
    {"GoToDimmedLevel", go_to_dimmed_level},
    {"GoToSwitchedLevel", go_to_switched_level},
    {"GoToMixedLevel", go_to_mixed_level},
    {"Raise", move<Movement::raise>},
    {"Lower", move<Movement::lower>},
    {"Stop", move<Movement::stop>},
};

/// The scene's number out of GoToSceneParameters.CurrentScene.href.
std::optional<std::uint32_t> read_scene(const json::object& command) {
  constexpr std::string_view kPrefix = "/areascene/";
  const json::object* const parameters = object_member(command, "GoToSceneParameters");
  const json::object* const scene = parameters == nullptr ? nullptr : object_member(*parameters, "CurrentScene");
  std::string_view text = scene == nullptr ? std::string_view() : text_member(*scene, "href");
  if (!text.starts_with(kPrefix)) return std::nullopt;
  text.remove_prefix(kPrefix.size());
  if (text.empty() || text.size() > 9) return std::nullopt;
  std::uint32_t number = 0;
  for (const char digit : text) {
    if (digit < '0' || digit > '9') return std::nullopt;
    number = number * 10 + static_cast<std::uint32_t>(digit - '0');
  }
  return number;
}

Answer go_to_scene(Call& call, const Area& area, const json::object& command) {
  if (object_member(command, "GoToSceneParameters") == nullptr) return missing_property("GoToSceneParameters");
  const auto number = read_scene(command);
  const Scene* const scene = number ? call.project().find(SceneId{*number}) : nullptr;
  if (scene == nullptr || scene->area != area.number) return refuse(kInvalidParameters);
  return accepted(call.submit(ActivateScene{scene->number}));
}

Answer go_to_group_level(Call& call, const Area& area, const json::object& command) {
  const json::object* const object = object_member(command, "GroupLightingLevelParameters");
  if (object == nullptr) return missing_property("GroupLightingLevelParameters");
  const auto parameters = read_parameters(*object);
  if (!parameters) return refuse(kInvalidParameters);
  if (!parameters->level) return missing_property("Level");
  return accepted(
      call.submit(SetArea{area.number, Level::from_percent(*parameters->level), parameters->fade, parameters->delay}));
}

template <Movement movement>
Answer move_area(Call& call, const Area& area, const json::object&) {
  return accepted(call.submit(MoveArea{area.number, movement}));
}

constexpr Command<Area> kAreaCommands[] = {
    {"GoToScene", go_to_scene},
    {"GoToGroupLightingLevel", go_to_group_level},
    {"Raise", move_area<Movement::raise>},
    {"Lower", move_area<Movement::lower>},
    {"Stop", move_area<Movement::stop>},
};

constexpr Command<Button> kButtonCommands[] = {
    {"PressAndRelease",
     [](Call& call, const Button& it, const json::object&) { return accepted(call.caller.pressed.tap(it.number)); }},
    {"PressAndHold",
     [](Call& call, const Button& it, const json::object&) { return accepted(call.caller.pressed.press(it.number)); }},
    {"Press",
     [](Call& call, const Button& it, const json::object&) { return accepted(call.caller.pressed.press(it.number)); }},
    {"Release", [](Call& call, const Button& it,
                   const json::object&) { return accepted(call.caller.pressed.release(it.number)); }},
};

template <class Object, std::size_t count>
Answer carry_out(Call& call, const Object& object, const Command<Object> (&commands)[count]) {
  const json::object* const command = command_of(call);
  if (command == nullptr) return missing_property("Command");
  const std::string_view type = text_member(*command, "CommandType");
  if (type.empty()) return missing_property("CommandType");
  const auto* const known =
      std::find_if(std::begin(commands), std::end(commands), [&](const auto& it) { return it.type == type; });
  return known == std::end(commands) ? refuse(kNotSupported) : known->carry_out(call, object, *command);
}

}  // namespace

Answer zone(Call& call, const Zone& zone) { return carry_out(call, zone, kZoneCommands); }
Answer area(Call& call, const Area& area) { return carry_out(call, area, kAreaCommands); }
Answer button(Call& call, const Button& button) { return carry_out(call, button, kButtonCommands); }

}  // namespace candela::leap::commands
