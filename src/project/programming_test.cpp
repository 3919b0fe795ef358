// What buttons, presets, variables, modes, sequences and shared scenes become.

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include "project/programming_home.h"

namespace candela::project {
namespace {

using std::chrono::seconds;
using ::testing::ElementsAre;
using ::testing::IsEmpty;
using ::testing::SizeIs;

template <class Kind>
const Kind& programming(const ProgrammedHome& home) {
  const auto* kind = std::get_if<Kind>(&home.button().programming);
  EXPECT_NE(kind, nullptr);
  static const Kind none{};
  return kind != nullptr ? *kind : none;
}

TEST(Buttons, toggle_between_two_presets) {
  const ProgrammedHome home("advanced_toggle: {dark: {zones: {ceiling: 100}}, lit: {scenes: [evening]}}");
  const auto& toggle = programming<AdvancedToggle>(home);
  EXPECT_EQ(toggle.dark.zones.at(0).level, Level::full());
  EXPECT_THAT(toggle.lit.scenes, ElementsAre(home.project().find_scene("hall.evening")->number));
  EXPECT_EQ(home.button().led_logic, LedLogic::room);
}

TEST(Buttons, stop_shades_that_move) {
  const ProgrammedHome home("single_action: {zones: {shade: open}, stops_shades: true}");
  EXPECT_TRUE(programming<SingleAction>(home).stops_shades);
  EXPECT_EQ(home.button().led_logic, LedLogic::scene);
}

TEST(Buttons, do_one_thing_down_and_another_up) {
  const ProgrammedHome home("dual_action: {press: {zones: {gate: on}}, release: {zones: {gate: off}}}");
  EXPECT_EQ(programming<DualAction>(home).press.zones.at(0).level, Level::full());
  EXPECT_EQ(programming<DualAction>(home).release.zones.at(0).level, Level::off());
}

TEST(Buttons, open_stop_and_close_shades) {
  const ProgrammedHome home("open_stop_close: [blind, shade]");
  EXPECT_THAT(programming<OpenStopClose>(home).shades,
              ElementsAre(home.zone("blind").number, home.zone("shade").number));
  EXPECT_EQ(home.button().led_logic, LedLogic::shade);
  EXPECT_THAT(programming<OpenStopClose>(ProgrammedHome("open_stop_close: blind")).shades, SizeIs(1));
}

TEST(Buttons, ramp_zones_areas_and_scenes) {
  const ProgrammedHome area("lower: [hall]");
  EXPECT_FALSE(programming<RaiseLower>(area).raise);
  EXPECT_THAT(programming<RaiseLower>(area).zones,
              ElementsAre(area.zone("ceiling").number, area.zone("white").number, area.zone("spot").number))
      << "an area's lights, not its shades";
  const ProgrammedHome shade("lower: [shade]");
  EXPECT_THAT(programming<RaiseLower>(shade).zones, ElementsAre(shade.zone("shade").number));
  const ProgrammedHome scene("lower: {scene: evening}");
  EXPECT_THAT(programming<RaiseLower>(scene).zones,
              ElementsAre(scene.zone("ceiling").number, scene.zone("shade").number));
}

TEST(Buttons, ramp_what_was_used_last) {
  const ProgrammedHome home("master_lower: true");
  EXPECT_FALSE(programming<MasterRaiseLower>(home).raise);
  EXPECT_EQ(home.button().name, "Lower");
  EXPECT_TRUE(programming<MasterRaiseLower>(ProgrammedHome("master_raise: true")).raise);
}

TEST(Buttons, cycle_through_levels) {
  const ProgrammedHome home("cycle_dim: {zones: {ceiling: 70}, off_fade: 5s}");
  EXPECT_EQ(programming<CycleDim>(home).off_fade, seconds(5));
  EXPECT_EQ(programming<CycleDim>(home).on.zones.at(0).level, Level::from_percent(70));
}

TEST(Buttons, start_and_stop_sequences) {
  const ProgrammedHome home("sequence: pool");
  EXPECT_EQ(programming<StartStopSequence>(home).sequence, home.project().find_sequence("pool")->number);
  EXPECT_EQ(home.button().led_logic, LedLogic::sequence);
}

TEST(Buttons, choose_by_a_variable) {
  const ProgrammedHome home(
      "by_variable: {variable: time-of-day, states: {night: {zones: {ceiling: 5}}, day: {zones: {ceiling: 90}}}}");
  const auto& conditional = std::get<Conditional>(programming<SingleAction>(home).preset.actions.at(0));
  ASSERT_THAT(conditional.branches, SizeIs(2));
  const Branch& night = conditional.branches[0];
  EXPECT_EQ(night.when.kind, Condition::Kind::variable);
  EXPECT_EQ(night.when.object, home.project().find_variable("time-of-day")->number.value);
  EXPECT_EQ(night.when.state, 2);
  EXPECT_EQ(night.preset.zones.at(0).level, Level::from_percent(5));
  EXPECT_EQ(conditional.branches[1].when.state, 1);
  EXPECT_EQ(home.button().led_logic, LedLogic::none) << "a choice has no one state to show";
}

TEST(Buttons, choose_by_conditions_within_conditions) {
  const ProgrammedHome home(
      "conditional: [{when: {night: true}, zones: {ceiling: 5}}, {when: {away: false}, actions: [{conditional: "
      "[{when: {zone: lamp, is: on}, zones: {ceiling: 50}}, {otherwise: {zones: {ceiling: 60}}}]}]}, "
      "{otherwise: {zones: {ceiling: 100}}}]");
  const auto& conditional = std::get<Conditional>(programming<SingleAction>(home).preset.actions.at(0));
  ASSERT_THAT(conditional.branches, SizeIs(3));
  EXPECT_EQ(conditional.branches[0].when.kind, Condition::Kind::night);
  EXPECT_EQ(conditional.branches[2].when.kind, Condition::Kind::always);
  const auto& inner = std::get<Conditional>(conditional.branches[1].preset.actions.at(0));
  ASSERT_THAT(inner.branches, SizeIs(2));
  EXPECT_EQ(inner.branches[1].preset.zones.at(0).level, Level::from_percent(60));
}

TEST(Buttons, have_slower_gestures_and_marks) {
  const ProgrammedHome home(
      "toggle: {zones: {lamp: on}}, hold: {scenes: [party]}, double_tap: {zones: {ceiling: {level: 100, fade: 0s}}}, "
      "led: pathway, led_reversed: true, keeps_raise_lower_target: true, locked: true");
  const Button& button = home.button();
  ASSERT_TRUE(button.hold);
  EXPECT_THAT(button.hold->scenes, ElementsAre(home.project().find_scene("party")->number));
  ASSERT_TRUE(button.double_tap);
  EXPECT_EQ(button.double_tap->zones.at(0).fade, seconds(0));
  EXPECT_EQ(button.led_logic, LedLogic::pathway);
  EXPECT_TRUE(button.led_reversed);
  EXPECT_TRUE(button.keeps_raise_lower_target);
  EXPECT_TRUE(button.locked);
  EXPECT_FALSE(home.project().find_button("door.2")->locked);
}

TEST(Buttons, have_leds_of_every_logic) {
  const std::pair<const char*, LedLogic> words[] = {{"room", LedLogic::room},
                                                    {"scene", LedLogic::scene},
                                                    {"pathway", LedLogic::pathway},
                                                    {"integration", LedLogic::integration},
                                                    {"sequence", LedLogic::sequence},
                                                    {"shade", LedLogic::shade},
                                                    {"local_load", LedLogic::local_load},
                                                    {"none", LedLogic::none}};
  for (const auto& [word, logic] : words) {
    EXPECT_EQ(ProgrammedHome(std::string("led: ") + word).button().led_logic, logic) << word;
  }
  const ProgrammedHome home("led: {when: {mode: vacation}}");
  EXPECT_EQ(home.button().led_logic, LedLogic::condition);
  EXPECT_EQ(home.button().led_condition.kind, Condition::Kind::mode);
}

TEST(Buttons, of_phantom_keypads_are_there_for_programs) {
  const ProgrammedHome home;
  const Button& button = *home.project().find_button("programs.1");
  EXPECT_TRUE(std::holds_alternative<SingleAction>(button.programming));
  EXPECT_TRUE(home.project().find_device("programs")->is_virtual());
}

/// The one assignment of a preset that is written as zones.
Assignment assigned(std::string_view zones) {
  const ProgrammedHome home("single_action: {zones: " + std::string(zones) + "}");
  return std::get<SingleAction>(home.button().programming).preset.zones.at(0);
}

TEST(Assignments, say_levels_in_the_words_of_the_load) {
  EXPECT_EQ(assigned("{ceiling: 37.5}").level, Level::from_percent(37.5));
  EXPECT_EQ(assigned("{ceiling: on}").level, Level::full());
  EXPECT_EQ(assigned("{ceiling: {level: off, fade: 4s}}").fade, seconds(4));
  EXPECT_EQ(assigned("{lamp: on}").level, Level::full());
  EXPECT_EQ(assigned("{lamp: off}").level, Level::off());
  EXPECT_EQ(assigned("{lamp: 100}").level, Level::full());
  EXPECT_EQ(assigned("{fan: medium-high}").level, Level::from_percent(75));
  EXPECT_EQ(assigned("{fan: low}").level, Level::from_percent(25));
  EXPECT_EQ(assigned("{fan: 50}").level, Level::from_percent(50));
  EXPECT_EQ(assigned("{shade: open}").level, Level::full());
  EXPECT_EQ(assigned("{shade: closed}").level, Level::off());
  EXPECT_EQ(assigned("{shade: 30}").level, Level::from_percent(30));
  EXPECT_EQ(assigned("{gate: closed}").level, Level::full()) << "current flows";
  EXPECT_EQ(assigned("{gate: open}").level, Level::off());
}

TEST(Assignments, may_leave_the_level_alone) {
  const Assignment tilt = assigned("{blind: {tilt: 30}}");
  EXPECT_TRUE(tilt.keeps_level);
  EXPECT_EQ(tilt.tilt, Level::from_percent(30));
  EXPECT_TRUE(assigned("{spot: {kelvin: 3000}}").keeps_level);
  const Assignment both = assigned("{blind: {level: 50, tilt: 30, delay: 1s}}");
  EXPECT_FALSE(both.keeps_level);
  EXPECT_EQ(both.delay, seconds(1));
}

TEST(Assignments, say_colours) {
  EXPECT_EQ(assigned("{white: {level: 50, kelvin: 2700}}").colour, Colour::white(2700));
  EXPECT_EQ(assigned("{spot: {colour: {x: 0.45, y: 0.41}}}").colour, Colour::xy(4500, 4100));
  Colour vivid = Colour::white(3000);
  vivid.vibrancy = 80;
  EXPECT_EQ(assigned("{spot: {kelvin: 3000, vibrancy: 80}}").colour, vivid);
  const Colour red = assigned("{spot: {hue: 0, saturation: 100}}").colour;
  EXPECT_EQ(red, Colour::xy(6400, 3300));
  EXPECT_EQ(assigned("{spot: {hue: 0}}").colour, red) << "full saturation";
}

TEST(Variables, have_states) {
  const ProgrammedHome home;
  const Variable& variable = *home.project().find_variable("time-of-day");
  EXPECT_EQ(variable.name, "Time of day");
  EXPECT_THAT(variable.states, ElementsAre("morning", "day", "night"));
  EXPECT_EQ(variable.initial, 1);
  EXPECT_FALSE(variable.kept);
  const Variable& guests = *home.project().find_variable("guests");
  EXPECT_EQ(guests.name, "guests") << "the id stands in for a name";
  EXPECT_EQ(guests.initial, 0);
  EXPECT_TRUE(guests.kept);
}

TEST(Modes, are_in_the_order_of_the_file) {
  const ProgrammedHome home;
  ASSERT_THAT(home.project().modes, SizeIs(2));
  EXPECT_EQ(home.project().modes[0].id, "normal");
  EXPECT_EQ(home.project().modes[1].name, "Vacation");
}

TEST(Sequences, have_steps_and_manners) {
  const ProgrammedHome home;
  const Sequence& welcome = *home.project().find_sequence("welcome");
  ASSERT_THAT(welcome.steps, SizeIs(2));
  EXPECT_EQ(welcome.steps[0].then_wait, seconds(2));
  EXPECT_THAT(welcome.steps[1].preset.scenes, SizeIs(1));
  EXPECT_EQ(welcome.rounds, 3U);
  EXPECT_EQ(welcome.started_again, Sequence::StartedAgain::ignore);
  EXPECT_TRUE(welcome.stops_on_command);
  EXPECT_THAT(welcome.stops, ElementsAre(home.project().find_sequence("pool")->number));
  ASSERT_TRUE(welcome.at_stop);
  EXPECT_THAT(welcome.at_stop->zones, SizeIs(1));
  const Sequence& pool = *home.project().find_sequence("pool");
  EXPECT_EQ(pool.rounds, 0U) << "until stopped";
  EXPECT_EQ(pool.started_again, Sequence::StartedAgain::restart);
  EXPECT_FALSE(pool.at_stop);
}

TEST(SharedScenes, are_of_the_whole_home) {
  const ProgrammedHome home;
  const Scene& party = *home.project().find_scene("party");
  EXPECT_TRUE(party.shared);
  EXPECT_EQ(party.area, home.project().areas[0].number);
  EXPECT_THAT(party.preset.zones, SizeIs(2));
  EXPECT_THAT(party.preset.actions, SizeIs(1));
  EXPECT_THAT(home.project().areas[0].scenes, IsEmpty());
}

TEST(OffScene, leaves_shades_contacts_and_heating_alone) {
  const ProgrammedHome home;
  EXPECT_THAT(home.project().find_scene("hall.off")->preset.zones, SizeIs(5)) << "lights and the fan";
}

TEST(Numbers, are_given_to_programs_too) {
  Numbering numbering;
  const std::string text = home_with_button("sequence: pool");
  ASSERT_TRUE(read({{"home.yaml", text}}, numbering).project);
  const auto before = numbering.all();
  for (const char* key :
       {"variable:time-of-day", "mode:vacation", "sequence:pool", "scene:party", "button:programs.1"}) {
    EXPECT_TRUE(before.contains(key)) << key;
  }
  ASSERT_TRUE(read({{"home.yaml", changed(text, "  - {id: normal}\n", "")}}, numbering).project);
  EXPECT_EQ(numbering.all(), before) << "and kept for ever";
}

}  // namespace
}  // namespace candela::project
