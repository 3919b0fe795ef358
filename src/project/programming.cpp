#include <fmt/format.h>

#include <algorithm>

#include "project/builder.h"
#include "project/loads.h"
#include "project/programming_values.h"
#include "project/values.h"

namespace candela::project {
namespace {

/// A preset can be deep in others only as far as somebody can still understand it.
constexpr int kDeepest = 8;

bool has_no_preset(const Node& node) {
  const auto is_empty = [&](std::string_view key) {
    const Node* part = node.find(key);
    return part == nullptr || part->items.empty();
  };
  return node.is_map() && is_empty("zones") && is_empty("scenes") && is_empty("actions");
}

/// Tilt or colour are set, if the level is not.
bool says_more_than_level(const Node& value) {
  return value.find("tilt") != nullptr || value.find("colour") != nullptr || value.find("kelvin") != nullptr ||
         value.find("hue") != nullptr;
}

}  // namespace

void Builder::fill_scenes() {
  for (std::size_t i = 0; i < project().scenes.size(); ++i) {
    const Node* node = draft_.scene_nodes[i];
    Scene& scene = project().scenes[i];
    const bool is_off = scene.id.ends_with("." + std::string(kOffId));
    if (is_off) {
      fill_off_scene(scene, node);
      continue;
    }
    scene.preset = preset(*node, scene.area);
    if (!scene.shared) warn_of_zones_outside(scene, *node);
    if (has_no_preset(*node)) {
      complaints_.warning(node->mark, "empty-preset", fmt::format("scene '{}' has no zones", scene.id),
                          "add 'zones', or remove it");
    }
  }
}

/// Clients show a scene as active by the zones of its area.
void Builder::warn_of_zones_outside(const Scene& scene, const Node& node) {
  const Node* zones = node.find("zones");
  if (zones == nullptr || !zones->is_map()) return;
  for (const Node::Key& key : zones->keys) {
    const Names::Named* named = names_.find(key.name);
    if (named == nullptr || named->kind != ObjectKind::zone) continue;
    if (is_within(project().zones[named->index].area, scene.area)) continue;
    complaints_.warning(key.mark, "scene-outside-area",
                        fmt::format("zone '{}' is not in '{}', whose scene this is", key.name,
                                    project().areas[index_of(scene.area)].id),
                        "move it to a scene of its own area; a button can recall several scenes");
  }
}

bool Builder::is_within(AreaId inner, AreaId outer) const {
  while (inner && inner != outer) inner = draft_.project.areas[index_of(inner)].parent;
  return inner == outer;
}

void Builder::fill_off_scene(Scene& scene, const Node* node) {
  if (node != nullptr && node->find("zones") != nullptr) {
    scene.preset = preset(*node, scene.area);
    const bool lights = std::any_of(scene.preset.zones.begin(), scene.preset.zones.end(),
                                    [](const Assignment& it) { return it.level.is_on(); });
    if (lights) {
      complaints_.error(node->find("zones")->mark, "off-scene",
                        fmt::format("the off scene '{}' turns a zone on", scene.id),
                        "give the scene another id, or set its zones to 0");
    }
    return;
  }
  const auto fade = node != nullptr ? duration_of(*node, "fade") : std::nullopt;
  const auto delay = node != nullptr ? duration_of(*node, "delay") : std::nullopt;
  for (const std::uint32_t index : zones_of_area_[index_of(scene.area)]) {
    const Zone& zone = project().zones[index];
    // Off is for lights: it closes no shade and turns no heating off.
    if (!is_dimmed(zone.load) && zone.load != LoadType::switched && zone.load != LoadType::fan) continue;
    scene.preset.zones.push_back({zone.number, Level::off(), fade.value_or(zone.fade), delay.value_or(Duration{})});
  }
}

void Builder::warn_if_empty(const Node& node) {
  if (!has_no_preset(node)) return;
  complaints_.warning(node.mark, "empty-preset", "this preset has neither zones nor scenes",
                      "add 'zones', 'scenes' or 'actions'");
}

Preset Builder::filled_preset(const Node& node, AreaId area) {
  warn_if_empty(node);
  return preset(node, area);
}

Preset Builder::preset(const Node& node, AreaId area) {
  Preset result;
  const Nesting nesting(nesting_);
  if (!fits_nesting(node)) return result;
  if (const Node* zones = node.find("zones"); zones != nullptr && zones->is_map()) {
    for (std::size_t i = 0; i < zones->items.size(); ++i) {
      if (const auto it = assignment(node, zones->keys[i], zones->items[i])) result.zones.push_back(*it);
    }
  }
  for (const Node& scene : node.list_of("scenes")) {
    if (!scene.is_scalar()) continue;
    const Names::Named* named = resolve_scene(scene, area);
    if (named == nullptr) continue;
    const Scene& recalled = project().scenes[named->index];
    if (!take_programmed(recalled.preset.zones.size(), scene.mark)) break;
    result.scenes.push_back(recalled.number);
  }
  for (const Node& action : node.list_of("actions")) add_action(action, area, result.actions);
  return result;
}

bool Builder::fits_nesting(const Node& node) {
  if (nesting_ <= kDeepest) return true;
  complaints_.error(node.mark, "too-nested", fmt::format("this is more than {} levels within others", kDeepest),
                    "use a variable, or a phantom keypad whose buttons do the parts");
  return false;
}

std::optional<Assignment> Builder::assignment(const Node& preset, const Node::Key& zone_key, const Node& value) {
  const Names::Named* found = names_.resolve(zone_key.name, ObjectKind::zone, zone_key.mark);
  const auto written_fade = duration_of(value, "fade");
  const auto written_delay = duration_of(value, "delay");
  if (found == nullptr) return std::nullopt;
  const Zone& zone = project().zones[found->index];
  Assignment result{zone.number, {}};
  const Node* level = value.is_map() ? value.find("level") : &value;
  if (level != nullptr) result.level = level_of(*level, zone, complaints_).value_or(Level());
  result.keeps_level = level == nullptr;
  if (value.is_map()) {
    result.tilt = tilt_of(value, zone, complaints_);
    result.colour = colour_of(value, zone, complaints_);
  }
  if (result.keeps_level && !says_more_than_level(value)) {
    complaints_.error(value.mark, "missing-key", "this assignment has no 'level'", "add 'level', 'tilt' or a colour");
  }
  result.fade = written_fade ? *written_fade : duration_of(preset, "fade").value_or(zone.fade);
  result.delay = written_delay ? *written_delay : duration_of(preset, "delay").value_or(Duration{});
  return result;
}

const Names::Named* Builder::resolve_scene(const Node& node, AreaId area) {
  const bool is_full = node.text.find('.') != std::string::npos;
  if (is_full) return names_.resolve(node.text, ObjectKind::scene, node.mark);
  const std::string id = project().areas[index_of(area)].id + "." + node.text;
  const Names::Named* shared = names_.find(node.text);
  const bool is_shared = shared != nullptr && shared->kind == ObjectKind::scene && names_.find(id) == nullptr;
  return is_shared ? shared : names_.resolve(id, ObjectKind::scene, node.mark);
}

std::vector<ZoneId> Builder::ramped_zones(const Node& value, AreaId area) {
  std::vector<ZoneId> zones;
  if (const Node* scene = value.find("scene")) {
    const Names::Named* found = scene->is_scalar() ? resolve_scene(*scene, area) : nullptr;
    if (found == nullptr) return zones;
    for (const Assignment& it : project().scenes[found->index].preset.zones) {
      if (is_ramped(zone_with(it.zone).load)) zones.push_back(it.zone);
    }
  } else {
    for_each(value, [&](const Node& item) { add_ramped(item, zones); });
  }
  sort_out(zones);
  return zones;
}

void Builder::sort_out(std::vector<ZoneId>& zones) {
  std::sort(zones.begin(), zones.end());
  zones.erase(std::unique(zones.begin(), zones.end()), zones.end());
}

/// A zone, or an area with all its zones.
void Builder::add_ramped(const Node& item, std::vector<ZoneId>& zones) {
  const Names::Named* found = names_.find(item.text);
  if (found != nullptr && found->kind == ObjectKind::area) {
    add_ramped_zones_of(item, found->index, zones);
  } else if (const Zone* zone = zone_of(item)) {
    add_ramped_zone(item, *zone, zones);
  }
}

void Builder::add_ramped_zone(const Node& reference, const Zone& zone, std::vector<ZoneId>& zones) {
  if (is_ramped(zone.load)) {
    zones.push_back(zone.number);
  } else {
    complaints_.error(reference.mark, "not-dimmed",
                      fmt::format("zone '{}' is {} and cannot be raised or lowered", zone.id, word_for(zone.load)),
                      "remove it here, or let the zone be dimmed");
  }
}

void Builder::add_ramped_zones_of(const Node& reference, std::uint32_t area, std::vector<ZoneId>& zones) {
  const std::vector<std::uint32_t>& own = zones_of_area_[area];
  if (!take_programmed(own.size() + 1, reference.mark)) return;
  for (const std::uint32_t zone : own) {
    // Shades move when they are named: a button that dims a room shall not open them.
    if (is_dimmed(project().zones[zone].load)) zones.push_back(project().zones[zone].number);
  }
  for (const AreaId child : project().areas[area].children) add_ramped_zones_of(reference, index_of(child), zones);
}

bool Builder::take_programmed(std::size_t count, Mark mark) {
  if (programmed_ > kMaxProgrammed) return false;
  programmed_ += count;
  if (programmed_ <= kMaxProgrammed) return true;
  complaints_.error(mark, "too-large", fmt::format("the buttons set more than {} zones in all", kMaxProgrammed),
                    "no system is that large; look for lists that repeat themselves");
  return false;
}

std::vector<Assignment> Builder::expand(const Preset& preset) {
  std::vector<Assignment> zones = preset.zones;
  for (const SceneId recalled : preset.scenes) {
    const Scene& scene = project().scenes[scene_indices_.at(recalled)];
    zones.insert(zones.end(), scene.preset.zones.begin(), scene.preset.zones.end());
  }
  return zones;
}

const Names::Named* Builder::named(const Node& value, ObjectKind kind) {
  return value.is_scalar() && !value.text.empty() ? names_.resolve(value.text, kind, value.mark) : nullptr;
}

const Zone* Builder::zone_of(const Node& reference) {
  const Names::Named* found = named(reference, ObjectKind::zone);
  return found != nullptr ? &project().zones[found->index] : nullptr;
}

const Variable* Builder::variable_of(const Node& reference) {
  const Names::Named* found = named(reference, ObjectKind::variable);
  return found != nullptr ? &project().variables[found->index] : nullptr;
}

const Zone& Builder::zone_with(ZoneId number) { return project().zones[zone_indices_.at(number)]; }

}  // namespace candela::project
