#include "base/bounded_queue.h"

#include <gtest/gtest.h>

#include <thread>

namespace candela {
namespace {

TEST(BoundedQueue, WakesOnceForEachBatch) {
  int wakes = 0;
  BoundedQueue<int> queue(8, [&] { ++wakes; });
  EXPECT_TRUE(queue.push(1));
  EXPECT_TRUE(queue.push(2));
  EXPECT_EQ(wakes, 1);
  std::vector<int> out;
  queue.drain(out);
  EXPECT_EQ(out, (std::vector{1, 2}));
  EXPECT_TRUE(queue.push(3));
  EXPECT_EQ(wakes, 2);
}

TEST(BoundedQueue, RefusesAtTheBoundAndTakesAgainWhenDrained) {
  BoundedQueue<int> queue(2, [] {});
  EXPECT_TRUE(queue.push(1));
  EXPECT_TRUE(queue.push(2));
  EXPECT_FALSE(queue.push(3));
  std::vector<int> out;
  queue.drain(out);
  EXPECT_TRUE(queue.push(3));
}

TEST(BoundedQueue, LosesNothingBetweenThreads) {
  constexpr int kCount = 20000;
  BoundedQueue<int> queue(kCount, [] {});
  std::thread writer([&] {
    for (int i = 0; i < kCount; ++i) EXPECT_TRUE(queue.push(i));
  });
  int expected = 0;
  std::vector<int> out;
  while (expected < kCount) {
    queue.drain(out);
    for (const int value : out) ASSERT_EQ(value, expected++);
  }
  writer.join();
}

}  // namespace
}  // namespace candela
