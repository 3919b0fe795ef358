#include "engine/told_gestures.h"

#include <algorithm>
#include <utility>

namespace candela::engine {

bool ToldGestures::press(Slot button, Gestures::Slower programmed, MonoTime now, const Cause& cause) {
  const auto last = std::exchange(pressed_[button], now);
  release(button);
  if (last && now < *last + times_.tap) {
    pressed_[button].reset();  // a third tap begins anew
    return !programmed.double_tap;
  }
  if (!programmed.hold) held_.push_back({now + times_.hold, button, cause});
  return false;
}

void ToldGestures::release(Slot button) {
  std::erase_if(held_, [&](const Hold& hold) { return hold.button == button; });
}

void ToldGestures::forget(Slot button) {
  release(button);
  pressed_[button].reset();
}

std::optional<MonoTime> ToldGestures::next_due() const {
  const auto next =
      std::min_element(held_.begin(), held_.end(), [](const Hold& a, const Hold& b) { return a.due < b.due; });
  return next == held_.end() ? std::nullopt : std::optional(next->due);
}

ToldGestures::Due ToldGestures::fire(MonoTime at) {
  const auto hold = std::find_if(held_.begin(), held_.end(), [&](const Hold& it) { return it.due <= at; });
  const Due due{hold->button, hold->cause};
  held_.erase(hold);
  return due;
}

}  // namespace candela::engine
