#pragma once

#include <boost/json/object.hpp>
#include <optional>
#include <string>
#include <string_view>

#include "base/level.h"
#include "base/result.h"
#include "base/time.h"
#include "model/commands.h"

namespace candela::servers::mqtt {

// How payloads are written and read: words and numbers as they are, and JSON where there is more to say.

std::string_view on_or_off(bool on);  ///< "ON", "OFF"
/// "ON", "OFF", or "TOGGLE" for the other of what is `now`; upper or lower case.
Result<bool> read_on_or_off(std::string_view payload, bool now);
/// The same, for what starts and stops.
Result<Control> read_control(std::string_view payload);
/// "raise", "lower", "stop".
Result<Movement> read_movement(std::string_view payload);
/// Percent, 0 to 100.
Result<Level> read_level(std::string_view payload);

/// A JSON object with no other members than these, at most 4 deep.
Result<boost::json::object> read_object(std::string_view payload, std::initializer_list<std::string_view> known);
/// A member that is a number within bounds; none when it is not there. The error names it.
Result<std::optional<double>> read_number(const boost::json::object& members, std::string_view name, double lowest,
                                          double highest);
/// A member in seconds, 0 to 14400.
Result<std::optional<Duration>> read_seconds(const boost::json::object& members, std::string_view name);

/// "40", or {"level": 40, "fade": 2, "delay": 10}: percent and seconds.
struct LevelOrder {
  Level level;
  std::optional<Duration> fade;
  Duration delay{};
};
Result<LevelOrder> read_level_order(std::string_view payload);

}  // namespace candela::servers::mqtt
