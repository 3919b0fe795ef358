#pragma once

#include <string_view>

#include "servers/mqtt/topic_table.h"

namespace candela::servers::mqtt {

// A light in the JSON of Home Assistant's "json" schema, which other programs read as well:
// {"state": "ON", "brightness": 40, "color_mode": "xy", "color": {"x": 0.4, "y": 0.4}}. Brightness is in percent (their
// brightness_scale of 100, so that what people type comes back as they typed it); a colour temperature is in mired;
// `transition` in seconds.

/// False for what is no light. A light that is off keeps telling its colour.
bool write_light(const Sight& sight, const Zone& zone, std::string& payload);
/// "ON" without a brightness leaves the level of a light that is on, and turns on one that is off fully.
Result<Orders> read_light(const Sight& sight, const Zone& zone, std::string_view payload);

}  // namespace candela::servers::mqtt
