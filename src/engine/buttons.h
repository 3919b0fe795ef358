#pragma once

#include <optional>
#include <vector>

#include "engine/gestures.h"
#include "engine/lights.h"
#include "engine/told_gestures.h"

namespace candela::engine {

class House;

/// What buttons do when they are pressed, held, tapped twice and let go. In any order: a release without a press or a
/// second press without a release does no harm.
class Buttons {
 public:
  explicit Buttons(const Plan& plan);

  void move(Slot button, ButtonMove move, House& house, const Moment& why, Changes& changes);
  /// The keypad is gone, so its releases will not come: what its buttons ramp stops.
  void lose_keypad(Slot keypad, House& house, const Moment& why, Changes& changes);
  /// Takes over by number what fingers were doing.
  void carry_over(const Plan& plan, const Buttons& old, const Plan& old_plan);

  std::optional<MonoTime> next_due() const;
  /// Carries out what is decided at that time.
  void fire(Now at, House& house, Changes& changes);

 private:
  void act(Slot button, Gesture gesture, House& house, const Moment& why, Changes& changes);
  void press(Slot button, House& house, const Moment& why, Changes& changes);
  void release(Slot button, House& house, const Moment& why, Changes& changes);
  void toggle(Slot button, House& house, const Moment& why, Changes& changes);
  void open_stop_close(Slot button, House& house, const Moment& why, Changes& changes);
  void cycle(Slot button, House& house, const Moment& why, Changes& changes);
  void ramp(Slot button, std::span<const Slot> zones, bool raise, House& house, const Moment& why, Changes& changes);
  void ramp_last_used(Slot button, bool raise, House& house, const Moment& why, Changes& changes);

  void tell_unprogrammed(Slot button, ButtonMove move, const Moment& moved, const House& house, Changes& changes);

  Gestures gestures_;
  ToldGestures told_;
  std::vector<Slot> last_used_;    ///< by keypad: the button that master raise and lower act on
  std::vector<bool> dimmed_last_;  ///< by button: cycle dim went down the last time
  std::vector<bool> closed_last_;  ///< by button: open-stop-close went to close the last time
};

}  // namespace candela::engine
