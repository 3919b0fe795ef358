#pragma once

#include <cstdint>
#include <optional>
#include <string>
#include <string_view>

#include "base/level.h"
#include "base/time.h"

namespace candela::lip {

/// What goes after "~ERROR," (lip.md §3.1).
enum class Fault : std::uint8_t {
  none = 0,
  count = 1,      ///< too few or too many fields for the action
  object = 2,     ///< no such object, or one of another kind
  action = 3,     ///< the verb has no such action, or not for this operation
  range = 4,      ///< a value outside its limits
  malformed = 5,  ///< not a number, not a time
  command = 6,    ///< no such verb or operation
};

/// The longest fade, delay or pulse. Beyond it is Fault::range.
inline constexpr Duration kLongest = std::chrono::hours(4);
/// Times are kept in such steps, rounded down.
inline constexpr Duration kStep = std::chrono::milliseconds(250);

/// A whole number without sign; leading zeros count for nothing, and what does not fit is the largest number there is.
std::optional<std::uint32_t> parse_whole(std::string_view text);
/// A decimal number such as "75", "33.333", ".5" or "-122.3"; no exponent. A whole part of 9 digits at most.
std::optional<double> parse_decimal(std::string_view text);
/// "SS", "SS.ff", "MM:SS", "HH:MM:SS", each with or without leading zeros and with up to 6 digits of fraction, in
/// microseconds, as written (not yet rounded). Clients print it in all these ways (lip.md §3).
std::optional<Duration> parse_duration(std::string_view text);

/// "48.00": two decimals, always.
void append_level(std::string& out, Level level);

}  // namespace candela::lip
