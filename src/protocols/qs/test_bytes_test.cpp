#include "protocols/qs/test_bytes.h"

#include <gtest/gtest.h>

#include <cstdlib>
#include <string>

namespace candela::qs::test {

std::vector<std::uint8_t> bytes(std::string_view hex) {
  std::vector<std::uint8_t> out;
  std::string digits;
  for (std::size_t i = 0; i < hex.size(); ++i) {
    if (hex[i] == ' ') continue;
    if (hex[i] == '*') {
      char* end = nullptr;
      const auto count = std::strtoul(hex.data() + i + 1, &end, 10);
      out.insert(out.end(), count - 1, out.back());
      i = static_cast<std::size_t>(end - hex.data()) - 1;
      continue;
    }
    digits += hex[i];
    if (digits.size() == 2) {
      out.push_back(static_cast<std::uint8_t>(std::stoul(digits, nullptr, 16)));
      digits.clear();
    }
  }
  return out;
}

Packet packet(std::string_view hex) {
  const auto raw = bytes(hex);
  Packet packet;
  packet.size = raw.size();
  EXPECT_LE(raw.size(), kLongSize);
  std::copy(raw.begin(), raw.end(), packet.bytes.begin());
  return packet;
}

std::vector<std::uint8_t> frame(const Packet& packet) {
  std::array<std::uint8_t, kMaxFrameSize> out;
  return {out.begin(), out.begin() + static_cast<std::ptrdiff_t>(write_frame(packet, out))};
}

TEST(QsTestBytes, UnderstandsRepeats) {
  EXPECT_EQ(bytes("01 cc*3 02"), (std::vector<std::uint8_t>{1, 204, 204, 204, 2}));
}

}  // namespace candela::qs::test
