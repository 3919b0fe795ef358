#include "protocols/leap/timespan.h"

#include <array>
#include <boost/json/value.hpp>
#include <charconv>
#include <cmath>
#include <cstdlib>

namespace candela::leap {
namespace {

constexpr std::int64_t kMicrosecond = 1;
constexpr std::int64_t kSecond = 1'000'000 * kMicrosecond;
constexpr std::int64_t kMinute = 60 * kSecond;
constexpr std::int64_t kHour = 60 * kMinute;

/// Takes "12" or, where a fraction may stand, "12.25" from the front of the text; gives it in microseconds of `unit`.
std::optional<std::int64_t> take_number(std::string_view& text, std::int64_t unit, bool fraction_allowed) {
  std::int64_t whole = 0;
  const char* const end = text.data() + text.size();
  const auto [after, error] = std::from_chars(text.data(), end, whole);
  if (error != std::errc() || text.front() == '-' || whole > kTimespanMax.count() / unit) return std::nullopt;
  text.remove_prefix(static_cast<std::size_t>(after - text.data()));
  std::int64_t total = whole * unit;
  if (!fraction_allowed || !text.starts_with('.')) return total;

  text.remove_prefix(1);
  std::int64_t place = unit;
  bool any = false;
  while (!text.empty() && text.front() >= '0' && text.front() <= '9') {
    place /= 10;
    total += (text.front() - '0') * place;
    text.remove_prefix(1);
    any = true;
  }
  return any ? std::optional(total) : std::nullopt;
}

/// "PT" is taken already: hours, minutes and seconds, each at most once and in this order.
std::optional<std::int64_t> parse_iso(std::string_view text) {
  constexpr std::array<std::pair<char, std::int64_t>, 3> kUnits{{{'H', kHour}, {'M', kMinute}, {'S', kSecond}}};
  std::int64_t total = 0;
  std::size_t unit = 0;
  if (text.empty()) return std::nullopt;
  while (!text.empty()) {
    const std::size_t letter = text.find_first_not_of("0123456789.");
    if (letter == std::string_view::npos) return std::nullopt;
    while (unit < kUnits.size() && kUnits[unit].first != text[letter]) ++unit;
    if (unit == kUnits.size()) return std::nullopt;
    const auto part = take_number(text, kUnits[unit].second, true);
    if (!part || text.empty() || text.front() != kUnits[unit].first) return std::nullopt;
    text.remove_prefix(1);
    total += *part;
    ++unit;
  }
  return total;
}

/// One to three parts, the last one seconds.
std::optional<std::int64_t> parse_clock(std::string_view text) {
  std::size_t colons = 0;
  for (const char c : text) colons += c == ':';
  if (colons > 2 || text.empty()) return std::nullopt;
  std::int64_t total = 0;
  for (std::int64_t unit = colons == 2 ? kHour : colons == 1 ? kMinute : kSecond; unit >= kSecond; unit /= 60) {
    const auto part = take_number(text, unit, unit == kSecond);
    if (!part) return std::nullopt;
    total += *part;
    if (unit == kSecond) break;
    if (!text.starts_with(':')) return std::nullopt;
    text.remove_prefix(1);
  }
  return text.empty() ? std::optional(total) : std::nullopt;
}

}  // namespace

std::optional<Duration> parse_timespan(std::string_view text) {
  const bool negative = text.starts_with('-');
  if (negative) text.remove_prefix(1);
  if (text.empty()) return std::nullopt;
  const auto total = text.starts_with("PT") ? parse_iso(text.substr(2)) : parse_clock(text);
  if (!total || *total > kTimespanMax.count()) return std::nullopt;
  return Duration(negative ? -*total : *total);
}

std::optional<Duration> parse_timespan(const boost::json::value& value) {
  if (value.is_string()) return parse_timespan(std::string_view(value.get_string()));
  if (!value.is_number()) return std::nullopt;
  const auto seconds = value.to_number<double>();
  if (!(std::abs(seconds) <= to_seconds(kTimespanMax))) return std::nullopt;
  return from_seconds(seconds);
}

std::string format_timespan(Duration duration) {
  std::int64_t rest = duration.count();
  std::string text = rest < 0 ? "-" : "";
  rest = std::abs(rest);
  const auto append = [&](std::int64_t number, bool two_digits) {
    if (two_digits && number < 10) text += '0';
    text += std::to_string(number);
  };
  const bool hours = rest >= kHour;
  const bool minutes = rest >= kMinute;
  if (hours) {
    append(rest / kHour, false);
    text += ':';
  }
  if (minutes) {
    append(rest % kHour / kMinute, hours);
    text += ':';
  }
  append(rest % kMinute / kSecond, minutes);
  if (std::int64_t fraction = rest % kSecond; fraction != 0) {
    text += '.';
    for (std::int64_t place = kSecond / 10; fraction != 0; place /= 10) {
      text += static_cast<char>('0' + fraction / place);
      fraction %= place;
    }
  }
  return text;
}

}  // namespace candela::leap
