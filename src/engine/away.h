#pragma once

#include <optional>
#include <vector>

#include "engine/almanac.h"
#include "engine/away_plan.h"
#include "engine/away_record.h"
#include "model/cause.h"
#include "model/project.h"
#include "model/saved_state.h"

namespace candela::engine {

/// Lets the house look lived in while nobody is at home. It plays with the dimmed and switched zones of AwaySettings,
/// and with no other, only within their window; what each evening brings, away_plan.h says.
///
/// What away switched on it switches off again: as planned, at the end of the window, and when away ends. A zone that
/// people touch is theirs: away leaves it alone for the rest of that evening. A light that is to go off but that away
/// did not switch on stays. Switchings whose moment is over when away begins do not happen any more; those that the
/// clock leaps over by more than a minute happen only when they put lights off.
///
/// All times are UTC: the caller turns next_due() into the time of its timers, and calls advance() when it comes and
/// whenever the clock was set.
class Away {
 public:
  struct Command {
    Slot zone = kNoSlot;  ///< in Project::zones
    Level level;
    Duration fade{};
    CauseStep::Kind why = CauseStep::Kind::away_chance;  ///< away_chance, away_replay or away_ended

    friend bool operator==(const Command&, const Command&) = default;
  };
  /// The caller clears it.
  using Commands = std::vector<Command>;

  Away() = default;
  explicit Away(ProjectPtr project);

  /// The record, whether away is active, and what it had lit. The next advance(), due at once, puts off what was to go
  /// off meanwhile.
  void restore(const SavedState& saved, const Almanac& almanac, UtcTime now);
  /// By number; lit lights stay until they would go off anyway.
  void carry_over(const Away& old, const Almanac& almanac, UtcTime now);

  /// Begin, when it is active already: nothing. The lights come on as planned, none at once.
  void begin(const Almanac& almanac, UtcTime now);
  void end(Commands& out);
  bool is_active() const { return active_; }

  /// None while nothing is to be done.
  std::optional<UtcTime> next_due() const;
  void advance(const Almanac& almanac, UtcTime now, Commands& out);

  /// A zone was set by people (is_doing_of_people), at home or from afar. Remembered for 14 days, as AwayRecord tells.
  void people_set(Slot zone, Level level, UtcTime at);

  /// Whether the evening that runs or comes next repeats an earlier day; else it goes by chance.
  bool replays() const { return plan_.replays; }
  /// For SavedState.
  const std::vector<AwayRecord::Switching>& recorded() const { return record_.all(); }
  std::vector<ZoneId> lit() const;

 private:
  struct Light {
    bool plays = false;    ///< one of the settings' zones
    bool lit = false;      ///< by away
    bool touched = false;  ///< by people, this evening
  };

  void remember(std::vector<AwayRecord::Switching> recorded);
  void plan(const Almanac& almanac, UtcTime now);
  void play(const PlannedSwitching& planned, Commands& out);
  void put_off(Slot zone, CauseStep::Kind why, Commands& out);
  void put_off_all(CauseStep::Kind why, Commands& out);
  void put_off_what_is_over(UtcTime now, Commands& out);
  void end_evening(Commands& out);
  CauseStep::Kind why() const;

  ProjectPtr project_;
  std::vector<Light> lights_;  ///< by zone
  std::vector<AwayZone> zones_;
  AwayRecord record_;
  bool active_ = false;
  bool resumes_ = false;  ///< after a restart, until advance()
  std::optional<Evening> evening_;
  EveningPlan plan_;
  std::size_t next_ = 0;  ///< in plan_
  UtcTime advanced_{};
};

}  // namespace candela::engine
