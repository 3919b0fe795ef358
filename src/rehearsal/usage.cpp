#include "rehearsal/usage.h"

#include <algorithm>

namespace candela::rehearsal {

/// Counts what is over by now.
void Usage::Meter::close(UtcTime now) {
  if (!lit || dark > now) return;
  sum.lit += dark - since;
  lit = false;
}

void Usage::note(const Change& change) {
  const auto* targeted = std::get_if<ZoneTargeted>(&change.what);
  if (targeted == nullptr) return;
  const UtcTime now = change.at.utc;
  Meter& meter = meters_[targeted->zone];
  meter.close(now);
  if (!targeted->fade.to.is_on()) {
    meter.dark = now + std::chrono::ceil<UtcTime::duration>(targeted->fade.duration);
    return;
  }
  meter.dark = UtcTime::max();
  if (meter.lit) return;
  meter.lit = true;
  meter.since = now;
  ++meter.sum.switched_on;
}

std::unordered_map<ZoneId, Usage::Zone> Usage::until(UtcTime end) const {
  std::unordered_map<ZoneId, Zone> zones;
  for (const auto& [zone, so_far] : meters_) {
    Meter meter = so_far;
    meter.dark = std::min(meter.dark, end);
    meter.close(end);
    if (meter.sum.switched_on > 0) zones.emplace(zone, meter.sum);
  }
  return zones;
}

}  // namespace candela::rehearsal
