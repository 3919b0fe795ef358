#pragma once

#include <boost/asio/io_context.hpp>
#include <boost/asio/posix/stream_descriptor.hpp>
#include <ctime>
#include <memory>

#include "runtime/clock_health.h"

namespace candela::runtime {

/// The clock of this machine. Reading needs no rights.
class SystemClockSource final : public ClockSource {
 public:
  /// REQUIRES: the loop outlives it; it is used on the loop's thread. Throws std::system_error when the system has no
  /// timer left.
  explicit SystemClockSource(boost::asio::io_context& loop);

  ClockReading read() const override;
  void wait(std::chrono::seconds at_most, std::function<void(bool was_set)> done) override;
  void cancel() override;

 private:
  /// False when the clock was set since it was armed before; it is armed all the same.
  bool arm(const itimerspec& when);
  /// True when the timer ended because the clock was set.
  bool was_cancelled_by_setting();

  boost::asio::posix::stream_descriptor timer_;  ///< a timerfd
  std::shared_ptr<std::function<void(bool)>> waiting_;
};

}  // namespace candela::runtime
