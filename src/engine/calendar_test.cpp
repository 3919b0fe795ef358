#include "engine/calendar.h"

#include <gtest/gtest.h>
#include <rapidcheck/gtest.h>

namespace candela::engine {
namespace {

using namespace std::chrono_literals;
using std::chrono::month_day;
using std::chrono::sys_days;
using std::chrono::year_month_day;

std::int32_t date(year_month_day day) { return static_cast<std::int32_t>(sys_days{day}.time_since_epoch().count()); }

/// A calendar with one event.
Calendar calendar_of(const Schedule& schedule, std::vector<Holidays> holidays = {}) {
  Project project;
  project.holidays = std::move(holidays);
  project.timeclock_events.emplace_back().schedule = schedule;
  return Calendar(project);
}

/// Its dates in that month of 2026, by their days.
std::vector<unsigned> days_of(Calendar calendar, std::chrono::month month) {
  std::vector<unsigned> days;
  for (year_month_day day = 2026y / month / 1; day.month() == month; day = sys_days{day} + std::chrono::days{1}) {
    if (calendar.includes(0, date(day))) days.push_back(static_cast<unsigned>(day.day()));
  }
  return days;
}

TEST(Calendar, Weekdays) {
  EXPECT_EQ(days_of(calendar_of({.weekdays = 0b0000001}), std::chrono::June),
            (std::vector<unsigned>{1, 8, 15, 22, 29}));
  EXPECT_EQ(days_of(calendar_of({.weekdays = 0b1000000}), std::chrono::June), (std::vector<unsigned>{7, 14, 21, 28}));
  EXPECT_EQ(days_of(calendar_of({.weekdays = Schedule::kEveryDay}), std::chrono::June).size(), 30);
  EXPECT_TRUE(days_of(calendar_of({}), std::chrono::June).empty());
}

TEST(Calendar, AnyKindOfDateCounts) {
  Schedule schedule;
  schedule.dates = {2026y / 6 / 20, 2026y / 6 / 2};
  schedule.annual = {month_day{std::chrono::June / 24}, month_day{std::chrono::June / 1}};
  schedule.rule = "FREQ=MONTHLY;BYDAY=-1TU";
  EXPECT_EQ(days_of(calendar_of(schedule), std::chrono::June), (std::vector<unsigned>{1, 2, 20, 24, 30}));
}

TEST(Calendar, ExceptionsAndWindowTakeAway) {
  Schedule schedule;
  schedule.weekdays = Schedule::kEveryDay;
  schedule.begin = 2026y / 6 / 5;
  schedule.end = 2026y / 6 / 10;
  schedule.except = {2026y / 6 / 7};
  schedule.except_annual = {month_day{std::chrono::June / 9}};
  EXPECT_EQ(days_of(calendar_of(schedule), std::chrono::June), (std::vector<unsigned>{5, 6, 8, 10}));
}

TEST(Calendar, HolidaysCountOrTakeAway) {
  Holidays holidays;
  holidays.dates = {2026y / 5 / 13};
  holidays.annual = {month_day{std::chrono::May / 1}};
  holidays.easter = {39, 49, 50};  // Ascension, Whitsun
  holidays.rules = {"FREQ=YEARLY;BYMONTH=5;BYDAY=-1MO"};
  Schedule on_holidays;
  on_holidays.holidays = {0};
  EXPECT_EQ(days_of(calendar_of(on_holidays, {holidays}), std::chrono::May),
            (std::vector<unsigned>{1, 13, 14, 24, 25}));
  Schedule workdays;
  workdays.weekdays = 0b0011111;
  workdays.except_holidays = {0};
  EXPECT_EQ(days_of(calendar_of(workdays, {holidays}), std::chrono::May),
            (std::vector<unsigned>{4, 5, 6, 7, 8, 11, 12, 15, 18, 19, 20, 21, 22, 26, 27, 28, 29}));
}

TEST(Calendar, EasterIsWhereTheChurchesPutIt) {
  // Published dates, among them the earliest and the latest possible one.
  for (const year_month_day easter : {1818y / 3 / 22, 1943y / 4 / 25, 2000y / 4 / 23, 2008y / 3 / 23, 2024y / 3 / 31,
                                      2025y / 4 / 20, 2026y / 4 / 5, 2027y / 3 / 28, 2038y / 4 / 25, 2100y / 3 / 28}) {
    EXPECT_EQ(easter_sunday(static_cast<int>(easter.year())), date(easter));
  }
}

TEST(Calendar, NextIsTheFirstFromThereOn) {
  Calendar calendar = calendar_of({.weekdays = 0b0000001});
  EXPECT_EQ(calendar.next(0, date(2026y / 6 / 1)), date(2026y / 6 / 1));
  EXPECT_EQ(calendar.next(0, date(2026y / 6 / 2)), date(2026y / 6 / 8));
  Schedule once;
  once.dates = {2026y / 6 / 3};
  EXPECT_EQ(calendar_of(once).next(0, date(2026y / 1 / 1)), date(2026y / 6 / 3));
  EXPECT_EQ(calendar_of(once).next(0, date(2026y / 6 / 4)), std::nullopt);
  Schedule far;
  far.dates = {2050y / 6 / 3};
  EXPECT_EQ(calendar_of(far).next(0, date(2026y / 1 / 1)), std::nullopt) << "too far to be looked for";
}

TEST(Calendar, RulesAreAnsweredOverManyYearsAndBack) {
  Schedule schedule;
  schedule.rule = "FREQ=YEARLY;INTERVAL=4;BYMONTH=7;BYMONTHDAY=4";
  schedule.begin = 2020y / 1 / 1;
  Calendar calendar = calendar_of(schedule);
  for (const int year : {2024, 2060, 2028, 2100, 2020}) {
    EXPECT_TRUE(calendar.includes(0, date(std::chrono::year{year} / 7 / 4))) << year;
    EXPECT_FALSE(calendar.includes(0, date(std::chrono::year{year + 1} / 7 / 4))) << year;
  }
  EXPECT_FALSE(calendar.includes(0, date(2016y / 7 / 4))) << "before it begins";
}

TEST(Calendar, WrongRulesHaveNoDates) {
  Schedule schedule;
  schedule.rule = "FREQ=SECONDLY";
  EXPECT_EQ(calendar_of(schedule).next(0, 0), std::nullopt);
  schedule.rule.clear();
  schedule.holidays = {7};
  EXPECT_EQ(calendar_of(schedule).next(0, 0), std::nullopt);
}

}  // namespace
}  // namespace candela::engine
