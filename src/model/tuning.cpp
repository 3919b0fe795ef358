#include "model/tuning.h"

#include <algorithm>
#include <cmath>

namespace candela {
namespace {

bool only_off_and_full(LoadType load) {
  return load == LoadType::switched || load == LoadType::contact || load == LoadType::pulsed_contact;
}

/// Where a straight line from one point to the next is at `x`. REQUIRES: x0 <= x <= x1.
std::int64_t on_line(std::int64_t x0, std::int64_t y0, std::int64_t x1, std::int64_t y1, std::int64_t x) {
  return x1 == x0 ? y1 : y0 + (y1 - y0) * (x - x0) / (x1 - x0);
}

Level along(const std::vector<Curve::Knot>& knots, Level level) {
  const auto above = std::upper_bound(knots.begin(), knots.end(), level,
                                      [](Level at, const Curve::Knot& knot) { return at < knot.level; });
  if (above == knots.begin()) return knots.front().output;
  if (above == knots.end()) return knots.back().output;
  const Curve::Knot& below = *std::prev(above);
  return Level::from_raw(static_cast<std::uint32_t>(
      on_line(below.level.raw(), below.output.raw(), above->level.raw(), above->output.raw(), level.raw())));
}

Level squared(Level level) {
  const std::uint64_t raw = level.raw();
  return Level::from_raw(static_cast<std::uint32_t>((raw * raw + Level::kFullRaw / 2) / Level::kFullRaw));
}

}  // namespace

Tuning::Tuning(const Zone& zone) : snaps_(only_off_and_full(zone.load)) {
  if (!is_dimmed(zone.load)) return;
  trims_ = zone.trims;
  curve_ = zone.curve;
}

Level Tuning::output(Level level) const {
  if (!level.is_on()) return Level::off();
  return snaps_ ? Level::full() : trims_.output(curved(level));
}

Level Tuning::level(Level output) const {
  if (!output.is_on()) return Level::off();
  if (snaps_ || trims_.high <= trims_.low || output >= trims_.high) return Level::full();
  // What is at the low trim or below is on all the same.
  if (output <= trims_.low) return Level::from_raw(1);
  const std::uint32_t span = trims_.high.raw() - trims_.low.raw();
  const std::uint32_t above = output.raw() - trims_.low.raw();
  return uncurved(Level::from_raw(std::max(1U, (above * Level::kFullRaw + span / 2) / span)));
}

Fade Tuning::output(const Fade& zone_fade) const {
  const Duration duration = snaps_ ? Duration::zero() : zone_fade.duration;
  return {output(zone_fade.from), output(zone_fade.to), zone_fade.start, duration};
}

/// Not off, whatever the curve says of low levels.
Level Tuning::curved(Level level) const {
  Level value = level;
  if (curve_.kind == Curve::Kind::square) value = squared(level);
  if (curve_.kind == Curve::Kind::custom && !curve_.knots.empty()) value = along(curve_.knots, level);
  return value.is_on() ? value : Level::from_raw(1);
}

/// The lowest level whose value is at least this one; curves rise, so halving finds it.
Level Tuning::uncurved(Level value) const {
  if (curve_.kind == Curve::Kind::linear) return value;
  std::uint32_t low = 1;
  std::uint32_t high = Level::kFullRaw;
  while (low < high) {
    const std::uint32_t middle = (low + high) / 2;
    if (curved(Level::from_raw(middle)) < value) {
      low = middle + 1;
    } else {
      high = middle;
    }
  }
  return Level::from_raw(low);
}

std::uint16_t warm_dim_kelvin(const Zone& zone, Level level) {
  const auto& knots = zone.warm_dim;
  if (!knots.empty()) {
    const auto above = std::upper_bound(knots.begin(), knots.end(), level,
                                        [](Level at, const Zone::WarmDimKnot& knot) { return at < knot.level; });
    if (above == knots.begin()) return knots.front().kelvin;
    if (above == knots.end()) return knots.back().kelvin;
    const Zone::WarmDimKnot& below = *std::prev(above);
    return static_cast<std::uint16_t>(
        on_line(below.level.raw(), below.kelvin, above->level.raw(), above->kelvin, level.raw()));
  }
  constexpr double kWarmestLevel = 0.01;
  const double light = std::max(static_cast<double>(level.raw()) / Level::kFullRaw, kWarmestLevel);
  const double share = 1 - std::log(light) / std::log(kWarmestLevel);  // 0 at 1 %, 1 at full
  const double warmest = std::max<double>(zone.warmest, 1);
  return static_cast<std::uint16_t>(std::lround(warmest * std::pow(zone.coolest / warmest, share)));
}

Colour seen_colour(const Zone& zone, Level level, const Colour& colour) {
  const bool warm_dims = zone.load == LoadType::warm_dim || colour.kind == Colour::Kind::warm_dim;
  return warm_dims ? Colour::white(warm_dim_kelvin(zone, level)) : colour;
}

}  // namespace candela
