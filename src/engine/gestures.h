#pragma once

#include <cstdint>
#include <optional>
#include <vector>

#include "base/time.h"
#include "engine/rows.h"
#include "model/cause.h"
#include "model/commands.h"

namespace candela::engine {

/// What a finger meant.
enum class Gesture : std::uint8_t {
  press,
  release,  ///< after a press that acted at once
  hold,
  hold_release,
  double_tap,
};

/// Tells gestures apart from presses and releases as they come, for each button by itself. Where nothing slower is
/// programmed a press acts at once. Where hold or double tap are, it acts as soon as it is clear that it is neither:
/// when the button comes up, or when the time for a second tap is over. What comes in no sensible order (a release
/// without a press, a second press without a release) does no harm.
class Gestures {
 public:
  /// What is programmed on the button besides its press.
  struct Slower {
    bool hold = false;
    bool double_tap = false;
    bool any() const { return hold || double_tap; }
  };
  struct Times {
    Duration hold{};
    Duration tap{};
  };
  struct Due {
    Slot button = kNoSlot;
    Gesture gesture = Gesture::press;
    Cause cause;  ///< of the press
  };

  Gestures() = default;
  Gestures(std::size_t buttons, Times times) : states_(buttons, State::up), times_(times) { timers_.reserve(buttons); }

  /// A move as reported; a device that tells holds and double taps itself may report those as well.
  std::optional<Gesture> move(Slot button, Slower slower, ButtonMove move, MonoTime now, const Cause& cause);
  /// The button is gone or programmed anew: whatever was under way is forgotten.
  void forget(Slot button);
  /// Takes over what a button of an earlier project was doing.
  void carry_over(Slot button, const Gestures& old, Slot old_button);

  std::optional<MonoTime> next_due() const;
  /// What is decided at that time.
  /// REQUIRES: next_due() == at.
  Due fire(MonoTime at);

 private:
  enum class State : std::uint8_t {
    up,
    acted,      ///< down, and the press has acted
    undecided,  ///< down, and it may become a hold or a double tap
    waiting,    ///< up again, and a second tap may come
    held,
    tapped,  ///< down for the second time
  };
  struct Timer {
    MonoTime due;
    MonoTime pressed;
    Slot button = kNoSlot;
    bool decides_hold = false;  ///< else: the press
    Cause cause;
  };

  std::optional<Gesture> press(Slot button, Slower slower, MonoTime now, const Cause& cause);
  std::optional<Gesture> release(Slot button, Slower slower, MonoTime now);
  void begin(Slot button, Slower slower, MonoTime now, const Cause& cause);
  void wait_for_second_tap(Slot button);
  std::vector<Timer>::iterator timer_of(Slot button);
  void cancel_timer(Slot button);

  std::vector<State> states_;
  std::vector<Timer> timers_;  ///< of the few buttons that move just now
  Times times_;
};

}  // namespace candela::engine
