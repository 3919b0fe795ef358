#include "protocols/qs/master_fixture.h"

namespace candela::qs {
namespace {

TEST_F(QsMaster, GivesAddressesAndFindsEverybody) {
  master_.open(now_);
  settle();
  EXPECT_EQ(heard(), (Strings{"present 0", "present 1"}));
  std::map<std::uint32_t, int> addresses;
  for (const Command& command : written_) {
    if (const auto assign = as_assign(command)) {
      EXPECT_EQ(assign->link, kLink);
      addresses[assign->serial] = assign->address;
    }
  }
  EXPECT_EQ(addresses, (std::map<std::uint32_t, int>{{kDimmer, 1}, {kKeypad, 2}}));
}

TEST_F(QsMaster, AQuietLinkCostsOneWakeARound) {
  start();
  rounds_ = 0;
  int wakes = 0;
  const MonoTime end = now_ + 60s;
  while (master_.next_wake() < end) {
    now_ = master_.next_wake();
    master_.wake(now_);
    settle();
    ++wakes;
  }
  EXPECT_EQ(rounds_, 59);
  EXPECT_LE(wakes, rounds_ + 1);
  EXPECT_TRUE(heard().empty());
  EXPECT_EQ(written_.size(), static_cast<std::size_t>(rounds_));
}

TEST_F(QsMaster, WhoComesBackIsToldItsTilt) {
  start();
  silent_.insert(kDimmer);
  pass(5s);
  master_.set_tilt(0, 1, to(30), now_);
  written_.clear();
  silent_.clear();
  pass(2s);
  EXPECT_TRUE(std::ranges::any_of(written_, [](const Command& it) { return as_go_to_tilt(it).has_value(); }));
}

TEST_F(QsMaster, ALevelIsToldWithWhatIsLeftOfItsFade) {
  start();
  master_.set_level(0, 2, {Level::off(), Level::full(), now_ - 1s, 3s}, now_);
  settle();
  EXPECT_EQ(written_levels(), Strings{"2: 100 in 2000 ms"});
  pass(10s);
  EXPECT_TRUE(heard().empty());
}

TEST_F(QsMaster, AMessageIsRepeatedUntilItArrives) {
  start();
  deaf_ = 3;
  master_.set_level(0, 1, to(40), now_);
  settle();
  pass(1s);
  EXPECT_EQ(written_levels(), Strings(4, "1: 40 in 0 ms"));
  EXPECT_EQ(levels_[0].level, Level::from_percent(40));
}

TEST_F(QsMaster, OnlyTheNewestLevelIsRepeated) {
  start();
  deaf_ = 1;
  master_.set_level(0, 1, to(40), now_);
  settle();
  master_.set_level(0, 1, to(70), now_);
  settle();
  pass(1s);
  EXPECT_EQ(written_levels(), (Strings{"1: 40 in 0 ms", "1: 70 in 0 ms"}));
}

TEST_F(QsMaster, WaitingLevelsCoalesce) {
  start();
  // Nobody reads the wire: what does not fit waits as one item for each output.
  for (int i = 0; i < 10'000; ++i) {
    master_.set_level(0, 1, to(i % 100 + 0.5), now_);
    now_ += 1ms;
  }
  EXPECT_LE(master_.output().size(), 8192u);
  master_.set_level(0, 1, to(33), now_);
  settle();
  pass(2s);
  EXPECT_EQ(levels_[0].level, Level::from_percent(33));
}

TEST_F(QsMaster, WhatNobodyAcknowledgesIsToldAgainWithTheNextAnswer) {
  start();
  deaf_ = 5;
  master_.set_level(0, 1, to(40), now_);
  settle();
  pass(900ms);
  EXPECT_EQ(written_levels().size(), 5u);
  pass(1s);
  EXPECT_EQ(written_levels(), Strings{"1: 40 in 0 ms"});
  EXPECT_TRUE(heard().empty());
}

TEST_F(QsMaster, ADeviceThatRestartedIsToldEverything) {
  start();
  master_.set_level(0, 1, to(80), now_);
  master_.set_led(1, 2, LedState::on, now_);
  settle();
  written_.clear();
  levels_.clear();
  PacketWriter writer(Header{.type = 0xB8, .serial = kDimmer});
  ASSERT_TRUE(writer.add(announce(kDimmer, 0)));
  master_.receive(test::frame(writer.finish()), now_);
  settle();
  ASSERT_EQ(written_.size(), 2u);
  EXPECT_TRUE(as_assign(written_[0]));
  EXPECT_EQ(levels_[0].level, Level::from_percent(80));
  EXPECT_TRUE(heard().empty());
}

TEST_F(QsMaster, ANewTableKeepsWhoIsThere) {
  start();
  master_.set_level(0, 1, to(80), now_);
  settle();
  written_.clear();
  const DeviceEntry table[] = {{kKeypad, 2, 0, 0b110}, {kDimmer, 1, 2, 0}, {0x00C10003, 3, 1, 0}};
  silent_.insert(0x00C10003);
  master_.set_devices(table, now_);
  pass(4s);
  EXPECT_EQ(heard(), Strings{"lost 2 silent"});
  EXPECT_TRUE(written_levels().empty());
  press(1, ButtonMove::press);
  EXPECT_EQ(heard(), Strings{"button 0.1 0"});
}

TEST_F(QsMaster, StrangersAreIgnored) {
  start();
  master_.receive(test::frame(status(77, 0, {{0, StatusReport::kOutput, StatusReport::kLevel, 9}})), now_);
  PacketWriter writer(Header{.type = 0x88, .serial = 0xDEADBEEF});
  ASSERT_TRUE(writer.add(ButtonEvent{1, 0, std::nullopt}));
  master_.receive(test::frame(writer.finish()), now_);
  master_.set_level(9, 1, to(1), now_);
  master_.set_level(0, 3, to(1), now_);
  master_.set_led(0, 1, LedState::on, now_);
  master_.set_led(1, 200, LedState::on, now_);
  EXPECT_TRUE(heard().empty());
  EXPECT_TRUE(master_.output().empty());
}

}  // namespace
}  // namespace candela::qs
