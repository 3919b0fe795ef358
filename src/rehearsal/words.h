#pragma once

#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "base/level.h"
#include "base/time.h"

namespace candela::rehearsal {

/// The words of a line, taken one after the other. A number and its unit may be written together or apart.
class Words {
 public:
  explicit Words(std::string_view line);

  bool done() const { return next_ == words_.size(); }
  /// The next word; empty when there is none.
  std::string take();
  /// Takes the next word if it is this one.
  bool take_if(std::string_view word);
  /// "500 ms", "3 s", "1.5 m", "2 h", "1 day"; 0 to a hundred years.
  std::optional<Duration> take_time();
  /// "40 %", 0 to 100.
  std::optional<Level> take_level();
  /// What has not been taken.
  std::string rest() const;
  /// How many were taken; go_to() takes up from there again.
  std::size_t position() const { return next_; }
  void go_to(std::size_t position) { next_ = position; }
  /// A number without a unit, or with exactly this one.
  std::optional<double> take_number(std::string_view unit = {});

 private:
  struct Measure {
    double number = 0;
    std::string unit;
  };
  std::optional<Measure> take_measure();

  std::vector<std::string> words_;
  std::size_t next_ = 0;
};

}  // namespace candela::rehearsal
