#include "protocols/qs/frame.h"

#include <gtest/gtest.h>
#include <rapidcheck/gtest.h>

#include "protocols/qs/crc.h"
#include "protocols/qs/test_bytes.h"

namespace candela::qs {
namespace {

using Stream = std::vector<std::uint8_t>;

const Packet kAck = test::packet("0b05002355");
const Packet kPress = test::packet("880000112233210403000200cccccccccccccccccccc090e");
const Packet kLong = test::packet("a201a1123400210f0000abcdeffe065000050400010003 cc*28 e18a");

Stream joined(std::initializer_list<Stream> parts) {
  Stream all;
  for (const auto& part : parts) all.insert(all.end(), part.begin(), part.end());
  return all;
}

std::vector<Packet> decode(Decoder& decoder, std::span<const std::uint8_t> bytes) {
  std::vector<Packet> packets;
  while (auto packet = decoder.next(bytes)) packets.push_back(*packet);
  return packets;
}

TEST(QsFrame, HasPreamblePacketAndTail) { EXPECT_EQ(test::frame(kAck), test::bytes("555555 ff fade 0b05002355 f0")); }

TEST(QsFrame, FirstByteTellsTheLength) {
  EXPECT_EQ(packet_size(0x00), 5u);
  EXPECT_EQ(packet_size(0x3F), 5u);
  EXPECT_EQ(packet_size(0x40), 24u);
  EXPECT_EQ(packet_size(0x9F), 24u);
  EXPECT_EQ(packet_size(0xA0), 53u);
  EXPECT_EQ(packet_size(0xBF), 53u);
  EXPECT_EQ(packet_size(0xC0), 24u);
  EXPECT_EQ(packet_size(0xFF), 24u);
}

TEST(QsDecoder, FindsFramesOfEveryLengthAmongNoise) {
  Decoder decoder;
  const Stream stream = joined({test::bytes("00 fa 13 de"), test::frame(kPress), test::frame(kAck),
                                test::bytes("fa fa f0"), test::frame(kLong), test::frame(kAck)});
  EXPECT_EQ(decode(decoder, stream), (std::vector{kPress, kAck, kLong, kAck}));
  EXPECT_EQ(decoder.errors(), 0);
}

TEST(QsDecoder, ADamagedFrameCostsOnlyItself) {
  for (std::size_t damaged = kPreamble.size(); damaged < test::frame(kPress).size() - 1; ++damaged) {
    Decoder decoder;
    Stream bad = test::frame(kPress);
    bad[damaged] ^= 0x04;
    const auto packets = decode(decoder, joined({bad, test::frame(kAck), test::frame(kLong), test::frame(kLong)}));
    EXPECT_EQ(packets, (std::vector{kAck, kLong, kLong})) << "byte " << damaged;
    EXPECT_EQ(decoder.errors(), 1) << "byte " << damaged;
  }
}

TEST(QsDecoder, ALostByteCostsOnlyItsFrame) {
  const Stream whole = test::frame(kLong);
  for (std::size_t lost = kPreamble.size(); lost < whole.size() - 1; ++lost) {
    Decoder decoder;
    Stream cut = whole;
    cut.erase(cut.begin() + static_cast<std::ptrdiff_t>(lost));
    const auto packets = decode(decoder, joined({cut, test::frame(kPress), test::frame(kPress)}));
    EXPECT_EQ(packets, (std::vector{kPress, kPress})) << "byte " << lost;
  }
}

TEST(QsDecoder, ACutFrameDoesNotHoldBackTheNextOnes) {
  Decoder decoder;
  Stream half = test::frame(kLong);
  half.resize(20);
  EXPECT_TRUE(decode(decoder, joined({half, test::frame(kAck)})).empty());
  EXPECT_TRUE(decoder.holds_part());
  decoder.end_of_burst();
  EXPECT_EQ(decode(decoder, {}), std::vector{kAck});
  EXPECT_EQ(decoder.errors(), 1);
  EXPECT_FALSE(decoder.holds_part());
}

TEST(QsDecoder, ErrorsStayAt255) {
  Decoder decoder;
  Stream bad = test::frame(kAck);
  bad[8] ^= 1;
  for (int i = 0; i < 300; ++i) decode(decoder, bad);
  EXPECT_EQ(decoder.errors(), 255);
  decoder.clear_counts();
  EXPECT_EQ(decoder.errors(), 0);
}

TEST(QsReversedPair, TheFrameStartIsUnmistakable) {
  Stream seen(kPreamble.size() + 2);
  const Stream sent = joined({Stream(kPreamble.begin(), kPreamble.end()), {0x80, 0x00}});
  seen.resize(read_reversed(sent, seen));
  ASSERT_GE(seen.size(), 6u);
  seen.resize(6);
  EXPECT_EQ(seen, test::bytes("555555 00 81 88"));
}

TEST(QsReversedPair, IsCountedAndGivesNoPackets) {
  Decoder decoder;
  for (const Packet& packet : {kAck, kPress, kLong}) {
    const Stream sent = test::frame(packet);
    Stream seen(sent.size());
    seen.resize(read_reversed(sent, seen));
    EXPECT_TRUE(decode(decoder, seen).empty());
  }
  EXPECT_EQ(decoder.reversed(), 3);
  decode(decoder, test::frame(kPress));
  EXPECT_EQ(decoder.reversed(), 3);
}

Packet random_packet(const Stream& content, std::uint8_t first) {
  Packet packet;
  packet.bytes[0] = first;
  packet.size = packet_size(first);
  for (std::size_t i = 1; i < packet.size; ++i) packet.bytes[i] = content.empty() ? 0 : content[i % content.size()];
  packet.seal();
  return packet;
}

RC_GTEST_PROP(QsDecoder, AnyPacketComesThrough, (const Stream& content, std::uint8_t first)) {
  Decoder decoder;
  const Packet packet = random_packet(content, first);
  RC_ASSERT(decode(decoder, test::frame(packet)) == std::vector{packet});
}

RC_GTEST_PROP(QsDecoder, PiecesDoNotMatter, (const std::vector<Stream>& noise, std::uint8_t first)) {
  Stream stream;
  for (const Stream& part : noise) {
    stream.insert(stream.end(), part.begin(), part.end());
    const Stream frame = test::frame(random_packet(part, first));
    // Some frames lose their end, so that packets are found within others.
    const auto kept = part.size() % 3 == 0 ? frame.size() / 2 : frame.size();
    stream.insert(stream.end(), frame.begin(), frame.begin() + static_cast<std::ptrdiff_t>(kept));
  }
  Decoder at_once;
  const auto expected = decode(at_once, stream);
  Decoder in_pieces;
  std::vector<Packet> packets;
  std::span<const std::uint8_t> rest = stream;
  while (!rest.empty()) {
    const auto size = *rc::gen::inRange<std::size_t>(1, rest.size() + 1);
    for (const Packet& packet : decode(in_pieces, rest.first(size))) packets.push_back(packet);
    rest = rest.subspan(size);
  }
  RC_ASSERT(packets == expected);
  RC_ASSERT(in_pieces.errors() == at_once.errors());
}

}  // namespace
}  // namespace candela::qs
