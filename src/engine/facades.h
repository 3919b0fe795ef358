#pragma once

#include <optional>
#include <vector>

#include "engine/almanac.h"
#include "engine/facade_plan.h"
#include "engine/lights.h"

namespace candela::engine {

/// Shades that keep the sun from reaching too deep into rooms. Each day's moves are worked out at its beginning; then
/// there is something to do at these moments only.
///
/// People come first. A shade that somebody or another program moves stays where they put it until the first move of
/// the next day that has one, or until the facade is started again. Who did that is not told but seen: the shade is
/// then aimed elsewhere than the facade sent it.
class Facades {
 public:
  Facades() = default;
  explicit Facades(const Plan& plan);

  /// Those that are switched on go on where the day is: a shade that stands at none of today's levels, and was brought
  /// there after today's first move, is people's. Before that move shades stay as they are.
  void restore(const SavedState& remembered, const Almanac& almanac, Lights& lights, const Moment& why,
               Changes& changes);
  /// Takes over by number. A facade that the project says anew gets a new plan, and follows it at once.
  void carry_over(const Facades& old, const Plan& plan, const Plan& old_plan, UtcTime now);

  /// Start: all its shades go to where they shall be now, also those that people moved. Stop: they stay.
  void control(Slot facade, Control control, const Almanac& almanac, Lights& lights, const Moment& why,
               Changes& changes);

  /// By the calendar; after the clock was set, call clock_set() and fire().
  std::optional<UtcTime> next_due() const;
  /// Moves of all that is due by then; plans the day that begins.
  void fire(const Almanac& almanac, Lights& lights, const Moment& why, Changes& changes);
  /// The clock was set: every facade looks anew where it is in the day.
  void clock_set(UtcTime now);

  bool is_enabled(Slot facade) const { return facades_[facade].enabled; }

 private:
  struct Shade {
    Slot zone = kNoSlot;
    std::optional<Level> told;  ///< where the facade sent it last
    bool left = false;          ///< people moved it
  };
  struct State {
    bool enabled = true;
    bool by_command = false;  ///< somebody has switched it on or off; the project does not say any more
    std::optional<UtcTime> due;
    std::optional<FacadeDay> day;
    std::optional<std::size_t> done;  ///< which move of the day was made last, as move_at(); none since it was planned
    std::optional<std::int32_t> begun;  ///< the last date whose first move was made
    std::optional<UtcTime> moved;       ///< when the last move was
    std::optional<Level> level;         ///< and where to
    std::vector<Shade> shades;
  };

  static void plan(State& state, const Facade& facade, const Almanac& almanac, UtcTime now);
  static std::size_t move_at(const FacadeDay& day, UtcTime now);
  static Level level_of(const FacadeDay& day, std::size_t move);
  static void go_on(State& state, const Facade& facade, const Almanac& almanac, Lights& lights, const Moment& why,
                    Changes& changes);
  static void go(State& state, FacadeId facade, Level level, Lights& lights, const Moment& why, Changes& changes);
  static bool is_elsewhere(const Shade& shade, Level level, const Lights& lights);
  static void take_over(State& state, const State& was, const Plan& plan, const Plan& old_plan);
  static void find_peoples(State& state, const SavedState& remembered, const Lights& lights);

  std::vector<State> facades_;  ///< by slot
};

}  // namespace candela::engine
