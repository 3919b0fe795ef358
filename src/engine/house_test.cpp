// What the house does by itself, through the whole engine: by the calendar, and because of people.
#include "engine/engine_fixture.h"

namespace candela::engine {
namespace {

using How = TimeclockEventPassed::How;

constexpr UtcTime kMidnight{std::chrono::sys_days{std::chrono::year{2026} / 3 / 10}};  // a Tuesday

class House : public EngineTest {
 protected:
  House() {
    clock_.set({MonoTime{1h}, kMidnight + 12h});
    zone_ = home_.add_zone(home_.home());
    home_.project().location = {51.5, -0.12, "Europe/London"};
    home_.project().timeclocks.push_back({.number = TimeclockId{900}, .id = "clock", .name = "Clock"});
  }

  static Preset to(ZoneId zone, double level) { return {{{zone, percent(level), {}, {}}}, {}}; }

  TimeclockEventId add_event(TimeOfDay at, Preset preset) {
    const TimeclockEventId number{901 + static_cast<std::uint32_t>(home_.project().timeclock_events.size())};
    TimeclockEvent event;
    event.number = number;
    event.id = event.name = "event-" + std::to_string(number.value);
    event.timeclock = TimeclockId{900};
    event.schedule.weekdays = Schedule::kEveryDay;
    event.at = at;
    event.preset = std::move(preset);
    home_.project().timeclock_events.push_back(std::move(event));
    return number;
  }

  DeviceId add_sensor() {
    Device sensor;
    sensor.number = DeviceId{950};
    sensor.id = "sensor";
    sensor.area = home_.home();
    sensor.link = home_.link();
    sensor.senses_occupancy = true;
    home_.project().devices.push_back(sensor);
    return sensor.number;
  }

  OccupancyGroupId add_group(DeviceId sensor) {
    OccupancyGroup group;
    group.number = OccupancyGroupId{960};
    group.id = group.name = "group";
    group.area = home_.home();
    group.sensors = {sensor};
    group.timeout = 5min;
    group.occupied.preset = to(zone_, 70);
    group.unoccupied.preset = to(zone_, 0);
    home_.project().occupancy_groups.push_back(std::move(group));
    return OccupancyGroupId{960};
  }

