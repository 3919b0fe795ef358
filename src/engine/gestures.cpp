#include "engine/gestures.h"

#include <algorithm>

namespace candela::engine {

std::optional<Gesture> Gestures::move(Slot button, Slower slower, ButtonMove move, MonoTime now, const Cause& cause) {
  switch (move) {
    case ButtonMove::press: return press(button, slower, now, cause);
    case ButtonMove::release: return release(button, slower, now);
    case ButtonMove::hold:
      if (!slower.hold || states_[button] == State::held) return std::nullopt;
      forget(button);
      states_[button] = State::held;
      return Gesture::hold;
    case ButtonMove::multi_tap:
      if (!slower.double_tap || states_[button] == State::tapped) return std::nullopt;
      forget(button);
      return Gesture::double_tap;
  }
  return std::nullopt;
}

std::optional<Gesture> Gestures::press(Slot button, Slower slower, MonoTime now, const Cause& cause) {
  State& state = states_[button];
  if (state == State::waiting) {
    cancel_timer(button);
    state = State::tapped;
    return Gesture::double_tap;
  }
  const bool was_held = state == State::held;
  begin(button, slower, now, cause);
  // The release of the hold was lost; what it began must end.
  if (was_held) return Gesture::hold_release;
  return slower.any() ? std::nullopt : std::optional(Gesture::press);
}

void Gestures::begin(Slot button, Slower slower, MonoTime now, const Cause& cause) {
  cancel_timer(button);
  states_[button] = slower.any() ? State::undecided : State::acted;
  if (!slower.any()) return;
  timers_.push_back({now + (slower.hold ? times_.hold : times_.tap), now, button, slower.hold, cause});
}

std::optional<Gesture> Gestures::release(Slot button, Slower slower, MonoTime now) {
  State& state = states_[button];
  switch (state) {
    case State::waiting: return std::nullopt;
    case State::undecided:
      if (slower.double_tap && now < timer_of(button)->pressed + times_.tap) {
        wait_for_second_tap(button);
        return std::nullopt;
      }
      cancel_timer(button);
      state = State::up;
      return Gesture::press;
    case State::held: state = State::up; return Gesture::hold_release;
    case State::tapped: state = State::up; return std::nullopt;
    // Also when no press is known of: a contact that opens after a restart has been closed before it.
    case State::up:
    case State::acted: state = State::up; return Gesture::release;
  }
  return std::nullopt;
}

void Gestures::wait_for_second_tap(Slot button) {
  states_[button] = State::waiting;
  const auto timer = timer_of(button);
  timer->due = timer->pressed + times_.tap;
  timer->decides_hold = false;
}

void Gestures::forget(Slot button) {
  cancel_timer(button);
  states_[button] = State::up;
}

void Gestures::carry_over(Slot button, const Gestures& old, Slot old_button) {
  states_[button] = old.states_[old_button];
  for (Timer timer : old.timers_) {
    if (timer.button != old_button) continue;
    timer.button = button;
    timers_.push_back(timer);
  }
}

std::optional<MonoTime> Gestures::next_due() const {
  const auto next =
      std::min_element(timers_.begin(), timers_.end(), [](const Timer& a, const Timer& b) { return a.due < b.due; });
  return next == timers_.end() ? std::nullopt : std::optional(next->due);
}

Gestures::Due Gestures::fire(MonoTime at) {
  const auto timer = std::find_if(timers_.begin(), timers_.end(), [&](const Timer& it) { return it.due <= at; });
  const Due due{timer->button, timer->decides_hold ? Gesture::hold : Gesture::press, timer->cause};
  State& state = states_[due.button];
  if (timer->decides_hold) {
    state = State::held;
  } else {
    state = state == State::waiting ? State::up : State::acted;
  }
  timers_.erase(timer);
  return due;
}

std::vector<Gestures::Timer>::iterator Gestures::timer_of(Slot button) {
  return std::find_if(timers_.begin(), timers_.end(), [&](const Timer& it) { return it.button == button; });
}

void Gestures::cancel_timer(Slot button) {
  const auto timer = timer_of(button);
  if (timer != timers_.end()) timers_.erase(timer);
}

}  // namespace candela::engine
