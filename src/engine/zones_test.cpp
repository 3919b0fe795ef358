#include "engine/engine_fixture.h"

namespace candela::engine {
namespace {

using ZoneCommands = EngineTest;

TEST_F(ZoneCommands, FadeWithTheirOwnTimeUnlessOneIsNamed) {
  const ZoneId zone = home_.add_zone(home_.home());
  home_.project().zones[0].fade = 3s;
  begin();
  auto told = only<ZoneTargeted>(send(SetZone{zone, percent(60), {}, {}}));
  ASSERT_EQ(told.size(), 1u);
  EXPECT_EQ(told[0].fade, (Fade{percent(0), percent(60), clock_.now().mono, 3s}));
  wait(1500ms);
  EXPECT_NEAR(reads(zone), 30, 0.01);
  told = only<ZoneTargeted>(send(SetZone{zone, percent(100), 10s, {}}));
  EXPECT_EQ(told[0].fade.duration, 10s);
}

TEST_F(ZoneCommands, RetargetMidFadeStartsWhereTheLightIs) {
  const ZoneId zone = home_.add_zone(home_.home());
  begin();
  set(zone, 100, 10s);
  wait(5s);
  const Level before = level(zone);
  const auto told = only<ZoneTargeted>(send(SetZone{zone, Level::off(), 2s, {}}));
  EXPECT_EQ(told[0].fade.from, before);
  EXPECT_EQ(level(zone), before);
  wait(1s);
  EXPECT_NEAR(reads(zone), 25, 0.01);
  wait(1s);
  EXPECT_EQ(level(zone), Level::off());
}

TEST_F(ZoneCommands, ToTheLevelThatIsAreToldAgainWithoutFade) {
  const ZoneId zone = home_.add_zone(home_.home());
  begin();
  set(zone, 40);
  const auto told = only<ZoneTargeted>(send(SetZone{zone, percent(40), 5s, {}}));
  ASSERT_EQ(told.size(), 1u);
  EXPECT_EQ(told[0].fade, Fade::still(percent(40), clock_.now().mono));
}

TEST_F(ZoneCommands, SwitchedZonesAreOffOrFullAtOnce) {
  const ZoneId zone = home_.add_zone(home_.home(), LoadType::switched);
  begin();
  const auto told = only<ZoneTargeted>(send(SetZone{zone, percent(3), 5s, {}}));
  EXPECT_EQ(told[0].fade.to, Level::full());
  EXPECT_EQ(level(zone), Level::full());
  send(SetZone{zone, percent(50), 5s, 2s});
  set(zone, 0);
  EXPECT_EQ(level(zone), Level::off());
  EXPECT_TRUE(send(MoveZone{zone, Movement::raise}).empty());
}

TEST_F(ZoneCommands, WaitForTheirDelayAndFireAtTheirOwnTime) {
  const ZoneId zone = home_.add_zone(home_.home());
  begin();
  const Now asked = clock_.now();
  EXPECT_TRUE(send(SetZone{zone, Level::full(), 2s, 5s}, {Source::Kind::command, {}}).empty());
  EXPECT_EQ(engine_.next_wake(), asked.mono + 5s);
  const auto changes = wait(6s);  // the wake came a second late
  ASSERT_EQ(changes.size(), 1u);
  EXPECT_EQ(changes[0].at.mono, asked.mono + 5s);
  EXPECT_EQ(changes[0].at.utc, asked.utc + 5s);
  EXPECT_EQ(changes[0].cause.source.kind, Source::Kind::command);
  EXPECT_EQ(steps_of(changes[0]), (std::vector<CauseStep>{{CauseStep::Kind::zone_commanded, zone.value},
                                                          {CauseStep::Kind::delay_elapsed, zone.value}}));
  EXPECT_NEAR(reads(zone), 50, 0.01);
  EXPECT_EQ(engine_.next_wake(), std::nullopt);
}

TEST_F(ZoneCommands, TakeThePlaceOfOneThatWaits) {
  const ZoneId zone = home_.add_zone(home_.home());
  begin();
  send(SetZone{zone, Level::full(), 0s, 5s});
  send(SetZone{zone, percent(20), 0s, 8s});
  EXPECT_TRUE(wait(6s).empty());
  set(zone, 10);
  EXPECT_EQ(engine_.next_wake(), std::nullopt);
  EXPECT_TRUE(wait(10s).empty());
  EXPECT_EQ(level(zone), percent(10));
}

TEST_F(ZoneCommands, DueFirstThenTheEvent) {
  const ZoneId zone = home_.add_zone(home_.home());
  begin();
  send(SetZone{zone, Level::full(), 10s, 1s});
  clock_.advance(6s);
  const auto told = only<ZoneTargeted>(send(SetZone{zone, percent(0), 1s, {}}));
  ASSERT_EQ(told.size(), 2u);
  EXPECT_EQ(told[0].fade.to, Level::full());
  EXPECT_NEAR(told[1].fade.from.percent(), 50, 0.01);
}

TEST_F(ZoneCommands, WithNonsenseTimesAreBounded) {
  const ZoneId zone = home_.add_zone(home_.home());
  begin();
  auto told = only<ZoneTargeted>(send(SetZone{zone, Level::full(), Duration::max(), {}}));
  EXPECT_EQ(told[0].fade.duration, kLongestTime);
  told = only<ZoneTargeted>(send(SetZone{zone, percent(3), Duration(-5), Duration::min()}));
  EXPECT_EQ(told[0].fade.duration, 0s);
  send(SetZone{zone, Level::full(), {}, Duration::max()});
  EXPECT_EQ(engine_.next_wake(), clock_.now().mono + kLongestTime);
}

TEST_F(ZoneCommands, OnAnAreaReachAllBelowIt) {
  const AreaId floor = home_.add_area("floor", home_.home());
  const ZoneId hall = home_.add_zone(home_.home());
  const AreaId room = home_.add_area("room", floor);
  const AreaId other = home_.add_area("other", home_.home());
  const ZoneId lamp = home_.add_zone(room);
  const ZoneId corridor = home_.add_zone(floor);
  const ZoneId elsewhere = home_.add_zone(other);
  begin();
  const auto changes = send(SetArea{floor, percent(70), 0s, {}});
  EXPECT_EQ(only<ZoneTargeted>(changes).size(), 2u);
  EXPECT_EQ(steps_of(changes[0]), (std::vector<CauseStep>{{CauseStep::Kind::area_commanded, floor.value}}));
  EXPECT_EQ(level(lamp), percent(70));
  EXPECT_EQ(level(corridor), percent(70));
  EXPECT_EQ(level(hall), Level::off());
  EXPECT_EQ(level(elsewhere), Level::off());
  EXPECT_EQ(only<ZoneTargeted>(send(SetArea{home_.home(), percent(5), 0s, {}})).size(), 4u);
}

TEST_F(ZoneCommands, ForUnknownObjectsChangeNothing) {
  const ZoneId zone = home_.add_zone(home_.home());
  EXPECT_TRUE(send(SetZone{zone, Level::full(), {}, {}}).empty()) << "before the first project";
  begin();
  EXPECT_TRUE(send(SetZone{ZoneId{home_.home().value}, Level::full(), {}, {}}).empty()) << "an area's number";
  EXPECT_TRUE(send(SetZone{ZoneId{999999}, Level::full(), {}, {}}).empty());
  EXPECT_TRUE(send(ButtonMoved{ButtonId{0}, ButtonMove::press}).empty());
  EXPECT_TRUE(send(ActivateProject{nullptr}).empty());
  EXPECT_TRUE(send(SetLed{LedId{999999}, LedState::on}).empty());
}

using Ramps = EngineTest;

TEST_F(Ramps, TakeFiveSecondsOverTheWholeScale) {
  const ZoneId zone = home_.add_zone(home_.home());
  begin();
  set(zone, 20);
  auto told = only<ZoneTargeted>(send(MoveZone{zone, Movement::raise}));
  EXPECT_EQ(told[0].fade.to, Level::full());
  EXPECT_NEAR(to_seconds(told[0].fade.duration), 4, 0.001);
  wait(1s);
  EXPECT_NEAR(reads(zone), 40, 0.01);
  told = only<ZoneTargeted>(send(MoveZone{zone, Movement::stop}));
  EXPECT_EQ(told[0].fade, Fade::still(level(zone), clock_.now().mono));
  EXPECT_TRUE(send(MoveZone{zone, Movement::stop}).empty());
}

TEST_F(Ramps, DownKeepTheLightOnAndLeaveTheDarkDark) {
  const ZoneId zone = home_.add_zone(home_.home());
  begin();
  EXPECT_TRUE(send(MoveZone{zone, Movement::lower}).empty());
  set(zone, 50);
  send(MoveZone{zone, Movement::lower});
  wait(10s);
  EXPECT_EQ(level(zone), percent(1));
  EXPECT_TRUE(send(MoveZone{zone, Movement::lower}).empty());
  set(zone, 100);
  EXPECT_TRUE(send(MoveZone{zone, Movement::raise}).empty());
}

TEST_F(Ramps, StopEndsWhatWaitsToo) {
  const ZoneId zone = home_.add_zone(home_.home());
  begin();
  send(SetZone{zone, Level::full(), 0s, 5s});
  send(MoveZone{zone, Movement::stop});
  EXPECT_TRUE(wait(6s).empty());
}

using Reports = EngineTest;

TEST_F(Reports, OfADevicesOwnDoingAreBelieved) {
  const ZoneId zone = home_.add_zone(home_.home());
  begin();
  clock_.advance(1s);
  const auto told = only<ZoneTargeted>(send(LevelReported{zone, percent(35)}));
  ASSERT_EQ(told.size(), 1u);
  EXPECT_TRUE(told[0].reported);
  EXPECT_EQ(told[0].fade, Fade::still(percent(35), clock_.now().mono));
}

TEST_F(Reports, WithinOneStepOfAnEightBitDeviceAreNoNews) {
  const ZoneId zone = home_.add_zone(home_.home());
  begin();
  set(zone, 50);
  clock_.advance(10s);
  const auto raw = level(zone).raw();
  EXPECT_TRUE(send(LevelReported{zone, Level::from_raw(raw + 257)}).empty());
  EXPECT_TRUE(send(LevelReported{zone, Level::from_raw(raw - 257)}).empty());
  EXPECT_EQ(send(LevelReported{zone, Level::from_raw(raw + 258u)}).size(), 1u);
}

TEST_F(Reports, OffIsNeverLikeOn) {
  const ZoneId zone = home_.add_zone(home_.home());
  begin();
  clock_.advance(10s);
  EXPECT_EQ(send(LevelReported{zone, Level::from_raw(1)}).size(), 1u);
  EXPECT_EQ(send(LevelReported{zone, Level::off()}).size(), 1u);
}

TEST_F(Reports, OnTheWayDoNotBreakAFade) {
  const ZoneId zone = home_.add_zone(home_.home());
  begin();
  set(zone, 80, 4s);
  clock_.advance(2s);
  EXPECT_TRUE(send(LevelReported{zone, percent(39)}).empty());
  clock_.advance(2s);
  clock_.advance(200ms);
  EXPECT_TRUE(send(LevelReported{zone, percent(78)}).empty()) << "late word of the fade";
  EXPECT_EQ(send(LevelReported{zone, percent(90)}).size(), 1u) << "not on the way";
  clock_.advance(1s);
  EXPECT_EQ(send(LevelReported{zone, percent(78)}).size(), 1u) << "too late to be of the fade";
}

TEST(LevelRange, HasBothItsEndsAndNothingBeyond) {
  for (const std::uint32_t at : {0U, 1U, 200U, 257U, 258U, 30000U, 65022U, 65278U, 65279U}) {
    const Level level = Level::from_raw(at);
    for (std::uint32_t raw = 0; raw <= Level::kFullRaw; ++raw) {
      const Level other = Level::from_raw(raw);
      ASSERT_EQ(LevelRange::like(level).contains(other), alike(level, other)) << at << " and " << raw;
    }
  }
  EXPECT_FALSE(LevelRange::on().contains(Level::off()));
  EXPECT_TRUE(LevelRange::on().contains(Level::from_raw(1)));
  EXPECT_TRUE(LevelRange::on().contains(Level::full()));
}

}  // namespace
}  // namespace candela::engine
