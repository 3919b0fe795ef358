#pragma once

#include "base/colour.h"
#include "base/fade.h"
#include "model/project.h"

namespace candela {

/// How a zone's output follows its level: its load, its curve and its trims as one function. A level is what people see
/// and say; the output is what the device on the wire is told.
class Tuning {
 public:
  Tuning() = default;
  explicit Tuning(const Zone& zone);

  /// Rising; off is off, and what is on never comes out as off, however low curve and trims. Full is the high trim.
  /// Shades, fans and contacts have no curve and no trims; what knows only off and full gets nothing else.
  Level output(Level level) const;
  /// The level for what an output has: as near to the way back as the steps of the output allow.
  Level level(Level output) const;
  /// The way of an output for the way of a level, for devices that fade by themselves: they draw a straight line
  /// between the ends. What knows only off and full goes there at once.
  Fade output(const Fade& zone_fade) const;

  bool knows_only_off_and_full() const { return snaps_; }

 private:
  Level curved(Level level) const;
  Level uncurved(Level value) const;

  Trims trims_;
  Curve curve_;
  bool snaps_ = false;
};

/// The white of a warm-dim load at a level, Kelvin; the brighter the cooler. By the zone's own knots, with straight
/// lines between them and nothing beyond their ends; without knots by our own curve: from `warmest` at 1 % and below to
/// `coolest` at full in equal ratios, as a filament gives them (its Kelvin go by about the eighth root of its light).
std::uint16_t warm_dim_kelvin(const Zone& zone, Level level);
/// The colour that is seen at a level: what warm-dims gets the white of that level, all else keeps its colour.
Colour seen_colour(const Zone& zone, Level level, const Colour& colour);

}  // namespace candela
