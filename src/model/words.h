#pragma once

#include <string>
#include <string_view>

#include "base/time.h"
#include "model/event.h"

namespace candela {

// How the states of the model are written for programs: in the JSON of every server, the same everywhere.
std::string_view word(LedState state);     ///< "off", "on", "flash", "rapid_flash"
std::string_view word(ButtonMove move);    ///< "press", "release", "hold", "multi_tap"
std::string_view word(DeviceFault fault);  ///< "none", "silent", "duplicate_address"
std::string_view word(LinkFault fault);    ///< "none", "port_closed", "no_devices", "corrupted_frames", ...
std::string iso_text(UtcTime time);        ///< "2026-11-24T14:03:07.250Z"

}  // namespace candela
