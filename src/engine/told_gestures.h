#pragma once

#include <optional>
#include <vector>

#include "engine/gestures.h"

namespace candela::engine {

/// Holds and double taps that nothing is programmed for: they are told to whoever follows the button, at their time,
/// and nothing waits for them. (Those that are programmed are Gestures' business.)
class ToldGestures {
 public:
  struct Due {
    Slot button = kNoSlot;
    Cause cause;  ///< of the press
  };

  ToldGestures() = default;
  explicit ToldGestures(Gestures::Times times) : times_(times) { taps_.reserve(kUsual); }

  /// A finger went down: true when it is the second tap. `programmed` is not told here.
  bool press(Slot button, Gestures::Slower programmed, MonoTime now, const Cause& cause);
  void release(Slot button);
  /// The device itself has told the hold, or the keypad is gone.
  void forget(Slot button);

  std::optional<MonoTime> next_due() const;
  /// The hold that is due.
  /// REQUIRES: next_due() == at.
  Due fire(MonoTime at);

 private:
  static constexpr std::size_t kUsual = 32;  ///< buttons in use at once without asking for memory
  struct Tap {
    Slot button = kNoSlot;
    MonoTime pressed;
    bool waits_for_hold = false;  ///< down, and its hold is to be told
    bool second = false;          ///< a third tap begins anew
    Cause cause;
  };
  std::vector<Tap>::iterator tap_of(Slot button);

  std::vector<Tap> taps_;  ///< of the few buttons that moved just now
  Gestures::Times times_;
};

}  // namespace candela::engine
