#include "engine/told_gestures.h"

#include <gtest/gtest.h>

namespace candela::engine {
namespace {

using namespace std::chrono_literals;

constexpr Slot kButton = 3;
constexpr Gestures::Slower kNothing{};
constexpr MonoTime kStart{1h};

class ToldGesturesTest : public testing::Test {
 protected:
  bool press(Duration at, Gestures::Slower programmed = kNothing) {
    return told_.press(kButton, programmed, kStart + at, {});
  }
  ToldGestures told_{8, {500ms, 400ms}};
};

TEST_F(ToldGesturesTest, AHoldIsToldAtItsTime) {
  EXPECT_FALSE(press(0ms));
  ASSERT_EQ(told_.next_due(), kStart + 500ms);
  EXPECT_EQ(told_.fire().button, kButton);
  EXPECT_EQ(told_.next_due(), std::nullopt);
  told_.release(kButton);
}

TEST_F(ToldGesturesTest, ATapIsNoHold) {
  press(0ms);
  told_.release(kButton);
  EXPECT_EQ(told_.next_due(), std::nullopt);
}

TEST_F(ToldGesturesTest, TheSecondTapInTimeIsToldAndTheThirdBeginsAnew) {
  press(0ms);
  told_.release(kButton);
  EXPECT_TRUE(press(399ms));
  EXPECT_EQ(told_.next_due(), std::nullopt);
  told_.release(kButton);
  EXPECT_FALSE(press(600ms));
  told_.release(kButton);
  EXPECT_TRUE(press(800ms));
}

TEST_F(ToldGesturesTest, ASecondTapTooLateIsAFirst) {
  press(0ms);
  told_.release(kButton);
  EXPECT_FALSE(press(400ms));
}

TEST_F(ToldGesturesTest, WhatIsProgrammedIsNotToldHere) {
  EXPECT_FALSE(press(0ms, {.hold = true, .double_tap = true}));
  EXPECT_EQ(told_.next_due(), std::nullopt);
  told_.release(kButton);
  EXPECT_FALSE(press(100ms, {.hold = true, .double_tap = true}));
}

TEST_F(ToldGesturesTest, AForgottenButtonTellsNothing) {
  press(0ms);
  told_.forget(kButton);
  EXPECT_EQ(told_.next_due(), std::nullopt);
  EXPECT_FALSE(press(100ms));
}

TEST_F(ToldGesturesTest, ButtonsAreToldApartAndInOrder) {
  told_.press(1, kNothing, kStart, {});
  told_.press(2, kNothing, kStart + 100ms, {});
  EXPECT_EQ(told_.next_due(), kStart + 500ms);
  EXPECT_EQ(told_.fire().button, 1u);
  EXPECT_EQ(told_.fire().button, 2u);
}

}  // namespace
}  // namespace candela::engine
