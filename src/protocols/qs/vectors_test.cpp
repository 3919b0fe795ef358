#include <gtest/gtest.h>

#include <string>
#include <vector>

#include "protocols/qs/crc.h"
#include "protocols/qs/message.h"
#include "protocols/qs/test_bytes.h"

/// Synthetic packets, made for link 1234, device 00ABCDEF and a hand-held control 00112233: each is written from its
/// meaning and compared byte for byte, then read back and compared with its meaning.
namespace candela::qs {
namespace {

constexpr std::uint32_t kDevice = 0x00ABCDEF;
constexpr std::uint32_t kRemote = 0x00112233;

Header master(std::uint8_t type, std::uint8_t sequence = 1, std::uint8_t flags = 0xA1) {
  return {.type = type, .sequence = sequence, .flags = flags, .link = 0x1234, .source = 0};
}
Header remote(std::uint8_t type) { return {.type = type, .serial = kRemote}; }

Bytes params(std::string_view hex) { return Bytes(test::bytes(hex)); }
Command command(std::uint32_t object, Mode mode, std::uint16_t code, std::string_view hex) {
  return {object, mode, code, params(hex)};
}
Command to_all(std::uint16_t code, std::string_view hex) { return command(kEverybody, Mode::all, code, hex); }
Command to_device(std::uint16_t code, std::string_view hex) { return command(kDevice, Mode::device, code, hex); }

struct CommandVector {
  const char* name;
  Header header;
  Command command;
  const char* hex;
};

void PrintTo(const CommandVector& vector, std::ostream* out) { *out << vector.name; }

class QsCommandVector : public testing::TestWithParam<CommandVector> {};

TEST_P(QsCommandVector, IsWritten) {
  PacketWriter writer(GetParam().header);
  ASSERT_TRUE(writer.add(GetParam().command));
  EXPECT_EQ(writer.finish(), test::packet(GetParam().hex));
}

TEST_P(QsCommandVector, IsRead) {
  const Packet packet = test::packet(GetParam().hex);
  auto bytes = test::frame(packet);
  std::span<const std::uint8_t> rest = bytes;
  const auto found = Decoder().next(rest);
  ASSERT_TRUE(found);
  EXPECT_EQ(parse_header(*found), GetParam().header);
  ItemReader items(*found);
  const auto item = items.next();
  ASSERT_TRUE(item);
  EXPECT_EQ(parse_command(*item), GetParam().command);
  EXPECT_FALSE(items.next());
}

INSTANTIATE_TEST_SUITE_P(
    Synthetic, QsCommandVector,
    testing::Values(CommandVector{"go to 50 %, fade 1 s", master(0x81),
                                  to_command(GoToLevel{kDevice, 0, Level::from_percent(50), std::chrono::seconds(1)}),
                                  "8101a1123400210e0000abcdeffe40027f7f000400008e43"},
                    CommandVector{"activate preset 0x25", master(0x81), command(0x25, Mode::group, 0x4000, "20 0000"),
                                  "8101a1123400210b0000000025ef4000200000cccccc1bac"},
                    CommandVector{"time 17:45:34", master(0x82, 1, 0x41), to_all(0x4801, "11 2d 22"),
                                  "820141123400210b00ffffffffff4801112d22cccccc0ffc"},
                    CommandVector{"date 24 March 2026", master(0x83, 1, 0x41), to_all(0x4802, "18 03 03 07ea"),
                                  "830141123400210d00ffffffffff480218030307eaccff31"},
                    CommandVector{"status request", master(0x82), status_request(),
                                  "8201a1123400210a00ffffffffff09060000ccccccccdc6b"},
                    CommandVector{"beacon, short", master(0x91), to_all(0x0802, "1234 1a 01"),
                                  "9101a1123400210c00ffffffffff080212341a01ccccb729"},
                    CommandVector{"temporary address 1", master(0x92), to_device(0x0817, "1234 1a 01 01"),
                                  "9201a1123400210d0000abcdeffe081712341a0101ccd75b"},
                    CommandVector{"revoke temporary address", master(0x92), to_device(0x0818, ""),
                                  "9201a112340021080000abcdeffe0818cccccccccccc9acc"},
                    CommandVector{"assign address 6", master(0x93), to_command(AssignAddress{kDevice, 0x1234, 6}),
                                  "9301a1123400210d0000abcdeffe080612341a0106cc4136"},
                    CommandVector{"pre-config", master(0x82), to_device(0x0202, "01"),
                                  "8201a112340021090000abcdeffe020201cccccccccc6190"},
                    CommandVector{"end addressing", master(0x91), to_all(0x0804, "1234 1a 01"),
                                  "9101a1123400210c00ffffffffff080412341a01cccc0dc5"},
                    CommandVector{"beacon, any class", master(0xB1), to_all(0x0802, "1234 1a 01 ffffffff"),
                                  "b101a1123400211000ffffffffff080212341a01ffffffff cc*27 785e"},
                    CommandVector{"announce", Header{.type = 0xB8, .serial = kDevice}, announce(kDevice, 0x04340301),
                                  "b80000abcdef211700ffffffffff080500abcdef043403017f000002010801 cc*20 440d"},
                    CommandVector{"association 0", master(0xA1), to_device(0x0670, "00 00112233 0000"),
                                  "a101a1123400210f0000abcdeffe067000001122330000 cc*28 856d"},
                    CommandVector{"record 5", master(0xA2), to_device(0x0650, "0005 04 00010003"),
                                  "a201a1123400210f0000abcdeffe065000050400010003 cc*28 e18a"},
                    CommandVector{"preset of a control: 100 %, 2 s", master(0xA3),
                                  to_device(0x0640, "00112233 00 20 0003 09 02 feff 0008 0000 0000"),
                                  "a301a1123400211a0000abcdeffe064000112233002000030902feff000800000000 cc*17 7951"},
                    CommandVector{"preset 0x25: 100 %, 2 s", master(0xA1),
                                  to_device(0x0640, "00000025 ef 20 0003 09 1b feff 0008 0000 0000"),
                                  "a101a1123400211a0000abcdeffe064000000025ef200003091bfeff000800000000 cc*17 e8fe"},
                    CommandVector{"LED on in both states", master(0xA1), to_device(0x0650, "0004 06 00000000 ffdf"),
                                  "a101a112340021110000abcdeffe065000040600000000ffdf cc*26 8c38"},
                    CommandVector{
                        "local fade 3 s / 5 s", master(0xA1),
                        to_device(0x0650, "0003 11 befe2c00 0c00 1400 02002800 1400011eff"),
                        "a101a1123400211c0000abcdeffe0650000311befe2c000c001400020028001400011eff cc*15 9996"}));

struct ButtonVector {
  const char* name;
  Header header;
  ButtonEvent event;
  const char* hex;
};

void PrintTo(const ButtonVector& vector, std::ostream* out) { *out << vector.name; }

class QsButtonVector : public testing::TestWithParam<ButtonVector> {};

TEST_P(QsButtonVector, IsWritten) {
  PacketWriter writer(GetParam().header);
  ASSERT_TRUE(writer.add(GetParam().event));
  EXPECT_EQ(writer.finish(), test::packet(GetParam().hex));
}

TEST_P(QsButtonVector, IsRead) {
  const Packet packet = test::packet(GetParam().hex);
  EXPECT_EQ(parse_header(packet), GetParam().header);
  ItemReader items(packet);
  const auto item = items.next();
  ASSERT_TRUE(item);
  const auto event = parse_button_event(*item);
  ASSERT_TRUE(event);
  EXPECT_EQ(event->component, GetParam().event.component);
  EXPECT_EQ(event->action, GetParam().event.action);
  EXPECT_EQ(event->stands_for, GetParam().event.stands_for);
}

INSTANTIATE_TEST_SUITE_P(Synthetic, QsButtonVector,
                         testing::Values(ButtonVector{"on pressed",
                                                      remote(0x88),
                                                      {2, 0, std::nullopt},
                                                      "880000112233210403000200cccccccccccccccccccc090e"},
                                         ButtonVector{"on released",
                                                      remote(0x89),
                                                      {2, 1, command(kRemote, Mode::own, 0x4000, "20 0000")},
                                                      "890000112233210e0300020100112233004000200000e437"},
                                         ButtonVector{"raise pressed",
                                                      remote(0x8A),
                                                      {5, 0, command(kRemote, Mode::own, 0x4200, "03")},
                                                      "8a0000112233210c030005000011223300420003cccc05fb"},
                                         ButtonVector{"raise released",
                                                      remote(0x8B),
                                                      {5, 1, command(kRemote, Mode::own, 0x4202, "01 0133")},
                                                      "8b0000112233210e03000501001122330042020101334d64"}));

StatusReport report(std::initializer_list<StatusReport::Entry> entries) {
  StatusReport report;
  for (const auto& entry : entries) report.add(entry);
  return report;
}

TEST(QsVectors, StatusReports) {
  const auto check = [](const Header& header, const StatusReport& meant, const char* hex) {
    PacketWriter writer(header);
    ASSERT_TRUE(writer.add(meant));
    EXPECT_EQ(writer.finish(), test::packet(hex));
    const Packet packet = test::packet(hex);
    ItemReader items(packet);
    const auto item = items.next();
    ASSERT_TRUE(item);
    const auto read = parse_status_report(*item);
    ASSERT_TRUE(read);
    EXPECT_EQ(read->entries, meant.entries);
    EXPECT_EQ(read->count, meant.count);
    EXPECT_EQ(parse_header(packet), header);
  };
  check({.type = 0x88, .serial = kDevice}, report({{0, 0x1B, 0x01, 0xFE}}),
        "880000abcdef0004001b01fecccccccccccccccccccc21d0");
  check({.type = 0x80, .flags = 0x20, .link = 0x1234, .source = 6},
        report({{0, 0x1B, 0x01, 0xFE}, {0, 0x1B, 0x92, 0x6F}}), "8000201234060008001b01fe001b926fcccccccccccc33ef");
}

TEST(QsVectors, Acks) {
  for (const auto& [status, hex] : {std::pair{0x00, "0b05002355"}, std::pair{0xFE, "0b05fe23ab"}}) {
    const Ack ack{.type = 0x0B, .sequence = 5, .status = static_cast<std::uint8_t>(status)};
    EXPECT_EQ(to_packet(ack), test::packet(hex));
    const auto read = parse_ack(test::packet(hex));
    ASSERT_TRUE(read);
    EXPECT_EQ(read->sequence, 5);
    EXPECT_EQ(read->status, status);
  }
}

TEST(QsVectors, CollectionsAreNeitherAcksNorData) {
  const Packet packet = test::packet("c1201234420000fe000000006f0000000000000000003345");
  auto bytes = test::frame(packet);
  std::span<const std::uint8_t> rest = bytes;
  EXPECT_EQ(Decoder().next(rest), packet);
  EXPECT_FALSE(parse_ack(packet));
  EXPECT_FALSE(parse_header(packet));
}

TEST(QsVectors, AnnouncedOnTheWireForm) {
  // Made from the message list of a wired device family; only the component of the level differs from ours.
  const Command select = identify(kDevice);
  PacketWriter writer(master(0x81));
  ASSERT_TRUE(writer.add(select));
  const Packet packet = writer.finish();
  const auto expected = test::bytes("21 09 00 00abcdef fe 0122 01");
  EXPECT_TRUE(std::equal(expected.begin(), expected.end(), packet.bytes.begin() + 6));
}

TEST(QsCrc, KnownValues) {
  const std::string check = "123456789";
  EXPECT_EQ(crc({reinterpret_cast<const std::uint8_t*>(check.data()), check.size()}), 0x1E7C);
  EXPECT_EQ(crc(test::bytes("0b0500")), 0x2355);
  EXPECT_EQ(crc({}), 0);
}

}  // namespace
}  // namespace candela::qs
