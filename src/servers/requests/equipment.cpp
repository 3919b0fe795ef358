#include <algorithm>
#include <boost/json.hpp>
#include <cmath>

#include "servers/house_document.h"
#include "servers/house_words.h"
#include "servers/requests/house.h"
#include "servers/requests/request.h"

namespace candela::servers::requests {
namespace {

namespace json = boost::json;

constexpr double kHundredths = 100;  // of a degree

json::array sensors_of(const OccupancyGroup& group, const Asking& asking) {
  json::array sensors;
  for (const DeviceId id : group.sensors) {
    const Device* sensor = asking.view.project()->find(id);
    if (sensor != nullptr) sensors.push_back({{"id", sensor->id}, {"enabled", asking.view.is_enabled(id)}});
  }
  return sensors;
}

json::object state_of(const OccupancyGroup& group, const Asking& asking) {
  return {{"id", group.id},
          {"name", group.name},
          {"area", asking.view.project()->find(group.area)->id},
          {"state", word(asking.view.occupancy(group.number))},
          {"mode", word(asking.view.occupancy_mode(group.number))},
          {"sensors", sensors_of(group, asking)}};
}

json::array occupancies(const Asking& asking) {
  json::array groups;
  for (const OccupancyGroup& group : asking.view.project()->occupancy_groups) {
    groups.push_back(state_of(group, asking));
  }
  return groups;
}

/// What was said about something that is on or off; none = nothing.
Result<std::optional<bool>> flag(const json::object& request, std::string_view key) {
  const json::value* value = request.if_contains(key);
  if (value == nullptr) return std::optional<bool>();
  if (!value->is_bool()) return Error{"\"" + std::string(key) + "\" is true or false"};
  return std::optional(value->get_bool());
}

std::vector<Device> sensors(const Project& project) {
  std::vector<Device> all;
  std::copy_if(project.devices.begin(), project.devices.end(), std::back_inserter(all),
               [](const Device& it) { return it.senses_occupancy || it.senses_light; });
  return all;
}

/// A zone of the kind that the command is for.
Reply<const Zone*> zone_of(const json::object& request, const Asking& asking, bool (*fits)(LoadType),
                           std::string_view lack) {
  auto zone = look_up(asking.view.project()->zones, "zone", text_of(request, "zone"));
  if (zone && !fits((*zone)->load))
    return Refusal{Refusal::Kind::wrong, "the zone \"" + (*zone)->id + "\" has no " + std::string(lack)};
  return zone;
}

template <class Tell>
json::array zones(bool (*fits)(LoadType), const Asking& asking, Tell tell) {
  json::array all;
  for (const Zone& zone : asking.view.project()->zones) {
    if (!fits(zone.load)) continue;
    json::object it{{"id", zone.id}, {"name", zone.name}};
    tell(it, zone);
    all.push_back(std::move(it));
  }
  return all;
}

constexpr bool tilts(LoadType load) { return load == LoadType::tilting_shade; }
constexpr bool takes_colour(LoadType load) { return load == LoadType::white_tuning || load == LoadType::spectrum; }
constexpr bool has_climate(LoadType load) { return load == LoadType::climate; }

Result<std::optional<std::int16_t>> degrees_of(const json::object& request, std::string_view key) {
  if (!request.contains(key)) return std::optional<std::int16_t>();
  constexpr double kColdest = -50;
  constexpr double kHottest = 100;
  const auto degrees = number_of(request, key);
  if (!degrees || !(*degrees >= kColdest && *degrees <= kHottest)) {
    return Error{"\"" + std::string(key) + "\" must be a number of degrees Celsius, -50 to 100"};
  }
  return std::optional(static_cast<std::int16_t>(std::lround(*degrees * kHundredths)));
}

}  // namespace

Answer occupancy(const json::object& request, const Asking& asking) {
  const std::string id = text_of(request, "group");
  if (id.empty()) return json::value(occupancies(asking));
  const auto group = look_up(asking.view.project()->occupancy_groups, "occupancy group", id);
  if (!group) return group.error();
  if (!request.contains("mode")) return json::value(json::array{state_of(**group, asking)});
  const auto mode = read_occupancy_mode(text_of(request, "mode"));
  if (!mode) return mode.error();
  return submit(SetOccupancyMode{(*group)->number, *mode}, asking);
}

Answer sensor(const json::object& request, const Asking& asking) {
  const std::vector<Device> known = sensors(*asking.view.project());
  const std::string id = text_of(request, "sensor");
  if (id.empty()) {
    json::array all;
    for (const Device& it : known) {
      all.push_back({{"id", it.id}, {"name", it.name}, {"enabled", asking.view.is_enabled(it.number)}});
    }
    return json::value(std::move(all));
  }
  const auto sensor = look_up(known, "sensor", id);
  if (!sensor) return sensor.error();
  const auto on = flag(request, "on");
  if (!on) return on.error();
  if (!*on) return Error{"say on or off"};
  return submit(EnableSensor{(*sensor)->number, **on}, asking);
}

Answer change_house(const json::object& request, const Asking& asking) {
  const auto away = flag(request, "away");
  if (!away) return away.error();
  if (*away) return submit(SetAway{**away}, asking);
  const auto emergency = flag(request, "emergency");
  if (!emergency) return emergency.error();
  if (*emergency) return submit(SetEmergency{**emergency}, asking);
  if (!request.contains("shed")) return json::value(house_document(asking.view));
  const auto percent = number_of(request, "shed");
  if (!percent || !(*percent >= 0 && *percent <= 100) || *percent != std::floor(*percent)) {
    return Error{"what is shed must be a whole number from 0 to 100 (percent)"};
  }
  return submit(ShedLoad{static_cast<std::uint8_t>(*percent)}, asking);
}

Answer tilt(const json::object& request, const Asking& asking) {
  if (text_of(request, "zone").empty()) {
    return json::value(zones(tilts, asking, [&](json::object& it, const Zone& zone) {
      const Fade& fade = asking.view.zone(zone.number).tilt;
      it["tilt"] = fade.at(asking.clock.now().mono).percent();
      it["target"] = fade.to.percent();
    }));
  }
  const auto zone = zone_of(request, asking, tilts, "slats to tilt");
  if (!zone) return zone.error();
  const auto to = read_level(request);
  if (!to) return to.error();
  return submit(SetTilt{(*zone)->number, to->level, to->fade}, asking);
}

Answer colour(const json::object& request, const Asking& asking) {
  if (text_of(request, "zone").empty()) {
    return json::value(zones(takes_colour, asking, [&](json::object& it, const Zone& zone) {
      it["colour"] = colour_document(asking.view.zone(zone.number).colour);
    }));
  }
  const auto zone = zone_of(request, asking, takes_colour, "colour of its own");
  if (!zone) return zone.error();
  const auto colour = read_colour(request);
  if (!colour) return colour.error();
  const auto fade = read_fade(request);
  if (!fade) return fade.error();
  return submit(SetColour{(*zone)->number, *colour, *fade}, asking);
}

Answer climate(const json::object& request, const Asking& asking) {
  if (text_of(request, "zone").empty()) {
    return json::value(zones(has_climate, asking, [&](json::object& it, const Zone& zone) {
      for (const auto& [key, value] : climate_document(asking.view.climate(zone.number))) it[key] = value;
    }));
  }
  const auto zone = zone_of(request, asking, has_climate, "thermostat");
  if (!zone) return zone.error();
  SetClimate set{(*zone)->number, std::nullopt, std::nullopt, std::nullopt};
  if (const std::string given = text_of(request, "mode"); !given.empty()) {
    const auto mode = read_climate_mode(given);
    if (!mode) return mode.error();
    set.mode = *mode;
  }
  const auto heat = degrees_of(request, "heat");
  if (!heat) return heat.error();
  const auto cool = degrees_of(request, "cool");
  if (!cool) return cool.error();
  set.heat_to = *heat;
  set.cool_to = *cool;
  if (!set.mode && !set.heat_to && !set.cool_to) return Error{"say a mode, what to heat to or what to cool to"};
  return submit(set, asking);
}

json::object house_status(const Asking& asking) {
  json::object status = program_status(asking);
  status["house"] = house_document(asking.view);
  status["occupancy"] = occupancies(asking);
  return status;
}

json::object zone_extras(const Zone& zone, const Asking& asking) {
  const View::ZoneState& state = asking.view.zone(zone.number);
  json::object extras{{"load", word(zone.load)}};
  if (tilts(zone.load)) extras["tilt"] = state.tilt.to.percent();
  if (takes_colour(zone.load)) extras["colour"] = colour_document(state.colour);
  if (has_climate(zone.load)) extras["climate"] = climate_document(asking.view.climate(zone.number));
  return extras;
}

}  // namespace candela::servers::requests
