// What tests/simulation found, each in a house as small as can be.
#include <array>

#include "engine/engine_fixture.h"
#include "engine/sun.h"

namespace candela::engine {
namespace {

class SunConditionTest : public EngineTest {
 protected:
  ButtonId add_led(double above) {
    home_.project().location = {kLatitude, kLongitude, "Australia/Sydney"};
    const ButtonId button = home_.add_button({}, LedLogic::condition);
    Condition& condition = home_.button(button).led_condition;
    condition.kind = Condition::Kind::sun;
    condition.comparison = Condition::Comparison::above;
    condition.degrees = above;
    return button;
  }
  double highest_within_a_day() const {
    const Sun sun(kLatitude, kLongitude);
    double highest = -90;
    for (Duration after{}; after < 24h; after += 1s) {
      const auto at = clock_.now().utc + std::chrono::duration_cast<UtcTime::duration>(after);
      highest = std::max(highest, sun.position(at).elevation);
    }
    return highest;
  }
  /// Up to a millisecond before the engine wants to be woken: whoever asks then must hear nothing new.
  void wait_for_nearly_the_wake() { wait(*engine_.next_wake() - clock_.now().mono - 1ms); }

  static constexpr double kLatitude = -33.9;
  static constexpr double kLongitude = 151.2;
};

/// What is told of the sun's height is told in the millisecond in which it is so, not within the second.
TEST_F(SunConditionTest, TurnsAtTheVeryMoment) {
  const ButtonId button = add_led(22.5);
  begin();
  for (int turn = 0; turn < 20; ++turn) {
    const bool before = lit(button);
    wait_for_nearly_the_wake();
    EXPECT_EQ(lit(button), before);
    wait(1ms);
    EXPECT_NE(lit(button), before);
  }
}

/// About noon the sun may pass a height up and down within few minutes.
TEST_F(SunConditionTest, SeesTheSunAboveAHeightForAFewMinutes) {
  constexpr double kLittle = 0.003;
  const ButtonId button = add_led(highest_within_a_day() - kLittle);
  begin();
  EXPECT_FALSE(lit(button));
  wait(*engine_.next_wake() - clock_.now().mono);
  EXPECT_TRUE(lit(button));
  const MonoTime noon = clock_.now().mono;
  wait(*engine_.next_wake() - clock_.now().mono);
  EXPECT_FALSE(lit(button));
  EXPECT_LT(clock_.now().mono - noon, 10min);
  EXPECT_GT(clock_.now().mono - noon, 1min);
}

/// The condition of an LED may wait for a height of the sun that never comes.
TEST_F(EngineTest, LooksForTheSunADayAhead) {
  const ButtonId button = home_.add_button({}, LedLogic::condition);
  Condition& condition = home_.button(button).led_condition;
  condition.kind = Condition::Kind::sun;
  condition.comparison = Condition::Comparison::above;
  condition.degrees = 89;
  home_.project().location = {52.5, 13.4, "Europe/Berlin"};
  begin();
  EXPECT_EQ(engine_.next_wake(), clock_.now().mono + 24h);
  EXPECT_FALSE(lit(button));
}

/// The zone is another load for a while: what it was before does not come back.
TEST_F(EngineTest, ALookEndsWithTheLoadThatHadIt) {
  const ZoneId zone = home_.add_zone(home_.home(), LoadType::spectrum);
  home_.zone(zone).sheds = true;
  begin();
  send(SetColour{zone, Colour::white(3000), 0s});
  home_.zone(zone).load = LoadType::tilting_shade;
  send(ActivateProject{home_.build()});
  send(SetTilt{zone, percent(40), 0s});
  EXPECT_EQ(view_.zone(zone).colour, Colour{});
  home_.zone(zone).load = LoadType::spectrum;
  send(ActivateProject{home_.build()});
  EXPECT_EQ(view_.zone(zone).tilt, Fade{});
  EXPECT_EQ(view_.zone(zone).colour, Colour{});
  const auto coloured = only<ZoneColoured>(send(SetColour{zone, Colour::white(2700), 5s}));
  ASSERT_EQ(coloured.size(), 1U);
  EXPECT_EQ(coloured[0].from, Colour{});
}

/// Until anybody sets a thermostat, the view says what the engine has.
TEST_F(EngineTest, AThermostatBeginsAsTheViewSays) {
  const ZoneId zone = home_.add_zone(home_.home(), LoadType::climate);
  begin();
  const View::ClimateState before = view_.climate(zone);
  send(SetClimate{zone, ClimateMode::heat, {}, {}});
  EXPECT_EQ(view_.climate(zone).heat_to, before.heat_to);
  EXPECT_EQ(view_.climate(zone).cool_to, before.cool_to);
}

/// The project before ran on time that nobody vouched for, this one does not: what it leaves out is not done at once,
/// day by day, when the time is trusted again.
TEST_F(EngineTest, ATransferThatHoldsTheTimeclockMissesWhatPasses) {
  TimeclockEvent noon{.number = TimeclockEventId{home_.next_number()}};
  noon.schedule.weekdays = Schedule::kEveryDay;
  noon.at.offset = 12h;
  home_.project().timeclock_events.push_back(noon);
  home_.project().settings.runs_on_untrusted_time = true;
  begin();
  send(ClockReported{false});
  home_.project().settings.runs_on_untrusted_time = false;
  send(ActivateProject{home_.build()});
  EXPECT_TRUE(wait(100h).empty());
  const auto passed = only<TimeclockEventPassed>(send(ClockReported{true}));
  ASSERT_EQ(passed.size(), 1U);
  EXPECT_EQ(passed[0].how, TimeclockEventPassed::How::missed);
}

/// Two groups become unoccupied at once, and the preset of the first lets a sensor count that sees somebody in both.
/// What is told last is what is so, and the light of the second does not go off.
TEST_F(EngineTest, OccupancyIsToldInTheOrderInWhichItIs) {
  std::array<DeviceId, 2> sensors;
  for (DeviceId& it : sensors) {
    it = DeviceId{home_.next_number()};
    home_.project().devices.push_back({.number = it, .id = "sensor", .senses_occupancy = true});
  }
  const ZoneId lamp = home_.add_zone(home_.home());
  std::array<OccupancyGroupId, 2> numbers;
  for (OccupancyGroupId& it : numbers) {
    it = OccupancyGroupId{home_.next_number()};
    OccupancyGroup group{.number = it, .id = "group"};
    group.sensors = {sensors[0], sensors[1]};
    group.timeout = 60s;
    home_.project().occupancy_groups.push_back(group);
  }
  auto& groups = home_.project().occupancy_groups;
  groups[0].unoccupied.preset.actions = {EnableSensor{sensors[1], true}};
  groups[1].unoccupied.preset.zones = {{lamp, Level::off()}};
  begin();
  send(EnableSensor{sensors[1], false});
  send(OccupancyReported{sensors[0], true});
  send(OccupancyReported{sensors[1], true});
  set(lamp, 70);
  send(OccupancyReported{sensors[0], false});
  wait(60s);
  EXPECT_EQ(view_.occupancy(numbers[0]), Occupancy::occupied);
  EXPECT_EQ(view_.occupancy(numbers[1]), Occupancy::occupied);
  EXPECT_EQ(reads(lamp), 70);
}

/// A project without modes has none, whatever the one before had.
TEST_F(EngineTest, AModeEndsWithTheProjectThatHadIt) {
  home_.add_mode("normal");
  begin();
  EXPECT_TRUE(view_.house().mode);
  home_.project().modes.clear();
  send(ActivateProject{home_.build()});
  EXPECT_FALSE(view_.house().mode);
}

}  // namespace
}  // namespace candela::engine
