#include "engine/almanac.h"

#include <gtest/gtest.h>

#include <cmath>
#include <ostream>
#include <string>
#include <vector>

namespace candela::engine {
namespace {

using namespace std::chrono_literals;
using std::chrono::sys_days;
using std::chrono::year_month_day;
using Kind = TimeOfDay::Kind;

std::int32_t date(year_month_day day) { return static_cast<std::int32_t>(sys_days{day}.time_since_epoch().count()); }
UtcTime utc(year_month_day day, std::chrono::minutes time) { return sys_days{day} + time; }
TimeOfDay clock(std::chrono::seconds time) { return {Kind::fixed, time}; }
std::int64_t seconds(UtcTime time) {
  return std::chrono::duration_cast<std::chrono::seconds>(time.time_since_epoch()).count();
}

const Location kLondon{51.5074, -0.1278, "Europe/London"};
const Location kBerlin{52.52, 13.405, "Europe/Berlin"};
const Location kNewYork{40.71, -74.0, "America/New_York"};
const Location kLordHowe{-31.55, 159.08, "Australia/Lord_Howe"};
const Location kTromso{69.6492, 18.9553, "Europe/Oslo"};

// The vectors of reference/system.md §8: UTC to the minute, of 2026.
struct SunVector {
  Location place;
  year_month_day day;
  std::chrono::minutes rise;  // since 00:00 UTC of the local date; negative = the day before
  std::chrono::minutes set;
};
void PrintTo(const SunVector& vector, std::ostream* out) { *out << vector.place.time_zone; }

constexpr year_month_day kMarch{2026y / 3 / 20};
constexpr year_month_day kJune{2026y / 6 / 21};
constexpr year_month_day kDecember{2026y / 12 / 21};
const Location kCoopersburg{40.51, -75.39, "America/New_York"};
const Location kSingapore{1.3521, 103.8198, "Asia/Singapore"};
const Location kSydney{-33.8688, 151.2093, "Australia/Sydney"};
const std::vector<SunVector> kSunVectors{
    {kCoopersburg, kMarch, 11h + 5min, 23h + 14min},
    {kCoopersburg, kJune, 9h + 31min, 24h + 36min},
    {kCoopersburg, kDecember, 12h + 21min, 21h + 38min},
    {kLondon, kMarch, 6h + 3min, 18h + 14min},
    {kLondon, kJune, 3h + 43min, 20h + 22min},
    {kLondon, kDecember, 8h + 4min, 15h + 53min},
    {kSingapore, kMarch, 23h + 9min - 24h, 11h + 15min},
    {kSingapore, kJune, 23h - 24h, 11h + 13min},
    {kSingapore, kDecember, 23h + 1min - 24h, 11h + 4min},
    {kSydney, kMarch, 19h + 58min - 24h, 8h + 7min},
    {kSydney, kJune, 21h - 24h, 6h + 54min},
    {kSydney, kDecember, 18h + 41min - 24h, 9h + 5min},
    {kTromso, kMarch, 4h + 44min, 17h + 2min},
};

class SunVectors : public testing::TestWithParam<SunVector> {};

TEST_P(SunVectors, AreMetWithinAMinute) {
  const auto& [place, day, rise, set] = GetParam();
  const Almanac almanac(place);
  const auto sunrise = almanac.moment(date(day), {Kind::sunrise, {}});
  const auto sunset = almanac.moment(date(day), {Kind::sunset, {}});
  ASSERT_TRUE(sunrise && sunset);
  EXPECT_LE(std::abs(seconds(*sunrise) - seconds(utc(day, rise))), 60);
  EXPECT_LE(std::abs(seconds(*sunset) - seconds(utc(day, set))), 60);
}
INSTANTIATE_TEST_SUITE_P(Reference, SunVectors, testing::ValuesIn(kSunVectors));

TEST(Almanac, PolarDayAndNightHaveNoSunrise) {
  const Almanac almanac(kTromso);
  for (const year_month_day day : {kJune, kDecember}) {
    EXPECT_EQ(almanac.moment(date(day), {Kind::sunrise, {}}), std::nullopt);
    EXPECT_EQ(almanac.moment(date(day), {Kind::sunset, -1h}), std::nullopt);
  }
  EXPECT_TRUE(almanac.moment(date(kDecember), {Kind::dawn, {}})) << "the polar night of Tromso has its twilight";
  EXPECT_FALSE(almanac.moment(date(kJune), {Kind::dusk, {}}));
}

TEST(Almanac, PolesHaveNoSunrise) {
  for (const double latitude : {90.0, -90.0}) {
    const Almanac pole({latitude, 0, "UTC"});
    for (std::int32_t day = date(kMarch) - 5; day < date(kMarch) + 5; ++day) {
      EXPECT_LT(std::abs(pole.sun_elevation(sys_days{std::chrono::days{day}})), 3);
    }
    EXPECT_FALSE(pole.moment(date(kJune), {Kind::sunrise, {}}));
  }
}

TEST(Almanac, ASunsetAfterMidnightBelongsToTheDateBefore) {
  // At midsummer the sun sets in Reykjavik some minutes after midnight.
  const Almanac almanac({64.15, -21.94, "Atlantic/Reykjavik"});
  const auto sunset = almanac.moment(date(kJune), {Kind::sunset, {}});
  ASSERT_TRUE(sunset);
  EXPECT_EQ(almanac.local(*sunset).date, date(kJune) + 1);
}

TEST(Almanac, ZonesFarFromTheirLongitudeHaveTheSunOfTheirOwnDate) {
  // Apia is east of the date line by its clock, west of it by longitude.
  const Almanac almanac({-13.83, -171.77, "Pacific/Apia"});
  for (const Kind kind : {Kind::dawn, Kind::sunrise, Kind::sunset, Kind::dusk}) {
    const auto event = almanac.moment(date(kMarch), {kind, {}});
    ASSERT_TRUE(event);
    EXPECT_EQ(almanac.local(*event).date, date(kMarch));
  }
}

TEST(Almanac, OffsetsMayCrossMidnight) {
  const Almanac almanac(kLondon);
  const auto late = almanac.moment(date(kJune), {Kind::sunset, 5h});
  ASSERT_TRUE(late);
  EXPECT_EQ(almanac.local(*late).date, date(kJune) + 1);
  EXPECT_EQ(*late, *almanac.moment(date(kJune), {Kind::sunset, {}}) + 5h);
}

TEST(Almanac, ALeftOutTimeIsTheNextValidOne) {
  const year_month_day forward{2026y / 3 / 29};
  const Almanac almanac(kBerlin);
  for (const auto time : {2h + 0min, 2h + 30min, 2h + 59min, 3h + 0min}) {
    EXPECT_EQ(almanac.moment(date(forward), clock(time)), utc(forward, 1h)) << time.count();
  }
  EXPECT_EQ(almanac.moment(date(forward), clock(1h + 59min)), utc(forward, 59min));
  EXPECT_EQ(almanac.moment(date(forward), clock(3h + 1min)), utc(forward, 1h + 1min));
}

TEST(Almanac, ATimeThatComesTwiceIsTheFirst) {
  const year_month_day back{2026y / 10 / 25};
  const Almanac almanac(kBerlin);
  EXPECT_EQ(almanac.moment(date(back), clock(2h + 30min)), utc(back, 30min));
  EXPECT_EQ(almanac.moment(date(back), clock(3h)), utc(back, 2h));
  EXPECT_EQ(almanac.local(utc(back, 30min)).time, 2h + 30min);
  EXPECT_EQ(almanac.local(utc(back, 1h + 30min)).time, 2h + 30min);
}

TEST(Almanac, KnowsChangesByHalfAnHour) {
  // On the first Sunday of October Lord Howe goes from 10:30 to 11:00 ahead of UTC.
  const year_month_day forward{2026y / 10 / 4};
  const Almanac almanac(kLordHowe);
  EXPECT_EQ(almanac.moment(date(forward), clock(2h + 10min)), utc(forward, 15h + 30min - 24h));
  EXPECT_EQ(almanac.local(utc(forward, 15h + 30min - 24h)).time, 2h + 30min);
}

TEST(Almanac, ADateThatAZoneLeftOutBeginsWithTheNext) {
  // Apia had no 30 December 2011.
  const Almanac almanac({-13.83, -171.77, "Pacific/Apia"});
  const auto noon = almanac.moment(date(2011y / 12 / 30), clock(12h));
  ASSERT_TRUE(noon);
  EXPECT_EQ(almanac.local(*noon).date, date(2011y / 12 / 31));
  EXPECT_EQ(almanac.local(*noon).time, 0s);
}

TEST(Almanac, SummerTimeGoesOnAfterTheTablesOfTheSystem) {
  for (const int year : {2036, 2037, 2038, 2060, 2100, 2199}) {
    const auto july = std::chrono::year{year} / 7 / 1;
    const auto january = std::chrono::year{year} / 1 / 15;
    EXPECT_EQ(Almanac(kBerlin).moment(date(july), clock(12h)), utc(july, 10h)) << year;
    EXPECT_EQ(Almanac(kBerlin).moment(date(january), clock(12h)), utc(january, 11h)) << year;
    EXPECT_EQ(Almanac(kNewYork).moment(date(july), clock(12h)), utc(july, 16h)) << year;
    EXPECT_EQ(Almanac(kSydney).moment(date(january), clock(12h)), utc(january, 1h)) << year;
  }
}

TEST(Almanac, LocalDatesHaveTheirWeekday) {
  const Almanac almanac(kBerlin);
  const Almanac::Local monday = almanac.local(utc(2026y / 11 / 22, 23h));
  EXPECT_EQ(monday.date, date(2026y / 11 / 23));
  EXPECT_EQ(monday.weekday, 1U << 0U);
  EXPECT_EQ(monday.time, 0s);
  const Almanac::Local sunday = almanac.local(utc(2026y / 11 / 22, 22h + 59min));
  EXPECT_EQ(sunday.weekday, 1U << 6U);
  EXPECT_EQ(sunday.time, 23h + 59min);
  EXPECT_EQ(almanac.local(utc(1969y / 12 / 31, 22h)).date, -1) << "dates before 1970 round down too";
}

TEST(Almanac, UnknownZonesCountAsUtc) {
  for (const std::string name : {"Nowhere/Town", "", "../etc/passwd", "Europe"}) {
    EXPECT_EQ(Almanac({0, 0, name}).local(utc(kJune, 12h)).time, 12h) << name;
  }
}

TEST(Almanac, WindowsMayCrossMidnight) {
  const Almanac almanac(kBerlin);  // in June two hours ahead of UTC
  const auto within = [&](int hour, const TimeOfDay& from, const TimeOfDay& to) {
    return almanac.is_within(utc(kJune, std::chrono::hours(hour)), from, to);
  };
  EXPECT_TRUE(within(8, clock(10h), clock(12h)));
  EXPECT_TRUE(within(9, clock(10h), clock(12h)));
  EXPECT_FALSE(within(10, clock(10h), clock(12h)));
  EXPECT_FALSE(within(7, clock(10h), clock(12h)));
  EXPECT_TRUE(within(22, clock(23h), clock(6h)));
  EXPECT_TRUE(within(3, clock(23h), clock(6h)));
  EXPECT_FALSE(within(4, clock(23h), clock(6h)));
  EXPECT_FALSE(within(20, clock(23h), clock(6h)));
  EXPECT_TRUE(within(12, clock(0h), clock(0h))) << "from a time to the same time is the whole day";
}

TEST(Almanac, WindowsGoWithTheSun) {
  const Almanac almanac(kBerlin);
  const TimeOfDay sunset{Kind::sunset, {}};
  const TimeOfDay sunrise{Kind::sunrise, {}};
  EXPECT_FALSE(almanac.is_within(utc(kJune, 12h), sunset, sunrise));
  EXPECT_TRUE(almanac.is_within(utc(kJune, 22h), sunset, sunrise));
  EXPECT_TRUE(almanac.is_within(utc(kJune, 1h), sunset, sunrise));
  EXPECT_TRUE(almanac.is_within(utc(kJune, 12h), sunrise, sunset));
  // Five hours after sunset lies in the next date.
  EXPECT_TRUE(almanac.is_within(utc(kJune, 1h), {Kind::sunset, 5h}, {Kind::sunset, 6h}));
  // Polar day: no sun event, no window.
  EXPECT_FALSE(Almanac(kTromso).is_within(utc(kJune, 12h), sunrise, sunset));
}

// By python3-ephem: o.pressure = 0, o.date = D, Sun(o).alt and .az in degrees.
struct PositionVector {
  Location place;
  UtcTime at;
  double elevation;
  double azimuth;
};

TEST(Almanac, TheSunStandsWhereEphemPutsIt) {
  const UtcTime spring = utc(kMarch, 15h);
  const UtcTime summer = utc(kJune, 6h + 30min);
  const UtcTime winter = utc(kDecember, 11h + 45min);
  const std::vector<PositionVector> vectors{
      {kCoopersburg, spring, 40.02, 135.84}, {kCoopersburg, summer, -22.95, 21.59},
      {kCoopersburg, winter, -6.96, 115.01}, {kLondon, spring, 27.07, 230.02},
      {kLondon, summer, 22.35, 79.98},       {kLondon, winter, 14.99, 176.78},
      {kSingapore, spring, -56.95, 272.09},  {kSingapore, summer, 60.04, 319.10},
      {kSingapore, winter, -10.22, 246.42},  {kSydney, spring, -53.56, 155.33},
      {kSydney, summer, 3.46, 301.37},       {kSydney, winter, -25.09, 212.53},
      {kTromso, spring, 9.37, 243.61},       {kTromso, summer, 30.85, 106.16},
      {kTromso, winter, -3.77, 194.40}};
  constexpr double kTolerance = 0.03;
  for (const auto& [place, at, elevation, azimuth] : vectors) {
    const Almanac almanac(place);
    EXPECT_NEAR(almanac.sun_elevation(at), elevation, kTolerance) << place.time_zone << " " << seconds(at);
    EXPECT_NEAR(almanac.sun_azimuth(at), azimuth, kTolerance) << place.time_zone << " " << seconds(at);
  }
}

TEST(Almanac, TheSunIsOnTheHorizonWhenItRises) {
  for (const Location& place : {kLondon, kNewYork, kLordHowe, kTromso, kSingapore}) {
    const Almanac almanac(place);
    for (std::int32_t day = date(2026y / 1 / 1); day < date(2027y / 1 / 1); ++day) {
      for (const Kind kind : {Kind::sunrise, Kind::sunset}) {
        const auto event = almanac.moment(day, {kind, {}});
        if (!event) continue;
        EXPECT_NEAR(almanac.sun_elevation(*event), -0.833, 0.01) << place.time_zone << " " << day;
      }
    }
  }
}

}  // namespace
}  // namespace candela::engine
