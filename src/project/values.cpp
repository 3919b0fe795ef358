#include "project/values.h"

#include <fmt/format.h>

#include <algorithm>
#include <array>
#include <charconv>
#include <cmath>
#include <utility>

#include "base/spelling.h"

namespace candela::project {
namespace {

constexpr Duration kLongest = std::chrono::hours(24);
constexpr std::chrono::seconds kLongestOffset = std::chrono::hours(12);

struct Unit {
  std::string_view name;
  Duration length;
};
/// Longest first, because that is the order in which they are written.
constexpr std::array<Unit, 4> kUnits{{
    {"h", std::chrono::hours(1)},
    {"m", std::chrono::minutes(1)},
    {"s", std::chrono::seconds(1)},
    {"ms", std::chrono::milliseconds(1)},
}};

bool is_digit(char c) { return c >= '0' && c <= '9'; }

template <class T>
std::optional<T> convert(std::string_view text, auto... how) {
  T value{};
  const auto [end, problem] = std::from_chars(text.data(), text.data() + text.size(), value, how...);
  if (problem != std::errc() || end != text.data() + text.size()) return std::nullopt;
  return value;
}

std::optional<Duration> bounded(double seconds) {
  if (!(seconds >= 0) || seconds > to_seconds(kLongest)) return std::nullopt;
  return Duration(std::llround(seconds * static_cast<double>(Duration::period::den)));
}

std::string_view without_spaces(std::string_view text) {
  while (text.starts_with(' ')) text.remove_prefix(1);
  while (text.ends_with(' ')) text.remove_suffix(1);
  return text;
}

/// "6:30", "22:00:30"; hours below 24, minutes and seconds with two digits.
std::optional<std::chrono::seconds> parse_hours_and_minutes(std::string_view text) {
  constexpr std::array<unsigned, 3> kBelow{24, 60, 60};
  std::array<unsigned, 3> parts{};
  std::size_t count = 0;
  for (bool more = true; more; ++count) {
    const std::size_t colon = text.find(':');
    more = colon != std::string_view::npos;
    const std::string_view part = text.substr(0, colon);
    const bool has_right_length = part.size() == 2 || (count == 0 && part.size() == 1);
    if (count == parts.size() || !has_right_length || !is_digit(part.front())) return std::nullopt;
    const auto value = convert<unsigned>(part);
    if (!value || *value >= kBelow[count]) return std::nullopt;
    parts[count] = *value;
    if (more) text.remove_prefix(colon + 1);
  }
  if (count < 2) return std::nullopt;
  return std::chrono::hours(parts[0]) + std::chrono::minutes(parts[1]) + std::chrono::seconds(parts[2]);
}

/// "0:20", "1h30m". Plain numbers are refused: nobody can know whether seconds or minutes are meant.
std::optional<std::chrono::seconds> parse_offset(std::string_view text) {
  auto offset = parse_hours_and_minutes(text);
  if (!offset && !parse_number(text)) {
    if (const auto duration = parse_duration(text)) offset = std::chrono::floor<std::chrono::seconds>(*duration);
  }
  return offset && *offset <= kLongestOffset ? offset : std::nullopt;
}

}  // namespace

std::optional<Duration> parse_duration(std::string_view text) {
  if (const auto seconds = parse_number(text)) return bounded(*seconds);
  double total = 0;
  std::size_t next_unit = 0;
  while (!text.empty()) {
    const auto number_end = std::find_if(text.begin(), text.end(), [](char c) { return !is_digit(c) && c != '.'; });
    const auto unit_end = std::find_if(number_end, text.end(), is_digit);
    const auto number = parse_number(std::string_view(text.begin(), number_end));
    const std::string_view unit(number_end, unit_end);
    const auto known =
        std::find_if(kUnits.begin() + next_unit, kUnits.end(), [&](const Unit& it) { return it.name == unit; });
    if (!number || known == kUnits.end()) return std::nullopt;
    total += *number * to_seconds(known->length);
    next_unit = static_cast<std::size_t>(known - kUnits.begin()) + 1;
    text = std::string_view(unit_end, text.end());
  }
  return next_unit == 0 ? std::nullopt : bounded(total);
}

std::optional<TimeOfDay> parse_time_of_day(std::string_view text) {
  using Kind = TimeOfDay::Kind;
  constexpr std::array<std::pair<std::string_view, Kind>, 4> kEvents{
      {{"sunrise", Kind::sunrise}, {"sunset", Kind::sunset}, {"dawn", Kind::dawn}, {"dusk", Kind::dusk}}};
  for (const auto& [event, kind] : kEvents) {
    if (!text.starts_with(event)) continue;
    const std::string_view rest = without_spaces(text.substr(event.size()));
    if (rest.empty()) return TimeOfDay{kind, {}};
    const auto offset = parse_offset(without_spaces(rest.substr(1)));
    if (!offset || (rest.front() != '+' && rest.front() != '-')) return std::nullopt;
    return TimeOfDay{kind, rest.front() == '-' ? -*offset : *offset};
  }
  const auto time = parse_hours_and_minutes(text);
  return time ? std::optional(TimeOfDay{Kind::fixed, *time}) : std::nullopt;
}

std::optional<double> parse_number(std::string_view text) {
  if (text.empty() || !(is_digit(text.back()) && (is_digit(text.front()) || text.front() == '-'))) return std::nullopt;
  const auto value = convert<double>(text);
  return value && std::isfinite(*value) ? value : std::nullopt;
}

std::optional<std::int64_t> parse_whole(std::string_view text) {
  if (text.starts_with("0x") && text.size() > 2 && text[2] != '-') return convert<std::int64_t>(text.substr(2), 16);
  return convert<std::int64_t>(text);
}

bool is_id(std::string_view text) {
  const auto is_word = [](char c) { return (c >= 'a' && c <= 'z') || is_digit(c); };
  return !text.empty() && text.size() <= 64 && is_word(text.front()) &&
         std::all_of(text.begin(), text.end(), [&](char c) { return is_word(c) || c == '-' || c == '_'; });
}

bool is_ipv4(std::string_view text) {
  for (int part = 0; part < 4; ++part) {
    const std::size_t dot = part < 3 ? text.find('.') : text.size();
    if (dot == std::string_view::npos || dot == 0 || dot > 3) return false;
    const auto value = convert<unsigned>(text.substr(0, dot));
    if (!value || *value > 255) return false;
    text.remove_prefix(part < 3 ? dot + 1 : dot);
  }
  return text.empty();
}

std::optional<double> number_of(const Node& map, std::string_view key) {
  const Node* node = map.find(key);
  return node != nullptr && node->is_scalar() && !node->quoted ? parse_number(node->text) : std::nullopt;
}

std::optional<bool> flag_of(const Node& map, std::string_view key) {
  const Node* node = map.find(key);
  if (node == nullptr || !node->is_scalar() || node->quoted) return std::nullopt;
  if (node->text == "true") return true;
  if (node->text == "false") return false;
  return std::nullopt;
}

std::optional<std::int64_t> whole_of(const Node& map, std::string_view key, std::int64_t lowest, std::int64_t highest) {
  const Node* node = map.find(key);
  if (node == nullptr || !node->is_scalar() || node->quoted) return std::nullopt;
  const auto value = parse_whole(node->text);
  return value && *value >= lowest && *value <= highest ? value : std::nullopt;
}

std::string did_you_mean(std::string_view word, std::span<const std::string_view> known) {
  const std::string_view near = nearest(word, known);
  return near.empty() ? std::string() : fmt::format("did you mean '{}'?", near);
}

std::string alternatives(std::span<const std::string_view> words) {
  std::string text;
  for (std::size_t i = 0; i < words.size(); ++i) {
    if (i > 0) text += i + 1 == words.size() ? " or " : ", ";
    text += words[i];
  }
  return text;
}

}  // namespace candela::project
