#include "apps/candela/house_text.h"

#include <fmt/core.h>

#include <boost/json.hpp>

#include "apps/candela/asking.h"

namespace candela::apps {
namespace {

namespace json = boost::json;

std::string joined(const json::array& words) {
  std::string all;
  for (const json::value& word : words) all.append(all.empty() ? "" : ", ").append(word.as_string());
  return all;
}

std::string percent(const json::value& object, std::string_view key) {
  return fmt::format("{:.4g} %", object.at(key).to_number<double>());
}

std::string colour_text(const json::value& colour) {
  if (colour.is_null()) return "not set yet";
  if (colour.as_object().contains("kelvin")) return fmt::format("{} K", colour.at("kelvin").to_number<int>());
  return fmt::format("x {:.4f}, y {:.4f}", colour.at("x").to_number<double>(), colour.at("y").to_number<double>());
}

std::string climate_text(const json::value& climate) {
  return fmt::format("{:.1f} degrees, {}: heats to {:.1f}, cools to {:.1f}",
                     climate.at("temperature").to_number<double>(), text(climate, "mode"),
                     climate.at("heat").to_number<double>(), climate.at("cool").to_number<double>());
}

/// What a facade wants, and of whom it does not get it.
std::string facade_text(const json::value& facade) {
  if (!facade.at("enabled").as_bool()) return "disabled";
  if (facade.at("wanted").is_null()) return "waits for its first move";
  const std::string elsewhere = joined(facade.at("elsewhere").as_array());
  return "wants " + percent(facade, "wanted") + (elsewhere.empty() ? "" : ", but somebody moved " + elsewhere);
}

/// Empty when there is nothing, not even something switched off, to be said about it.
std::string when(const json::value& event) {
  const json::value& next = event.at("next");
  const std::string last =
      event.at("last").is_null() ? "" : ", " + text(event.at("last"), "local") + " " + text(event, "how");
  if (!event.at("enabled").as_bool()) return "disabled" + last;
  return (next.is_null() ? "not for years" : text(next, "local")) + last;
}

}  // namespace

void show_modes(const json::value& modes) {
  for (const json::value& mode : modes.as_array()) {
    fmt::print("{} {:24} {}\n", mode.at("active").as_bool() ? '*' : ' ', text(mode, "id"), text(mode, "name"));
  }
}

void show_variables(const json::value& variables) {
  for (const json::value& it : variables.as_array()) {
    fmt::print("{:24} {:12} of {}\n", text(it, "id"), text(it, "state"), joined(it.at("states").as_array()));
  }
}

void show_running(const json::value& programs) {
  for (const json::value& it : programs.as_array()) {
    fmt::print("{:24} {}\n", text(it, "id"), it.at("running").as_bool() ? "runs" : "stopped");
  }
}

void show_scenes(const json::value& scenes) {
  for (const json::value& scene : scenes.as_array()) {
    fmt::print("{} {:32} {}{}\n", scene.at("active").as_bool() ? '*' : ' ', text(scene, "id"), text(scene, "name"),
               scene.at("edited").as_bool() ? " (saved since the project was written)" : "");
  }
}

void show_timeclocks(const json::value& answer) {
  if (!answer.at("clock_trusted").as_bool())
    fmt::print("nobody vouches for the time: nothing runs until it is known\n");
  for (const json::value& timeclock : answer.at("timeclocks").as_array()) {
    fmt::print("{}{}\n", text(timeclock, "id"), timeclock.at("enabled").as_bool() ? "" : " (disabled)");
    for (const json::value& event : timeclock.at("events").as_array()) {
      const std::string modes = joined(event.at("modes").as_array());
      fmt::print("  {:24} {}{}\n", text(event, "id"), when(event), modes.empty() ? "" : " (in mode " + modes + ")");
    }
  }
}

void show_facades(const json::value& facades) {
  for (const json::value& facade : facades.as_array()) {
    const std::string sun = facade.at("sun").is_null() ? "no sun on it"
                                                       : fmt::format("the sun is on it, {:.0f} degrees high",
                                                                     facade.at("sun").to_number<double>());
    fmt::print("{:24} {}; {}\n", text(facade, "id"), facade_text(facade), sun);
  }
}

void show_occupancy(const json::value& groups) {
  for (const json::value& group : groups.as_array()) {
    fmt::print("{:24} {:12} {}\n", text(group, "id"), text(group, "state"), text(group, "mode"));
  }
}

void show_sensors(const json::value& sensors) {
  for (const json::value& sensor : sensors.as_array()) {
    fmt::print("{:24} {}\n", text(sensor, "id"), sensor.at("enabled").as_bool() ? "on" : "off");
  }
}

void show_switches(const json::value& house) {
  const auto on_off = [&](const char* key) { return house.at(key).as_bool() ? "on" : "off"; };
  fmt::print("away: {}\nemergency: {}\nshed: {} %\n", on_off("away"), on_off("emergency"),
             house.at("shed_percent").to_number<int>());
}

void show_tilts(const json::value& zones) {
  for (const json::value& zone : zones.as_array()) fmt::print("{:32} {}\n", text(zone, "id"), percent(zone, "tilt"));
}

void show_colours(const json::value& zones) {
  for (const json::value& zone : zones.as_array()) {
    fmt::print("{:32} {}\n", text(zone, "id"), colour_text(zone.at("colour")));
  }
}

void show_climates(const json::value& zones) {
  for (const json::value& zone : zones.as_array()) fmt::print("{:32} {}\n", text(zone, "id"), climate_text(zone));
}

std::string extras_text(const json::value& zone) {
  const json::object& it = zone.as_object();
  if (it.contains("tilt")) return "tilted " + percent(zone, "tilt");
  if (it.contains("colour") && !it.at("colour").is_null()) return colour_text(it.at("colour"));
  if (it.contains("climate")) return climate_text(it.at("climate"));
  return {};
}

void show_house(const json::value& status) {
  const json::value& house = status.at("house");
  if (house.at("emergency").as_bool()) fmt::print("  EMERGENCY\n");
  if (!house.at("clock_trusted").as_bool()) fmt::print("  the time is not known for sure: timeclocks wait\n");
  std::string how;
  const auto add = [&](const std::string& more) { how.append(how.empty() ? "" : ", ").append(more); };
  if (!house.at("mode").is_null()) add("mode " + text(house, "mode"));
  if (!house.at("night").is_null()) add(house.at("night").as_bool() ? "night" : "day");
  if (house.at("away").as_bool()) add("away");
  if (const int shed = house.at("shed_percent").to_number<int>(); shed > 0) add(fmt::format("sheds {} %", shed));
  for (const json::value& it : status.at("variables").as_array()) add(text(it, "id") + " is " + text(it, "state"));
  if (!how.empty()) fmt::print("  {}\n", how);
  const std::string sequences = joined(status.at("sequences_running").as_array());
  if (!sequences.empty()) fmt::print("  sequences that run: {}\n", sequences);
  const std::string shows = joined(status.at("shows_running").as_array());
  if (!shows.empty()) fmt::print("  shows that run: {}\n", shows);
  for (const json::value& facade : status.at("facades").as_array()) {
    fmt::print("  facade {}: {}\n", text(facade, "id"), facade_text(facade));
  }
  std::string occupied;
  for (const json::value& group : status.at("occupancy").as_array()) {
    const std::string state = text(group, "state");
    if (state != "occupied" && state != "partial") continue;
    occupied.append(occupied.empty() ? "" : ", ").append(text(group, "id"));
  }
  if (!occupied.empty()) fmt::print("  somebody is in: {}\n", occupied);
}

}  // namespace candela::apps
