#include "runtime/clock_health.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <boost/asio/post.hpp>
#include <vector>

#include "base/clock.h"
#include "runtime/clock_health_system.h"

namespace candela::runtime {
namespace {

using namespace std::chrono_literals;
using testing::ElementsAre;
using testing::HasSubstr;
using testing::IsEmpty;
using Kind = ClockStatus::Kind;

constexpr UtcTime kNow = std::chrono::sys_days{2026y / 11 / 24};

/// A machine whose clock and time service the test plays.
class FakeMachine final : public ClockSource {
 public:
  ClockReading read() const override { return reading; }
  void wait(std::chrono::seconds at_most, std::function<void(bool)> done) override {
    patience = at_most;
    done_ = std::move(done);
  }
  void cancel() override { done_ = nullptr; }

  /// As much time passes as the watch was willing to wait.
  void pass() {
    clock.advance(patience);
    std::exchange(done_, nullptr)(false);
  }
  void set_clock(UtcTime utc) {
    clock.set({clock.now().mono, utc});
    std::exchange(done_, nullptr)(true);
  }
  bool is_watched() const { return static_cast<bool>(done_); }

  ClockReading reading;
  ManualClock clock;
  std::chrono::seconds patience{};

 private:
  std::function<void(bool)> done_;
};

class ClockWatchTest : public testing::Test {
 protected:
  ClockWatchTest() { machine_.clock.set({MonoTime{}, kNow}); }
  void start(std::optional<UtcTime> last_alive = {}) {
    watch_.emplace(
        machine_, [this] { return machine_.clock.now(); }, last_alive,
        [this](const ClockReported& report) { reports_.push_back(report.trusted); });
    watch_->start();
  }
  void pass(std::chrono::hours time) {
    const MonoTime end = machine_.clock.now().mono + time;
    while (machine_.clock.now().mono < end) machine_.pass();
  }
  std::vector<bool> reports() { return std::exchange(reports_, {}); }
  Kind kind() const { return watch_->status().kind; }

