// For the property tests; defined in random_home_test.cpp so that it stays out of the library.
#pragma once

#include <cstdint>
#include <optional>
#include <tuple>
#include <vector>

#include "engine/home_builder.h"
#include "model/event.h"

namespace candela::engine {

/// Numbers from a test's generator, taken one after the other; zeros when they run out, so that a shrunk list is a
/// smaller home.
class Dice {
 public:
  explicit Dice(std::vector<std::uint32_t> rolls) : rolls_(std::move(rolls)) {}
  std::uint32_t below(std::uint32_t bound) {
    const std::uint32_t roll = next_ < rolls_.size() ? rolls_[next_++] : 0;
    return bound == 0 ? 0 : roll % bound;
  }
  bool one_in(std::uint32_t chances) { return below(chances) == chances - 1; }

 private:
  std::vector<std::uint32_t> rolls_;
  std::size_t next_ = 0;
};

/// A small home with some of everything, and two later versions of it: the first with less in it, the second programmed
/// otherwise.
std::vector<ProjectPtr> random_projects(const std::vector<std::uint32_t>& rolls);

/// An event drawn as numbers: what, on which object, how far, how long to wait before it.
using Draw = std::tuple<std::uint8_t, std::uint16_t, std::uint32_t, std::uint16_t>;

struct TimedEvent {
  Duration wait;
  Event event;
};
TimedEvent event_of(const Draw& draw, const std::vector<ProjectPtr>& projects);

}  // namespace candela::engine
