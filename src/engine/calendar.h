#pragma once

#include <bitset>
#include <cstdint>
#include <optional>
#include <span>
#include <string>
#include <vector>

#include "engine/rows.h"
#include "model/project.h"
#include "model/schedule.h"

namespace candela::engine {

/// The dates of one recurrence rule. They are computed for some years at once, when a date outside of those is asked
/// for.
class RuleDates {
 public:
  /// Without a beginning it counts from kRuleEpoch.
  explicit RuleDates(std::string rule, std::optional<std::chrono::year_month_day> begin = {});

  bool includes(std::int32_t date);

 private:
  static constexpr std::int32_t kWindow = 8 * 366;
  /// The window begins so much before the date that asked for it, because yesterday is asked about as well.
  static constexpr std::int32_t kMargin = 400;

  void open_window(std::int32_t from);

  std::string rule_;
  std::int32_t begin_;
  std::int32_t window_ = 0;  ///< its first date
  bool is_open_ = false;
  std::bitset<kWindow> dates_;
};

/// On which local dates the project's timeclock events happen. Dates are days since 1970-01-01.
class Calendar {
 public:
  /// How far ahead next() looks.
  static constexpr std::int32_t kHorizon = 5 * 366;

  explicit Calendar(const Project& project);

  /// REQUIRES (both): the project has that event.
  bool includes(Slot event, std::int32_t date);
  /// The first date of the event's schedule from `from` on; nothing when the next kHorizon days have none.
  std::optional<std::int32_t> next(Slot event, std::int32_t from);

 private:
  struct Day;

  /// A set of dates, ready for questions: lists are sorted.
  struct Dates {
    std::vector<std::int32_t> single;
    std::vector<std::uint16_t> annual;  ///< month * 32 + day
    std::vector<int> easter;
    std::vector<RuleDates> rules;

    bool includes(const Day& day);
  };
  struct Entry {
    std::uint8_t weekdays = 0;
    Dates dates;
    Dates except;
    std::int32_t begin = 0;
    std::int32_t end = 0;
    std::vector<std::uint32_t> holidays;
    std::vector<std::uint32_t> except_holidays;
  };

  static Entry entry_of(const Schedule& schedule);
  bool includes(Entry& entry, const Day& day);
  bool is_holiday(std::span<const std::uint32_t> holidays, const Day& day);

  std::vector<Dates> holidays_;
  std::vector<Entry> events_;
};

/// Easter Sunday of the Western churches.
std::int32_t easter_sunday(int year);

}  // namespace candela::engine
