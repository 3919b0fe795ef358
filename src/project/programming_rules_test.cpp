// Each rule of programming: one change to a good home, and the complaint that it brings, at the right place.

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <string>
#include <vector>

#include "project/programming_home.h"
#include "project/rule_case.h"

namespace candela::project {
namespace {

constexpr auto kWarning = Severity::warning;

// clang-format off
const Case kCases[] = {
    // Levels, tilts, colours
    {"load-level", "BUTTON", "toggle: {zones: {lamp: 30}}", "30}", "zone 'lamp' is switched and cannot be at '30'"},
    {"load-level", "BUTTON", "toggle: {zones: {fan: 60}}", "60}", "write off, low, medium, medium-high or high"},
    {"load-level", "BUTTON", "toggle: {zones: {gate: {level: 1}}}", "1}}}", "write on or off"},
    {"load-level", "BUTTON", "toggle: {zones: {floor: 21}}", "21}", "with a 'climate' action"},
    {"unknown-word", "BUTTON", "toggle: {zones: {fan: hihg}}", "hihg", "did you mean 'high'?"},
    {"unknown-word", "BUTTON", "toggle: {zones: {shade: up}}", "up}", "'up' is not open, closed, on or off"},
    {"unknown-word", "BUTTON", "toggle: {zones: {ceiling: \"40\"}}", "\"40\"", "write on or off"},
    {"load-tilt", "BUTTON", "toggle: {zones: {shade: {level: 5, tilt: 30}}}", "30}", "is shade and has no slats"},
    {"load-colour", "BUTTON", "toggle: {zones: {ceiling: {level: 5, kelvin: 3001}}}", "3001}", "is dimmed and does not take this colour"},
    {"load-colour", "BUTTON", "toggle: {zones: {white: {hue: 20}}}", "20}", "write 'kelvin'"},
    {"load-colour", "BUTTON", "toggle: {zones: {white: {kelvin: 3000, vibrancy: 5}}}", "5}", "has no vibrancy"},
    {"bad-colour", "BUTTON", "toggle: {zones: {spot: {kelvin: 3000, hue: 20}}}", "20}", "only one colour"},
    {"bad-colour", "BUTTON", "toggle: {zones: {spot: {level: 5, saturation: 20}}}", "20}", "add 'hue'"},
    {"bad-colour", "BUTTON", "toggle: {zones: {spot: {level: 5, vibrancy: 20}}}", "20}", "'vibrancy' alone is no colour"},
    {"bad-colour", "BUTTON", "toggle: {zones: {spot: {colour: {x: 0.8, y: 0.4}}}}", "{x: 0.8", "there is no colour"},
    {"colour-range", "BUTTON", "toggle: {zones: {white: {kelvin: 6000}}}", "6000}", "from 2200 to 5000 K", kWarning},
    {"missing-key", "BUTTON", "toggle: {zones: {ceiling: {fade: 3s}}}", "{fade: 3s", "add 'level', 'tilt' or a colour"},
    {"out-of-range", "BUTTON", "toggle: {zones: {spot: {hue: 400}}}", "400", "must be from 0 to 360"},
    // Buttons
    {"button-programming", "BUTTON", "toggle: {zones: {lamp: on}}, sequence: pool", "{position: 1", "can do only one thing"},
    {"button-gesture", "BUTTON", "cycle_dim: {zones: {ceiling: 5}}, hold: {zones: {lamp: on}}", "{zones: {lamp", "holding this button already dims"},
    {"button-led", "BUTTON", "single_action: {actions: [{led: {door.18: on}}]}", "door.18", "button 'door.18' has no LED"},
    {"led-follows", "BUTTON", "single_action: {actions: [{led: {door.2: on}}]}", "door.2", "the LED of 'door.2' follows its own logic", kWarning},
    {"unknown-word", "BUTTON", "led: rom", "rom", "did you mean 'room'?"},
    {"missing-key", "BUTTON", "led: {}", "{}}", "this led has no 'when'"},
    {"not-a-shade", "BUTTON", "open_stop_close: [shade, lamp]", "lamp]", "zone 'lamp' is switched"},
    {"no-shades", "BUTTON", "single_action: {zones: {lamp: on}, stops_shades: true}", "true}", "moves no shade", kWarning},
    {"not-dimmed", "BUTTON", "lower: [fan]", "fan]", "zone 'fan' is fan and cannot be raised or lowered"},
    {"not-dimmed", "BUTTON", "cycle_dim: {zones: {lamp: on}}", "{zones: {lamp", "none of these zones"},
    {"empty-preset", "BUTTON", "hold: {}", "{}", "neither zones nor scenes", kWarning},
    {"empty-preset", "BUTTON", "advanced_toggle: {dark: {zones: {lamp: on}}, lit: {}}", "{}", "add 'zones', 'scenes' or 'actions'", kWarning},
    {"button-position", "kind: phantom\n        buttons:\n          - {position: 1", "kind: phantom\n        buttons:\n          - {position: 99", "99, single", "has no button 99"},
    {"wrong-type", "BUTTON", "locked: perhaps", "perhaps", "must be true or false"},
    {"wrong-type", "BUTTON", "lower: hall", "hall}", "must be a list or a section with keys, not 'hall'"},
    // References
    {"unknown-reference", "BUTTON", "sequence: pol", "pol}", "did you mean 'pool'?"},
    {"unknown-reference", "BUTTON", "sequence: vacation", "vacation}", "'vacation' is a mode, and a sequence is needed here"},
    {"unknown-reference", "BUTTON", "single_action: {actions: [{press: door.4}]}", "door.4", "there is no button 'door.4'"},
    {"unknown-reference", "BUTTON", "single_action: {actions: [{run: daily}]}", "daily}", "'daily' is a timeclock, and a timeclock event is needed"},
    {"unknown-reference", "BUTTON", "single_action: {scenes: [partey]}", "partey", "there is no scene 'hall.partey'"},
    {"no-occupancy", "BUTTON", "led: {when: {occupied: home}}", "home}}", "area 'home' has no occupancy"},
    // Conditions and branches
    {"condition-form", "BUTTON", "led: {when: {}}", "{}}", "asks nothing"},
    {"condition-form", "BUTTON", "led: {when: {night: true, away: true}}", "{night", "asks several things"},
    {"condition-form", "BUTTON", "led: {when: {zone: lamp}}", "{zone: lamp}", "add one of 'is', 'above' and 'below'"},
    {"condition-form", "BUTTON", "led: {when: {zone: ceiling, above: 1, below: 5}}", "{zone: ceiling, above", "add one of 'is', 'above' and 'below'"},
    {"condition-form", "BUTTON", "led: {when: {variable: guests}}", "{variable", "add 'is'"},
    {"condition-form", "BUTTON", "led: {when: {sun: {}}}", "{}}", "where shall the sun be?"},
    {"condition-form", "BUTTON", "led: {when: {time: {from: dusk, to: dusk}}}", "{from", "this window of time is empty"},
    {"bad-time", "BUTTON", "led: {when: {time: {from: \"25:00\", to: dusk}}}", "\"25:00\"", "is not a time of the day"},
    {"unknown-state", "BUTTON", "led: {when: {variable: time-of-day, is: noon}}", "noon", "its states are morning, day or night"},
    {"unknown-state", "BUTTON", "single_action: {actions: [{set: {guests: many}}]}", "many", "variable 'guests' has no state 'many'"},
    {"unknown-state", "BUTTON", "by_variable: {variable: guests, states: {many: {zones: {lamp: on}}}}", "many", "its states are no or yes"},
    {"branch-form", "BUTTON", "conditional: [{zones: {lamp: on}}]", "{zones: {lamp", "when shall this branch run?"},
    {"unreachable-branch", "BUTTON", "conditional: [{otherwise: {zones: {lamp: on}}}, {when: {night: true}, zones: {lamp: on}}]", "{when", "no branch after 'otherwise'", kWarning},
    {"unreachable-branch", "BUTTON", "conditional: [{when: {night: true}, zones: {lamp: on}}, {when: {night: true}, zones: {fan: low}}]", "{when: {night: true}, zones: {fan", "one before it has the same condition", kWarning},
    {"empty-preset", "BUTTON", "conditional: [{when: {night: true}}]", "{when", "neither zones nor scenes", kWarning},
    {"too-nested", "BUTTON", "led: {when: {not: {not: {not: {not: {not: {not: {not: {not: {night: true}}}}}}}}}}", "{night", "more than 8 levels"},
    // Actions
    {"action-form", "BUTTON", "single_action: {actions: [{}]}", "{}]", "this action does nothing"},
    {"action-form", "BUTTON", "single_action: {actions: [{away: true, shed: 5}]}", "{away", "these are several actions"},
    {"load-climate", "BUTTON", "single_action: {actions: [{climate: {lamp: {heat_to: 20}}}]}", "lamp: {heat", "no thermostat"},
    {"load-climate", "BUTTON", "single_action: {actions: [{climate: {floor: {heat_to: 24, cool_to: 20}}}]}", "{heat_to", "would heat and cool at once"},
    {"unknown-word", "BUTTON", "single_action: {actions: [{led: {door.3: blink}}]}", "blink", "on, flash or rapid_flash"},
    {"out-of-range", "BUTTON", "single_action: {actions: [{shed: 101}]}", "101", "must be from 0 to 100"},
    // Variables and sequences
    {"duplicate-state", "[morning, day, night]", "[morning, day, day]", "day], initial", "already a state"},
    {"unknown-state", "initial: day", "initial: noon", "noon", "its states are morning, day or night"},
    {"bad-id", "[morning, day, night]", "[morning, day, late night]", "late night", "'late night' cannot be an id"},
    {"wrong-length", "[\"no\", \"yes\"]", "[\"no\"]", "[\"no\"]", "needs at least 2 items"},
    {"duplicate-id", "{id: vacation", "{id: hall", "hall, name: Vacation", "already that of an area"},
    {"unknown-word", "rounds: forever", "rounds: ever", "ever", "write a number, or forever"},
    {"unknown-word", "started_again: ignore", "started_again: wait", "wait\n", "must be ignore, restart or stop"},
    {"hasty-sequence", "forever\n    steps:\n      - {zones: {spot: {hue: 240}}, wait: 1s}\n      - {zones: {spot: {kelvin: 3000}}, wait: 1s}",
     "forever\n    steps:\n      - {zones: {spot: {hue: 240}}, wait: 100ms}", "forever", "more than four times a second", kWarning},
    {"programming-loop", "forever\n    steps:\n      - {zones: {spot: {hue: 240}}, wait: 1s}\n      - {zones: {spot: {kelvin: 3000}}, wait: 1s}",
     "forever\n    steps:\n      - {zones: {spot: {hue: 240}}}", "forever", "'pool' goes round and round"},
    {"empty-preset", "- {zones: {ceiling: 50}, wait: 2s}", "- {wait: 2s}\n      - {}", "{}", "this step does nothing", kWarning},
    {"unknown-reference", "stops: pool", "stops: welcom", "welcom\n", "did you mean 'welcome'?"},
};
// clang-format on

std::string_view good_home() {
  static const std::string home = home_with_button("toggle: {zones: {lamp: on}}");
  return home;
}

class ProgrammingRules : public ::testing::TestWithParam<Case> {};

TEST_P(ProgrammingRules, complain_at_the_right_place) {
  const bool writes_button = GetParam().from == "BUTTON";
  expect_complaint(writes_button ? kProgrammedHome : good_home(), GetParam());
}

INSTANTIATE_TEST_SUITE_P(all, ProgrammingRules, ::testing::ValuesIn(kCases), name_of_case);

TEST(ProgrammingRules, have_nothing_to_say_about_a_good_project) {
  EXPECT_EQ(complaints_of(read_text(std::string(good_home()))), "");
}

TEST(ProgrammingRules, are_all_in_the_guide) {
  EXPECT_THAT(rules_not_in_the_guide(kCases, CANDELA_SOURCE_DIR), ::testing::IsEmpty());
}

}  // namespace
}  // namespace candela::project
