#include "engine/buttons.h"

#include <algorithm>

#include "engine/house.h"

namespace candela::engine {
namespace {

using Kind = CauseStep::Kind;

Gestures::Slower slower(const ButtonPlan& button) {
  return {.hold = button.hold != kNoSlot || button.kind == ButtonPlan::Kind::cycle_dim,
          .double_tap = button.double_tap != kNoSlot};
}

/// Whether a client that follows the button shall hear of what took time to tell.
std::optional<ButtonMove> told_as(Gesture gesture) {
  if (gesture == Gesture::hold) return ButtonMove::hold;
  if (gesture == Gesture::double_tap) return ButtonMove::multi_tap;
  return std::nullopt;
}

CauseStep::Kind step_of(ButtonMove move) {
  switch (move) {
    case ButtonMove::press: return Kind::button_pressed;
    case ButtonMove::release: return Kind::button_released;
    case ButtonMove::hold: return Kind::button_held;
    case ButtonMove::multi_tap: return Kind::button_tapped;
  }
  return Kind::button_pressed;
}

/// Stops the shades of the preset that move; false when none does.
bool stop_moving_shades(Lights& lights, std::span<const Step> steps, const Moment& why, Changes& changes) {
  bool any = false;
  for (const Step& step : steps) {
    const ZoneState& zone = lights.zone(step.zone);
    if (!is_shade(zone.load) || !zone.fade.moving(why.at.mono)) continue;
    lights.stop(step.zone, why, changes);
    any = true;
  }
  return any;
}

}  // namespace

Buttons::Buttons(const Plan& plan)
    : gestures_(plan.project().buttons.size(), {plan.project().settings.hold_time, plan.project().settings.tap_time}),
      told_(plan.project().buttons.size(), {plan.project().settings.hold_time, plan.project().settings.tap_time}),
      last_used_(plan.project().devices.size(), kNoSlot),
      dimmed_last_(plan.project().buttons.size(), false),
      closed_last_(plan.project().buttons.size(), false) {}

void Buttons::carry_over(const Plan& plan, const Buttons& old, const Plan& old_plan) {
  const Project& project = plan.project();
  for (Slot button = 0; button < project.buttons.size(); ++button) {
    const Slot before = old_plan.slot(project.buttons[button].number);
    if (before == kNoSlot) continue;
    dimmed_last_[button] = old.dimmed_last_[before];
    closed_last_[button] = old.closed_last_[before];
    gestures_.carry_over(button, old.gestures_, before);
  }
  for (Slot keypad = 0; keypad < project.devices.size(); ++keypad) {
    const Slot before = old_plan.slot(project.devices[keypad].number);
    if (before == kNoSlot || old.last_used_[before] == kNoSlot) continue;
    last_used_[keypad] = plan.slot(old_plan.project().buttons[old.last_used_[before]].number);
  }
}

void Buttons::move(Slot button, ButtonMove move, House& house, const Moment& why, Changes& changes) {
  const ButtonPlan& plan = house.plan().button(button);
  const Moment moved = why.then(step_of(move), plan.number.value);
  changes.add(moved, ButtonActed{plan.number, move});
  tell_unprogrammed(button, move, moved, house, changes);
  const auto gesture = gestures_.move(button, slower(plan), move, why.at.mono, moved.cause);
  if (!gesture) return;
  const auto told = told_as(*gesture);
  if (!told || told == move) return act(button, *gesture, house, moved, changes);
  const Moment recognised = why.then(step_of(*told), plan.number.value);
  changes.add(recognised, ButtonActed{plan.number, *told});
  act(button, *gesture, house, recognised, changes);
}

/// Contacts are not held or tapped by anybody.
void Buttons::tell_unprogrammed(Slot button, ButtonMove move, const Moment& moved, const House& house,
                                Changes& changes) {
  const ButtonPlan& plan = house.plan().button(button);
  if (move == ButtonMove::release) return told_.release(button);
  if (move != ButtonMove::press) return told_.forget(button);
  if (house.plan().project().buttons[button].contact) return;
  if (told_.press(button, slower(plan), moved.at.mono, moved.cause)) {
    changes.add(moved, ButtonActed{plan.number, ButtonMove::multi_tap});
  }
}

std::optional<MonoTime> Buttons::next_due() const {
  const auto decided = gestures_.next_due();
  const auto told = told_.next_due();
  return !decided || (told && *told < *decided) ? told : decided;
}

void Buttons::fire(Now at, House& house, Changes& changes) {
  if (const auto told = told_.next_due(); told && *told <= at.mono) {
    const ToldGestures::Due held = told_.fire();
    const ButtonId number = house.plan().button(held.button).number;
    const Moment why = Moment{at, held.cause}.then(Kind::button_held, number.value);
    return changes.add(why, ButtonActed{number, ButtonMove::hold});
  }
  const Gestures::Due due = gestures_.fire(at.mono);
  Moment why{at, due.cause};
  if (const auto told = told_as(due.gesture)) {
    const ButtonId number = house.plan().button(due.button).number;
    why = why.then(step_of(*told), number.value);
    changes.add(why, ButtonActed{number, *told});
  }
  act(due.button, due.gesture, house, why, changes);
}

void Buttons::act(Slot button, Gesture gesture, House& house, const Moment& why, Changes& changes) {
  const ButtonPlan& plan = house.plan().button(button);
  switch (gesture) {
    case Gesture::press: return press(button, house, why, changes);
    case Gesture::hold_release:
    case Gesture::release: return release(button, house, why, changes);
    case Gesture::double_tap: return house.run(plan.double_tap, why.then(Kind::preset_run, plan.number.value));
    case Gesture::hold:
      if (plan.hold == kNoSlot) return cycle(button, house, why, changes);
      return house.run(plan.hold, why.then(Kind::preset_run, plan.number.value));
  }
}

void Buttons::press(Slot button, House& house, const Moment& why, Changes& changes) {
  const ButtonPlan& plan = house.plan().button(button);
  const Moment run = why.then(Kind::preset_run, plan.number.value);
  if (plan.keypad != kNoSlot && plan.preset != kNoSlot && !plan.keeps_raise_lower_target) {
    last_used_[plan.keypad] = button;
  }
  switch (plan.kind) {
    case ButtonPlan::Kind::nothing: return;
    case ButtonPlan::Kind::toggle:
    case ButtonPlan::Kind::cycle_dim: return toggle(button, house, why, changes);
    case ButtonPlan::Kind::advanced_toggle:
      return house.run(house.lights().watches().lit(button) ? plan.second : plan.preset, run);
    case ButtonPlan::Kind::single_action: {
      const Moment stopped = why.then(Kind::shades_stopped, plan.number.value);
      const auto steps = house.plan().button_steps(button);
      if (plan.stops_shades && stop_moving_shades(house.lights(), steps, stopped, changes)) return;
      return house.run(plan.preset, run);
    }
    case ButtonPlan::Kind::dual_action: return house.run(plan.preset, run);
    case ButtonPlan::Kind::open_stop_close: return open_stop_close(button, house, why, changes);
    case ButtonPlan::Kind::raise: return ramp(button, house.plan().ramped_zones(button), true, house, why, changes);
    case ButtonPlan::Kind::lower: return ramp(button, house.plan().ramped_zones(button), false, house, why, changes);
    case ButtonPlan::Kind::master_raise: return ramp_last_used(button, true, house, why, changes);
    case ButtonPlan::Kind::master_lower: return ramp_last_used(button, false, house, why, changes);
    case ButtonPlan::Kind::sequence:
      if (plan.sequence == kNoSlot) return;
      return house.handle(ControlSequence{house.plan().project().sequences[plan.sequence].number, Control::toggle},
                          why);
  }
}

void Buttons::release(Slot button, House& house, const Moment& why, Changes& changes) {
  const ButtonPlan& plan = house.plan().button(button);
  house.lights().release(button, why.then(Kind::ramp_stopped, plan.number.value), changes);
  if (plan.kind == ButtonPlan::Kind::dual_action)
    house.run(plan.second, why.then(Kind::released_preset, plan.number.value));
}

void Buttons::toggle(Slot button, House& house, const Moment& why, Changes& changes) {
  const ButtonPlan& plan = house.plan().button(button);
  if (!house.lights().watches().lit(button))
    return house.run(plan.preset, why.then(Kind::toggled_on, plan.number.value));
  const Moment off = why.then(Kind::toggled_off, plan.number.value);
  for (const Step& step : house.plan().button_steps(button)) {
    if (step.keeps_level) continue;
    house.lights().command(step.zone, Level::off(), plan.off_fade, Duration::zero(), off, changes);
  }
}

void Buttons::open_stop_close(Slot button, House& house, const Moment& why, Changes& changes) {
  const ButtonId number = house.plan().button(button).number;
  const auto steps = house.plan().button_steps(button);
  if (stop_moving_shades(house.lights(), steps, why.then(Kind::shades_stopped, number.value), changes)) return;
  const auto all_at = [&](Level level) {
    return std::all_of(steps.begin(), steps.end(),
                       [&](const Step& it) { return house.lights().zone(it.zone).fade.to == level; });
  };
  // At an end there is one way only; between them the next is the other way than the last.
  const bool closes = all_at(Level::full()) || (!all_at(Level::off()) && !closed_last_[button]);
  closed_last_[button] = closes;
  const Moment run = why.then(Kind::preset_run, number.value);
  for (const Step& step : steps) {
    const Duration own = house.lights().zone(step.zone).own_fade;
    house.lights().command(step.zone, closes ? Level::off() : Level::full(), own, Duration::zero(), run, changes);
  }
}

/// Up from dark, down from full, else the other way than the last time.
void Buttons::cycle(Slot button, House& house, const Moment& why, Changes& changes) {
  const auto zones = house.plan().ramped_zones(button);
  const auto any_at = [&](bool (*is)(Level)) {
    return std::any_of(zones.begin(), zones.end(),
                       [&](Slot zone) { return is(house.lights().zone(zone).fade.at(why.at.mono)); });
  };
  const bool lowest = !any_at([](Level it) { return it > lowest_ramp_level(); });
  const bool full = any_at([](Level it) { return it == Level::full(); });
  const bool down = !lowest && (full || !dimmed_last_[button]);
  dimmed_last_[button] = down;
  ramp(button, zones, !down, house, why, changes);
}

void Buttons::ramp(Slot button, std::span<const Slot> zones, bool raise, House& house, const Moment& why,
                   Changes& changes) {
  const ButtonId number = house.plan().button(button).number;
  const Moment began = why.then(raise ? Kind::raise_started : Kind::lower_started, number.value);
  for (const Slot zone : zones) house.lights().ramp(zone, raise, number, began, changes);
}

void Buttons::ramp_last_used(Slot button, bool raise, House& house, const Moment& why, Changes& changes) {
  const Plan& plan = house.plan();
  const Slot keypad = plan.button(button).keypad;
  const Slot last = keypad == kNoSlot ? kNoSlot : last_used_[keypad];
  if (last == kNoSlot) return;
  const Moment began = why.then(raise ? Kind::raise_started : Kind::lower_started, plan.button(button).number.value);
  for (const Step& step : plan.button_steps(last)) {
    const LoadType load = house.lights().zone(step.zone).load;
    if (is_ramped(load)) house.lights().ramp(step.zone, raise, plan.button(button).number, began, changes);
  }
}

void Buttons::lose_keypad(Slot keypad, House& house, const Moment& why, Changes& changes) {
  for (const ButtonId id : house.plan().project().devices[keypad].buttons) {
    const Slot button = house.plan().slot(id);
    if (button == kNoSlot) continue;
    gestures_.forget(button);
    told_.forget(button);
    house.lights().release(button, why.then(Kind::ramp_stopped, id.value), changes);
  }
}

}  // namespace candela::engine
