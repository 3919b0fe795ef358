#include "protocols/qs/master.h"

#include <gtest/gtest.h>

#include <algorithm>
#include <map>
#include <set>
#include <string>

#include "protocols/qs/test_bytes.h"

namespace candela::qs {
namespace {

using namespace std::chrono_literals;

constexpr std::uint32_t kDimmer = 0x00C10001;
constexpr std::uint32_t kKeypad = 0x00C10002;
constexpr std::uint16_t kLink = 7;

/// The devices of the tests, as plain as can be: two dimmed outputs at address 1 and two buttons at address 2.
/// What the master writes goes straight to them, their answers straight back.
class QsMaster : public testing::Test, public Listener {
 protected:
  QsMaster() {
    // Levels and LEDs that were acknowledged, by serial and component.
    master_.set_devices(kTable, now_);
  }

  void on_button(std::size_t device, std::uint8_t position, ButtonMove move) override {
    heard_.push_back("button " + std::to_string(device) + "." + std::to_string(position) + " " +
                     std::to_string(static_cast<int>(move)));
  }
  void on_level(std::size_t device, std::uint8_t output, Level level) override {
    heard_.push_back("level " + std::to_string(device) + "." + std::to_string(output) + " " +
                     std::to_string(level.whole_percent()));
  }
  void on_tilt(std::size_t device, std::uint8_t output, Level tilt) override {
    heard_.push_back("tilt " + std::to_string(device) + "." + std::to_string(output) + " " +
                     std::to_string(tilt.whole_percent()));
  }
  void on_occupancy(std::size_t device, bool occupied) override {
    heard_.push_back((occupied ? "occupied " : "vacant ") + std::to_string(device));
  }
  void on_light(std::size_t device, std::uint16_t lux) override {
    heard_.push_back("light " + std::to_string(device) + " " + std::to_string(lux));
  }
  void on_contact(std::size_t device, std::uint8_t position, bool closed, bool moved) override {
    heard_.push_back((closed ? "closed " : "open ") + std::to_string(device) + "." + std::to_string(position) +
                     (moved ? " moved" : ""));
  }
  void on_presence(std::size_t device, bool present, DeviceFault fault) override {
    const char* faults[] = {"", " silent", " duplicate"};
    heard_.push_back((present ? "present " : "lost ") + std::to_string(device) + faults[static_cast<int>(fault)]);
  }
  void on_link_fault(LinkFault fault) override { heard_.push_back("fault " + std::to_string(static_cast<int>(fault))); }

  /// Carries bytes to and fro until nobody has anything to say.
  void settle() {
    while (!master_.output().empty()) {
      std::span<const std::uint8_t> bytes = master_.output();
      while (const auto packet = decoder_.next(bytes)) on_master_packet(*packet);
      master_.consumed(master_.output().size(), now_);
      const auto answer = std::exchange(answer_, {});
      master_.receive(answer, now_);
    }
  }

  void on_master_packet(const Packet& packet) {
    const auto header = *parse_header(packet);
    EXPECT_EQ(header.link, kLink);
    ItemReader items(packet);
    const auto command = parse_command(*items.next());
    ASSERT_TRUE(command);
    written_.push_back(*command);
    if (command->code == code::kStatusRequest) return answer_round(header.sequence);
    if (silent_.contains(command->object) || deaf_ > 0) {
      --deaf_;
      return;
    }
    if (const auto level = as_go_to_level(*command)) levels_[level->component] = *level;
    say(to_packet(Ack{.sequence = header.sequence}));
  }

  void answer_round(std::uint8_t sequence) {
    ++rounds_;
    if (!silent_.contains(kDimmer)) {
      for (int i = 0; i < answers_; ++i) say(dimmer_status(sequence));
    }
    if (!silent_.contains(kKeypad)) say(status(2, sequence, {{0, StatusReport::kKeypad, 0, 0}}));
  }

  Packet dimmer_status(std::uint8_t sequence) {
    const auto level = [this](std::uint16_t output) {
      return StatusReport::Entry{static_cast<std::uint8_t>(output), StatusReport::kOutput, StatusReport::kLevel,
                                 to_level8(levels_[output].level)};
    };
    return status(1, sequence, {level(0), level(1)});
  }

