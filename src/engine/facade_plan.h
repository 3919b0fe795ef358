#pragma once

#include <cstdint>
#include <optional>
#include <vector>

#include "engine/almanac.h"
#include "model/project.h"

namespace candela::engine {

/// Where the sun is, in degrees: above the horizon, and from north over east.
struct SunPosition {
  double elevation = 0;
  double azimuth = 0;
};

/// How far shades may be open, in whole percent rounded down, 0 to 100, so that the sun stays within Facade::depth.
///
/// What counts is the sun's height as seen along the facade's normal, the profile angle p:
///     tan p = tan(elevation) / cos(azimuth of the sun - azimuth of the facade)
/// Light that enters just under the shade, at the height h, meets the work surface at the distance
///     depth = (h - surface) / tan p
/// from the window, so that h may be surface + depth * tan p at most; and 0 % is h = sill, 100 % is h = head. Geometry
/// only; the window is taken for endlessly wide, its wall for infinitely thin, and the ground for flat.
/// Nothing when the sun does not shine on the facade: it is below Facade::lowest_elevation, beside the facade or
/// behind.
std::optional<int> highest_opening(const Facade& facade, const SunPosition& sun);

/// What a facade's shades do on one local date.
struct FacadeDay {
  struct Move {
    UtcTime at;
    Level level;
    friend bool operator==(const Move&, const Move&) = default;
  };
  std::int32_t date = 0;    ///< days since 1970-01-01
  UtcTime end{};            ///< the next local midnight
  Level before;             ///< until the first move
  std::vector<Move> moves;  ///< in the order of time; each goes to another level than the one before
};

/// The moves of that date: at most Facade::most_moves, at least Facade::apart from each other. Of all such days the one
/// that lets the sun too deep for the shortest time (not at all, unless the first move may come only after `earliest`)
/// and keeps the shades open the most; a move that would win little is left out.
///
/// Until the first move the shades are at `before`. Moves are at whole steps of ten minutes; the sun is looked at every
/// minute, once, when the day is planned: about 1500 positions, and a search that goes by the square of the day's 144
/// steps times most_moves, at most 0.3 million additions. How long the shades take to move is not counted.
FacadeDay plan_day(const Facade& facade, const Almanac& almanac, std::int32_t date, Level before,
                   std::optional<UtcTime> earliest);

}  // namespace candela::engine
