#pragma once

#include <gtest/gtest.h>

#include <optional>
#include <vector>

#include "engine/checker.h"
#include "engine/engine_fixture.h"
#include "engine/home_builder.h"
#include "engine/lights.h"

namespace candela::engine {

/// Lights alone, with a clock that the test moves. What was due by then happens at its own time.
class LightsTest : public ::testing::Test {
 protected:
  /// A zone whose settings the test may change before begin().
  Zone& add(LoadType load) {
    home_.add_zone(home_.home(), load);
    return home_.project().zones.back();
  }
  void begin(const SavedState& remembered = {}) {
    lights_.emplace(home_.build());
    tell([&](const Moment& why, Changes& changes) { lights_->restore(remembered, why, changes); });
  }
  std::vector<Change> activate() {
    Lights next(home_.build());
    auto changes = tell([&](const Moment& why, Changes& into) { next.carry_over(*lights_, why, into); });
    lights_.emplace(std::move(next));
    return changes;
  }

  /// What came of it.
  template <class Action>
  std::vector<Change> tell(const Action& action) {
    changes_.begin();
    action(Moment{clock_.now(), {}}, changes_);
    lights_->settle(changes_);
    EXPECT_EQ(inconsistency(*lights_), "");
    return told();
  }
  std::vector<Change> told() const { return {changes_.all().begin(), changes_.all().end()}; }
  std::vector<Change> wait(Duration time) {
    const Now end{clock_.now().mono + time, clock_.now().utc + std::chrono::duration_cast<UtcTime::duration>(time)};
    std::vector<Change> all;
    for (auto due = lights_->next_due(); due && *due <= end.mono; due = lights_->next_due()) {
      clock_.advance(*due - clock_.now().mono);
      const auto now = tell([&](const Moment& why, Changes& changes) { lights_->fire(why.at, changes); });
      all.insert(all.end(), now.begin(), now.end());
    }
    clock_.set(end);
    return all;
  }

  std::vector<Change> set(Slot zone, double level, Duration fade = 0s, Duration delay = 0s) {
    return tell(
        [&](const Moment& why, Changes& into) { lights_->command(zone, percent(level), fade, delay, why, into); });
  }
  std::vector<Change> report(Slot zone, double level) {
    return tell([&](const Moment& why, Changes& into) { lights_->report(zone, percent(level), why, into); });
  }
  std::vector<Change> ramp(Slot zone, bool raise) {
    return tell([&](const Moment& why, Changes& into) { lights_->ramp(zone, raise, ButtonId{}, why, into); });
  }
  std::vector<Change> stop(Slot zone) {
    return tell([&](const Moment& why, Changes& into) { lights_->stop(zone, why, into); });
  }
  std::vector<Change> tilt(Slot zone, double tilt) {
    return tell([&](const Moment& why, Changes& into) { lights_->tilt(zone, percent(tilt), why, into); });
  }
  std::vector<Change> colour(Slot zone, const Colour& colour, Duration fade = 0s) {
    return tell([&](const Moment& why, Changes& into) { lights_->set_colour(zone, colour, fade, why, into); });
  }
  std::vector<Change> emergency(bool emergency) {
    return tell([&](const Moment& why, Changes& into) { lights_->set_emergency(emergency, why, into); });
  }
  std::vector<Change> shed(std::uint8_t percent) {
    return tell([&](const Moment& why, Changes& into) { lights_->shed(percent, why, into); });
  }

  /// In percent: where it is, and where it is going.
  double reads(Slot zone) const { return lights_->zone(zone).fade.at(clock_.now().mono).percent(); }
  double target(Slot zone) const { return lights_->zone(zone).fade.to.percent(); }

  static CauseStep last_step(const Change& change) { return change.cause.steps[change.cause.step_count - 1U]; }

  HomeBuilder home_;
  ManualClock clock_;
  std::optional<Lights> lights_;
  Changes changes_;
};

}  // namespace candela::engine
