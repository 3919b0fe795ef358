#pragma once

#include <boost/json/fwd.hpp>
#include <optional>
#include <string>
#include <string_view>

#include "base/time.h"

namespace candela::leap {

/// The longest timespan that is accepted.
inline constexpr Duration kTimespanMax = std::chrono::hours(24 * 366);

/// Reads "2", "0.25", "15:00", "1:00:00", "00:00:00.25", "-30:00" or ISO 8601 "PT1H2M0.25S". Nothing for anything else
/// and for what is longer than kTimespanMax.
std::optional<Duration> parse_timespan(std::string_view text);
/// The same, or a bare number of seconds.
std::optional<Duration> parse_timespan(const boost::json::value& value);

/// The shortest form: "2", "0.25", "15:00", "1:00:00".
std::string format_timespan(Duration duration);

}  // namespace candela::leap
