#pragma once

#include <optional>
#include <vector>

#include "base/colour.h"
#include "base/fade.h"
#include "engine/climate.h"
#include "engine/zones.h"

namespace candela::engine {

/// What holds against what people ask of a zone.
enum class Override : std::uint8_t { none, shed, emergency };

/// What only some zones need, kept apart so that the others stay small: tilt, colour, climate, a shortest time on,
/// pulses, emergencies and load shedding.
struct SpecialZone {
  Slot zone = kNoSlot;

  // As programmed.
  Duration minimum_on{};
  Duration pulse{};
  Duration tilt_travel{};
  std::uint16_t warmest = 0;
  std::uint16_t coolest = 0;
  std::optional<Level> emergency;
  bool sheds = false;
  bool tells_its_way = false;  ///< a shade whose drive reports where it is

  // What goes on.
  MonoTime on_since{};
  Delays::Ticket pulse_end = Delays::kNoTicket;
  Delays::Ticket waiting_look = Delays::kNoTicket;  ///< a delayed command for tilt or colour alone
  Fade tilt;
  Colour colour_from;
  Colour colour;
  MonoTime colour_start{};
  Duration colour_duration{};
  Override held = Override::none;
  Fade wanted;  ///< while held: where the zone would be if nothing held it
  std::optional<Level> wanted_tilt;
  Colour wanted_colour;
  Thermostat thermostat;
  std::optional<Level> position;  ///< as a drive that tells its way said last
  bool under_way = false;         ///< such a drive has been seen to follow the command

  Colour colour_at(MonoTime now) const;
  /// Takes what went on before. What such a load does not have is dropped, so that it does not come back with a later
  /// project.
  void carry_on(const SpecialZone& old, LoadType load);
};
using SpecialZones = std::vector<SpecialZone>;

/// The rows that the project's zones need; each such zone is told its row.
SpecialZones special_zones_of(const Project& project, Zones& zones);

/// A colour that such a load has: a white within its limits, any colour for a spectrum load; none for all others.
Colour reachable(LoadType load, const SpecialZone& special, const Colour& colour);

/// What a load that sheds this share of its power gets instead of the level. Only a share of 100 % switches off.
Level shed_level(LoadType load, Level level, std::uint8_t percent);
/// The level that was shed, as well as can be told.
Level unshed_level(LoadType load, Level level, std::uint8_t percent);

/// What a drive that tells its way says of it.
enum class WayReport : std::uint8_t { expected, news };
/// Takes note of where the drive is. It is news when the drive stands or goes where it was not sent: away from the
/// target, or twice at the same place after it had begun to move.
WayReport follow_drive(SpecialZone& special, const Fade& fade, Level level, MonoTime now);

}  // namespace candela::engine
