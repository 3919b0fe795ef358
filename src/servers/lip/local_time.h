#pragma once

#include <optional>
#include <string>

#include "servers/context.h"

namespace candela::lip {

/// Times as LIP writes them, in the home's local time.
std::string date_text(const servers::Context& context, UtcTime at);  ///< "11/17/2024"
std::string time_text(const servers::Context& context, UtcTime at);  ///< "18:33:16"
std::string zone_text(const servers::Context& context, UtcTime at);  ///< "-8:00", "+5:30"
/// Today's sunrise or sunset, "06:42:00"; nothing on a day without.
std::optional<std::string> sun_text(const servers::Context& context, bool sunrise);

}  // namespace candela::lip
