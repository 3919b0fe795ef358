#include <array>
#include <boost/json/object.hpp>
#include <boost/json/value.hpp>
#include <cmath>

#include "base/json.h"
#include "model/names.h"
#include "servers/house_document.h"
#include "servers/house_words.h"
#include "servers/leap/statuses.h"
#include "servers/mqtt/handlers.h"
#include "servers/mqtt/light.h"
#include "servers/mqtt/payload.h"

namespace candela::servers::mqtt {
namespace {

namespace json = boost::json;

constexpr double kColdest = -50;  // degrees Celsius
constexpr double kHottest = 100;
constexpr double kHundredths = 100;

bool is_on_or_off(LoadType load) {
  return load == LoadType::switched || load == LoadType::contact || load == LoadType::pulsed_contact;
}

bool write_level(const Sight& sight, const Zone& zone, std::string& payload) {
  if (zone.load == LoadType::climate) return false;
  payload = number(leap::shown_level(sight.view, zone.number, sight.now).percent());
  return true;
}

Result<Orders> read_level(const Sight& /*sight*/, const Zone& zone, std::string_view payload) {
  if (zone.load == LoadType::climate) return Error{"a thermostat has no level"};
  const auto wanted = read_level_order(payload);
  if (!wanted) return wanted.error();
  const Level level = is_on_or_off(zone.load) && wanted->level.is_on() ? Level::full() : wanted->level;
  return order(SetZone{zone.number, level, wanted->fade, wanted->delay});
}

bool write_state(const Sight& sight, const Zone& zone, std::string& payload) {
  if (zone.load == LoadType::climate) return false;
  const Fade& fade = sight.view.zone(zone.number).fade;
  if (!is_shade(zone.load)) {
    payload = on_or_off(leap::shown_level(sight.view, zone.number, sight.now).is_on());
  } else if (fade.moving(sight.now)) {
    payload = fade.to > fade.from ? "opening" : "closing";
  } else {
    payload = fade.to.is_on() ? "open" : "closed";
  }
  return true;
}

Result<Orders> read_shade_state(const Zone& zone, std::string_view payload) {
  if (payload == "open") return order(SetZone{zone.number, Level::full(), std::nullopt});
  if (payload == "close") return order(SetZone{zone.number, Level::off(), std::nullopt});
  if (payload == "stop") return order(MoveZone{zone.number, Movement::stop});
  return Error{"it has to be open, close or stop"};
}

Result<Orders> read_state(const Sight& sight, const Zone& zone, std::string_view payload) {
  if (zone.load == LoadType::climate) return Error{"a thermostat is neither on nor off: set its mode"};
  if (is_shade(zone.load)) return read_shade_state(zone, payload);
  const auto on = read_on_or_off(payload, sight.view.zone(zone.number).fade.to.is_on());
  if (!on) return on.error();
  return order(SetZone{zone.number, *on ? Level::full() : Level::off(), std::nullopt});
}

Result<Orders> read_move(const Sight& /*sight*/, const Zone& zone, std::string_view payload) {
  if (!is_ramped(zone.load)) return Error{"this zone cannot be raised and lowered"};
  const auto movement = read_movement(payload);
  if (!movement) return movement.error();
  return order(MoveZone{zone.number, *movement});
}

bool write_tilt(const Sight& sight, const Zone& zone, std::string& payload) {
  if (zone.load != LoadType::tilting_shade) return false;
  payload = number(sight.view.zone(zone.number).tilt.to.percent());
  return true;
}

Result<Orders> read_tilt(const Sight& /*sight*/, const Zone& zone, std::string_view payload) {
  if (zone.load != LoadType::tilting_shade) return Error{"this zone has no slats"};
  const auto wanted = read_level_order(payload);
  if (!wanted) return wanted.error();
  if (wanted->delay > Duration::zero()) return Error{"slats know no delay"};
  return order(SetTilt{zone.number, wanted->level, wanted->fade});
}

bool write_colour(const Sight& sight, const Zone& zone, std::string& payload) {
  if (!has_colour(zone.load)) return false;
  payload = to_text(colour_document(sight.view.zone(zone.number).colour));
  return true;
}

Result<Orders> read_colour_order(const Sight& /*sight*/, const Zone& zone, std::string_view payload) {
  if (!has_colour(zone.load)) return Error{"this zone has no colour of its own"};
  const auto members = read_object(payload, {"kelvin", "x", "y", "hue", "saturation", "warm_dim", "fade"});
  if (!members) return members.error();
  const auto fade = read_seconds(*members, "fade");
  if (!fade) return fade.error();
  const auto colour = read_colour(*members);
  if (!colour) return colour.error();
  return order(SetColour{zone.number, *colour, *fade});
}

bool write_climate(const Sight& sight, const Zone& zone, std::string& payload) {
  if (zone.load != LoadType::climate) return false;
  payload = to_text(climate_document(sight.view.climate(zone.number)));
  return true;
}

Result<std::optional<std::int16_t>> read_degrees(const json::object& members, std::string_view name) {
  const auto degrees = read_number(members, name, kColdest, kHottest);
  if (!degrees) return degrees.error();
  if (!*degrees) return std::optional<std::int16_t>();
  return std::optional(static_cast<std::int16_t>(std::lround(**degrees * kHundredths)));
}

Result<Orders> read_climate(const Sight& /*sight*/, const Zone& zone, std::string_view payload) {
  if (zone.load != LoadType::climate) return Error{"this zone is no thermostat"};
  const auto members = read_object(payload, {"mode", "heat", "cool"});
  if (!members) return members.error();
  SetClimate set{zone.number, std::nullopt, std::nullopt, std::nullopt};
  if (const json::value* const given = members->if_contains("mode")) {
    const auto mode = read_climate_mode(given->is_string() ? std::string_view(given->get_string()) : "");
    if (!mode) return mode.error();
    set.mode = *mode;
  }
  const auto heat = read_degrees(*members, "heat");
  if (!heat) return heat.error();
  const auto cool = read_degrees(*members, "cool");
  if (!cool) return cool.error();
  set.heat_to = *heat;
  set.cool_to = *cool;
  if (members->empty()) return Error{"say \"mode\", \"heat\" or \"cool\""};
  return order(set);
}

constexpr std::array<Row, 7> kRows{{
    {Kind::zone, "level", write_for<ZoneId, write_level>, read_for<ZoneId, read_level>},
    {Kind::zone, "state", write_for<ZoneId, write_state>, read_for<ZoneId, read_state>},
    {Kind::zone, "move", nullptr, read_for<ZoneId, read_move>},
    {Kind::zone, "tilt", write_for<ZoneId, write_tilt>, read_for<ZoneId, read_tilt>},
    {Kind::zone, "colour", write_for<ZoneId, write_colour>, read_for<ZoneId, read_colour_order>},
    {Kind::zone, "light", write_for<ZoneId, write_light>, read_for<ZoneId, read_light>},
    {Kind::zone, "climate", write_for<ZoneId, write_climate>, read_for<ZoneId, read_climate>},
}};

}  // namespace

std::span<const Row> zone_rows() { return kRows; }

}  // namespace candela::servers::mqtt
