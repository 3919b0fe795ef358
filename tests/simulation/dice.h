#pragma once

#include <cstdint>
#include <vector>

#include "base/level.h"
#include "base/time.h"

namespace candela::simulation {

/// Chance that is the same on every machine: SplitMix64, as its author put it in the public domain.
class Dice {
 public:
  explicit Dice(std::uint64_t seed) : state_(seed) {}

  std::uint64_t roll() {
    state_ += 0x9E3779B97F4A7C15;
    std::uint64_t z = state_;
    z = (z ^ (z >> 30)) * 0xBF58476D1CE4E5B9;
    z = (z ^ (z >> 27)) * 0x94D049BB133111EB;
    return z ^ (z >> 31);
  }
  /// 0 to bound - 1. REQUIRES: bound > 0.
  std::uint32_t below(std::uint64_t bound) { return static_cast<std::uint32_t>(roll() % bound); }
  std::uint32_t between(std::uint32_t low, std::uint32_t high) { return low + below(high - low + 1); }
  bool one_in(std::uint32_t chances) { return below(chances) == 0; }

  template <class T>
  const T& one_of(const std::vector<T>& list) {
    return list[below(list.size())];
  }
  template <class Enum>
  Enum any(std::uint32_t count) {
    return static_cast<Enum>(below(count));
  }

  /// The ends often, as that is where things go wrong.
  Level level() {
    switch (below(6)) {
      case 0: return Level::off();
      case 1: return Level::full();
      case 2: return Level::from_percent(25.0 * below(5));
      default: return Level::from_raw(below(Level::kFullRaw + 1U));
    }
  }
  /// None, short, long, and now and then longer than allowed.
  Duration time() {
    switch (below(8)) {
      case 0:
      case 1: return Duration::zero();
      case 2: return std::chrono::milliseconds(below(900));
      case 3: return std::chrono::minutes(below(90));
      case 4: return one_in(20) ? std::chrono::hours(below(60)) : std::chrono::seconds(below(20));
      default: return std::chrono::seconds(below(10));
    }
  }
  Duration from_to(Duration low, Duration high) {
    return low + Duration(static_cast<Duration::rep>(roll() % static_cast<std::uint64_t>((high - low).count() + 1)));
  }

 private:
  std::uint64_t state_;
};

}  // namespace candela::simulation
