#pragma once

#include <array>
#include <chrono>
#include <cstdint>
#include <functional>
#include <optional>
#include <string>

#include "base/time.h"
#include "model/event.h"

namespace candela::runtime {

/// What the system says about its clock (adjtimex(2), /sys/class/rtc).
struct ClockReading {
  bool synchronised = false;                    ///< a time service keeps it right
  std::chrono::microseconds estimated_error{};  ///< by the time service; means little when not synchronised
  double correction_ppm = 0;                    ///< of the crystal's rate, as learned by the time service
  bool kept_by_battery = false;  ///< it was set at boot from a clock that goes on without power, or by the host
};

/// The system's clock as ClockWatch needs it. Tests give their own.
class ClockSource {
 public:
  virtual ~ClockSource() = default;
  virtual ClockReading read() const = 0;
  /// Calls back once: when the clock is set to another time (was_set), or at the latest after `at_most`.
  virtual void wait(std::chrono::seconds at_most, std::function<void(bool was_set)> done) = 0;
  /// The callback is not called any more.
  virtual void cancel() = 0;
};

/// How wrong the clock may go while no time service corrects it. The kernel goes on with the last correction of the
/// crystal's rate, so what is left is by how much that correction has been changing.
class DriftEstimate {
 public:
  /// The claim of the seed: one minute a year (reference/system.md §8, S-46), which is 1.90 ppm.
  static constexpr double kAllowedSecondsPerYear = 60;
  /// Of a crystal whose correction nobody knows. (Assumed: what data sheets of common crystals promise.)
  static constexpr double kUnknownPpm = 20;

  /// Adds a correction that a time service has found. To be called at most once an hour.
  void add(double correction_ppm);
  /// Within a day of corrections nothing is known yet.
  bool is_known() const { return count_ >= kEnough; }
  double ppm() const;
  double seconds_per_year() const;

 private:
  static constexpr std::size_t kKept = 7 * 24;
  static constexpr std::size_t kEnough = 24;

  std::array<double, kKept> corrections_{};  ///< a ring
  std::size_t next_ = 0;
  std::size_t count_ = 0;
};

struct ClockStatus {
  enum class Kind : std::uint8_t {
    synchronised,  ///< a time service keeps it right
    holdover,      ///< one has, and is not reached any more
    battery,       ///< a clock with a battery had the time at boot
    set,           ///< somebody set it
    unknown,       ///< nobody vouches for it: timeclocks wait, unless the project says otherwise
  };
  Kind kind = Kind::unknown;
  std::chrono::microseconds estimated_error{};  ///< when synchronised
  double drift_seconds_per_year = 0;            ///< what it would go wrong in a year from now without a time service
  std::optional<UtcTime> last_synchronised;     ///< since this program runs

  bool is_trusted() const { return kind != Kind::unknown; }
  /// One line for people.
  std::string text() const;
  /// What somebody should do something about; empty = nothing.
  std::string warning() const;
};

/// Judges the machine's clock. A plain state machine.
class ClockHealth {
 public:
  /// `last_alive` as remembered: a clock that begins earlier is wrong.
  explicit ClockHealth(std::optional<UtcTime> last_alive) : last_alive_(last_alive) {}

  /// Takes in a reading. Returns what to tell the engine: at the first reading, when trust changes, and whenever the
  /// clock was set.
  std::optional<ClockReported> look(const ClockReading& reading, Now now, bool was_set);
  const ClockStatus& status() const { return status_; }
  /// How long the next reading can wait: gaining synchronisation without a step is told by nobody.
  std::chrono::seconds patience() const;

 private:
  ClockStatus::Kind judge(const ClockReading& reading, UtcTime now, bool was_set) const;

  std::optional<UtcTime> last_alive_;
  bool is_first_ = true;
  ClockStatus status_;
  DriftEstimate drift_;
  std::optional<MonoTime> last_added_;  ///< to drift_
};

/// Follows the machine's clock and reports what the engine has to know. Nothing is polled for steps of the clock: the
/// system tells them.
class ClockWatch {
 public:
  using Report = std::function<void(const ClockReported&)>;

  /// REQUIRES: the source and what `now` and `report` use outlive it; all of it is on one thread.
  ClockWatch(ClockSource& source, std::function<Now()> now, std::optional<UtcTime> last_alive, Report report);
  ~ClockWatch() { source_.cancel(); }
  ClockWatch(const ClockWatch&) = delete;
  ClockWatch& operator=(const ClockWatch&) = delete;

  /// Reports at once, and then whenever there is something to report.
  void start() { look(false); }
  const ClockStatus& status() const { return health_.status(); }

 private:
  void look(bool was_set);

  ClockSource& source_;
  std::function<Now()> now_;
  ClockHealth health_;
  Report report_;
};

}  // namespace candela::runtime
