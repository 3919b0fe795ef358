#include "base/spelling.h"

#include <gtest/gtest.h>

#include <array>
#include <string>

namespace candela {
namespace {

TEST(Spelling, TheNearestWordIsNear) {
  constexpr std::array<std::string_view, 4> kKnown{"fade", "delay", "zones", "off_fade"};
  EXPECT_EQ(nearest("fde", kKnown), "fade");
  EXPECT_EQ(nearest("faed", kKnown), "fade");
  EXPECT_EQ(nearest("zone", kKnown), "zones");
  EXPECT_EQ(nearest("offfade", kKnown), "off_fade");
  EXPECT_EQ(nearest("colour", kKnown), "");
  EXPECT_EQ(nearest("", kKnown), "");
  EXPECT_EQ(nearest(std::string(100000, 'x'), kKnown), "");
}

}  // namespace
}  // namespace candela
