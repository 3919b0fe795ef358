#include "engine/engine_fixture.h"

namespace candela::engine {
namespace {

using Kind = CauseStep::Kind;
using Buttons = EngineTest;

TEST_F(Buttons, ToggleGoesByItsLed) {
  const ZoneId a = home_.add_zone(home_.home());
  const ZoneId b = home_.add_zone(home_.home());
  const ButtonId button = home_.add_button(Toggle{{{{a, percent(60), 1s, {}}, {b, percent(30), 2s, {}}}, {}}, 4s});
  begin();
  auto changes = send(ButtonMoved{button, ButtonMove::press});
  ASSERT_EQ(changes.size(), 4u);
  EXPECT_EQ(std::get<ButtonActed>(changes[0].what).button, button);
  EXPECT_EQ(std::get<ZoneTargeted>(changes[1].what).fade.duration, 1s);
  EXPECT_EQ(std::get<ZoneTargeted>(changes[2].what).fade.duration, 2s);
  EXPECT_EQ(std::get<LedChanged>(changes[3].what).state, LedState::on);
  EXPECT_EQ(steps_of(changes[1]),
            (std::vector<CauseStep>{{Kind::button_pressed, button.value}, {Kind::toggled_on, button.value}}));
  EXPECT_EQ(steps_of(changes[3]).back(), (CauseStep{Kind::member_changed, a.value}));
  release(button);
  wait(1s);
  set(a, 0);
  EXPECT_TRUE(lit(button)) << "room logic: one zone is still on";
  changes = send(ButtonMoved{button, ButtonMove::press});
  for (const ZoneTargeted& told : only<ZoneTargeted>(changes)) EXPECT_EQ(told.fade.to, Level::off());
  EXPECT_EQ(steps_of(changes[1]).back(), (CauseStep{Kind::toggled_off, button.value}));
  EXPECT_FALSE(lit(button));
  wait(4s);
  EXPECT_EQ(level(b), Level::off());
}

TEST_F(Buttons, ToggleWithSceneLogicRunsUntilTheSceneIsComplete) {
  const ZoneId a = home_.add_zone(home_.home());
  const ZoneId b = home_.add_zone(home_.home());
  const ButtonId button =
      home_.add_button(Toggle{{{{a, percent(60), {}, {}}, {b, percent(30), {}, {}}}, {}}, 0s}, LedLogic::scene);
  begin();
  set(a, 60);
  press(button);
  EXPECT_EQ(level(b), percent(30));
  EXPECT_TRUE(lit(button));
  press(button);
  EXPECT_EQ(level(a), Level::off());
}

TEST_F(Buttons, ToggleWithoutLedLogicGoesByItsRoom) {
  const ZoneId zone = home_.add_zone(home_.home());
  const ButtonId button = home_.add_button(Toggle{{{{zone, percent(60), {}, {}}}, {}}, 0s}, LedLogic::integration);
  begin();
  press(button);
  EXPECT_EQ(level(zone), percent(60));
  EXPECT_FALSE(lit(button));
  send(SetLed{HomeBuilder::led_of(button), LedState::on});
  set(zone, 0);
  press(button);
  EXPECT_EQ(level(zone), percent(60)) << "a client's LED does not decide";
  press(button);
  EXPECT_EQ(level(zone), Level::off());
}

TEST_F(Buttons, SingleActionRunsEveryTimeWithDelays) {
  const ZoneId a = home_.add_zone(home_.home());
  const ZoneId b = home_.add_zone(home_.home());
  const ButtonId button =
      home_.add_button(SingleAction{{{{a, percent(60), {}, {}}, {b, percent(30), {}, 10s}}, {}}}, LedLogic::scene);
  begin();
  press(button);
  EXPECT_EQ(level(b), Level::off());
  EXPECT_FALSE(lit(button));
  clock_.advance(5s);
  press(button);
  release(button);
  EXPECT_EQ(engine_.next_wake(), clock_.now().mono + 10s) << "the delay begins anew";
  wait(10s);
  EXPECT_EQ(level(b), percent(30));
  EXPECT_TRUE(lit(button));
}

TEST_F(Buttons, RaiseRampsWhileHeld) {
  const ZoneId a = home_.add_zone(home_.home());
  const ZoneId b = home_.add_zone(home_.home(), LoadType::switched);
  const ButtonId raise = home_.add_button(RaiseLower{true, {a, b}}, LedLogic::none);
  begin();
  press(raise);
  EXPECT_EQ(level(b), Level::off()) << "there is nothing between off and on";
  wait(1s);
  auto changes = send(ButtonMoved{raise, ButtonMove::release});
  EXPECT_EQ(steps_of(changes[1]),
            (std::vector<CauseStep>{{Kind::button_released, raise.value}, {Kind::ramp_stopped, raise.value}}));
  EXPECT_NEAR(reads(a), 20, 0.01);
  wait(10s);
  EXPECT_NEAR(reads(a), 20, 0.01);
}

TEST_F(Buttons, LowerStopsBeforeOff) {
  const ZoneId zone = home_.add_zone(home_.home());
  const ButtonId lower = home_.add_button(RaiseLower{false, {zone}}, LedLogic::none);
  begin();
  set(zone, 10);
  press(lower);
  wait(20s);
  EXPECT_EQ(level(zone), percent(1));
  EXPECT_EQ(send(ButtonMoved{lower, ButtonMove::release}).size(), 1u) << "it had stopped by itself";
}

TEST_F(Buttons, PressesAndReleasesInAnyOrderDoNoHarm) {
  const ZoneId zone = home_.add_zone(home_.home());
  const ButtonId raise = home_.add_button(RaiseLower{true, {zone}}, LedLogic::none);
  begin();
  EXPECT_EQ(send(ButtonMoved{raise, ButtonMove::release}).size(), 1u);
  press(raise);
  clock_.advance(1s);
  press(raise);
  clock_.advance(1s);
  release(raise);
  release(raise);
  EXPECT_NEAR(reads(zone), 40, 0.01);
  EXPECT_EQ(send(ButtonMoved{raise, ButtonMove::hold}).size(), 1u);
  EXPECT_EQ(send(ButtonMoved{raise, ButtonMove::multi_tap}).size(), 1u);
}

TEST_F(Buttons, ReleaseDoesNotStopWhatAnotherCommandStarted) {
  const ZoneId zone = home_.add_zone(home_.home());
  const ButtonId raise = home_.add_button(RaiseLower{true, {zone}}, LedLogic::none);
  begin();
  press(raise);
  clock_.advance(1s);
  set(zone, 90, 10s);
  clock_.advance(1s);
  release(raise);
  wait(9s);
  EXPECT_EQ(level(zone), percent(90));
}

TEST_F(Buttons, HoldsAndDoubleTapsAreToldThoughNothingIsProgrammedForThem) {
  const ZoneId zone = home_.add_zone(home_.home());
  const ButtonId button = home_.add_button(Toggle{{{{zone, percent(60), {}, {}}}, {}}, 0s});
  begin();
  const auto moves = [](const auto& changes) {
    std::vector<ButtonMove> told;
    for (const ButtonActed& it : only<ButtonActed>(changes)) told.push_back(it.move);
    return told;
  };
  press(button);
  EXPECT_EQ(level(zone), percent(60)) << "the press acts at once";
  EXPECT_EQ(engine_.next_wake(), clock_.now().mono + 500ms);
  clock_.advance(500ms);
  EXPECT_EQ(moves(send(TimePassed{})), std::vector{ButtonMove::hold});
  release(button);
  wait(1s);
  press(button);
  release(button);
  clock_.advance(200ms);
  EXPECT_EQ(moves(send(ButtonMoved{button, ButtonMove::press})),
            (std::vector{ButtonMove::press, ButtonMove::multi_tap}));
}

TEST_F(Buttons, ASilentKeypadStopsItsRamp) {
  const ZoneId zone = home_.add_zone(home_.home());
  const ButtonId raise = home_.add_button(RaiseLower{true, {zone}}, LedLogic::none);
  begin();
  send(PresenceReported{home_.keypad(), true, DeviceFault::none});
  press(raise);
  wait(1s);
  const auto changes = send(PresenceReported{home_.keypad(), false, DeviceFault::silent});
  ASSERT_EQ(changes.size(), 2u);
  EXPECT_TRUE(std::holds_alternative<PresenceChanged>(changes[0].what));
  EXPECT_EQ(steps_of(changes[1]).back(), (CauseStep{Kind::ramp_stopped, raise.value}));
  wait(10s);
  EXPECT_NEAR(reads(zone), 20, 0.01);
}

using Presences = EngineTest;

TEST_F(Presences, AreToldWhenTheyDiffer) {
  begin();
  EXPECT_EQ(send(PresenceReported{home_.keypad(), true, DeviceFault::none}).size(), 1u);
  EXPECT_EQ(send(PresenceReported{home_.keypad(), true, DeviceFault::none}).size(), 0u);
  EXPECT_EQ(send(PresenceReported{home_.keypad(), true, DeviceFault::duplicate_address}).size(), 1u);
  EXPECT_EQ(send(LinkReported{home_.link(), LinkFault::none}).size(), 0u);
  EXPECT_EQ(send(LinkReported{home_.link(), LinkFault::reversed_pair}).size(), 1u);
  EXPECT_EQ(send(LinkReported{home_.link(), LinkFault::reversed_pair}).size(), 0u);
  send(ActivateProject{home_.build()});
  EXPECT_EQ(send(PresenceReported{home_.keypad(), true, DeviceFault::duplicate_address}).size(), 0u);
  EXPECT_EQ(send(LinkReported{home_.link(), LinkFault::none}).size(), 1u);
}

}  // namespace
}  // namespace candela::engine
