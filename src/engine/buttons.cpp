#include "engine/buttons.h"

namespace candela::engine {
namespace {

using Kind = CauseStep::Kind;

void toggle(Lights& lights, Slot button, const Moment& why, Changes& changes) {
  const std::uint32_t number = lights.plan().button(button).number.value;
  if (!lights.watches().lit(button)) {
    lights.run_button(button, why.then(Kind::toggled_on, number), changes);
    return;
  }
  const Moment off = why.then(Kind::toggled_off, number);
  const Duration fade = lights.plan().button(button).off_fade;
  for (const Step& step : lights.plan().button_steps(button)) {
    lights.command(step.zone, Level::off(), fade, Duration::zero(), off, changes);
  }
}

void start_ramp(Lights& lights, Slot button, bool raise, const Moment& why, Changes& changes) {
  const ButtonId number = lights.plan().button(button).number;
  const Moment ramp = why.then(raise ? Kind::raise_started : Kind::lower_started, number.value);
  for (const Slot zone : lights.plan().ramped_zones(button)) lights.ramp(zone, raise, number, ramp, changes);
}

void press(Lights& lights, Slot button, const Moment& why, Changes& changes) {
  switch (lights.plan().button(button).kind) {
    case ButtonPlan::Kind::nothing: break;
    case ButtonPlan::Kind::toggle: toggle(lights, button, why, changes); break;
    case ButtonPlan::Kind::single_action:
      lights.run_button(button, why.then(Kind::preset_run, lights.plan().button(button).number.value), changes);
      break;
    case ButtonPlan::Kind::raise: start_ramp(lights, button, true, why, changes); break;
    case ButtonPlan::Kind::lower: start_ramp(lights, button, false, why, changes); break;
  }
}

void stop_ramp(Lights& lights, Slot button, const Moment& why, Changes& changes) {
  const std::uint32_t number = lights.plan().button(button).number.value;
  lights.release(button, why.then(Kind::ramp_stopped, number), changes);
}

}  // namespace

void move_button(Lights& lights, Slot button, ButtonMove move, const Moment& why, Changes& changes) {
  const ButtonId number = lights.plan().button(button).number;
  const bool released = move == ButtonMove::release;
  const Moment moved = why.then(released ? Kind::button_released : Kind::button_pressed, number.value);
  changes.add(moved, ButtonActed{number, move});
  if (move == ButtonMove::press) press(lights, button, moved, changes);
  if (released) stop_ramp(lights, button, moved, changes);
}

void lose_keypad(Lights& lights, Slot device, const Moment& why, Changes& changes) {
  for (const ButtonId id : lights.plan().project().devices[device].buttons) {
    const Slot button = lights.plan().slot(id);
    if (button != kNoSlot) stop_ramp(lights, button, why, changes);
  }
}

}  // namespace candela::engine
