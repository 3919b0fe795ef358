#pragma once

#include <cstdint>
#include <span>
#include <string>
#include <string_view>

#include "base/colour.h"
#include "model/view.h"
#include "protocols/leap/message.h"

/// How things are now, as JSON text. These are the answers that go out by the thousand, so they are written directly.
namespace candela::leap {

enum class Use : std::uint8_t {
  snapshot,  ///< a read, or the answer to a subscription
  push,      ///< without what never changes (leap.md §6 Q21)
  command,   ///< the answer to a command
};

/// The level a client shall see: where a fade goes, but where a ramp is, since nobody knows where that will be stopped.
Level shown_level(const View& view, ZoneId zone, MonoTime now);
/// True while a zone ramps up or down until somebody stops it.
bool is_ramping(const View& view, ZoneId zone, MonoTime now);

/// False when the zone's device is known to be away, so that nobody can say what its load does.
bool is_confirmed(const View& view, const Zone& zone);
bool is_light(const Zone& zone);

/// What a client shall see of a zone: where it goes. Commands change it and answer with what comes of that.
struct Look {
  Level level;
  Level tilt;
  Colour colour;
};
Look look_of(const View& view, const Zone& zone, MonoTime now);

void append_zone_status(std::string& out, const View& view, const Zone& zone, const Look& look, Use use);
void append_device_status(std::string& out, const View& view, const Device& device);

Content zone_statuses(const View& view, std::span<const ZoneId> zones, MonoTime now, Use use);
Content area_statuses(const View& view, std::span<const AreaId> areas, MonoTime now, Use use);
Content device_statuses(const View& view, std::span<const DeviceId> devices);
Content occupancy_statuses(const View& view, std::span<const OccupancyGroupId> groups);
Content timeclock_statuses(const View& view, std::span<const TimeclockId> timeclocks);
Content timeclock_status(const View& view, TimeclockId timeclock);
Content timeclock_event_status(const View& view, TimeclockEventId event);
Content area_status(const View& view, const Area& area, MonoTime now, Use use);
Content led_status(LedId led, LedState state);
Content away_status(bool away);
Content load_shedding_status(std::uint8_t percent);
Content emergency_status(bool emergency);
Content button_event(ButtonId button, ButtonMove move);

std::string_view fan_speed(Level level);
std::string_view enabled_word(bool enabled);
std::string_view to_word(LedState state);
/// False if the word is none of the states.
bool from_word(std::string_view word, LedState& state);

}  // namespace candela::leap
