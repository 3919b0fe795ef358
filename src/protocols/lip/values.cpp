#include "protocols/lip/values.h"

#include <fmt/format.h>

#include <algorithm>
#include <array>
#include <charconv>
#include <iterator>
#include <limits>

namespace candela::lip {
namespace {

constexpr std::size_t kWholeDigits = 9;
constexpr std::size_t kFractionDigits = 6;
/// Hours, minutes or seconds; more is beyond every limit, and would not fit.
constexpr std::uint32_t kPartMax = 1'000'000;

bool all_digits(std::string_view text) {
  return !text.empty() && std::all_of(text.begin(), text.end(), [](char c) { return c >= '0' && c <= '9'; });
}

/// The digits after the point as millionths.
std::int64_t millionths(std::string_view digits) {
  std::int64_t value = 0;
  for (std::size_t i = 0; i < kFractionDigits; ++i) value = value * 10 + (i < digits.size() ? digits[i] - '0' : 0);
  return value;
}

std::optional<Duration> parse_seconds(std::string_view text) {
  const std::size_t point = text.find('.');
  const std::string_view whole = text.substr(0, point);
  const auto seconds = parse_whole(whole);
  if (!seconds) return std::nullopt;
  Duration result = std::chrono::seconds(std::min(*seconds, kPartMax));
  if (point == std::string_view::npos) return result;
  const std::string_view fraction = text.substr(point + 1);
  if (!all_digits(fraction) || fraction.size() > kFractionDigits) return std::nullopt;
  return result + Duration(millionths(fraction));
}

}  // namespace

std::optional<std::uint32_t> parse_whole(std::string_view text) {
  if (!all_digits(text)) return std::nullopt;
  std::uint32_t number = 0;
  const auto read = std::from_chars(text.data(), text.data() + text.size(), number);
  return read.ec == std::errc() ? number : std::numeric_limits<std::uint32_t>::max();
}

std::optional<double> parse_decimal(std::string_view text) {
  const bool negative = text.starts_with('-');
  if (negative) text.remove_prefix(1);
  const std::size_t point = text.find('.');
  const std::string_view whole = text.substr(0, point);
  const std::string_view fraction = point == std::string_view::npos ? std::string_view() : text.substr(point + 1);
  const bool good = (whole.empty() || all_digits(whole)) && (fraction.empty() || all_digits(fraction));
  if (!good || whole.size() > kWholeDigits || (whole.empty() && fraction.empty())) return std::nullopt;
  const double value = parse_whole(whole).value_or(0) + static_cast<double>(millionths(fraction)) / 1e6;
  return negative ? -value : value;
}

std::optional<Duration> parse_duration(std::string_view text) {
  constexpr std::size_t kPartsMax = 3;
  std::array<std::string_view, kPartsMax> parts;
  std::size_t count = 0;
  while (true) {
    if (count == kPartsMax) return std::nullopt;
    const std::size_t colon = text.find(':');
    parts[count++] = text.substr(0, colon);
    if (colon == std::string_view::npos) break;
    text.remove_prefix(colon + 1);
  }
  const auto seconds = parse_seconds(parts[count - 1]);
  if (!seconds) return std::nullopt;
  Duration result = *seconds;
  std::chrono::seconds unit = std::chrono::minutes(1);
  for (std::size_t i = count - 1; i-- > 0; unit *= 60) {
    const auto value = parse_whole(parts[i]);
    if (!value) return std::nullopt;
    result += std::min(*value, kPartMax) * unit;
  }
  return result;
}

void append_level(std::string& out, Level level) { fmt::format_to(std::back_inserter(out), "{:.2f}", level.percent()); }

}  // namespace candela::lip
