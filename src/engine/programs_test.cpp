#include "engine/engine_fixture.h"

namespace candela::engine {
namespace {

using Programs = EngineTest;

Preset to(ZoneId zone, double level) { return {{{zone, percent(level), {}, {}}}, {}}; }
Preset doing(std::vector<Action> actions) { return {{}, {}, std::move(actions)}; }

Condition is(Condition::Kind kind, std::uint32_t object, std::uint8_t state = 0) {
  Condition condition;
  condition.kind = kind;
  condition.object = object;
  condition.state = state;
  return condition;
}
Condition level_of(ZoneId zone, Condition::Comparison comparison, double value) {
  Condition condition = is(Condition::Kind::zone, zone.value);
  condition.comparison = comparison;
  condition.level = percent(value);
  return condition;
}
Condition joined(Condition::Kind kind, std::vector<Condition> parts) {
  Condition condition;
  condition.kind = kind;
  condition.parts = std::move(parts);
  return condition;
}

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

// Sequences

TEST_F(Programs, ASequenceTakesItsStepsAndEnds) {
  const ZoneId zone = home_.add_zone(home_.home());
  const SequenceId sequence = home_.add_sequence({{to(zone, 10), 2s}, {to(zone, 20), 3s}, {to(zone, 30), 1s}}, 2);
  const ButtonId button = home_.add_button(StartStopSequence{sequence}, LedLogic::sequence);
  begin();
  auto changes = send(ButtonMoved{button, ButtonMove::press});
  EXPECT_TRUE(view_.is_running(sequence));
  EXPECT_EQ(reads(zone), 10);
  wait(2s);
  EXPECT_EQ(reads(zone), 20);
  wait(3s);
  EXPECT_EQ(reads(zone), 30);
  changes = wait(1s);
  EXPECT_EQ(reads(zone), 10) << "the second round";
  EXPECT_EQ(steps_of(changes[0]).back(), (CauseStep{CauseStep::Kind::sequence_step, sequence.value}));
  wait(6s);
  EXPECT_FALSE(view_.is_running(sequence));
  EXPECT_FALSE(engine_.next_wake());
  EXPECT_EQ(reads(zone), 30);
}

struct Again {
  Sequence::StartedAgain rule;
  double reads;  ///< 1 s after the second start, which is 1 s after the first
  bool runs;
};

TEST_F(Programs, StartedAgainWhileItRuns) {
  for (const Again& row :
       {Again{Sequence::StartedAgain::ignore, 20, true}, Again{Sequence::StartedAgain::restart, 10, true},
        Again{Sequence::StartedAgain::stop, 5, false}}) {
    home_ = HomeBuilder();
    view_ = View();
    const ZoneId zone = home_.add_zone(home_.home());
    const SequenceId sequence = home_.add_sequence({{to(zone, 10), 2s}, {to(zone, 20), 5s}});
    home_.sequence(sequence).started_again = row.rule;
    home_.sequence(sequence).at_stop = to(zone, 5);
    begin();
    send(ControlSequence{sequence, Control::start});
    wait(1s);
    send(ControlSequence{sequence, Control::start});
    wait(1s);
    EXPECT_EQ(reads(zone), row.reads);
    EXPECT_EQ(view_.is_running(sequence), row.runs);
  }
}

TEST_F(Programs, ASequenceGivesWayToPeople) {
  const ZoneId zone = home_.add_zone(home_.home());
  const ZoneId other = home_.add_zone(home_.home());
  const SequenceId sequence = home_.add_sequence({{to(zone, 10), 2s}, {to(zone, 20), 2s}}, 0);
  home_.sequence(sequence).stops_on_command = true;
  begin();
  send(ControlSequence{sequence, Control::start});
  wait(2s);
  set(other, 50);
  EXPECT_TRUE(view_.is_running(sequence));
  set(zone, 77);
  EXPECT_FALSE(view_.is_running(sequence));
  wait(10s);
  EXPECT_EQ(reads(zone), 77);
}

TEST_F(Programs, OneSequenceStopsAnother) {
  const ZoneId zone = home_.add_zone(home_.home());
  const SequenceId first = home_.add_sequence({{to(zone, 10), 2s}}, 0);
  const SequenceId second = home_.add_sequence({{to(zone, 20), 2s}}, 0);
  home_.sequence(second).stops = {first};
  begin();
  send(ControlSequence{first, Control::start});
  send(ControlSequence{second, Control::start});
  EXPECT_FALSE(view_.is_running(first));
  EXPECT_TRUE(view_.is_running(second));
}

TEST_F(Programs, LedsOfASequenceGoOutWithIt) {
  const ButtonId shown = home_.add_button(std::monostate{}, LedLogic::sequence);
  const SequenceId sequence = home_.add_sequence({{doing({SetLed{HomeBuilder::led_of(shown), LedState::flash}}), 5s}});
  begin();
  send(ControlSequence{sequence, Control::start});
  EXPECT_EQ(engine_.led(HomeBuilder::led_of(shown)), LedState::flash);
  wait(5s);
  EXPECT_EQ(engine_.led(HomeBuilder::led_of(shown)), LedState::off);
}

TEST_F(Programs, ASequenceGoesOnOverATransferAndIsStoppedAfterARestart) {
  const ZoneId zone = home_.add_zone(home_.home());
  const SequenceId sequence = home_.add_sequence({{to(zone, 10), 5s}, {to(zone, 20), 5s}});
  begin();
  send(ControlSequence{sequence, Control::start});
  wait(2s);
  send(ActivateProject{home_.build()});
  EXPECT_TRUE(view_.is_running(sequence));
  wait(3s);
  EXPECT_EQ(reads(zone), 20);
  view_ = View();
  begin();
  EXPECT_FALSE(view_.is_running(sequence));
  EXPECT_FALSE(engine_.next_wake());
}

// What calls itself

TEST_F(Programs, AButtonThatPressesItselfIsStopped) {
  const ZoneId zone = home_.add_zone(home_.home());
  const ButtonId button = home_.add_button(std::monostate{}, LedLogic::none);
  home_.button(button).programming = SingleAction{doing({ButtonMoved{button, ButtonMove::press}})};
  begin();
  const auto changes = send(ButtonMoved{button, ButtonMove::press});
  EXPECT_EQ(only<ProgramStopped>(changes).size(), 1U);
  EXPECT_LT(changes.size(), 100U);
  wait(1s);
  set(zone, 40);
  EXPECT_EQ(reads(zone), 40) << "the house goes on";
}

TEST_F(Programs, SequencesThatStartEachOtherWithoutTimePassingAreStopped) {
  const SequenceId a = home_.add_sequence({{}, {}});
  const SequenceId b = home_.add_sequence({{doing({ControlSequence{a, Control::start}}), 0s}});
  home_.sequence(a).steps = {{doing({ControlSequence{b, Control::start}}), 0s}};
  begin();
  const auto changes = send(ControlSequence{a, Control::start});
  EXPECT_EQ(only<ProgramStopped>(changes).size(), 1U);
  wait(1s);
  EXPECT_LT(wait(1h).size(), 10U) << "they do not go on later";
}

TEST_F(Programs, AnEndlessSequenceWithoutWaitsCannotFloodTheHouse) {
  const ZoneId zone = home_.add_zone(home_.home());
  const SequenceId sequence = home_.add_sequence({{to(zone, 10), 0s}, {to(zone, 20), 0s}}, 0);
  begin();
  send(ControlSequence{sequence, Control::start});
  EXPECT_LE(wait(1s).size(), 2U * 11U);
}

// Scenes

TEST_F(Programs, ASceneIsSavedAsItsZonesAre) {
  const ZoneId a = home_.add_zone(home_.home());
  const ZoneId b = home_.add_zone(home_.home());
  const SceneId scene = home_.add_scene(home_.home(), 1, {{a, percent(40), 2s}});
  begin();
  set(a, 70);
  set(b, 90);
  const auto changes = send(SaveScene{scene});
  ASSERT_EQ(only<SceneEdited>(changes).size(), 1U);
  ASSERT_EQ(view_.scene_edit(scene)->size(), 1U) << "the scene keeps its zones";
  EXPECT_EQ(view_.scene_edit(scene)->front().level, percent(70));
  EXPECT_EQ(engine_.scene(home_.home()), scene) << "its zones are there already";
  set(a, 0);
  send(ActivateScene{scene});
  wait(2s);
  EXPECT_EQ(reads(a), 70);
}

TEST_F(Programs, AnEditHoldsUntilTheInstallerChangesTheScene) {
  const ZoneId a = home_.add_zone(home_.home());
  const SceneId scene = home_.add_scene(home_.home(), 1, {{a, percent(40)}});
  SavedState remembered;
  remembered.scene_edits = {{scene, {{a, percent(55)}}}};
  begin(remembered);
  send(ActivateScene{scene});
  EXPECT_EQ(reads(a), 55);
  home_.add_zone(home_.home());
  send(ActivateProject{home_.build()});
  send(ActivateScene{scene});
  EXPECT_EQ(reads(a), 55) << "the scene is the same in the new project";
  home_.project().scenes[0].preset.zones[0].level = percent(80);
  send(ActivateProject{home_.build()});
  EXPECT_EQ(view_.scene_edit(scene), nullptr);
  send(ActivateScene{scene});
  EXPECT_EQ(reads(a), 80);
}

TEST_F(Programs, AnEditedSceneKeepsToItsZones) {
  const ZoneId a = home_.add_zone(home_.home());
  const ZoneId b = home_.add_zone(home_.home());
  const SceneId scene = home_.add_scene(home_.home(), 1, {{a, percent(40)}});
  begin();
  send(EditScene{scene, {{a, percent(10)}, {b, percent(10)}}});
  send(ActivateScene{scene});
  EXPECT_EQ(reads(a), 10);
  EXPECT_EQ(reads(b), 0);
  EXPECT_TRUE(send(EditScene{SceneId{9999}, {}}).empty());
}

TEST_F(Programs, AHeldButtonSavesAScene) {
  const ZoneId a = home_.add_zone(home_.home());
  const SceneId scene = home_.add_scene(home_.home(), 1, {{a, percent(40)}});
  const ButtonId button = home_.add_button(SingleAction{{{}, {scene}}}, LedLogic::scene);
  home_.button(button).hold = doing({SaveScene{scene}});
  begin();
  set(a, 66);
  press(button);
  wait(500ms);
  release(button);
  EXPECT_TRUE(lit(button));
  set(a, 0);
  press(button);
  release(button);
  EXPECT_EQ(reads(a), 66);
}

TEST_F(Programs, ASharedSceneBringsItsActionsWhereverItIsRecalled) {
  const ZoneId zone = home_.add_zone(home_.home());
  const VariableId variable = home_.add_variable({"day", "night"});
  const SceneId shared = home_.add_scene(home_.home(), 0, {{zone, percent(30)}});
  home_.project().scenes.back().shared = true;
  home_.project().scenes.back().preset.actions = {SetVariable{variable, 1}};
  const ButtonId button = home_.add_button(SingleAction{{{}, {shared}}});
  begin();
  press(button);
  EXPECT_EQ(reads(zone), 30);
  EXPECT_EQ(view_.variable(variable), 1);
  send(SetVariable{variable, 0});
  send(ActivateScene{shared});
  EXPECT_EQ(view_.variable(variable), 1);
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
