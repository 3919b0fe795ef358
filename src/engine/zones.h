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
  ZoneId number;
  ButtonId ramped_by;  ///< the button whose release stops this zone; none when no button moves it
  LoadType load = LoadType::dimmed;
  Delays::Ticket waiting = Delays::kNoTicket;  ///< the command that waits; a newer one takes its place
};
using Zones = std::vector<ZoneState>;

/// Every zone of the project, off.
Zones zones_of(const Project& project);

/// From full to off, or back; a shorter way takes its part of it.
inline constexpr Duration kFullRampTime = std::chrono::seconds(5);

/// Where lowering ends: the light stays on, so that a person who holds "lower" is not left in the dark.
Level lowest_ramp_level();

/// The fade to a level from where the zone is now, so that nothing jumps when it was moving.
Fade fade_from_here(const ZoneState& zone, Level level, Duration duration, MonoTime now);

/// The ramp up or down from where the zone is now. Nothing when there is nowhere to go: full already, at or below the
/// lowest level, or a switched zone.
std::optional<Fade> ramp_from_here(const ZoneState& zone, bool raise, MonoTime now);

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

}  // namespace candela::engine
