#pragma once

#include <chrono>
#include <cstdint>
#include <optional>
#include <string>
#include <vector>

namespace candela {

/// A moment of each day, in the home's local time: fixed, or as the sun goes.
struct TimeOfDay {
  enum class Kind : std::uint8_t { fixed, sunrise, sunset, dawn, dusk };  ///< dawn, dusk: civil twilight, 6 degrees
  Kind kind = Kind::fixed;
  /// Fixed: since local midnight, 0 to under 24 h. Else the offset from the sun's event, which may cross midnight; the
  /// moment then still belongs to the date of the sun's event.
  std::chrono::seconds offset{};

  friend bool operator==(const TimeOfDay&, const TimeOfDay&) = default;
};

/// On which local dates something happens.
/// It is a date of the schedule when it is in begin..end, no exception, and one of: a weekday of the mask, one of the
/// dates, one of the annual dates, a date of the recurrence rule.
struct Schedule {
  std::uint8_t weekdays = 0;  ///< bit 0 = Monday ... bit 6 = Sunday
  std::vector<std::chrono::year_month_day> dates;
  std::vector<std::chrono::month_day> annual;
  std::string rule;  ///< iCalendar RRULE (RFC 5545), counted from `begin`; empty = none
  std::optional<std::chrono::year_month_day> begin;
  std::optional<std::chrono::year_month_day> end;  ///< the last day that counts
  std::vector<std::chrono::year_month_day> except;
  std::vector<std::chrono::month_day> except_annual;
  std::vector<std::uint32_t> except_holidays;  ///< positions in Project::holidays
  std::vector<std::uint32_t> holidays;         ///< its dates are dates of the schedule too

  static constexpr std::uint8_t kEveryDay = 0x7F;
  friend bool operator==(const Schedule&, const Schedule&) = default;
};

/// Named days, such as the public holidays of a country: dates, annual dates and rules ("FREQ=YEARLY;BYMONTH=11;
/// BYDAY=4TH"), or an offset from Easter Sunday, which no iCalendar rule can say.
struct Holidays {
  std::string id;
  std::string name;
  std::vector<std::chrono::year_month_day> dates;
  std::vector<std::chrono::month_day> annual;
  std::vector<std::string> rules;
  std::vector<int> easter;  ///< days after Easter Sunday (Western); negative = before

  friend bool operator==(const Holidays&, const Holidays&) = default;
};

}  // namespace candela
