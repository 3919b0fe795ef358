#include <algorithm>

#include "engine/occupancy_fixture.h"

namespace candela::engine {
namespace {

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

}  // namespace
}  // namespace candela::engine
