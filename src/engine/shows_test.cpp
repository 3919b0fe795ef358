#include "engine/shows.h"

#include "engine/lights_fixture.h"

namespace candela::engine {
namespace {

using std::chrono::hours;
using std::chrono::minutes;

TimeOfDay at(int hour) { return {TimeOfDay::Kind::fixed, hours(hour)}; }

/// A day from warm and dim at 6 over cool and bright at 12 to warm at 20, in UTC; the clock is put to 9 in the morning.
class ShowsTest : public LightsTest {
 protected:
  ShowsTest() {
    NaturalShow show;
    show.number = ShowId{900};
    for (int count = 0; count < 2; ++count) {
      Zone& zone = add(LoadType::white_tuning);
      zone.fade = 2s;
      show.zones.push_back(zone.number);
    }
    show.course = {{at(6), Colour::white(2000), percent(20)},
                   {at(12), Colour::white(4000), percent(100)},
                   {at(20), Colour::white(2000), percent(40)}};
    home_.project().shows.push_back(show);
    clock_.set({MonoTime{hours(1)}, UtcTime(std::chrono::sys_days(std::chrono::year(2026) / 6 / 1) + hours(9))});
  }

  void begin_show(const SavedState& remembered = {}) {
    begin(remembered);
    shows_ = Shows(lights_->plan());
    tell([&](const Moment& why, Changes& into) { shows_.restore(remembered, almanac_, *lights_, why, into); });
  }
  std::vector<Change> control(Control control) {
    return tell([&](const Moment& why, Changes& into) { shows_.control(0, control, almanac_, *lights_, why, into); });
  }
  /// Lets time pass, with everything that is due on its way.
  std::vector<Change> live(Duration time) {
    const UtcTime end = clock_.now().utc + std::chrono::duration_cast<UtcTime::duration>(time);
    std::vector<Change> all;
    for (auto due = shows_.next_due(); due && *due <= end; due = shows_.next_due()) {
      wait(*due - clock_.now().utc);
      const auto now = tell([&](const Moment& why, Changes& into) { shows_.fire(almanac_, *lights_, why.at, into); });
      all.insert(all.end(), now.begin(), now.end());
    }
    wait(end - clock_.now().utc);
    return all;
  }
  int kelvin(Slot zone) const { return lights_->colour_at(zone, clock_.now().mono).kelvin; }

