#include "servers/http/home_document.h"

#include <boost/json/array.hpp>
#include <boost/json/object.hpp>
#include <boost/json/value.hpp>
#include <utility>
#include <vector>

#include "servers/house_words.h"

namespace candela::servers::http {
namespace {

namespace json = boost::json;

json::value document(const Point& point) { return {{"x", point.x}, {"y", point.y}}; }
json::value document(const std::optional<Point>& point) { return point ? document(*point) : json::value(nullptr); }

json::object document(const Zone& zone) {
  json::object it{{"id", zone.id},
                  {"name", zone.name},
                  {"load", word(zone.load)},
                  {"fade", to_seconds(zone.fade)},
                  {"position", document(zone.position)}};
  if (zone.load == LoadType::white_tuning || zone.load == LoadType::spectrum) {
    it["kelvin"] = {{"warmest", zone.warmest}, {"coolest", zone.coolest}};
  }
  return it;
}

json::object document(const Scene& scene) {
  return {{"id", scene.id}, {"name", scene.name}, {"off", scene.order == 0}};
}

json::object document(const Button& button) {
  const auto* ramp = std::get_if<RaiseLower>(&button.programming);
  const char* kind = ramp == nullptr ? "scene" : ramp->raise ? "raise" : "lower";
  return {{"id", button.id},     {"position", button.position},
          {"name", button.name}, {"engraving", button.engraving},
          {"kind", kind},        {"led", button.led_logic != LedLogic::none}};
}

std::string_view presence(const Device& device) {
  switch (device.presence) {
    case Device::Presence::real: return "real";
    case Device::Presence::phantom: return "phantom";
    case Device::Presence::homeowner: return "homeowner";
  }
  return "";
}

json::object document(const Device& device, const Project& project) {
  json::array buttons;
  for (const ButtonId id : device.buttons) {
    if (const Button* button = project.find(id)) buttons.push_back(document(*button));
  }
  const Link* link = project.find(device.link);
  return {{"id", device.id},
          {"name", device.name},
          {"family", device.family},
          {"keypad", device.is_keypad()},
          {"kind", presence(device)},
          {"link", link == nullptr ? json::value(nullptr) : json::value(link->id)},
          {"position", document(device.position)},
          {"buttons", std::move(buttons)}};
}

/// The area without its child areas.
json::object document(const Area& area, const Project& project) {
  json::array outline, zones, scenes, devices;
  for (const Point& point : area.outline) outline.push_back(document(point));
  for (const ZoneId id : area.zones) {
    if (const Zone* zone = project.find(id)) zones.push_back(document(*zone));
  }
  for (const SceneId id : area.scenes) {
    if (const Scene* scene = project.find(id)) scenes.push_back(document(*scene));
  }
  for (const DeviceId id : area.devices) {
    if (const Device* device = project.find(id)) devices.push_back(document(*device, project));
  }
  return {{"id", area.id},
          {"name", area.name},
          {"outline", std::move(outline)},
          {"zones", std::move(zones)},
          {"scenes", std::move(scenes)},
          {"devices", std::move(devices)}};
}

json::value plan(const Project& project) {
  if (project.plan_size.x <= 0 || project.plan_size.y <= 0) return nullptr;
  return {{"width", project.plan_size.x}, {"height", project.plan_size.y}};
}

json::array links(const Project& project) {
  json::array all;
  for (const Link& link : project.links) {
    all.push_back({{"id", link.id},
                   {"name", link.name},
                   {"type", link.type == LinkType::qs_wired ? "qs_wired" : "clear_connect_a"},
                   {"simulated", link.driver == LinkDriver::simulated}});
  }
  return all;
}

/// The tree of areas. Children come after their parents in the project, so going backwards every area is complete
/// when it is put into its parent: no recursion, however deep the project nests.
json::object area_tree(const Project& project) {
  std::unordered_map<AreaId, json::array> children;
  for (auto area = project.areas.rbegin(); area != project.areas.rend(); ++area) {
    json::object it = document(*area, project);
    json::array& own = children[area->number];
    json::array in_order(own.rbegin(), own.rend());
    it["areas"] = std::move(in_order);
    children.erase(area->number);
    if (!area->parent) return it;
    children[area->parent].push_back(std::move(it));
  }
  return {};
}

template <class Object>
json::array names(const std::vector<Object>& objects) {
  json::array all;
  for (const Object& object : objects) all.push_back({{"id", object.id}, {"name", object.name}});
  return all;
}

json::array variables(const Project& project) {
  json::array all;
  for (const Variable& variable : project.variables) {
    const json::array states(variable.states.begin(), variable.states.end());
    all.push_back({{"id", variable.id}, {"name", variable.name}, {"states", states}});
  }
  return all;
}

json::array facades(const Project& project) {
  json::array all;
  for (const Facade& facade : project.facades) {
    json::array shades;
    for (const ZoneId shade : facade.shades) {
      if (const Zone* zone = project.find(shade)) shades.emplace_back(zone->id);
    }
    all.push_back({{"id", facade.id}, {"name", facade.name}, {"shades", std::move(shades)}});
  }
  return all;
}

json::array occupancy_groups(const Project& project) {
  json::array all;
  for (const OccupancyGroup& group : project.occupancy_groups) {
    all.push_back({{"id", group.id}, {"name", group.name}, {"area", project.find(group.area)->id}});
  }
  return all;
}

}  // namespace

json::object home_document(const Project& project, const std::string& version) {
  return {{"name", project.name},
          {"version", version},
          {"plan", plan(project)},
          {"links", links(project)},
          {"area", area_tree(project)},
          {"modes", names(project.modes)},
          {"variables", variables(project)},
          {"sequences", names(project.sequences)},
          {"shows", names(project.shows)},
          {"facades", facades(project)},
          {"occupancy_groups", occupancy_groups(project)}};
}

}  // namespace candela::servers::http
