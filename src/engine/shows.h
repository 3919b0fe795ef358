#pragma once

#include <optional>
#include <vector>

#include "engine/almanac.h"
#include "engine/lights.h"

namespace candela::engine {

/// Natural shows: between the points of its course a show's colour and level go in straight lines, so that the light
/// follows the day. Each point is one command with the fade to the next; nothing ticks.
///
/// People come first. A zone whose level somebody sets keeps that level and goes on with the colour; a zone whose
/// colour somebody sets leaves the show. Both until the show's next start. Who did that is not told but seen: the zone
/// is then aimed elsewhere than the show sent it. Of two shows with the same zone the one that speaks last has it.
///
/// Level and colour of a course are two lines of their own: a point without one is no point of that line, which then
/// has a gap: the value before stays until the next point that has one.
class Shows {
 public:
  Shows() = default;
  explicit Shows(const Plan& plan);

  /// Those that ran before a restart go on. Zones that then are aimed at none of the show's points are people's.
  void restore(const SavedState& remembered, const Almanac& almanac, Lights& lights, const Moment& why,
               Changes& changes);
  /// Takes over by number what runs; the next command of each comes at once, as its course may be another.
  void carry_over(const Shows& old, const Plan& plan, const Plan& old_plan, UtcTime now);

  /// Start: the zones first go to where the course is (within kLeadIn), then along it. Start while it runs begins anew.
  /// Stop: zones that followed the show stay where they are.
  void control(Slot show, Control control, const Almanac& almanac, Lights& lights, const Moment& why, Changes& changes);

  /// By the calendar, since the course goes by the sun and the clock: after the clock was set, call fire().
  std::optional<UtcTime> next_due() const;
  /// Commands of all that is due by then.
  void fire(const Almanac& almanac, Lights& lights, Now now, Changes& changes);
  /// The clock was set: every show looks anew where it is in the day.
  void clock_set(UtcTime now);

  bool is_running(Slot show) const { return shows_[show].running; }

  /// How long zones take from where they were to where the course is.
  static constexpr Duration kLeadIn = std::chrono::seconds(3);

 private:
  struct Member {
    Slot zone = kNoSlot;
    std::optional<Level> told_level;  ///< where the show sent it last
    Colour told_colour;
    bool own_level = false;  ///< people set it
    bool left = false;       ///< people chose its colour
  };
  struct Show {
    bool running = false;
    bool leading_in = false;
    UtcTime due{};
    Cause cause;  ///< why it was started
    std::vector<Member> members;
  };
  /// Where the course is: from one point to the next.
  struct Span {
    UtcTime begin{};
    UtcTime end{};
    const NaturalShow::At* from = nullptr;  ///< nullptr = the course has no points on these days
    const NaturalShow::At* to = nullptr;
  };
  /// What is sent to the zones.
  struct Order {
    std::optional<Level> level;
    Colour colour;
    Duration fade{};
  };

  static Span span_at(const NaturalShow& show, const Almanac& almanac, UtcTime now);
  static Order value_at(const Span& span, UtcTime now);
  static Order end_of(const Span& span, UtcTime now);
  static bool is_peoples(const NaturalShow& course, const Member& member, const Lights& lights);
  void begin(Show& show, const NaturalShow& course, const Almanac& almanac, Lights& lights, const Moment& why,
             Changes& changes);
  void go_on(Show& show, const NaturalShow& course, const Almanac& almanac, Lights& lights, const Moment& why,
             Changes& changes);
  static void look_for_people(Member& member, const Lights& lights);
  static void send(Member& member, const Order& order, Lights& lights, const Moment& why, Changes& changes);
  static void freeze(Member& member, Lights& lights, const Moment& why, Changes& changes);

  std::vector<Show> shows_;  ///< by slot
};

}  // namespace candela::engine