  static Packet status(std::uint8_t address, std::uint8_t sequence,
                       std::initializer_list<StatusReport::Entry> entries) {
    StatusReport report;
    for (const auto& entry : entries) report.add(entry);
    PacketWriter writer(Header{.type = 0x80, .sequence = sequence, .link = kLink, .source = address});
    EXPECT_TRUE(writer.add(report));
    return writer.finish();
  }

  void say(const Packet& packet) {
    const auto frame = test::frame(packet);
    answer_.insert(answer_.end(), frame.begin(), frame.end());
  }

  void press(std::uint16_t component, ButtonMove move) {
    PacketWriter writer(Header{.type = 0x88, .serial = kKeypad});
    EXPECT_TRUE(writer.add(ButtonEvent{component, to_action(move), std::nullopt}));
    master_.receive(test::frame(writer.finish()), now_);
  }

  void start() {
    master_.open(now_);
    settle();
    heard_.clear();
    written_.clear();
  }

  /// Time passes, stopping wherever the master wants to act.
  void pass(Duration time) {
    const MonoTime end = now_ + time;
    while (master_.next_wake() <= end) {
      now_ = std::max(now_, master_.next_wake());
      master_.wake(now_);
      settle();
    }
    now_ = end;
  }

  Fade to(double percent, Duration fade = 0s) const { return {Level::off(), Level::from_percent(percent), now_, fade}; }
  /// What was heard since the last time.
  std::vector<std::string> heard() { return std::exchange(heard_, {}); }
  /// The levels written since the last time, as "output: percent over seconds".
  std::vector<std::string> written_levels() {
    std::vector<std::string> out;
    for (const Command& command : std::exchange(written_, {})) {
      if (const auto level = as_go_to_level(command)) {
        out.push_back(std::to_string(level->component + 1) + ": " + std::to_string(level->level.whole_percent()) +
                      " in " + std::to_string(level->fade.count() / 1000) + " ms");
      }
    }
    return out;
  }

  using Strings = std::vector<std::string>;
  static constexpr DeviceEntry kTable[] = {{kDimmer, 1, 2, 0}, {kKeypad, 2, 0, 0b110}};

