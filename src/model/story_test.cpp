#include "model/story.h"

#include <gtest/gtest.h>

#include "model/small_home.h"

namespace candela {
namespace {

using Kind = CauseStep::Kind;
using Source = candela::Source;

constexpr UtcTime kSeven = std::chrono::sys_days{std::chrono::year{2026} / 11 / 24} + std::chrono::hours(19);

std::string client_name(ClientId) { return "tablet"; }

class StoryTest : public ::testing::Test {
 protected:
  StoryTest() {
    home_.timeclock_events.push_back({});
    home_.timeclock_events[0].number = {20};
    home_.timeclock_events[0].name = "Sunset";
    home_.build_index();
  }

  Happening tell(Source::Kind source, const std::vector<CauseStep>& steps, Level to = Level::from_percent(40)) const {
    Cause cause;
    cause.source = {source, ClientId{1}};
    for (const CauseStep step : steps) cause = cause.then(step.kind, step.object);
    const Fade fade{Level::full(), to, {}, std::chrono::seconds(3)};
    return happening(Change{{{}, kSeven}, cause, ZoneTargeted{{4}, fade}}, home_, client_name).value();
  }
  std::string reason(Source::Kind source, const std::vector<CauseStep>& steps) const {
    const Happening told = tell(source, steps);
    return told.reason + (told.by_doer ? " ..." : ", which ...");
  }

  Project home_ = testing::small_home();
};

TEST_F(StoryTest, SaysWhoDidIt) {
  using enum Source::Kind;
  EXPECT_EQ(reason(device, {{Kind::button_pressed, 12}, {Kind::preset_run, 12}}),
            "the first button of Hall Keypad ran Evening, which ...");
  EXPECT_EQ(reason(device, {{Kind::button_pressed, 12}}), "the first button of Hall Keypad was pressed, which ...");
  EXPECT_EQ(reason(device, {{Kind::button_held, 12}, {Kind::preset_run, 12}}),
            "the first button of Hall Keypad was held, which ran Evening, which ...");
  EXPECT_EQ(reason(client, {{Kind::zone_commanded, 4}}), "client tablet ...");
  EXPECT_EQ(reason(client, {{Kind::button_pressed, 12}, {Kind::toggled_off, 12}}),
            "client tablet pressed the first button of Hall Keypad, which switched Evening off, which ...");
  EXPECT_EQ(reason(page, {{Kind::scene_activated, 6}}), "the page recalled the scene Hall Evening, which ...");
  EXPECT_EQ(reason(command, {{Kind::area_commanded, 3}}), "the candela command set the area Hall, which ...");
  EXPECT_EQ(reason(mqtt, {{Kind::zone_commanded, 4}}), "MQTT ...");
  EXPECT_EQ(reason(timer, {{Kind::timeclock_due, 20}}), "the timeclock event Sunset ...");
  EXPECT_EQ(reason(timer, {{Kind::timeclock_due, 20}, {Kind::branch_taken, 2}, {Kind::delay_elapsed, 4}}),
            "the timeclock event Sunset (condition 2 held) (after its delay) ...");
  EXPECT_EQ(reason(device, {{Kind::level_reported, 4}}), "its own device ...");
  EXPECT_EQ(reason(system, {{Kind::restored, 0}}), "the processor started again, which ...");
  EXPECT_EQ(reason(system, {}), "the processor ...");
  EXPECT_EQ(reason(device, {{Kind::button_pressed, 99}}), "the deleted button 99 was pressed, which ...");
}

TEST_F(StoryTest, KnowsWhatPeopleDid) {
  EXPECT_TRUE(tell(Source::Kind::device, {{Kind::button_pressed, 12}}).by_people);
  EXPECT_FALSE(tell(Source::Kind::timer, {{Kind::timeclock_due, 20}}).by_people);
}

TEST_F(StoryTest, PlacesWhatHappened) {
  const Happening told = tell(Source::Kind::client, {{Kind::zone_commanded, 4}});
  EXPECT_EQ(told.kind, Happening::Kind::zone);
  EXPECT_EQ(told.object, 4U);
  EXPECT_EQ(told.area, AreaId{3});
  EXPECT_EQ(told.text, "Hall Ceiling goes to 40 % over 3 s");
  EXPECT_EQ(told.time, kSeven);
  EXPECT_EQ(word(told.kind), "zone");
  EXPECT_EQ(word(Happening::Kind::gap), "gap");
  EXPECT_EQ(word(Happening::Kind::access), "access");
  EXPECT_EQ(word(Happening::Kind::clock), "clock");
}

TEST_F(StoryTest, LeavesOutWhatNobodyWantsToReadLater) {
  EXPECT_FALSE(happening(Change{{}, {}, LedChanged{{13}, LedState::on}}, home_, client_name));
  EXPECT_FALSE(happening(Change{{}, {}, SceneChanged{{3}, {}}}, home_, client_name));
  EXPECT_TRUE(happening(Change{{}, {}, SceneChanged{{3}, {6}}}, home_, client_name));
  const Cause restart = Cause().then(Kind::restored);
  const Fade still{Level::full(), Level::full(), {}, {}};
  EXPECT_FALSE(happening(Change{{}, restart, ZoneTargeted{{4}, still}}, home_, client_name));
  const Fade lit{Level::off(), Level::full(), {}, {}};
  EXPECT_TRUE(happening(Change{{}, restart, ZoneTargeted{{4}, lit}}, home_, client_name));
}

TEST_F(StoryTest, ExplainsAZoneOverItsLastChanges) {
  const std::vector<Happening> past{
      tell(Source::Kind::device, {{Kind::button_pressed, 12}, {Kind::preset_run, 12}}),
      tell(Source::Kind::timer, {{Kind::timeclock_due, 20}}, Level::off()),
      tell(Source::Kind::client, {{Kind::zone_commanded, 4}}, Level::full()),
  };
  EXPECT_EQ(
      explain("Hall Ceiling", "is at 40 %", past, [](UtcTime) { return "19:00"; }),
      "Hall Ceiling is at 40 %. 19:00 the first button of Hall Keypad ran Evening, which set it to 40 % over 3 s. "
      "Before: 19:00 the timeclock event Sunset switched it off over 3 s. "
      "Before: 19:00 client tablet left it at 100 %.");
}

}  // namespace
}  // namespace candela
