#include "protocols/qs/crc.h"

#include <array>

namespace candela::qs {
namespace {

constexpr std::uint16_t kPolynomial = 0xCA0F;

constexpr std::array<std::uint16_t, 256> make_table() {
  std::array<std::uint16_t, 256> table{};
  for (std::uint32_t i = 0; i < table.size(); ++i) {
    std::uint32_t reg = i << 8;
    for (int bit = 0; bit < 8; ++bit) reg = (reg << 1) ^ ((reg & 0x8000) != 0 ? kPolynomial : 0u);
    table[i] = static_cast<std::uint16_t>(reg);
  }
  return table;
}

constexpr auto kTable = make_table();

}  // namespace

std::uint16_t crc(std::span<const std::uint8_t> bytes) {
  std::uint16_t reg = 0;
  for (const std::uint8_t byte : bytes) {
    reg = static_cast<std::uint16_t>(static_cast<std::uint16_t>(reg << 8 | byte) ^ kTable[reg >> 8]);
  }
  return reg;
}

}  // namespace candela::qs
