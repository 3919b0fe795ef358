#include "project/builder.h"

#include <fmt/format.h>

#include <algorithm>
#include <limits>

#include "project/values.h"

namespace candela::project {

std::string name_of(const Node& node) {
  const std::string_view name = node.text_of("name");
  return std::string(name.empty() ? node.text_of("id") : name);
}

Draft build(const Node& root, const Catalogue& catalogue, Numbering& numbering, Complaints& complaints) {
  return Builder(root, catalogue, numbering, complaints).build();
}

Draft Builder::build() {
  make_root_area();
  make_processors();
  make_devices();
  make_areas(root_, 0);
  make_holidays();
  make_timeclocks();
  make_shows();
  make_facades();
  make_partitions();
  make_variables();
  make_modes();
  make_sequences();
  make_shared_scenes();
  for (std::uint32_t i = 0; i < project().zones.size(); ++i) zone_indices_[project().zones[i].number] = i;
  for (std::uint32_t i = 0; i < project().scenes.size(); ++i) scene_indices_[project().scenes[i].number] = i;

  fill_home();
  fill_processors();
  fill_links();
  fill_gateways();
  fill_devices();
  make_buttons();
  fill_zones();
  fill_outlines();
  fill_scenes();
  fill_buttons();
  fill_sequences();
  fill_holidays();
  fill_timeclocks();
  fill_shows();
  fill_facades();
  fill_occupancy();
  fill_partitions();
  fill_away();
  fill_day_night();
  fill_settings();
  warn_of_set_leds();
  return std::move(draft_);
}

bool Builder::declare(const Node& node, ObjectKind kind, std::size_t index) {
  const Node* id = node.find("id");
  if (id == nullptr || !id->is_scalar() || id->text.empty()) return false;
  names_.check_form(id->text, id->mark);
  return names_.declare(id->text, {kind, static_cast<std::uint32_t>(index), id->mark});
}

void Builder::make_root_area() {
  Area area;
  area.number = {number("area", kRootId)};
  area.id = kRootId;
  const Node* section = root_.find("project");
  area.name = section != nullptr ? section->text_of("name") : std::string_view();
  names_.declare(area.id, {ObjectKind::area, 0, {}});
  area_indices_[area.number] = 0;
  project().name = area.name;
  project().areas.push_back(std::move(area));
  draft_.area_nodes.push_back(nullptr);
}

void Builder::make_processors() {
  for (const Node& node : root_.list_of("processors")) {
    ProcessorId processor_number;
    if (declare(node, ObjectKind::processor, project().processors.size())) {
      Processor processor;
      processor.id = node.text_of("id");
      processor.number = processor_number = {number("processor", processor.id)};
      processor.name = name_of(node);
      project().processors.push_back(std::move(processor));
      draft_.processor_nodes.push_back(&node);
    }
    make_links(node, processor_number);
    make_gateways(node, processor_number);
  }
}

void Builder::make_links(const Node& node, ProcessorId processor) {
  for (const Node& link_node : node.list_of("links")) {
    if (!declare(link_node, ObjectKind::link, project().links.size())) continue;
    Link link;
    link.id = link_node.text_of("id");
    link.number = {number("link", link.id)};
    link.name = name_of(link_node);
    link.processor = processor;
    project().links.push_back(std::move(link));
    draft_.link_nodes.push_back(&link_node);
  }
}

void Builder::make_gateways(const Node& node, ProcessorId processor) {
  for (const Node& gateway_node : node.list_of("gateways")) {
    if (!declare(gateway_node, ObjectKind::gateway, project().gateways.size())) continue;
    Gateway gateway;
    gateway.id = gateway_node.text_of("id");
    gateway.number = {number("gateway", gateway.id)};
    gateway.name = name_of(gateway_node);
    gateway.processor = processor;
    project().gateways.push_back(std::move(gateway));
    draft_.gateway_nodes.push_back(&gateway_node);
  }
}

void Builder::make_devices() {
  // The areas they are in are known only after all areas are made; fill_devices() sets them.
  for (const Node& node : root_.list_of("devices")) make_device(node, 0, false);
}

void Builder::make_device(const Node& node, std::uint32_t area, bool is_keypad) {
  if (!declare(node, ObjectKind::device, project().devices.size())) return;
  Device device;
  device.id = node.text_of("id");
  device.number = {number("device", device.id)};
  device.name = name_of(node);
  device.area = project().areas[area].number;
  if (is_keypad) {
    device.station = {number("control_station", device.id)};
    device.button_group = {number("button_group", device.id)};
  }
  project().devices.push_back(std::move(device));
  draft_.device_nodes.push_back(&node);
}

void Builder::make_areas(const Node& parent, std::uint32_t parent_index) {
  for (const Node& node : parent.list_of("areas")) {
    const auto index = static_cast<std::uint32_t>(project().areas.size());
    if (!declare(node, ObjectKind::area, index)) {
      // What is in it is still looked at, as if it were in the area around it.
      make_area_contents(node, parent_index);
      continue;
    }
    Area area;
    area.id = node.text_of("id");
    area.number = {number("area", area.id)};
    area.name = name_of(node);
    area.parent = project().areas[parent_index].number;
    area_indices_[area.number] = index;
    project().areas[parent_index].children.push_back(area.number);
    project().areas.push_back(std::move(area));
    draft_.area_nodes.push_back(&node);
    make_occupancy_group(node, index);
    make_area_contents(node, index);
  }
}

void Builder::make_area_contents(const Node& node, std::uint32_t area) {
  for (const Node& zone_node : node.list_of("zones")) {
    if (!declare(zone_node, ObjectKind::zone, project().zones.size())) continue;
    Zone zone;
    zone.id = zone_node.text_of("id");
    zone.number = {number("zone", zone.id)};
    zone.name = name_of(zone_node);
    zone.area = project().areas[area].number;
    project().areas[area].zones.push_back(zone.number);
    zones_of_area_[area].push_back(static_cast<std::uint32_t>(project().zones.size()));
    project().zones.push_back(std::move(zone));
    draft_.zone_nodes.push_back(&zone_node);
  }
  make_scenes(node, area);
  for (const Node& keypad : node.list_of("keypads")) make_device(keypad, area, true);
  make_areas(node, area);
}

void Builder::make_scenes(const Node& node, std::uint32_t area) {
  const std::vector<Node>& nodes = node.list_of("scenes");
  if (nodes.empty()) return;
  const AreaId area_number = project().areas[area].number;
  const std::string prefix = project().areas[area].id + ".";
  std::vector<SceneId>& scenes = project().areas[area].scenes;
  const auto add = [&](std::string_view id, std::string name, const Node* scene_node, Mark mark) {
    const auto index = static_cast<std::uint32_t>(project().scenes.size());
    if (!names_.declare(prefix + std::string(id), {ObjectKind::scene, index, mark})) return;
    Scene scene;
    scene.id = prefix + std::string(id);
    scene.number = {number("scene", scene.id)};
    scene.name = std::move(name);
    scene.area = area_number;
    // More than fit are complained about by check_limits().
    scene.order =
        static_cast<std::uint8_t>(std::min<std::size_t>(scenes.size(), std::numeric_limits<std::uint8_t>::max()));
    scenes.push_back(scene.number);
    project().scenes.push_back(std::move(scene));
    draft_.scene_nodes.push_back(scene_node);
  };
  const auto is_off = [](const Node& it) { return it.text_of("id") == kOffId; };
  const auto off = std::find_if(nodes.begin(), nodes.end(), is_off);
  if (off == nodes.end()) {
    add(kOffId, "Off", nullptr, nodes.front().mark);
  } else if (off != nodes.begin()) {
    complaints_.error(off->mark, "off-scene",
                      fmt::format("the off scene of '{}' is not its first", project().areas[area].id),
                      "move it to the front; clients take the first scene of an area for its off scene");
  }
  for (const Node& scene_node : nodes) {
    const std::string_view id = scene_node.text_of("id");
    if (id.empty()) continue;
    const Mark mark = scene_node.find("id")->mark;
    names_.check_form(id, mark);
    add(id, name_of(scene_node), &scene_node, mark);
  }
}

std::optional<Duration> Builder::duration_of(const Node& map, std::string_view key) {
  const Node* node = map.find(key);
  if (node == nullptr || !node->is_scalar()) return std::nullopt;
  const auto duration = parse_duration(node->text);
  // A plain number out of range is the schema's to complain about.
  if (!duration && (node->quoted || !parse_number(node->text))) {
    complaints_.error(node->mark, "bad-duration", fmt::format("'{}' is not a duration", node->text),
                      "write it as 3s, 1.5s, 250ms, 1m30s, 2h, or plain seconds; at most 24 hours");
  }
  return duration;
}

std::optional<Point> to_point(const Node& node) {
  if (!node.is_list() || node.items.size() != 2) return std::nullopt;
  const auto coordinate = [](const Node& it) {
    return it.is_scalar() && !it.quoted ? parse_number(it.text) : std::nullopt;
  };
  const auto x = coordinate(node.items[0]);
  const auto y = coordinate(node.items[1]);
  if (!x || !y) return std::nullopt;
  return Point{*x, *y};
}

std::optional<Point> Builder::point_of(const Node& map, std::string_view key) {
  const Node* node = map.find(key);
  return node != nullptr ? to_point(*node) : std::nullopt;
}

const Names::Named* Builder::reference(const Node& map, std::string_view key, ObjectKind kind) {
  const Node* node = map.find(key);
  if (node == nullptr || !node->is_scalar() || node->text.empty()) return nullptr;
  return names_.resolve(node->text, kind, node->mark);
}

std::uint32_t Builder::area_index(const Node& map) {
  const Names::Named* area = reference(map, "area", ObjectKind::area);
  return area != nullptr ? area->index : 0;
}

std::uint32_t Builder::index_of(AreaId area) const { return area_indices_.at(area); }

}  // namespace candela::project
