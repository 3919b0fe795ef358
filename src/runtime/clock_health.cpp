#include "runtime/clock_health.h"

#include <fmt/chrono.h>
#include <fmt/core.h>

#include <algorithm>
#include <utility>

namespace candela::runtime {
namespace {

using std::chrono::hours;
using std::chrono::seconds;

constexpr double kSecondsPerYear = 365 * 24 * 3600;
constexpr double kMillion = 1e6;
/// No clock of this program can rightly be earlier: it did not exist.
constexpr UtcTime kThisProgram = std::chrono::sys_days{std::chrono::year{2026} / 1 / 1};

constexpr seconds kPatience = hours{1};
/// While the house waits for the time.
constexpr seconds kImpatience{5};

}  // namespace

void DriftEstimate::add(double correction_ppm) {
  corrections_[next_] = correction_ppm;
  next_ = (next_ + 1) % kKept;
  count_ = std::min(count_ + 1, kKept);
}

double DriftEstimate::ppm() const {
  if (!is_known()) return kUnknownPpm;
  const auto end = corrections_.begin() + static_cast<std::ptrdiff_t>(count_);
  const auto [lowest, highest] = std::minmax_element(corrections_.begin(), end);
  // The last correction may be at either end of what was seen.
  return *highest - *lowest;
}

double DriftEstimate::seconds_per_year() const { return ppm() / kMillion * kSecondsPerYear; }

std::string ClockStatus::text() const {
  switch (kind) {
    case Kind::synchronised:
      return fmt::format("synchronised, right within about {:.1f} ms",
                         std::chrono::duration<double, std::milli>(estimated_error).count());
    case Kind::holdover:
      return fmt::format("no time service since {:%Y-%m-%d %H:%M} UTC; would be wrong by up to {:.0f} s in a year",
                         fmt::gmtime(std::chrono::system_clock::to_time_t(last_synchronised.value_or(UtcTime{}))),
                         drift_seconds_per_year);
    case Kind::battery: return "from the clock with a battery; no time service";
    case Kind::set: return "set by hand; no time service";
    case Kind::unknown: break;
  }
  return "not known to be right; timeclocks wait";
}

std::string ClockStatus::warning() const {
  if (kind == Kind::unknown) return "Nobody vouches for the time: connect a time service (NTP) or set the clock.";
  if (kind == Kind::synchronised || drift_seconds_per_year <= DriftEstimate::kAllowedSecondsPerYear) return {};
  return fmt::format("Without a time service (NTP) the clock may go wrong by {:.0f} s in a year, more than {:.0f} s.",
                     drift_seconds_per_year, DriftEstimate::kAllowedSecondsPerYear);
}

ClockStatus::Kind ClockHealth::judge(const ClockReading& reading, UtcTime now, bool was_set) const {
  using Kind = ClockStatus::Kind;
  if (reading.synchronised) return Kind::synchronised;
  if (status_.kind == Kind::synchronised) return Kind::holdover;
  // Whoever sets it means it, but what a start-up script restores from a file may be as old as the file.
  const bool is_possible = now >= kThisProgram && (!last_alive_ || now >= *last_alive_);
  if (was_set && is_possible) return Kind::set;
  if (is_first_) return reading.kept_by_battery && is_possible ? Kind::battery : Kind::unknown;
  return status_.kind;
}

std::optional<ClockReported> ClockHealth::look(const ClockReading& reading, Now now, bool was_set) {
  const bool was_trusted = status_.is_trusted();
  status_.kind = judge(reading, now.utc, was_set);
  if (reading.synchronised) {
    status_.last_synchronised = now.utc;
    if (!last_added_ || now.mono - *last_added_ >= kPatience) {
      drift_.add(reading.correction_ppm);
      last_added_ = now.mono;
    }
  }
  status_.estimated_error = reading.estimated_error;
  status_.drift_seconds_per_year = drift_.seconds_per_year();
  const bool is_news = std::exchange(is_first_, false) || was_set || was_trusted != status_.is_trusted();
  if (!is_news) return std::nullopt;
  return ClockReported{status_.is_trusted()};
}

seconds ClockHealth::patience() const { return status_.is_trusted() ? kPatience : kImpatience; }

ClockWatch::ClockWatch(ClockSource& source, std::function<Now()> now, std::optional<UtcTime> last_alive, Report report)
    : source_(source), now_(std::move(now)), health_(last_alive), report_(std::move(report)) {}

void ClockWatch::look(bool was_set) {
  const std::optional<ClockReported> news = health_.look(source_.read(), now_(), was_set);
  // Waits first: a report may end this watch.
  source_.wait(health_.patience(), [this](bool set) { look(set); });
  if (news) report_(*news);
}

}  // namespace candela::runtime
