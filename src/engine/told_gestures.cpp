#include "engine/told_gestures.h"

#include <algorithm>

namespace candela::engine {

bool ToldGestures::press(Slot button, Gestures::Slower programmed, MonoTime now, const Cause& cause) {
  const auto last = tap_of(button);
  const bool is_second = last != taps_.end() && !last->second && now < last->pressed + times_.tap;
  std::erase_if(taps_, [&](const Tap& tap) {
    return tap.button == button || (!tap.waits_for_hold && now >= tap.pressed + times_.tap);
  });
  taps_.push_back({button, now, !programmed.hold && !is_second, is_second, cause});
  return is_second && !programmed.double_tap;
}

void ToldGestures::release(Slot button) {
  const auto tap = tap_of(button);
  if (tap != taps_.end()) tap->waits_for_hold = false;
}

void ToldGestures::forget(Slot button) {
  std::erase_if(taps_, [&](const Tap& tap) { return tap.button == button; });
}

std::optional<MonoTime> ToldGestures::next_due() const {
  std::optional<MonoTime> next;
  for (const Tap& tap : taps_) {
    const MonoTime due = tap.pressed + times_.hold;
    if (tap.waits_for_hold && (!next || due < *next)) next = due;
  }
  return next;
}

ToldGestures::Due ToldGestures::fire(MonoTime at) {
  const auto tap = std::find_if(taps_.begin(), taps_.end(),
                                [&](const Tap& it) { return it.waits_for_hold && it.pressed + times_.hold <= at; });
  tap->waits_for_hold = false;
  return {tap->button, tap->cause};
}

std::vector<ToldGestures::Tap>::iterator ToldGestures::tap_of(Slot button) {
  return std::find_if(taps_.begin(), taps_.end(), [&](const Tap& tap) { return tap.button == button; });
}

}  // namespace candela::engine
