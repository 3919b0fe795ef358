#include "engine/timeclock_day_night.h"

#include <gtest/gtest.h>

#include <vector>

namespace candela::engine {
namespace {

using namespace std::chrono_literals;
using std::chrono::sys_days;
using Kind = TimeOfDay::Kind;

const Location kBerlin{52.52, 13.405, "Europe/Berlin"};
const Location kTromso{69.6492, 18.9553, "Europe/Oslo"};

TEST(DayNightClock, GoesWithTheSun) {
  const Almanac almanac(kBerlin);
  const DayNightClock clock({}, almanac);
  const UtcTime midnight = sys_days{2026y / 6 / 10};
  EXPECT_TRUE(clock.is_night(midnight));
  EXPECT_FALSE(clock.is_night(midnight + 10h));
  EXPECT_TRUE(clock.is_night(midnight + 21h));
  const UtcTime sunrise = clock.next_change(midnight).value();
  EXPECT_TRUE(clock.is_night(sunrise - 1ms));
  EXPECT_FALSE(clock.is_night(sunrise));
  const UtcTime sunset = clock.next_change(sunrise).value();
  EXPECT_FALSE(clock.is_night(sunset - 1ms));
  EXPECT_TRUE(clock.is_night(sunset));
  EXPECT_GT(sunset - sunrise, 16h);
}

TEST(DayNightClock, GoesByFixedTimes) {
  const Almanac almanac(kBerlin);
  const DayNightClock clock({{Kind::fixed, 7h}, {Kind::fixed, 1h}}, almanac);
  const UtcTime midnight = sys_days{2026y / 6 / 10} - 2h;
  EXPECT_FALSE(clock.is_night(midnight));
  EXPECT_EQ(clock.next_change(midnight), midnight + 1h);
  EXPECT_TRUE(clock.is_night(midnight + 1h));
  EXPECT_EQ(clock.next_change(midnight + 1h), midnight + 7h);
  EXPECT_FALSE(clock.is_night(midnight + 7h));
}

TEST(DayNightClock, PolarDayIsDayAndPolarNightIsNight) {
  const Almanac almanac(kTromso);
  for (const DayNight& programmed : {DayNight{}, DayNight{{Kind::sunrise, {}}, {Kind::sunset, 30min}},
                                     DayNight{{Kind::dawn, {}}, {Kind::sunset, {}}}}) {
    const DayNightClock clock(programmed, almanac);
    for (auto time = 0h; time < 24h; time += 1h) EXPECT_FALSE(clock.is_night(sys_days{2026y / 6 / 21} + time));
    EXPECT_TRUE(clock.is_night(sys_days{2026y / 12 / 21} + 20h));
    EXPECT_TRUE(clock.is_night(sys_days{2026y / 12 / 21} + 2h));
  }
  // A night at a fixed time ends at midnight, when the sun is up.
  const DayNightClock fixed({{Kind::sunrise, {}}, {Kind::fixed, 22h}}, almanac);
  EXPECT_TRUE(fixed.is_night(sys_days{2026y / 6 / 21} + 21h));
  EXPECT_FALSE(fixed.is_night(sys_days{2026y / 6 / 21} + 23h));
}

TEST(DayNightClock, ChangesOnlyWhenItSays) {
  for (const Location& place : {kBerlin, kTromso}) {
    const Almanac almanac(place);
    for (const DayNight& programmed : {DayNight{}, DayNight{{Kind::dawn, -20min}, {Kind::dusk, 5h}}}) {
      const DayNightClock clock(programmed, almanac);
      UtcTime next = sys_days{2026y / 1 / 1};
      bool night = clock.is_night(next);
      for (UtcTime now = next; now < sys_days{2027y / 1 / 1}; now += 17min) {
        while (next <= now) {
          night = clock.is_night(next);
          next = clock.next_change(next).value();
        }
        ASSERT_EQ(clock.is_night(now), night) << place.time_zone << " " << now.time_since_epoch().count();
      }
    }
  }
}

}  // namespace
}  // namespace candela::engine