  MonoTime now_{1h};
  Decoder decoder_;
  std::vector<std::uint8_t> answer_;
  std::vector<Command> written_;
  std::vector<std::string> heard_;
  std::map<std::uint16_t, GoToLevel> levels_;
  std::set<std::uint32_t> silent_;
  int deaf_ = 0;     ///< so many messages are lost
  int answers_ = 1;  ///< how often the dimmer answers a request
  int rounds_ = 0;
  Master master_{{.link = kLink}, *this};
};

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

TEST_F(QsMaster, ButtonsAreHeard) {
  start();
  press(1, ButtonMove::press);
  press(1, ButtonMove::release);
  press(2, ButtonMove::hold);
  EXPECT_EQ(heard(), (Strings{"button 1.1 0", "button 1.1 1", "button 1.2 2"}));
}

TEST_F(QsMaster, SensorsAreHeardWhenTheyHaveNews) {
  using Report = StatusReport;
  const auto report = [&](std::uint8_t sequence, std::uint8_t occupied, std::uint8_t high, std::uint8_t low) {
    master_.receive(test::frame(status(2, sequence,
                                       {{0, Report::kSensor, Report::kOccupied, occupied},
                                        {0, Report::kSensor, Report::kLightHigh, high},
                                        {0, Report::kSensor, Report::kLightLow, low}})),
                    now_);
  };
  start();
  report(0, 0, 0, 200);
  EXPECT_EQ(heard(), (Strings{"vacant 1", "light 1 200"}));
  report(9, 0, 0, 200);
  EXPECT_EQ(heard(), Strings{});
  report(0, 1, 4, 1);
  EXPECT_EQ(heard(), (Strings{"occupied 1", "light 1 1025"}));
  master_.set_devices(kTable, now_);
  report(9, 1, 4, 1);
  EXPECT_EQ(heard(), (Strings{"occupied 1", "light 1 1025"}));
  silent_.insert(kKeypad);
  pass(5s);
  silent_.clear();
  pass(1s);
  report(9, 1, 4, 1);
  EXPECT_EQ(heard(), (Strings{"lost 1 silent", "present 1", "occupied 1", "light 1 1025"}));
}

TEST_F(QsMaster, ContactsMoveWhenTheyWereOtherwiseBefore) {
  const auto report = [&](std::uint8_t position, std::uint8_t closed) {
    master_.receive(test::frame(status(2, 9, {{position, StatusReport::kInput, StatusReport::kClosed, closed}})), now_);
  };
  start();
  report(3, 1);
  report(3, 1);
  report(3, 0);
  report(32, 1);  // there is no such input
  EXPECT_EQ(heard(), (Strings{"closed 1.3", "open 1.3 moved"}));
  silent_.insert(kKeypad);
  pass(5s);
  silent_.clear();
  pass(1s);
  heard();
  report(3, 0);
  EXPECT_EQ(heard(), Strings{"open 1.3"});
}

TEST_F(QsMaster, AContactThatSpeaksBeforeItIsAskedHasMoved) {
  const auto report = [&](std::uint8_t sequence, std::uint8_t closed) {
    master_.receive(test::frame(status(2, sequence, {{3, StatusReport::kInput, StatusReport::kClosed, closed}})), now_);
  };
  start();
  report(0, 1);
  report(0, 1);
  report(9, 1);
  report(0, 0);
  EXPECT_EQ(heard(), (Strings{"closed 1.3 moved", "open 1.3 moved"}));
}

TEST_F(QsMaster, TiltsAreToldAndHeardAsLevelsAre) {
  start();
  master_.set_tilt(0, 2, to(50, 2s), now_);
  master_.set_tilt(0, 3, to(50), now_);  // there is no such output
  settle();
  std::vector<GoToTilt> told;
  for (const Command& command : written_) {
    if (const auto tilt = as_go_to_tilt(command)) told.push_back(*tilt);
  }
  ASSERT_EQ(told.size(), 1u);
  EXPECT_EQ(told[0].output, 1);
  EXPECT_EQ(told[0].tilt, Level::from_percent(50));
  EXPECT_EQ(told[0].fade, 2s);
  pass(5s);
  const auto report = [&](std::uint8_t tilt) {
    master_.receive(test::frame(status(1, 0, {{1, StatusReport::kOutput, StatusReport::kTilt, tilt}})), now_);
  };
  report(127);
  EXPECT_EQ(heard(), Strings{});
  report(254);
  report(254);
  EXPECT_EQ(heard(), Strings{"tilt 0.2 100"});
  // What it did by itself it need not be told.
  master_.note_tilt(0, 2, to(100));
  written_.clear();
  settle();
  EXPECT_TRUE(written_.empty());
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

TEST_F(QsMaster, ADimmersOwnDoingIsReportedUntilTheHouseTakesIt) {
  start();
  levels_[1].level = Level::from_percent(60);
  pass(3s);
  EXPECT_EQ(heard(), (Strings{"level 0.2 60", "level 0.2 60", "level 0.2 60"})) << "once a round";
  master_.note_level(0, 2, to(60));
  pass(3s);
  EXPECT_TRUE(heard().empty());
  EXPECT_TRUE(written_levels().empty());
  master_.receive(test::frame(dimmer_status(0)), now_);
  EXPECT_TRUE(heard().empty());
}

TEST_F(QsMaster, APaddleIsHeardEvenDuringAFade) {
  start();
  master_.set_level(0, 1, to(100, 10s), now_);
  settle();
  now_ += 2s;
  levels_[0].level = Level::off();
  master_.receive(test::frame(dimmer_status(0)), now_);
  EXPECT_EQ(heard(), Strings{"level 0.1 0"});
}

TEST_F(QsMaster, AnswersOnTheWayToALevelAreNoNews) {
  start();
  master_.set_level(0, 1, to(100, 10s), now_);
  settle();
  levels_[0].level = Level::from_percent(30);  // as a dimmer would be, half way
  pass(5s);
  EXPECT_TRUE(heard().empty());
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
