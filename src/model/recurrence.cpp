#include "model/recurrence.h"

#include <libical/ical.h>

#include <algorithm>
#include <chrono>
#include <memory>
#include <span>

namespace candela {
namespace {

using std::chrono::days;
using std::chrono::sys_days;
using std::chrono::year;
using std::chrono::year_month_day;

struct FreeIterator {
  void operator()(icalrecur_iterator* iterator) const { icalrecur_iterator_free(iterator); }
};
using Iterator = std::unique_ptr<icalrecur_iterator, FreeIterator>;

/// What the library counts with; before and after it there is nothing to look for.
constexpr std::int32_t kEarliest = sys_days{year{1900} / 1 / 1}.time_since_epoch().count();
constexpr std::int32_t kLatest = sys_days{year{2400} / 1 / 1}.time_since_epoch().count();

icaltimetype as_ical(std::int32_t date) {
  const year_month_day day{sys_days{days{date}}};
  icaltimetype time = icaltime_null_time();
  time.year = static_cast<int>(day.year());
  time.month = static_cast<int>(static_cast<unsigned>(day.month()));
  time.day = static_cast<int>(static_cast<unsigned>(day.day()));
  time.is_date = 1;
  return time;
}

std::int32_t as_date(const icaltimetype& time) {
  const auto month = static_cast<unsigned>(time.month);
  const auto day = static_cast<unsigned>(time.day);
  const sys_days date{year{time.year} / std::chrono::month{month} / std::chrono::day{day}};
  return static_cast<std::int32_t>(date.time_since_epoch().count());
}

/// The values of one of the lists of the library's struct, which end with a mark.
std::span<const short> values(std::span<const short> list) {
  const auto end = std::find(list.begin(), list.end(), static_cast<short>(ICAL_RECURRENCE_ARRAY_MAX));
  return {list.begin(), end};
}

bool is_gregorian(const icalrecurrencetype& rule) {
  return rule.rscale == nullptr || std::string_view(rule.rscale) == "GREGORIAN";
}

bool contains(std::span<const short> list, int value) {
  return std::find(list.begin(), list.end(), value) != list.end();
}

/// Whether the rule may name this day of a month, whatever weekday it is.
bool may_name(const icalrecurrencetype& rule, int day, int days_of_month) {
  constexpr int kDaysOfWeek = 7;
  const auto month_days = values(rule.by_month_day);
  const auto weekdays = values(rule.by_day);
  const auto is_here = [&](short weekday) {
    const int position = icalrecurrencetype_day_position(weekday);
    return position == 0 || position == (day - 1) / kDaysOfWeek + 1 ||
           position == -((days_of_month - day) / kDaysOfWeek + 1);
  };
  return (month_days.empty() || contains(month_days, day) || contains(month_days, day - days_of_month - 1)) &&
         (weekdays.empty() || std::any_of(weekdays.begin(), weekdays.end(), is_here));
}

/// No month has more days of the rule.
int most_days_of_month(const icalrecurrencetype& rule) {
  constexpr int kLongest[] = {31, 29, 31, 30, 31, 30, 31, 31, 30, 31, 30, 31};
  constexpr int kWeeksOfMonth = 5;
  int most = 0;
  for (int month = 1; month <= static_cast<int>(std::size(kLongest)); ++month) {
    if (!values(rule.by_month).empty() && !contains(values(rule.by_month), month)) continue;
    for (int length = month == 2 ? kLongest[1] - 1 : kLongest[month - 1]; length <= kLongest[month - 1]; ++length) {
      int count = 0;
      for (int day = 1; day <= length; ++day) count += may_name(rule, day, length) ? 1 : 0;
      most = std::max(most, count);
    }
  }
  const auto weekdays = values(rule.by_day);
  if (weekdays.empty()) return most;
  int by_weekday = 0;
  for (const short weekday : weekdays) by_weekday += icalrecurrencetype_day_position(weekday) == 0 ? kWeeksOfMonth : 1;
  return std::min(most, by_weekday);
}

/// The library would look for the 30th of February until the year 2582, and as long for the sixth Thursday of a month.
bool has_possible_days(const icalrecurrencetype& rule) {
  if (rule.freq != ICAL_MONTHLY_RECURRENCE && values(rule.by_month).empty()) return true;
  const int most = most_days_of_month(rule);
  const auto positions = values(rule.by_set_pos);
  if (rule.freq != ICAL_MONTHLY_RECURRENCE || positions.empty()) return most > 0;
  return std::any_of(positions.begin(), positions.end(), [&](short position) { return std::abs(position) <= most; });
}

struct Parsed {
  icalrecurrencetype rule{};  ///< the name of its calendar is a text that it does not free itself
  std::string problem;        ///< empty = none

