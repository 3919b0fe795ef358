#include "engine/occupancy.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>
#include <rapidcheck/gtest.h>

#include <algorithm>
#include <array>
#include <map>
#include <string>

#include "engine/home_builder.h"

namespace candela::engine {
namespace {

using std::chrono::minutes;
using std::chrono::seconds;
using testing::ElementsAre;
using testing::IsEmpty;
using Runs = OccupancyGroups::Runs;
using Transition = OccupancyGroups::Transition;

constexpr Occupancy kUnknown = Occupancy::unknown;
constexpr Occupancy kOccupied = Occupancy::occupied;
constexpr Occupancy kUnoccupied = Occupancy::unoccupied;
constexpr Occupancy kPartial = Occupancy::partial;

class OccupancyTest : public testing::Test {
 protected:
  DeviceId add_sensor() {
    Device sensor;
    sensor.number = DeviceId{next_++};
    sensor.id = "sensor-" + std::to_string(sensor.number.value);
    sensor.senses_occupancy = true;
    home_.project().devices.push_back(sensor);
    return sensor.number;
  }
  ButtonId add_contact() {
    const ButtonId contact = home_.add_button({});
    home_.project().buttons.back().contact = true;
    return contact;
  }
  /// A group in an area of its own.
  Slot add_group(std::vector<DeviceId> sensors, Duration timeout = minutes(5), OccupancyGroupId parent = {}) {
    OccupancyGroup group;
    group.number = OccupancyGroupId{next_++};
    group.id = "group-" + std::to_string(group.number.value);
    group.area = home_.add_area(group.id + "-area", home_.home());
    group.parent = parent;
    group.sensors = std::move(sensors);
    group.timeout = timeout;
    home_.project().occupancy_groups.push_back(group);
    return static_cast<Slot>(home_.project().occupancy_groups.size() - 1);
  }
  ButtonId add_wall(const std::vector<Slot>& groups) {
    Partition wall;
    wall.contact = add_contact();
    for (const Slot slot : groups) wall.areas.push_back(group(slot).area);
    home_.project().partitions.push_back(wall);
    return wall.contact;
  }
  OccupancyGroup& group(Slot slot) { return home_.project().occupancy_groups[slot]; }
  OccupancyGroupId number(Slot slot) { return group(slot).number; }

  void begin() { groups_ = OccupancyGroups(home_.build()); }

  OccupancyGroups::Transitions says(DeviceId sensor, bool occupied) {
    out_.clear();
    groups_.sensor_reported(sensor, occupied, now_, out_);
    return out_;
  }
  OccupancyGroups::Transitions contact(ButtonId button, bool closed) {
    out_.clear();
    groups_.contact_reported(button, closed, now_, out_);
    return out_;
  }
  OccupancyGroups::Transitions lose(DeviceId device) {
    out_.clear();
    groups_.lost(device, now_, out_);
    return out_;
  }
  OccupancyGroups::Transitions enable(DeviceId sensor, bool enabled) {
    out_.clear();
    groups_.enable_sensor(sensor, enabled, now_, out_);
    return out_;
  }
  /// What becomes due meanwhile happens at its own time.
  OccupancyGroups::Transitions wait(Duration time) {
    out_.clear();
    const MonoTime end = now_ + time;
    while (groups_.next_due() && *groups_.next_due() <= end) {
      EXPECT_GT(*groups_.next_due(), now_);
      now_ = *groups_.next_due();
      groups_.advance(now_, out_);
    }
    now_ = end;
    return out_;
  }
  /// The home as it is now becomes the project.
  OccupancyGroups::Transitions transfer() {
    OccupancyGroups fresh(home_.build());
    out_.clear();
    fresh.carry_over(groups_, now_, out_);
    groups_ = std::move(fresh);
    return out_;
  }

  HomeBuilder home_;
  OccupancyGroups groups_;
  MonoTime now_{std::chrono::hours(1)};

