#include "servers/requests/when.h"

#include <array>
#include <charconv>
#include <cstdio>
#include <optional>

namespace candela::servers::requests {
namespace {

using Local = std::chrono::local_time<std::chrono::milliseconds>;
using std::chrono::days;
using std::chrono::local_days;
using std::chrono::seconds;

constexpr int kFirstYear = 1970;
constexpr int kLastYear = 2200;

Local to_local(UtcTime time, const UtcOffset& offset) { return Local(time.time_since_epoch() + offset(time)); }

UtcTime to_utc(Local local, const UtcOffset& offset) {
  const UtcTime guess(local.time_since_epoch());
  // Twice, because the offset at the guess may be that of the other side of a change of the clocks.
  const UtcTime near = guess - offset(guess);
  return guess - offset(near);
}

/// Takes numbers and the characters between them off a text.
class Scanner {
 public:
  explicit Scanner(std::string_view text) : rest_(text) {}

  bool skip(std::string_view word) {
    if (!rest_.starts_with(word)) return false;
    rest_.remove_prefix(word.size());
    return true;
  }
  /// Exactly so many digits.
  std::optional<unsigned> digits(std::size_t count) {
    unsigned value = 0;
    if (rest_.size() < count) return std::nullopt;
    for (const char digit : rest_.substr(0, count)) {
      if (digit < '0' || digit > '9') return std::nullopt;
      value = value * 10 + static_cast<unsigned>(digit - '0');
    }
    rest_.remove_prefix(count);
    return value;
  }
  bool at_end() const { return rest_.empty(); }
  bool at_digit() const { return !rest_.empty() && rest_.front() >= '0' && rest_.front() <= '9'; }
  /// Whether a date comes: four digits and a dash.
  bool at_date() const { return rest_.size() > 4 && rest_[4] == '-'; }

 private:
  std::string_view rest_;
};

std::optional<std::chrono::milliseconds> read_time(Scanner& text) {
  constexpr unsigned kHours = 24;
  constexpr unsigned kSixty = 60;
  const auto hour = text.digits(2);
  if (!hour || *hour >= kHours || !text.skip(":")) return std::nullopt;
  const auto minute = text.digits(2);
  if (!minute || *minute >= kSixty) return std::nullopt;
  std::chrono::milliseconds time = std::chrono::hours(*hour) + std::chrono::minutes(*minute);
  if (text.skip(":")) {
    const auto second = text.digits(2);
    if (!second || *second >= kSixty) return std::nullopt;
    time += seconds(*second);
    if (text.skip(".")) {
      const auto thousandths = text.digits(3);
      if (!thousandths) return std::nullopt;
      time += std::chrono::milliseconds(*thousandths);
    }
  }
  return time;
}

std::optional<local_days> read_date(Scanner& text) {
  const auto year = text.digits(4);
  if (!year || !text.skip("-")) return std::nullopt;
  const auto month = text.digits(2);
  if (!month || !text.skip("-")) return std::nullopt;
  const auto day = text.digits(2);
  if (!day) return std::nullopt;
  const std::chrono::year_month_day date{std::chrono::year(static_cast<int>(*year)), std::chrono::month(*month),
                                         std::chrono::day(*day)};
  if (!date.ok() || *year < kFirstYear || *year > kLastYear) return std::nullopt;
  return local_days(date);
}

std::optional<UtcTime> read(Scanner text, UtcTime now, const UtcOffset& offset) {
  if (text.skip("now")) return text.at_end() ? std::optional(now) : std::nullopt;
  const local_days today = std::chrono::floor<days>(to_local(now, offset));
  std::optional<local_days> date;
  if (text.skip("today")) {
    date = today;
  } else if (text.skip("yesterday")) {
    date = today - days(1);
  } else if (text.at_date()) {
    date = read_date(text);
    if (!date) return std::nullopt;
  }
  if (date && text.at_end()) return to_utc(*date, offset);
  if (date && !text.skip(" ") && !text.skip("T")) return std::nullopt;
  const auto time = read_time(text);
  if (!time) return std::nullopt;
  if (date && text.skip("Z"))
    return text.at_end() ? std::optional(UtcTime(Local(*date + *time).time_since_epoch())) : std::nullopt;
  if (!text.at_end()) return std::nullopt;
  if (date) return to_utc(*date + *time, offset);
  const UtcTime at = to_utc(today + *time, offset);
  return at <= now ? at : to_utc(today - days(1) + *time, offset);
}

std::string date_text(local_days day) {
  const std::chrono::year_month_day date(day);
  std::array<char, 32> text{};
  std::snprintf(text.data(), text.size(), "%04d-%02u-%02u", static_cast<int>(date.year()),
                static_cast<unsigned>(date.month()), static_cast<unsigned>(date.day()));
  return text.data();
}

std::string time_text(std::chrono::milliseconds of_day, bool with_seconds) {
  const std::chrono::hh_mm_ss time(std::chrono::floor<seconds>(of_day));
  std::array<char, 32> text{};
  std::snprintf(text.data(), text.size(), with_seconds ? "%02d:%02d:%02d" : "%02d:%02d",
                static_cast<int>(time.hours().count()), static_cast<int>(time.minutes().count()),
                static_cast<int>(time.seconds().count()));
  return text.data();
}

}  // namespace

Result<UtcTime> read_when(std::string_view text, UtcTime now, const UtcOffset& offset) {
  if (const auto time = read(Scanner(text), now, offset)) return *time;
  return Error{"\"" + std::string(text) +
               "\" is no time; say \"19:00\", \"yesterday 23:10\", \"2026-11-24 19:00\" or \"2026-11-24T18:00:00Z\""};
}

std::string say_when(UtcTime time, UtcTime now, const UtcOffset& offset) {
  const Local local = to_local(time, offset);
  const local_days day = std::chrono::floor<days>(local);
  const local_days today = std::chrono::floor<days>(to_local(now, offset));
  std::string clock = time_text(local - day, false);
  if (day == today) return clock;
  if (day + days(1) == today) return "yesterday " + clock;
  return date_text(day) + " " + clock;
}

std::string local_text(UtcTime time, const UtcOffset& offset) {
  const Local local = to_local(time, offset);
  const local_days day = std::chrono::floor<days>(local);
  return date_text(day) + " " + time_text(local - day, true);
}

}  // namespace candela::servers::requests
