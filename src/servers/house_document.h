#pragma once

#include <boost/json/fwd.hpp>

#include "base/colour.h"
#include "base/result.h"
#include "model/view.h"

namespace candela::servers {

// The state of the house as JSON, the same at the command line and on the page.

/// {"mode": id or null, "night": true, false or null (no day and night in this home), "away", "emergency",
/// "shed_percent", "clock_trusted"}.
boost::json::object house_document(const View& view);

/// {"id", "enabled", "wanted", "elsewhere"}: where the facade wants its shades, in percent (null = it is switched off,
/// or has wanted nothing yet), and which of them people have moved elsewhere.
boost::json::object facade_document(const Facade& facade, const View& view);

/// {"mode", "heat", "cool", "temperature"}, in degrees Celsius.
boost::json::object climate_document(const View::ClimateState& state);

/// {"kelvin": 2700} or {"x": 0.45, "y": 0.41}; null = none was set.
boost::json::value colour_document(const Colour& colour);

/// The colour of {"kelvin"}, {"x", "y"} or {"hue", "saturation"}, among other members. Hue in degrees, 0 to 360,
/// saturation in percent. The error says what is missing or outside.
Result<Colour> read_colour(const boost::json::object& members);

}  // namespace candela::servers
