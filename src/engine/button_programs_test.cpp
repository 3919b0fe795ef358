#include "engine/programs_fixture.h"

namespace candela::engine {
namespace {

// Buttons: each type, dark and lit

TEST_F(Programs, AdvancedToggleRunsOneOfTwo) {
  const ZoneId zone = home_.add_zone(home_.home());
  const ButtonId button = home_.add_button(AdvancedToggle{to(zone, 80), to(zone, 0)});
  begin();
  press(button);
  EXPECT_EQ(reads(zone), 80);
  EXPECT_TRUE(lit(button));
  press(button);
  EXPECT_EQ(reads(zone), 0);
  EXPECT_FALSE(lit(button));
}

TEST_F(Programs, DualActionRunsAtPressAndAtRelease) {
  const ZoneId zone = home_.add_zone(home_.home());
  const ButtonId button = home_.add_button(DualAction{to(zone, 60), to(zone, 10)});
  begin();
  press(button);
  EXPECT_EQ(reads(zone), 60);
  release(button);
  EXPECT_EQ(reads(zone), 10);
  set(zone, 50);
  release(button);
  EXPECT_EQ(reads(zone), 10) << "a contact that was closed before the start opens";
}

TEST_F(Programs, AHeldShadeButtonStopsShadesThatMove) {
  const ZoneId shade = home_.add_zone(home_.home(), LoadType::shade);
  home_.zone(shade).travel = 20s;
  SingleAction action{to(shade, 100), true};
  const ButtonId button = home_.add_button(action, LedLogic::scene);
  begin();
  press(button);
  wait(5s);
  press(button);
  const Level stopped = level(shade);
  EXPECT_GT(stopped, Level::off());
  EXPECT_LT(stopped, Level::full());
  wait(30s);
  EXPECT_EQ(level(shade), stopped);
  press(button);
  wait(30s);
  EXPECT_EQ(reads(shade), 100);
}

TEST_F(Programs, OpenStopCloseGoesOnAtEachPress) {
  const ZoneId shade = home_.add_zone(home_.home(), LoadType::shade);
  home_.zone(shade).travel = 20s;
  const ButtonId button = home_.add_button(OpenStopClose{{shade}}, LedLogic::shade);
  begin();
  press(button);  // closed: opens
  EXPECT_TRUE(lit(button)) << "open, or on its way there";
  wait(10s);
  press(button);  // moves: stops
  const Level half = level(shade);
  EXPECT_NEAR(half.percent(), 50, 1);
  press(button);  // opened last: closes
  wait(30s);
  EXPECT_EQ(reads(shade), 0);
  EXPECT_FALSE(lit(button));
  press(button);
  wait(30s);
  EXPECT_EQ(reads(shade), 100);
}

TEST_F(Programs, MasterRaiseActsOnTheButtonUsedLast) {
  const ZoneId a = home_.add_zone(home_.home());
  const ZoneId b = home_.add_zone(home_.home());
  const ButtonId first = home_.add_button(SingleAction{to(a, 20)});
  const ButtonId second = home_.add_button(SingleAction{to(b, 20)});
  const ButtonId third = home_.add_button(SingleAction{to(a, 20)});
  home_.button(third).keeps_raise_lower_target = true;
  const ButtonId raise = home_.add_button(MasterRaiseLower{true}, LedLogic::none);
  begin();
  press(raise);
  release(raise);
  EXPECT_EQ(reads(a), 0) << "nothing was used yet";
  press(first);
  press(second);
  press(third);
  press(raise);
  wait(1s);
  release(raise);
  EXPECT_EQ(reads(a), 20);
  EXPECT_GT(reads(b), 20);
  const Level stopped = level(b);
  wait(5s);
  EXPECT_EQ(level(b), stopped) << "the release stopped it";
}

TEST_F(Programs, CycleDimTapsAndRamps) {
  const ZoneId zone = home_.add_zone(home_.home());
  const ButtonId button = home_.add_button(CycleDim{to(zone, 50), 0s});
  begin();
  press(button);
  EXPECT_EQ(reads(zone), 0) << "it may become a hold";
  release(button);
  EXPECT_EQ(reads(zone), 50);
  press(button);
  wait(1500ms);
  release(button);
  const Level lower = level(zone);
  EXPECT_LT(lower, percent(50));
  press(button);
  wait(1500ms);
  release(button);
  EXPECT_GT(level(zone), lower) << "the other way";
  press(button);
  release(button);
  EXPECT_EQ(reads(zone), 0) << "lit: a tap goes off";
}

TEST_F(Programs, HoldAndDoubleTapRunTheirOwnPresets) {
  const ZoneId zone = home_.add_zone(home_.home());
  const ButtonId button = home_.add_button(SingleAction{to(zone, 10)});
  home_.button(button).hold = to(zone, 20);
  home_.button(button).double_tap = to(zone, 30);
  begin();
  press(button);
  release(button);
  EXPECT_EQ(reads(zone), 0);
  auto changes = wait(500ms);
  EXPECT_EQ(reads(zone), 10);
  press(button);
  changes = wait(500ms);
  EXPECT_EQ(reads(zone), 20);
  ASSERT_FALSE(only<ButtonActed>(changes).empty());
  EXPECT_EQ(only<ButtonActed>(changes)[0].move, ButtonMove::hold);
  release(button);
  press(button);
  release(button);
  changes = send(ButtonMoved{button, ButtonMove::press});
  EXPECT_EQ(reads(zone), 30);
  EXPECT_EQ(only<ButtonActed>(changes).back().move, ButtonMove::multi_tap);
}

TEST_F(Programs, ALostKeypadForgetsItsFingers) {
  const ZoneId zone = home_.add_zone(home_.home());
  const ButtonId button = home_.add_button(CycleDim{to(zone, 50), 0s});
  begin();
  set(zone, 50);
  press(button);
  send(PresenceReported{home_.keypad(), false});
  wait(10s);
  EXPECT_EQ(reads(zone), 50);
}

TEST_F(Programs, PhantomButtonsArePressedByPrograms) {
  const ZoneId zone = home_.add_zone(home_.home());
  const ButtonId phantom = home_.add_button(Toggle{to(zone, 50), 0s});
  const ButtonId button = home_.add_button(SingleAction{doing({ButtonMoved{phantom, ButtonMove::press}})});
  begin();
  press(button);
  EXPECT_EQ(reads(zone), 50);
  press(button);
  EXPECT_EQ(reads(zone), 0);
}

}  // namespace
}  // namespace candela::engine
