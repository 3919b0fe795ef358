#include "rehearsal/rehearse.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <memory>

#include "model/small_home.h"
#include "rehearsal/report.h"

namespace candela::rehearsal {
namespace {

using ::testing::HasSubstr;
using ::testing::StartsWith;

Verdict play(const std::string& lines, const Project& project = testing::small_home()) {
  const ScenarioFile file = read_scenarios("scenario: Test\ngiven it is 2026-12-03 18:00\n" + lines);
  for (const Problem& problem : file.problems) ADD_FAILURE() << problem.line << ": " << problem.message;
  const auto home = std::make_shared<const Project>(project);
  const auto other = [&](const std::string& name) -> Result<ProjectPtr> {
    if (name != "same") return Error{"no such file"};
    return ProjectPtr(home);
  };
  return rehearse(file.scenarios.at(0), home, Actor(other));
}

std::string failure_of(const std::string& lines, const Project& project = testing::small_home()) {
  const Verdict verdict = play(lines, project);
  if (verdict.passed()) return "passed";
  return std::to_string(verdict.failure->line) + ": " + verdict.failure->found;
}

TEST(Rehearse, a_press_brings_the_scene_in_its_time) {
  EXPECT_EQ(failure_of("when 18:05 button hall-keypad.1 is pressed\n"
                       "then within 5 s hall-ceiling is at 40 %\n"
                       "and the LED of hall-keypad.1 is on\n"
                       "and scene hall.evening is active\n"
                       "at 23:00 then nothing has changed\n"),
            "passed");
}

TEST(Rehearse, what_is_not_so_is_said_with_what_is_and_why) {
  const Verdict verdict = play("when button hall-keypad.1 is pressed\nthen within 5 s hall-ceiling is at 50 %\n");
  ASSERT_FALSE(verdict.passed());
  EXPECT_EQ(verdict.failure->line, 4);
  EXPECT_EQ(verdict.failure->found, "hall-ceiling is at 40 %");
  EXPECT_THAT(verdict.failure->because, HasSubstr("button 1 (Evening) of Hall Keypad was pressed"));
  EXPECT_EQ(verdict.failure->when, "Thu 2026-12-03 18:00:05");
}

TEST(Rehearse, within_is_over_when_its_time_is) {
  EXPECT_THAT(failure_of("when button hall-keypad.1 is pressed\nthen within 1 s hall-ceiling is at 40 %\n"),
              HasSubstr("going to 40 %"));
}

TEST(Rehearse, for_a_time_means_all_of_it) {
  const std::string fading = "when hall-ceiling is set to 100 % over 10 s\n";
  EXPECT_EQ(failure_of(fading + "then for 10 s hall-ceiling is below 100 %\n"), "4: hall-ceiling is at 100 %");
  EXPECT_EQ(failure_of(fading + "then for 9 s hall-ceiling is below 100 %\n"), "passed");
}

TEST(Rehearse, a_delay_fires_by_itself) {
  const std::string late = "when hall-ceiling is set to 70 % over 0 s after 1 m\n";
  EXPECT_EQ(failure_of(late + "then hall-ceiling is off\n59 s later then hall is off\n2 s later then hall is on"),
            "passed");
  EXPECT_EQ(failure_of(late + "then within 2 m hall-ceiling is at 70 %\n"), "passed");
}

TEST(Rehearse, of_an_area_one_zone_makes_it_lit_and_all_make_it_dark) {
  EXPECT_EQ(failure_of("given hall-wall is at 20 %\nthen hall is on\nthen hall is not off\nthen hall-ceiling is off"),
            "passed");
  EXPECT_EQ(failure_of("given hall-wall is at 20 %\nthen hall is off"), "4: hall-wall is at 20 %");
  EXPECT_EQ(failure_of("given hall-wall is at 20 %\nthen everything is off"), "4: hall-wall is at 20 %");
}

TEST(Rehearse, what_is_given_is_so_at_once) {
  EXPECT_EQ(
      failure_of("given scene hall.evening is active\nthen hall-ceiling is at 40 %\nthen scene hall.evening is active"),
      "passed");
}

TEST(Rehearse, a_shade_that_is_given_does_not_travel_there) {
  Project home = testing::small_home();
  home.zones.at(0).load = LoadType::shade;
  home.zones.at(0).travel = std::chrono::seconds(20);
  EXPECT_EQ(failure_of("given hall-ceiling is at 100 %\nthen hall-ceiling is at 100 %\n", home), "passed");
  EXPECT_EQ(failure_of("when hall-ceiling is set to 100 %\nthen hall-ceiling is at 100 %\n", home),
            "4: hall-ceiling is at 0 %, going to 100 %");
}

TEST(Rehearse, a_white_is_where_it_is_on_its_way) {
  Project home = testing::small_home();
  home.zones.at(0).load = LoadType::white_tuning;
  const std::string turning =
      "when hall-ceiling is turned to 3000 K over 0 s\n"
      "5 s later when hall-ceiling is turned to 5000 K over 60 s\n";
  EXPECT_EQ(failure_of(turning + "30 s later then hall-ceiling is at 4000 K\n"
                                 "then within 40 s hall-ceiling is at 5000 K\n",
                       home),
            "passed");
  EXPECT_EQ(failure_of(turning + "then hall-ceiling is at 5000 K\n", home), "5: it is at 3000 K");
}

Project home_with(LoadType load) {
  Project home = testing::small_home();
  home.zones.at(0).load = load;
  return home;
}

TEST(Rehearse, colours_have_hue_and_saturation) {
  const std::string blue = "when hall-ceiling is turned to hue 240 and saturation 90 % over 0 s\n";
  const Project home = home_with(LoadType::spectrum);
  EXPECT_EQ(failure_of(blue + "then hall-ceiling is at hue 240 and saturation 90 %", home), "passed");
  EXPECT_EQ(failure_of(blue + "then hall-ceiling is not at hue 200 and saturation 90 %", home), "passed");
  EXPECT_EQ(failure_of(blue + "then hall-ceiling is at hue 240 and saturation 80 %", home),
            "4: it is at hue 240 and saturation 90 %");
  EXPECT_EQ(failure_of("then hall-ceiling is at hue 0 and saturation 0 %", home), "3: no colour was set");
}

TEST(Rehearse, slats_are_tilted) {
  const Project home = home_with(LoadType::tilting_shade);
  EXPECT_EQ(failure_of("when hall-ceiling is tilted to 40 %\nthen within 1 m hall-ceiling is tilted to 40 %", home),
            "passed");
  EXPECT_EQ(failure_of("then hall-ceiling is tilted to 40 %", home), "3: hall-ceiling is tilted to 0 %");
  EXPECT_EQ(failure_of("then hall-wall is tilted to 40 %", home), "3: the zone 'hall-wall' is no tilting shade");
}

TEST(Rehearse, fans_have_speeds_and_contacts_are_closed_or_open) {
  const Project fan = home_with(LoadType::fan);
  EXPECT_EQ(failure_of("when fan hall-ceiling is set to medium-high\nthen fan hall-ceiling is at medium-high\n"
                       "and hall-ceiling is at 75 %",
                       fan),
            "passed");
  EXPECT_EQ(failure_of("then fan hall-ceiling is at low", fan), "3: hall-ceiling is at off");
  EXPECT_THAT(failure_of("when fan hall-ceiling is set to fast", fan), HasSubstr("off, low, medium"));
  EXPECT_EQ(failure_of("when fan hall-wall is set to low", fan), "3: the zone 'hall-wall' is no fan");
  const Project contact = home_with(LoadType::contact);
  EXPECT_EQ(failure_of("then contact hall-ceiling is open\nwhen contact hall-ceiling is closed\n"
                       "then contact hall-ceiling is closed\nand contact hall-ceiling is not open",
                       contact),
            "passed");
  EXPECT_EQ(failure_of("then contact hall-ceiling is closed", contact), "3: hall-ceiling is open");
}

TEST(Rehearse, thermostats_have_set_points) {
  const Project home = home_with(LoadType::climate);
  EXPECT_EQ(failure_of("when thermostat hall-ceiling is set to automatic\n"
                       "and thermostat hall-ceiling is set to heat to 21.5 degrees\n"
                       "and thermostat hall-ceiling is set to cool to 25 degrees\n"
                       "then thermostat hall-ceiling is set to automatic\n"
                       "and thermostat hall-ceiling is set to heat to 21.5 degrees\n"
                       "and thermostat hall-ceiling is not set to cool to 24 degrees",
                       home),
            "passed");
  EXPECT_EQ(failure_of("then thermostat hall-ceiling is set to heat to 21 degrees", home),
            "3: hall-ceiling is set to heat to 20 degrees");
  EXPECT_THAT(failure_of("when thermostat hall-ceiling is set to warm", home), HasSubstr("off, heat, cool, automatic"));
}

TEST(Rehearse, facades_move_shades_and_are_steered) {
  Project home = home_with(LoadType::shade);
  home.location = {59.33, 18.07, "UTC"};
  home.facades = {{.number = {90}, .id = "south", .name = "South", .shades = {{4}}}};
  home.build_index();
  const std::string noon = "then facade south is enabled\nat 2026-12-04 11:00 ";
  EXPECT_EQ(failure_of(noon + "then facade south is not asking for 100 %\n"
                              "and the shade hall-ceiling of facade south is not moved elsewhere\n"
                              "when hall-ceiling is set to 100 %\n"
                              "then the shade hall-ceiling of facade south is moved elsewhere\n"
                              "when facade south is resumed\n"
                              "then the shade hall-ceiling of facade south is not moved elsewhere\n"
                              "when facade south is disabled\nand the processor restarts\n"
                              "then facade south is disabled\n",
                       home),
            "passed");
  EXPECT_EQ(failure_of(noon + "then facade south is asking for 100 %", home), "4: it asks for 38 %");
  EXPECT_EQ(failure_of("then facade south is asking for 100 %", home), "3: it asks for nothing yet");
  EXPECT_EQ(failure_of("when facade south is disabled\nthen facade south is enabled", home), "4: it is disabled");
  EXPECT_THAT(failure_of("when facade south is disabled\nand facade south is resumed", home),
              HasSubstr("nothing to resume"));
  EXPECT_EQ(failure_of("when facade souht is enabled", home),
            "3: the project has no facade 'souht'; did you mean 'south'?");
  EXPECT_EQ(failure_of("then the shade hall-wall of facade south is moved elsewhere", home),
            "3: the zone 'hall-wall' is no shade of the facade 'south'");
}

TEST(Rehearse, what_changed_unasked_is_told) {
  EXPECT_EQ(failure_of("when hall-wall is set to 20 %\nthen hall-ceiling has not changed"), "passed");
  EXPECT_THAT(failure_of("when hall-wall is set to 20 %\nthen hall has not changed"),
              StartsWith("4: Hall Wall goes to"));
  EXPECT_THAT(failure_of("when hall-wall is set to 20 % after 1 h\nat 20:00 then nothing has changed"),
              StartsWith("4: Hall Wall goes to 20 %"));
}

TEST(Rehearse, levels_survive_a_restart_and_delays_do_not) {
  EXPECT_EQ(failure_of("given hall-wall is at 20 %\nwhen hall-ceiling is set to 50 % after 10 s\n"
                       "when the processor restarts\nthen hall-wall is at 20 %\n1 m later then hall-ceiling is off"),
            "passed");
}

TEST(Rehearse, without_power_nothing_happens) {
  EXPECT_EQ(
      failure_of("when the power fails\nand button hall-keypad.1 is pressed\nand the power returns\nthen hall is off"),
      "passed");
  EXPECT_EQ(failure_of("given hall-wall is at 20 %\nwhen the power fails for 2 h\nat 20:00 then hall-wall is at 20 %"),
            "passed");
}

TEST(Rehearse, a_transfer_leaves_levels_as_they_are) {
  EXPECT_EQ(failure_of("given hall-wall is at 20 %\nwhen project same is transferred\nthen hall-wall is at 20 %"),
            "passed");
  EXPECT_EQ(failure_of("when project other is transferred"), "3: no such file");
}

TEST(Rehearse, what_the_home_does_not_have_is_said_with_the_nearest_it_has) {
  EXPECT_EQ(failure_of("when hall-cieling is set to 20 %"),
            "3: the project has no zone or area 'hall-cieling'; did you mean 'hall-ceiling'?");
  EXPECT_EQ(failure_of("when button hall-keypad.9 is pressed"),
            "3: the project has no button 'hall-keypad.9'; did you mean 'hall-keypad.1'?");
  EXPECT_THAT(failure_of("then the LED of hall-keypad.1 is green"), HasSubstr("it is one of: off, on, flashing"));
}

TEST(Rehearse, time_never_goes_back) {
  EXPECT_THAT(failure_of("at 2026-12-02 18:00 then hall is off"), HasSubstr("time never goes back"));
}

TEST(Report, is_text_for_people_and_xml_for_build_servers) {
  FileReport report{"hall.scenario", {play("then hall is off"), play("then hall-wall is at 20 %")}, {}};
  report.verdicts[1].name = "a < b & \"c\"";
  EXPECT_THAT(text(report), HasSubstr("passed  Test\nFAILED  a < b & \"c\"\n    hall.scenario:3\n"));
  const std::string xml = junit_xml({report});
  EXPECT_THAT(xml, HasSubstr("<testsuites tests=\"2\" failures=\"1\">"));
  EXPECT_THAT(xml, HasSubstr("name=\"a &lt; b &amp; &quot;c&quot;\""));
  EXPECT_THAT(xml, HasSubstr("<failure message=\"hall.scenario:3: hall-wall is at 0 %\">"));
  EXPECT_EQ(totals({report}).passed, 1U);
}

TEST(Report, a_file_that_cannot_be_read_counts_as_failed) {
  const FileReport report{"hall.scenario", {}, {{3, "what?"}}};
  EXPECT_EQ(totals({report}).failed, 1U);
  EXPECT_EQ(text(report), "hall.scenario:3: what?\n");
  EXPECT_THAT(junit_xml({report}), HasSubstr("errors=\"1\""));
}

}  // namespace
}  // namespace candela::rehearsal
