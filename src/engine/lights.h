#pragma once

#include <optional>

#include "engine/delays.h"
#include "engine/moment.h"
#include "engine/plan.h"
#include "engine/watches.h"
#include "engine/zones.h"
#include "engine/zones_special.h"
#include "model/saved_state.h"

namespace candela::engine {

/// All loads of the home under one project: carries out what buttons and clients ask and tells what changed.
/// After every moment's commands settle() has to be called.
///
/// LEDs and scenes go by the levels that zones are really aimed at, so a zone that sheds load or obeys an emergency is
/// not in its scene. They do not look at tilt and colour.
class Lights {
 public:
  /// Every zone off, nothing told yet.
  explicit Lights(ProjectPtr project);

  /// The beginning: what is remembered from before a restart. A zone in an emergency or with shed load is remembered as
  /// it was then: what was asked of it is worked out from the share that was shed, and is lost in an emergency.
  void restore(const SavedState& remembered, const Moment& why, Changes& changes);
  /// A new project took the place of `old`'s: levels, fades, ramps, delays and all else go on by number.
  void carry_over(const Lights& old, const Moment& why, Changes& changes);

  // Levels

  /// To a level, now or after a delay. A newer command takes the place of one that waits.
  void command(Slot zone, Level level, Duration fade, Duration delay, const Moment& why, Changes& changes);
  /// The zones of a preset (a scene's too), and those of the scenes that it recalls; its actions are not the lights'
  /// matter.
  void run(Slot preset, const Moment& why, Changes& changes);
  /// Starts a ramp that the release of `button` stops; none = a client's.
  void ramp(Slot zone, bool raise, ButtonId button, const Moment& why, Changes& changes);
  /// The zone stays where it is, whatever moved it and whatever waited; slats too.
  void stop(Slot zone, const Moment& why, Changes& changes);
  /// Stops what still ramps because of this button.
  void release(Slot button, const Moment& why, Changes& changes);
  /// A device told its load's level.
  void report(Slot zone, Level level, const Moment& why, Changes& changes);
  void set_led(Slot button, LedState state, const Moment& why, Changes& changes);

  // Tilt, colour, climate. Loads that have none ignore them.

  /// Slats move at their own speed (Zone::tilt_travel), whatever fade was asked.
  void tilt(Slot zone, Level tilt, const Moment& why, Changes& changes);
  void report_tilt(Slot zone, Level tilt, const Moment& why, Changes& changes);
  /// The nearest colour that the load has; its level stays.
  void set_colour(Slot zone, const Colour& colour, Duration fade, const Moment& why, Changes& changes);
  void set_climate(Slot zone, const SetClimate& command, const Moment& why, Changes& changes);
  void report_temperature(Slot zone, std::int16_t temperature, const Moment& why, Changes& changes);
  /// As a command of a show: what people's commands wait for goes on waiting. No level, no colour = stay.
  void follow_course(Slot zone, std::optional<Level> level, const Colour& colour, Duration fade, const Moment& why,
                     Changes& changes);

  // What holds against what people ask

  /// Zones with an emergency level go there at once (shades by their travel). What is asked meanwhile is remembered as
  /// the course they would be on; when it ends they go where that has brought them, within its rest or their own fade.
  void set_emergency(bool emergency, const Moment& why, Changes& changes);
  /// Zones that shed give up this share of their level, 0 to 100 %, over their own fade. What is asked of them is kept
  /// and comes back when it ends. Loads that are on or off only go off at 100 %.
  void shed(std::uint8_t percent, const Moment& why, Changes& changes);

  std::optional<MonoTime> next_due() const { return delays_.next(); }
  /// Carries out what waited for exactly that time.
  void fire(Now at, Changes& changes);
  void settle(Changes& changes) { watches_.settle(plan_, changes); }

