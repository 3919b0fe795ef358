#pragma once

#include <cstdint>
#include <string_view>
#include <vector>

#include "protocols/qs/frame.h"

namespace candela::qs::test {

/// "0b05 00" as bytes; "cc*10" repeats a byte.
std::vector<std::uint8_t> bytes(std::string_view hex);
Packet packet(std::string_view hex);
/// The packet as it goes on the wire.
std::vector<std::uint8_t> frame(const Packet& packet);

}  // namespace candela::qs::test
