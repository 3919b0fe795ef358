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
  std::optional<Duration> take_time();
  std::optional<Level> take_level();
  /// What has not been taken.
  std::string rest() const;

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
