#include "runtime/change_queue.h"

#include <gtest/gtest.h>

namespace candela::runtime {
namespace {

template <class What>
Change change(What what) {
  return {{}, {}, what};
}
Change zone(std::uint32_t number, double percent) {
  return change(ZoneTargeted{{number}, Fade::still(Level::from_percent(percent), {})});
}
Change button(std::uint32_t number) { return change(ButtonActed{{number}, ButtonMove::press}); }

class ChangeQueueTest : public ::testing::Test {
 protected:
  void push(const Change& it) { queue_.push({&it, 1}); }
  ChangeQueue::Batch take() {
    ChangeQueue::Batch batch;
    queue_.take(batch);
    return batch;
  }

  int wakes_ = 0;
  ChangeQueue queue_{4, [this] { ++wakes_; }};
};

TEST_F(ChangeQueueTest, KeepsEverythingInOrderBelowTheBound) {
  push(zone(4, 10));
  push(button(12));
  push(zone(4, 20));
  EXPECT_EQ(wakes_, 1);
  const auto batch = take();
  ASSERT_EQ(batch.changes.size(), 3U);
  EXPECT_TRUE(std::holds_alternative<ButtonActed>(batch.changes[1].what));
  EXPECT_TRUE(take().changes.empty());
}

TEST_F(ChangeQueueTest, AtTheBoundOnlyTheNewestStateOfEachThingStays) {
  push(zone(4, 10));
  push(zone(5, 10));
  push(button(12));
  push(zone(4, 20));
  push(zone(4, 30));
  const auto batch = take();
  ASSERT_EQ(batch.changes.size(), 3U);
  EXPECT_EQ(std::get<ZoneTargeted>(batch.changes[0].what).zone, ZoneId{5});
  EXPECT_TRUE(std::holds_alternative<ButtonActed>(batch.changes[1].what));
  EXPECT_EQ(std::get<ZoneTargeted>(batch.changes[2].what).fade.to, Level::from_percent(30));
  EXPECT_EQ(batch.lost_button_actions, 0U);
}

TEST_F(ChangeQueueTest, SaysHowManyButtonActionsDidNotFit) {
  for (std::uint32_t number = 12; number < 18; ++number) push(button(number));
  const auto batch = take();
  ASSERT_EQ(batch.changes.size(), 4U);
  EXPECT_EQ(batch.lost_button_actions, 2U);
  EXPECT_EQ(std::get<ButtonActed>(batch.changes[0].what).button, ButtonId{14});
}

}  // namespace
}  // namespace candela::runtime
