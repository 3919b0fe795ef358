#include "engine/programs_fixture.h"

namespace candela::engine {
namespace {

// LEDs

TEST_F(Programs, PathwayIsLitWhenEveryZoneIsOn) {
  const ZoneId a = home_.add_zone(home_.home());
  const ZoneId b = home_.add_zone(home_.home());
  const Preset both{{{a, percent(10), {}, {}}, {b, percent(10), {}, {}}}, {}};
  const ButtonId button = home_.add_button(SingleAction{both}, LedLogic::pathway);
  begin();
  set(a, 70);
  EXPECT_FALSE(lit(button));
  set(b, 1);
  EXPECT_TRUE(lit(button));
}

TEST_F(Programs, AReversedLedIsLitWhenItsLogicSaysDark) {
  const ZoneId zone = home_.add_zone(home_.home());
  const ButtonId button = home_.add_button(Toggle{to(zone, 50), 0s});
  home_.button(button).led_reversed = true;
  begin();
  EXPECT_TRUE(lit(button));
  press(button);
  EXPECT_EQ(reads(zone), 50) << "the logic decides, not the lamp on the button";
  EXPECT_FALSE(lit(button));
}

TEST_F(Programs, ALocalLoadLightsItsOwnButton) {
  const ZoneId zone = home_.add_zone(home_.home());
  home_.zone(zone).output = DeviceOutput{home_.keypad(), 1};
  const ButtonId button = home_.add_button(std::monostate{}, LedLogic::local_load);
  begin();
  EXPECT_FALSE(lit(button));
  set(zone, 5);
  EXPECT_TRUE(lit(button));
}

TEST_F(Programs, AnLedFollowsItsCondition) {
  const ZoneId zone = home_.add_zone(home_.home());
  const VariableId time_of_day = home_.add_variable({"day", "night"});
  const ButtonId button = home_.add_button(std::monostate{}, LedLogic::condition);
  home_.button(button).led_condition =
      joined(Condition::Kind::all,
             {is(Condition::Kind::variable, time_of_day.value, 1), level_of(zone, Condition::Comparison::above, 30)});
  const ButtonId other = home_.add_button(std::monostate{}, LedLogic::condition);
  home_.button(other).led_condition =
      is(Condition::Kind::led, HomeBuilder::led_of(button).value, static_cast<std::uint8_t>(LedState::on));
  begin();
  set(zone, 50);
  EXPECT_FALSE(lit(button));
  send(SetVariable{time_of_day, 1});
  EXPECT_TRUE(lit(button));
  EXPECT_TRUE(lit(other)) << "an LED may follow another";
  set(zone, 20);
  EXPECT_FALSE(lit(button));
  EXPECT_FALSE(lit(other));
}

TEST_F(Programs, LedsThatChaseEachOtherComeToRest) {
  const ButtonId a = home_.add_button(std::monostate{}, LedLogic::condition);
  const ButtonId b = home_.add_button(std::monostate{}, LedLogic::condition);
  const auto on = static_cast<std::uint8_t>(LedState::on);
  home_.button(a).led_condition =
      joined(Condition::Kind::none, {is(Condition::Kind::led, HomeBuilder::led_of(b).value, on)});
  home_.button(b).led_condition = is(Condition::Kind::led, HomeBuilder::led_of(a).value, on);
  engine_ = Engine();
  for (int i = 0; i < 3; ++i) {
    const auto changes = engine_.on({{}, ActivateProject{home_.build()}}, clock_.now());
    EXPECT_LT(changes.size(), 20U);
  }
}

TEST_F(Programs, AConditionOverTimeTurnsByItself) {
  const ButtonId button = home_.add_button(std::monostate{}, LedLogic::condition);
  Condition& window = home_.button(button).led_condition;
  window.kind = Condition::Kind::time_window;
  window.from = {TimeOfDay::Kind::fixed, std::chrono::hours(22)};
  window.to = {TimeOfDay::Kind::fixed, std::chrono::hours(6)};
  clock_.set({MonoTime{1h}, UtcTime{std::chrono::sys_days{std::chrono::year{2026} / 3 / 10}} + 20h});
  begin();
  EXPECT_FALSE(lit(button));
  ASSERT_TRUE(engine_.next_wake());
  EXPECT_EQ(*engine_.next_wake(), clock_.now().mono + 2h);
  wait(2h);
  EXPECT_TRUE(lit(button));
  wait(8h);
  EXPECT_FALSE(lit(button));
}

// Conditions

TEST_F(Programs, TheFirstBranchThatHoldsIsRun) {
  const ZoneId zone = home_.add_zone(home_.home());
  const ZoneId lamp = home_.add_zone(home_.home());
  const ModeId normal = home_.add_mode("normal");
  const ModeId away = home_.add_mode("away");
  Conditional choice;
  choice.branches = {{is(Condition::Kind::mode, away.value), to(lamp, 10)},
                     {level_of(zone, Condition::Comparison::above, 50), to(lamp, 20)},
                     {level_of(zone, Condition::Comparison::is, 30), to(lamp, 30)},
                     {Condition{}, to(lamp, 40)}};
  const ButtonId button = home_.add_button(SingleAction{doing({choice})});
  begin();
  press(button);
  EXPECT_EQ(reads(lamp), 40);
  set(zone, 30);
  press(button);
  EXPECT_EQ(reads(lamp), 30);
  set(zone, 80, 10s);
  press(button);
  EXPECT_EQ(reads(lamp), 30) << "the level now counts, not where it is going";
  wait(10s);
  const auto changes = send(ButtonMoved{button, ButtonMove::press});
  EXPECT_EQ(reads(lamp), 20);
  EXPECT_EQ(steps_of(changes[1]).back(), (CauseStep{CauseStep::Kind::branch_taken, 2}));
  send(SetMode{away});
  press(button);
  EXPECT_EQ(reads(lamp), 10);
  send(SetMode{normal});
}

struct Truth {
  std::vector<bool> parts;
  bool all, any, none;
};

TEST_F(Programs, JoinedConditions) {
  const std::vector<Truth> table = {{{}, true, false, true},
                                    {{true}, true, true, false},
                                    {{false}, false, false, true},
                                    {{true, true}, true, true, false},
                                    {{true, false}, false, true, false},
                                    {{false, true}, false, true, false},
                                    {{false, false}, false, false, true}};
  const ZoneId lamp = home_.add_zone(home_.home());
  const VariableId variable = home_.add_variable({"true", "false"});
  struct Expected {
    ButtonId button;
    bool holds;
  };
  std::vector<Expected> buttons;
  const auto add = [&](Condition::Kind kind, const Truth& truth, bool expected) {
    Condition condition;
    condition.kind = kind;
    for (const bool part : truth.parts)
      condition.parts.push_back(is(Condition::Kind::variable, variable.value, part ? 0 : 1));
    Conditional choice;
    choice.branches = {{condition, to(lamp, 100)}, {Condition{}, to(lamp, 0)}};
    buttons.push_back({home_.add_button(SingleAction{doing({choice})}, LedLogic::none), expected});
  };
  for (const Truth& truth : table) {
    add(Condition::Kind::all, truth, truth.all);
    add(Condition::Kind::any, truth, truth.any);
    add(Condition::Kind::none, truth, truth.none);
  }
  begin();
  for (const auto& [button, expected] : buttons) {
    press(button);
    EXPECT_EQ(level(lamp).is_on(), expected) << button.value;
  }
}

TEST_F(Programs, SceneStateIsACondition) {
  const ZoneId zone = home_.add_zone(home_.home());
  const ZoneId lamp = home_.add_zone(home_.home());
  const SceneId evening = home_.add_scene(home_.home(), 1, {{zone, percent(40)}});
  Conditional choice;
  choice.branches = {{is(Condition::Kind::scene, evening.value), to(lamp, 70)}};
  const ButtonId button = home_.add_button(SingleAction{doing({choice})});
  begin();
  press(button);
  EXPECT_EQ(reads(lamp), 0);
  send(ActivateScene{evening});
  press(button);
  EXPECT_EQ(reads(lamp), 70);
}

// Variables and modes

TEST_F(Programs, VariablesAreSetAndRemembered) {
  const VariableId kept = home_.add_variable({"a", "b", "c"});
  const VariableId fresh = home_.add_variable({"a", "b"});
  home_.project().variables.back().kept = false;
  SavedState remembered;
  remembered.variables = {{kept, 2}, {fresh, 1}, {VariableId{9999}, 1}};
  begin(remembered);
  EXPECT_EQ(view_.variable(kept), 2);
  EXPECT_EQ(view_.variable(fresh), 0);
  EXPECT_TRUE(send(SetVariable{kept, 2}).empty()) << "it is so already";
  EXPECT_TRUE(send(SetVariable{kept, 3}).empty()) << "it has no such state";
  EXPECT_EQ(only<VariableChanged>(send(SetVariable{kept, 0})).size(), 1U);
}

TEST_F(Programs, AStateGoesOnByItsNameOverATransfer) {
  const VariableId variable = home_.add_variable({"morning", "night"});
  begin();
  send(SetVariable{variable, 1});
  home_.project().variables[0].states = {"dawn", "morning", "night"};
  const ZoneId lamp = home_.add_zone(home_.home());
  Conditional choice;
  choice.branches = {{is(Condition::Kind::variable, variable.value, 2), to(lamp, 100)}};
  const ButtonId button = home_.add_button(SingleAction{doing({choice})});
  send(ActivateProject{home_.build()});
  EXPECT_EQ(view_.variable(variable), 2);
  press(button);
  EXPECT_EQ(reads(lamp), 100);
}

}  // namespace
}  // namespace candela::engine
