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
  const auto hold = std::find_if(held_.begin(), held_.end(), [&](const Hold& it) { return it.button == button; });
  if (hold != held_.end()) held_.erase(hold);
}

void ToldGestures::forget(Slot button) {
  release(button);
  pressed_[button].reset();
}

std::optional<MonoTime> ToldGestures::next_due() const {
  return held_.empty() ? std::nullopt : std::optional(held_.front().due);
}

ToldGestures::Due ToldGestures::fire() {
  const Due due{held_.front().button, held_.front().cause};
  held_.erase(held_.begin());
  return due;
}

}  // namespace candela::engine
