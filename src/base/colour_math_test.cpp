#include "base/colour_math.h"

#include <gtest/gtest.h>
#include <rapidcheck/gtest.h>

#include <algorithm>
#include <cmath>
#include <numeric>

namespace candela {
namespace {

/// Points of the black-body curve, CIE 15 tables, to four places.
TEST(Kelvin, LiesOnTheBlackBodyCurve) {
  struct Known {
    std::uint16_t kelvin;
    double x;
    double y;
  };
  for (const auto& [kelvin, x, y] :
       {Known{2000, 0.5267, 0.4133}, Known{2856, 0.4475, 0.4074}, Known{4000, 0.3805, 0.3767},
        Known{6500, 0.3135, 0.3236}, Known{10000, 0.2806, 0.2883}}) {
    const Colour colour = xy_of_kelvin(kelvin);
    EXPECT_NEAR(colour.x, x * 10000, 6) << kelvin;
    EXPECT_NEAR(colour.y, y * 10000, 6) << kelvin;
  }
}

TEST(Kelvin, GetsBluerAsItRises) {
  for (std::uint16_t kelvin = 1100; kelvin <= 15000; kelvin = static_cast<std::uint16_t>(kelvin + 100)) {
    EXPECT_LE(xy_of_kelvin(kelvin).x, xy_of_kelvin(static_cast<std::uint16_t>(kelvin - 100)).x) << kelvin;
  }
}

TEST(Kelvin, ComesBackFromItsPoint) {
  for (int kelvin = 1000; kelvin <= 15000; kelvin += 250) {
    // Four places of x and y tell whites apart to about a hundredth of their Kelvin at the cool end.
    EXPECT_NEAR(nearest_kelvin(xy_of_kelvin(static_cast<std::uint16_t>(kelvin))), kelvin, 2 + kelvin / 60.0);
  }
  EXPECT_EQ(nearest_kelvin({}), 0);
  EXPECT_EQ(nearest_kelvin(Colour::white(2700)), 2700);
}

TEST(Kelvin, OutsideItsRangeIsTheEnd) {
  EXPECT_EQ(xy_of_kelvin(0), xy_of_kelvin(kWarmestKelvin));
  EXPECT_EQ(xy_of_kelvin(65535), xy_of_kelvin(kCoolestKelvin));
  EXPECT_EQ(nearest_white(Colour::white(9000), 1800, 6500), Colour::white(6500));
  EXPECT_EQ(nearest_white(Colour::xy(6900, 3080), 1800, 6500).kelvin, 1800);
  EXPECT_FALSE(nearest_white({}, 1800, 6500));
}

TEST(HueSaturation, OfPrimariesAreThoseOfSrgb) {
  EXPECT_EQ(from_hue_saturation(0, 100), Colour::xy(6400, 3300));
  EXPECT_EQ(from_hue_saturation(120, 100), Colour::xy(3000, 6000));
  EXPECT_EQ(from_hue_saturation(240, 100), Colour::xy(1500, 600));
  EXPECT_EQ(from_hue_saturation(77, 0), Colour::xy(3127, 3290));
}

TEST(HueSaturation, TakesWhatIsOutside) {
  EXPECT_EQ(from_hue_saturation(-120, 100), from_hue_saturation(240, 100));
  EXPECT_EQ(from_hue_saturation(480, 250), from_hue_saturation(120, 100));
  EXPECT_EQ(from_hue_saturation(30, -5), from_hue_saturation(30, 0));
  EXPECT_EQ(from_hue_saturation(std::nan(""), std::nan("")), from_hue_saturation(0, 0));
}

RC_GTEST_PROP(HueSaturation, ComesBackFromItsPoint, ()) {
  const double hue = *rc::gen::inRange(0, 360);
  const double saturation = *rc::gen::inRange(20, 101);  // paler colours have hues that four places do not tell
  const HueSaturation back = to_hue_saturation(from_hue_saturation(hue, saturation));
  RC_ASSERT(std::abs(std::remainder(back.hue - hue, 360)) < 2);
  RC_ASSERT(std::abs(back.saturation - saturation) < 2);
}

TEST(Between, GoesInAStraightLine) {
  EXPECT_EQ(between(Colour::white(2000), Colour::white(4000), 1, 4), Colour::white(2500));
  EXPECT_EQ(between(Colour::xy(1000, 5000), Colour::xy(2000, 3000), 1, 2), Colour::xy(1500, 4000));
  EXPECT_EQ(between(Colour::white(2000), Colour::white(4000), 4, 4), Colour::white(4000));
  EXPECT_EQ(between({}, Colour::white(4000), 0, 4), Colour::white(4000));
  EXPECT_EQ(between(Colour::white(2000), Colour::white(4000), 0, 0), Colour::white(4000));
  const Colour half = between(Colour::white(2000), Colour::xy(1000, 1000), 1, 2);
  EXPECT_EQ(half.kind, Colour::Kind::xy);
  EXPECT_NEAR(half.x, (xy_of_kelvin(2000).x + 1000) / 2.0, 1);
}

Colour any_colour() {
  if (*rc::gen::arbitrary<bool>()) return Colour::white(*rc::gen::inRange<std::uint16_t>(0, 20000));
  Colour colour = Colour::xy(*rc::gen::inRange<std::uint16_t>(0, 10001), *rc::gen::inRange<std::uint16_t>(0, 10001));
  colour.vibrancy = *rc::gen::inRange<std::int8_t>(-1, 101);
  return colour;
}
Level any_level() { return Level::from_raw(*rc::gen::inRange<std::uint32_t>(0, Level::kFullRaw + 1)); }

RC_GTEST_PROP(Channels, OfTwoWhitesGiveTheLevelInSum, ()) {
  const Level level = any_level();
  const auto [warm, cool] = mix_warm_cool(level, any_colour(), 2700, 6500);
  RC_ASSERT(warm.raw() + cool.raw() == level.raw());
}

RC_GTEST_PROP(Channels, OfColoursGiveTheBrightestTheLevel, ()) {
  const Level level = any_level();
  const Colour colour = any_colour();
  const auto rgb = mix_rgb(level, colour);
  const auto rgbw = mix_rgbw(level, colour);
  RC_ASSERT(*std::max_element(rgb.begin(), rgb.end()) == level);
  RC_ASSERT(*std::max_element(rgbw.begin(), rgbw.end()) == level);
}

RC_GTEST_PROP(Channels, GetCoolerWithRisingKelvin, ()) {
  const std::uint16_t kelvin = *rc::gen::inRange<std::uint16_t>(1000, 9000);
  const auto cooler = static_cast<std::uint16_t>(kelvin + *rc::gen::inRange<std::uint16_t>(0, 1000));
  const auto shares = [](std::uint16_t at) { return mix_warm_cool(Level::full(), Colour::white(at), 2700, 6500); };
  RC_ASSERT(shares(kelvin)[1] <= shares(cooler)[1]);
}

TEST(Channels, ReachBothWhites) {
  const Level half = Level::from_percent(50);
  EXPECT_EQ(mix_warm_cool(half, Colour::white(1000), 2700, 6500), (std::array{half, Level::off()}));
  EXPECT_EQ(mix_warm_cool(half, Colour::white(9000), 2700, 6500), (std::array{Level::off(), half}));
  EXPECT_EQ(mix_warm_cool(half, {}, 2700, 6500), (std::array{half, Level::off()}));
}

TEST(Channels, OfPrimariesAreAlone) {
  const Level full = Level::full();
  const auto green = mix_rgb(full, from_hue_saturation(120, 100));
  EXPECT_LT(green[0].percent(), 0.2);
  EXPECT_EQ(green[1], full);
  EXPECT_LT(green[2].percent(), 0.2);
  EXPECT_EQ(mix_rgb(full, {}), (std::array{full, full, full}));
  // A green that no lamp of this kind has: the edge of what it has.
  const auto clamped = mix_rgb(full, Colour::xy(800, 8300));
  EXPECT_EQ(clamped[1], full);
}

TEST(Channels, VibrancyTakesWhiteOutOfTheWhiteChannel) {
  Colour white = from_hue_saturation(0, 0);
  EXPECT_GT(mix_rgbw(Level::full(), white)[3], mix_rgbw(Level::full(), white)[0]);
  white.vibrancy = 100;
  const auto vivid = mix_rgbw(Level::full(), white);
  EXPECT_EQ(vivid[3], Level::off());
  EXPECT_GT(vivid[0].percent(), 99);
}

}  // namespace
}  // namespace candela
