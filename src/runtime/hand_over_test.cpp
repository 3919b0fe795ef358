#include "runtime/hand_over.h"

#include <gtest/gtest.h>

namespace candela::runtime {
namespace {

class HandOverTest : public ::testing::Test {
 protected:
  void add() {
    ++waiting_;
    hand_over_.begin();
  }
  /// One turn of the loop that hands over, in which so much more comes; whether the other has something to do then.
  bool turn(std::size_t more = 0) {
    from_.restart();
    from_.poll_one();
    for (std::size_t i = 0; i < more; ++i) add();
    to_.restart();
    return to_.poll() > 0;
  }

  boost::asio::io_context from_;
  boost::asio::io_context to_;
  std::size_t waiting_ = 0;
  std::size_t taken_ = 0;
  HandOver hand_over_{from_, to_, [this] { return waiting_; },
                      [this] {
                        taken_ += waiting_;
                        waiting_ = 0;
                      }};
};

TEST_F(HandOverTest, WakesTheOtherAtTheEndOfTheTurn) {
  add();
  EXPECT_EQ(taken_, 0U);
  EXPECT_TRUE(turn());
  EXPECT_EQ(taken_, 1U);
}

TEST_F(HandOverTest, WaitsWhileMoreComes) {
  add();
  add();
  add();
  EXPECT_FALSE(turn(2)) << "more came after the first";
  EXPECT_FALSE(turn(1));
  EXPECT_FALSE(turn());
  EXPECT_TRUE(turn()) << "nothing has come in a whole turn";
  EXPECT_EQ(taken_, 6U);
}

TEST_F(HandOverTest, DoesNotWaitForMoreThanEnough) {
  add();
  add();
  for (std::size_t waiting = 2; waiting < HandOver::kEnough; ++waiting) ASSERT_FALSE(turn(1)) << waiting;
  EXPECT_TRUE(turn());
  EXPECT_EQ(taken_, HandOver::kEnough);
}

TEST_F(HandOverTest, BeginsAnewAfterwards) {
  add();
  EXPECT_TRUE(turn());
  EXPECT_FALSE(turn());
  add();
  EXPECT_TRUE(turn());
  EXPECT_EQ(taken_, 2U);
}

TEST_F(HandOverTest, TellsOfWhatComesAfterTheOtherTookByItself) {
  add();
  waiting_ = 0;
  add();
  EXPECT_TRUE(turn());
  EXPECT_EQ(taken_, 1U);
}

}  // namespace
}  // namespace candela::runtime
