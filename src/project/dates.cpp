#include "project/dates.h"

#include <algorithm>
#include <array>

#include "project/values.h"

namespace candela::project {
namespace {

constexpr std::array<std::string_view, 7> kWeekdays{"mon", "tue", "wed", "thu", "fri", "sat", "sun"};

/// Exactly so many digits.
std::optional<unsigned> digits(std::string_view text, std::size_t count) {
  const auto is_digit = [](char c) { return c >= '0' && c <= '9'; };
  if (text.size() != count || !std::all_of(text.begin(), text.end(), is_digit)) return std::nullopt;
  const auto value = parse_whole(text);
  return value ? std::optional(static_cast<unsigned>(*value)) : std::nullopt;
}

std::optional<std::size_t> weekday(std::string_view text) {
  const auto* const found = std::find(kWeekdays.begin(), kWeekdays.end(), text);
  return found == kWeekdays.end() ? std::nullopt : std::optional(static_cast<std::size_t>(found - kWeekdays.begin()));
}

}  // namespace

std::optional<std::chrono::month_day> parse_day_of_year(std::string_view text) {
  constexpr std::size_t kLength = 5;
  if (text.size() != kLength || text[2] != '-') return std::nullopt;
  const auto month = digits(text.substr(0, 2), 2);
  const auto day = digits(text.substr(3), 2);
  if (!month || !day) return std::nullopt;
  const std::chrono::month_day result{std::chrono::month(*month), std::chrono::day(*day)};
  return result.ok() ? std::optional(result) : std::nullopt;
}

std::optional<std::chrono::year_month_day> parse_date(std::string_view text) {
  constexpr std::size_t kYear = 4;
  constexpr unsigned kFirstYear = 2000;
  constexpr unsigned kLastYear = 2199;
  if (text.size() < kYear + 1 || text[kYear] != '-') return std::nullopt;
  const auto year = digits(text.substr(0, kYear), kYear);
  const auto day = parse_day_of_year(text.substr(kYear + 1));
  if (!year || !day || *year < kFirstYear || *year > kLastYear) return std::nullopt;
  const std::chrono::year_month_day result{std::chrono::year(static_cast<int>(*year)), day->month(), day->day()};
  return result.ok() ? std::optional(result) : std::nullopt;
}

std::optional<std::uint8_t> parse_weekdays(std::string_view text) {
  const std::size_t dash = text.find('-');
  const auto first = weekday(text.substr(0, dash));
  const auto last = dash == std::string_view::npos ? first : weekday(text.substr(dash + 1));
  if (!first || !last) return std::nullopt;
  std::uint8_t mask = 0;
  for (std::size_t day = *first;; day = (day + 1) % kWeekdays.size()) {
    mask = static_cast<std::uint8_t>(mask | (1U << day));
    if (day == *last) return mask;
  }
}

}  // namespace candela::project
