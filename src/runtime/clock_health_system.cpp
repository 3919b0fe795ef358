#include "runtime/clock_health_system.h"

#include <sys/timerfd.h>
#include <sys/timex.h>
#include <unistd.h>

#include <cerrno>
#include <ctime>
#include <filesystem>
#include <fstream>
#include <string>
#include <system_error>
#include <utility>

namespace candela::runtime {
namespace {

/// Whether the kernel took the time at boot from a clock that goes on without power.
bool is_kept_by_battery() {
  std::error_code none;
  for (const auto& clock : std::filesystem::directory_iterator("/sys/class/rtc", none)) {
    std::ifstream file(clock.path() / "hctosys");
    int is_source = 0;
    if (file >> is_source && is_source == 1) return true;
  }
  return false;
}

/// A virtual machine begins with its host's clock, and has none of its own to read.
bool is_virtual_machine() {
  std::ifstream file("/proc/cpuinfo");
  for (std::string line; std::getline(file, line);) {
    if (line.starts_with("flags")) return line.find(" hypervisor") != std::string::npos;
  }
  return false;
}

int make_timer() {
  const int timer = timerfd_create(CLOCK_REALTIME, TFD_NONBLOCK | TFD_CLOEXEC);
  if (timer < 0) throw std::system_error(errno, std::generic_category(), "timerfd_create");
  return timer;
}

}  // namespace

SystemClockSource::SystemClockSource(boost::asio::io_context& loop) : timer_(loop, make_timer()) {}

ClockReading SystemClockSource::read() const {
  // The unit of timex::freq is 2^-16 ppm (adjtimex(2)).
  constexpr double kPpm = 65536;
  timex state{};
  const int answer = adjtimex(&state);
  ClockReading reading;
  reading.synchronised = answer >= 0 && answer != TIME_ERROR && (state.status & STA_UNSYNC) == 0;
  reading.estimated_error = std::chrono::microseconds(state.esterror);
  reading.correction_ppm = static_cast<double>(state.freq) / kPpm;
  reading.kept_by_battery = is_kept_by_battery() || is_virtual_machine();
  return reading;
}

void SystemClockSource::wait(std::chrono::seconds at_most, std::function<void(bool was_set)> done) {
  timespec now{};
  clock_gettime(CLOCK_REALTIME, &now);
  itimerspec when{};
  when.it_value.tv_sec = now.tv_sec + at_most.count();
  when.it_value.tv_nsec = now.tv_nsec;
  // The timer remembers the clock it was armed under before: a step since then is told here, and only here.
  const bool was_set = !arm(when);
  if (was_set) arm({.it_value = {.tv_sec = 1}});  // long ago
  waiting_ = std::make_shared<std::function<void(bool)>>(std::move(done));
  timer_.async_wait(boost::asio::posix::stream_descriptor::wait_read,
                    [this, was_set, waiting = std::weak_ptr(waiting_)](const boost::system::error_code& error) {
                      // A handler that is already on its way cannot be cancelled; then nobody waits any more.
                      const auto callback = waiting.lock();
                      if (!error && callback) (*callback)(was_cancelled_by_setting() || was_set);
                    });
}

void SystemClockSource::cancel() {
  waiting_.reset();
  timer_.cancel();
}

bool SystemClockSource::arm(const itimerspec& when) {
  constexpr int kFlags = TFD_TIMER_ABSTIME | TFD_TIMER_CANCEL_ON_SET;
  return timerfd_settime(timer_.native_handle(), kFlags, &when, nullptr) == 0 || errno != ECANCELED;
}

bool SystemClockSource::was_cancelled_by_setting() {
  std::uint64_t expirations = 0;
  return ::read(timer_.native_handle(), &expirations, sizeof expirations) < 0 && errno == ECANCELED;
}

}  // namespace candela::runtime
