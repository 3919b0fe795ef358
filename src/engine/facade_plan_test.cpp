#include "engine/facade_plan.h"

#include <gtest/gtest.h>

#include <algorithm>
#include <cmath>
#include <numbers>

namespace candela::engine {
namespace {

using std::chrono::hours;
using std::chrono::minutes;
using std::chrono::sys_days;
using std::chrono::year;

std::int32_t date_of(std::chrono::year_month_day day) {
  return static_cast<std::int32_t>(sys_days(day).time_since_epoch().count());
}
double rad(double degrees) { return degrees * std::numbers::pi / 180; }

/// Follows the ray that enters just under the shade, in room coordinates: how far from the window it has come when it
/// is as low as the work surface. Worked out with vectors, and not with the profile angle.
double reach(const Facade& facade, double percent, const SunPosition& sun) {
  const double north = std::cos(rad(sun.elevation)) * std::cos(rad(sun.azimuth));
  const double east = std::cos(rad(sun.elevation)) * std::sin(rad(sun.azimuth));
  const double up = std::sin(rad(sun.elevation));
  const double outwards = north * std::cos(rad(facade.azimuth)) + east * std::sin(rad(facade.azimuth));
  const double height = facade.sill + (facade.head - facade.sill) * percent / 100;
  return (height - facade.surface) / up * outwards;
}

const Almanac& stockholm() {
  static const Almanac almanac({59.33, 18.07, "Europe/Stockholm"});
  return almanac;
}

Level level_at(const FacadeDay& day, UtcTime time) {
  Level level = day.before;
  for (const FacadeDay::Move& move : day.moves) {
    if (move.at <= time) level = move.level;
  }
  return level;
}

/// How many minutes of the day the sun lies deeper than it may, looked at every minute.
int minutes_too_deep(const Facade& facade, const Almanac& almanac, const FacadeDay& day) {
  int count = 0;
  for (UtcTime at = *almanac.moment(day.date, {}); at < day.end; at += minutes(1)) {
    const SunPosition sun{almanac.sun_elevation(at), almanac.sun_azimuth(at)};
    if (!highest_opening(facade, sun)) continue;
    const double percent = level_at(day, at).percent();
    constexpr double kAPercentOfTheWindow = 1;
    if (percent > *highest_opening(facade, sun) + kAPercentOfTheWindow) ++count;
  }
  return count;
}

void expect_within_bounds(const Facade& facade, const FacadeDay& day) {
  EXPECT_LE(day.moves.size(), facade.most_moves);
  Level before = day.before;
  for (std::size_t i = 0; i < day.moves.size(); ++i) {
    if (i > 0) {
      EXPECT_GE(day.moves[i].at - day.moves[i - 1].at, facade.apart);
    }
    EXPECT_NE(day.moves[i].level, before);
    EXPECT_LE(day.moves[i].level, facade.open);
    EXPECT_LT(day.moves[i].at, day.end);
    before = day.moves[i].level;
  }
}

TEST(HighestOpening, WorkedOutByHand) {
  Facade facade;
  facade.azimuth = 180;
  facade.head = 2.5;
  facade.surface = 0.5;
  facade.depth = 1;
  // Straight ahead at 45 degrees the sun falls as far into the room as it enters above the table: 0.5 m + 1 m of 2.5 m.
  EXPECT_NEAR(*highest_opening(facade, {45, 180}), 60, 1);
  // At 60 degrees to the side tan p is twice tan(30 degrees): 0.5 m + 1.155 m.
  EXPECT_EQ(highest_opening(facade, {30, 240}), 66);
  EXPECT_EQ(highest_opening(facade, {30, 120}), 66);
  EXPECT_EQ(highest_opening(facade, {80, 180}), 100);
  EXPECT_EQ(highest_opening(facade, {0, 180}), 20) << "a level sun goes to the end of the room above the table";
  facade.sill = 1;
  EXPECT_EQ(highest_opening(facade, {0, 180}), 0) << "the window begins above the table";
  EXPECT_NEAR(*highest_opening(facade, {45, 180}), 33, 1);
}

TEST(HighestOpening, OnlyWhereTheSunShinesOnTheFacade) {
  Facade facade;
  facade.azimuth = 350;
  EXPECT_TRUE(highest_opening(facade, {10, 10})) << "over north";
  EXPECT_FALSE(highest_opening(facade, {10, 170})) << "behind";
  EXPECT_FALSE(highest_opening(facade, {10, 80})) << "along the wall";
  EXPECT_FALSE(highest_opening(facade, {-1, 350}));
  facade.lowest_elevation = 15;
  EXPECT_FALSE(highest_opening(facade, {14.9, 350})) << "behind the house opposite";
}

TEST(HighestOpening, LetsTheSunComeJustAsDeepAsItMay) {
  for (double azimuth = 0; azimuth < 360; azimuth += 45) {
    Facade facade;
    facade.azimuth = azimuth;
    for (double elevation = 2; elevation < 88; elevation += 7) {
      for (double aside = -85; aside <= 85; aside += 17) {
        const SunPosition sun{elevation, std::fmod(azimuth + aside + 360, 360)};
        const int percent = *highest_opening(facade, sun);
        EXPECT_LE(reach(facade, percent, sun), facade.depth + 1e-9);
        if (percent < 100) {
          EXPECT_GT(reach(facade, percent + 1, sun), facade.depth);
        }
      }
    }
  }
}

TEST(FacadeDay, KeepsTheSunOutWithFewMovesInEverySeason) {
  for (double azimuth = 0; azimuth < 360; azimuth += 45) {
    for (unsigned month = 1; month <= 12; ++month) {
      Facade facade;
      facade.azimuth = azimuth;
      const FacadeDay day =
          plan_day(facade, stockholm(), date_of(year(2026) / month / 21), Level::full(), std::nullopt);
      SCOPED_TRACE(::testing::Message() << azimuth << " in month " << month);
      expect_within_bounds(facade, day);
      EXPECT_EQ(minutes_too_deep(facade, stockholm(), day), 0);
    }
  }
}

TEST(FacadeDay, IsOpenBeforeAndAfterTheSun) {
  Facade facade;
  facade.azimuth = 90;
  const FacadeDay day = plan_day(facade, stockholm(), date_of(year(2026) / 6 / 21), Level::full(), std::nullopt);
  ASSERT_FALSE(day.moves.empty());
  const UtcTime first = day.moves.front().at;
  EXPECT_LT(stockholm().sun_elevation(first), 0) << "down before it rises, and not long before";
  EXPECT_GT(stockholm().sun_elevation(first + minutes(10)), 0);
  EXPECT_EQ(day.moves.back().level, Level::full());
  EXPECT_LT(stockholm().local(day.moves.back().at).time, hours(13) + minutes(30));
  EXPECT_TRUE(plan_day(facade, stockholm(), date_of(year(2026) / 6 / 22), Level::full(), std::nullopt).moves.size() >
              2);
}

TEST(FacadeDay, MakesTheMostOfFewMoves) {
  double lost_before = 1e9;
  for (const std::uint8_t most : {2, 3, 5, 12}) {
    Facade facade;
    facade.azimuth = 135;
    facade.most_moves = most;
    const FacadeDay day = plan_day(facade, stockholm(), date_of(year(2026) / 4 / 10), Level::full(), std::nullopt);
    expect_within_bounds(facade, day);
    EXPECT_EQ(minutes_too_deep(facade, stockholm(), day), 0);
    double lost = 0;
    for (UtcTime at = *stockholm().moment(day.date, {}); at < day.end; at += minutes(10)) {
      lost += 100 - level_at(day, at).percent();
    }
    EXPECT_LT(lost, lost_before) << static_cast<int>(most) << " moves";
    lost_before = lost;
  }
}

TEST(FacadeDay, ANorthFacadeHasNothingToDoInWinter) {
  Facade facade;
  facade.azimuth = 0;
  EXPECT_TRUE(plan_day(facade, stockholm(), date_of(year(2026) / 12 / 21), Level::full(), std::nullopt).moves.empty());
}

TEST(FacadeDay, PolarNightAndPolarDay) {
  const Almanac tromso({69.65, 18.96, "Europe/Oslo"});
  Facade facade;
  facade.azimuth = 0;
  EXPECT_TRUE(plan_day(facade, tromso, date_of(year(2026) / 12 / 21), Level::full(), std::nullopt).moves.empty());
  // The sun is on the north facade at midnight: a day goes on from the one before.
  Level level = Level::full();
  std::optional<UtcTime> last;
  for (unsigned date = 10; date < 16; ++date) {
    const auto earliest = last ? std::optional<UtcTime>(*last + minutes(30)) : std::nullopt;
    const FacadeDay day = plan_day(facade, tromso, date_of(year(2026) / 6 / date), level, earliest);
    expect_within_bounds(facade, day);
    EXPECT_EQ(minutes_too_deep(facade, tromso, day), 0) << date;
    ASSERT_FALSE(day.moves.empty());
    if (last) {
      EXPECT_GE(day.moves.front().at - *last, facade.apart);
    }
    level = day.moves.back().level;
    last = day.moves.back().at;
    EXPECT_LT(level, Level::full()) << "still on it at the next midnight";
  }
}

TEST(FacadeDay, IsAsLongAsTheDayIs) {
  Facade facade;
  facade.azimuth = 270;
  for (const auto& [day_of_year, length] : {std::pair{year(2026) / 3 / 29, 23}, std::pair{year(2026) / 10 / 25, 25}}) {
    const FacadeDay day = plan_day(facade, stockholm(), date_of(day_of_year), Level::full(), std::nullopt);
    EXPECT_EQ(day.end - *stockholm().moment(day.date, {}), hours(length));
    expect_within_bounds(facade, day);
    EXPECT_EQ(minutes_too_deep(facade, stockholm(), day), 0);
    EXPECT_EQ(day.moves.back().level, Level::full());
  }
}

TEST(FacadeDay, NeverOpensFurtherThanSaid) {
  Facade facade;
  facade.open = Level::from_percent(70);
  const FacadeDay day = plan_day(facade, stockholm(), date_of(year(2026) / 3 / 10), facade.open, std::nullopt);
  expect_within_bounds(facade, day);
  ASSERT_FALSE(day.moves.empty());
  EXPECT_EQ(day.moves.back().level.whole_percent(), 70);
}

TEST(FacadeDay, WaitsForItsFirstMoveWhenItMust) {
  Facade facade;
  facade.azimuth = 90;
  const std::int32_t date = date_of(year(2026) / 6 / 21);
  const UtcTime noon_utc{sys_days(year(2026) / 6 / 21) + hours(6)};
  const FacadeDay day = plan_day(facade, stockholm(), date, Level::full(), noon_utc);
  ASSERT_FALSE(day.moves.empty());
  EXPECT_EQ(day.moves.front().at, noon_utc) << "too deep until then, and not longer";
}

}  // namespace
}  // namespace candela::engine
