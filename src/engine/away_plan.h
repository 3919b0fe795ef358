#pragma once

#include <optional>
#include <vector>

#include "engine/almanac.h"
#include "engine/away_record.h"
#include "engine/rows.h"
#include "model/project.h"

namespace candela::engine {

/// The window of a local date in which away plays: from `begin` to just before `end`.
struct Evening {
  std::int32_t date = 0;
  UtcTime begin{};
  UtcTime end{};
};

/// The first evening that is not over at `now`; of the next half a year, for where the sun does not set for months.
/// A window from an event of the sun to a fixed time that would last over 18 hours is none: that day the sun sets after
/// the time to stop (sunset to 23:00, near the midsummer of the far north).
std::optional<Evening> next_evening(const Almanac& almanac, const AwaySettings& settings, UtcTime now);

/// A light that away plays with.
struct AwayZone {
  Slot slot = kNoSlot;
  ZoneId number;
  bool dimmed = false;
};

struct PlannedSwitching {
  UtcTime at{};
  Slot zone = kNoSlot;
  Level level;

  friend bool operator==(const PlannedSwitching&, const PlannedSwitching&) = default;
};

/// What away does in one evening, in the order of time, all of it in the evening's window.
struct EveningPlan {
  bool replays = false;
  std::vector<PlannedSwitching> switchings;
};

/// The same arguments make the same plan, so nothing of it has to be remembered over a restart.
///
/// Random: three of four lights take part, at least one. Each goes on within half an hour, burns 15 to 90 minutes,
/// rests 5 to 45, and so on; within the last 20 minutes it goes off for the night. Dimmed lights burn at 50 to 100 %.
/// Replay: what the record says of the day 14 days before, at the same local time, a zone's whole evening up to 15
/// minutes earlier or later; what was on before the window is on from its begin. If nothing was switched on then, the
/// evening is a random one, and `replays` is false.
EveningPlan plan_evening(const Evening& evening, const std::vector<AwayZone>& zones, const AwaySettings& settings,
                         const Almanac& almanac, const AwayRecord& record);

}  // namespace candela::engine
