#include <fmt/format.h>

#include <algorithm>
#include <array>
#include <cmath>

#include "project/builder.h"
#include "project/loads.h"
#include "project/programming_values.h"
#include "project/values.h"

namespace candela::project {
namespace {

constexpr Words<LedState, 4> kLedStates{
    {{"off", LedState::off}, {"on", LedState::on}, {"flash", LedState::flash}, {"rapid_flash", LedState::rapid_flash}}};
constexpr Words<OccupancyMode, 4> kOccupancyModes{{{"automatic", OccupancyMode::automatic},
                                                   {"vacancy", OccupancyMode::vacancy},
                                                   {"automatic_low_light", OccupancyMode::automatic_low_light},
                                                   {"disabled", OccupancyMode::disabled}}};
constexpr Words<ClimateMode, 4> kClimateModes{{{"off", ClimateMode::off},
                                               {"heat", ClimateMode::heat},
                                               {"cool", ClimateMode::cool},
                                               {"automatic", ClimateMode::automatic}}};

/// A key that is the id of an object.
Node reference_of(const Node::Key& key) {
  Node node;
  node.kind = Node::Kind::scalar;
  node.mark = key.mark;
  node.text = key.name;
  return node;
}

}  // namespace

void Builder::add_action(const Node& node, AreaId area, std::vector<Action>& actions) {
  using Reader = void (Builder::*)(const Node& value, AreaId area, std::vector<Action>& actions);
  static constexpr std::array<std::pair<std::string_view, Reader>, 22> kReaders{{
      {"set", &Builder::add_set},
      {"mode", &Builder::add_mode},
      {"raise", &Builder::add_raise},
      {"lower", &Builder::add_lower},
      {"start", &Builder::add_start},
      {"stop", &Builder::add_stop},
      {"toggle", &Builder::add_toggle},
      {"led", &Builder::add_led},
      {"press", &Builder::add_press},
      {"release", &Builder::add_release},
      {"hold", &Builder::add_hold},
      {"double_tap", &Builder::add_double_tap},
      {"enable", &Builder::add_enable},
      {"disable", &Builder::add_disable},
      {"run", &Builder::add_run},
      {"occupancy", &Builder::add_occupancy},
      {"away", &Builder::add_away},
      {"emergency", &Builder::add_emergency},
      {"shed", &Builder::add_shed},
      {"climate", &Builder::add_climate},
      {"save_scene", &Builder::add_save_scene},
      {"conditional", &Builder::add_conditional},
  }};
  if (!node.is_map()) return;
  const auto is_there = [&](const auto& reader) { return node.find(reader.first) != nullptr; };
  const Node* by_variable = node.find("by_variable");
  const auto count = std::count_if(kReaders.begin(), kReaders.end(), is_there) + (by_variable != nullptr ? 1 : 0);
  if (count != 1) {
    complaints_.error(node.mark, "action-form", count == 0 ? "this action does nothing" : "these are several actions",
                      "write one action in each item of the list, such as - {set: {time-of-day: night}}");
    return;
  }
  if (by_variable != nullptr) {
    actions.emplace_back(by_variable_of(*by_variable, area));
    return;
  }
  const auto reader = std::find_if(kReaders.begin(), kReaders.end(), is_there);
  (this->*reader->second)(*node.find(reader->first), area, actions);
}

void Builder::add_set(const Node& value, AreaId /*area*/, std::vector<Action>& actions) {
  for (std::size_t i = 0; i < value.keys.size(); ++i) {
    const Names::Named* found = names_.resolve(value.keys[i].name, ObjectKind::variable, value.keys[i].mark);
    if (found == nullptr || !value.items[i].is_scalar()) continue;
    const Variable& variable = project().variables[found->index];
    if (const auto state = state_of(variable, value.items[i].text, value.items[i].mark)) {
      actions.emplace_back(SetVariable{variable.number, *state});
    }
  }
}

void Builder::add_mode(const Node& value, AreaId /*area*/, std::vector<Action>& actions) {
  if (const Names::Named* mode = named(value, ObjectKind::mode)) {
    actions.emplace_back(SetMode{project().modes[mode->index].number});
  }
}

void Builder::add_raise(const Node& value, AreaId area, std::vector<Action>& actions) {
  actions.emplace_back(MoveZones{ramped_zones(value, area), Movement::raise});
}

void Builder::add_lower(const Node& value, AreaId area, std::vector<Action>& actions) {
  actions.emplace_back(MoveZones{ramped_zones(value, area), Movement::lower});
}

void Builder::add_start(const Node& value, AreaId /*area*/, std::vector<Action>& actions) {
  add_controls(value, Control::start, actions);
}

void Builder::add_toggle(const Node& value, AreaId /*area*/, std::vector<Action>& actions) {
  add_controls(value, Control::toggle, actions);
}

/// Sequences, shows and facades end; zones and areas stay where their ramp has brought them.
void Builder::add_stop(const Node& value, AreaId /*area*/, std::vector<Action>& actions) {
  MoveZones stop;
  for_each(value, [&](const Node& item) {
    const Names::Named* found = names_.find(item.text);
    if (found != nullptr && (found->kind == ObjectKind::zone || found->kind == ObjectKind::area)) {
      add_ramped(item, stop.zones);
    } else {
      add_control(item, Control::stop, actions);
    }
  });
  sort_out(stop.zones);
  if (!stop.zones.empty()) actions.emplace_back(std::move(stop));
}

void Builder::add_controls(const Node& value, Control control, std::vector<Action>& actions) {
  for_each(value, [&](const Node& item) { add_control(item, control, actions); });
}

void Builder::add_control(const Node& item, Control control, std::vector<Action>& actions) {
  const Names::Named* found = names_.find(item.text);
  if (found != nullptr && found->kind == ObjectKind::show) {
    actions.emplace_back(ControlShow{project().shows[found->index].number, control});
  } else if (found != nullptr && found->kind == ObjectKind::facade) {
    actions.emplace_back(ControlFacade{project().facades[found->index].number, control});
  } else if (const Names::Named* sequence = named(item, ObjectKind::sequence)) {
    actions.emplace_back(ControlSequence{project().sequences[sequence->index].number, control});
  }
}

void Builder::add_led(const Node& value, AreaId /*area*/, std::vector<Action>& actions) {
  for (std::size_t i = 0; i < value.keys.size(); ++i) {
    const Node button = reference_of(value.keys[i]);
    const LedId led = led_of(button);
    const auto state = known_meaning_of(value.items[i], kLedStates);
    if (!led || !state) continue;
    actions.emplace_back(SetLed{led, *state});
    set_leds_.push_back({names_.find(button.text)->index, button.mark});
  }
}

/// A tap: whoever programs a press wants the button let go again.
void Builder::add_press(const Node& value, AreaId /*area*/, std::vector<Action>& actions) {
  add_moves(value, {ButtonMove::press, ButtonMove::release}, actions);
}

void Builder::add_release(const Node& value, AreaId /*area*/, std::vector<Action>& actions) {
  add_moves(value, {ButtonMove::release}, actions);
}

void Builder::add_hold(const Node& value, AreaId /*area*/, std::vector<Action>& actions) {
  add_moves(value, {ButtonMove::hold}, actions);
}

void Builder::add_double_tap(const Node& value, AreaId /*area*/, std::vector<Action>& actions) {
  add_moves(value, {ButtonMove::multi_tap}, actions);
}

void Builder::add_moves(const Node& value, std::initializer_list<ButtonMove> moves, std::vector<Action>& actions) {
  for_each(value, [&](const Node& item) {
    const Names::Named* button = named(item, ObjectKind::button);
    if (button == nullptr) return;
    for (const ButtonMove move : moves) {
      actions.emplace_back(ButtonMoved{project().buttons[button->index].number, move});
    }
  });
}

void Builder::add_enable(const Node& value, AreaId /*area*/, std::vector<Action>& actions) {
  add_enabling(value, true, actions);
}

void Builder::add_disable(const Node& value, AreaId /*area*/, std::vector<Action>& actions) {
  add_enabling(value, false, actions);
}

void Builder::add_enabling(const Node& value, bool enabled, std::vector<Action>& actions) {
  for_each(value, [&](const Node& item) {
    const Names::Named* found = names_.find(item.text);
    if (found != nullptr && found->kind == ObjectKind::timeclock_event) {
      actions.emplace_back(EnableTimeclockEvent{project().timeclock_events[found->index].number, enabled});
    } else if (found != nullptr && found->kind == ObjectKind::device) {
      actions.emplace_back(EnableSensor{project().devices[found->index].number, enabled});
    } else if (const Names::Named* timeclock = named(item, ObjectKind::timeclock)) {
      actions.emplace_back(EnableTimeclock{project().timeclocks[timeclock->index].number, enabled});
    }
  });
}

void Builder::add_run(const Node& value, AreaId /*area*/, std::vector<Action>& actions) {
  for_each(value, [&](const Node& item) {
    if (const Names::Named* event = named(item, ObjectKind::timeclock_event)) {
      actions.emplace_back(RunTimeclockEvent{project().timeclock_events[event->index].number});
    }
  });
}

void Builder::add_occupancy(const Node& value, AreaId /*area*/, std::vector<Action>& actions) {
  for (std::size_t i = 0; i < value.keys.size(); ++i) {
    const OccupancyGroup* group = occupancy_group(reference_of(value.keys[i]));
    const auto mode = known_meaning_of(value.items[i], kOccupancyModes);
    if (group != nullptr && mode) actions.emplace_back(SetOccupancyMode{group->number, *mode});
  }
}

void Builder::add_away(const Node& value, AreaId /*area*/, std::vector<Action>& actions) {
  actions.emplace_back(SetAway{value.text == "true"});
}

void Builder::add_emergency(const Node& value, AreaId /*area*/, std::vector<Action>& actions) {
  actions.emplace_back(SetEmergency{value.text == "true"});
}

void Builder::add_shed(const Node& value, AreaId /*area*/, std::vector<Action>& actions) {
  const auto percent = value.is_scalar() ? parse_whole(value.text) : std::nullopt;
  constexpr std::int64_t kAll = 100;
  if (percent && *percent >= 0 && *percent <= kAll) actions.emplace_back(ShedLoad{static_cast<std::uint8_t>(*percent)});
}

void Builder::add_climate(const Node& value, AreaId /*area*/, std::vector<Action>& actions) {
  for (std::size_t i = 0; i < value.keys.size(); ++i) {
    const Names::Named* found = names_.resolve(value.keys[i].name, ObjectKind::zone, value.keys[i].mark);
    if (found == nullptr || !value.items[i].is_map()) continue;
    const Zone& zone = project().zones[found->index];
    if (zone.load != LoadType::climate) {
      complaints_.error(value.keys[i].mark, "load-climate",
                        fmt::format("zone '{}' is {} and no thermostat", zone.id, word_for(zone.load)),
                        "set its level under 'zones', or let its load be climate");
      continue;
    }
    actions.emplace_back(set_climate(value.items[i], zone));
  }
}

SetClimate Builder::set_climate(const Node& node, const Zone& zone) {
  constexpr double kParts = 100;
  const auto degrees = [&](std::string_view key) -> std::optional<std::int16_t> {
    const auto value = number_of(node, key);
    if (!value || std::abs(*value) > kParts) return std::nullopt;
    return static_cast<std::int16_t>(std::lround(*value * kParts));
  };
  SetClimate climate{zone.number, {}, degrees("heat_to"), degrees("cool_to")};
  if (const Node* mode = node.find("mode")) climate.mode = known_meaning_of(*mode, kClimateModes);
  if (climate.heat_to && climate.cool_to && *climate.heat_to >= *climate.cool_to) {
    complaints_.error(node.mark, "load-climate", fmt::format("'{}' would heat and cool at once", zone.id),
                      "let 'heat_to' be below 'cool_to'");
  }
  return climate;
}

void Builder::add_save_scene(const Node& value, AreaId area, std::vector<Action>& actions) {
  const Names::Named* scene = value.is_scalar() ? resolve_scene(value, area) : nullptr;
  if (scene != nullptr) actions.emplace_back(SaveScene{project().scenes[scene->index].number});
}

void Builder::add_conditional(const Node& value, AreaId area, std::vector<Action>& actions) {
  actions.emplace_back(conditional_of(value, area));
}

Conditional Builder::conditional_of(const Node& list, AreaId area) {
  Conditional conditional;
  if (!list.is_list()) return conditional;
  const Nesting nesting(nesting_);
  if (!fits_nesting(list)) return conditional;
  bool is_complete = false;
  for (const Node& node : list.items) {
    if (!node.is_map()) continue;
    const Node* otherwise = node.find("otherwise");
    const Node* when = node.find("when");
    if ((when == nullptr) == (otherwise == nullptr)) {
      complaints_.error(node.mark, "branch-form", "when shall this branch run?",
                        "add 'when' with a condition, or let it be 'otherwise' with a preset, as the last");
      continue;
    }
    Branch branch{when != nullptr ? condition(*when, area) : Condition{}, preset(otherwise ? *otherwise : node, area)};
    warn_if_unreachable(node, branch, conditional, is_complete);
    is_complete = is_complete || otherwise != nullptr;
    warn_if_empty(otherwise != nullptr ? *otherwise : node);
    conditional.branches.push_back(std::move(branch));
  }
  return conditional;
}

void Builder::warn_if_unreachable(const Node& node, const Branch& branch, const Conditional& before, bool is_complete) {
  const auto asks_the_same = [&](const Branch& other) { return other.when == branch.when; };
  if (!is_complete && std::none_of(before.branches.begin(), before.branches.end(), asks_the_same)) return;
  complaints_.warning(node.mark, "unreachable-branch",
                      is_complete ? "no branch after 'otherwise' ever runs"
                                  : "this branch never runs: one before it has the same condition",
                      is_complete ? "let 'otherwise' be the last" : "remove one of them, or mend its condition");
}

Conditional Builder::by_variable_of(const Node& node, AreaId area) {
  Conditional conditional;
  const Node* reference = node.find("variable");
  const Variable* variable = reference != nullptr ? variable_of(*reference) : nullptr;
  const Node* states = node.find("states");
  if (variable == nullptr || states == nullptr || !states->is_map()) return conditional;
  const Nesting nesting(nesting_);
  if (!fits_nesting(node)) return conditional;
  for (std::size_t i = 0; i < states->keys.size(); ++i) {
    const auto state = state_of(*variable, states->keys[i].name, states->keys[i].mark);
    if (!state) continue;
    Condition condition;
    condition.kind = Condition::Kind::variable;
    condition.object = variable->number.value;
    condition.state = *state;
    warn_if_empty(states->items[i]);
    conditional.branches.push_back({std::move(condition), preset(states->items[i], area)});
  }
  return conditional;
}

}  // namespace candela::project
