#pragma once

#include <chrono>
#include <optional>
#include <string>
#include <string_view>

#include "base/result.h"
#include "base/time.h"
#include "engine/almanac.h"
#include "model/schedule.h"

namespace candela::rehearsal {

/// When something happens, as people say it: "2026-12-03 18:05", "18:05", "sunset + 10 m", "5 s later".
struct Moment {
  std::optional<std::chrono::year_month_day> date;  ///< none = the next day on which the time is not over yet
  std::optional<TimeOfDay> time;                    ///< by the wall clock or the sun
  bool to_the_minute = false;                       ///< written without seconds: any time within its minute is "now"
  Duration later{};                                 ///< with no time of day: so long after the step before
};

/// "2026-12-03", which must be a date there is.
std::optional<std::chrono::year_month_day> read_date(std::string_view text);
/// "18:05" or "18:05:30": since midnight.
std::optional<std::chrono::seconds> read_time(std::string_view text);
/// "2026-12-03", "2026-12-03 18:05", "2026-12-03T18:05:30"; a date alone is its midnight. The error says how to write
/// it.
Result<Moment> read_moment(std::string_view text);

/// Local time at the home's place.
class Calendar {
 public:
  explicit Calendar(const Location& location) : almanac_(location) {}

  /// When that is, seen from `now`. Nothing when the sun does not rise or set on the date, or not within a year.
  std::optional<UtcTime> find(const Moment& moment, UtcTime now) const;
  /// "Thu 2026-12-03 18:05:00"
  std::string text(UtcTime time) const;
  /// "2026-12-03T18:05:00", for programs.
  std::string iso_text(UtcTime time) const;
  std::int32_t date(UtcTime time) const { return almanac_.local(time).date; }
  std::optional<UtcTime> midnight(std::int32_t date) const { return almanac_.moment(date, {}); }

 private:
  engine::Almanac almanac_;
};

}  // namespace candela::rehearsal
