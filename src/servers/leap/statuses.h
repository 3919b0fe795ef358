#pragma once

#include <cstdint>
#include <span>
#include <string>
#include <string_view>

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

void append_zone_status(std::string& out, const View& view, const Zone& zone, Level level, Use use);
void append_area_status(std::string& out, const View& view, const Area& area, MonoTime now, Use use);
void append_led_status(std::string& out, const View& view, LedId led);
void append_led_status(std::string& out, LedId led, LedState state);
void append_device_status(std::string& out, const View& view, const Device& device);

Content zone_statuses(const View& view, std::span<const ZoneId> zones, MonoTime now, Use use);
Content area_statuses(const View& view, std::span<const AreaId> areas, MonoTime now, Use use);
Content device_statuses(const View& view, std::span<const DeviceId> devices);
Content button_event(ButtonId button, ButtonMove move);

std::string_view to_word(LedState state);
/// False if the word is none of the states.
bool from_word(std::string_view word, LedState& state);

}  // namespace candela::leap
