#include "protocols/qs/master_fixture.h"

namespace candela::qs {
namespace {

TEST_F(QsMaster, ASilentDeviceIsReportedWithinThreeSecondsAndComesBackWithNewLevels) {
  start();
  master_.set_level(0, 1, to(80), now_);
  settle();
  for (const Duration phase : {1ms, 300ms, 999ms}) {
    pass(phase);
    silent_.insert(kDimmer);
    pass(3s);
    EXPECT_EQ(heard(), Strings{"lost 0 silent"});
    written_.clear();
    master_.set_level(0, 1, to(25), now_);
    pass(10s);
    EXPECT_TRUE(written_levels().empty());
    EXPECT_TRUE(heard().empty());
    silent_.clear();
    pass(1s);
    EXPECT_EQ(heard(), Strings{"present 0"});
    EXPECT_EQ(written_levels(), Strings{"1: 25 in 0 ms"});
    EXPECT_EQ(levels_[0].level, Level::from_percent(25));
  }
}

TEST_F(QsMaster, OneLostAnswerIsNoLoss) {
  start();
  for (int i = 0; i < 5; ++i) {
    silent_.insert(kKeypad);
    pass(1s);
    silent_.clear();
    pass(1s);
  }
  EXPECT_TRUE(heard().empty());
}

TEST_F(QsMaster, ALinkWithoutAnybodySaysSo) {
  silent_ = {kDimmer, kKeypad};
  master_.open(now_);
  settle();
  pass(3s);
  EXPECT_EQ(heard(), (Strings{"lost 0 silent", "lost 1 silent", "fault 2"}));
  silent_.clear();
  pass(1s);
  EXPECT_EQ(heard(), (Strings{"present 0", "fault 0", "present 1"}));
}

TEST_F(QsMaster, TwoAnswersFromOneAddressAreADuplicate) {
  start();
  answers_ = 2;
  pass(3s);
  EXPECT_EQ(heard(), Strings{"present 0 duplicate"});
  answers_ = 1;
  pass(3s);
  EXPECT_EQ(heard(), Strings{"present 0"});
}

TEST_F(QsMaster, CorruptedFramesAreReportedAndForgottenAfterFiveCleanRounds) {
  start();
  auto bad = test::frame(to_packet(Ack{}));
  bad[8] ^= 1;
  master_.receive(bad, now_);
  master_.receive(bad, now_);
  EXPECT_TRUE(heard().empty());
  master_.receive(bad, now_);
  EXPECT_EQ(heard(), Strings{"fault 3"});
  pass(4s);
  EXPECT_TRUE(heard().empty());
  pass(3s);
  EXPECT_EQ(heard(), Strings{"fault 0"});
}

TEST_F(QsMaster, AReversedPairIsReportedAndRecovers) {
  silent_ = {kDimmer, kKeypad};
  start();
  PacketWriter writer(Header{.type = 0xB8, .serial = kDimmer});
  ASSERT_TRUE(writer.add(announce(kDimmer, 0)));
  const auto sent = test::frame(writer.finish());
  std::vector<std::uint8_t> seen(sent.size());
  seen.resize(read_reversed(sent, seen));
  master_.receive(seen, now_);
  EXPECT_TRUE(heard().empty());
  pass(1s);
  master_.receive(seen, now_);
  EXPECT_EQ(heard(), Strings{"fault 4"});
  silent_.clear();
  pass(7s);
  EXPECT_EQ(heard().back(), "fault 0");
}

TEST_F(QsMaster, APartOfAFrameDoesNotHoldBackAPress) {
  start();
  auto part = test::frame(status(1, 0, {{0, 1, 0, 0}}));
  part.resize(12);
  master_.receive(part, now_);
  now_ += 60ms;
  press(1, ButtonMove::press);
  EXPECT_EQ(heard(), Strings{"button 1.1 0"});
}

TEST_F(QsMaster, AClosedPortWritesNothingAndLosesEverybody) {
  start();
  master_.close();
  master_.set_level(0, 1, to(40), now_);
  EXPECT_TRUE(master_.output().empty());
  pass(3s);
  EXPECT_EQ(heard(), (Strings{"lost 0 silent", "lost 1 silent", "fault 2"}));
  master_.open(now_);
  settle();
  EXPECT_EQ(levels_[0].level, Level::from_percent(40));
}

}  // namespace
}  // namespace candela::qs
