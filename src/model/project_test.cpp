#include "model/project.h"

#include <gtest/gtest.h>

#include "model/small_home.h"

namespace candela {
namespace {

TEST(Project, FindsByNumberAndById) {
  const Project home = testing::small_home();
  EXPECT_EQ(home.find(ZoneId{4})->id, "hall-ceiling");
  EXPECT_EQ(home.find_zone("hall-wall")->number, ZoneId{5});
  EXPECT_EQ(home.find(LedId{13})->id, "hall-keypad.1");
  EXPECT_EQ(home.find(ControlStationId{10})->id, "hall-keypad");
  EXPECT_EQ(home.find(ButtonGroupId{11})->id, "hall-keypad");
}

TEST(Project, DoesNotMixKindsUp) {
  const Project home = testing::small_home();
  EXPECT_EQ(home.find(AreaId{4}), nullptr);
  EXPECT_EQ(home.find(ZoneId{0}), nullptr);
  EXPECT_EQ(home.find(ZoneId{4'000'000'000}), nullptr);
  EXPECT_EQ(home.find_zone("hall"), nullptr);
}

TEST(Project, ExpandsScenesAndLetsTheLastAssignmentWin) {
  const Project home = testing::small_home();
  const auto zones = home.expand({.zones = {{{5}, Level::full()}}, .scenes = {{6}}});
  ASSERT_EQ(zones.size(), 2U);
  EXPECT_EQ(zones[0].level, Level::from_percent(40));
  EXPECT_EQ(zones[1].level, Level::full());
}

TEST(Trims, MapTheLevelOntoWhatTheLampMay) {
  const Trims trims{Level::from_percent(10), Level::from_percent(90)};
  EXPECT_EQ(trims.output(Level::off()), Level::off());
  EXPECT_EQ(trims.output(Level::full()), trims.high);
  EXPECT_EQ(trims.output(Level::from_percent(50)).whole_percent(), 50);
  EXPECT_GE(trims.output(Level::from_raw(1)), trims.low);
  EXPECT_TRUE((Trims{Level::off(), Level::from_percent(25)}).output(Level::from_raw(1)).is_on());
}

}  // namespace
}  // namespace candela
