#include "protocols/sacn/packet.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>
#include <rapidcheck/gtest.h>

#include <string>
#include <vector>

namespace candela::sacn {
namespace {

using ::testing::HasSubstr;
using Buffer = std::array<std::uint8_t, kPacketSizeMax>;

constexpr Cid kCid = {0x11, 0x22, 0x33, 0x44, 0x55, 0x66, 0x47, 0x88, 0x99, 0xaa, 0xbb, 0xcc, 0xdd, 0xee, 0xff, 0x01};

std::vector<std::uint8_t> encoded(const DataPacket& packet) {
  Buffer buffer;
  buffer.fill(0xee);  // whatever was in the caller's buffer must not show
  const std::size_t size = encode(packet, buffer);
  return {buffer.begin(), buffer.begin() + static_cast<std::ptrdiff_t>(size)};
}

/// A packet as it is written out octet by octet in table 4-1, three slots long.
std::vector<std::uint8_t> example_bytes() {
  std::vector<std::uint8_t> bytes = {0x00, 0x10, 0x00, 0x00, 0x41, 0x53, 0x43, 0x2d, 0x45, 0x31, 0x2e,
                                     0x31, 0x37, 0x00, 0x00, 0x00, 0x70, 0x71, 0x00, 0x00, 0x00, 0x04};
  bytes.insert(bytes.end(), kCid.begin(), kCid.end());
  bytes.insert(bytes.end(), {0x70, 0x5b, 0x00, 0x00, 0x00, 0x02});
  std::string name = "Villa";
  name.resize(64, '\0');
  bytes.insert(bytes.end(), name.begin(), name.end());
  bytes.insert(bytes.end(), {0x64, 0x00, 0x00, 0x2a, 0x00, 0x01, 0x2c});
  bytes.insert(bytes.end(), {0x70, 0x0e, 0x02, 0xa1, 0x00, 0x00, 0x00, 0x01, 0x00, 0x04, 0x00, 0x07, 0x80, 0xff});
  return bytes;
}

constexpr std::array<std::uint8_t, 3> kThreeSlots = {7, 128, 255};

DataPacket example() {
  DataPacket packet;
  packet.cid = kCid;
  packet.source_name = "Villa";
  packet.sequence = 42;
  packet.universe = 300;
  packet.slots = kThreeSlots;
  return packet;
}

TEST(SacnPacket, IsTheStandardsOctets) { EXPECT_EQ(encoded(example()), example_bytes()); }

TEST(SacnPacket, ReadsTheStandardsOctets) {
  const auto bytes = example_bytes();
  const auto packet = decode(bytes);
  ASSERT_TRUE(packet) << packet.error().message;
  EXPECT_EQ(*packet, example());
}

TEST(SacnPacket, OptionsAreTheirOwnBits) {
  DataPacket packet = example();
  packet.preview = true;
  EXPECT_EQ(encoded(packet)[112], 0x80);
  packet = example();
  packet.terminated = true;
  EXPECT_EQ(encoded(packet)[112], 0x40);
  packet = example();
  packet.force_synchronization = true;
  EXPECT_EQ(encoded(packet)[112], 0x20);
}

TEST(SacnPacket, AFullUniverseFillsTheLargestPacket) {
  const std::array<std::uint8_t, kSlotsMax> slots{};
  DataPacket packet = example();
  packet.slots = slots;
  const auto bytes = encoded(packet);
  ASSERT_EQ(bytes.size(), 638u);
  EXPECT_EQ(bytes[16], 0x72);  // 0x26e = 638 - 16
  EXPECT_EQ(bytes[17], 0x6e);
}

TEST(SacnPacket, CutsALongNameBetweenCharacters) {
  const std::string name = std::string(62, 'a') + "\xc3\xa9";  // 64 bytes, the last two are one character
  DataPacket packet = example();
  packet.source_name = name;
  const auto bytes = encoded(packet);
  const auto read = decode(bytes);
  ASSERT_TRUE(read) << read.error().message;
  EXPECT_EQ(read->source_name, std::string(62, 'a'));
}

struct Damage {
  std::size_t at;
  std::uint8_t value;
  const char* complaint;
};

TEST(SacnPacket, RefusesWhatTheStandardDoesNotAllow) {
  const std::vector<Damage> damages = {
      {1, 0x11, "preamble"},
      {12, '8', "preamble"},
      {17, 0x72, "root layer's length"},
      {16, 0x60, "root"},
      {21, 0x08, "root layer"},
      {39, 0x5c, "framing layer's length"},
      {43, 0x01, "framing layer"},
      {108, 201, "priority"},
      {109, 0xfa, "synchronization"},
      {113, 0xfa, "universe"},
      {116, 0x0f, "DMP"},
      {117, 0x01, "DMP"},
      {118, 0xa2, "DMP"},
      {120, 0x01, "DMP"},
      {122, 0x02, "DMP"},
      {124, 0x05, "property count"},
      {125, 0xdd, "start code"},
  };
  for (const Damage& damage : damages) {
    auto bytes = example_bytes();
    bytes[damage.at] = damage.value;
    const auto packet = decode(bytes);
    ASSERT_FALSE(packet) << "octet " << damage.at;
    EXPECT_THAT(packet.error().message, HasSubstr(damage.complaint)) << "octet " << damage.at;
  }
}

TEST(SacnPacket, RefusesUniverseZeroAndANameWithoutEnd) {
  auto bytes = example_bytes();
  bytes[113] = bytes[114] = 0;
  EXPECT_FALSE(decode(bytes));
  bytes = example_bytes();
  std::fill_n(bytes.begin() + 44, 64, std::uint8_t{'n'});
  EXPECT_FALSE(decode(bytes));
}

TEST(SacnPacket, RefusesEveryTruncationAndEveryTail) {
  const auto whole = example_bytes();
  for (std::size_t size = 0; size < whole.size(); ++size)
    EXPECT_FALSE(decode(std::span(whole).first(size))) << size << " octets";
  for (const std::size_t size : {whole.size() + 1, kPacketSizeMax + 1}) {
    auto longer = whole;
    longer.resize(size);
    EXPECT_FALSE(decode(longer)) << size << " octets";
  }
}

TEST(SacnPacket, UniversesHaveTheirOwnGroups) {
  using Group = std::array<std::uint8_t, 4>;
  EXPECT_EQ(multicast_group(1), (Group{239, 255, 0, 1}));
  EXPECT_EQ(multicast_group(256), (Group{239, 255, 1, 0}));
  EXPECT_EQ(multicast_group(kUniverseMax), (Group{239, 255, 0xf9, 0xff}));
}

RC_GTEST_PROP(SacnPacket, WhatIsWrittenIsRead, ()) {
  const auto name = *rc::gen::container<std::string>(rc::gen::inRange('a', 'z'));
  const auto size = *rc::gen::inRange<std::size_t>(0, kSlotsMax + 1);
  const auto slots = *rc::gen::container<std::vector<std::uint8_t>>(size, rc::gen::arbitrary<std::uint8_t>());
  DataPacket packet;
  packet.cid = *rc::gen::arbitrary<Cid>();
  packet.source_name = std::string_view(name).substr(0, kSourceNameMax);
  packet.priority = static_cast<std::uint8_t>(*rc::gen::inRange(0, kPriorityMax + 1));
  packet.synchronization = static_cast<std::uint16_t>(*rc::gen::inRange(0, kUniverseMax + 1));
  packet.sequence = *rc::gen::arbitrary<std::uint8_t>();
  packet.preview = *rc::gen::arbitrary<bool>();
  packet.terminated = *rc::gen::arbitrary<bool>();
  packet.force_synchronization = *rc::gen::arbitrary<bool>();
  packet.universe = static_cast<std::uint16_t>(*rc::gen::inRange(1, kUniverseMax + 1));
  packet.slots = slots;

  const auto bytes = encoded(packet);
  const auto read = decode(bytes);
  RC_ASSERT(static_cast<bool>(read));
  RC_ASSERT(*read == packet);
}

}  // namespace
}  // namespace candela::sacn