  ZoneId zone_;
};

TEST_F(House, RunsTimeclockEventsAtTheirTime) {
  const auto event = add_event({TimeOfDay::Kind::fixed, 22h}, to(zone_, 30));
  begin();
  ASSERT_TRUE(engine_.next_wake());
  EXPECT_EQ(*engine_.next_wake(), clock_.now().mono + 10h);
  const auto changes = wait(10h);
  EXPECT_EQ(reads(zone_), 30);
  ASSERT_EQ(only<TimeclockEventPassed>(changes).size(), 1U);
  EXPECT_EQ(only<TimeclockEventPassed>(changes)[0].event, event);
  EXPECT_EQ(changes[0].cause.source.kind, Source::Kind::timer);
  EXPECT_EQ(steps_of(changes[1]), (std::vector<CauseStep>{{CauseStep::Kind::timeclock_due, event.value}}));
  EXPECT_EQ(*engine_.next_wake(), clock_.now().mono + 24h);
}

TEST_F(House, ALateWakeStillDoesEverythingAtItsOwnTime) {
  add_event({TimeOfDay::Kind::fixed, 13h}, {{{zone_, percent(30), {}, 30min}}, {}});
  add_event({TimeOfDay::Kind::fixed, 14h}, to(zone_, 60));
  begin();
  const MonoTime noon = clock_.now().mono;
  const auto changes = wait(5h);
  std::vector<std::pair<Duration, double>> seen;
  for (const Change& change : changes) {
    if (const auto* zone = std::get_if<ZoneTargeted>(&change.what)) {
      seen.emplace_back(change.at.mono - noon, zone->fade.to.percent());
    }
  }
  EXPECT_EQ(seen, (std::vector<std::pair<Duration, double>>{{90min, 30}, {2h, 60}}));
}

TEST_F(House, RunsAnEventByCommandAndLeavesADisabledOne) {
  const auto event = add_event({TimeOfDay::Kind::fixed, 22h}, to(zone_, 30));
  begin();
  EXPECT_EQ(only<TimeclockEventEnabled>(send(EnableTimeclockEvent{event, false})).size(), 1U);
  EXPECT_TRUE(send(EnableTimeclockEvent{event, false}).empty()) << "no news";
  wait(12h);
  EXPECT_EQ(reads(zone_), 0);
  const auto changes = send(RunTimeclockEvent{event});
  EXPECT_EQ(reads(zone_), 30);
  EXPECT_EQ(only<TimeclockEventPassed>(changes)[0].how, How::by_command);
}

TEST_F(House, AJumpOfTheClockMissesWhatItJumpedOver) {
  add_event({TimeOfDay::Kind::fixed, 22h}, to(zone_, 30));
  begin();
  clock_.set({clock_.now().mono + 1s, clock_.now().utc + 12h});
  const auto changes = send(ClockReported{true});
  ASSERT_EQ(only<TimeclockEventPassed>(changes).size(), 1U);
  EXPECT_EQ(only<TimeclockEventPassed>(changes)[0].how, How::missed);
  EXPECT_EQ(reads(zone_), 0);
}

TEST_F(House, HoldsItsEventsWhileNobodyVouchesForTheTime) {
  add_event({TimeOfDay::Kind::fixed, 22h}, to(zone_, 30));
  begin();
  EXPECT_EQ(only<ClockChanged>(send(ClockReported{false})).size(), 1U);
  EXPECT_FALSE(engine_.next_wake());
  wait(11h);
  EXPECT_EQ(reads(zone_), 0);
}

TEST_F(House, EventsGoByTheMode) {
  const ModeId normal = home_.add_mode("normal");
  const ModeId vacation = home_.add_mode("vacation");
  add_event({TimeOfDay::Kind::fixed, 22h}, to(zone_, 30));
  home_.project().timeclock_events[0].modes = {vacation};
  begin();
  EXPECT_EQ(view_.house().mode, normal);
  wait(24h);
  EXPECT_EQ(reads(zone_), 0);
  send(SetMode{vacation});
  wait(24h);
  EXPECT_EQ(reads(zone_), 30);
}

TEST_F(House, NightComesAndGoes) {
  home_.project().day_night = DayNight{{TimeOfDay::Kind::fixed, 7h}, {TimeOfDay::Kind::fixed, 21h}};
  const ButtonId button = home_.add_button(std::monostate{}, LedLogic::condition);
  home_.button(button).led_condition.kind = Condition::Kind::night;
  begin();
  EXPECT_FALSE(lit(button));
  wait(9h);
  EXPECT_TRUE(view_.house().night);
  EXPECT_TRUE(lit(button));
  wait(10h);
  EXPECT_FALSE(lit(button));
}

TEST_F(House, PeopleSwitchTheLightsOnAndLeavingOff) {
  const DeviceId sensor = add_sensor();
  const OccupancyGroupId group = add_group(sensor);
  begin();
  auto changes = send(OccupancyReported{sensor, true});
  EXPECT_EQ(view_.occupancy(group), Occupancy::occupied);
  EXPECT_EQ(reads(zone_), 70);
  send(OccupancyReported{sensor, false});
  EXPECT_EQ(*engine_.next_wake(), clock_.now().mono + 5min);
  changes = wait(5min);
  EXPECT_EQ(view_.occupancy(group), Occupancy::unoccupied);
  EXPECT_EQ(reads(zone_), 0);
  send(SetOccupancyMode{group, OccupancyMode::disabled});
  send(OccupancyReported{sensor, true});
  EXPECT_EQ(reads(zone_), 0);
}

TEST_F(House, ATimeoutGoesOnOverATransfer) {
  const DeviceId sensor = add_sensor();
  const OccupancyGroupId group = add_group(sensor);
  begin();
  send(OccupancyReported{sensor, true});
  send(OccupancyReported{sensor, false});
  wait(2min);
  send(ActivateProject{home_.build()});
  EXPECT_EQ(view_.occupancy(group), Occupancy::occupied);
  wait(3min);
  EXPECT_EQ(view_.occupancy(group), Occupancy::unoccupied);
}

TEST_F(House, AwayPlaysAndEndsWithItsMode) {
  const ModeId normal = home_.add_mode("normal");
  const ModeId vacation = home_.add_mode("vacation");
  AwaySettings& away = home_.project().away;
  away.method = AwaySettings::Method::random;
  away.zones = {zone_};
  away.from = {TimeOfDay::Kind::fixed, 18h};
  away.to = {TimeOfDay::Kind::fixed, 23h};
  away.mode = vacation;
  begin();
  send(SetMode{vacation});
  EXPECT_TRUE(view_.house().away);
  int switchings = 0;
  for (int evening = 0; evening < 7; ++evening) {
    for (const Change& change : wait(24h)) {
      if (!std::holds_alternative<ZoneTargeted>(change.what)) continue;
      ++switchings;
      EXPECT_GE(change.cause.step_count, 1);
    }
    EXPECT_EQ(reads(zone_), 0) << "noon: outside the window";
  }
  EXPECT_GE(switchings, 7);
  send(SetMode{normal});
  EXPECT_FALSE(view_.house().away);
}

TEST_F(House, AnEmergencyHoldsItsZonesAndLetsThemGo) {
  home_.zone(zone_).emergency = percent(100);
  begin();
  set(zone_, 40);
  send(SetEmergency{true});
  EXPECT_EQ(reads(zone_), 100);
  EXPECT_TRUE(view_.house().emergency);
  set(zone_, 10);
  EXPECT_EQ(reads(zone_), 100);
  send(SetEmergency{false});
  wait(10s);
  EXPECT_EQ(reads(zone_), 10);
}

TEST_F(House, IsAsItWasAfterARestart) {
  const DeviceId sensor = add_sensor();
  const OccupancyGroupId group = add_group(sensor);
  const auto event = add_event({TimeOfDay::Kind::fixed, 22h}, to(zone_, 30));
  home_.add_mode("normal");
  const ModeId other = home_.add_mode("other");
  SavedState remembered;
  remembered.mode = other;
  remembered.occupancy = {{group, OccupancyMode::vacancy}};
  remembered.sensors = {{sensor, false}};
  remembered.timeclock_events = {{event, false, std::nullopt}};
  remembered.timeclocks = {{TimeclockId{900}, false}};
  remembered.away = true;
  remembered.last_alive = clock_.now().utc - 10min;
  begin(remembered);
  EXPECT_EQ(view_.house().mode, other);
  EXPECT_TRUE(view_.house().away);
  EXPECT_EQ(view_.occupancy_mode(group), OccupancyMode::vacancy);
  EXPECT_FALSE(view_.is_enabled(sensor));
  EXPECT_FALSE(view_.is_enabled(event));
  EXPECT_FALSE(view_.is_enabled(TimeclockId{900}));
  send(OccupancyReported{sensor, true});
  EXPECT_EQ(view_.occupancy(group), Occupancy::unknown);
}

}  // namespace
}  // namespace candela::engine
