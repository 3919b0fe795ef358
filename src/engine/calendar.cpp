#include "engine/calendar.h"

#include <algorithm>
#include <limits>
#include <utility>

#include "model/recurrence.h"

namespace candela::engine {
namespace {

using std::chrono::month_day;
using std::chrono::sys_days;
using std::chrono::year_month_day;

std::int32_t as_date(const year_month_day& day) {
  return static_cast<std::int32_t>(sys_days{day}.time_since_epoch().count());
}

std::uint16_t day_of_year(const month_day& day) {
  constexpr unsigned kMonth = 32;
  return static_cast<std::uint16_t>(static_cast<unsigned>(day.month()) * kMonth + static_cast<unsigned>(day.day()));
}

std::vector<std::int32_t> sorted_dates(const std::vector<year_month_day>& days) {
  std::vector<std::int32_t> dates;
  dates.reserve(days.size());
  for (const year_month_day& day : days) dates.push_back(as_date(day));
  std::sort(dates.begin(), dates.end());
  return dates;
}

std::vector<std::uint16_t> sorted_days(const std::vector<month_day>& days) {
  std::vector<std::uint16_t> sorted;
  sorted.reserve(days.size());
  for (const month_day& day : days) sorted.push_back(day_of_year(day));
  std::sort(sorted.begin(), sorted.end());
  return sorted;
}

}  // namespace

std::int32_t easter_sunday(int year) {
  // The computus of Meeus, Jones and Butcher; its numbers have no names.
  const int a = year % 19;
  const int b = year / 100;
  const int c = year % 100;
  const int h = (19 * a + b - b / 4 - (b - (b + 8) / 25 + 1) / 3 + 15) % 30;
  const int l = (32 + 2 * (b % 4) + 2 * (c / 4) - h - c % 4) % 7;
  const int m = (a + 11 * h + 22 * l) / 451;
  const int month_and_day = h + l - 7 * m + 114;
  const auto month = static_cast<unsigned>(month_and_day / 31);
  const auto day = static_cast<unsigned>(month_and_day % 31 + 1);
  return as_date(std::chrono::year{year} / std::chrono::month{month} / std::chrono::day{day});
}

RuleDates::RuleDates(std::string rule, std::optional<year_month_day> begin)
    : rule_(std::move(rule)), begin_(begin ? as_date(*begin) : kRuleEpoch) {}

bool RuleDates::includes(std::int32_t date) {
  if (date < begin_) return false;
  if (!is_open_ || date < window_ || date >= window_ + kWindow) open_window(date - kMargin);
  return dates_[static_cast<std::size_t>(date - window_)];
}

void RuleDates::open_window(std::int32_t from) {
  is_open_ = true;
  window_ = from;
  dates_.reset();
  for (const std::int32_t date : dates_of_rule(rule_, begin_, from, from + kWindow)) {
    dates_.set(static_cast<std::size_t>(date - from));
  }
}

/// A date in all the ways in which a schedule may name it.
struct Calendar::Day {
  explicit Day(std::int32_t day)
      : date(day), calendar(sys_days{std::chrono::days{day}}), annual(day_of_year(calendar.month() / calendar.day())) {}

  std::int32_t date;
  year_month_day calendar;
  std::uint16_t annual;
};

bool Calendar::Dates::includes(const Day& day) {
  if (std::binary_search(single.begin(), single.end(), day.date)) return true;
  if (std::binary_search(annual.begin(), annual.end(), day.annual)) return true;
  if (!easter.empty()) {
    const std::int32_t since = day.date - easter_sunday(static_cast<int>(day.calendar.year()));
    if (std::find(easter.begin(), easter.end(), since) != easter.end()) return true;
  }
  return std::any_of(rules.begin(), rules.end(), [&](RuleDates& rule) { return rule.includes(day.date); });
}

Calendar::Entry Calendar::entry_of(const Schedule& schedule) {
  Entry entry;
  entry.weekdays = schedule.weekdays;
  entry.dates.single = sorted_dates(schedule.dates);
  entry.dates.annual = sorted_days(schedule.annual);
  if (!schedule.rule.empty()) entry.dates.rules.emplace_back(schedule.rule, schedule.begin);
  entry.except.single = sorted_dates(schedule.except);
  entry.except.annual = sorted_days(schedule.except_annual);
  entry.begin = schedule.begin ? as_date(*schedule.begin) : std::numeric_limits<std::int32_t>::min();
  entry.end = schedule.end ? as_date(*schedule.end) : std::numeric_limits<std::int32_t>::max();
  entry.holidays = schedule.holidays;
  entry.except_holidays = schedule.except_holidays;
  return entry;
}

Calendar::Calendar(const Project& project) {
  for (const Holidays& holidays : project.holidays) {
    Dates dates{sorted_dates(holidays.dates), sorted_days(holidays.annual), holidays.easter, {}};
    for (const std::string& rule : holidays.rules) dates.rules.emplace_back(rule);
    holidays_.push_back(std::move(dates));
  }
  for (const TimeclockEvent& event : project.timeclock_events) events_.push_back(entry_of(event.schedule));
}

bool Calendar::is_holiday(std::span<const std::uint32_t> holidays, const Day& day) {
  return std::any_of(holidays.begin(), holidays.end(),
                     [&](std::uint32_t at) { return at < holidays_.size() && holidays_[at].includes(day); });
}

bool Calendar::includes(Entry& entry, const Day& day) {
  if (day.date < entry.begin || day.date > entry.end) return false;
  const std::chrono::weekday weekday{sys_days{std::chrono::days{day.date}}};
  const bool is_weekday = ((entry.weekdays >> (weekday.iso_encoding() - 1)) & 1U) != 0;
  if (!is_weekday && !entry.dates.includes(day) && !is_holiday(entry.holidays, day)) return false;
  return !entry.except.includes(day) && !is_holiday(entry.except_holidays, day);
}

bool Calendar::includes(Slot event, std::int32_t date) { return includes(events_[event], Day(date)); }

std::optional<std::int32_t> Calendar::next(Slot event, std::int32_t from) {
  Entry& entry = events_[event];
  const std::int32_t end = from + kHorizon;
  for (std::int32_t date = std::max(from, entry.begin); date < end && date <= entry.end; ++date) {
    if (includes(entry, Day(date))) return date;
  }
  return std::nullopt;
}

}  // namespace candela::engine
