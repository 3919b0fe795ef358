// What a project file says of days, times and people, and what the project holds then.

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include "project/equipped_home.h"
#include "project/test_home.h"

namespace candela::project {
namespace {

using std::chrono::day;
using std::chrono::hours;
using std::chrono::milliseconds;
using std::chrono::minutes;
using std::chrono::month;
using std::chrono::month_day;
using std::chrono::seconds;
using std::chrono::year;
using std::chrono::year_month_day;
using ::testing::ElementsAre;
using ::testing::IsEmpty;
using ::testing::SizeIs;
using Kind = TimeOfDay::Kind;

class ByItself : public ::testing::Test {
 protected:
  ByItself() : reading_(read_text(std::string(kEquippedHome))) { EXPECT_TRUE(reading_.project) << texts(reading_); }
  const Project& home() const { return *reading_.project; }
  const TimeclockEvent& event(std::string_view id) const { return *home().find_timeclock_event(id); }
  const OccupancyGroup& group(std::string_view id) const { return *home().find_occupancy_group(id); }
  ZoneId zone(std::string_view id) const { return home().find_zone(id)->number; }

 private:
  const Reading reading_;
};

TEST_F(ByItself, has_holidays) {
  ASSERT_THAT(home().holidays, SizeIs(1));
  const Holidays& it = home().holidays[0];
  EXPECT_EQ(it.id, "public");
  EXPECT_EQ(it.name, "Public holidays");
  EXPECT_THAT(it.dates, ElementsAre(year_month_day(year(2027), month(6), day(7))));
  EXPECT_THAT(it.annual, ElementsAre(month_day(month(1), day(1)), month_day(month(12), day(24))));
  EXPECT_THAT(it.rules, ElementsAre("FREQ=YEARLY;BYMONTH=11;BYDAY=1SA"));
  EXPECT_THAT(it.easter, ElementsAre(-2, 1));
}

TEST_F(ByItself, has_timeclocks_with_their_events) {
  ASSERT_THAT(home().timeclocks, SizeIs(2));
  EXPECT_TRUE(home().find_timeclock("house")->enabled);
  EXPECT_FALSE(home().find_timeclock("garden")->enabled);
  ASSERT_THAT(home().timeclock_events, SizeIs(4));
  for (const TimeclockEvent& it : home().timeclock_events) {
    EXPECT_EQ(it.timeclock, home().find_timeclock("house")->number) << it.id;
  }
  EXPECT_EQ(event("morning").name, "Morning");
  EXPECT_EQ(event("second").name, "second");
}

TEST_F(ByItself, has_events_on_weekdays_with_exceptions) {
  const Schedule& it = event("morning").schedule;
  EXPECT_EQ(it.weekdays, 0x1F);
  EXPECT_THAT(it.except, ElementsAre(year_month_day(year(2026), month(12), day(31))));
  EXPECT_THAT(it.except_annual, ElementsAre(month_day(month(6), day(6))));
  EXPECT_THAT(it.except_holidays, ElementsAre(0U));
  EXPECT_THAT(it.holidays, IsEmpty());
  EXPECT_EQ(event("morning").at, (TimeOfDay{Kind::fixed, hours(6) + minutes(30)}));
  EXPECT_EQ(event("morning").missed, Missed::skip);
  EXPECT_TRUE(event("morning").enabled);
  ASSERT_THAT(event("morning").preset.zones, SizeIs(1));
  EXPECT_EQ(event("morning").preset.zones[0].zone, zone("lamp"));
}

TEST_F(ByItself, has_events_of_every_day_by_the_sun) {
  EXPECT_EQ(event("porch").schedule, (Schedule{.weekdays = Schedule::kEveryDay}));
  EXPECT_EQ(event("porch").at, (TimeOfDay{Kind::sunset, -minutes(15)}));
  EXPECT_THAT(event("porch").modes, ElementsAre(home().find_mode("normal")->number));
  EXPECT_EQ(event("porch").missed, Missed::run);
  EXPECT_THAT(event("porch").preset.scenes, ElementsAre(home().find_scene("room.cosy")->number));
}

TEST_F(ByItself, has_events_on_dates_and_by_rules) {
  const Schedule& party = event("party").schedule;
  EXPECT_EQ(party.weekdays, 0);
  EXPECT_THAT(party.dates, SizeIs(1));
  EXPECT_THAT(party.annual, SizeIs(1));
  EXPECT_THAT(party.holidays, ElementsAre(0U));
  EXPECT_FALSE(event("party").enabled);
  const Schedule& second = event("second").schedule;
  EXPECT_EQ(second.weekdays, 0);
  EXPECT_EQ(second.rule, "FREQ=WEEKLY;INTERVAL=2;BYDAY=SA");
  EXPECT_EQ(second.begin, year_month_day(year(2026), month(1), day(3)));
  EXPECT_EQ(second.end, year_month_day(year(2026), month(12), day(31)));
}

TEST_F(ByItself, has_occupancy_by_area_with_parents_first) {
  ASSERT_THAT(home().occupancy_groups, SizeIs(3));
  EXPECT_EQ(home().occupancy_groups[0].id, "floor");
  EXPECT_EQ(group("floor").name, "Ground floor");
  EXPECT_EQ(group("floor").mode, OccupancyMode::vacancy);
  const OccupancyGroup& room = group("room");
  EXPECT_EQ(room.area, home().find_area("room")->number);
  EXPECT_EQ(room.parent, group("floor").number);
  EXPECT_EQ(room.mode, OccupancyMode::automatic_low_light);
  EXPECT_EQ(room.timeout, minutes(10));
  EXPECT_EQ(room.dark_below, 50);
  EXPECT_THAT(room.sensors, ElementsAre(home().find_device("eye")->number, home().find_device("sky")->number));
  EXPECT_THAT(room.contacts, ElementsAre(home().find_button("io.3")->number));
  EXPECT_EQ(room.occupied.from, (TimeOfDay{Kind::sunset, -hours(1)}));
  EXPECT_EQ(room.occupied.to, (TimeOfDay{Kind::fixed, hours(23) + minutes(30)}));
  EXPECT_THAT(room.occupied.modes, ElementsAre(home().find_mode("normal")->number));
  EXPECT_THAT(room.occupied.preset.scenes, ElementsAre(home().find_scene("room.cosy")->number));
  EXPECT_THAT(room.unoccupied.preset.scenes, ElementsAre(home().find_scene("room.off")->number));
  EXPECT_EQ(room.unoccupied.from, std::nullopt);
  EXPECT_EQ(group("hallway").timeout, minutes(5));
  EXPECT_FALSE(group("hallway").parent);
}

TEST_F(ByItself, has_partitions_away_and_day_and_night) {
  ASSERT_THAT(home().partitions, SizeIs(1));
  EXPECT_THAT(home().partitions[0].areas,
              ElementsAre(home().find_area("room")->number, home().find_area("hallway")->number));
  EXPECT_EQ(home().partitions[0].contact, home().find_button("io.2")->number);
  const AwaySettings& away = home().away;
  EXPECT_EQ(away.method, AwaySettings::Method::random);
  EXPECT_THAT(away.zones,
              ElementsAre(zone("lamp"), zone("strip"), zone("white"), zone("colour"), zone("candle"), zone("stairs")))
      << "the lights of the room, and no shade, fan or thermostat";
  EXPECT_EQ(away.from, (TimeOfDay{Kind::dusk, {}}));
  EXPECT_EQ(away.to, (TimeOfDay{Kind::fixed, hours(22) + minutes(45)}));
  EXPECT_EQ(away.seed, 7U);
  EXPECT_EQ(away.mode, home().find_mode("vacation")->number);
  EXPECT_EQ(home().day_night, (DayNight{{Kind::sunrise, minutes(30)}, {Kind::dusk, {}}}));
}

TEST_F(ByItself, has_natural_shows_and_settings) {
  const NaturalShow& show = *home().find_show("daylight");
  EXPECT_THAT(show.zones, ElementsAre(zone("white"), zone("lamp")));
  ASSERT_THAT(show.course, SizeIs(3));
  EXPECT_EQ(show.course[0].colour, Colour::white(2200));
  EXPECT_EQ(show.course[0].level, Level::from_percent(20));
  EXPECT_EQ(show.course[1].time, (TimeOfDay{Kind::fixed, hours(12)}));
  EXPECT_EQ(show.course[2].level, std::nullopt);
  EXPECT_EQ(home().settings.hold_time, milliseconds(700));
  EXPECT_EQ(home().settings.tap_time, milliseconds(400));
  EXPECT_EQ(home().settings.full_ramp, seconds(4));
  EXPECT_TRUE(home().settings.runs_on_untrusted_time);
}

TEST_F(ByItself, has_facades) {
  ASSERT_THAT(home().facades, SizeIs(1));
  const Facade& facade = *home().find_facade("south");
  EXPECT_EQ(facade.name, "South");
  EXPECT_EQ(home().find(facade.number), &facade);
  EXPECT_EQ(facade.azimuth, 190);
  EXPECT_THAT(facade.shades, ElementsAre(zone("shade"), zone("blind")));
  EXPECT_EQ(facade.head, 2.3);
  EXPECT_EQ(facade.sill, 0.2);
  EXPECT_EQ(facade.surface, 0.7);
  EXPECT_EQ(facade.depth, 1.2);
  EXPECT_EQ(facade.lowest_elevation, 5);
  EXPECT_EQ(facade.open, Level::from_percent(90));
  EXPECT_EQ(facade.most_moves, 6);
  EXPECT_EQ(facade.apart, minutes(45));
  EXPECT_FALSE(facade.enabled);
}

TEST(Facades, need_say_little) {
  const Reading reading = read_text(changed(kEquippedHome,
                                            ", head: 2.3, sill: 0.2, surface: 0.7, depth: 1.2, lowest_elevation: 5, "
                                            "open: 90, most_moves: 6, apart: 45m, enabled: false",
                                            ""));
  ASSERT_TRUE(reading.project) << texts(reading);
  Facade usual;
  const Facade& read = reading.project->facades.at(0);
  usual.number = read.number;
  usual.id = read.id;
  usual.name = read.name;
  usual.shades = read.shades;
  usual.azimuth = 190;
  EXPECT_EQ(read, usual);
}

TEST(Days, are_all_days_where_none_is_named) {
  const Reading reading = read_text(changed(kEquippedHome, "on: {weekdays: [mon-fri], ", "on: {"));
  ASSERT_TRUE(reading.project) << texts(reading);
  EXPECT_EQ(reading.project->find_timeclock_event("morning")->schedule.weekdays, Schedule::kEveryDay);
}

}  // namespace
}  // namespace candela::project
