#include "engine/zones.h"

#include <algorithm>

namespace candela::engine {
namespace {

/// How long a device's word may be on its way: a report up to this long after a fade may still tell of the fade.
constexpr Duration kReportLag = std::chrono::milliseconds(300);

}  // namespace

Duration part_of(Duration whole_way, Level from, Level to) {
  return whole_way * std::abs(to.raw() - from.raw()) / Level::kFullRaw;
}

Zones zones_of(const Project& project) {
  Zones zones(project.zones.size());
  for (Slot slot = 0; slot < zones.size(); ++slot) {
    const Zone& zone = project.zones[slot];
    zones[slot].own_fade = bounded(zone.fade);
    zones[slot].number = zone.number;
    zones[slot].load = zone.load;
    if (is_shade(zone.load)) zones[slot].travel = bounded(zone.travel);
  }
  return zones;
}

Level lowest_ramp_level() { return Level::from_percent(1); }

Fade fade_along(const Fade& course, const ZoneState& zone, Level level, Duration duration, MonoTime now) {
  const Level target = reachable(zone.load, level);
  if (is_shade(zone.load)) return continued_to(course, target, part_of(zone.travel, course.at(now), target), now);
  return continued_to(course, target, is_dimmed(zone.load) ? bounded(duration) : Duration::zero(), now);
}

std::optional<Fade> ramp_along(const Fade& course, const ZoneState& zone, bool raise, Duration full_ramp,
                               MonoTime now) {
  if (!is_ramped(zone.load)) return std::nullopt;
  const Level here = course.at(now);
  const Level lowest = is_shade(zone.load) ? Level::off() : lowest_ramp_level();
  const Level end = raise ? Level::full() : lowest;
  if (raise ? here >= end : here <= end) return std::nullopt;
  return Fade{here, end, now, part_of(is_shade(zone.load) ? zone.travel : full_ramp, here, end)};
}

bool expected_report(const ZoneState& zone, Level level, MonoTime now) {
  if (alike(zone.fade.to, level) || zone.fade.moving(now)) return true;
  if (now - zone.fade.end() >= kReportLag) return false;
  const auto [low, high] = std::minmax(zone.fade.from, zone.fade.to);
  return lowest_like(low) <= level && level <= highest_like(high);
}

Fade continued(const SavedState::Zone& remembered, Now now) {
  const auto is_over = [&] {
    if (remembered.duration <= Duration::zero() || remembered.duration > kLongestTime) return true;
    // In milliseconds throughout: in microseconds a nonsense start would overflow.
    const auto earliest = now.utc - std::chrono::ceil<UtcTime::duration>(remembered.duration);
    return remembered.start > now.utc || remembered.start <= earliest;
  };
  if (is_over()) return Fade::still(remembered.to, now.mono);
  return {remembered.from, remembered.to, now.mono - (now.utc - remembered.start), remembered.duration};
}

}  // namespace candela::engine
