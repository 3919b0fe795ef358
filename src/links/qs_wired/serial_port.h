#pragma once

#include <cstdint>
#include <string>

#include "base/result.h"

namespace candela::links {

/// Opens a serial device or pseudo-terminal for raw bytes, 8N1, not blocking, and returns its descriptor, which is the
/// caller's to close. Any baud rate the hardware can do; a pseudo-terminal has none and takes them all.
/// Errors: the device is not there, may not be opened, or is no terminal.
Result<int> open_serial_port(const std::string& path, std::uint32_t baud);

}  // namespace candela::links