  FakeMachine machine_;
  std::optional<ClockWatch> watch_;
  std::vector<bool> reports_;
};

TEST_F(ClockWatchTest, ATimeServiceIsTrusted) {
  machine_.reading = {.synchronised = true, .estimated_error = 1500us};
  start(kNow + 24h);  // even when it says that we were wrong before
  EXPECT_EQ(kind(), Kind::synchronised);
  EXPECT_THAT(reports(), ElementsAre(true));
  EXPECT_THAT(watch_->status().text(), HasSubstr("1.5 ms"));
  EXPECT_EQ(watch_->status().warning(), "");
  pass(5h);
  EXPECT_THAT(reports(), IsEmpty()) << "nothing is news";
}

TEST_F(ClockWatchTest, WithoutBatteryAndServiceNobodyVouches) {
  start(kNow - 1h);
  EXPECT_EQ(kind(), Kind::unknown);
  EXPECT_THAT(reports(), ElementsAre(false));
  EXPECT_NE(watch_->status().warning(), "");
  EXPECT_LE(machine_.patience, 10s) << "the house waits";
  machine_.pass();
  EXPECT_THAT(reports(), IsEmpty());
  machine_.reading.synchronised = true;
  machine_.pass();
  EXPECT_THAT(reports(), ElementsAre(true));
  EXPECT_GE(machine_.patience, 10min);
}

TEST_F(ClockWatchTest, ABatteryIsTrustedWhenItHasNotGoneBack) {
  machine_.reading.kept_by_battery = true;
  for (const auto& [last_alive, trusted] :
       std::vector<std::pair<std::optional<UtcTime>, bool>>{{std::nullopt, true}, {kNow, true}, {kNow + 1s, false}}) {
    start(last_alive);
    EXPECT_THAT(reports(), ElementsAre(trusted));
  }
  machine_.clock.set({MonoTime{}, UtcTime{}});
  start();
  EXPECT_THAT(reports(), ElementsAre(false)) << "an empty battery: 1970";
}

TEST_F(ClockWatchTest, SettingTheClockIsTrustedAndAlwaysReported) {
  start(kNow);
  EXPECT_THAT(reports(), ElementsAre(false));
  machine_.set_clock(kNow - 1h);
  EXPECT_THAT(reports(), ElementsAre(false)) << "back to before we were last alive is no time to trust";
  machine_.set_clock(kNow + 1h);
  EXPECT_EQ(kind(), Kind::set);
  EXPECT_THAT(reports(), ElementsAre(true));
  machine_.set_clock(kNow + 5h);
  EXPECT_THAT(reports(), ElementsAre(true)) << "what is due by the new time has to be looked at";
}

TEST_F(ClockWatchTest, LosingTheServiceIsHoldoverAndStaysTrusted) {
  machine_.reading = {.synchronised = true, .correction_ppm = -5};
  start();
  pass(48h);
  reports();
  machine_.reading.synchronised = false;
  pass(1h);
  EXPECT_EQ(kind(), Kind::holdover);
  EXPECT_THAT(reports(), IsEmpty());
  EXPECT_EQ(watch_->status().warning(), "") << "a steady 5 ppm is known and corrected";
  EXPECT_THAT(watch_->status().text(), HasSubstr("no time service since 2026-11-26 00:00"));
  machine_.reading.synchronised = true;
  machine_.pass();
  EXPECT_EQ(kind(), Kind::synchronised);
}

TEST_F(ClockWatchTest, ACrystalThatWandersIsWarnedOfInHoldover) {
  machine_.reading.synchronised = true;
  start();
  for (int hour = 0; hour < 48; ++hour) {
    machine_.reading.correction_ppm = (hour % 24) * 5 / 23.0;  // by 5 ppm from night to day
    machine_.pass();
  }
  EXPECT_EQ(watch_->status().warning(), "") << "not while it is corrected";
  machine_.reading.synchronised = false;
  machine_.pass();
  EXPECT_NEAR(watch_->status().drift_seconds_per_year, 157.7, 0.1);
  EXPECT_THAT(watch_->status().warning(), HasSubstr("158 s in a year"));
}

TEST_F(ClockWatchTest, AnUnknownCrystalIsWarnedOf) {
  machine_.reading.kept_by_battery = true;
  start();
  EXPECT_THAT(watch_->status().warning(), HasSubstr("631 s in a year"));
}

TEST(DriftEstimate, ClaimIsMetBelowTwoPpm) {
  DriftEstimate drift;
  for (int hour = 0; hour < 1000; ++hour) drift.add(7 + (hour % 2 == 0 ? 0.95 : -0.95));
  EXPECT_NEAR(drift.ppm(), 1.90, 1e-9);
  EXPECT_LE(drift.seconds_per_year(), DriftEstimate::kAllowedSecondsPerYear);
}

TEST(DriftEstimate, ForgetsAfterAWeek) {
  DriftEstimate drift;
  drift.add(100);
  for (int hour = 0; hour < 7 * 24; ++hour) drift.add(1);
  EXPECT_EQ(drift.ppm(), 0);
}

TEST(DriftEstimate, ADayIsNeeded) {
  DriftEstimate drift;
  for (int hour = 0; hour < 23; ++hour) drift.add(1);
  EXPECT_EQ(drift.ppm(), DriftEstimate::kUnknownPpm);
  drift.add(1);
  EXPECT_EQ(drift.ppm(), 0);
}

TEST_F(ClockWatchTest, AnEndedWatchIsNotCalled) {
  start();
  watch_.reset();
  EXPECT_FALSE(machine_.is_watched());
}

// Of the machine's own clock only what needs no rights and no waiting.

TEST(SystemClockSource, CallsBackInTime) {
  boost::asio::io_context loop;
  SystemClockSource source(loop);
  std::vector<bool> calls;
  source.wait(0s, [&](bool was_set) { calls.push_back(was_set); });
  loop.run();
  EXPECT_THAT(calls, ElementsAre(false));
}

TEST(SystemClockSource, CancelledWaitsAreNotCalledBack) {
  boost::asio::io_context loop;
  SystemClockSource source(loop);
  source.wait(3600s, [](bool) { ADD_FAILURE(); });
  source.cancel();
  loop.run();
  source.wait(0s, [](bool) { ADD_FAILURE() << "it was due, but not told yet"; });
  boost::asio::post(loop, [&] { source.cancel(); });
  loop.restart();
  loop.run();
}

TEST(SystemClockSource, ReadsWhatTheKernelSays) {
  boost::asio::io_context loop;
  const ClockReading reading = SystemClockSource(loop).read();
  EXPECT_GE(reading.estimated_error, 0us);
  EXPECT_LE(std::abs(reading.correction_ppm), 500) << "the kernel's own limit";
}

}  // namespace
}  // namespace candela::runtime
