#pragma once

#include <chrono>
#include <cstdint>
#include <memory>
#include <optional>

#include "base/time.h"
#include "model/project.h"
#include "model/schedule.h"

namespace candela::engine {

/// Local time and the sun at the home's place. Facts only: the same question has the same answer, always.
class Almanac {
 public:
  /// Local civil time. Dates are days since 1970-01-01.
  struct Local {
    std::int32_t date = 0;
    std::chrono::seconds time{};  ///< by the wall clock, since midnight: 0 to under 24 h
    std::uint8_t weekday = 0;     ///< one bit as in Schedule::weekdays
  };

  /// A time zone that the system does not know counts as UTC (the project reader refuses it).
  explicit Almanac(const Location& location);
  ~Almanac();
  Almanac(Almanac&&) noexcept;
  Almanac& operator=(Almanac&&) noexcept;

  Local local(UtcTime utc) const;
  /// When that time of day is on that local date. A time that the date leaves out (clocks go forward) is the next valid
  /// minute; one that it has twice is the first (system.md §8). Nothing when the sun does not rise or set that day.
  std::optional<UtcTime> moment(std::int32_t date, const TimeOfDay& time) const;
  /// Whether now lies in from..to; over midnight when `to` is earlier in the day. Without the sun's event: false.
  bool is_within(UtcTime now, const TimeOfDay& from, const TimeOfDay& to) const;

  /// Of the sun's centre, in degrees, without refraction; negative below the horizon.
  double sun_elevation(UtcTime utc) const;
  /// Degrees from north over east, 0 to under 360.
  double sun_azimuth(UtcTime utc) const;

 private:
  struct Impl;
  std::unique_ptr<const Impl> impl_;
};

}  // namespace candela::engine
