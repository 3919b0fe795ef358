#pragma once

#include <chrono>
#include <functional>
#include <string>
#include <string_view>

#include "base/result.h"
#include "base/time.h"

namespace candela::servers::requests {

/// What to add to a UTC time for the home's local one.
using UtcOffset = std::function<std::chrono::seconds(UtcTime)>;

/// A moment as people say it, in the home's local time: "19:00" or "19:00:30" (the last one there was), "today 19:00",
/// "yesterday 23:10", "2026-11-24 19:00", "2026-11-24" (its midnight), "now"; ISO with a T between, and with a Z at its
/// end in UTC; seconds may have three decimals. Years 1970 to 2200. A time that the clocks skip over counts from before
/// they did.
Result<UtcTime> read_when(std::string_view text, UtcTime now, const UtcOffset& offset);

/// The other way round, as short as it can be told from `now`: "19:02", "yesterday 23:10", "2026-11-20 18:31".
std::string say_when(UtcTime time, UtcTime now, const UtcOffset& offset);

/// "2026-11-24 19:02:05", local.
std::string local_text(UtcTime time, const UtcOffset& offset);

}  // namespace candela::servers::requests
