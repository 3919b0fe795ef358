#include "model/tuning.h"

#include <gtest/gtest.h>
#include <rapidcheck/gtest.h>

namespace candela {
namespace {

using namespace std::chrono_literals;

Level percent(double value) { return Level::from_percent(value); }

Zone zone_with(Curve curve, Trims trims = {}) {
  Zone zone;
  zone.curve = std::move(curve);
  zone.trims = trims;
  return zone;
}
Curve square() { return {Curve::Kind::square, {}}; }
Curve custom() {
  return {Curve::Kind::custom, {{percent(0), percent(0)}, {percent(50), percent(10)}, {percent(100), percent(100)}}};
}

double put_out(const Zone& zone, double level) { return Tuning(zone).output(percent(level)).percent(); }

TEST(Tuning, OfALinearZoneIsItsTrims) {
  const Zone zone = zone_with({}, {percent(20), percent(80)});
  EXPECT_NEAR(put_out(zone, 50), 50, 0.01);
  EXPECT_NEAR(put_out(zone, 100), 80, 0.01);
  EXPECT_EQ(put_out(zone, 0), 0);
}

TEST(Tuning, SquareGivesAQuarterAtHalf) {
  EXPECT_NEAR(put_out(zone_with(square()), 50), 25, 0.01);
  EXPECT_NEAR(put_out(zone_with(square(), {percent(20), percent(60)}), 50), 30, 0.01);
  EXPECT_TRUE(Tuning(zone_with(square())).output(Level::from_raw(1)).is_on());
}

TEST(Tuning, CustomGoesInStraightLines) {
  EXPECT_NEAR(put_out(zone_with(custom()), 25), 5, 0.01);
  EXPECT_NEAR(put_out(zone_with(custom()), 50), 10, 0.01);
  EXPECT_NEAR(put_out(zone_with(custom()), 75), 55, 0.01);
  EXPECT_NEAR(put_out(zone_with(custom()), 100), 100, 0.01);
}

TEST(Tuning, IsForLightsOnly) {
  for (const LoadType load : {LoadType::shade, LoadType::tilting_shade, LoadType::fan}) {
    Zone zone = zone_with(square(), {percent(20), percent(80)});
    zone.load = load;
    EXPECT_NEAR(put_out(zone, 50), 50, 0.01);
    EXPECT_EQ(Tuning(zone).level(percent(50)), percent(50));
  }
}

TEST(Tuning, WhatKnowsOnlyOffAndFullGetsNothingElse) {
  for (const LoadType load : {LoadType::switched, LoadType::contact, LoadType::pulsed_contact}) {
    Zone zone = zone_with(square(), {percent(20), percent(80)});
    zone.load = load;
    const Tuning tuning(zone);
    EXPECT_EQ(tuning.output(percent(3)), Level::full());
    EXPECT_EQ(tuning.output(Level::off()), Level::off());
    EXPECT_EQ(tuning.level(percent(1)), Level::full());
    EXPECT_EQ(tuning.output(Fade{Level::off(), percent(3), MonoTime{}, 3s}).duration, 0s);
  }
}

Zone drawn_zone(std::uint8_t kind, std::uint16_t low, std::uint16_t span, std::uint16_t knee, std::uint16_t rise) {
  Zone zone;
  zone.trims.low = Level::from_raw(low % 0x8000);
  zone.trims.high = Level::from_raw(zone.trims.low.raw() + 1U + span % 0x7000U);
  zone.curve.kind = static_cast<Curve::Kind>(kind % 3);
  zone.curve.knots = {{Level::off(), Level::off()},
                      {Level::from_raw(1U + knee % 0xFEF0U), Level::from_raw(1U + rise % 0xFEF0U)},
                      {Level::full(), Level::full()}};
  return zone;
}
using Draw = std::tuple<std::uint8_t, std::uint16_t, std::uint16_t, std::uint16_t, std::uint16_t>;

RC_GTEST_PROP(Tuning, RisesStaysWithinTheTrimsAndKeepsOnAndOff, (const Draw& draw, std::uint16_t a, std::uint16_t b)) {
  const Zone zone = std::apply(drawn_zone, draw);
  const Tuning tuning(zone);
  const Level lower = Level::from_raw(std::min(a, b));
  const Level higher = Level::from_raw(std::max(a, b));
  RC_ASSERT(tuning.output(lower) <= tuning.output(higher));
  RC_ASSERT(tuning.output(lower).is_on() == lower.is_on());
  RC_ASSERT(tuning.output(higher) <= zone.trims.high);
  if (lower.is_on()) RC_ASSERT(tuning.output(lower) >= zone.trims.low);
}

RC_GTEST_PROP(Tuning, TheWayBackPutsOutTheSame, (const Draw& draw, std::uint16_t raw)) {
  const Tuning tuning(std::apply(drawn_zone, draw));
  const Level put_out = tuning.output(Level::from_raw(raw));
  const Level again = tuning.output(tuning.level(put_out));
  RC_ASSERT(again.is_on() == put_out.is_on());
  // The steepest curve drawn climbs the whole scale within 16 levels.
  const auto steep = 2 + Level::kFullRaw / 16;
  RC_ASSERT(std::abs(again.raw() - put_out.raw()) <= steep);
}

TEST(WarmDim, GoesFromWarmToCoolWithTheLight) {
  Zone zone;
  zone.warmest = 1800;
  zone.coolest = 2700;
  EXPECT_EQ(warm_dim_kelvin(zone, Level::off()), 1800);
  EXPECT_EQ(warm_dim_kelvin(zone, percent(1)), 1800);
  EXPECT_EQ(warm_dim_kelvin(zone, Level::full()), 2700);
  std::uint16_t before = 0;
  for (std::uint32_t raw = 0; raw <= Level::kFullRaw; raw += 97) {
    const std::uint16_t kelvin = warm_dim_kelvin(zone, Level::from_raw(raw));
    EXPECT_GE(kelvin, before);
    before = kelvin;
  }
}

TEST(WarmDim, IsSeenOfLoadsThatAlwaysDoItAndOfColoursThatSaySo) {
  Zone zone;
  zone.load = LoadType::warm_dim;
  zone.coolest = 2700;
  EXPECT_EQ(seen_colour(zone, Level::full(), Colour::white(4000)), Colour::white(2700));
  zone.load = LoadType::spectrum;
  EXPECT_EQ(seen_colour(zone, Level::full(), Colour::white(4000)), Colour::white(4000));
  EXPECT_EQ(seen_colour(zone, Level::full(), Colour::warm_dim()), Colour::white(2700));
}

TEST(WarmDim, FollowsTheZonesOwnKnots) {
  Zone zone;
  zone.warm_dim = {{percent(10), 1800}, {percent(50), 2200}, {percent(100), 3000}};
  EXPECT_EQ(warm_dim_kelvin(zone, percent(5)), 1800);
  EXPECT_NEAR(warm_dim_kelvin(zone, percent(30)), 2000, 1);
  EXPECT_NEAR(warm_dim_kelvin(zone, percent(75)), 2600, 1);
  EXPECT_EQ(warm_dim_kelvin(zone, Level::full()), 3000);
}

}  // namespace
}  // namespace candela
