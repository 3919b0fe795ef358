#include "servers/mqtt/light.h"

#include <algorithm>
#include <boost/json/object.hpp>
#include <boost/json/value.hpp>
#include <cmath>

#include "base/colour_math.h"
#include "base/json.h"
#include "model/tuning.h"
#include "servers/house_document.h"
#include "servers/leap/statuses.h"
#include "servers/mqtt/payload.h"

namespace candela::servers::mqtt {
namespace {

namespace json = boost::json;

constexpr double kMostBrightness = 100;  // percent
constexpr double kMired = 1'000'000;
constexpr double kXyScale = 10000;
/// What an RGB lamp shows that was never given a colour: all channels alike.
constexpr std::uint16_t kEqualChannels = 6500;

void write_colour(const Zone& zone, Level level, const Colour& given, json::object& into) {
  Colour colour = seen_colour(zone, level, given);
  if (!colour.is_fixed()) colour = Colour::white(zone.load == LoadType::spectrum ? kEqualChannels : zone.warmest);
  if (colour.kind == Colour::Kind::white) {
    into["color_mode"] = "color_temp";
    into["color_temp"] = std::lround(kMired / colour.kelvin);
    return;
  }
  into["color_mode"] = "xy";
  into["color"] = {{"x", colour.x / kXyScale}, {"y", colour.y / kXyScale}};
}

/// The colour of {"x", "y"} or {"h", "s"}.
Result<Colour> colour_of(const json::value& value) {
  if (!value.is_object()) return Error{"\"color\" has to be an object"};
  json::object named;
  for (const auto& member : value.get_object()) {
    const std::string_view key = member.key();
    named[key == "h" ? "hue" : key == "s" ? "saturation" : key] = member.value();
  }
  return read_colour(named);
}

Result<Colour> read_wanted_colour(const Zone& zone, const json::object& members) {
  Colour colour;
  if (const json::value* const given = members.if_contains("color")) {
    const auto read = colour_of(*given);
    if (!read) return read.error();
    colour = *read;
  }
  const auto mired = read_number(members, "color_temp", kMired / kCoolestKelvin, kMired / kWarmestKelvin);
  if (!mired) return mired.error();
  if (*mired) colour = Colour::white(static_cast<std::uint16_t>(std::lround(kMired / **mired)));
  if (colour && !has_colour(zone.load)) return Error{"this light has no colour of its own"};
  return colour;
}

}  // namespace

bool write_light(const Sight& sight, const Zone& zone, std::string& payload) {
  if (!is_dimmed(zone.load)) return false;
  const Level level = leap::shown_level(sight.view, zone.number, sight.now);
  json::object light{{"state", on_or_off(level.is_on())}, {"brightness", level.whole_percent()}};
  if (has_colour(zone.load)) {
    write_colour(zone, level, sight.view.zone(zone.number).colour, light);
  } else {
    light["color_mode"] = "brightness";
  }
  payload = to_text(light);
  return true;
}

Result<Orders> read_light(const Sight& sight, const Zone& zone, std::string_view payload) {
  if (!is_dimmed(zone.load)) return Error{"this zone is no light that dims"};
  const auto members = read_object(payload, {"state", "brightness", "color", "color_temp", "transition"});
  if (!members) return members.error();
  const bool is_on = sight.view.zone(zone.number).fade.to.is_on();
  const json::value* const state = members->if_contains("state");
  if (state != nullptr && !state->is_string()) return Error{"\"state\" has to be \"ON\", \"OFF\" or \"TOGGLE\""};
  const auto on = state == nullptr ? Result<bool>(true) : read_on_or_off(state->get_string(), is_on);
  if (!on) return on.error();
  const auto brightness = read_number(*members, "brightness", 0, kMostBrightness);
  if (!brightness) return brightness.error();
  const auto fade = read_seconds(*members, "transition");
  if (!fade) return fade.error();
  const auto colour = read_wanted_colour(zone, *members);
  if (!colour) return colour.error();

  Orders orders;
  if (*on && *colour) orders.events.emplace_back(SetColour{zone.number, *colour, *fade});
  if (!*on) {
    orders.events.emplace_back(SetZone{zone.number, Level::off(), *fade});
  } else if (*brightness) {
    orders.events.emplace_back(SetZone{zone.number, Level::from_percent(**brightness), *fade});
  } else if (!is_on) {
    orders.events.emplace_back(SetZone{zone.number, Level::full(), *fade});
  }
  return orders;
}

}  // namespace candela::servers::mqtt
