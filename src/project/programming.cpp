#include <fmt/format.h>

#include <algorithm>
#include <array>

#include "project/builder.h"
#include "project/values.h"

namespace candela::project {
namespace {

constexpr std::array<std::string_view, 4> kProgramming{"toggle", "single_action", "raise", "lower"};

LedLogic led_logic_named(std::string_view word, LedLogic otherwise) {
  if (word == "room") return LedLogic::room;
  if (word == "scene") return LedLogic::scene;
  if (word == "integration") return LedLogic::integration;
  if (word == "none") return LedLogic::none;
  return otherwise;
}

/// A toggle mostly names a place, an action a mood; a button that does nothing by itself is a client's.
LedLogic usual_led_logic(const Programming& programming) {
  if (std::holds_alternative<Toggle>(programming)) return LedLogic::room;
  if (std::holds_alternative<SingleAction>(programming)) return LedLogic::scene;
  if (std::holds_alternative<RaiseLower>(programming)) return LedLogic::none;
  return LedLogic::integration;
}

bool has_no_preset(const Node& node) {
  const auto is_empty = [&](std::string_view key) {
    const Node* part = node.find(key);
    return part == nullptr || part->items.empty();
  };
  return node.is_map() && is_empty("zones") && is_empty("scenes");
}

std::string positions(const Family& family) {
  std::vector<std::string> texts;
  for (const std::uint8_t position : family.buttons) texts.push_back(std::to_string(position));
  return alternatives(std::vector<std::string_view>(texts.begin(), texts.end()));
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
    warn_of_zones_outside(scene, *node);
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
    scene.preset.zones.push_back({zone.number, Level::off(), fade.value_or(zone.fade), delay.value_or(Duration{})});
  }
}

void Builder::fill_buttons() {
  for (std::uint32_t i = 0; i < project().devices.size(); ++i) {
    const Family* family = draft_.device_families[i];
    if (!project().devices[i].is_keypad() || family == nullptr || family->kind != Family::Kind::keypad) continue;
    for (const Node& node : draft_.device_nodes[i]->list_of("buttons")) {
      if (node.is_map()) fill_button(node, i);
    }
  }
}

void Builder::fill_button(const Node& node, std::uint32_t keypad_index) {
  Device& keypad = project().devices[keypad_index];
  const Family& family = *draft_.device_families[keypad_index];
  const bool is_raise = node.find("raise") != nullptr;
  const bool is_lower = node.find("lower") != nullptr;
  const auto position = position_of(node, family, is_raise, is_lower);
  if (!position) return;

  Button button;
  button.id = fmt::format("{}.{}", keypad.id, *position);
  button.number = {number("button", button.id)};
  button.keypad = keypad.number;
  button.position = *position;
  if (std::find(keypad.buttons.begin(), keypad.buttons.end(), button.number) != keypad.buttons.end()) {
    complaints_.error(node.mark, "duplicate-button",
                      fmt::format("button {} of '{}' is written twice", *position, keypad.id), "keep one of them");
    return;
  }
  button.engraving = node.text_of("engraving");
  button.name = node.text_of("name");
  if (button.name.empty()) button.name = is_raise ? "Raise" : is_lower ? "Lower" : fmt::format("Button {}", *position);
  button.programming = programming_of(node, keypad.area);
  fill_led(node, family, button);
  keypad.buttons.push_back(button.number);
  project().buttons.push_back(std::move(button));
}

std::optional<std::uint8_t> Builder::position_of(const Node& node, const Family& family, bool is_raise, bool is_lower) {
  const Node* written = node.find("position");
  const auto own = is_raise ? family.raise : is_lower ? family.lower : std::nullopt;
  if (written == nullptr) {
    if (own) return own;
    complaints_.error(node.mark, "button-position",
                      is_raise || is_lower ? fmt::format("'{}' has no buttons for raise and lower", family.name)
                                           : "this button has no position",
                      fmt::format("add 'position', {} on '{}'", positions(family), family.name));
    return std::nullopt;
  }
  const auto position = whole_of(node, "position", 0, 255);
  if (!position) return std::nullopt;
  const auto value = static_cast<std::uint8_t>(*position);
  const bool fits = (family.raise == value) || (family.lower == value) ||
                    std::find(family.buttons.begin(), family.buttons.end(), value) != family.buttons.end();
  if (fits) return value;
  complaints_.error(written->mark, "button-position", fmt::format("'{}' has no button {}", family.name, value),
                    "its buttons are " + positions(family));
  return std::nullopt;
}

Programming Builder::programming_of(const Node& node, AreaId area) {
  const auto count = std::count_if(kProgramming.begin(), kProgramming.end(),
                                   [&](std::string_view key) { return node.find(key) != nullptr; });
  if (count > 1) {
    complaints_.error(node.mark, "button-programming", "a button can do only one thing",
                      "keep one of toggle, single_action, raise and lower");
  }
  if (const Node* toggle = node.find("toggle")) {
    Toggle programming;
    programming.on = preset(*toggle, area);
    programming.off_fade = duration_of(*toggle, "off_fade").value_or(programming.off_fade);
    warn_if_empty(*toggle);
    return programming;
  }
  if (const Node* action = node.find("single_action")) {
    SingleAction programming{preset(*action, area)};
    warn_if_empty(*action);
    return programming;
  }
  if (const Node* raise = node.find("raise")) return RaiseLower{true, dimmed_zones(*raise)};
  if (const Node* lower = node.find("lower")) return RaiseLower{false, dimmed_zones(*lower)};
  return std::monostate{};
}

void Builder::warn_if_empty(const Node& node) {
  if (!has_no_preset(node)) return;
  complaints_.warning(node.mark, "empty-preset", "this preset has neither zones nor scenes", "add 'zones' or 'scenes'");
}

void Builder::fill_led(const Node& node, const Family& family, Button& button) {
  const bool has_led = family.leds && button.position != family.raise && button.position != family.lower;
  if (has_led) {
    button.led = {number("led", button.id)};
    button.led_logic = led_logic_named(node.text_of("led"), usual_led_logic(button.programming));
    return;
  }
  button.led_logic = LedLogic::none;
  const Node* led = node.find("led");
  if (led != nullptr && node.text_of("led") != "none") {
    complaints_.error(led->mark, "button-led",
                      fmt::format("button {} of '{}' has no LED", button.position, family.name), "remove 'led'");
  }
}

Preset Builder::preset(const Node& node, AreaId area) {
  Preset result;
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
  return result;
}

std::optional<Assignment> Builder::assignment(const Node& preset, const Node::Key& zone_key, const Node& value) {
  const Names::Named* named = names_.resolve(zone_key.name, ObjectKind::zone, zone_key.mark);
  std::optional<double> level;
  std::optional<Duration> fade, delay;
  if (value.is_map()) {
    level = number_of(value, "level");
    fade = duration_of(value, "fade");
    delay = duration_of(value, "delay");
  } else if (value.is_scalar() && !value.quoted) {
    level = parse_number(value.text);
  }
  if (named == nullptr || !level) return std::nullopt;
  const Zone& zone = project().zones[named->index];
  if (!fade) fade = duration_of(preset, "fade");
  if (!delay) delay = duration_of(preset, "delay");
  return Assignment{zone.number, Level::from_percent(*level), fade.value_or(zone.fade), delay.value_or(Duration{})};
}

const Names::Named* Builder::resolve_scene(const Node& node, AreaId area) {
  const bool is_full = node.text.find('.') != std::string::npos;
  if (is_full) return names_.resolve(node.text, ObjectKind::scene, node.mark);
  const std::string id = project().areas[index_of(area)].id + "." + node.text;
  return names_.resolve(id, ObjectKind::scene, node.mark);
}

std::vector<ZoneId> Builder::dimmed_zones(const Node& list) {
  std::vector<ZoneId> zones;
  if (!list.is_list()) return zones;
  for (const Node& item : list.items) {
    if (!item.is_scalar()) continue;
    const Names::Named* named = names_.find(item.text);
    if (named != nullptr && named->kind == ObjectKind::area) {
      add_dimmed_zones_of(item, named->index, zones);
    } else if ((named = names_.resolve(item.text, ObjectKind::zone, item.mark)) != nullptr) {
      add_dimmed_zone(item, named->index, zones);
    }
  }
  std::sort(zones.begin(), zones.end());
  zones.erase(std::unique(zones.begin(), zones.end()), zones.end());
  return zones;
}

void Builder::add_dimmed_zone(const Node& reference, std::uint32_t index, std::vector<ZoneId>& zones) {
  const Zone& zone = project().zones[index];
  if (zone.load == LoadType::dimmed) {
    zones.push_back(zone.number);
  } else {
    complaints_.error(reference.mark, "not-dimmed",
                      fmt::format("zone '{}' is switched and cannot be raised or lowered", zone.id),
                      "remove it here, or let the zone be dimmed");
  }
}

void Builder::add_dimmed_zones_of(const Node& reference, std::uint32_t area, std::vector<ZoneId>& zones) {
  const std::vector<std::uint32_t>& own = zones_of_area_[area];
  if (!take_programmed(own.size() + 1, reference.mark)) return;
  for (const std::uint32_t zone : own) {
    if (project().zones[zone].load == LoadType::dimmed) zones.push_back(project().zones[zone].number);
  }
  for (const AreaId child : project().areas[area].children) add_dimmed_zones_of(reference, index_of(child), zones);
}

bool Builder::take_programmed(std::size_t count, Mark mark) {
  if (programmed_ > kMaxProgrammed) return false;
  programmed_ += count;
  if (programmed_ <= kMaxProgrammed) return true;
  complaints_.error(mark, "too-large", fmt::format("the buttons set more than {} zones in all", kMaxProgrammed),
                    "no system is that large; look for lists that repeat themselves");
  return false;
}

}  // namespace candela::project
