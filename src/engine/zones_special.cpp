#include "engine/zones_special.h"

#include <algorithm>
#include <cstdlib>
#include <utility>

#include "base/colour_math.h"

namespace candela::engine {
namespace {

constexpr std::uint32_t kPercent = 100;
/// A pulse has an end after its begin, whatever the project says.
constexpr Duration kShortestPulse = std::chrono::milliseconds(1);
/// A drive that did not begin to move by then will not (assumed).
constexpr Duration kDriveStart = std::chrono::seconds(5);
/// No drive needs longer (assumed): what it says later is by its own doing.
constexpr Duration kLongestDrive = std::chrono::minutes(2);

bool is_held_in_emergency(LoadType load) { return load != LoadType::climate && load != LoadType::pulsed_contact; }
bool can_shed(LoadType load) { return is_held_in_emergency(load) && !is_shade(load); }

bool is_special(const SpecialZone& it, LoadType load) {
  return it.minimum_on > Duration::zero() || it.emergency || it.sheds || it.tells_its_way || has_colour(load) ||
         load == LoadType::tilting_shade || load == LoadType::climate || load == LoadType::pulsed_contact;
}

SpecialZone special_of(const Zone& zone, Slot slot) {
  SpecialZone special{.zone = slot};
  if (!is_shade(zone.load)) special.minimum_on = bounded(zone.minimum_on);
  special.pulse = std::max(bounded(zone.pulse), kShortestPulse);
  special.tilt_travel = bounded(zone.tilt_travel);
  special.warmest = zone.warmest;
  special.coolest = zone.coolest;
  if (is_held_in_emergency(zone.load)) special.emergency = zone.emergency;
  special.sheds = zone.sheds && can_shed(zone.load);
  special.tells_its_way = is_shade(zone.load) && zone.travel <= Duration::zero();
  return special;
}

int way(Level from, Level to) { return std::abs(to.raw() - from.raw()); }

}  // namespace

SpecialZones special_zones_of(const Project& project, Zones& zones) {
  SpecialZones specials;
  for (Slot slot = 0; slot < zones.size(); ++slot) {
    const SpecialZone special = special_of(project.zones[slot], slot);
    if (!is_special(special, zones[slot].load)) continue;
    zones[slot].special = static_cast<Slot>(specials.size());
    specials.push_back(special);
  }
  return specials;
}

Colour SpecialZone::colour_at(MonoTime now) const {
  return between(colour_from, colour, (now - colour_start).count(), colour_duration.count());
}

void SpecialZone::carry_on(const SpecialZone& old, LoadType load) {
  on_since = old.on_since;
  held = old.held;
  wanted = old.wanted;
  position = old.position;
  under_way = old.under_way;
  if (load == LoadType::tilting_shade) {
    tilt = old.tilt;
    wanted_tilt = old.wanted_tilt;
  }
  if (has_colour(load)) {
    colour_from = old.colour_from;
    colour = old.colour;
    colour_start = old.colour_start;
    colour_duration = old.colour_duration;
    wanted_colour = old.wanted_colour;
  }
  if (load == LoadType::climate) thermostat = old.thermostat;
}

Colour reachable(LoadType load, const SpecialZone& special, const Colour& colour) {
  if (!has_colour(load)) return {};
  if (colour.kind == Colour::Kind::warm_dim) return colour;
  if (load == LoadType::spectrum && colour.kind != Colour::Kind::white) return colour;
  Colour white = nearest_white(colour, special.warmest, special.coolest);
  if (load == LoadType::spectrum) white.vibrancy = colour.vibrancy;
  return white;
}

Level shed_level(LoadType load, Level level, std::uint8_t percent) {
  if (!level.is_on() || percent == 0) return level;
  if (percent >= kPercent) return Level::off();
  const std::uint32_t left = level.raw() * (kPercent - percent) / kPercent;
  return reachable(load, Level::from_raw(std::max<std::uint32_t>(left, 1)));
}

Level unshed_level(LoadType load, Level level, std::uint8_t percent) {
  if (percent >= kPercent) return level;
  return reachable(load, Level::from_raw(level.raw() * kPercent / (kPercent - percent)));
}

WayReport follow_drive(SpecialZone& special, const Fade& fade, Level level, MonoTime now) {
  const std::optional<Level> before = std::exchange(special.position, level);
  if (alike(fade.to, level)) return WayReport::expected;
  const Duration since = now - fade.start;
  const bool nearer = !before || way(level, fade.to) < way(*before, fade.to);
  if (nearer && since < kLongestDrive) {
    special.under_way = true;
    return WayReport::expected;
  }
  if (!special.under_way && before == level && since < kDriveStart) return WayReport::expected;
  return WayReport::news;
}

}  // namespace candela::engine
