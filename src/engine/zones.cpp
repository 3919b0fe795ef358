#include "engine/zones.h"

#include <algorithm>

namespace candela::engine {
namespace {

/// How long a device's word may be on its way: a report up to this long after a fade may still tell of the fade.
constexpr Duration kReportLag = std::chrono::milliseconds(300);

}  // namespace

Zones zones_of(const Project& project) {
  Zones zones(project.zones.size());
  for (Slot slot = 0; slot < zones.size(); ++slot) {
    const Zone& zone = project.zones[slot];
    zones[slot].own_fade = bounded(zone.fade);
    zones[slot].number = zone.number;
    zones[slot].load = zone.load;
  }
  return zones;
}

Level lowest_ramp_level() { return Level::from_percent(1); }

Fade fade_from_here(const ZoneState& zone, Level level, Duration duration, MonoTime now) {
  const Level target = reachable(zone.load, level);
  const Level here = zone.fade.at(now);
  if (here == target || duration <= Duration::zero() || zone.load == LoadType::switched) {
    return Fade{here, target, now, Duration::zero()};
  }
  return Fade{here, target, now, bounded(duration)};
}

std::optional<Fade> ramp_from_here(const ZoneState& zone, bool raise, MonoTime now) {
  if (zone.load == LoadType::switched) return std::nullopt;
  const Level here = zone.fade.at(now);
  const Level end = raise ? Level::full() : lowest_ramp_level();
  if (raise ? here >= end : here <= end) return std::nullopt;
  const int way = std::abs(end.raw() - here.raw());
  return Fade{here, end, now, kFullRampTime * way / Level::kFullRaw};
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
