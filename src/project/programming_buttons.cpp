#include <fmt/format.h>

#include <algorithm>
#include <array>

#include "base/overloaded.h"
#include "project/builder.h"
#include "project/loads.h"
#include "project/programming_values.h"
#include "project/values.h"

namespace candela::project {
namespace {

constexpr Words<LedLogic, 8> kLedLogics{{{"room", LedLogic::room},
                                         {"scene", LedLogic::scene},
                                         {"pathway", LedLogic::pathway},
                                         {"integration", LedLogic::integration},
                                         {"sequence", LedLogic::sequence},
                                         {"shade", LedLogic::shade},
                                         {"local_load", LedLogic::local_load},
                                         {"none", LedLogic::none}}};

/// A toggle mostly names a place, an action a mood; a button that does nothing by itself is a client's. A button that
/// decides as it is pressed has no one state to show.
LedLogic usual_led_logic(const Programming& programming) {
  const auto of_action = [](const SingleAction& it) {
    return it.preset.zones.empty() && it.preset.scenes.empty() ? LedLogic::none : LedLogic::scene;
  };
  return std::visit(overloaded{
                        [](const std::monostate&) { return LedLogic::integration; },
                        [](const Toggle&) { return LedLogic::room; },
                        [](const AdvancedToggle&) { return LedLogic::room; },
                        of_action,
                        [](const DualAction&) { return LedLogic::scene; },
                        [](const OpenStopClose&) { return LedLogic::shade; },
                        [](const RaiseLower&) { return LedLogic::none; },
                        [](const MasterRaiseLower&) { return LedLogic::none; },
                        [](const CycleDim&) { return LedLogic::room; },
                        [](const StartStopSequence&) { return LedLogic::sequence; },
                    },
                    programming);
}

std::string positions(const std::vector<std::uint8_t>& all) {
  std::vector<std::string> texts;
  for (const std::uint8_t position : all) texts.push_back(std::to_string(position));
  return alternatives(std::vector<std::string_view>(texts.begin(), texts.end()));
}

bool is_raise(const Node& node) { return node.find("raise") != nullptr || node.find("master_raise") != nullptr; }
bool is_lower(const Node& node) { return node.find("lower") != nullptr || node.find("master_lower") != nullptr; }

/// Holding the button already means something.
bool uses_holding(const Programming& programming) {
  return std::holds_alternative<RaiseLower>(programming) || std::holds_alternative<MasterRaiseLower>(programming) ||
         std::holds_alternative<CycleDim>(programming);
}

}  // namespace

void Builder::make_buttons() {
  for (std::uint32_t i = 0; i < project().devices.size(); ++i) {
    const Family* family = draft_.device_families[i];
    if (family == nullptr || project().devices[i].is_keypad() != (family->is_keypad() || family->is_virtual()))
      continue;
    for (const Node& node : draft_.device_nodes[i]->list_of("buttons")) make_button(node, i, *family);
    for (const Node& node : draft_.device_nodes[i]->list_of("inputs")) make_input(node, i, *family);
  }
}

void Builder::make_button(const Node& node, std::uint32_t device, const Family& family) {
  if (!node.is_map()) return;
  if (const auto position = position_of(node, family)) add_button(node, device, *position, false);
}

/// A contact input is a button that somebody else's switch presses.
void Builder::make_input(const Node& node, std::uint32_t device, const Family& family) {
  if (!node.is_map()) return;
  const auto position = whole_of(node, "position", 0, 255);
  if (node.find("position") == nullptr) {
    complaints_.error(node.mark, "button-position", "this contact input has no position",
                      "add 'position', " + positions(family.inputs));
  }
  if (!position) return;
  const auto value = static_cast<std::uint8_t>(*position);
  if (std::find(family.inputs.begin(), family.inputs.end(), value) != family.inputs.end()) {
    add_button(node, device, value, true);
    return;
  }
  complaints_.error(node.find("position")->mark, "button-position",
                    fmt::format("'{}' has no contact input {}", family.name, value),
                    family.inputs.empty() ? "remove it" : "its inputs are " + positions(family.inputs));
}

void Builder::add_button(const Node& node, std::uint32_t device_index, std::uint8_t position, bool is_contact) {
  Device& device = project().devices[device_index];
  const Family& family = *draft_.device_families[device_index];
  Button button;
  button.id = fmt::format("{}.{}", device.id, position);
  button.number = {number("button", button.id)};
  button.keypad = device.number;
  button.position = position;
  button.contact = is_contact;
  if (std::find(device.buttons.begin(), device.buttons.end(), button.number) != device.buttons.end()) {
    complaints_.error(node.mark, "duplicate-button",
                      fmt::format("button {} of '{}' is written twice", position, device.id), "keep one of them");
    return;
  }
  const bool has_led = family.leds && !is_contact && position != family.raise && position != family.lower;
  if (has_led) button.led = {number("led", button.id)};
  names_.declare(button.id, {ObjectKind::button, static_cast<std::uint32_t>(project().buttons.size()), node.mark});
  device.buttons.push_back(button.number);
  project().buttons.push_back(std::move(button));
  draft_.button_nodes.push_back(&node);
}

std::optional<std::uint8_t> Builder::position_of(const Node& node, const Family& family) {
  const Node* written = node.find("position");
  const auto own = is_raise(node) ? family.raise : is_lower(node) ? family.lower : std::nullopt;
  if (written == nullptr) {
    if (own) return own;
    complaints_.error(node.mark, "button-position",
                      is_raise(node) || is_lower(node)
                          ? fmt::format("'{}' has no buttons for raise and lower", family.name)
                          : "this button has no position",
                      fmt::format("add 'position', {} on '{}'", positions(family.buttons), family.name));
    return std::nullopt;
  }
  const auto position = whole_of(node, "position", 0, 255);
  if (!position) return std::nullopt;
  const auto value = static_cast<std::uint8_t>(*position);
  const bool fits = (family.raise == value) || (family.lower == value) ||
                    std::find(family.buttons.begin(), family.buttons.end(), value) != family.buttons.end();
  if (fits) return value;
  complaints_.error(written->mark, "button-position", fmt::format("'{}' has no button {}", family.name, value),
                    family.buttons.empty() ? "remove it" : "its buttons are " + positions(family.buttons));
  return std::nullopt;
}

void Builder::fill_buttons() {
  for (std::size_t i = 0; i < project().buttons.size(); ++i) fill_button(*draft_.button_nodes[i], project().buttons[i]);
}

void Builder::fill_button(const Node& node, Button& button) {
  const Device& keypad = project().devices[names_.find(button.id.substr(0, button.id.find('.')))->index];
  const std::string_view usual = is_raise(node) ? "Raise" : is_lower(node) ? "Lower" : "";
  button.engraving = node.text_of("engraving");
  button.name = node.text_of("name");
  if (button.name.empty() && !usual.empty()) button.name = usual;
  if (button.name.empty()) button.name = fmt::format("{} {}", button.contact ? "Input" : "Button", button.position);
  button.programming = programming_of(node, keypad.area);
  if (const Node* hold = node.find("hold")) button.hold = filled_preset(*hold, keypad.area);
  if (const Node* double_tap = node.find("double_tap")) button.double_tap = filled_preset(*double_tap, keypad.area);
  button.led_reversed = flag_of(node, "led_reversed").value_or(false);
  button.keeps_raise_lower_target = flag_of(node, "keeps_raise_lower_target").value_or(false);
  button.locked = flag_of(node, "locked").value_or(false);
  fill_led(node, keypad.area, button);
  if (button.hold && uses_holding(button.programming)) {
    complaints_.error(node.find("hold")->mark, "button-gesture", "holding this button already dims",
                      "remove 'hold', or let the button be a toggle or an action");
  }
}

Programming Builder::programming_of(const Node& node, AreaId area) {
  using Reader = Programming (Builder::*)(const Node& value, AreaId area);
  static constexpr std::array<std::pair<std::string_view, Reader>, 13> kReaders{{
      {"toggle", &Builder::toggle_of},
      {"advanced_toggle", &Builder::advanced_toggle_of},
      {"single_action", &Builder::single_action_of},
      {"dual_action", &Builder::dual_action_of},
      {"open_stop_close", &Builder::open_stop_close_of},
      {"raise", &Builder::raise_of},
      {"lower", &Builder::lower_of},
      {"master_raise", &Builder::master_raise_of},
      {"master_lower", &Builder::master_lower_of},
      {"cycle_dim", &Builder::cycle_dim_of},
      {"sequence", &Builder::start_stop_of},
      {"by_variable", &Builder::by_variable_action_of},
      {"conditional", &Builder::conditional_action_of},
  }};
  const auto is_there = [&](const auto& reader) { return node.find(reader.first) != nullptr; };
  if (std::count_if(kReaders.begin(), kReaders.end(), is_there) > 1) {
    complaints_.error(node.mark, "button-programming", "a button can do only one thing",
                      "keep one of them; 'hold' and 'double_tap' add what other gestures do");
  }
  const auto reader = std::find_if(kReaders.begin(), kReaders.end(), is_there);
  if (reader == kReaders.end()) return std::monostate{};
  return (this->*reader->second)(*node.find(reader->first), area);
}

Programming Builder::toggle_of(const Node& value, AreaId area) {
  Toggle toggle{filled_preset(value, area)};
  toggle.off_fade = duration_of(value, "off_fade").value_or(toggle.off_fade);
  return toggle;
}

Programming Builder::advanced_toggle_of(const Node& value, AreaId area) {
  AdvancedToggle toggle;
  if (const Node* dark = value.find("dark")) toggle.dark = filled_preset(*dark, area);
  if (const Node* lit = value.find("lit")) toggle.lit = filled_preset(*lit, area);
  return toggle;
}

Programming Builder::single_action_of(const Node& value, AreaId area) {
  SingleAction action{filled_preset(value, area)};
  action.stops_shades = flag_of(value, "stops_shades").value_or(false);
  if (!action.stops_shades) return action;
  const auto moves_shade = [&](const Assignment& it) { return is_shade(zone_with(it.zone).load); };
  const std::vector<Assignment> zones = expand(action.preset);
  if (std::none_of(zones.begin(), zones.end(), moves_shade)) {
    complaints_.warning(value.find("stops_shades")->mark, "no-shades", "this button moves no shade", "remove it");
  }
  return action;
}

Programming Builder::dual_action_of(const Node& value, AreaId area) {
  DualAction action;
  if (const Node* press = value.find("press")) action.press = filled_preset(*press, area);
  if (const Node* release = value.find("release")) action.release = filled_preset(*release, area);
  return action;
}

Programming Builder::open_stop_close_of(const Node& value, AreaId /*area*/) {
  OpenStopClose programming;
  for_each(value, [&](const Node& item) {
    const Zone* zone = zone_of(item);
    if (zone == nullptr) return;
    if (is_shade(zone->load)) {
      programming.shades.push_back(zone->number);
    } else {
      complaints_.error(item.mark, "not-a-shade", fmt::format("zone '{}' is {}", zone->id, word_for(zone->load)),
                        "write the id of a shade");
    }
  });
  return programming;
}

Programming Builder::raise_of(const Node& value, AreaId area) { return RaiseLower{true, ramped_zones(value, area)}; }

Programming Builder::lower_of(const Node& value, AreaId area) { return RaiseLower{false, ramped_zones(value, area)}; }

Programming Builder::master_raise_of(const Node& /*value*/, AreaId /*area*/) { return MasterRaiseLower{true}; }

Programming Builder::master_lower_of(const Node& /*value*/, AreaId /*area*/) { return MasterRaiseLower{false}; }

Programming Builder::cycle_dim_of(const Node& value, AreaId area) {
  CycleDim programming{filled_preset(value, area)};
  programming.off_fade = duration_of(value, "off_fade").value_or(programming.off_fade);
  const auto is_ramped_zone = [&](const Assignment& it) { return is_ramped(zone_with(it.zone).load); };
  const std::vector<Assignment> zones = expand(programming.on);
  if (!zones.empty() && std::none_of(zones.begin(), zones.end(), is_ramped_zone)) {
    complaints_.error(value.mark, "not-dimmed", "none of these zones can be raised or lowered",
                      "write 'toggle', or name a zone that is dimmed");
  }
  return programming;
}

Programming Builder::start_stop_of(const Node& value, AreaId /*area*/) {
  const Names::Named* sequence = named(value, ObjectKind::sequence);
  if (sequence == nullptr) return std::monostate{};
  return StartStopSequence{project().sequences[sequence->index].number};
}

Programming Builder::by_variable_action_of(const Node& value, AreaId area) {
  SingleAction action;
  action.preset.actions.emplace_back(by_variable_of(value, area));
  return action;
}

Programming Builder::conditional_action_of(const Node& value, AreaId area) {
  SingleAction action;
  action.preset.actions.emplace_back(conditional_of(value, area));
  return action;
}

void Builder::fill_led(const Node& node, AreaId area, Button& button) {
  const Node* led = node.find("led");
  if (!button.led) {
    button.led_logic = LedLogic::none;
    if (led == nullptr || led->text == "none") return;
    complaints_.error(led->mark, "button-led", fmt::format("button '{}' has no LED", button.id), "remove 'led'");
    return;
  }
  button.led_logic = usual_led_logic(button.programming);
  if (led == nullptr) return;
  if (const Node* when = led->find("when")) {
    button.led_logic = LedLogic::condition;
    button.led_condition = condition(*when, area);
  } else {
    button.led_logic = meaning_of(*led, kLedLogics, complaints_).value_or(button.led_logic);
  }
}

LedId Builder::led_of(const Node& reference) {
  const Names::Named* found = named(reference, ObjectKind::button);
  if (found == nullptr) return {};
  const Button& button = project().buttons[found->index];
  if (!button.led) {
    complaints_.error(reference.mark, "button-led", fmt::format("button '{}' has no LED", button.id),
                      "name a button that has one");
  }
  return button.led;
}

/// An LED that follows its button forgets at once what a program sets.
void Builder::warn_of_set_leds() {
  for (const auto& [index, mark] : set_leds_) {
    const Button& button = project().buttons[index];
    const LedLogic logic = button.led_logic;
    if (logic == LedLogic::none || logic == LedLogic::integration || logic == LedLogic::sequence) continue;
    complaints_.warning(mark, "led-follows", fmt::format("the LED of '{}' follows its own logic", button.id),
                        "write led: sequence, integration or none at that button");
  }
}

}  // namespace candela::project
