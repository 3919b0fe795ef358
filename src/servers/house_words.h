#pragma once

#include <string_view>

#include "base/result.h"
#include "model/change.h"

namespace candela::servers {

// How the states of the house are written for programs, the same at the command line and on the page. They are the
// words of the project file.
std::string_view word(Occupancy state);                ///< "unknown", "occupied", "unoccupied", "partial"
std::string_view word(OccupancyMode mode);             ///< "automatic", "vacancy", "automatic_low_light", "disabled"
std::string_view word(ClimateMode mode);               ///< "off", "heat", "cool", "automatic"
std::string_view word(LoadType load);                  ///< "dimmed", "tilting_shade", ...
std::string_view word(TimeclockEventPassed::How how);  ///< "ran", "ran_late", "by_command", "missed", "no_sun"

/// The error lists what there is.
Result<OccupancyMode> read_occupancy_mode(std::string_view text);
Result<ClimateMode> read_climate_mode(std::string_view text);

}  // namespace candela::servers