  Parsed() { icalrecurrencetype_clear(&rule); }
  Parsed(const Parsed&) = delete;
  Parsed& operator=(const Parsed&) = delete;
  ~Parsed() { icalmemory_free_buffer(rule.rscale); }
};

void parse(std::string_view text, Parsed& parsed) {
  if (text.size() > kLongestRule) {
    parsed.problem = "is longer than " + std::to_string(kLongestRule) + " characters";
    return;
  }
  // The library would go on after a zero byte or a new line as if there were none.
  if (std::any_of(text.begin(), text.end(), [](char letter) { return letter < ' ' || letter > '~'; })) {
    parsed.problem = "has letters that no rule has";
    return;
  }
  parsed.rule = icalrecurrencetype_from_string(std::string(text).c_str());
  const icalrecurrencetype& rule = parsed.rule;
  if (rule.freq == ICAL_NO_RECURRENCE) {
    parsed.problem = "is no iCalendar recurrence rule (as in FREQ=WEEKLY;BYDAY=MO,FR)";
  } else if (rule.freq < ICAL_DAILY_RECURRENCE || !values(rule.by_hour).empty() || !values(rule.by_minute).empty() ||
             !values(rule.by_second).empty()) {
    parsed.problem = "says at what time of the day; it can only say on which days";
  } else if (!is_gregorian(rule) && rule.freq != ICAL_YEARLY_RECURRENCE) {
    parsed.problem = "must be yearly when it names another calendar";
  } else if (is_gregorian(rule) && !has_possible_days(rule)) {
    parsed.problem = "names days that no month has";
  }
}

Iterator iterator_of(const icalrecurrencetype& rule, std::int32_t begin) {
  return Iterator(icalrecur_iterator_new(rule, as_ical(std::clamp(begin, kEarliest, kLatest))));
}

}  // namespace

std::optional<std::string> complaint_about_rule(std::string_view rule) {
  Parsed parsed;
  parse(rule, parsed);
  if (!parsed.problem.empty()) return std::move(parsed.problem);
  if (!iterator_of(parsed.rule, kRuleEpoch)) return "never has a date, or has parts that do not go together";
  return std::nullopt;
}

bool needs_beginning(std::string_view rule) {
  Parsed parsed;
  parse(rule, parsed);
  const icalrecurrencetype& it = parsed.rule;
  if (it.count > 0 || it.interval > 1) return true;
  const bool has_days =
      !values(it.by_day).empty() || !values(it.by_month_day).empty() || !values(it.by_year_day).empty();
  return !has_days && it.freq != ICAL_DAILY_RECURRENCE;
}

std::vector<std::int32_t> dates_of_rule(std::string_view rule, std::int32_t begin, std::int32_t from, std::int32_t to) {
  std::vector<std::int32_t> dates;
  Parsed parsed;
  parse(rule, parsed);
  if (!parsed.problem.empty()) return dates;
  const Iterator iterator = iterator_of(parsed.rule, begin);
  if (!iterator) return dates;
  if (begin < from && parsed.rule.count == 0 && is_gregorian(parsed.rule)) {
    icalrecur_iterator_set_start(iterator.get(), as_ical(std::clamp(from, kEarliest, kLatest)));
  }
  // A count that begins in 1900 takes that many steps; nothing takes more.
  for (std::int32_t step = kEarliest; step < kLatest; ++step) {
    const icaltimetype time = icalrecur_iterator_next(iterator.get());
    if (icaltime_is_null_time(time)) break;
    const std::int32_t date = as_date(time);
    if (date >= to) break;
    if (date >= from && (dates.empty() || dates.back() < date)) dates.push_back(date);
  }
  return dates;
}

}  // namespace candela