 private:
  OccupancyGroups::Transitions out_;
  std::uint32_t next_ = 10'000;  // HomeBuilder counts from below
};

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
constexpr std::array kModes = {OccupancyMode::automatic, OccupancyMode::vacancy, OccupancyMode::automatic_low_light,
                               OccupancyMode::disabled};

Runs allowed(OccupancyMode mode, Runs runs) {
  if (mode == OccupancyMode::disabled) return Runs::nothing;
  return mode == OccupancyMode::vacancy && runs == Runs::occupied ? Runs::nothing : runs;
}

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

class Nested : public OccupancyTest {
 protected:
  void SetUp() override {
    floor_ = add_group({}, minutes(10));
    hall_ = add_group({hall_sensor_}, minutes(5), number(floor_));
    bath_ = add_group({bath_sensor_}, minutes(20), number(floor_));
    begin();
  }
  DeviceId hall_sensor_ = add_sensor();
  DeviceId bath_sensor_ = add_sensor();
  Slot floor_ = kNoSlot;
  Slot hall_ = kNoSlot;
  Slot bath_ = kNoSlot;
};

TEST_F(Nested, AParentIsInUseWhileAChildIs) {
  EXPECT_THAT(says(hall_sensor_, true), ElementsAre(Transition{floor_, kUnknown, kOccupied, Runs::occupied},
                                                    Transition{hall_, kUnknown, kOccupied, Runs::occupied}));
  says(bath_sensor_, false);
  EXPECT_THAT(wait(minutes(20)), ElementsAre(Transition{floor_, kOccupied, kPartial, Runs::nothing},
                                             Transition{bath_, kUnknown, kUnoccupied, Runs::unoccupied}));
  EXPECT_THAT(says(bath_sensor_, true), ElementsAre(Transition{floor_, kPartial, kOccupied, Runs::nothing},
                                                    Transition{bath_, kUnoccupied, kOccupied, Runs::occupied}));
}

TEST_F(Nested, AParentWaitsForItsOwnTimeoutFromTheLastNobody) {
  says(hall_sensor_, true);
  says(hall_sensor_, false);
  EXPECT_THAT(wait(minutes(5)), ElementsAre(Transition{hall_, kOccupied, kUnoccupied, Runs::unoccupied}));
  EXPECT_EQ(groups_.state(floor_), kOccupied);
  EXPECT_THAT(wait(minutes(5)), ElementsAre(Transition{floor_, kOccupied, kUnoccupied, Runs::unoccupied}));
}

TEST_F(Nested, AParentWaitsForAChildWithALongerTimeout) {
  says(bath_sensor_, true);
  says(bath_sensor_, false);
  EXPECT_THAT(wait(minutes(20) - seconds(1)), IsEmpty());
  EXPECT_THAT(wait(seconds(1)), ElementsAre(Transition{floor_, kOccupied, kUnoccupied, Runs::unoccupied},
                                            Transition{bath_, kOccupied, kUnoccupied, Runs::unoccupied}));
}

TEST_F(Nested, AParentDoesNotGoDarkBecauseAChildIsLost) {
  says(bath_sensor_, false);
  wait(minutes(60));
  says(hall_sensor_, true);
  ASSERT_EQ(groups_.state(floor_), kPartial);
  EXPECT_THAT(lose(hall_sensor_), ElementsAre(Transition{hall_, kOccupied, kUnknown, Runs::nothing}));
  EXPECT_EQ(groups_.next_due(), now_ + minutes(10));
  EXPECT_THAT(wait(minutes(10)), ElementsAre(Transition{floor_, kPartial, kUnoccupied, Runs::unoccupied}));
}

/// The state that only groups with child groups have: one child in use, one empty, and sensors of the floor itself.
class PartlyInUse : public OccupancyTest {
 protected:
  enum class Event { own_somebody, own_nobody, child_leaves, other_comes, child_lost, child_off, own_lost, time };
  struct Expected {
    Event event;
    Occupancy next;
    Runs runs;  ///< of the floor, in automatic mode
  };
  static constexpr std::array kTable = {
      Expected{Event::own_somebody, kOccupied, Runs::nothing},
      Expected{Event::own_nobody, kPartial, Runs::nothing},
      Expected{Event::child_leaves, kUnoccupied, Runs::unoccupied},
      Expected{Event::other_comes, kOccupied, Runs::nothing},
      Expected{Event::child_lost, kPartial, Runs::nothing},
      Expected{Event::child_off, kPartial, Runs::nothing},
      Expected{Event::own_lost, kPartial, Runs::nothing},
      Expected{Event::time, kPartial, Runs::nothing},
  };

