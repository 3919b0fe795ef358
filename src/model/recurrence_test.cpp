#include "model/recurrence.h"

#include <gtest/gtest.h>
#include <rapidcheck/gtest.h>

#include <chrono>

namespace candela {
namespace {

using namespace std::chrono_literals;
using std::chrono::sys_days;
using std::chrono::year_month_day;

std::int32_t date(year_month_day day) { return static_cast<std::int32_t>(sys_days{day}.time_since_epoch().count()); }
std::vector<std::int32_t> dates(std::initializer_list<year_month_day> days) {
  std::vector<std::int32_t> list;
  for (const year_month_day& day : days) list.push_back(date(day));
  return list;
}
std::vector<std::int32_t> of_2026(std::string_view rule, std::int32_t begin = kRuleEpoch) {
  return dates_of_rule(rule, begin, date(2026y / 1 / 1), date(2027y / 1 / 1));
}

TEST(Recurrence, HolidaysThatMove) {
  EXPECT_EQ(of_2026("FREQ=YEARLY;BYMONTH=11;BYDAY=4TH"), dates({2026y / 11 / 26}));
  EXPECT_EQ(of_2026("FREQ=YEARLY;BYMONTH=5;BYDAY=-1MO"), dates({2026y / 5 / 25}));
  EXPECT_EQ(of_2026("RSCALE=CHINESE;FREQ=YEARLY;BYMONTH=1;BYMONTHDAY=1"), dates({2026y / 2 / 17}));
  EXPECT_EQ(of_2026("RSCALE=HEBREW;FREQ=YEARLY;BYMONTH=1;BYMONTHDAY=1"), dates({2026y / 9 / 12}));
}

TEST(Recurrence, CountsFromItsBeginning) {
  const auto second_weeks = of_2026("FREQ=WEEKLY;INTERVAL=2;UNTIL=20260301", date(2026y / 1 / 29));
  EXPECT_EQ(second_weeks, dates({2026y / 1 / 29, 2026y / 2 / 12, 2026y / 2 / 26}));
  const auto later_weeks = of_2026("FREQ=WEEKLY;INTERVAL=2;UNTIL=20260120", date(2025y / 12 / 24));
  EXPECT_EQ(later_weeks, dates({2026y / 1 / 7}));
  EXPECT_EQ(of_2026("FREQ=DAILY;COUNT=3", date(2025y / 12 / 30)), dates({2026y / 1 / 1}));
  EXPECT_EQ(of_2026("FREQ=DAILY", date(2027y / 5 / 1)), dates({}));
  EXPECT_EQ(of_2026("FREQ=MONTHLY;BYMONTHDAY=31", date(2026y / 8 / 15)),
            dates({2026y / 8 / 31, 2026y / 10 / 31, 2026y / 12 / 31}));
}

TEST(Recurrence, TakesNoBeginningThatTheRuleDoesNotName) {
  // RFC 5545 leaves open whether a beginning that is no date of the rule is one; here it is none.
  EXPECT_EQ(of_2026("FREQ=WEEKLY;BYDAY=MO;UNTIL=20260112", date(2026y / 1 / 1)),
            dates({2026y / 1 / 5, 2026y / 1 / 12}));
}

TEST(Recurrence, KnowsWhichRulesNeedABeginning) {
  for (const char* rule : {"FREQ=WEEKLY", "FREQ=YEARLY", "FREQ=MONTHLY", "FREQ=DAILY;COUNT=5", "FREQ=YEARLY;BYMONTH=3",
                           "FREQ=WEEKLY;INTERVAL=2;BYDAY=MO", "FREQ=DAILY;INTERVAL=3"}) {
    EXPECT_TRUE(needs_beginning(rule)) << rule;
  }
  for (const char* rule : {"FREQ=DAILY", "FREQ=WEEKLY;BYDAY=MO", "FREQ=MONTHLY;BYMONTHDAY=-1",
                           "FREQ=YEARLY;BYYEARDAY=1", "FREQ=YEARLY;BYMONTH=11;BYDAY=4TH"}) {
    EXPECT_FALSE(needs_beginning(rule)) << rule;
  }
}

TEST(Recurrence, ComplainsOfWhatIsNoRuleForDates) {
  const std::string long_rule = "FREQ=YEARLY;BYYEARDAY=1" + [] {
    std::string days;
    for (int day = 2; day < 366; ++day) days += "," + std::to_string(day);
    return days;
  }();
  for (const std::string& rule : {std::string(),
                                  std::string("garbage"),
                                  std::string("FREQ="),
                                  std::string("FREQ=SOMETIMES"),
                                  std::string("FREQ=SECONDLY"),
                                  std::string("FREQ=MINUTELY;BYDAY=MO"),
                                  std::string("FREQ=HOURLY"),
                                  std::string("FREQ=DAILY;BYHOUR=3"),
                                  std::string("FREQ=DAILY;INTERVAL=0"),
                                  std::string("FREQ=DAILY;INTERVAL=-1"),
                                  std::string("FREQ=DAILY;INTERVAL=99999999999"),
                                  std::string("FREQ=DAILY;COUNT=-1"),
                                  std::string("FREQ=DAILY;COUNT=3;UNTIL=20260101"),
                                  std::string("FREQ=DAILY;BYDAY=XX"),
                                  std::string("FREQ=DAILY;BYMONTHDAY=40"),
                                  std::string("FREQ=DAILY;BYMONTH=2;BYMONTHDAY=30"),
                                  std::string("FREQ=MONTHLY;BYMONTH=4,6;BYMONTHDAY=31"),
                                  std::string("FREQ=YEARLY;BYMONTH=2;BYMONTHDAY=-30"),
                                  std::string("FREQ=MONTHLY;BYDAY=MO;BYSETPOS=6"),
                                  std::string("FREQ=MONTHLY;BYDAY=MO,TU,WE,TH,FR;BYSETPOS=-90"),
                                  std::string("FREQ=MONTHLY;BYMONTHDAY=31;BYSETPOS=2"),
                                  std::string("FREQ=MONTHLY;BYMONTHDAY=31;BYDAY=1MO"),
                                  std::string("FREQ=MONTHLY;BYMONTHDAY=-8;BYDAY=-1SU"),
                                  std::string("FREQ=MONTHLY;BYDAY=6TH"),
                                  std::string("FREQ=YEARLY;BYMONTH=1;BYDAY=-8TH"),
                                  std::string("RSCALE=KLINGON;FREQ=YEARLY"),
                                  std::string("RSCALE=CHINESE;FREQ=DAILY"),
                                  std::string("FREQ=DAILY\n;COUNT=1"),
                                  std::string("FREQ=DAILY\0", 11),
                                  std::string("FREQ=DAILY;BYDAY=\xC3\xA4"),
                                  long_rule}) {
    EXPECT_TRUE(complaint_about_rule(rule)) << rule;
    EXPECT_TRUE(of_2026(rule).empty()) << rule;
  }
}

TEST(Recurrence, RareDaysAreDays) {
  for (const char* rule : {"FREQ=MONTHLY;BYDAY=MO;BYSETPOS=5", "FREQ=MONTHLY;BYDAY=-5MO", "FREQ=MONTHLY;BYMONTHDAY=-31",
                           "FREQ=MONTHLY;BYMONTHDAY=29;BYDAY=5FR", "FREQ=MONTHLY;BYMONTHDAY=22;BYDAY=-1SU",
                           "FREQ=MONTHLY;BYMONTHDAY=-1;BYDAY=5MO,-1TU;BYSETPOS=1",
                           "FREQ=YEARLY;BYMONTH=2;BYMONTHDAY=-29", "FREQ=YEARLY;BYMONTH=2;BYDAY=5SU",
                           "FREQ=MONTHLY;BYMONTH=2;BYDAY=5MO;BYSETPOS=1,7", "FREQ=MONTHLY;BYSETPOS=-1"}) {
    EXPECT_EQ(complaint_about_rule(rule), std::nullopt) << rule;
    EXPECT_FALSE(dates_of_rule(rule, kRuleEpoch, kRuleEpoch, date(2080y / 1 / 1)).empty()) << rule;
  }
}

TEST(Recurrence, ADateOutOfReachIsNone) {
  constexpr std::int32_t kFar = 12'000'000;  // about the year 34 800
  EXPECT_TRUE(dates_of_rule("FREQ=DAILY", kFar, kFar, kFar + 10).empty());
  EXPECT_TRUE(dates_of_rule("FREQ=DAILY", -kFar, -kFar, 10 - kFar).empty());
}

RC_GTEST_PROP(Recurrence, AWindowHasTheDatesOfTheWhole,
              (std::uint16_t offset, std::uint8_t length, std::uint8_t pick)) {
  static constexpr std::string_view kRules[] = {"FREQ=DAILY;INTERVAL=3",
                                                "FREQ=WEEKLY;INTERVAL=3",
                                                "FREQ=WEEKLY;INTERVAL=2;BYDAY=MO,WE,SU",
                                                "FREQ=MONTHLY",
                                                "FREQ=MONTHLY;INTERVAL=5;BYMONTHDAY=31",
                                                "FREQ=MONTHLY;BYDAY=MO,TU,WE,TH,FR;BYSETPOS=-1",
                                                "FREQ=YEARLY;INTERVAL=3",
                                                "FREQ=YEARLY;BYWEEKNO=53;BYDAY=MO",
                                                "FREQ=YEARLY;INTERVAL=2;BYMONTH=2;BYMONTHDAY=29",
                                                "FREQ=DAILY;COUNT=4000",
                                                "FREQ=YEARLY;BYYEARDAY=-1,100",
                                                "RSCALE=CHINESE;FREQ=YEARLY;BYMONTH=1;BYMONTHDAY=1",
                                                "FREQ=DAILY;BYMONTH=1,12"};
  const std::string_view rule = kRules[pick % std::size(kRules)];
  const std::int32_t begin = kRuleEpoch + 30;
  const std::int32_t from = begin + offset % 9000;
  const std::int32_t to = from + length;
  std::vector<std::int32_t> expected;
  for (const std::int32_t day : dates_of_rule(rule, begin, begin, begin + 9500)) {
    if (day >= from && day < to) expected.push_back(day);
  }
  RC_ASSERT(dates_of_rule(rule, begin, from, to) == expected);
}

}  // namespace
}  // namespace candela
