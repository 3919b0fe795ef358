#include "protocols/qs/message.h"

#include <gtest/gtest.h>
#include <rapidcheck/gtest.h>

#include "protocols/qs/test_bytes.h"

namespace candela::qs {
namespace {

using namespace std::chrono_literals;

TEST(QsMessage, LevelsComeBack) {
  const GoToLevel sent{0x00ABCDEF, 3, Level::from_percent(40), 2500ms};
  const auto read = as_go_to_level(to_command(sent));
  ASSERT_TRUE(read);
  EXPECT_EQ(read->serial, sent.serial);
  EXPECT_EQ(read->component, 3);
  EXPECT_EQ(read->level, sent.level);
  EXPECT_EQ(read->fade, 2500ms);
}

TEST(QsMessage, FadesHaveQuarterSecondsAndAnEnd) {
  const auto through = [](Duration fade) {
    return as_go_to_level(to_command(GoToLevel{1, 0, Level::full(), fade}))->fade;
  };
  EXPECT_EQ(through(124ms), 0ms);
  EXPECT_EQ(through(126ms), 250ms);
  EXPECT_EQ(through(-1s), 0ms);
  EXPECT_EQ(through(4h), 4h);
  EXPECT_EQ(through(5h), 0xFFFF * Duration(250ms));
}

TEST(QsMessage, LedsAreNotLevels) {
  for (const LedState state : {LedState::off, LedState::on, LedState::flash, LedState::rapid_flash}) {
    const Command command = to_command(SetKeypadLed{7, 19, state});
    EXPECT_FALSE(as_go_to_level(command));
    const auto read = as_set_led(command);
    ASSERT_TRUE(read);
    EXPECT_EQ(read->position, 19);
    EXPECT_EQ(read->state, state);
  }
  EXPECT_FALSE(as_set_led(to_command(GoToLevel{7, 255, Level::full(), 0s})));
  EXPECT_EQ(as_go_to_level(to_command(GoToLevel{7, 255, Level::full(), 0s}))->component, 255);
}

TEST(QsMessage, TiltsAreNeitherLevelsNorLeds) {
  const Command command = to_command(GoToTilt{7, 255, Level::from_percent(25), 1500ms});
  EXPECT_FALSE(as_go_to_level(command));
  EXPECT_FALSE(as_set_led(command));
  const auto read = as_go_to_tilt(command);
  ASSERT_TRUE(read);
  EXPECT_EQ(read->serial, 7u);
  EXPECT_EQ(read->output, 255);
  EXPECT_EQ(read->tilt, Level::from_percent(25));
  EXPECT_EQ(read->fade, 1500ms);
  EXPECT_FALSE(as_go_to_tilt(to_command(SetKeypadLed{7, 255, LedState::on})));
}

TEST(QsMessage, ShortCommandsAreRefused) {
  Command command = to_command(GoToLevel{7, 1, Level::full(), 0s});
  command.params = Bytes(command.params.view().first(5));
  EXPECT_FALSE(as_go_to_level(command));
  EXPECT_FALSE(as_set_led(command));
  EXPECT_FALSE(as_go_to_tilt(command));
  EXPECT_FALSE(as_assign({7, Mode::device, code::kAssign, Bytes().u32(0)}));
  EXPECT_FALSE(as_announce({7, Mode::all, code::kAnnounce, Bytes().u16(0)}));
}

TEST(QsMessage, ButtonMovesComeBack) {
  for (const ButtonMove move : {ButtonMove::press, ButtonMove::release, ButtonMove::hold, ButtonMove::multi_tap}) {
    EXPECT_EQ(to_move(to_action(move)), move);
  }
  EXPECT_FALSE(to_move(3));
  EXPECT_FALSE(to_move(0xFF));
}

TEST(QsMessage, Level8KeepsOffAndFullAndIsWithinHalfAStep) {
  EXPECT_EQ(to_level8(Level::off()), 0);
  EXPECT_EQ(to_level8(Level::from_raw(1)), 1);
  EXPECT_EQ(to_level8(Level::full()), 254);
  EXPECT_EQ(from_level8(254), Level::full());
  EXPECT_EQ(from_level8(255), Level::full());
  for (int level = 0; level <= 254; ++level) EXPECT_EQ(to_level8(from_level8(static_cast<std::uint8_t>(level))), level);
}

TEST(QsMessage, AWriterRefusesWhatHasNoRoom) {
  PacketWriter writer(Header{.type = 0x80});
  StatusReport report;
  for (std::uint8_t i = 0; i < 3; ++i) report.add({i, StatusReport::kOutput, StatusReport::kLevel, 0});
  EXPECT_TRUE(writer.add(report));
  EXPECT_FALSE(writer.add(report));
  const Packet packet = writer.finish();
  ItemReader items(packet);
  EXPECT_TRUE(items.next());
  EXPECT_FALSE(items.next());
}

TEST(QsMessage, SeveralItemsInOnePacket) {
  const auto packet = test::packet("800020123406 0004 001b0100 2104 03000301 cc*4 0000");
  ItemReader items(packet);
  const auto first = items.next();
  ASSERT_TRUE(first);
  ASSERT_TRUE(parse_status_report(*first));
  EXPECT_FALSE(parse_button_event(*first));
  const auto second = items.next();
  ASSERT_TRUE(second);
  const auto event = parse_button_event(*second);
  ASSERT_TRUE(event);
  EXPECT_EQ(event->component, 3);
  EXPECT_EQ(event->action, 1);
  EXPECT_FALSE(items.next());
}

TEST(QsMessage, AnItemThatReachesTooFarEndsTheBody) {
  const auto packet = test::packet("800020123406 210f 03000301 cc*10 0000");
  ItemReader items(packet);
  EXPECT_FALSE(items.next());
}

RC_GTEST_PROP(QsMessage, ItemsStayWithinThePacket, (std::vector<std::uint8_t> content, std::uint8_t first)) {
  Packet packet;
  packet.bytes[0] = first;
  packet.size = packet_size(first);
  for (std::size_t i = 1; i < packet.size && i <= content.size(); ++i) packet.bytes[i] = content[i - 1];
  ItemReader items(packet);
  std::size_t used = 0;
  while (const auto item = items.next()) used += 2 + item->data.size();
  RC_ASSERT(used <= (packet.size < kShortSize ? 0 : packet.size - 8));
}

}  // namespace
}  // namespace candela::qs
