#include "rehearsal/calendar.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

namespace candela::rehearsal {
namespace {

using namespace std::chrono_literals;
using ::testing::HasSubstr;

const Location kBerlin{52.52, 13.4, "Europe/Berlin"};

Moment moment(const std::string& text) {
  const auto read = read_moment(text);
  EXPECT_TRUE(read) << text;
  return read ? *read : Moment{};
}

TEST(Calendar, a_date_and_time_is_local) {
  const Calendar calendar(kBerlin);
  const auto winter = calendar.find(moment("2026-12-03 18:05"), {});
  ASSERT_TRUE(winter);
  EXPECT_EQ(*winter, UtcTime{std::chrono::sys_days{std::chrono::year{2026} / 12 / 3} + 17h + 5min});
  EXPECT_EQ(calendar.text(*winter), "Thu 2026-12-03 18:05:00");
  EXPECT_EQ(calendar.iso_text(*winter), "2026-12-03T18:05:00");
  const auto summer = calendar.find(moment("2026-07-03T18:05:30"), {});
  ASSERT_TRUE(summer);
  EXPECT_EQ(calendar.text(*summer), "Fri 2026-07-03 18:05:30");
  EXPECT_EQ(*summer, UtcTime{std::chrono::sys_days{std::chrono::year{2026} / 7 / 3} + 16h + 5min + 30s});
}

TEST(Calendar, a_time_alone_is_the_next_one) {
  const Calendar calendar(kBerlin);
  const UtcTime evening = *calendar.find(moment("2026-12-03 18:05"), {});
  const Moment at_seven{{}, TimeOfDay{TimeOfDay::Kind::fixed, 7h}, true, {}};
  EXPECT_EQ(calendar.text(*calendar.find(at_seven, evening)), "Fri 2026-12-04 07:00:00");
}

TEST(Calendar, within_its_minute_a_time_is_now) {
  const Calendar calendar(kBerlin);
  const UtcTime evening = *calendar.find(moment("2026-12-03 18:05:10"), {});
  const Moment to_the_minute{{}, TimeOfDay{TimeOfDay::Kind::fixed, 18h + 5min}, true, {}};
  EXPECT_EQ(calendar.find(to_the_minute, evening), evening);
  const Moment to_the_second{{}, TimeOfDay{TimeOfDay::Kind::fixed, 18h + 5min}, false, {}};
  EXPECT_EQ(calendar.text(*calendar.find(to_the_second, evening)), "Fri 2026-12-04 18:05:00");
}

TEST(Calendar, in_the_polar_night_the_sun_sets_when_it_has_risen_again) {
  const Calendar calendar({69.65, 18.96, "Europe/Oslo"});
  const UtcTime december = *calendar.find(moment("2026-12-10"), {});
  const auto sunset = calendar.find(Moment{{}, TimeOfDay{TimeOfDay::Kind::sunset, {}}, true, {}}, december);
  ASSERT_TRUE(sunset);
  EXPECT_THAT(calendar.text(*sunset), HasSubstr("2027-01-1"));
}

TEST(Calendar, what_is_no_time_is_refused_with_how_to_write_it) {
  for (const std::string text :
       {"", "tomorrow", "2026-02-30", "2026-12-03 25:00", "2026-12-03 18:5", "2026-12-03x18:05"}) {
    const auto read = read_moment(text);
    ASSERT_FALSE(read) << text;
    EXPECT_THAT(read.error().message, HasSubstr("2026-12-03 18:05"));
  }
}

}  // namespace
}  // namespace candela::rehearsal
