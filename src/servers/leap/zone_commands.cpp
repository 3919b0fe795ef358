#include <algorithm>
#include <cmath>
#include <utility>

#include "base/colour_math.h"
#include "model/tuning.h"
#include "servers/leap/command_body.h"
#include "servers/leap/handlers.h"
#include "servers/leap/statuses.h"

namespace candela::leap::commands {
namespace {

namespace json = boost::json;

constexpr double kXyScale = 10'000;
constexpr double kFullPercent = 100;
constexpr std::size_t kStatusSize = 256;  ///< enough for most

Look look(const Call& call, const Zone& zone) { return look_of(call.view(), zone, call.now()); }

Answer new_status(const Call& call, const Zone& zone, const Look& look) {
  std::string status;
  status.reserve(kStatusSize);
  append_zone_status(status, call.view(), zone, look, Use::command);
  return {Status::created, Content::one("OneZoneStatus", "ZoneStatus", std::move(status))};
}

/// Sends the zone to a level; the answer already shows where it goes.
Answer set_zone(Call& call, const Zone& zone, Level level, const Parameters& how) {
  if (!is_ramped(zone.load) && zone.load != LoadType::fan && level.is_on()) level = Level::full();
  if (!call.submit(SetZone{zone.number, level, how.fade, how.delay})) return busy();
  Look then = look(call, zone);
  then.level = level;
  return new_status(call, zone, then);
}

/// The object `name` of the command, with Level, FadeTime and DelayTime.
struct Given {
  const json::object* object = nullptr;
  Parameters parameters;
  std::optional<Answer> refusal;
};
Given read_given(const json::object& command, std::string_view name) {
  const json::object* const object = object_member(command, name);
  if (object == nullptr) return {nullptr, {}, missing_property(name)};
  auto parameters = read_parameters(*object);
  if (!parameters) return {nullptr, {}, refuse_command(kInvalidParameters)};
  return {object, *parameters, std::nullopt};
}

Answer go_to_level(Call& call, const Zone& zone, const json::object& command) {
  const json::value* const list = command.if_contains("Parameter");
  if (list == nullptr || !list->is_array()) return missing_property("Parameter");
  if (zone.load == LoadType::climate) return refuse_command("This zone has set points and no level");
  for (const json::value& item : list->get_array()) {
    const json::object* const parameter = item.if_object();
    if (parameter == nullptr || text_member(*parameter, "Type") != "Level") continue;
    std::optional<double> level;
    if (!read_number(*parameter, "Value", level)) return refuse_command(kInvalidParameters);
    if (level) return set_zone(call, zone, Level::from_percent(*level), {});
  }
  return missing_property("Value");
}

/// Level of `name`'s object, for zones that `fits`.
Answer go_to_level_of(Call& call, const Zone& zone, const json::object& command, std::string_view name) {
  const Given given = read_given(command, name);
  if (given.refusal) return *given.refusal;
  if (!given.parameters.level) return missing_property("Level");
  return set_zone(call, zone, Level::from_percent(*given.parameters.level), given.parameters);
}

/// A word that means on or off, under `member` of `name`'s object.
Answer go_to_word(Call& call, const Zone& zone, const json::object& command, std::string_view name,
                  std::string_view member, std::string_view on, std::string_view off) {
  const Given given = read_given(command, name);
  if (given.refusal) return *given.refusal;
  const std::string_view word = text_member(*given.object, member);
  if (word.empty()) return missing_property(member);
  if (word != on && word != off) return refuse_command(kInvalidParameters);
  return set_zone(call, zone, word == on ? Level::full() : Level::off(), given.parameters);
}

/// False when the colour cannot be understood. CurveDimming with a curve is warm dimming; null takes it back, to what
/// the zone shows at this moment.
bool read_colour(const Call& call, const Zone& zone, const json::object& status, Colour& colour) {
  std::optional<double> first;
  std::optional<double> second;
  const auto read_pair = [&](const json::object& from, std::string_view one, std::string_view other) {
    return read_number(from, one, first) && read_number(from, other, second) && first && second;
  };
  if (const json::object* const white = object_member(status, "WhiteTuningLevel")) {
    if (!read_number(*white, "Kelvin", first) || !first) return false;
    const double kelvin = std::clamp<double>(*first, zone.warmest, zone.coolest);
    colour = Colour::white(static_cast<std::uint16_t>(std::lround(kelvin)));
  } else if (const json::object* const hue = object_member(status, "HSVTuningLevel")) {
    if (!read_pair(*hue, "Hue", "Saturation")) return false;
    colour = from_hue_saturation(*first, *second);
  } else if (const json::object* const point = object_member(status, "XYTuningLevel")) {
    if (!read_pair(*point, "X", "Y") || *first < 0 || *first > 1 || *second < 0 || *second > 1) return false;
    colour = Colour::xy(static_cast<std::uint16_t>(std::lround(*first * kXyScale)),
                        static_cast<std::uint16_t>(std::lround(*second * kXyScale)));
  } else if (const json::value* const curve = status.if_contains("CurveDimming")) {
    const Look now = look(call, zone);
    if (curve->is_object() && curve->get_object().contains("Curve")) {
      colour = Colour::warm_dim();
    } else if (now.colour.kind == Colour::Kind::warm_dim) {
      colour = seen_colour(zone, now.level, now.colour);
    }
  }
  return true;
}

/// Level and colour of the same command, each if it is there.
Answer set_look(Call& call, const Zone& zone, const Given& given, const Colour& colour) {
  Look then = look(call, zone);
  if (colour) {
    then.colour = zone.load == LoadType::white_tuning ? nearest_white(colour, zone.warmest, zone.coolest) : colour;
    if (!call.submit(SetColour{zone.number, then.colour, given.parameters.fade})) return busy();
  }
  if (given.parameters.level) {
    then.level = Level::from_percent(*given.parameters.level);
    if (!call.submit(SetZone{zone.number, then.level, given.parameters.fade, given.parameters.delay})) return busy();
  }
  return new_status(call, zone, then);
}

bool read_vibrancy(const json::object& object, Colour& colour) {
  std::optional<double> vibrancy;
  if (!read_number(object, "Vibrancy", vibrancy)) return false;
  if (vibrancy && colour) colour.vibrancy = static_cast<std::int8_t>(std::clamp(*vibrancy, 0.0, kFullPercent));
  return true;
}

Answer go_to_dimmed_level(Call& call, const Zone& zone, const json::object& command) {
  if (!is_dimmed(zone.load)) return refuse_command("Only dimmed zones can be sent to a dimmed level");
  const Given given = read_given(command, "DimmedLevelParameters");
  if (given.refusal) return *given.refusal;
  Colour colour;
  const json::object* const status = object_member(*given.object, "ColorTuningStatus");
  if (status != nullptr && has_colour(zone.load) && !read_colour(call, zone, *status, colour)) {
    return refuse_command(kInvalidParameters);
  }
  if (!given.parameters.level) return missing_property("Level");
  return set_look(call, zone, given, colour);
}

Answer go_to_spectrum(Call& call, const Zone& zone, const json::object& command) {
  if (!has_colour(zone.load)) return refuse_command("Only color tuning zones can be sent to a spectrum tuning level");
  const Given given = read_given(command, "SpectrumTuningLevelParameters");
  if (given.refusal) return *given.refusal;
  Colour colour;
  const json::object* const status = object_member(*given.object, "ColorTuningStatus");
  const bool understood = status == nullptr || read_colour(call, zone, *status, colour);
  if (!understood || !read_vibrancy(*given.object, colour)) return refuse_command(kInvalidParameters);
  return set_look(call, zone, given, colour);
}

/// The colour stands beside the level here, without a ColorTuningStatus around it.
Answer go_to_white(Call& call, const Zone& zone, const json::object& command) {
  if (!has_colour(zone.load)) return refuse_command("Only white tuning zones can be sent to a white tuning level");
  const Given given = read_given(command, "WhiteTuningLevelParameters");
  if (given.refusal) return *given.refusal;
  Colour colour;
  if (!read_colour(call, zone, *given.object, colour)) return refuse_command(kInvalidParameters);
  return set_look(call, zone, given, colour);
}

Answer go_to_warm_dim(Call& call, const Zone& zone, const json::object& command) {
  if (!has_colour(zone.load) && zone.load != LoadType::warm_dim) {
    return refuse_command("Only warm dimming zones can be sent to a warm dimming level");
  }
  const Given given = read_given(command, "WarmDimParameters");
  if (given.refusal) return *given.refusal;
  Colour colour;
  // A load that always warm-dims takes the level only.
  if (has_colour(zone.load) && !read_colour(call, zone, *given.object, colour)) {
    return refuse_command(kInvalidParameters);
  }
  return set_look(call, zone, given, colour);
}

Answer go_to_switched_level(Call& call, const Zone& zone, const json::object& command) {
  if (zone.load != LoadType::switched) return refuse_command("Only switched zones can be sent to a switched level");
  return go_to_word(call, zone, command, "SwitchedLevelParameters", "SwitchedLevel", "On", "Off");
}

Answer go_to_receptacle_level(Call& call, const Zone& zone, const json::object& command) {
  if (zone.load != LoadType::switched) return refuse_command("Only switched zones can be sent to a receptacle level");
  return go_to_word(call, zone, command, "ReceptacleLevelParameters", "ReceptacleLevel", "On", "Off");
}

Answer go_to_contact_level(Call& call, const Zone& zone, const json::object& command) {
  if (zone.load != LoadType::contact && zone.load != LoadType::pulsed_contact) {
    return refuse_command("Only CCO zones can be sent to a CCO level");
  }
  return go_to_word(call, zone, command, "CCOLevelParameters", "CCOLevel", "Closed", "Open");
}

Answer go_to_fan_speed(Call& call, const Zone& zone, const json::object& command) {
  constexpr std::pair<std::string_view, int> kSpeeds[] = {
      {"Off", 0}, {"Low", 25}, {"Medium", 50}, {"MediumHigh", 75}, {"High", 100}};
  if (zone.load != LoadType::fan) return refuse_command("Only fan zones can be sent to a fan speed");
  const Given given = read_given(command, "FanSpeedParameters");
  if (given.refusal) return *given.refusal;
  const std::string_view word = text_member(*given.object, "FanSpeed");
  if (word.empty()) return missing_property("FanSpeed");
  for (const auto& [speed, percent] : kSpeeds) {
    if (speed == word) return set_zone(call, zone, Level::from_percent(percent), given.parameters);
  }
  return refuse_command(kInvalidParameters);
}

Answer set_tilt(Call& call, const Zone& zone, Level tilt, std::optional<Duration> fade = {}) {
  if (zone.load != LoadType::tilting_shade) return refuse_command("Only tilt zones can be sent to a tilt");
  if (!call.submit(SetTilt{zone.number, tilt, fade})) return busy();
  Look then = look(call, zone);
  then.tilt = tilt;
  return new_status(call, zone, then);
}

Answer go_to_tilt(Call& call, const Zone& zone, const json::object& command) {
  const Given given = read_given(command, "TiltParameters");
  if (given.refusal) return *given.refusal;
  std::optional<double> tilt;
  if (!read_number(*given.object, "Tilt", tilt)) return refuse_command(kInvalidParameters);
  if (!tilt) return missing_property("Tilt");
  return set_tilt(call, zone, Level::from_percent(*tilt), given.parameters.fade);
}

Answer go_to_shade_level(Call& call, const Zone& zone, const json::object& command) {
  if (!is_shade(zone.load)) return refuse_command("Only shade zones can be sent to a shade level");
  return go_to_level_of(call, zone, command, "ShadeLevelParameters");
}

Answer go_to_shade_with_tilt(Call& call, const Zone& zone, const json::object& command, std::string_view name) {
  if (zone.load != LoadType::tilting_shade) return refuse_command("Only tilt zones can be sent to a level with a tilt");
  const Given given = read_given(command, name);
  if (given.refusal) return *given.refusal;
  std::optional<double> tilt;
  if (!read_number(*given.object, "Tilt", tilt)) return refuse_command(kInvalidParameters);
  if (!given.parameters.level && !tilt) return missing_property("Level");
  Look then = look(call, zone);
  if (given.parameters.level) {
    then.level = Level::from_percent(*given.parameters.level);
    if (!call.submit(SetZone{zone.number, then.level, given.parameters.fade, given.parameters.delay})) return busy();
  }
  if (tilt) {
    then.tilt = Level::from_percent(*tilt);
    if (!call.submit(SetTilt{zone.number, then.tilt, given.parameters.fade})) return busy();
  }
  return new_status(call, zone, then);
}

/// For a group of unlike zones: parameters for each kind, of which the zone takes its own.
Answer go_to_mixed_level(Call& call, const Zone& zone, const json::object& command) {
  const json::object* const mixed = object_member(command, "MixedLevelParameters");
  if (mixed == nullptr) return missing_property("MixedLevelParameters");
  switch (zone.load) {
    case LoadType::dimmed:
    case LoadType::warm_dim: return go_to_dimmed_level(call, zone, *mixed);
    case LoadType::white_tuning:
    case LoadType::spectrum:
      return mixed->contains("SpectrumTuningLevelParameters") ? go_to_spectrum(call, zone, *mixed)
             : mixed->contains("WhiteTuningLevelParameters")  ? go_to_white(call, zone, *mixed)
                                                              : go_to_dimmed_level(call, zone, *mixed);
    case LoadType::switched: return go_to_switched_level(call, zone, *mixed);
    case LoadType::fan: return go_to_fan_speed(call, zone, *mixed);
    case LoadType::contact:
    case LoadType::pulsed_contact: return go_to_contact_level(call, zone, *mixed);
    case LoadType::tilting_shade:
      if (mixed->contains("ShadeWithTiltLevelParameters")) {
        return go_to_shade_with_tilt(call, zone, *mixed, "ShadeWithTiltLevelParameters");
      }
      if (mixed->contains("TiltParameters") && !mixed->contains("ShadeLevelParameters")) {
        return go_to_tilt(call, zone, *mixed);
      }
      [[fallthrough]];
    case LoadType::shade: return go_to_shade_level(call, zone, *mixed);
    case LoadType::climate: break;
  }
  return refuse_command(kNotSupported);
}

/// The next speed up or down; fans have no way between.
Level next_speed(Level level, Movement movement) {
  constexpr int kStep = 25;
  const int step = (level.whole_percent() + kStep - 1) / kStep + (movement == Movement::raise ? 1 : -1);
  return Level::from_percent(std::clamp(step * kStep, 0, static_cast<int>(kFullPercent)));
}

template <Movement movement>
Answer move(Call& call, const Zone& zone, const json::object&) {
  if (zone.load == LoadType::fan) {
    const Level now = look(call, zone).level;
    return movement == Movement::stop ? new_status(call, zone, look(call, zone))
                                      : set_zone(call, zone, next_speed(now, movement), {});
  }
  if (!is_ramped(zone.load)) return refuse_command("Only dimmed zones, shades and fans can be raised and lowered");
  if (!call.submit(MoveZone{zone.number, movement})) return busy();
  Look then = look(call, zone);
  then.level = call.view().level(zone.number, call.now());
  return new_status(call, zone, then);
}

Answer stop_tilt(Call& call, const Zone& zone, const json::object&) {
  return set_tilt(call, zone, call.view().zone(zone.number).tilt.at(call.now()), Duration::zero());
}

/// Starts the show that the zone takes part in.
Answer go_to_natural_show(Call& call, const Zone& zone, const json::object&) {
  for (const NaturalShow& show : call.project().shows) {
    if (std::find(show.zones.begin(), show.zones.end(), zone.number) == show.zones.end()) continue;
    if (!call.submit(ControlShow{show.number, Control::start})) return busy();
    return new_status(call, zone, look(call, zone));
  }
  return refuse_command("This zone takes part in no natural show");
}

constexpr Command<Zone> kCommands[] = {
    {"GoToLevel", go_to_level},
    {"GoToDimmedLevel", go_to_dimmed_level},
    {"GoToSwitchedLevel", go_to_switched_level},
    {"GoToReceptacleLevel", go_to_receptacle_level},
    {"GoToCCOLevel", go_to_contact_level},
    {"GoToFanSpeed", go_to_fan_speed},
    {"GoToShadeLevel", go_to_shade_level},
    {"GoToShadeLevelWithTilt",
     [](Call& call, const Zone& zone, const json::object& command) {
       return go_to_shade_with_tilt(call, zone, command, "ShadeWithTiltLevelParameters");
     }},
    {"GoToShadeLevelWithTiltWhenClosed",
     [](Call& call, const Zone& zone, const json::object& command) {
       return go_to_shade_with_tilt(call, zone, command, "ShadeWithTiltWhenClosedLevelParameters");
     }},
    {"GoToTilt", go_to_tilt},
    {"TiltParameters", go_to_tilt},  // one client's slip (leap.md §6 Q18)
    {"GoToSpectrumTuningLevel", go_to_spectrum},
    {"GoToWhiteTuningLevel", go_to_white},
    {"GoToWarmDim", go_to_warm_dim},
    {"GoToMixedLevel", go_to_mixed_level},
    {"GoToNaturalShow", go_to_natural_show},
    {"Raise", move<Movement::raise>},
    {"Lower", move<Movement::lower>},
    {"Stop", move<Movement::stop>},
    {"RaiseTilt",
     [](Call& call, const Zone& zone, const json::object&) { return set_tilt(call, zone, Level::full()); }},
    {"LowerTilt", [](Call& call, const Zone& zone, const json::object&) { return set_tilt(call, zone, Level::off()); }},
    {"StopTilt", stop_tilt},
};

}  // namespace

Answer zone(Call& call, const Zone& zone) { return carry_out(call, zone, kCommands); }

}  // namespace candela::leap::commands
