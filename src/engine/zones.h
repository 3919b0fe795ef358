#pragma once

#include <optional>
#include <vector>

#include "base/fade.h"
#include "engine/delays.h"
#include "engine/plan.h"
#include "model/saved_state.h"

namespace candela::engine {

/// What there is to know of a zone while it works, on one cache line.
struct alignas(64) ZoneState {
  Fade fade;
  Duration own_fade{};  ///< when a command names none
  Duration travel{};    ///< shades: from closed to open; 0 for a drive that tells where it is
  ZoneId number;
  ButtonId ramped_by;                          ///< the button whose release stops this zone; none = no button moves it
  Delays::Ticket waiting = Delays::kNoTicket;  ///< the command that waits; a newer one takes its place
  Slot special = kNoSlot;                      ///< its row in SpecialZones; most zones have none
  LoadType load = LoadType::dimmed;
};
static_assert(sizeof(ZoneState) == 64);
using Zones = std::vector<ZoneState>;

/// Every zone of the project, off.
Zones zones_of(const Project& project);

/// The time a move takes when the whole way takes that long.
Duration part_of(Duration whole_way, Level from, Level to);

/// Where lowering a light ends: it stays on, so that a person who holds "lower" is not left in the dark.
Level lowest_ramp_level();

/// The fade to a level from where a course has come by now, so that nothing jumps when it was moving.
inline Fade continued_to(const Fade& course, Level level, Duration duration, MonoTime now) {
  const Level here = course.at(now);
  return {here, level, now, here == level ? Duration::zero() : duration};
}
/// The same as such a load does it: lights take the given time; shades take the part of their travel, whatever was
/// asked; all other loads are there at once.
Fade fade_along(const Fade& course, const ZoneState& zone, Level level, Duration duration, MonoTime now);
inline Fade fade_from_here(const ZoneState& zone, Level level, Duration duration, MonoTime now) {
  return fade_along(zone.fade, zone, level, duration, now);
}

/// The ramp up or down from where a course has come. `full_ramp` is a light's time over the whole scale; a shade takes
/// its travel. Nothing when there is nowhere to go: full already, at or below the lowest level, or a load that knows no
/// levels between.
std::optional<Fade> ramp_along(const Fade& course, const ZoneState& zone, bool raise, Duration full_ramp, MonoTime now);

/// True for a level that a device reports because it follows our command, or that tells nothing new.
bool expected_report(const ZoneState& zone, Level level, MonoTime now);

/// Where a remembered fade has brought the zone by now. What cannot be (a start in the future, an endless fade) counts
/// as finished.
Fade continued(const SavedState::Zone& remembered, Now now);

/// Two levels that an 8-bit device cannot tell apart: at most one step of 1/254 between them. Off is only like off.
inline constexpr std::uint16_t kOneStep = Level::kFullRaw / 254;
inline Level lowest_like(Level level) {
  if (!level.is_on()) return Level::off();
  return Level::from_raw(level.raw() > kOneStep ? level.raw() - kOneStep : 1);
}
inline Level highest_like(Level level) {
  return level.is_on() ? Level::from_raw(level.raw() + kOneStep) : Level::off();
}
inline bool alike(Level a, Level b) { return lowest_like(a) <= b && b <= highest_like(a); }

/// Levels from one to another, both of them too.
class LevelRange {
 public:
  LevelRange() = default;
  /// REQUIRES: low <= high.
  LevelRange(Level low, Level high) : low_(low.raw()), width_(static_cast<std::uint16_t>(high.raw() - low.raw())) {}
  static LevelRange on() { return {Level::from_raw(1), Level::full()}; }
  static LevelRange like(Level level) { return {lowest_like(level), highest_like(level)}; }

  /// What lies below the range wraps around to far above it.
  bool contains(Level level) const { return static_cast<std::uint16_t>(level.raw() - low_) <= width_; }

 private:
  std::uint16_t low_ = 0;
  std::uint16_t width_ = 0;
};

}  // namespace candela::engine
