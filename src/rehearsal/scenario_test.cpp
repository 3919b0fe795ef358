#include "rehearsal/scenario.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

namespace candela::rehearsal {
namespace {

using namespace std::chrono_literals;
using ::testing::HasSubstr;
using ::testing::IsEmpty;
using ::testing::SizeIs;

const std::string kHead = "scenario: Test\ngiven it is 2026-12-03 18:00\n";

ScenarioFile read_good(const std::string& text) {
  ScenarioFile file = read_scenarios(text);
  for (const Problem& problem : file.problems) ADD_FAILURE() << problem.line << ": " << problem.message;
  return file;
}

/// The first problem, as "line: message".
std::string problem_of(const std::string& text) {
  const ScenarioFile file = read_scenarios(text);
  if (file.problems.empty()) return "";
  return std::to_string(file.problems.front().line) + ": " + file.problems.front().message;
}

Step only_step(const std::string& line) {
  const ScenarioFile file = read_good(kHead + line + "\n");
  EXPECT_THAT(file.scenarios, SizeIs(1));
  if (file.scenarios.size() != 1 || file.scenarios[0].steps.size() != 1) return {};
  return file.scenarios[0].steps[0];
}

TEST(Scenario, a_file_holds_several_for_one_home) {
  const ScenarioFile file = read_good("# the hall\nhome: villa.yaml\n\n" + kHead + "\n" + kHead);
  EXPECT_EQ(file.home, "villa.yaml");
  ASSERT_THAT(file.scenarios, SizeIs(2));
  EXPECT_EQ(file.scenarios[1].name, "Test");
  EXPECT_EQ(file.scenarios[1].line, 7);
}

TEST(Scenario, the_time_stands_before_or_after_the_kind_of_line) {
  for (const std::string line : {"at 18:05 when button hall.1 is pressed", "when 18:05 button hall.1 is pressed",
                                 "when at 18:05 hall.1 is pressed", "18:05 button hall.1 is pressed"}) {
    const Step step = only_step(line);
    ASSERT_TRUE(step.at) << line;
    EXPECT_EQ(step.at->time->offset, 18h + 5min) << line;
    EXPECT_EQ(step.kind, Step::Kind::when) << line;
    EXPECT_EQ(step.deed.kind, Deed::Kind::press) << line;
    EXPECT_EQ(step.deed.named.object, "hall.1") << line;
  }
}

TEST(Scenario, times_may_be_relative_or_by_the_sun) {
  EXPECT_EQ(only_step("5 s later then hall is off").at->later, 5s);
  const Step dusk = only_step("at sunset + 10 m then hall is on");
  EXPECT_EQ(dusk.at->time->kind, TimeOfDay::Kind::sunset);
  EXPECT_EQ(dusk.at->time->offset, 10min);
  EXPECT_EQ(only_step("at 2026-12-24 sunrise - 1 h then hall is on").at->time->offset, -1h);
}

TEST(Scenario, a_command_says_level_fade_and_delay) {
  const Named named = only_step("when hall is set to 40 % over 3 s after 1 m").deed.named;
  EXPECT_EQ(named.level, Level::from_percent(40));
  EXPECT_EQ(named.fade, Duration(3s));
  EXPECT_EQ(named.delay, 1min);
}

TEST(Scenario, a_check_may_be_denied_and_may_have_time) {
  const Step step = only_step("then within 5 s hall is not between 10% and 20%");
  EXPECT_EQ(step.check.kind, Check::Kind::between);
  EXPECT_TRUE(step.check.named.negated);
  EXPECT_EQ(step.check.named.upper, Level::from_percent(20));
  EXPECT_EQ(step.within, Duration(5s));
  EXPECT_EQ(only_step("then for 3 s the LED of hall.1 is flashing rapidly").check.named.state, "flashing rapidly");
}

TEST(Scenario, and_goes_on_with_the_kind_of_line_before) {
  const ScenarioFile file =
      read_good(kHead + "when hall.1 is pressed\nand hall.2 is pressed\nthen hall is on\nand hall is on");
  const auto& steps = file.scenarios.at(0).steps;
  ASSERT_THAT(steps, SizeIs(4));
  EXPECT_EQ(steps[1].kind, Step::Kind::when);
  EXPECT_EQ(steps[3].kind, Step::Kind::then);
}

TEST(Scenario, every_problem_names_its_line_and_a_remedy) {
  EXPECT_THAT(problem_of(""), HasSubstr("begin one with 'scenario: NAME'"));
  EXPECT_EQ(problem_of("when hall.1 is pressed"),
            "1: this stands before the first scenario; begin one with 'scenario: NAME'");
  EXPECT_THAT(problem_of("scenario: x\n"), HasSubstr("1: the scenario does not say when it plays"));
  EXPECT_THAT(problem_of(kHead + "hall.1 is pressed"), HasSubstr("3: a line begins with"));
  EXPECT_THAT(problem_of(kHead + "when hall.1 is presed"),
              HasSubstr("3: 'presed' is not understood; the nearest that can be said is '[button] BUTTON is pressed'"));
  EXPECT_THAT(problem_of(kHead + "then hall is at"), HasSubstr("3: the sentence is not complete"));
  EXPECT_THAT(problem_of(kHead + "then hall is at 140 %"), HasSubstr("3: "));
  EXPECT_THAT(problem_of(kHead + "at noon hall.1 is pressed"), HasSubstr("after 'at' comes a time"));
  EXPECT_THAT(problem_of("scenario: x\ngiven it is 2026-02-30 18:00"), HasSubstr("2: write the date and the time"));
  EXPECT_THAT(problem_of(kHead + "when hall.1 is pressed\ngiven hall is at 4 %"), HasSubstr("say it with 'when'"));
}

TEST(Scenario, all_problems_come_at_once) {
  EXPECT_THAT(read_scenarios(kHead + "when x\nthen y\nwhen z").problems, SizeIs(3));
}

TEST(Events, have_neither_scenarios_nor_expectations) {
  const ScenarioFile events =
      read_events("every day at 07:30 button hall.1 is pressed\n2026-12-24 18:00 hall is set to 10 %\n");
  EXPECT_THAT(events.problems, IsEmpty());
  ASSERT_THAT(events.scenarios.at(0).steps, SizeIs(2));
  EXPECT_TRUE(events.scenarios[0].steps[0].every_day);
  EXPECT_THAT(read_events("then hall is on").problems, SizeIs(1));
  EXPECT_THAT(read_events(kHead).problems, SizeIs(2));
}

/// A line for each sentence that can be said, with examples in place of its names.
std::string example(std::string_view pattern) {
  std::string line;
  Words parts(pattern);
  while (!parts.done()) {
    std::string part = parts.take();
    std::erase_if(part, [](char c) { return c == '[' || c == ']'; });
    part = part.substr(0, part.find('|'));
    if (part == "LEVEL" || part == "UPPER") part = "40 %";
    if (part == "TIME" || part == "FADE" || part == "DELAY") part = "3 s";
    if (part == "NUMBER") part = "2700";
    line += part + " ";
  }
  return line;
}

TEST(Sentences, each_can_be_said_and_means_itself) {
  for (const DeedPattern& pattern : deed_patterns()) {
    Words words(example(pattern.words));
    const auto deed = read_deed(words);
    ASSERT_TRUE(deed) << pattern.words << ": " << deed.error().message;
    EXPECT_EQ(deed->kind, pattern.kind) << pattern.words;
  }
  for (const CheckPattern& pattern : check_patterns()) {
    Words words(example(pattern.words));
    const auto check = read_check(words);
    ASSERT_TRUE(check) << pattern.words << ": " << check.error().message;
    EXPECT_EQ(check->kind, pattern.kind) << pattern.words;
  }
  for (const DeedPattern& pattern : given_patterns()) {
    Words words(example(pattern.words));
    const auto given = read_given(words);
    ASSERT_TRUE(given) << pattern.words;
    EXPECT_EQ(given->kind, pattern.kind) << pattern.words;
  }
}

}  // namespace
}  // namespace candela::rehearsal
