#include "engine/timeclock.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include "engine/timeclock_fixture.h"

namespace candela::engine {
namespace {

using namespace std::chrono_literals;
using std::chrono::sys_days;
using std::chrono::year_month_day;
using testing::ElementsAre;
using testing::IsEmpty;
using How = Timeclock::How;
using Due = Timeclock::Due;
using Kind = TimeOfDay::Kind;

constexpr year_month_day kDay{2026y / 6 / 10};  // a Wednesday; Berlin is two hours ahead of UTC
std::int32_t date(year_month_day day) { return static_cast<std::int32_t>(sys_days{day}.time_since_epoch().count()); }
/// By the clock on the wall in Berlin, in summer.
UtcTime wall(std::chrono::minutes time, int day = 0) { return sys_days{kDay} + std::chrono::days{day} + time - 2h; }
const std::int32_t kDate = date(kDay);

class TimeclockTest : public testing::Test {
 protected:
  TimeclockHome home_;
};

TEST_F(TimeclockTest, EventsComeInTheOrderOfTheirTimes) {
  home_.add(20h);
  home_.add(8h);
  home_.add(20h);
  home_.start(wall(6h));
  EXPECT_THAT(home_.pass_until(wall(6h, 1)),
              ElementsAre(Due{wall(8h), 1, How::ran, kDate}, Due{wall(20h), 0, How::ran, kDate},
                          Due{wall(20h), 2, How::ran, kDate}));
}

TEST_F(TimeclockTest, WhatLiesBeforeTheStartIsNotDue) {
  home_.add(8h);
  home_.start(wall(8h));
  EXPECT_THAT(home_.advance(), IsEmpty());
  EXPECT_EQ(home_.timeclock().next_due(), wall(8h, 1));
}

TEST_F(TimeclockTest, NextDueIsWhenSomethingComes) {
  EXPECT_EQ((home_.start(wall(6h)), home_.timeclock().next_due()), std::nullopt) << "no events";
  const TimeclockEventId event = home_.add(8h);
  home_.start(wall(6h));
  EXPECT_EQ(home_.timeclock().next_due(), wall(8h));
  EXPECT_EQ(home_.timeclock().next(event), wall(8h));
  EXPECT_EQ(home_.timeclock().next(TimeclockEventId{9}), std::nullopt);
  EXPECT_THAT(home_.pass_until(wall(7h + 59min)), IsEmpty());
}

TEST_F(TimeclockTest, EventsRunOnlyInTheirModes) {
  home_.add(8h);
  home_.project().timeclock_events[0].modes = {ModeId{7}, ModeId{8}};
  home_.start(wall(6h));
  home_.use_mode(ModeId{9});
  EXPECT_THAT(home_.pass_until(wall(9h)), IsEmpty());
  home_.use_mode(ModeId{8});
  EXPECT_THAT(home_.pass_until(wall(9h, 1)), ElementsAre(Due{wall(8h, 1), 0, How::ran, kDate + 1}));
}

TEST_F(TimeclockTest, DisabledEventsPassSilently) {
  const TimeclockEventId event = home_.add(8h);
  home_.start(wall(6h));
  EXPECT_TRUE(home_.timeclock().enable(event, false));
  EXPECT_FALSE(home_.timeclock().enable(event, false)) << "no news";
  EXPECT_FALSE(home_.timeclock().is_enabled(event));
  EXPECT_THAT(home_.pass_until(wall(9h)), IsEmpty());
  EXPECT_TRUE(home_.timeclock().enable(event, true));
  EXPECT_THAT(home_.pass_until(wall(7h, 1)), IsEmpty()) << "what has passed does not come back";
  EXPECT_TRUE(home_.timeclock().enable(TimeclockId{2}, false));
  EXPECT_THAT(home_.pass_until(wall(9h, 1)), IsEmpty());
  EXPECT_TRUE(home_.timeclock().enable(TimeclockId{2}, true));
  EXPECT_THAT(home_.pass_until(wall(9h, 2)), ElementsAre(Due{wall(8h, 2), 0, How::ran, kDate + 2}));
  EXPECT_FALSE(home_.timeclock().enable(TimeclockId{99}, false));
  EXPECT_FALSE(home_.timeclock().enable(TimeclockEventId{99}, false));
}

TEST_F(TimeclockTest, RunByCommandLeavesItsOwnTimeAlone) {
  const TimeclockEventId event = home_.add(8h);
  home_.start(wall(6h));
  home_.timeclock().enable(event, false);
  EXPECT_EQ(home_.timeclock().run(event, home_.now()), (Due{wall(6h), 0, How::by_command, kDate}));
  EXPECT_EQ(home_.timeclock().run(TimeclockEventId{1}, home_.now()), std::nullopt);
  home_.timeclock().enable(event, true);
  EXPECT_THAT(home_.pass_until(wall(9h)), ElementsAre(Due{wall(8h), 0, How::ran, kDate}));
}

// Jumps of the clock

TEST_F(TimeclockTest, ASmallJumpAheadRunsWhatItJumpedOver) {
  home_.add(8h + 30min);
  home_.add(8h + 10min);
  home_.start(wall(6h));
  home_.pass_until(wall(8h));
  EXPECT_THAT(home_.set_clock(wall(8h + 59min)), ElementsAre(Due{wall(8h + 10min), 1, How::ran_late, kDate},
                                                             Due{wall(8h + 30min), 0, How::ran_late, kDate}));
}

TEST_F(TimeclockTest, ALargeJumpAheadMisses) {
  home_.add(8h + 30min);
  home_.add(8h + 10min, Missed::run);
  home_.add(9h + 1min);
  home_.start(wall(6h));
  home_.pass_until(wall(8h));
  EXPECT_THAT(home_.set_clock(wall(9h)), ElementsAre(Due{wall(8h + 10min), 1, How::ran_late, kDate},
                                                     Due{wall(8h + 30min), 0, How::missed, kDate}));
  EXPECT_THAT(home_.pass_until(wall(10h)), ElementsAre(Due{wall(9h + 1min), 2, How::ran, kDate}));
}

TEST_F(TimeclockTest, OfSeveralMissedDatesTheLastIsTold) {
  home_.add(8h);
  home_.add(9h, Missed::run);
  home_.start(wall(6h));
  EXPECT_THAT(home_.set_clock(wall(12h, 40)), ElementsAre(Due{wall(8h, 40), 0, How::missed, kDate + 40},
                                                          Due{wall(9h, 40), 1, How::ran_late, kDate + 40}));
  EXPECT_EQ(home_.timeclock().next_due(), wall(8h, 41));
}

TEST_F(TimeclockTest, AJumpBackNeverRepeatsADate) {
  home_.add(8h);
  home_.add(8h + 50min);
  home_.start(wall(6h, -3));
  EXPECT_EQ(home_.pass_until(wall(8h + 30min)).size(), 7);
  EXPECT_THAT(home_.set_clock(wall(7h + 30min)), IsEmpty());
  EXPECT_THAT(home_.pass_until(wall(9h)), ElementsAre(Due{wall(8h + 50min), 1, How::ran, kDate}));
  EXPECT_THAT(home_.set_clock(wall(7h, -3)), IsEmpty());
  EXPECT_THAT(home_.pass_until(wall(7h, 1)), IsEmpty()) << "the days of three days ago are done too";
  EXPECT_EQ(home_.pass_until(wall(9h, 1)).size(), 2);
}

TEST_F(TimeclockTest, ACorrectedMistakeInTheFutureDoesNotSilenceTheHouse) {
  home_.add(8h);
  home_.start(wall(6h));
  home_.pass_until(wall(9h));
  home_.set_clock(wall(7h, 3650));  // ten years ahead by mistake
  EXPECT_EQ(home_.pass_until(wall(9h, 3650)).size(), 1);
  EXPECT_THAT(home_.set_clock(wall(7h + 30min)), IsEmpty());
  EXPECT_THAT(home_.pass_until(wall(9h)), IsEmpty()) << "today was done before the mistake";
  EXPECT_THAT(home_.pass_until(wall(9h, 1)), ElementsAre(Due{wall(8h, 1), 0, How::ran, kDate + 1}));
}

TEST_F(TimeclockTest, ADetourToThePastDoesNotRepeat) {
  home_.project().settings.runs_on_untrusted_time = true;
  home_.add(8h, Missed::run);
  home_.start(wall(6h));
  home_.pass_until(wall(9h));
  const UtcTime past = sys_days{1970y / 1 / 1};
  home_.set_clock(past);
  EXPECT_EQ(home_.pass_until(past + 48h).size(), 2) << "it runs by the wrong clock";
  EXPECT_THAT(home_.set_clock(wall(10h)), IsEmpty()) << "today was done before the detour";
  EXPECT_EQ(home_.timeclock().next_due(), wall(8h, 1));
}

TEST_F(TimeclockTest, SmallCorrectionsLoseAndDoubleNothing) {
  home_.add(8h);
  home_.start(wall(7h));
  std::size_t count = 0;
  for (int minute = 0; minute < 60 * 24 * 10; ++minute) {
    const UtcTime utc = home_.now().utc + 1min;
    count += home_.pass_until(utc).size();
    count += home_.set_clock(home_.now().utc + ((minute % 2) != 0 ? 700ms : -650ms)).size();
  }
  EXPECT_EQ(count, 10);
}

// Off, and trust

TEST_F(TimeclockTest, AShortRestartLosesNothing) {
  home_.add(8h);
  home_.add(7h + 10min);
  home_.start(wall(7h));
  home_.restart(wall(8h + 4min));
  EXPECT_EQ(home_.timeclock().next_due(), home_.now().utc) << "at once";
  EXPECT_THAT(home_.advance(),
              ElementsAre(Due{wall(7h + 10min), 1, How::missed, kDate}, Due{wall(8h), 0, How::ran_late, kDate}));
}

TEST_F(TimeclockTest, ARestartKeepsWhatWasDoneAndSet) {
  const TimeclockEventId event = home_.add(8h, Missed::run);
  const TimeclockEventId other = home_.add(9h);
  home_.start(wall(7h));
  home_.pass_until(wall(8h));
  home_.timeclock().enable(other, false);
  home_.timeclock().enable(TimeclockId{2}, false);
  home_.timeclock().enable(TimeclockId{2}, true);
  home_.restart(wall(8h + 1min));
  EXPECT_THAT(home_.advance(), IsEmpty());
  EXPECT_TRUE(home_.timeclock().is_enabled(event));
  EXPECT_FALSE(home_.timeclock().is_enabled(other));
  EXPECT_TRUE(home_.timeclock().is_enabled(TimeclockId{2}));
  EXPECT_THAT(home_.pass_until(wall(10h, 1)), ElementsAre(Due{wall(8h, 1), 0, How::ran, kDate + 1}));
}

TEST_F(TimeclockTest, TenYearsOffAreSurvived) {
  // S-45. The battery kept the clock; what was to happen meanwhile is told once for each event.
  home_.add(8h);
  home_.add(9h, Missed::run);
  home_.add({Kind::sunset, -30min});
  const TimeclockEventId disabled = home_.add(10h);
  home_.start(wall(7h));
  home_.timeclock().enable(disabled, false);
  const UtcTime back = sys_days{2036y / 6 / 10} + 10h;
  home_.restart(back);
  const std::int32_t today = date(2036y / 6 / 10);
  const auto due = home_.advance();
  ASSERT_EQ(due.size(), 3);
  EXPECT_EQ(due[0].event, 2U);
  EXPECT_EQ(due[0].date, today - 1);
  EXPECT_EQ(due[1], (Due{sys_days{2036y / 6 / 10} + 6h, 0, How::missed, today}));
  EXPECT_EQ(due[2], (Due{sys_days{2036y / 6 / 10} + 7h, 1, How::ran_late, today}));
  EXPECT_FALSE(home_.timeclock().is_enabled(disabled));
  EXPECT_THAT(home_.pass_until(back + 24h), testing::SizeIs(3));
}

TEST_F(TimeclockTest, WithoutABatteryEventsWaitUntilTheTimeIsKnown) {
  home_.add(8h);
  home_.add(9h, Missed::run);
  home_.add(11h);
  home_.start(wall(7h));
  home_.restart(sys_days{1970y / 1 / 1});
  EXPECT_FALSE(home_.timeclock().is_trusted()) << "the clock is before the last time we know of";
  EXPECT_EQ(home_.timeclock().next_due(), std::nullopt);
  EXPECT_THAT(home_.advance(), IsEmpty());
  EXPECT_THAT(home_.pass_until(sys_days{1970y / 1 / 5}), IsEmpty());
  home_.set_clock(wall(10h, 3650));
  const auto due = home_.report(true);
  ASSERT_EQ(due.size(), 3);
  EXPECT_EQ(due[0].how, How::missed);
  EXPECT_EQ(due[1].how, How::missed);
  EXPECT_EQ(due[2].how, How::ran_late);
  EXPECT_EQ(home_.pass_until(wall(12h, 3650)).size(), 1);
}

TEST_F(TimeclockTest, LostTrustHoldsAndFoundTrustCatchesUp) {
  home_.add(8h);
  home_.add(9h, Missed::run);
  home_.add(9h + 58min);
  home_.start(wall(7h));
  EXPECT_THAT(home_.report(false), IsEmpty());
  EXPECT_EQ(home_.timeclock().next_due(), std::nullopt);
  EXPECT_THAT(home_.pass_until(wall(10h)), IsEmpty());
  EXPECT_THAT(home_.report(false), IsEmpty());
  EXPECT_THAT(home_.report(true),
              ElementsAre(Due{wall(8h), 0, How::missed, kDate}, Due{wall(9h), 1, How::ran_late, kDate},
                          Due{wall(9h + 58min), 2, How::ran_late, kDate}));
  EXPECT_THAT(home_.report(true), IsEmpty());
}

TEST_F(TimeclockTest, AHomeMayRunOnUntrustedTime) {
  home_.project().settings.runs_on_untrusted_time = true;
  home_.add(8h);
  home_.start(wall(7h));
  home_.report(false);
  EXPECT_THAT(home_.pass_until(wall(9h)), ElementsAre(Due{wall(8h), 0, How::ran, kDate}));
}

// Every state against every event: what has happened to the 8:00 event by 12:00.

enum class Before : std::uint8_t { running, disabled, held, was_off };
enum class Then : std::uint8_t { nothing, jump_of_59_minutes, jump_of_2_hours, jump_back_2_hours, trusted };
struct Case {
  Before before;
  Then then;
  std::vector<How> expected;
};
void PrintTo(const Case& it, std::ostream* out) {
  *out << "before " << static_cast<int>(it.before) << " then " << static_cast<int>(it.then);
}

class TimeclockTable : public testing::TestWithParam<Case> {};

TEST_P(TimeclockTable, Holds) {
  TimeclockHome home;
  const TimeclockEventId event = home.add(8h);
  home.start(wall(7h));
  // At 7:30 it is in the state, at 7:45 (by the clock before) something happens.
  home.pass_until(wall(7h + 30min));
  if (GetParam().before == Before::disabled) home.timeclock().enable(event, false);
  if (GetParam().before == Before::held) home.report(false);
  if (GetParam().before == Before::was_off) home.restart(wall(7h + 40min));
  std::vector<Due> all = home.pass_until(wall(7h + 45min));
  const auto add = [&](const std::vector<Due>& more) { all.insert(all.end(), more.begin(), more.end()); };
  switch (GetParam().then) {
    case Then::nothing: break;
    case Then::jump_of_59_minutes: add(home.set_clock(wall(8h + 44min))); break;
    case Then::jump_of_2_hours: add(home.set_clock(wall(9h + 45min))); break;
    case Then::jump_back_2_hours: add(home.set_clock(wall(5h + 45min))); break;
    case Then::trusted: add(home.report(true)); break;
  }
  add(home.pass_until(wall(12h)));
  std::vector<How> hows;
  for (const Due& due : all) {
    EXPECT_EQ(due.date, kDate);
    hows.push_back(due.how);
  }
  EXPECT_EQ(hows, GetParam().expected);
}

INSTANTIATE_TEST_SUITE_P(
    EveryStateAndEvent, TimeclockTable,
    testing::Values(Case{Before::running, Then::nothing, {How::ran}},
                    Case{Before::running, Then::jump_of_59_minutes, {How::ran_late}},
                    Case{Before::running, Then::jump_of_2_hours, {How::missed}},
                    Case{Before::running, Then::jump_back_2_hours, {How::ran}},
                    Case{Before::running, Then::trusted, {How::ran}}, Case{Before::disabled, Then::nothing, {}},
                    Case{Before::disabled, Then::jump_of_59_minutes, {}},
                    Case{Before::disabled, Then::jump_of_2_hours, {}},
                    Case{Before::disabled, Then::jump_back_2_hours, {}}, Case{Before::disabled, Then::trusted, {}},
                    Case{Before::held, Then::nothing, {}}, Case{Before::held, Then::jump_of_59_minutes, {}},
                    Case{Before::held, Then::jump_of_2_hours, {}}, Case{Before::held, Then::jump_back_2_hours, {}},
                    Case{Before::held, Then::trusted, {How::ran}}, Case{Before::was_off, Then::nothing, {How::ran}},
                    Case{Before::was_off, Then::jump_of_59_minutes, {How::ran_late}},
                    Case{Before::was_off, Then::jump_of_2_hours, {How::missed}},
                    Case{Before::was_off, Then::jump_back_2_hours, {How::ran}},
                    Case{Before::was_off, Then::trusted, {How::ran}}));

// The calendar and the sun

TEST_F(TimeclockTest, ALeftOutTimeRunsOnceAndADoubleOneOnce) {
  home_.add(2h + 30min);
  home_.start(sys_days{2026y / 3 / 28} + 12h);
  EXPECT_THAT(home_.pass_until(sys_days{2026y / 3 / 29} + 12h),
              ElementsAre(Due{sys_days{2026y / 3 / 29} + 1h, 0, How::ran, date(2026y / 3 / 29)}));
  home_.start(sys_days{2026y / 10 / 24} + 12h);
  EXPECT_THAT(home_.pass_until(sys_days{2026y / 10 / 25} + 12h),
              ElementsAre(Due{sys_days{2026y / 10 / 25} + 30min, 0, How::ran, date(2026y / 10 / 25)}));
}

TEST_F(TimeclockTest, AnOffsetOverMidnightBelongsToTheDateOfTheSun) {
  Schedule wednesdays{.weekdays = 0b0000100};
  home_.add({Kind::sunset, 5h}, wednesdays);
  home_.add({Kind::sunrise, -6h}, wednesdays);
  home_.start(wall(6h, -2));
  const auto due = home_.pass_until(wall(6h, 2));
  ASSERT_EQ(due.size(), 2);
  EXPECT_EQ(due[0].event, 1U) << "six hours before Wednesday's sunrise, on Tuesday";
  EXPECT_EQ(due[0].date, kDate);
  EXPECT_LT(due[0].at, wall(0h));
  EXPECT_EQ(due[1].date, kDate);
  EXPECT_GT(due[1].at, wall(24h));
}

TEST(TimeclockPolar, NoSunIsToldOnceADate) {
  TimeclockHome home({69.6492, 18.9553, "Europe/Oslo"});
  home.add({Kind::sunset, {}});
  home.start(sys_days{2026y / 6 / 20} + 1h);
  const auto due = home.pass_until(sys_days{2026y / 6 / 23} + 1h);
  ASSERT_EQ(due.size(), 3);
  for (std::size_t i = 0; i < due.size(); ++i) {
    EXPECT_EQ(due[i], (Due{sys_days{2026y / 6 / 20} + std::chrono::days(i) + 10h, 0, How::no_sun,
                           date(2026y / 6 / 20) + static_cast<std::int32_t>(i)}));
  }
}

TEST_F(TimeclockTest, AnEventWithoutDatesIsLookedAtAgainAfterYears) {
  Schedule far;
  far.dates = {2040y / 1 / 1};
  const TimeclockEventId event = home_.add({Kind::fixed, 12h}, far);
  home_.start(wall(7h));
  EXPECT_EQ(home_.timeclock().next(event), std::nullopt);
  EXPECT_THAT(home_.pass_until(sys_days{2040y / 1 / 2}),
              ElementsAre(Due{sys_days{2040y / 1 / 1} + 11h, 0, How::ran, date(2040y / 1 / 1)}));
}

// Transfers

TEST_F(TimeclockTest, ATransferKeepsWhatWasDoneAndSetByNumber) {
  const TimeclockEventId event = home_.add(8h);
  const TimeclockEventId other = home_.add(9h);
  home_.start(wall(7h));
  home_.pass_until(wall(8h));
  home_.timeclock().enable(other, false);

  Project changed = home_.project();
  std::swap(changed.timeclock_events[0], changed.timeclock_events[1]);
  changed.timeclock_events[1].at.offset = 8h + 30min;  // the one that is done today is moved
  changed.build_index();
  Timeclock transferred(changed, home_.almanac(), home_.now());
  transferred.carry_over(home_.timeclock());
  EXPECT_FALSE(transferred.is_enabled(other));
  EXPECT_TRUE(transferred.is_enabled(event));
  std::vector<Due> due;
  transferred.advance({home_.now().mono + 2h, home_.now().utc + 2h}, {}, due);
  EXPECT_THAT(due, IsEmpty()) << "it is done today";
  EXPECT_EQ(transferred.next(event), wall(8h + 30min, 1));
}

TEST_F(TimeclockTest, ATransferLosesNothingThatIsDue) {
  home_.add(8h);
  home_.start(wall(7h + 59min));
  Timeclock transferred(home_.project(), home_.almanac(), {MonoTime{61s}, wall(8h) + 1s});
  transferred.carry_over(home_.timeclock());
  std::vector<Due> due;
  transferred.advance({MonoTime{61s}, wall(8h) + 1s}, {}, due);
  EXPECT_THAT(due, ElementsAre(Due{wall(8h), 0, How::ran, kDate}));
}

// Drift: a crystal of 1.90 ppm (S-46), corrected once a day or never, loses and doubles nothing.

TEST_F(TimeclockTest, AYearOfDriftLosesAndDoublesNothing) {
  for (const bool is_corrected : {true, false}) {
    for (const double drift : {1.90e-6, -1.90e-6}) {
      TimeclockHome home;
      home.add(8h);
      home.start(wall(7h));
      std::vector<Due> all;
      for (int day = 1; day <= 365; ++day) {
        // The test's time is the processor's; the true one differs by what has drifted.
        const auto more = home.pass_until(wall(7h, day));
        all.insert(all.end(), more.begin(), more.end());
        const auto drifted = std::chrono::duration_cast<std::chrono::milliseconds>(86400s * drift);
        if (is_corrected) {
          const auto at_step = home.set_clock(home.now().utc - drifted);
          all.insert(all.end(), at_step.begin(), at_step.end());
        }
      }
      ASSERT_EQ(all.size(), 365);
      for (std::size_t day = 0; day < all.size(); ++day) EXPECT_EQ(all[day].date, kDate + static_cast<int>(day));
    }
  }
  constexpr double kSecondsOfYear = 365 * 86400.0;
  EXPECT_LE(1.90e-6 * kSecondsOfYear, 60) << "S-46: one minute a year";
}

}  // namespace
}  // namespace candela::engine
