#include "engine/programs_fixture.h"

namespace candela::engine {
namespace {

// Sequences

TEST_F(Programs, ASequenceTakesItsStepsAndEnds) {
  const ZoneId zone = home_.add_zone(home_.home());
  const SequenceId sequence = home_.add_sequence({{to(zone, 10), 2s}, {to(zone, 20), 3s}, {to(zone, 30), 1s}}, 2);
  const ButtonId button = home_.add_button(StartStopSequence{sequence}, LedLogic::sequence);
  begin();
  auto changes = send(ButtonMoved{button, ButtonMove::press});
  EXPECT_TRUE(view_.is_running(sequence));
  EXPECT_EQ(reads(zone), 10);
  wait(2s);
  EXPECT_EQ(reads(zone), 20);
  wait(3s);
  EXPECT_EQ(reads(zone), 30);
  changes = wait(1s);
  EXPECT_EQ(reads(zone), 10) << "the second round";
  EXPECT_EQ(steps_of(changes[0]).back(), (CauseStep{CauseStep::Kind::sequence_step, sequence.value}));
  wait(6s);
  EXPECT_FALSE(view_.is_running(sequence));
  EXPECT_FALSE(engine_.next_wake());
  EXPECT_EQ(reads(zone), 30);
}

struct Again {
  Sequence::StartedAgain rule;
  double reads;  ///< 1 s after the second start, which is 1 s after the first
  bool runs;
};

TEST_F(Programs, StartedAgainWhileItRuns) {
  for (const Again& row :
       {Again{Sequence::StartedAgain::ignore, 20, true}, Again{Sequence::StartedAgain::restart, 10, true},
        Again{Sequence::StartedAgain::stop, 5, false}}) {
    home_ = HomeBuilder();
    view_ = View();
    const ZoneId zone = home_.add_zone(home_.home());
    const SequenceId sequence = home_.add_sequence({{to(zone, 10), 2s}, {to(zone, 20), 5s}});
    home_.sequence(sequence).started_again = row.rule;
    home_.sequence(sequence).at_stop = to(zone, 5);
    begin();
    send(ControlSequence{sequence, Control::start});
    wait(1s);
    send(ControlSequence{sequence, Control::start});
    wait(1s);
    EXPECT_EQ(reads(zone), row.reads);
    EXPECT_EQ(view_.is_running(sequence), row.runs);
  }
}

TEST_F(Programs, ASequenceGivesWayToPeople) {
  const ZoneId zone = home_.add_zone(home_.home());
  const ZoneId other = home_.add_zone(home_.home());
  const SequenceId sequence = home_.add_sequence({{to(zone, 10), 2s}, {to(zone, 20), 2s}}, 0);
  home_.sequence(sequence).stops_on_command = true;
  begin();
  send(ControlSequence{sequence, Control::start});
  wait(2s);
  set(other, 50);
  EXPECT_TRUE(view_.is_running(sequence));
  set(zone, 77);
  EXPECT_FALSE(view_.is_running(sequence));
  wait(10s);
  EXPECT_EQ(reads(zone), 77);
}

TEST_F(Programs, OneSequenceStopsAnother) {
  const ZoneId zone = home_.add_zone(home_.home());
  const SequenceId first = home_.add_sequence({{to(zone, 10), 2s}}, 0);
  const SequenceId second = home_.add_sequence({{to(zone, 20), 2s}}, 0);
  home_.sequence(second).stops = {first};
  begin();
  send(ControlSequence{first, Control::start});
  send(ControlSequence{second, Control::start});
  EXPECT_FALSE(view_.is_running(first));
  EXPECT_TRUE(view_.is_running(second));
}

TEST_F(Programs, LedsOfASequenceGoOutWithIt) {
  const ButtonId shown = home_.add_button(std::monostate{}, LedLogic::sequence);
  const SequenceId sequence = home_.add_sequence({{doing({SetLed{HomeBuilder::led_of(shown), LedState::flash}}), 5s}});
  begin();
  send(ControlSequence{sequence, Control::start});
  EXPECT_EQ(engine_.led(HomeBuilder::led_of(shown)), LedState::flash);
  wait(5s);
  EXPECT_EQ(engine_.led(HomeBuilder::led_of(shown)), LedState::off);
}

TEST_F(Programs, ASequenceGoesOnOverATransferAndIsStoppedAfterARestart) {
  const ZoneId zone = home_.add_zone(home_.home());
  const SequenceId sequence = home_.add_sequence({{to(zone, 10), 5s}, {to(zone, 20), 5s}});
  begin();
  send(ControlSequence{sequence, Control::start});
  wait(2s);
  send(ActivateProject{home_.build()});
  EXPECT_TRUE(view_.is_running(sequence));
  wait(3s);
  EXPECT_EQ(reads(zone), 20);
  view_ = View();
  begin();
  EXPECT_FALSE(view_.is_running(sequence));
  EXPECT_FALSE(engine_.next_wake());
}

// What calls itself

TEST_F(Programs, AButtonThatPressesItselfIsStopped) {
  const ZoneId zone = home_.add_zone(home_.home());
  const ButtonId button = home_.add_button(std::monostate{}, LedLogic::none);
  home_.button(button).programming = SingleAction{doing({ButtonMoved{button, ButtonMove::press}})};
  begin();
  const auto changes = send(ButtonMoved{button, ButtonMove::press});
  EXPECT_EQ(only<ProgramStopped>(changes).size(), 1U);
  EXPECT_LT(changes.size(), 100U);
  wait(1s);
  set(zone, 40);
  EXPECT_EQ(reads(zone), 40) << "the house goes on";
}

TEST_F(Programs, SequencesThatStartEachOtherWithoutTimePassingAreStopped) {
  const SequenceId a = home_.add_sequence({{}, {}});
  const SequenceId b = home_.add_sequence({{doing({ControlSequence{a, Control::start}}), 0s}});
  home_.sequence(a).steps = {{doing({ControlSequence{b, Control::start}}), 0s}};
  begin();
  const auto changes = send(ControlSequence{a, Control::start});
  EXPECT_EQ(only<ProgramStopped>(changes).size(), 1U);
  wait(1s);
  EXPECT_LT(wait(1h).size(), 10U) << "they do not go on later";
}

TEST_F(Programs, AnEndlessSequenceWithoutWaitsCannotFloodTheHouse) {
  const ZoneId zone = home_.add_zone(home_.home());
  const SequenceId sequence = home_.add_sequence({{to(zone, 10), 0s}, {to(zone, 20), 0s}}, 0);
  begin();
  send(ControlSequence{sequence, Control::start});
  EXPECT_LE(wait(1s).size(), 2U * 11U);
}

}  // namespace
}  // namespace candela::engine
