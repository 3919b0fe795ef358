#pragma once

#include <cstdint>
#include <span>

namespace candela::qs {

/// The CRC at the end of every packet: polynomial 0xCA0F, register start 0, no reflection, no final xor, and the plain
/// register form: the remainder of the message itself, not of the message followed by 16 zero bits, so that common CRC
/// routines give other values. Of "123456789" it is 0x1E7C. (Observed on Clear Connect; assumed on the wire.)
std::uint16_t crc(std::span<const std::uint8_t> bytes);

}  // namespace candela::qs
