#pragma once

#include "base/time.h"

namespace candela {

/// What the time is. The runtime gives the machine's, tests give their own.
class Clock {
 public:
  virtual ~Clock() = default;
  virtual Now now() const = 0;
};

/// A clock that stands until somebody moves it.
class ManualClock final : public Clock {
 public:
  Now now() const override { return now_; }
  void advance(Duration by) {
    now_.mono += by;
    now_.utc += std::chrono::duration_cast<std::chrono::milliseconds>(by);
  }
  void set(Now now) { now_ = now; }

 private:
  Now now_{MonoTime{}, UtcTime{std::chrono::sys_days{std::chrono::year{2026} / 1 / 1}}};
};

}  // namespace candela
