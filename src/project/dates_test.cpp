#include "project/dates.h"

#include <gtest/gtest.h>

namespace candela::project {
namespace {

using std::chrono::day;
using std::chrono::month;
using std::chrono::month_day;
using std::chrono::year;
using std::chrono::year_month_day;

TEST(Dates, are_days_that_there_are) {
  EXPECT_EQ(parse_date("2026-12-24"), (year_month_day{year(2026), month(12), day(24)}));
  EXPECT_EQ(parse_date("2028-02-29"), (year_month_day{year(2028), month(2), day(29)}));
  for (const auto* text : {"", "2026", "2026-02-29", "2026-13-01", "2026-00-10", "2026-1-1", "26-12-24", "2026/12/24",
                           "2026-12-24 ", "1999-12-31", "2200-01-01", "2026-12-2x", "+026-12-24"}) {
    EXPECT_EQ(parse_date(text), std::nullopt) << text;
  }
}

TEST(DaysOfYear, have_a_month_and_a_day) {
  EXPECT_EQ(parse_day_of_year("01-01"), (month_day{month(1), day(1)}));
  EXPECT_EQ(parse_day_of_year("02-29"), (month_day{month(2), day(29)}));
  for (const auto* text : {"", "1-1", "02-30", "04-31", "00-01", "13-01", "12-00", "12-24-", "1224", "-1-01"}) {
    EXPECT_EQ(parse_day_of_year(text), std::nullopt) << text;
  }
}

TEST(Weekdays, are_one_or_from_one_to_another) {
  EXPECT_EQ(parse_weekdays("mon"), 0x01);
  EXPECT_EQ(parse_weekdays("sun"), 0x40);
  EXPECT_EQ(parse_weekdays("mon-fri"), 0x1F);
  EXPECT_EQ(parse_weekdays("mon-sun"), 0x7F);
  EXPECT_EQ(parse_weekdays("fri-mon"), 0x71);
  EXPECT_EQ(parse_weekdays("wed-wed"), 0x04);
  for (const auto* text : {"", "monday", "Mon", "mon-", "-fri", "mon-fri-sun", "mon,tue"}) {
    EXPECT_EQ(parse_weekdays(text), std::nullopt) << text;
  }
}

}  // namespace
}  // namespace candela::project
