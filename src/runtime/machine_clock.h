#pragma once

#include "base/clock.h"

namespace candela::runtime {

/// The machine's own clocks; the only place that reads them.
class MachineClock final : public Clock {
 public:
  Now now() const override {
    const auto since_boot = std::chrono::steady_clock::now().time_since_epoch();
    return {MonoTime(std::chrono::duration_cast<Duration>(since_boot)),
            std::chrono::time_point_cast<std::chrono::milliseconds>(std::chrono::system_clock::now())};
  }
};

}  // namespace candela::runtime
