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
  ToldGestures(std::size_t buttons, Gestures::Times times) : pressed_(buttons), times_(times) { held_.reserve(kUsual); }

  /// A finger went down: true when it is the second tap. `programmed` is not told here.
  bool press(Slot button, Gestures::Slower programmed, MonoTime now, const Cause& cause);
  void release(Slot button);
  /// The device itself has told the hold, or the keypad is gone.
  void forget(Slot button);

  std::optional<MonoTime> next_due() const;
  /// The hold that is due next.
  /// REQUIRES: next_due() has come.
  Due fire();

 private:
  static constexpr std::size_t kUsual = 32;  ///< buttons held at once without asking for memory
  struct Hold {
    MonoTime due;
    Slot button = kNoSlot;
    Cause cause;
  };

  std::vector<std::optional<MonoTime>> pressed_;  ///< by button: the press that a second tap would follow
  std::vector<Hold> held_;                        ///< down just now, and to be told: in the order of their times
  Gestures::Times times_;
};

}  // namespace candela::engine
