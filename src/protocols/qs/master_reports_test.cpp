#include "protocols/qs/master_fixture.h"

namespace candela::qs {
namespace {

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

}  // namespace
}  // namespace candela::qs
