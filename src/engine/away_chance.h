#pragma once

#include <chrono>
#include <cstdint>

#include "base/ids.h"

namespace candela::engine {

/// Chance that is the same for the same seed, on every machine: SplitMix64 (G. L. Steele, D. Lea, C. H. Flood: "Fast
/// splittable pseudorandom number generators", OOPSLA 2014). The standard library's distributions differ between
/// libraries, so numbers are taken from it by plain remainders; that some are a hair likelier harms nobody here.
class Chance {
 public:
  /// The chance of one zone on one day: what other zones there are has no part in it.
  Chance(std::uint32_t seed, std::int32_t date, ZoneId zone)
      : state_(mixed((std::uint64_t{seed} << kHalf | zone.value) ^
                     mixed(static_cast<std::uint64_t>(static_cast<std::int64_t>(date))))) {}

  std::uint64_t next() { return mixed(state_ += kGoldenGamma); }
  /// 0 to under `count`. REQUIRES: count > 0.
  std::uint32_t below(std::uint32_t count) { return static_cast<std::uint32_t>(next() % count); }
  std::chrono::seconds between(std::chrono::seconds least, std::chrono::seconds most) {
    return least + std::chrono::seconds(below(static_cast<std::uint32_t>((most - least).count()) + 1));
  }

 private:
  static constexpr unsigned kHalf = 32;
  static constexpr std::uint64_t kGoldenGamma = 0x9E3779B97F4A7C15;

  static constexpr std::uint64_t mixed(std::uint64_t z) {
    z = (z ^ (z >> 30U)) * 0xBF58476D1CE4E5B9;
    z = (z ^ (z >> 27U)) * 0x94D049BB133111EB;
    return z ^ (z >> 31U);
  }

  std::uint64_t state_;
};

}  // namespace candela::engine
