#include "rehearsal/words.h"

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
  const auto measure = take_measure();
  if (!measure) return std::nullopt;
  if (measure->unit == "ms") return from_seconds(measure->number / 1000);
  if (measure->unit == "s") return from_seconds(measure->number);
  if (measure->unit == "m") return from_seconds(measure->number * 60);
  if (measure->unit == "h") return from_seconds(measure->number * 3600);
  return std::nullopt;
}

std::optional<Level> Words::take_level() {
  const auto measure = take_measure();
  if (!measure || measure->unit != "%") return std::nullopt;
  return Level::from_percent(measure->number);
}

std::string Words::rest() const {
  std::string rest;
  for (std::size_t i = next_; i < words_.size(); ++i) rest.append(rest.empty() ? "" : " ").append(words_[i]);
  return rest;
}

}  // namespace candela::rehearsal
