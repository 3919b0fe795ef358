#include "base/level.h"

#include <gtest/gtest.h>

#include <limits>

namespace candela {
namespace {

TEST(Level, FiftyPercentIsTheLinksHalf) { EXPECT_EQ(Level::from_percent(50).raw(), 0x7F7F); }

TEST(Level, EveryPercentWithTwoDecimalsSurvives) {
  for (int hundredths = 0; hundredths <= 10000; ++hundredths) {
    const double percent = hundredths / 100.0;
    ASSERT_DOUBLE_EQ(Level::from_percent(percent).percent(), percent);
  }
}

TEST(Level, ClampsWhatIsNoLevel) {
  EXPECT_EQ(Level::from_percent(-1), Level::off());
  EXPECT_EQ(Level::from_percent(101), Level::full());
  EXPECT_EQ(Level::from_percent(std::numeric_limits<double>::quiet_NaN()), Level::off());
  EXPECT_EQ(Level::from_raw(0xFFFF), Level::full());
}

TEST(Level, WholePercentKeepsOnAndFullApart) {
  EXPECT_EQ(Level::off().whole_percent(), 0);
  EXPECT_EQ(Level::from_raw(1).whole_percent(), 1);
  EXPECT_EQ(Level::from_raw(Level::kFullRaw - 1).whole_percent(), 99);
  EXPECT_EQ(Level::full().whole_percent(), 100);
}

}  // namespace
}  // namespace candela