  const Plan& plan() const { return plan_; }
  const ZoneState& zone(Slot slot) const { return zones_[slot]; }
  const Watches& watches() const { return watches_; }
  Watches& watches() { return watches_; }
  bool is_emergency() const { return emergency_; }
  std::uint8_t shed_percent() const { return shed_percent_; }
  /// Where people's commands bring the zone; while nothing holds it that is where it is going.
  const Fade& wanted(Slot slot) const;
  /// Where slats are aimed; nothing for zones without.
  std::optional<Level> tilt_of(Slot slot) const;
  /// What colour a zone is aimed at; none for zones without, and until somebody named one.
  Colour colour_of(Slot slot) const;
  /// Where the colour is on its way.
  Colour colour_at(Slot slot, MonoTime now) const;
  /// The nearest to that colour that the zone has.
  Colour reachable_colour(Slot slot, const Colour& colour) const;
  /// nullptr = no thermostat.
  const Thermostat* thermostat(Slot slot) const;

 private:
  // What is asked: now, or later.
  void ask(const Step& step, const Moment& why, Changes& changes);
  bool wait(const Step& step, Delays::Ticket& ticket, const Moment& why);
  void carry_out(const Step& step, const Moment& why, Changes& changes);
  void go(Slot slot, Level level, Duration fade, const Moment& why, Changes& changes);
  void go_special(Slot slot, Level level, Duration fade, const Moment& why, Changes& changes);
  bool stays_on(Slot slot, Level level, Duration fade, const Moment& why);
  void ramp_held(Slot slot, bool raise, ButtonId button, const Moment& why, Changes& changes);
  void move_slats(SpecialZone& special, Level tilt, const Moment& why, Changes& changes);
  void fade_colour(SpecialZone& special, const Colour& colour, Duration fade, const Moment& why, Changes& changes);

  // What is then so.
  void turn(Slot slot, const Fade& fade, bool reported, const Moment& why, Changes& changes);
  void aim(Slot slot, const Fade& fade, const Moment& why, Changes& changes, bool reported = false);
  void rearm_pulse(const ZoneState& zone, const Moment& why);
  void cancel(Delays::Ticket& ticket);
  void stop_here(Slot slot, const Moment& why, Changes& changes);
  void stop_slats(SpecialZone& special, const Moment& why, Changes& changes);

  // Overrides.
  Override override_of(const SpecialZone& special) const;
  void settle_override(SpecialZone& special, const Moment& why, Changes& changes);
  void settle_overrides(const Moment& why, Changes& changes);
  void take_wanted_look(SpecialZone& special, const Moment& why, Changes& changes);

  // Beginnings.
  void restore_zone(const SavedState::Zone& remembered, const Moment& why, Changes& changes);
  void restore_looks(const SavedState& remembered, const Moment& why, Changes& changes);
  void restore_overrides(const SavedState& remembered, const Moment& why, Changes& changes);
  void return_power(const SavedState& remembered, const Moment& why, Changes& changes);
  void carry_zones(const Lights& old);
  void carry_delays(const Lights& old);
  Delays::Ticket* ticket_of(const DelayedCommand& command);
  void adapt_zone(Slot slot, const Moment& why, Changes& changes);
  void adapt_colour(SpecialZone& special, const Moment& why, Changes& changes);
  void let_go(const Lights& old, const Moment& why, Changes& changes);
  bool is_ramped_by(Slot zone, ButtonId button) const;

  SpecialZone* special(Slot slot) {
    return zones_[slot].special == kNoSlot ? nullptr : &specials_[zones_[slot].special];
  }
  const SpecialZone* special(Slot slot) const {
    return zones_[slot].special == kNoSlot ? nullptr : &specials_[zones_[slot].special];
  }

  Plan plan_;
  Zones zones_;
  SpecialZones specials_;
  Delays delays_;
  Watches watches_;
  Duration full_ramp_{};
  bool emergency_ = false;
  std::uint8_t shed_percent_ = 0;
};

}  // namespace candela::engine
