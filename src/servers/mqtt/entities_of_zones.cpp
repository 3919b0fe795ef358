#include <boost/json/array.hpp>
#include <boost/json/value.hpp>
#include <cmath>

#include "servers/mqtt/entities.h"

namespace candela::servers::mqtt {
namespace {

namespace json = boost::json;

constexpr double kMired = 1'000'000;

json::object light(const Entities& entities, const Zone& zone) {
  json::array modes{"brightness"};
  if (zone.load == LoadType::white_tuning) modes = {"color_temp"};
  if (zone.load == LoadType::spectrum) modes = {"color_temp", "xy"};
  json::object document{{"schema", "json"},
                        {"state_topic", entities.state(Kind::zone, zone.id, "light")},
                        {"command_topic", entities.command(Kind::zone, zone.id, "light")},
                        {"brightness", true},
                        {"brightness_scale", 100},
                        {"color_mode", true},
                        {"supported_color_modes", std::move(modes)}};
  if (has_colour(zone.load)) {
    document["min_mireds"] = std::lround(kMired / zone.coolest);
    document["max_mireds"] = std::lround(kMired / zone.warmest);
  }
  return document;
}

json::object on_off(const Entities& entities, const Zone& zone) {
  return {{"state_topic", entities.state(Kind::zone, zone.id, "state")},
          {"command_topic", entities.command(Kind::zone, zone.id, "state")}};
}

/// Its speeds are quarters of the level.
json::object fan(const Entities& entities, const Zone& zone) {
  json::object document = on_off(entities, zone);
  document["percentage_state_topic"] = entities.state(Kind::zone, zone.id, "level");
  document["percentage_command_topic"] = entities.command(Kind::zone, zone.id, "level");
  document["percentage_value_template"] = "{{ (value | float / 25) | round(0) | int }}";
  document["percentage_command_template"] = "{{ value | int * 25 }}";
  document["speed_range_min"] = 1;
  document["speed_range_max"] = 4;
  return document;
}

json::object cover(const Entities& entities, const Zone& zone) {
  constexpr const char* kWhole = "{{ value | float | round(0) | int }}";
  json::object document = on_off(entities, zone);
  document["payload_open"] = "open";
  document["payload_close"] = "close";
  document["payload_stop"] = "stop";
  document["position_topic"] = entities.state(Kind::zone, zone.id, "level");
  document["position_template"] = kWhole;
  document["set_position_topic"] = entities.command(Kind::zone, zone.id, "level");
  document["device_class"] = zone.load == LoadType::tilting_shade ? "blind" : "shade";
  if (zone.load == LoadType::tilting_shade) {
    document["tilt_status_topic"] = entities.state(Kind::zone, zone.id, "tilt");
    document["tilt_status_template"] = kWhole;
    document["tilt_command_topic"] = entities.command(Kind::zone, zone.id, "tilt");
  }
  return document;
}

json::object climate(const Entities& entities, const Zone& zone) {
  const std::string state = entities.state(Kind::zone, zone.id, "climate");
  const std::string command = entities.command(Kind::zone, zone.id, "climate");
  return {{"modes", json::array{"off", "heat", "cool", "heat_cool"}},
          {"temperature_unit", "C"},
          {"temp_step", 0.5},
          {"mode_state_topic", state},
          {"mode_state_template", "{{ 'heat_cool' if value_json.mode == 'automatic' else value_json.mode }}"},
          {"mode_command_topic", command},
          {"mode_command_template", R"({"mode": "{{ 'automatic' if value == 'heat_cool' else value }}"})"},
          {"current_temperature_topic", state},
          {"current_temperature_template", "{{ value_json.temperature }}"},
          {"temperature_low_state_topic", state},
          {"temperature_low_state_template", "{{ value_json.heat }}"},
          {"temperature_low_command_topic", command},
          {"temperature_low_command_template", R"({"heat": {{ value }}})"},
          {"temperature_high_state_topic", state},
          {"temperature_high_state_template", "{{ value_json.cool }}"},
          {"temperature_high_command_topic", command},
          {"temperature_high_command_template", R"({"cool": {{ value }}})"}};
}

void add_zone(Entities& entities, const Zone& zone, const Entities::Device& device) {
  const auto add = [&](std::string_view component, std::string_view what, json::object document) {
    entities.add(component, Kind::zone, zone.id, what, device, zone.name, std::move(document));
  };
  switch (zone.load) {
    case LoadType::dimmed:
    case LoadType::white_tuning:
    case LoadType::spectrum:
    case LoadType::warm_dim: return add("light", "light", light(entities, zone));
    case LoadType::switched:
    case LoadType::contact: return add("switch", "state", on_off(entities, zone));
    case LoadType::pulsed_contact:
      return add("button", "state",
                 {{"command_topic", entities.command(Kind::zone, zone.id, "state")}, {"payload_press", "ON"}});
    case LoadType::fan: return add("fan", "level", fan(entities, zone));
    case LoadType::shade:
    case LoadType::tilting_shade: return add("cover", "level", cover(entities, zone));
    case LoadType::climate: return add("climate", "climate", climate(entities, zone));
  }
}

/// For those who may only look.
void add_reading(Entities& entities, const Zone& zone, const Entities::Device& device) {
  json::object document;
  if (zone.load == LoadType::climate) {
    document = {{"state_topic", entities.state(Kind::zone, zone.id, "climate")},
                {"value_template", "{{ value_json.temperature }}"},
                {"device_class", "temperature"},
                {"unit_of_measurement", "°C"}};
  } else {
    document = {{"state_topic", entities.state(Kind::zone, zone.id, "level")}, {"unit_of_measurement", "%"}};
  }
  document["state_class"] = "measurement";
  entities.add("sensor", Kind::zone, zone.id, "level", device, zone.name, std::move(document));
}

}  // namespace

void add_zones(Entities& entities) {
  for (const Zone& zone : entities.project().zones) {
    const Area* const area = entities.project().find(zone.area);
    const Entities::Device device = area == nullptr ? entities.of_processor() : entities.of_area(*area);
    if (entities.may_operate()) {
      add_zone(entities, zone, device);
    } else {
      add_reading(entities, zone, device);
    }
  }
}

}  // namespace candela::servers::mqtt
