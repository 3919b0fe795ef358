#include "servers/http/home_document.h"

#include <boost/json/array.hpp>
#include <boost/json/object.hpp>
#include <boost/json/value.hpp>
#include <utility>
#include <vector>

namespace candela::servers::http {
namespace {

namespace json = boost::json;

json::value document(const Point& point) { return {{"x", point.x}, {"y", point.y}}; }
json::value document(const std::optional<Point>& point) { return point ? document(*point) : json::value(nullptr); }

json::object document(const Zone& zone) {
  return {{"id", zone.id},
          {"name", zone.name},
          {"load", zone.load == LoadType::switched ? "switched" : "dimmed"},
          {"fade", to_seconds(zone.fade)},
          {"position", document(zone.position)}};
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

}  // namespace

json::object home_document(const Project& project, const std::string& version) {
  return {{"name", project.name},
          {"version", version},
          {"plan", plan(project)},
          {"links", links(project)},
          {"area", area_tree(project)}};
}

}  // namespace candela::servers::http
