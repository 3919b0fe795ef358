// What each kind of load does with what is asked of it.
#include <gtest/gtest.h>
#include <rapidcheck/gtest.h>

#include "engine/lights_fixture.h"

namespace candela::engine {
namespace {

using Kind = CauseStep::Kind;

TEST(Reachable, IsWhatEachLoadCanDo) {
  struct Row {
    LoadType load;
    double asked;
    double reached;
  };
  for (const auto& [load, asked, reached] : {
           Row{LoadType::dimmed, 33, 33},
           Row{LoadType::switched, 33, 100},
           Row{LoadType::switched, 0, 0},
           Row{LoadType::fan, 0, 0},
           Row{LoadType::fan, 1, 25},
           Row{LoadType::fan, 37, 25},
           Row{LoadType::fan, 38, 50},
           Row{LoadType::fan, 62, 50},
           Row{LoadType::fan, 75, 75},
           Row{LoadType::fan, 88, 100},
           Row{LoadType::fan, 100, 100},
           Row{LoadType::shade, 33, 33},
           Row{LoadType::tilting_shade, 33, 33},
           Row{LoadType::contact, 1, 100},
           Row{LoadType::pulsed_contact, 1, 100},
           Row{LoadType::white_tuning, 33, 33},
           Row{LoadType::spectrum, 33, 33},
           Row{LoadType::warm_dim, 33, 33},
           Row{LoadType::climate, 33, 0},
       }) {
    EXPECT_EQ(reachable(load, percent(asked)), percent(reached)) << static_cast<int>(load) << " at " << asked;
  }
}

RC_GTEST_PROP(Reachable, WhatIsReachedStaysAndOnIsOn, (std::uint8_t kind, std::uint16_t raw)) {
  const auto load = static_cast<LoadType>(kind % 11);
  const Level level = Level::from_raw(raw);
  const Level reached = reachable(load, level);
  RC_ASSERT(reachable(load, reached) == reached);
  if (load != LoadType::climate) RC_ASSERT(reached.is_on() == level.is_on());
}

using Fans = LightsTest;

TEST_F(Fans, GoToTheNearestStepAtOnce) {
  add(LoadType::fan);
  begin();
  set(0, 60, 5s);
  EXPECT_EQ(reads(0), 50);
  EXPECT_TRUE(ramp(0, true).empty());
}

class Shades : public LightsTest {
 protected:
  void begin_with(Duration travel) {
    add(LoadType::shade).travel = travel;
    begin();
  }
};

TEST_F(Shades, TakeTheirPartOfTheTravelWhateverWasAsked) {
  begin_with(20s);
  const auto told = only<ZoneTargeted>(set(0, 50, 1s));
  ASSERT_EQ(told.size(), 1u);
  EXPECT_NEAR(to_seconds(told[0].fade.duration), 10, 0.001);
  wait(5s);
  EXPECT_NEAR(reads(0), 25, 0.01);
}

TEST_F(Shades, TurnRoundWhereTheyAre) {
  begin_with(20s);
  set(0, 100);
  wait(5s);
  const auto told = only<ZoneTargeted>(set(0, 0));
  EXPECT_NEAR(told[0].fade.from.percent(), 25, 0.01);
  EXPECT_NEAR(to_seconds(told[0].fade.duration), 5, 0.001);
}

TEST_F(Shades, StopWhereTheyAre) {
  begin_with(20s);
  set(0, 100);
  wait(5s);
  EXPECT_EQ(stop(0).size(), 1u);
  wait(60s);
  EXPECT_NEAR(reads(0), 25, 0.01);
  EXPECT_TRUE(stop(0).empty());
}

TEST_F(Shades, RampAtTheirTravelToBothEnds) {
  begin_with(20s);
  auto told = only<ZoneTargeted>(ramp(0, true));
  EXPECT_EQ(told[0].fade.duration, 20s);
  wait(20s);
  told = only<ZoneTargeted>(ramp(0, false));
  EXPECT_EQ(told[0].fade.to, Level::off());
  wait(20s);
  EXPECT_TRUE(ramp(0, false).empty());
}

class Drives : public Shades {
 protected:
  Drives() {
    add(LoadType::shade);
    begin();
    report(0, 0);
    wait(60s);
    set(0, 100);
  }
};

TEST_F(Drives, KeepTheTargetWhileTheyTellTheirWay) {
  EXPECT_EQ(target(0), 100);
  wait(1s);
  EXPECT_TRUE(report(0, 0).empty()) << "not yet moving";
  for (const double place : {10, 40, 80, 100}) {
    wait(5s);
    EXPECT_TRUE(report(0, place).empty()) << place;
  }
  EXPECT_EQ(target(0), 100);
}

TEST_F(Drives, AreBelievedWhenTheyStand) {
  wait(5s);
  report(0, 40);
  wait(5s);
  const auto told = only<ZoneTargeted>(report(0, 40));
  ASSERT_EQ(told.size(), 1u);
  EXPECT_TRUE(told[0].reported);
  EXPECT_EQ(target(0), 40);
}

TEST_F(Drives, AreBelievedWhenTheyNeverBegan) {
  wait(6s);
  EXPECT_EQ(report(0, 0).size(), 1u);
}

TEST_F(Drives, AreBelievedWhenTheyTurnAway) {
  wait(5s);
  report(0, 40);
  wait(2s);
  EXPECT_EQ(report(0, 30).size(), 1u);
  EXPECT_EQ(target(0), 30);
}

TEST_F(Drives, StopWhereTheySaidTheyWere) {
  wait(5s);
  report(0, 40);
  stop(0);
  EXPECT_EQ(target(0), 40);
}

/// Every state of a pulsed contact and everything that can happen to it.
TEST(PulsedContact, DoesThisInEveryState) {
  enum class State { open, closed };
  enum class Event { close, open, stop, reported_closed, reported_open, half_the_pulse, the_whole_pulse };
  struct Row {
    State state;
    Event event;
    double level;
    std::optional<Duration> due;  ///< of its opening, from the event
  };
  class Contact : public LightsTest {
   public:
    void TestBody() override {}
    explicit Contact(State state) {
      add(LoadType::pulsed_contact).pulse = 2s;
      begin();
      if (state == State::closed) set(0, 100);
    }
    void happens(Event event) {
      switch (event) {
        case Event::close: set(0, 40, 5s); break;
        case Event::open: set(0, 0); break;
        case Event::stop: stop(0); break;
        case Event::reported_closed: report(0, 100); break;
        case Event::reported_open: report(0, 0); break;
        case Event::half_the_pulse: wait(1s); break;
        case Event::the_whole_pulse: wait(2s); break;
      }
    }
    double level() const { return reads(0); }
    std::optional<Duration> due() const {
      if (!lights_->next_due()) return std::nullopt;
      return *lights_->next_due() - clock_.now().mono;
    }
  };
  for (const auto& [state, event, level, due] : {
           Row{State::open, Event::close, 100, 2s},
           Row{State::open, Event::open, 0, {}},
           Row{State::open, Event::stop, 0, {}},
           Row{State::open, Event::reported_open, 0, {}},
           Row{State::open, Event::half_the_pulse, 0, {}},
           Row{State::open, Event::the_whole_pulse, 0, {}},
           Row{State::closed, Event::close, 100, 2s},
           Row{State::closed, Event::open, 0, {}},
           Row{State::closed, Event::stop, 100, 2s},
           Row{State::closed, Event::reported_closed, 100, 2s},
           Row{State::closed, Event::half_the_pulse, 100, 1s},
           Row{State::closed, Event::the_whole_pulse, 0, {}},
       }) {
    Contact contact(state);
    contact.happens(event);
    EXPECT_EQ(contact.level(), level) << static_cast<int>(state) << ", " << static_cast<int>(event);
    EXPECT_EQ(contact.due(), due) << static_cast<int>(state) << ", " << static_cast<int>(event);
  }
}

using Pulses = LightsTest;

TEST_F(Pulses, SayWhyTheyEnd) {
  add(LoadType::pulsed_contact).pulse = 2s;
  begin();
  set(0, 100, 0s, 3s);
  const auto told = wait(10s);
  ASSERT_EQ(only<ZoneTargeted>(told).size(), 2u);
  EXPECT_EQ(last_step(told.back()).kind, Kind::pulse_ended);
}

TEST_F(Pulses, EndUnderANewProject) {
  add(LoadType::pulsed_contact).pulse = 2s;
  begin();
  set(0, 100);
  activate();
  EXPECT_EQ(only<ZoneTargeted>(wait(2s)).size(), 1u);
  EXPECT_EQ(reads(0), 0);
}

TEST_F(Pulses, AreNotRestored) {
  const Zone& zone = add(LoadType::pulsed_contact);
  begin({.zones = {{zone.number, percent(0), percent(100), clock_.now().utc, 0s}}});
  EXPECT_EQ(reads(0), 0);
}

class MinimumOn : public LightsTest {
 protected:
  void begin_on() {
    add(LoadType::dimmed).minimum_on = 60s;
    begin();
    set(0, 80);
    wait(10s);
  }
};

TEST_F(MinimumOn, AnOffCommandWaitsUntilTheTimeIsOver) {
  begin_on();
  EXPECT_TRUE(set(0, 0, 4s).empty());
  EXPECT_EQ(reads(0), 80);
  const auto told = wait(50s);
  ASSERT_EQ(only<ZoneTargeted>(told).size(), 1u);
  EXPECT_EQ(only<ZoneTargeted>(told)[0].fade.duration, 4s);
  EXPECT_EQ(last_step(told[0]).kind, Kind::minimum_on_over);
}

TEST_F(MinimumOn, ANewerCommandTakesThePlaceOfTheOneThatWaits) {
  begin_on();
  set(0, 0);
  set(0, 30);
  EXPECT_TRUE(wait(100s).empty());
  EXPECT_EQ(reads(0), 30);
}

TEST_F(MinimumOn, IsCountedFromTheBeginNotFromEachLevel) {
  begin_on();
  set(0, 30);
  wait(50s);
  EXPECT_EQ(set(0, 0).size(), 1u);
  EXPECT_EQ(reads(0), 0);
}

TEST_F(MinimumOn, StopKeepsItOn) {
  begin_on();
  set(0, 0);
  stop(0);
  EXPECT_TRUE(wait(100s).empty());
  EXPECT_EQ(reads(0), 80);
}

TEST_F(MinimumOn, ADevicesOwnWordIsBelieved) {
  begin_on();
  EXPECT_EQ(report(0, 0).size(), 1u);
  EXPECT_EQ(reads(0), 0);
}

TEST_F(MinimumOn, WaitsOnUnderANewProject) {
  begin_on();
  set(0, 0);
  activate();
  EXPECT_EQ(wait(50s).size(), 1u);
  EXPECT_EQ(reads(0), 0);
}

TEST_F(MinimumOn, GoesOnAfterARestart) {
  const Zone& zone = add(LoadType::dimmed);
  home_.project().zones[0].minimum_on = 60s;
  clock_.advance(1h);
  begin({.zones = {{zone.number, percent(0), percent(80), clock_.now().utc - 40s, 0s}}});
  EXPECT_TRUE(set(0, 0).empty());
  EXPECT_EQ(wait(20s).size(), 1u);
}

using PowerFailures = LightsTest;

TEST_F(PowerFailures, EndAsEachZoneWants) {
  struct Row {
    AfterPowerFailure policy;
    double before;
    double after;
  };
  for (const auto& [policy, before, after] :
       {Row{AfterPowerFailure::restore, 40, 40}, Row{AfterPowerFailure::off, 40, 0},
        Row{AfterPowerFailure::full, 0, 100}, Row{AfterPowerFailure::full, 40, 100}}) {
    home_ = HomeBuilder();
    const Zone& zone = add(LoadType::dimmed);
    home_.project().zones[0].after_power_failure = policy;
    begin({.zones = {{zone.number, percent(before), percent(before), clock_.now().utc, 0s}}});
    EXPECT_EQ(target(0), after) << static_cast<int>(policy);
    if (policy == AfterPowerFailure::restore) continue;
    EXPECT_EQ(last_step(told().at(1)), (CauseStep{Kind::power_returned, zone.number.value}));
  }
}

TEST_F(PowerFailures, AreNoneAtTheVeryFirstStart) {
  add(LoadType::dimmed).after_power_failure = AfterPowerFailure::full;
  begin();
  EXPECT_EQ(target(0), 0);
  begin({.last_alive = clock_.now().utc});
  EXPECT_EQ(target(0), 100);
}

using FullRamp = LightsTest;

TEST_F(FullRamp, TakesAsLongAsTheProjectSays) {
  add(LoadType::dimmed);
  home_.project().settings.full_ramp = 10s;
  begin();
  EXPECT_EQ(only<ZoneTargeted>(ramp(0, true))[0].fade.duration, 10s);
}

}  // namespace
}  // namespace candela::engine
