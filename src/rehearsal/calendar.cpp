#include "rehearsal/calendar.h"

#include <fmt/format.h>

#include <algorithm>
#include <array>
#include <charconv>

namespace candela::rehearsal {
namespace {

using std::chrono::days;
using std::chrono::sys_days;
using std::chrono::year_month_day;

/// The polar night is shorter.
constexpr std::int32_t kDaysToLookAhead = 366;
constexpr std::chrono::minutes kMinute{1};

/// Takes exactly `digits` digits from the front.
std::optional<int> take_number(std::string_view& text, std::size_t digits) {
  int value = 0;
  if (text.size() < digits) return std::nullopt;
  const auto all_digits = std::all_of(text.begin(), text.begin() + static_cast<std::ptrdiff_t>(digits),
                                      [](char c) { return c >= '0' && c <= '9'; });
  if (!all_digits) return std::nullopt;
  std::from_chars(text.data(), text.data() + digits, value);
  text.remove_prefix(digits);
  return value;
}

bool take(std::string_view& text, char wanted) {
  if (text.empty() || text.front() != wanted) return false;
  text.remove_prefix(1);
  return true;
}

std::int32_t day_number(year_month_day date) {
  return static_cast<std::int32_t>(sys_days{date}.time_since_epoch().count());
}

}  // namespace

std::optional<year_month_day> read_date(std::string_view text) {
  const auto year = take_number(text, 4);
  if (!year || !take(text, '-')) return std::nullopt;
  const auto month = take_number(text, 2);
  if (!month || !take(text, '-')) return std::nullopt;
  const auto day = take_number(text, 2);
  if (!day || !text.empty()) return std::nullopt;
  const year_month_day date{std::chrono::year{*year}, std::chrono::month{static_cast<unsigned>(*month)},
                            std::chrono::day{static_cast<unsigned>(*day)}};
  if (!date.ok()) return std::nullopt;
  return date;
}

std::optional<std::chrono::seconds> read_time(std::string_view text) {
  constexpr std::array<int, 3> kLimits{24, 60, 60};
  std::array<int, 3> parts{};
  for (std::size_t i = 0; i < parts.size(); ++i) {
    const auto part = take_number(text, 2);
    if (!part || *part >= kLimits.at(i)) return std::nullopt;
    parts.at(i) = *part;
    const bool may_end = i > 0;
    if (text.empty() && may_end) break;
    if (i + 1 == parts.size() || !take(text, ':')) return std::nullopt;
  }
  return std::chrono::hours{parts[0]} + std::chrono::minutes{parts[1]} + std::chrono::seconds{parts[2]};
}

Result<Moment> read_moment(std::string_view text) {
  constexpr std::size_t kDateLength = 10;
  Moment moment{read_date(text.substr(0, kDateLength)), TimeOfDay{}, false, {}};
  if (text.size() > kDateLength) {
    const bool parted = text[kDateLength] == ' ' || text[kDateLength] == 'T';
    const auto time = read_time(text.substr(kDateLength + 1));
    if (!parted || !time) moment.date.reset();
    if (time) moment.time->offset = *time;
  }
  if (moment.date) return moment;
  return Error{fmt::format("'{}' is not a date and time; write it as 2026-12-03 or '2026-12-03 18:05'", text)};
}

std::optional<UtcTime> Calendar::find(const Moment& moment, UtcTime now) const {
  if (!moment.time) return now + std::chrono::floor<UtcTime::duration>(moment.later);
  if (moment.date) return almanac_.moment(day_number(*moment.date), *moment.time);
  const std::int32_t today = almanac_.local(now).date;
  // From yesterday: an offset from sunset may reach over midnight.
  for (std::int32_t date = today - 1; date <= today + kDaysToLookAhead; ++date) {
    const auto found = almanac_.moment(date, *moment.time);
    if (!found) continue;
    if (*found >= now) return found;
    if (moment.to_the_minute && now < *found + kMinute) return now;
  }
  return std::nullopt;
}

std::string Calendar::text(UtcTime time) const {
  constexpr std::array kDays{"Sun", "Mon", "Tue", "Wed", "Thu", "Fri", "Sat"};
  const auto local = almanac_.local(time);
  const sys_days day{days{local.date}};
  const year_month_day date{day};
  const std::chrono::hh_mm_ss clock{local.time};
  return fmt::format("{} {:04}-{:02}-{:02} {:02}:{:02}:{:02}", kDays.at(std::chrono::weekday{day}.c_encoding()),
                     int{date.year()}, unsigned{date.month()}, unsigned{date.day()}, clock.hours().count(),
                     clock.minutes().count(), clock.seconds().count());
}

std::string Calendar::iso_text(UtcTime time) const {
  constexpr std::size_t kWeekdayLength = 4;
  std::string iso = text(time).substr(kWeekdayLength);
  std::replace(iso.begin(), iso.end(), ' ', 'T');
  return iso;
}

}  // namespace candela::rehearsal
