#include "engine/timeclock_day_night.h"

#include <algorithm>

#include "engine/sun.h"

namespace candela::engine {
namespace {

constexpr TimeOfDay kMidnight{TimeOfDay::Kind::fixed, {}};
constexpr TimeOfDay kNoon{TimeOfDay::Kind::fixed, std::chrono::hours{12}};
/// An offset from the sun may put what belongs to a date so far away from it.
constexpr std::int32_t kNear = 2;
constexpr std::int32_t kYear = 366;

}  // namespace

bool DayNightClock::is_up_at_noon(std::int32_t date, TimeOfDay::Kind kind) const {
  constexpr double kOverhead = 90;
  const bool is_twilight = kind == TimeOfDay::Kind::dawn || kind == TimeOfDay::Kind::dusk;
  const double horizon = kOverhead - (is_twilight ? Sun::kCivilTwilight : Sun::kHorizon);
  const std::optional<UtcTime> noon = almanac_->moment(date, kNoon);
  return noon && almanac_->sun_elevation(*noon) > horizon;
}

std::optional<UtcTime> DayNightClock::day_begins(std::int32_t date) const {
  const std::optional<UtcTime> moment = almanac_->moment(date, day_night_.day);
  if (moment || !is_up_at_noon(date, day_night_.day.kind)) return moment;
  return almanac_->moment(date, kMidnight);
}

std::optional<UtcTime> DayNightClock::night_begins(std::int32_t date) const {
  const std::optional<UtcTime> moment = almanac_->moment(date, day_night_.night);
  if (moment || is_up_at_noon(date, day_night_.night.kind)) return moment;
  return almanac_->moment(date, kNoon);
}

bool DayNightClock::is_night(UtcTime now) const {
  // What began last holds.
  const std::int32_t today = almanac_->local(now).date;
  std::optional<UtcTime> day;
  std::optional<UtcTime> night;
  for (std::int32_t date = today - kNear; date <= today + kNear; ++date) {
    const std::optional<UtcTime> day_begin = day_begins(date);
    const std::optional<UtcTime> night_begin = night_begins(date);
    if (day_begin && *day_begin <= now) day = std::max(day, day_begin);
    if (night_begin && *night_begin <= now) night = std::max(night, night_begin);
  }
  return night > day;
}

std::optional<UtcTime> DayNightClock::next_change(UtcTime now) const {
  const std::int32_t today = almanac_->local(now).date;
  std::optional<UtcTime> next;
  const auto consider = [&](const std::optional<UtcTime>& begin) {
    if (begin && *begin > now && (!next || *begin < *next)) next = begin;
  };
  std::int32_t last = today + kYear;
  for (std::int32_t date = today - kNear; date <= last; ++date) {
    consider(day_begins(date));
    consider(night_begins(date));
    // What belongs to a later date may still come earlier.
    if (next) last = std::min(last, date + kNear);
  }
  return next;
}

}  // namespace candela::engine
