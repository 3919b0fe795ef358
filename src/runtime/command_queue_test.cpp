#include "runtime/command_queue.h"

#include <gtest/gtest.h>

namespace candela::runtime {
namespace {

class CommandQueueTest : public ::testing::Test {
 protected:
  template <class What>
  bool submit(What what) {
    return queue_.submit({Source{}, what});
  }
  bool set_zone(std::uint32_t number, double percent) {
    return submit(SetZone{{number}, Level::from_percent(percent), {}});
  }
  bool press(std::uint32_t button) { return submit(ButtonMoved{{button}, ButtonMove::press}); }
  std::vector<Event> take() {
    std::vector<Event> events;
    queue_.take(events);
    return events;
  }

  int wakes_ = 0;
  CommandQueue queue_{4, [this] { ++wakes_; }};
};

TEST_F(CommandQueueTest, KeepsEverythingInOrderBelowTheBoundAndWakesOnce) {
  EXPECT_TRUE(set_zone(4, 10));
  EXPECT_TRUE(press(12));
  EXPECT_TRUE(set_zone(4, 20));
  EXPECT_EQ(wakes_, 1);
  const auto events = take();
  ASSERT_EQ(events.size(), 3U);
  EXPECT_TRUE(std::holds_alternative<ButtonMoved>(events[1].what));
  EXPECT_TRUE(take().empty());
  press(12);
  EXPECT_EQ(wakes_, 2);
}

TEST_F(CommandQueueTest, AtTheBoundOnlyTheNewestCommandOfEachZoneStays) {
  set_zone(4, 10);
  set_zone(5, 10);
  press(12);
  submit(MoveZone{{4}, Movement::raise});
  EXPECT_TRUE(set_zone(4, 30));
  const auto events = take();
  ASSERT_EQ(events.size(), 3U);
  EXPECT_EQ(std::get<SetZone>(events[0].what).zone, ZoneId{5});
  EXPECT_TRUE(std::holds_alternative<ButtonMoved>(events[1].what));
  EXPECT_EQ(std::get<SetZone>(events[2].what).level, Level::from_percent(30));
}

TEST_F(CommandQueueTest, RefusesWhatFindsNoRoomAndKeepsTheButtonActionsThatWait) {
  for (std::uint32_t button = 12; button < 16; ++button) EXPECT_TRUE(press(button));
  EXPECT_FALSE(press(16));
  EXPECT_FALSE(set_zone(4, 10));
  const auto events = take();
  ASSERT_EQ(events.size(), 4U);
  EXPECT_EQ(std::get<ButtonMoved>(events[0].what).button, ButtonId{12});
  EXPECT_EQ(std::get<ButtonMoved>(events[3].what).button, ButtonId{15});
}

}  // namespace
}  // namespace candela::runtime
