// Programs that begin each other in a ring are found when a project is checked.

#include <fmt/format.h>
#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include "project/programming_home.h"

namespace candela::project {
namespace {

using ::testing::HasSubstr;
using ::testing::IsEmpty;

/// The complaints about loops of a home with this on button 1, this on the phantom button, and this sequence.
std::string loops(std::string_view button, std::string_view phantom = "single_action: {zones: {ceiling: 10}}",
                  std::string_view steps = "- {zones: {ceiling: 50}, wait: 2s}",
                  std::string_view event = "zones: {ceiling: 0}") {
  std::string text = home_with_button(button);
  text = changed(text, "single_action: {zones: {ceiling: 10}}", phantom);
  text = changed(text, "- {zones: {ceiling: 50}, wait: 2s}", steps);
  text = changed(text, "at: \"23:00\", zones: {ceiling: 0}", "at: \"23:00\", " + std::string(event));
  std::string lines;
  for (const Complaint& complaint : read_text(text).complaints) {
    if (complaint.rule == "programming-loop") lines += complaint.text() + "\n";
    if (complaint.severity == Complaint::Severity::error) {
      EXPECT_EQ(complaint.rule, "programming-loop");
    }
  }
  return lines;
}

constexpr std::string_view kPressDoor = "single_action: {actions: [{press: door.1}]}";
constexpr std::string_view kPressPrograms = "single_action: {actions: [{press: programs.1}]}";

TEST(Loops, are_not_there_without_a_ring) {
  EXPECT_THAT(loops(kPressPrograms), IsEmpty());
  EXPECT_THAT(loops("single_action: {actions: [{press: programs.1}, {press: programs.1}, {start: welcome}]}"),
              IsEmpty())
      << "twice is no ring";
}

TEST(Loops, of_a_button_that_presses_itself) {
  EXPECT_THAT(loops(kPressDoor), HasSubstr("error: these go round and round without any time passing: a press of "
                                           "'door.1' -> a press of 'door.1' [programming-loop]"));
}

TEST(Loops, of_two_buttons) {
  EXPECT_THAT(loops(kPressPrograms, kPressDoor),
              HasSubstr("a press of 'door.1' -> a press of 'programs.1' -> a press of 'door.1'"));
}

TEST(Loops, through_sequences_and_events) {
  const std::string found = loops("single_action: {actions: [{start: welcome}]}", kPressDoor,
                                  "- {actions: [{run: lights-out}]}", "actions: [{press: programs.1}]");
  EXPECT_THAT(found, HasSubstr("-> sequence 'welcome' -> event 'lights-out' -> a press of 'programs.1' ->"));
  EXPECT_THAT(found, HasSubstr("warning:")) << "the sequence ignores a start while it runs";
}

TEST(Loops, of_an_event_that_runs_itself) {
  EXPECT_THAT(loops("toggle: {zones: {lamp: on}}", "toggle: {zones: {lamp: on}}", "- {wait: 1s}",
                    "actions: [{run: lights-out}]"),
              HasSubstr("error: these go round and round without any time passing: event 'lights-out' -> event"));
}

TEST(Loops, are_none_when_a_sequence_waits_in_between) {
  EXPECT_THAT(loops("single_action: {actions: [{start: welcome}]}", kPressDoor,
                    "- {wait: 1s}\n      - {actions: [{press: door.1}]}"),
              IsEmpty());
}

TEST(Loops, that_a_condition_may_break_are_warned_of) {
  const std::string found = loops("conditional: [{when: {night: true}, actions: [{press: programs.1}]}]", kPressDoor);
  EXPECT_THAT(found, HasSubstr("warning: these can go round and round"));
}

TEST(Loops, that_are_certain_are_found_beside_those_that_are_not) {
  const std::string found = loops(
      "single_action: {actions: [{conditional: [{when: {night: true}, actions: [{press: programs.1}]}]}, {press: "
      "programs.1}]}",
      kPressDoor);
  EXPECT_THAT(found, HasSubstr("error:"));
}

TEST(Loops, of_toggles_depend_on_the_led) {
  EXPECT_THAT(loops("toggle: {zones: {lamp: on}, actions: [{press: programs.1}]}", kPressDoor), HasSubstr("warning:"));
}

TEST(Loops, of_other_gestures) {
  EXPECT_THAT(loops("toggle: {zones: {lamp: on}}, hold: {actions: [{hold: door.1}]}"),
              HasSubstr("holding 'door.1' -> holding 'door.1'"));
  EXPECT_THAT(loops("dual_action: {release: {actions: [{press: door.1}]}}"),
              HasSubstr("a release of 'door.1' -> a release of 'door.1'"))
      << "a programmed press lets the button go again";
  EXPECT_THAT(loops("dual_action: {press: {actions: [{double_tap: door.1}]}}"), IsEmpty());
}

TEST(Loops, are_shown_shortly_and_found_in_long_chains) {
  std::string text = home_with_button("toggle: {zones: {lamp: on}}");
  std::string chain;
  constexpr int kLength = 20'000;
  for (int i = 0; i < kLength; ++i) {
    chain += fmt::format("  - {{id: s{}, steps: [{{actions: [{{start: s{}}}]}}]}}\n", i, (i + 1) % kLength);
  }
  text = changed(text, "shared_scenes:", chain + "shared_scenes:");
  const Reading reading = read_text(text);
  ASSERT_THAT(complaints_of(reading), HasSubstr("-> ... -> sequence 's0'"));
  EXPECT_LT(complaints_of(reading).size(), 1000U);
}

}  // namespace
}  // namespace candela::project
