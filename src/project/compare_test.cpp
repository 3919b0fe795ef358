#include "project/compare.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <functional>

#include "model/small_home.h"
#include "project/compare_words.h"

namespace candela::project {
namespace {

using namespace std::chrono_literals;
using ::testing::ElementsAre;
using ::testing::IsEmpty;

std::vector<std::string> texts(const Comparison& comparison) {
  std::vector<std::string> lines;
  for (const Difference& it : comparison.differences) lines.push_back(it.text());
  return lines;
}

/// The small home against one in which something was changed.
Comparison after(const std::function<void(Project&)>& change) {
  const Project old = candela::testing::small_home();
  Project now = old;
  change(now);
  now.build_index();
  return compare(old, now);
}

TEST(Compare, the_same_project_has_no_differences) {
  const Comparison same = after([](Project&) {});
  EXPECT_TRUE(same.same());
  EXPECT_EQ(same.summary(), "nothing changes");
  EXPECT_THAT(same.restarts, IsEmpty());
}

TEST(Compare, a_button_shows_its_old_programming_beside_the_new) {
  const Comparison changed = after([](Project& it) {
    it.buttons[0].programming = SingleAction{{.zones = {{{4}, Level::from_percent(10), 3s}}}};
    it.buttons[0].led_logic = LedLogic::room;
  });
  EXPECT_THAT(texts(changed),
              ElementsAre("button 1 of Hall Keypad (hall-keypad.1): programming was toggle hall.evening, "
                          "off over 2 s, now single action hall-ceiling 10 % over 3 s",
                          "button 1 of Hall Keypad (hall-keypad.1): LED was scene, now room"));
  EXPECT_EQ(changed.summary(), "1 button changed");
}

TEST(Compare, a_new_name_is_one_difference) {
  const Comparison renamed = after([](Project& it) { it.scenes[0].name = "Dinner"; });
  EXPECT_THAT(texts(renamed), ElementsAre("scene Hall Evening (hall.evening): the name was Evening, now Dinner"));
  EXPECT_EQ(renamed.summary(), "1 scene renamed");
}

TEST(Compare, what_comes_and_goes_is_told) {
  const Comparison changed = after([](Project& it) {
    it.zones[1] = {.number = {20}, .id = "hall-niche", .name = "Niche", .area = {3}};
    it.zones.push_back({.number = {21}, .id = "hall-floor", .name = "Floor", .area = {3}});
    it.scenes[0].preset.zones.pop_back();
  });
  EXPECT_THAT(texts(changed),
              ElementsAre("zone Hall Wall (hall-wall): removed", "zone Hall Niche (hall-niche): added",
                          "zone Hall Floor (hall-floor): added",
                          "scene Hall Evening (hall.evening): hall-wall was 20 % over 3 s, now not set"));
  EXPECT_EQ(changed.summary(), "2 zones added, 1 zone removed, 1 scene changed");
}

TEST(Compare, only_links_that_differ_begin_anew) {
  EXPECT_THAT(after([](Project& it) {
                it.links[0].baud = 115200;
                it.links[0].driver = LinkDriver::serial;
              }).restarts,
              ElementsAre("wired"));
  EXPECT_THAT(after([](Project& it) { it.zones[0].fade = 9s; }).restarts, IsEmpty());
}

TEST(Compare, of_a_long_list_only_what_differs_is_shown) {
  Preset many;
  for (std::uint32_t i = 0; i < 20; ++i) many.zones.push_back({{4}, Level::from_percent(i), 3s});
  Project old = candela::testing::small_home();
  old.buttons[0].programming = SingleAction{many};
  Project now = old;
  std::get<SingleAction>(now.buttons[0].programming).preset.zones[7].level = Level::from_percent(77);
  EXPECT_THAT(texts(compare(old, now)),
              ElementsAre("button 1 of Hall Keypad (hall-keypad.1): programming in place of hall-ceiling 7 % over 3 s, "
                          "now hall-ceiling 77 % over 3 s"));
}

TEST(Compare, settings_of_the_whole_home_are_compared) {
  const Comparison moved = after([](Project& it) { it.location.time_zone = "Europe/Berlin"; });
  EXPECT_THAT(texts(moved), ElementsAre("the project: location was 0, 0, UTC, now 0, 0, Europe/Berlin"));
  EXPECT_EQ(moved.summary(), "the project changed");
}

TEST(CompareWords, say_when_and_how_long) {
  EXPECT_EQ(time_text({TimeOfDay::Kind::fixed, 18h + 5min}), "18:05");
  EXPECT_EQ(time_text({TimeOfDay::Kind::sunset, -10min}), "sunset - 10 m");
  EXPECT_EQ(duration_text(2h), "2 h");
  EXPECT_EQ(duration_text(90s), "90 s");
  EXPECT_EQ(duration_text(1500ms), "1.5 s");
  Schedule schedule;
  schedule.weekdays = 0b0011111;
  schedule.annual = {std::chrono::December / 24};
  EXPECT_EQ(schedule_text(schedule, {}), "Mon Tue Wed Thu Fri, each year on 12-24");
}

TEST(CompareWords, say_conditions_as_they_are_nested) {
  const Project home = candela::testing::small_home();
  Condition bright{.kind = Condition::Kind::zone, .comparison = Condition::Comparison::above, .object = 4};
  bright.level = Level::from_percent(50);
  Condition both{.kind = Condition::Kind::all};
  both.parts = {bright, {.kind = Condition::Kind::night}};
  EXPECT_EQ(condition_text(both, home), "(hall-ceiling is above 50 % and night)");
}

}  // namespace
}  // namespace candela::project