  Almanac almanac_{Location{}};
  Shows shows_;
};

TEST_F(ShowsTest, GoToTheirCourseAndThenAlongIt) {
  begin_show();
  const auto told = control(Control::start);
  ASSERT_EQ(only<ShowChanged>(told).size(), 1u);
  EXPECT_TRUE(only<ShowChanged>(told)[0].running);
  EXPECT_EQ(only<ZoneTargeted>(told)[0].fade.duration, Shows::kLeadIn);
  live(Shows::kLeadIn);
  EXPECT_NEAR(reads(0), 60, 0.1);
  EXPECT_NEAR(kelvin(0), 3000, 2);
  live(minutes(90));
  EXPECT_NEAR(reads(0), 80, 0.1);
  EXPECT_NEAR(kelvin(0), 3500, 2);
  live(minutes(90) + hours(4));
  EXPECT_NEAR(reads(1), 70, 0.1);
  EXPECT_NEAR(kelvin(1), 3000, 2);
}

TEST_F(ShowsTest, SendOneCommandForEachPoint) {
  begin_show();
  control(Control::start);
  const auto told = live(hours(24));
  EXPECT_EQ(only<ZoneTargeted>(told).size(), 2u * 4) << "the first after the lead-in, then at 12, 20 and 6";
  EXPECT_EQ(only<ZoneColoured>(told).size(), 2u * 3) << "from 20 to 6 it stays";
  EXPECT_EQ(last_step(told.back()), (CauseStep{CauseStep::Kind::show_course, 900}));
  EXPECT_EQ(shows_.next_due(), UtcTime(std::chrono::sys_days(std::chrono::year(2026) / 6 / 2) + hours(12)));
}

TEST_F(ShowsTest, LeavePeoplesLevelAloneAndGoOnWithTheColour) {
  begin_show();
  control(Control::start);
  live(hours(1));
  set(0, 15);
  live(hours(8));
  EXPECT_EQ(reads(0), 15);
  EXPECT_NEAR(kelvin(0), 2500, 2);
  EXPECT_NEAR(reads(1), 55, 0.1);
  control(Control::start);
  live(minutes(1));
  EXPECT_GT(reads(0), 50) << "a new start begins anew";
}

TEST_F(ShowsTest, LeaveAZoneWhoseColourPeopleChose) {
  begin_show();
  control(Control::start);
  live(hours(1));
  colour(0, Colour::white(2700));
  live(hours(5));
  EXPECT_EQ(kelvin(0), 2700);
  EXPECT_EQ(reads(0), 100) << "the last level it was sent to";
  EXPECT_NE(kelvin(1), 2700);
}

TEST_F(ShowsTest, StopWhereTheyAre) {
  begin_show();
  control(Control::start);
  live(hours(1));
  set(1, 15);
  const double before = reads(0);
  const auto told = control(Control::toggle);
  EXPECT_FALSE(only<ShowChanged>(told).at(0).running);
  EXPECT_EQ(shows_.next_due(), std::nullopt);
  live(hours(5));
  EXPECT_EQ(reads(0), before);
  EXPECT_NEAR(kelvin(0), 3333, 2);
  EXPECT_EQ(reads(1), 15);
  EXPECT_TRUE(control(Control::stop).empty());
}

/// Every state and every command.
TEST_F(ShowsTest, ObeyTheirCommands) {
  struct Row {
    bool runs;
    Control command;
    bool then_runs;
    std::size_t told;
  };
  begin_show();
  for (const auto& [runs, command, then_runs, told] :
       {Row{false, Control::start, true, 1}, Row{false, Control::stop, false, 0}, Row{false, Control::toggle, true, 1},
        Row{true, Control::start, true, 0}, Row{true, Control::stop, false, 1}, Row{true, Control::toggle, false, 1}}) {
    control(runs ? Control::start : Control::stop);
    EXPECT_EQ(only<ShowChanged>(control(command)).size(), told);
    EXPECT_EQ(shows_.is_running(0), then_runs);
  }
}

TEST_F(ShowsTest, GoOnAfterARestart) {
  const auto& zones = home_.project().zones;
  SavedState remembered;
  remembered.shows = {ShowId{900}};
  remembered.zones = {{zones[0].number, percent(20), percent(100), clock_.now().utc - hours(3), hours(6)},
                      {zones[1].number, percent(33), percent(33), clock_.now().utc - hours(1), 0s}};
  begin_show(remembered);
  EXPECT_TRUE(shows_.is_running(0));
  live(hours(1));
  EXPECT_NEAR(reads(0), 73.3, 0.1);
  EXPECT_EQ(reads(1), 33) << "somebody had set it";
  EXPECT_NEAR(kelvin(1), 3333, 2);
}

TEST_F(ShowsTest, FollowANewProject) {
  begin_show();
  control(Control::start);
  live(hours(1));
  const Shows before = shows_;
  const Plan old_plan(lights_->plan().shared_project());
  home_.project().shows[0].course[1].level = percent(80);
  activate();
  shows_ = Shows(lights_->plan());
  shows_.carry_over(before, lights_->plan(), old_plan, clock_.now().utc);
  live(hours(2));
  EXPECT_NEAR(reads(0), 80, 0.1);
}

TEST_F(ShowsTest, FollowTheClockWhenItIsSet) {
  begin_show();
  control(Control::start);
  live(minutes(10));
  clock_.set({clock_.now().mono, clock_.now().utc + hours(2)});
  shows_.clock_set(clock_.now().utc);
  live(minutes(50));
  EXPECT_EQ(reads(0), 100) << "it is noon now";
  EXPECT_EQ(kelvin(0), 4000);
}

TEST_F(ShowsTest, GoOnBesideAnEmergency) {
  home_.project().zones[0].emergency = Level::full();
  begin_show();
  control(Control::start);
  live(minutes(10));
  emergency(true);
  live(hours(4));
  EXPECT_EQ(reads(0), 100);
  emergency(false);
  live(hours(7));
  EXPECT_NEAR(reads(0), 39.67, 0.05) << "ten minutes into the way from 40 to 20";
  EXPECT_NEAR(reads(1), 39.67, 0.05);
}

TEST_F(ShowsTest, AreNotMistakenForPeopleWhenAZoneStaysOn) {
  home_.project().zones[0].minimum_on = hours(12);
  home_.project().shows[0].course[2].level = percent(0);
  home_.project().shows[0].course[0].level = percent(0);
  begin_show();
  control(Control::start);
  live(hours(11) + minutes(10));
  EXPECT_EQ(reads(0), 100) << "12 hours are not over";
  EXPECT_EQ(reads(1), 0);
  live(hours(16));
  EXPECT_EQ(reads(0), 100) << "noon of the next day";
}

TEST_F(ShowsTest, MayHaveColourAlone) {
  for (NaturalShow::At& point : home_.project().shows[0].course) point.level.reset();
  begin_show();
  control(Control::start);
  EXPECT_TRUE(only<ZoneTargeted>(live(hours(24))).empty());
  EXPECT_EQ(reads(0), 0);
}

TEST_F(ShowsTest, WithoutPointsSayNothing) {
  home_.project().shows[0].course.clear();
  begin_show();
  control(Control::start);
  EXPECT_TRUE(live(hours(72)).empty());
  EXPECT_TRUE(shows_.is_running(0));
}

}  // namespace
}  // namespace candela::engine
