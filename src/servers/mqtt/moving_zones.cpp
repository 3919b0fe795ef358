#include "servers/mqtt/moving_zones.h"

#include <algorithm>

#include "servers/leap/statuses.h"

namespace candela::servers::mqtt {

void MovingZones::note(const Zone& zone, const View& view, MonoTime now) {
  const Fade& fade = view.zone(zone.number).fade;
  const bool is_ramping = leap::is_ramping(view, zone.number, now);
  if (!fade.moving(now) || !(is_ramping || is_shade(zone.load))) {
    due_.erase(zone.number);
    return;
  }
  due_[zone.number] = is_ramping ? std::min(now + kStep, fade.end()) : fade.end();
}

std::vector<ZoneId> MovingZones::due(const View& view, MonoTime now) {
  std::vector<ZoneId> zones;
  for (const auto& [zone, at] : due_) {
    if (at <= now) zones.push_back(zone);
  }
  for (const ZoneId id : zones) {
    const Zone* const zone = view.project()->find(id);
    if (zone == nullptr) {
      due_.erase(id);
    } else {
      note(*zone, view, now);
    }
  }
  return zones;
}

std::optional<MonoTime> MovingZones::next_due() const {
  const auto first =
      std::min_element(due_.begin(), due_.end(), [](const auto& a, const auto& b) { return a.second < b.second; });
  return first == due_.end() ? std::nullopt : std::optional(first->second);
}

}  // namespace candela::servers::mqtt
