#pragma once

#include <algorithm>
#include <cstdint>
#include <random>

#include "base/time.h"

namespace candela::servers::mqtt {

/// How long to wait before the next attempt: about 1, 2, 4, ... 60 s, each spread by chance over its upper half, so
/// that many processors do not come all at once to a broker that returns.
class Backoff {
 public:
  static constexpr Duration kFirst = std::chrono::seconds(1);
  static constexpr Duration kLongest = std::chrono::seconds(60);

  explicit Backoff(std::uint32_t seed) : chance_(seed) {}

  Duration next() {
    std::uniform_int_distribution<Duration::rep> spread(most_.count() / 2, most_.count());
    const Duration wait{spread(chance_)};
    most_ = std::min(most_ * 2, kLongest);
    return wait;
  }
  /// It went well: the next failure begins anew.
  void reset() { most_ = kFirst; }

 private:
  std::minstd_rand chance_;
  Duration most_ = kFirst;
};

}  // namespace candela::servers::mqtt