  void reach(OccupancyMode mode) {
    group(floor_).mode = mode;
    begin();
    for (const DeviceId sensor : {own_, used_, empty_}) says(sensor, false);
    wait(minutes(5));
    says(used_, true);
    ASSERT_EQ(groups_.state(floor_), kPartial);
  }
  OccupancyGroups::Transitions happen(Event event) {
    switch (event) {
      case Event::own_somebody: return says(own_, true);
      case Event::own_nobody: return says(own_, false);
      case Event::child_leaves: says(used_, false); return wait(minutes(5));
      case Event::other_comes: return says(empty_, true);
      case Event::child_lost: return lose(used_);
      case Event::child_off: return enable(used_, false);
      case Event::own_lost: return lose(own_);
      case Event::time: return wait(minutes(60));
    }
    return {};
  }

  DeviceId own_ = add_sensor();
  DeviceId used_ = add_sensor();
  DeviceId empty_ = add_sensor();
  Slot floor_ = add_group({own_});
  Slot used_group_ = add_group({used_}, minutes(5), number(floor_));
  Slot empty_group_ = add_group({empty_}, minutes(5), number(floor_));
};

TEST_F(PartlyInUse, EveryEventAndMode) {
  for (const OccupancyMode mode : kModes) {
    for (const Expected& row : kTable) {
      SCOPED_TRACE(testing::Message() << "mode " << static_cast<int>(mode) << ", event "
                                      << static_cast<int>(row.event));
      reach(mode);
      const auto out = happen(row.event);
      EXPECT_EQ(groups_.state(floor_), row.next);
      const Transition expected{floor_, kPartial, row.next, allowed(mode, row.runs)};
      EXPECT_EQ(std::count(out.begin(), out.end(), expected), row.next == kPartial ? 0 : 1);
    }
  }
}

class Walls : public OccupancyTest {
 protected:
  void SetUp() override {
    dining_ = add_group({dining_sensor_}, minutes(5));
    living_ = add_group({living_sensor_}, minutes(15));
    wall_ = add_wall({dining_, living_});
    begin();
  }
  DeviceId dining_sensor_ = add_sensor();
  DeviceId living_sensor_ = add_sensor();
  Slot dining_ = kNoSlot;
  Slot living_ = kNoSlot;
  ButtonId wall_;
};

TEST_F(Walls, ThatNothingIsKnownOfAreClosed) {
  EXPECT_THAT(says(dining_sensor_, true), ElementsAre(Transition{dining_, kUnknown, kOccupied, Runs::occupied}));
  EXPECT_THAT(contact(wall_, true), IsEmpty());
}

TEST_F(Walls, ThatAreOpenLetEachSeeWhatTheOtherSees) {
  EXPECT_THAT(contact(wall_, false), IsEmpty());
  EXPECT_THAT(says(dining_sensor_, true), ElementsAre(Transition{dining_, kUnknown, kOccupied, Runs::occupied},
                                                      Transition{living_, kUnknown, kOccupied, Runs::occupied}));
  says(living_sensor_, false);
  EXPECT_EQ(groups_.next_due(), std::nullopt);
  says(dining_sensor_, false);
  // The longest of their timeouts holds for both.
  EXPECT_THAT(wait(minutes(15) - seconds(1)), IsEmpty());
  EXPECT_THAT(wait(seconds(1)), ElementsAre(Transition{dining_, kOccupied, kUnoccupied, Runs::unoccupied},
                                            Transition{living_, kOccupied, kUnoccupied, Runs::unoccupied}));
}

TEST_F(Walls, ThatOpenShareWhatIsKnown) {
  says(living_sensor_, false);
  wait(minutes(15));
  says(dining_sensor_, true);
  says(dining_sensor_, false);
  wait(minutes(1));
  // Somebody was in the dining room a minute ago; it is now one room.
  EXPECT_THAT(contact(wall_, false), ElementsAre(Transition{living_, kUnoccupied, kOccupied, Runs::occupied}));
  EXPECT_EQ(wait(minutes(14)).size(), 2u);
}

TEST_F(Walls, ThatCloseLeaveEachToItself) {
  contact(wall_, false);
  says(dining_sensor_, true);
  says(living_sensor_, false);
  wait(minutes(60));
  EXPECT_THAT(contact(wall_, true), IsEmpty());
  EXPECT_EQ(groups_.next_due(), now_ + minutes(15));
  EXPECT_THAT(wait(minutes(60)), ElementsAre(Transition{living_, kOccupied, kUnoccupied, Runs::unoccupied}));
  EXPECT_EQ(groups_.state(dining_), kOccupied);
}

TEST_F(Walls, ThatCloseDoNotEndATimeoutAtOnce) {
  contact(wall_, false);
  says(dining_sensor_, true);
  says(living_sensor_, false);
  says(dining_sensor_, false);
  wait(minutes(10));  // longer than the dining room's own 5 minutes
  EXPECT_THAT(contact(wall_, true), IsEmpty());
  EXPECT_THAT(wait(minutes(5)), ElementsAre(Transition{dining_, kOccupied, kUnoccupied, Runs::unoccupied},
                                            Transition{living_, kOccupied, kUnoccupied, Runs::unoccupied}));
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

/// The same rules second by second, with counters in place of times, for groups of which some have parents.
class Naive {
 public:
  struct Group {
    int parent = -1;
    int timeout = 0;
    int word = 0;  ///< 0 nothing, 1 somebody, 2 nobody
    int linger_left = 0;
    int quiet_for = 0;
    int hold_left = 0;
    Occupancy state = kUnknown;
  };
  explicit Naive(std::vector<Group> groups) : groups_(std::move(groups)) {}

  void second_passes() {
    for (Group& group : groups_) {
      if (group.linger_left > 0) --group.linger_left;
      if (group.hold_left > 0) --group.hold_left;
      ++group.quiet_for;
    }
    settle(false);
  }
  void hear(const std::vector<int>& words) {
    for (std::size_t i = 0; i < groups_.size(); ++i) {
      Group& group = groups_[i];
      if (group.word == words[i]) continue;
      group.linger_left = group.word == 1 && words[i] == 2 ? group.timeout : 0;
      group.quiet_for = 0;
      group.word = words[i];
    }
    settle(true);
  }
  Occupancy state(std::size_t group) const { return groups_[group].state; }

 private:
  int quiet_for(std::size_t i) const {
    int shortest = groups_[i].word == 2 ? groups_[i].quiet_for : 1'000'000;
    for (std::size_t child = i + 1; child < groups_.size(); ++child) {
      if (groups_[child].parent == static_cast<int>(i)) shortest = std::min(shortest, quiet_for(child));
    }
    return shortest;
  }
  bool a_child_is_in_use(std::size_t i) const {
    return std::any_of(groups_.begin(), groups_.end(), [&](const Group& child) {
      return child.parent == static_cast<int>(i) && is_in_use(child.state);
    });
  }
  Occupancy weigh(std::size_t i) const {
    std::map<Occupancy, int> children;
    for (const Group& child : groups_) {
      if (child.parent == static_cast<int>(i)) ++children[child.state];
    }
    const Group& group = groups_[i];
    const int in_use = children[kOccupied] + children[kPartial];
    if (group.word == 1 || group.linger_left > 0) return kOccupied;
    if (in_use > 0) return children[kUnoccupied] + children[kPartial] > 0 ? kPartial : kOccupied;
    if (group.word == 0 && children[kUnoccupied] == 0) return kUnknown;
    return quiet_for(i) >= group.timeout && group.hold_left == 0 ? kUnoccupied : group.state;
  }
  void settle(bool by_event) {
    for (std::size_t i = groups_.size(); i-- > 0;) {
      Group& group = groups_[i];
      const Occupancy state = weigh(i);
      const bool in_use = group.word == 1 || group.linger_left > 0 || a_child_is_in_use(i);
      if (in_use || state == kUnknown) group.hold_left = 0;
      if (by_event && state == kUnoccupied && is_in_use(group.state) && group.timeout > 0) {
        group.hold_left = group.timeout;
        continue;
      }
      if (state != group.state) group.hold_left = 0;
      group.state = state;
    }
  }

  std::vector<Group> groups_;
};

class Random : public OccupancyTest {
 public:
  void TestBody() override {}

  void check(const std::vector<std::array<std::uint8_t, 3>>& steps) {
    for (int i = 0; i < 5; ++i) sensors_.push_back(add_sensor());
    add_group({sensors_[0]}, seconds(7));
    add_group({}, seconds(3), number(0));
    add_group({sensors_[1], sensors_[2]}, seconds(5), number(1));
    add_group({sensors_[3]}, seconds(0), number(1));
    add_group({sensors_[4]}, seconds(11));
    begin();
    Naive naive({{-1, 7}, {0, 3}, {1, 5}, {1, 0}, {-1, 11}});
    for (const auto& [pause, sensor, what] : steps) {
      for (int i = 0; i < pause % 8; ++i) {
        wait(seconds(1));
        naive.second_passes();
        compare(naive);
      }
      act(sensor % 5, what % 6);
      naive.hear({word(0), 0, joined(word(1), word(2)), word(3), word(4)});
      compare(naive);
    }
  }

 private:
  void act(std::size_t sensor, int what) {
    if (what <= 3) says(sensors_[sensor], what % 2 == 0);
    if (what <= 3) words_[sensor] = what % 2 == 0 ? 1 : 2;
    if (what == 4) lose(sensors_[sensor]);
    if (what == 4) words_[sensor] = 0;
    if (what == 5) enabled_[sensor] = !enabled_[sensor];
    if (what == 5) enable(sensors_[sensor], enabled_[sensor]);
  }
  int word(std::size_t sensor) const { return enabled_[sensor] ? words_[sensor] : 0; }
  static int joined(int a, int b) {
    if (a == 1 || b == 1) return 1;
    return std::max(a, b);
  }
  void compare(const Naive& naive) {
    for (Slot slot = 0; slot < 5; ++slot) RC_ASSERT(groups_.state(slot) == naive.state(slot));
  }

  std::vector<DeviceId> sensors_;
  std::array<int, 5> words_{};
  std::array<bool, 5> enabled_{true, true, true, true, true};
};

RC_GTEST_PROP(OccupancyProperty, EqualsCountingSecondBySecond,
              (const std::vector<std::array<std::uint8_t, 3>>& steps)) {
  Random().check(steps);
}

/// Two groups behind an open wall are what one group with all their sensors is.
RC_GTEST_PROP(OccupancyProperty, AnOpenWallMakesOneGroup, (const std::vector<std::pair<std::uint8_t, bool>>& steps)) {
  class Home : public OccupancyTest {
   public:
    void TestBody() override {}
    void check(const std::vector<std::pair<std::uint8_t, bool>>& steps) {
      const std::array sensors = {add_sensor(), add_sensor()};
      add_group({sensors[0], sensors[1]}, seconds(9));
      add_group({sensors[0]}, seconds(9));
      add_group({sensors[1]}, seconds(4));
      const ButtonId wall = add_wall({1, 2});
      begin();
      contact(wall, false);
      for (const auto& [pause, occupied] : steps) {
        wait(seconds(pause / 2 % 16));
        says(sensors.at(pause % 2), occupied);
        RC_ASSERT(groups_.state(1) == groups_.state(0));
        RC_ASSERT(groups_.state(2) == groups_.state(0));
      }
    }
  };
  Home().check(steps);
}

}  // namespace
}  // namespace candela::engine
