#include "engine/engine_fixture.h"

namespace candela::engine {
namespace {

class Restarts : public EngineTest {
 protected:
  Restarts() {
    zone_ = home_.add_zone(home_.home());
    off_scene_ = home_.add_scene(home_.home(), 0, {{zone_, Level::off(), {}, {}}});
    low_scene_ = home_.add_scene(home_.home(), 1, {{zone_, percent(20), {}, {}}});
    button_ = home_.add_button(Toggle{{{{zone_, percent(50), {}, {}}}, {}}, 0s});
    clients_led_ = home_.add_button({}, LedLogic::integration);
    clock_.set({MonoTime{100s}, clock_.now().utc});  // the machine's clock began at its start
  }
  std::vector<Change> restart(SavedState remembered) {
    engine_ = Engine(std::move(remembered));
    return send(ActivateProject{home_.build()});
  }

  ZoneId zone_;
  SceneId off_scene_;
  SceneId low_scene_;
  ButtonId button_;
  ButtonId clients_led_;
};

TEST_F(Restarts, WithNothingRememberedTellTheProjectAndTheOffScene) {
  const auto changes = restart({});
  ASSERT_EQ(changes.size(), 2u);
  EXPECT_TRUE(std::holds_alternative<ProjectActivated>(changes[0].what));
  EXPECT_EQ(std::get<SceneChanged>(changes[1].what).scene, off_scene_);
}

TEST_F(Restarts, FindTheFadeWhereItHasComeTo) {
  const UtcTime begun = clock_.now().utc - std::chrono::seconds(3);
  const auto changes = restart({{{zone_, percent(0), percent(100), begun, 10s}}, {}});
  EXPECT_NEAR(reads(zone_), 30, 0.01);
  ASSERT_EQ(changes.size(), 3u);
  EXPECT_TRUE(std::holds_alternative<ProjectActivated>(changes[0].what));
  EXPECT_EQ(std::get<ZoneTargeted>(changes[1].what).fade, (Fade{percent(0), percent(100), MonoTime{97s}, 10s}));
  EXPECT_EQ(steps_of(changes[1]).back(), (CauseStep{CauseStep::Kind::restored, 0}));
  EXPECT_EQ(std::get<LedChanged>(changes[2].what).state, LedState::on);
  wait(7s);
  EXPECT_EQ(level(zone_), Level::full());
}

TEST_F(Restarts, FinishWhatCannotBe) {
  const UtcTime now = clock_.now().utc;
  const std::vector<std::pair<UtcTime, Duration>> nonsense{{now + std::chrono::hours(1), 10s},
                                                           {now, Duration::max()},
                                                           {now, Duration::min()},
                                                           {UtcTime::min(), 10s},
                                                           {UtcTime::max(), 10s},
                                                           {now - std::chrono::seconds(10), 10s}};
  for (const auto& [start, duration] : nonsense) {
    restart({{{zone_, percent(90), percent(20), start, duration}}, {}});
    EXPECT_EQ(level(zone_), percent(20));
    EXPECT_EQ(engine_.scene(home_.home()), low_scene_);
  }
}

TEST_F(Restarts, KeepClientsLedsOnly) {
  const auto changes = restart(
      {{}, {{HomeBuilder::led_of(clients_led_), LedState::flash}, {HomeBuilder::led_of(button_), LedState::on}}});
  const auto told = only<LedChanged>(changes);
  ASSERT_EQ(told.size(), 1u);
  EXPECT_EQ(told[0].led, HomeBuilder::led_of(clients_led_));
  EXPECT_EQ(told[0].state, LedState::flash);
}

using ProjectChanges = EngineTest;

TEST_F(ProjectChanges, LeaveARunningFadeAlone) {
  const ZoneId zone = home_.add_zone(home_.home());
  begin();
  set(zone, 100, 10s);
  clock_.advance(4s);
  const Level before = level(zone);
  home_.project().name = "Another";
  const auto changes = send(ActivateProject{home_.build()});
  ASSERT_EQ(changes.size(), 1u);
  EXPECT_EQ(std::get<ProjectActivated>(changes[0].what).project->name, "Another");
  EXPECT_EQ(level(zone), before);
  wait(6s);
  EXPECT_EQ(level(zone), Level::full());
}

TEST_F(ProjectChanges, TellLedsAndScenesThatAreOtherwiseNow) {
  const ZoneId zone = home_.add_zone(home_.home());
  const SceneId scene = home_.add_scene(home_.home(), 1, {{zone, percent(50), {}, {}}});
  const ButtonId button = home_.add_button(SingleAction{{{{zone, percent(50), {}, {}}}, {}}}, LedLogic::scene);
  begin();
  set(zone, 50);
  ASSERT_TRUE(lit(button));
  home_.project().scenes[0].preset.zones[0].level = percent(60);
  std::get<SingleAction>(home_.project().buttons[0].programming).preset.zones[0].level = percent(60);
  auto changes = send(ActivateProject{home_.build()});
  EXPECT_EQ(only<LedChanged>(changes).size(), 1u);
  EXPECT_EQ(only<SceneChanged>(changes).size(), 1u);
  EXPECT_FALSE(lit(button));
  home_.project().scenes[0].preset.zones[0].level = percent(50);
  changes = send(ActivateProject{home_.build()});
  ASSERT_EQ(only<SceneChanged>(changes).size(), 1u);
  EXPECT_EQ(only<SceneChanged>(changes)[0].scene, scene);
}

TEST_F(ProjectChanges, KeepDelaysOfZonesThatStay) {
  const ZoneId gone = home_.add_zone(home_.home());
  const ZoneId stays = home_.add_zone(home_.home());
  begin();
  send(SetZone{gone, Level::full(), 0s, 3s});
  send(SetZone{stays, Level::full(), 0s, 5s});
  home_.project().zones.erase(home_.project().zones.begin());
  send(ActivateProject{home_.build()});
  EXPECT_EQ(engine_.next_wake(), clock_.now().mono + 5s);
  const auto told = only<ZoneTargeted>(wait(5s));
  ASSERT_EQ(told.size(), 1u);
  EXPECT_EQ(told[0].zone, stays);
}

TEST_F(ProjectChanges, AreToldBeforeWhatIsDue) {
  const ZoneId zone = home_.add_zone(home_.home());
  begin();
  send(SetZone{zone, Level::full(), 0s, 3s});
  clock_.advance(3s);
  const auto changes = send(ActivateProject{home_.build()});
  ASSERT_EQ(changes.size(), 2u);
  EXPECT_TRUE(std::holds_alternative<ProjectActivated>(changes[0].what));
  EXPECT_TRUE(std::holds_alternative<ZoneTargeted>(changes[1].what));
  EXPECT_EQ(level(zone), Level::full());
}

TEST_F(ProjectChanges, LetAHeldButtonGoOnIfItStillRampsTheZone) {
  const ZoneId zone = home_.add_zone(home_.home());
  const ButtonId raise = home_.add_button(RaiseLower{true, {zone}}, LedLogic::none);
  begin();
  press(raise);
  clock_.advance(1s);
  EXPECT_EQ(send(ActivateProject{home_.build()}).size(), 1u);
  clock_.advance(1s);
  release(raise);
  EXPECT_NEAR(reads(zone), 40, 0.01);
}

TEST_F(ProjectChanges, StopARampThatNobodyCouldStopAnyMore) {
  const ZoneId zone = home_.add_zone(home_.home());
  const ButtonId raise = home_.add_button(RaiseLower{true, {zone}}, LedLogic::none);
  begin();
  press(raise);
  clock_.advance(1s);
  home_.project().buttons.clear();
  home_.project().devices[0].buttons.clear();
  EXPECT_EQ(only<ZoneTargeted>(send(ActivateProject{home_.build()})).size(), 1u);
  wait(5s);
  EXPECT_NEAR(reads(zone), 20, 0.01);
}

TEST_F(ProjectChanges, SwitchAZoneThatIsSwitchedNow) {
  const ZoneId zone = home_.add_zone(home_.home());
  begin();
  set(zone, 30);
  home_.project().zones[0].load = LoadType::switched;
  const auto told = only<ZoneTargeted>(send(ActivateProject{home_.build()}));
  ASSERT_EQ(told.size(), 1u);
  EXPECT_EQ(told[0].fade.to, Level::full());
}

TEST_F(ProjectChanges, EndTheFadeOfAZoneThatIsSwitchedNow) {
  const ZoneId zone = home_.add_zone(home_.home());
  begin();
  set(zone, 60);
  set(zone, 0, 10s);
  clock_.advance(1s);
  home_.project().zones[0].load = LoadType::switched;
  EXPECT_EQ(only<ZoneTargeted>(send(ActivateProject{home_.build()})).size(), 1u);
  EXPECT_EQ(level(zone), Level::off());
}

TEST_F(ProjectChanges, DarkenAnLedThatBecomesTheClients) {
  const ZoneId zone = home_.add_zone(home_.home());
  const ButtonId button = home_.add_button(SingleAction{{{{zone, percent(50), {}, {}}}, {}}});
  begin();
  set(zone, 50);
  ASSERT_TRUE(lit(button));
  home_.project().buttons[0].led_logic = LedLogic::integration;
  send(ActivateProject{home_.build()});
  EXPECT_FALSE(lit(button));
  send(SetLed{HomeBuilder::led_of(button), LedState::on});
  EXPECT_TRUE(only<LedChanged>(send(ActivateProject{home_.build()})).empty());
  EXPECT_TRUE(lit(button));
}

}  // namespace
}  // namespace candela::engine
