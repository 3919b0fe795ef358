#include "engine/engine_fixture.h"

namespace candela::engine {
namespace {

class Scenes : public EngineTest {
 protected:
  Scenes() {
    a_ = home_.add_zone(home_.home());
    b_ = home_.add_zone(home_.home());
    off_ = home_.add_scene(home_.home(), 0, {{a_, Level::off(), {}, {}}, {b_, Level::off(), {}, {}}});
    bright_ = home_.add_scene(home_.home(), 1, {{a_, percent(80), 3s, {}}, {b_, percent(80), 3s, {}}});
    twin_ = home_.add_scene(home_.home(), 2, {{a_, percent(80), {}, {}}, {b_, percent(80), {}, {}}});
  }
  SceneId active() const { return engine_.scene(home_.home()); }

  ZoneId a_;
  ZoneId b_;
  SceneId off_;
  SceneId bright_;
  SceneId twin_;
};

TEST_F(Scenes, AreActiveFromTheirActivationUntilAZoneLeaves) {
  begin();
  EXPECT_EQ(active(), off_);
  auto changes = send(ActivateScene{bright_});
  const auto told = only<SceneChanged>(changes);
  ASSERT_EQ(told.size(), 1u);
  EXPECT_EQ(told[0].scene, bright_);
  EXPECT_EQ(steps_of(changes.back()), (std::vector<CauseStep>{{CauseStep::Kind::scene_activated, bright_.value}}));
  changes = send(SetZone{a_, percent(50), {}, {}});
  ASSERT_EQ(only<SceneChanged>(changes).size(), 1u);
  EXPECT_EQ(active(), SceneId{});
  EXPECT_EQ(steps_of(changes.back()).back(), (CauseStep{CauseStep::Kind::member_changed, a_.value}));
}

TEST_F(Scenes, OfTwoThatMatchTheOneChosenLastIsActive) {
  begin();
  set(a_, 80);
  set(b_, 80);
  EXPECT_EQ(active(), bright_) << "reached by levels: the lower order";
  send(ActivateScene{twin_});
  EXPECT_EQ(active(), twin_);
  send(ActivateScene{bright_});
  EXPECT_EQ(active(), bright_);
}

TEST_F(Scenes, ChangeOnceWhenOneFollowsAnother) {
  begin();
  send(ActivateScene{bright_});
  EXPECT_EQ(only<SceneChanged>(send(ActivateScene{off_})).size(), 1u);
}

TEST_F(Scenes, InAPresetAreRecalledWhole) {
  const ButtonId button = home_.add_button(SingleAction{{{}, {twin_}}}, LedLogic::scene);
  begin();
  press(button);
  EXPECT_EQ(active(), twin_);
  EXPECT_TRUE(lit(button));
}

using Leds = EngineTest;

TEST_F(Leds, OfASceneForgiveOneStep) {
  const ZoneId zone = home_.add_zone(home_.home());
  const ButtonId button = home_.add_button(SingleAction{{{{zone, percent(50), {}, {}}}, {}}}, LedLogic::scene);
  begin();
  const unsigned raw = percent(50).raw();
  send(SetZone{zone, Level::from_raw(raw + kOneStep), 0s, {}});
  EXPECT_TRUE(lit(button));
  send(SetZone{zone, Level::from_raw(raw + kOneStep + 1), 0s, {}});
  EXPECT_FALSE(lit(button));
}

TEST_F(Leds, DoNotFlickerOnTheWay) {
  const ZoneId a = home_.add_zone(home_.home());
  const ZoneId b = home_.add_zone(home_.home());
  const ButtonId between =
      home_.add_button(SingleAction{{{{a, percent(20), {}, {}}, {b, percent(10), {}, {}}}, {}}}, LedLogic::scene);
  const ButtonId both =
      home_.add_button(SingleAction{{{{a, percent(20), {}, {}}, {b, percent(20), {}, {}}}, {}}}, LedLogic::scene);
  begin();
  set(b, 10);
  const auto told = only<LedChanged>(send(ButtonMoved{both, ButtonMove::press}));
  ASSERT_EQ(told.size(), 1u) << "the LED of button " << between.value << " must not be told";
  EXPECT_EQ(told[0].led, HomeBuilder::led_of(both));
}

TEST_F(Leds, AnswerAtThePressNotAtTheEndOfTheFade) {
  const ZoneId zone = home_.add_zone(home_.home());
  const ButtonId button = home_.add_button(SingleAction{{{{zone, percent(50), 60s, {}}}, {}}}, LedLogic::scene);
  begin();
  press(button);
  EXPECT_TRUE(lit(button));
}

TEST_F(Leds, OfClientsKeepWhatIsSet) {
  const ZoneId zone = home_.add_zone(home_.home());
  const ButtonId button = home_.add_button(SingleAction{{{{zone, percent(50), {}, {}}}, {}}}, LedLogic::integration);
  begin();
  EXPECT_EQ(only<LedChanged>(send(SetLed{HomeBuilder::led_of(button), LedState::flash})).size(), 1u);
  press(button);
  set(zone, 0);
  EXPECT_EQ(engine_.led(HomeBuilder::led_of(button)), LedState::flash);
}

TEST_F(Leds, WithLogicShowAClientsStateUntilTheLogicChanges) {
  const ZoneId zone = home_.add_zone(home_.home());
  const ButtonId button = home_.add_button(SingleAction{{{{zone, percent(50), {}, {}}}, {}}}, LedLogic::room);
  begin();
  send(SetLed{HomeBuilder::led_of(button), LedState::flash});
  EXPECT_EQ(engine_.led(HomeBuilder::led_of(button)), LedState::flash);
  set(zone, 10);
  EXPECT_TRUE(lit(button));
  set(zone, 0);
  EXPECT_EQ(engine_.led(HomeBuilder::led_of(button)), LedState::off);
}

TEST_F(Leds, OfRaiseLowerAndEmptyButtonsStayDark) {
  const ZoneId zone = home_.add_zone(home_.home());
  const ButtonId raise = home_.add_button(RaiseLower{true, {zone}}, LedLogic::room);
  const ButtonId empty = home_.add_button(SingleAction{}, LedLogic::scene);
  begin();
  set(zone, 50);
  EXPECT_FALSE(lit(raise));
  EXPECT_FALSE(lit(empty));
}

}  // namespace
}  // namespace candela::engine
