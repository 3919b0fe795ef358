#pragma once

#include <array>
#include <cstdint>

#include "base/colour.h"
#include "base/level.h"

namespace candela {

/// How people and programs name a colour when they do not speak CIE.
struct HueSaturation {
  double hue = 0;         ///< degrees, 0 to under 360: red 0, green 120, blue 240
  double saturation = 0;  ///< percent, 0 (white) to 100
};

/// The colour that a picker on a screen shows for this hue and saturation at full value (sRGB, IEC 61966-2-1; white is
/// D65). Any hue is taken around the circle; saturation is clamped to 0..100; not-a-number is 0.
Colour from_hue_saturation(double hue_degrees, double saturation_percent);
/// The other way; colours that sRGB cannot show give the nearest that it can. A white of some Kelvin is the tint of it.
HueSaturation to_hue_saturation(const Colour& colour);

/// The black-body curve in CIE 1931 by Krystek's rational approximation (1985), good from 1000 K to 15 000 K: within
/// 0.0001 in CIE 1960 u and v. Kelvin outside that is clamped to it.
inline constexpr std::uint16_t kWarmestKelvin = 1000;
inline constexpr std::uint16_t kCoolestKelvin = 15000;
Colour xy_of_kelvin(std::uint16_t kelvin);
/// The black body that looks most like the colour: the nearest in CIE 1960, kWarmestKelvin to kCoolestKelvin. None has
/// no temperature: 0.
std::uint16_t nearest_kelvin(const Colour& colour);

/// The same colour as a point of CIE 1931; what is not fixed stays as it is.
Colour as_xy(const Colour& colour);

/// Where a colour on its way is, `done` of `span` along a straight line: in Kelvin between two whites, in xy otherwise.
/// Where one of them is not fixed it is there at once. span > 0 (else it is there), 0 <= done <= span.
Colour between(const Colour& from, const Colour& to, std::int64_t done, std::int64_t span);

/// A white within a lamp's limits. xy becomes its nearest white; what is not fixed stays as it is.
Colour nearest_white(const Colour& colour, std::uint16_t warmest, std::uint16_t coolest);

// What the channels of a lamp put out for a level and a colour. What is on is never wholly dark. A level shall look
// the same in every colour as far as the lamp's kind allows: a lamp with two whites gives the same light in sum; one
// with colours gives its brightest channel the level.

/// Shares by reciprocal Kelvin, in which equal steps look equal. None = the warmest. [0] warm, [1] cool.
std::array<Level, 2> mix_warm_cool(Level level, const Colour& colour, std::uint16_t warmest, std::uint16_t coolest);
/// For primaries like those of sRGB (assumed; lamps differ a little). What they cannot mix is clamped to the edge of
/// what they can. None = all equal.
std::array<Level, 3> mix_rgb(Level level, const Colour& colour);
/// The same with a white channel of about 6500 K (assumed). Our meaning of vibrancy: how much of the white in a colour
/// comes from the coloured channels: 100 = all of it, which makes coloured things glow; 0 and automatic = none, which
/// shows them most faithfully. The colour of the light stays the same.
std::array<Level, 4> mix_rgbw(Level level, const Colour& colour);

}  // namespace candela
