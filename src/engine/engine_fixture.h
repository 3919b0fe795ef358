#pragma once

#include <gtest/gtest.h>

#include <chrono>
#include <utility>
#include <vector>

#include "base/clock.h"
#include "engine/engine.h"
#include "engine/home_builder.h"
#include "engine/zones.h"
#include "model/view.h"

namespace candela::engine {

using namespace std::chrono_literals;

inline Level percent(double value) { return Level::from_percent(value); }

/// An engine with a clock that the test moves and a view that follows what the engine tells.
class EngineTest : public ::testing::Test {
 protected:
  void begin(SavedState remembered = {}) {
    engine_ = Engine(std::move(remembered));
    send(ActivateProject{home_.build()});
  }

  template <class What>
  std::vector<Change> send(What what, Source source = {}) {
    const auto changes = engine_.on(Event{source, std::move(what)}, clock_.now());
    view_.apply(changes);
    EXPECT_EQ(engine_.inconsistency(), "");
    return {changes.begin(), changes.end()};
  }
  /// Lets time pass, with a wake at the end of it.
  std::vector<Change> wait(Duration time) {
    clock_.advance(time);
    return send(TimePassed{});
  }

  void press(ButtonId button) { send(ButtonMoved{button, ButtonMove::press}); }
  void release(ButtonId button) { send(ButtonMoved{button, ButtonMove::release}); }
  void set(ZoneId zone, double level, Duration fade = 0s) { send(SetZone{zone, percent(level), fade, {}}); }

  Level level(ZoneId zone) const { return engine_.level(zone, clock_.now().mono); }
  /// In percent, as people read it.
  double reads(ZoneId zone) const { return level(zone).percent(); }
  bool lit(ButtonId button) const { return engine_.led(HomeBuilder::led_of(button)) == LedState::on; }

  HomeBuilder home_;
  ManualClock clock_;
  Engine engine_;
  View view_;
};

/// The changes of one kind.
template <class What>
std::vector<What> only(const std::vector<Change>& changes) {
  std::vector<What> chosen;
  for (const Change& change : changes) {
    if (const auto* what = std::get_if<What>(&change.what)) chosen.push_back(*what);
  }
  return chosen;
}

inline std::vector<CauseStep> steps_of(const Change& change) {
  return {change.cause.steps.begin(), change.cause.steps.begin() + change.cause.step_count};
}

}  // namespace candela::engine
