#include "engine/occupancy_fixture.h"

namespace candela::engine {
namespace {

// Every state, every event, every mode: one group with two sensors, of which one spoke.

enum class Happens { somebody, nobody, timeout, loss, disabling, enabling };

struct Row {
  Occupancy state;
  Happens event;
  Occupancy next;
  Runs runs;  ///< in automatic mode
};

constexpr std::array kRows = {
    Row{kUnknown, Happens::somebody, kOccupied, Runs::occupied},
    Row{kUnknown, Happens::nobody, kUnknown, Runs::nothing},
    Row{kUnknown, Happens::timeout, kUnknown, Runs::nothing},
    Row{kUnknown, Happens::loss, kUnknown, Runs::nothing},
    Row{kUnknown, Happens::disabling, kUnknown, Runs::nothing},
    Row{kUnknown, Happens::enabling, kUnknown, Runs::nothing},
    Row{kOccupied, Happens::somebody, kOccupied, Runs::nothing},
    Row{kOccupied, Happens::nobody, kOccupied, Runs::nothing},
    Row{kOccupied, Happens::timeout, kOccupied, Runs::nothing},
    Row{kOccupied, Happens::loss, kUnknown, Runs::nothing},
    Row{kOccupied, Happens::disabling, kUnknown, Runs::nothing},
    Row{kOccupied, Happens::enabling, kOccupied, Runs::nothing},
    Row{kUnoccupied, Happens::somebody, kOccupied, Runs::occupied},
    Row{kUnoccupied, Happens::nobody, kUnoccupied, Runs::nothing},
    Row{kUnoccupied, Happens::timeout, kUnoccupied, Runs::nothing},
    Row{kUnoccupied, Happens::loss, kUnknown, Runs::nothing},
    Row{kUnoccupied, Happens::disabling, kUnknown, Runs::nothing},
    Row{kUnoccupied, Happens::enabling, kUnoccupied, Runs::nothing},
};

TEST_F(OccupancyTest, EveryStateAndEventAndMode) {
  const DeviceId sensor = add_sensor();
  const Slot slot = add_group({sensor});
  const auto happen = [&](Happens event) {
    switch (event) {
      case Happens::somebody: return says(sensor, true);
      case Happens::nobody: return says(sensor, false);
      case Happens::timeout: return wait(minutes(10));
      case Happens::loss: return lose(sensor);
      case Happens::disabling: return enable(sensor, false);
      case Happens::enabling: return enable(sensor, true);
    }
    return OccupancyGroups::Transitions{};
  };
  for (const OccupancyMode mode : kModes) {
    group(slot).mode = mode;
    for (const Row& row : kRows) {
      SCOPED_TRACE(testing::Message() << "mode " << static_cast<int>(mode) << ", state " << static_cast<int>(row.state)
                                      << ", event " << static_cast<int>(row.event));
      begin();
      if (row.state == kOccupied) says(sensor, true);
      if (row.state == kUnoccupied) {
        says(sensor, false);
        EXPECT_THAT(wait(minutes(5)),
                    ElementsAre(Transition{slot, kUnknown, kUnoccupied, allowed(mode, Runs::unoccupied)}));
      }
      ASSERT_EQ(groups_.state(slot), row.state);
      const auto out = happen(row.event);
      EXPECT_EQ(groups_.state(slot), row.next);
      if (row.next == row.state) {
        EXPECT_THAT(out, IsEmpty());
      } else {
        EXPECT_THAT(out, ElementsAre(Transition{slot, row.state, row.next, allowed(mode, row.runs)}));
      }
    }
  }
}

TEST_F(OccupancyTest, NobodyForTheTimeoutIsUnoccupied) {
  const DeviceId sensor = add_sensor();
  const Slot slot = add_group({sensor});
  begin();
  says(sensor, true);
  EXPECT_EQ(groups_.next_due(), std::nullopt);
  EXPECT_THAT(says(sensor, false), IsEmpty());
  EXPECT_EQ(groups_.next_due(), now_ + minutes(5));
  EXPECT_THAT(wait(minutes(5) - seconds(1)), IsEmpty());
  EXPECT_THAT(wait(seconds(1)), ElementsAre(Transition{slot, kOccupied, kUnoccupied, Runs::unoccupied}));
  EXPECT_EQ(groups_.next_due(), std::nullopt);
}

TEST_F(OccupancyTest, SomebodyAgainStopsTheTimeoutAndTellsNothing) {
  const DeviceId sensor = add_sensor();
  add_group({sensor});
  begin();
  says(sensor, true);
  says(sensor, false);
  wait(minutes(4));
  EXPECT_THAT(says(sensor, true), IsEmpty());
  EXPECT_EQ(groups_.next_due(), std::nullopt);
  EXPECT_THAT(wait(minutes(60)), IsEmpty());
  says(sensor, false);
  EXPECT_EQ(groups_.next_due(), now_ + minutes(5));
}

TEST_F(OccupancyTest, TheSameWordAgainDoesNotProlong) {
  const DeviceId sensor = add_sensor();
  add_group({sensor});
  begin();
  says(sensor, true);
  says(sensor, false);
  const auto due = groups_.next_due();
  wait(minutes(2));
  says(sensor, false);
  EXPECT_EQ(groups_.next_due(), due);
}

TEST_F(OccupancyTest, TheLastOfSeveralSensorsCounts) {
  const DeviceId a = add_sensor();
  const DeviceId b = add_sensor();
  const Slot slot = add_group({a, b});
  begin();
  EXPECT_EQ(says(a, true).size(), 1u);
  EXPECT_THAT(says(b, true), IsEmpty());
  says(a, false);
  EXPECT_EQ(groups_.next_due(), std::nullopt);
  wait(minutes(3));
  says(b, false);
  EXPECT_EQ(groups_.next_due(), now_ + minutes(5));
  wait(minutes(5));
  EXPECT_EQ(groups_.state(slot), kUnoccupied);
}

TEST_F(OccupancyTest, WithoutTimeoutItIsUnoccupiedAtOnce) {
  const DeviceId sensor = add_sensor();
  const Slot slot = add_group({sensor}, Duration::zero());
  begin();
  says(sensor, true);
  EXPECT_THAT(says(sensor, false), ElementsAre(Transition{slot, kOccupied, kUnoccupied, Runs::unoccupied}));
}

TEST_F(OccupancyTest, ContactInputsAreSensors) {
  const ButtonId mat = add_contact();
  const Slot slot = add_group({});
  group(slot).contacts = {mat};
  begin();
  EXPECT_THAT(contact(mat, true), ElementsAre(Transition{slot, kUnknown, kOccupied, Runs::occupied}));
  contact(mat, false);
  wait(minutes(5));
  EXPECT_EQ(groups_.state(slot), kUnoccupied);
  EXPECT_THAT(lose(home_.keypad()), ElementsAre(Transition{slot, kUnoccupied, kUnknown, Runs::nothing}));
}

TEST_F(OccupancyTest, WhoIsLostSaysNothingUntilItSpeaksAgain) {
  const DeviceId a = add_sensor();
  const DeviceId b = add_sensor();
  const Slot slot = add_group({a, b});
  begin();
  says(b, false);
  wait(minutes(30));
  says(a, true);
  EXPECT_THAT(lose(a), IsEmpty());  // b goes on saying "nobody": the timeout runs
  EXPECT_EQ(groups_.next_due(), now_ + minutes(5));
  wait(minutes(5));
  EXPECT_EQ(groups_.state(slot), kUnoccupied);
  EXPECT_EQ(says(a, true).size(), 1u);
}

TEST_F(OccupancyTest, ASwitchedOffSensorIsAsIfItWereNotThere) {
  const DeviceId a = add_sensor();
  const DeviceId b = add_sensor();
  const Slot slot = add_group({a, b});
  begin();
  says(a, false);
  says(b, true);
  EXPECT_THAT(enable(b, false), IsEmpty());
  EXPECT_FALSE(groups_.is_enabled(b));
  EXPECT_THAT(says(b, false), IsEmpty());
  says(b, true);
  wait(minutes(5));
  EXPECT_EQ(groups_.state(slot), kUnoccupied);
  // Its last word counts as soon as it is switched on.
  EXPECT_THAT(enable(b, true), ElementsAre(Transition{slot, kUnoccupied, kOccupied, Runs::occupied}));
  OccupancyGroups::Transitions out;
  EXPECT_FALSE(groups_.enable_sensor(b, true, now_, out));
  EXPECT_FALSE(groups_.enable_sensor(home_.keypad(), false, now_, out));
}

TEST_F(OccupancyTest, InLowLightModeTheDarkestReadingDecides) {
  const DeviceId a = add_sensor();
  const DeviceId b = add_sensor();
  const Slot slot = add_group({a, b}, seconds(1));
  group(slot).mode = OccupancyMode::automatic_low_light;
  group(slot).dark_below = 10;
  begin();
  const auto comes_and_goes = [&] {
    const Runs runs = says(a, true).at(0).runs;
    says(a, false);
    EXPECT_THAT(wait(seconds(1)), ElementsAre(Transition{slot, kOccupied, kUnoccupied, Runs::unoccupied}));
    return runs;
  };
  EXPECT_EQ(comes_and_goes(), Runs::occupied);  // no reading: dark
  groups_.light_reported(a, 10);
  EXPECT_EQ(comes_and_goes(), Runs::nothing);
  groups_.light_reported(b, 9);
  EXPECT_EQ(comes_and_goes(), Runs::occupied);
  enable(b, false);
  EXPECT_EQ(comes_and_goes(), Runs::nothing);
  enable(b, true);
  EXPECT_EQ(comes_and_goes(), Runs::occupied);
  lose(b);
  EXPECT_EQ(comes_and_goes(), Runs::nothing);
}

TEST_F(OccupancyTest, ModesAreSetWhileRunning) {
  const DeviceId sensor = add_sensor();
  const Slot slot = add_group({sensor});
  begin();
  EXPECT_FALSE(groups_.set_mode(number(slot), OccupancyMode::automatic));
  EXPECT_TRUE(groups_.set_mode(number(slot), OccupancyMode::vacancy));
  EXPECT_EQ(groups_.mode(slot), OccupancyMode::vacancy);
  EXPECT_FALSE(groups_.set_mode(OccupancyGroupId{9}, OccupancyMode::vacancy));
  EXPECT_THAT(says(sensor, true), ElementsAre(Transition{slot, kUnknown, kOccupied, Runs::nothing}));
}

TEST_F(OccupancyTest, ASensorThatComesBackRunsNothingForWhatIsAsItWas) {
  const DeviceId sensor = add_sensor();
  const Slot slot = add_group({sensor});
  begin();
  says(sensor, true);
  lose(sensor);
  EXPECT_THAT(says(sensor, true), ElementsAre(Transition{slot, kUnknown, kOccupied, Runs::nothing}));
  says(sensor, false);
  wait(minutes(5));
  lose(sensor);
  EXPECT_THAT(says(sensor, true), ElementsAre(Transition{slot, kUnknown, kOccupied, Runs::occupied}));
}

TEST(OccupancyPresets, RunInTheirWindowAndModes) {
  const Almanac almanac(Location{0, 0, "UTC"});
  const UtcTime noon{std::chrono::sys_days{std::chrono::year{2026} / 3 / 3} + std::chrono::hours(12)};
  const auto at = [](int hour) { return TimeOfDay{TimeOfDay::Kind::fixed, std::chrono::hours(hour)}; };
  const ModeId normal{5};
  OccupancyPreset preset;
  EXPECT_TRUE(runs_now(preset, almanac, noon, normal));
  preset.modes = {ModeId{6}};
  EXPECT_FALSE(runs_now(preset, almanac, noon, normal));
  preset.modes.push_back(normal);
  preset.from = at(22);
  preset.to = at(6);
  EXPECT_FALSE(runs_now(preset, almanac, noon, normal));
  EXPECT_TRUE(runs_now(preset, almanac, noon + std::chrono::hours(11), normal));
}

}  // namespace
}  // namespace candela::engine
