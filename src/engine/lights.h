#pragma once

#include <optional>
#include <span>
#include <string>

#include "engine/delays.h"
#include "engine/moment.h"
#include "engine/plan.h"
#include "engine/watches.h"
#include "engine/zones.h"
#include "model/saved_state.h"

namespace candela::engine {

/// All lights of the home under one project: carries out what buttons and clients ask and tells what changed.
/// After every moment's commands settle() has to be called.
class Lights {
 public:
  /// Every zone off, nothing told yet.
  explicit Lights(ProjectPtr project);

  /// The beginning: what is remembered from before a restart.
  void restore(const SavedState& remembered, const Moment& why, Changes& changes);
  /// A new project took the place of `old`'s: levels, fades, ramps and delays go on by number.
  void carry_over(const Lights& old, const Moment& why, Changes& changes);

  /// To a level, now or after a delay. A newer command takes the place of one that waits.
  void command(Slot zone, Level level, Duration fade, Duration delay, const Moment& why, Changes& changes);
  void run(std::span<const Step> steps, const Moment& why, Changes& changes);
  void recall(Slot scene, const Moment& why, Changes& changes);
  /// Starts a ramp that the release of `button` stops; none = a client's.
  void ramp(Slot zone, bool raise, ButtonId button, const Moment& why, Changes& changes);
  /// The zone stays where it is, whatever moved it and whatever waited.
  void stop(Slot zone, const Moment& why, Changes& changes);
  /// Stops what still ramps because of this button.
  void release(Slot button, const Moment& why, Changes& changes);
  /// A device told its load's level.
  void report(Slot zone, Level level, const Moment& why, Changes& changes);
  /// The button's preset with its scenes.
  void run_button(Slot button, const Moment& why, Changes& changes);
  void set_led(Slot button, LedState state, const Moment& why, Changes& changes);

  std::optional<MonoTime> next_due() const { return delays_.next(); }
  /// Carries out what waited for exactly that time.
  void fire(Now at, Changes& changes);
  void settle(Changes& changes) { watches_.settle(plan_, changes); }

  const Plan& plan() const { return plan_; }
  const ZoneState& zone(Slot slot) const { return zones_[slot]; }
  const Watches& watches() const { return watches_; }

 private:
  void aim(Slot slot, const Fade& fade, const Moment& why, Changes& changes, bool reported = false);
  void cancel_delay(Slot slot);
  void stop_here(Slot slot, const Moment& why, Changes& changes);
  void carry_zones(const Lights& old);
  void carry_delays(const Lights& old);
  bool is_ramped_by(Slot zone, ButtonId button) const;

  Plan plan_;
  Zones zones_;
  Delays delays_;
  Watches watches_;
};

}  // namespace candela::engine
