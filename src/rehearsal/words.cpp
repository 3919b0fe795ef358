#include "rehearsal/words.h"

#include <algorithm>
#include <array>
#include <charconv>
#include <sstream>

namespace candela::rehearsal {

Words::Words(std::string_view line) {
  std::istringstream stream{std::string(line)};
  for (std::string word; stream >> word;) words_.push_back(word);
}

std::string Words::take() { return done() ? std::string() : words_[next_++]; }

bool Words::take_if(std::string_view word) {
  if (done() || words_[next_] != word) return false;
  ++next_;
  return true;
}

std::optional<Words::Measure> Words::take_measure() {
  const std::string word = take();
  Measure measure;
  const auto [end, problem] = std::from_chars(word.data(), word.data() + word.size(), measure.number);
  if (problem != std::errc()) return std::nullopt;
  measure.unit.assign(end, word.data() + word.size());
  if (measure.unit.empty()) measure.unit = take();
  return measure;
}

std::optional<Duration> Words::take_time() {
  constexpr double kMaxSeconds = 100.0 * 366 * 24 * 3600;
  struct Unit {
    double seconds;
    std::array<std::string_view, 5> names;
  };
  constexpr std::array<Unit, 5> kUnits{Unit{0.001, {"ms"}},
                                       {1, {"s", "sec", "second", "seconds"}},
                                       {60, {"m", "min", "minute", "minutes"}},
                                       {3600, {"h", "hour", "hours"}},
                                       {86400, {"d", "day", "days"}}};
  const auto measure = take_measure();
  if (!measure || measure->unit.empty()) return std::nullopt;
  for (const Unit& unit : kUnits) {
    if (std::find(unit.names.begin(), unit.names.end(), measure->unit) == unit.names.end()) continue;
    const double seconds = measure->number * unit.seconds;
    if (!(seconds >= 0 && seconds <= kMaxSeconds)) return std::nullopt;
    return from_seconds(seconds);
  }
  return std::nullopt;
}

std::optional<Level> Words::take_level() {
  const auto measure = take_measure();
  const bool is_level = measure && measure->unit == "%" && measure->number >= 0 && measure->number <= 100;
  if (!is_level) return std::nullopt;
  return Level::from_percent(measure->number);
}

std::optional<double> Words::take_number(std::string_view unit) {
  if (unit.empty()) {
    double number = 0;
    const std::string word = take();
    const auto [end, problem] = std::from_chars(word.data(), word.data() + word.size(), number);
    if (problem != std::errc() || end != word.data() + word.size()) return std::nullopt;
    return number;
  }
  const auto measure = take_measure();
  if (!measure || measure->unit != unit) return std::nullopt;
  return measure->number;
}

std::string Words::rest() const {
  std::string rest;
  for (std::size_t i = next_; i < words_.size(); ++i) rest.append(rest.empty() ? "" : " ").append(words_[i]);
  return rest;
}

}  // namespace candela::rehearsal
