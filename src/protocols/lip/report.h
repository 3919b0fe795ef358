#pragma once

#include <cstdint>
#include <string>
#include <string_view>

#include "base/level.h"
#include "model/commands.h"
#include "protocols/lip/values.h"

namespace candela::lip {

// Lines that a server sends, with their ends. Clients drop their connection over a line that is told to all and has no
// whole number after its verb, or, of devices, anything but whole numbers (lip.md §3.2): nothing here makes one.

std::string error_line(Fault fault);
/// ~VERB,first,second[,third]
std::string line_of(std::string_view verb, std::uint32_t first, std::uint32_t second);
std::string line_of(std::string_view verb, std::uint32_t first, std::uint32_t second, std::uint32_t third);
/// ~VERB,first,second,text
std::string line_of(std::string_view verb, std::uint32_t first, std::uint32_t second, std::string_view text);
std::string output_line(std::uint32_t id, Level level);
/// The tilt of slats.
std::string tilt_line(std::uint32_t id, Level tilt);
std::string device_line(std::uint32_t id, std::uint32_t component, std::uint32_t action);
std::string led_line(std::uint32_t id, std::uint32_t component, LedState state);

}  // namespace candela::lip
