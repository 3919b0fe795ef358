#include "base/colour_math.h"

#include <algorithm>
#include <cmath>
#include <cstddef>

namespace candela {
namespace {

constexpr double kUnit = 10000;        // of Colour::x and y
constexpr double kPercent = 100;       // saturation, vibrancy
constexpr double kCircle = 360;        // degrees
constexpr double kSector = 60;         // degrees from one primary or secondary colour to the next
constexpr double kMegakelvin = 1e6;    // over Kelvin: mired
constexpr double kSmallestXyz = 1e-9;  // y = 0 is no colour that a lamp has

struct Chromaticity {
  double x = 0;
  double y = 0;
};
using Rgb = std::array<double, 3>;  // linear, 0 to 1
using Matrix = std::array<std::array<double, 3>, 3>;

// Both from IEC 61966-2-1.
constexpr Matrix kRgbToXyz{
    {{0.4124564, 0.3575761, 0.1804375}, {0.2126729, 0.7151522, 0.0721750}, {0.0193339, 0.1191920, 0.9503041}}};
constexpr Matrix kXyzToRgb{
    {{3.2404542, -1.5371385, -0.4985314}, {-0.9692660, 1.8760108, 0.0415560}, {0.0556434, -0.2040259, 1.0572252}}};

Rgb times(const Matrix& matrix, const Rgb& vector) {
  Rgb product{};
  for (std::size_t row = 0; row < product.size(); ++row) {
    for (std::size_t column = 0; column < vector.size(); ++column) product[row] += matrix[row][column] * vector[column];
  }
  return product;
}

// The transfer curve of sRGB, from the value a screen is told to the light it gives, and back.
double to_light(double value) { return value <= 0.04045 ? value / 12.92 : std::pow((value + 0.055) / 1.055, 2.4); }
double to_value(double light) { return light <= 0.0031308 ? light * 12.92 : 1.055 * std::pow(light, 1 / 2.4) - 0.055; }

Colour rounded(Chromaticity point) {
  return Colour::xy(static_cast<std::uint16_t>(std::lround(std::clamp(point.x, 0.0, 1.0) * kUnit)),
                    static_cast<std::uint16_t>(std::lround(std::clamp(point.y, 0.0, 1.0) * kUnit)));
}

Chromaticity point_of_kelvin(double t) {
  const double u =
      (0.860117757 + 1.54118254e-4 * t + 1.28641212e-7 * t * t) / (1 + 8.42420235e-4 * t + 7.08145163e-7 * t * t);
  const double v =
      (0.317398726 + 4.22806245e-5 * t + 4.20481691e-8 * t * t) / (1 - 2.89741816e-5 * t + 1.61456053e-7 * t * t);
  const double sum = 2 * u - 8 * v + 4;
  return {3 * u / sum, 2 * v / sum};
}

double clamped_kelvin(double kelvin) { return std::clamp<double>(kelvin, kWarmestKelvin, kCoolestKelvin); }

Chromaticity point_of(const Colour& colour) {
  if (colour.kind == Colour::Kind::white) return point_of_kelvin(clamped_kelvin(colour.kelvin));
  return {colour.x / kUnit, colour.y / kUnit};
}

/// Squared, in CIE 1960, where equal distances look about equal.
double distance(Chromaticity a, Chromaticity b) {
  const auto uv = [](Chromaticity p) {
    const double sum = std::max(-2 * p.x + 12 * p.y + 3, kSmallestXyz);
    return Chromaticity{4 * p.x / sum, 6 * p.y / sum};
  };
  const Chromaticity from = uv(a);
  const Chromaticity to = uv(b);
  return (from.x - to.x) * (from.x - to.x) + (from.y - to.y) * (from.y - to.y);
}

/// The linear channels that mix the colour, the brightest at 1.
Rgb mixed(const Colour& colour) {
  if (!colour) return {1, 1, 1};
  const Chromaticity point = point_of(colour);
  const double y = std::max(point.y, kSmallestXyz);
  Rgb rgb = times(kXyzToRgb, {point.x / y, 1, (1 - point.x - point.y) / y});
  for (double& channel : rgb) channel = std::max(channel, 0.0);
  const double brightest = *std::max_element(rgb.begin(), rgb.end());
  if (brightest <= 0) return {1, 1, 1};
  for (double& channel : rgb) channel /= brightest;
  return rgb;
}

Level share(Level level, double part) {
  return Level::from_raw(static_cast<std::uint32_t>(std::lround(level.raw() * std::clamp(part, 0.0, 1.0))));
}

std::int64_t along(std::int64_t from, std::int64_t to, std::int64_t done, std::int64_t span) {
  return from + (to - from) * done / span;
}

}  // namespace

Colour from_hue_saturation(double hue_degrees, double saturation_percent) {
  double hue = std::isfinite(hue_degrees) ? std::fmod(hue_degrees, kCircle) : 0;
  if (hue < 0) hue += kCircle;
  const double saturation = saturation_percent > 0 ? std::min(saturation_percent, kPercent) / kPercent : 0;
  const auto channel = [&](double peak) {
    const double away = std::abs(std::remainder(hue - peak, kCircle)) / kSector;
    return to_light(1 - saturation * std::clamp(away - 1, 0.0, 1.0));
  };
  const Rgb xyz = times(kRgbToXyz, {channel(0), channel(2 * kSector), channel(4 * kSector)});
  const double sum = xyz[0] + xyz[1] + xyz[2];
  return rounded({xyz[0] / sum, xyz[1] / sum});
}

HueSaturation to_hue_saturation(const Colour& colour) {
  Rgb rgb = mixed(colour);
  for (double& channel : rgb) channel = to_value(channel);
  const auto [red, green, blue] = rgb;
  const double high = std::max({red, green, blue});
  const double way = high - std::min({red, green, blue});
  if (way <= 0) return {};
  const double sectors = high == red     ? (green - blue) / way
                         : high == green ? (blue - red) / way + 2
                                         : (red - green) / way + 4;
  const double hue = sectors * kSector;
  return {hue < 0 ? hue + kCircle : hue, way / high * kPercent};
}

Colour xy_of_kelvin(std::uint16_t kelvin) { return rounded(point_of_kelvin(clamped_kelvin(kelvin))); }

std::uint16_t nearest_kelvin(const Colour& colour) {
  if (!colour.is_fixed()) return 0;
  if (colour.kind == Colour::Kind::white) return static_cast<std::uint16_t>(clamped_kelvin(colour.kelvin));
  const Chromaticity wanted = point_of(colour);
  const auto away = [&](double mired) { return distance(wanted, point_of_kelvin(kMegakelvin / mired)); };
  double low = kMegakelvin / kCoolestKelvin;
  double high = kMegakelvin / kWarmestKelvin;
  // Seen from any colour the curve first comes nearer and then goes away, so thirds close in on the nearest place.
  constexpr int kRounds = 40;
  for (int round = 0; round < kRounds; ++round) {
    const double third = (high - low) / 3;
    (away(low + third) < away(high - third) ? high : low) += away(low + third) < away(high - third) ? -third : third;
  }
  return static_cast<std::uint16_t>(std::lround(2 * kMegakelvin / (low + high)));
}

Colour as_xy(const Colour& colour) {
  if (colour.kind != Colour::Kind::white) return colour;
  Colour point = xy_of_kelvin(colour.kelvin);
  point.vibrancy = colour.vibrancy;
  return point;
}

Colour between(const Colour& from, const Colour& to, std::int64_t done, std::int64_t span) {
  if (!from.is_fixed() || !to.is_fixed() || done >= span) return to;
  Colour here = to.kind == from.kind ? to : as_xy(to);
  const Colour begin = to.kind == from.kind ? from : as_xy(from);
  here.kelvin = static_cast<std::uint16_t>(along(begin.kelvin, here.kelvin, done, span));
  here.x = static_cast<std::uint16_t>(along(begin.x, here.x, done, span));
  here.y = static_cast<std::uint16_t>(along(begin.y, here.y, done, span));
  return here;
}

Colour nearest_white(const Colour& colour, std::uint16_t warmest, std::uint16_t coolest) {
  if (!colour.is_fixed()) return colour;
  const std::uint16_t kelvin = colour.kind == Colour::Kind::white ? colour.kelvin : nearest_kelvin(colour);
  return Colour::white(std::clamp(kelvin, std::min(warmest, coolest), std::max(warmest, coolest)));
}

std::array<Level, 2> mix_warm_cool(Level level, const Colour& colour, std::uint16_t warmest, std::uint16_t coolest) {
  const Colour white = nearest_white(colour, warmest, coolest);
  if (!white || warmest == 0 || warmest >= coolest) return {level, Level::off()};
  const double warm_end = kMegakelvin / warmest;
  const double cool_end = kMegakelvin / coolest;
  const Level cool = share(level, (warm_end - kMegakelvin / white.kelvin) / (warm_end - cool_end));
  return {Level::from_raw(static_cast<std::uint32_t>(level.raw() - cool.raw())), cool};
}

std::array<Level, 3> mix_rgb(Level level, const Colour& colour) {
  const Rgb rgb = mixed(colour);
  return {share(level, rgb[0]), share(level, rgb[1]), share(level, rgb[2])};
}

std::array<Level, 4> mix_rgbw(Level level, const Colour& colour) {
  Rgb rgb = mixed(colour);
  const double vibrancy = std::max<double>(colour.vibrancy, 0) / kPercent;
  const double white = (1 - std::min(vibrancy, 1.0)) * *std::min_element(rgb.begin(), rgb.end());
  for (double& channel : rgb) channel -= white;
  const double brightest = std::max(white, *std::max_element(rgb.begin(), rgb.end()));
  return {share(level, rgb[0] / brightest), share(level, rgb[1] / brightest), share(level, rgb[2] / brightest),
          share(level, white / brightest)};
}

}  // namespace candela
