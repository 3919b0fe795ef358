#include "engine/occupancy_fixture.h"

namespace candela::engine {
namespace {

// What goes on over a restart, and over a transfer.

TEST_F(OccupancyTest, ModesAndSwitchedOffSensorsSurviveARestart) {
  const DeviceId sensor = add_sensor();
  const Slot slot = add_group({sensor});
  begin();
  SavedState saved;
  saved.occupancy = {{number(slot), OccupancyMode::disabled}};
  saved.sensors = {{sensor, false}};
  groups_.restore(saved);
  EXPECT_EQ(groups_.mode(slot), OccupancyMode::disabled);
  EXPECT_FALSE(groups_.is_enabled(sensor));
  EXPECT_EQ(groups_.state(slot), kUnknown);
  EXPECT_THAT(says(sensor, true), IsEmpty());
}

/// The lights of whoever sits in the room stay as they are when the processor is restarted.
TEST_F(OccupancyTest, ARestartRunsNothingForWhatIsAsItWas) {
  const DeviceId used_sensor = add_sensor();
  const DeviceId empty_sensor = add_sensor();
  const Slot used = add_group({used_sensor});
  const Slot empty = add_group({empty_sensor});
  const auto restart = [&] {
    begin();
    SavedState saved;
    saved.groups_in_use = {{number(used), true}, {number(empty), false}};
    groups_.restore(saved);
  };
  restart();
  EXPECT_EQ(groups_.state(used), kUnknown);
  EXPECT_THAT(says(used_sensor, true), ElementsAre(Transition{used, kUnknown, kOccupied, Runs::nothing}));
  EXPECT_THAT(says(empty_sensor, false), IsEmpty());
  EXPECT_THAT(wait(minutes(5)), ElementsAre(Transition{empty, kUnknown, kUnoccupied, Runs::nothing}));
  // From then on all is as ever.
  says(used_sensor, false);
  EXPECT_THAT(wait(minutes(5)), ElementsAre(Transition{used, kOccupied, kUnoccupied, Runs::unoccupied}));
  EXPECT_THAT(says(empty_sensor, true), ElementsAre(Transition{empty, kUnoccupied, kOccupied, Runs::occupied}));
}

TEST_F(OccupancyTest, WhoCameOrLeftDuringARestartIsFoundAfterIt) {
  const DeviceId left_sensor = add_sensor();
  const DeviceId entered_sensor = add_sensor();
  const Slot left = add_group({left_sensor});
  const Slot entered = add_group({entered_sensor});
  begin();
  SavedState saved;
  saved.groups_in_use = {{number(left), true}, {number(entered), false}, {OccupancyGroupId{9}, true}};
  groups_.restore(saved);
  EXPECT_THAT(says(left_sensor, false), IsEmpty());
  EXPECT_THAT(says(entered_sensor, true), ElementsAre(Transition{entered, kUnknown, kOccupied, Runs::occupied}));
  EXPECT_THAT(wait(minutes(5)), ElementsAre(Transition{left, kUnknown, kUnoccupied, Runs::unoccupied}));
}

using Transfer = OccupancyTest;

TEST_F(Transfer, CarriesStatesTimeoutsModesAndSensorsOver) {
  const DeviceId a = add_sensor();
  const DeviceId b = add_sensor();
  const Slot first = add_group({a});
  const Slot second = add_group({b});
  begin();
  groups_.set_mode(number(first), OccupancyMode::vacancy);
  says(a, true);
  says(a, false);
  enable(b, false);
  wait(minutes(2));
  // A group more, before the others.
  const Slot other = add_group({});
  std::swap(group(first), group(other));
  EXPECT_THAT(transfer(), IsEmpty());
  EXPECT_EQ(groups_.state(other), kOccupied);
  EXPECT_EQ(groups_.mode(other), OccupancyMode::vacancy);
  EXPECT_EQ(groups_.state(first), kUnknown);
  EXPECT_FALSE(groups_.is_enabled(b));
  EXPECT_EQ(groups_.state(second), kUnknown);
  EXPECT_EQ(groups_.next_due(), now_ + minutes(3));
}

TEST_F(Transfer, AShorterTimeoutRunsFromNowAndALongerOneFromNobody) {
  const DeviceId sensor = add_sensor();
  const Slot slot = add_group({sensor}, minutes(30));
  begin();
  says(sensor, true);
  says(sensor, false);
  wait(minutes(20));
  group(slot).timeout = minutes(5);
  EXPECT_THAT(transfer(), IsEmpty());
  EXPECT_EQ(groups_.next_due(), now_ + minutes(5));
  group(slot).timeout = minutes(60);
  EXPECT_THAT(transfer(), IsEmpty());
  EXPECT_THAT(wait(minutes(40) - seconds(1)), IsEmpty());
  EXPECT_EQ(wait(seconds(1)).size(), 1u);
}

TEST_F(Transfer, RunsNoPreset) {
  const DeviceId sensor = add_sensor();
  const Slot first = add_group({sensor});
  const Slot second = add_group({});
  begin();
  says(sensor, true);
  group(first).sensors.clear();
  group(second).sensors = {sensor};
  EXPECT_THAT(transfer(), ElementsAre(Transition{first, kOccupied, kUnknown, Runs::nothing},
                                      Transition{second, kUnknown, kOccupied, Runs::nothing}));
}

TEST_F(Transfer, KeepsWallsAsTheyAre) {
  const DeviceId sensor = add_sensor();
  const Slot first = add_group({sensor});
  const Slot second = add_group({});
  const ButtonId wall = add_wall({first, second});
  begin();
  contact(wall, false);
  EXPECT_THAT(transfer(), IsEmpty());
  EXPECT_EQ(says(sensor, true).size(), 2u);
  EXPECT_EQ(groups_.state(second), kOccupied);
}

TEST_F(Transfer, AGroupThatComesToAnOpenWallKnowsWhatTheOthersKnow) {
  const DeviceId sensor = add_sensor();
  const Slot first = add_group({sensor});
  const Slot second = add_group({});
  const ButtonId wall = add_wall({first});
  begin();
  contact(wall, false);
  says(sensor, true);
  says(sensor, false);
  wait(minutes(1));
  home_.project().partitions[0].areas.push_back(group(second).area);
  EXPECT_THAT(transfer(), ElementsAre(Transition{second, kUnknown, kOccupied, Runs::nothing}));
  EXPECT_EQ(groups_.next_due(), now_ + minutes(4));
}

}  // namespace
}  // namespace candela::engine
