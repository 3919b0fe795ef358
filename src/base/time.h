#pragma once

#include <chrono>

namespace candela {

using Duration = std::chrono::microseconds;

/// Time that only moves forward: fades, delays, timers. It has no now(): the runtime reads the machine's clock and
/// passes the time in, so everything else runs the same on virtual time.
struct MonotonicClock {
  using duration = Duration;
  using rep = duration::rep;
  using period = duration::period;
  using time_point = std::chrono::time_point<MonotonicClock, duration>;
  static constexpr bool is_steady = true;
};
using MonoTime = MonotonicClock::time_point;

/// Calendar time, for logs and the history. It may jump.
using UtcTime = std::chrono::sys_time<std::chrono::milliseconds>;

/// One moment on both clocks.
struct Now {
  MonoTime mono;
  UtcTime utc;

  friend bool operator==(const Now&, const Now&) = default;
};

inline Duration from_seconds(double seconds) {
  return std::chrono::duration_cast<Duration>(std::chrono::duration<double>(seconds));
}
inline double to_seconds(Duration duration) { return std::chrono::duration<double>(duration).count(); }

}  // namespace candela
