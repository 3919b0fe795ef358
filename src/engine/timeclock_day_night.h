#pragma once

#include <cstdint>
#include <optional>

#include "base/time.h"
#include "engine/almanac.h"
#include "model/programming.h"

namespace candela::engine {

/// Whether it is day or night by the project. On a date on which the sun stays up, a day that begins with the sun
/// begins at midnight; on one on which it stays down, a night that begins with the sun begins at noon.
class DayNightClock {
 public:
  /// REQUIRES: the almanac outlives it.
  DayNightClock(const DayNight& day_night, const Almanac& almanac) : day_night_(day_night), almanac_(&almanac) {}

  bool is_night(UtcTime now) const;
  /// When is_night() may next change. Nothing when that is more than a year away.
  std::optional<UtcTime> next_change(UtcTime now) const;

 private:
  std::optional<UtcTime> day_begins(std::int32_t date) const;
  std::optional<UtcTime> night_begins(std::int32_t date) const;
  bool is_up_at_noon(std::int32_t date, TimeOfDay::Kind kind) const;

  DayNight day_night_;
  const Almanac* almanac_;
};

}  // namespace candela::engine
