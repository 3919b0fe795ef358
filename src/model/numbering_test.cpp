#include "model/numbering.h"

#include <gtest/gtest.h>

namespace candela {
namespace {

TEST(Numbering, GivesEachObjectOneNumberForEver) {
  Numbering numbering;
  EXPECT_EQ(numbering.number_of("zone", "hall"), kFirstNumber);
  EXPECT_EQ(numbering.number_of("area", "hall"), kFirstNumber + 1);
  EXPECT_EQ(numbering.number_of("zone", "hall"), kFirstNumber);
}

TEST(Numbering, NeverGivesAKeptNumberAgain) {
  Numbering numbering;
  numbering.restore("zone:gone", 40);
  EXPECT_EQ(numbering.number_of("zone", "new"), 41U);
  EXPECT_EQ(numbering.number_of("zone", "gone"), 40U);
}

}  // namespace
}  // namespace candela
