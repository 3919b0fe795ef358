#include "model/words.h"

#include <gtest/gtest.h>

namespace candela {
namespace {

TEST(Words, WriteTimeAsIsoDoes) {
  using namespace std::chrono;
  const UtcTime time = sys_days{year{2026} / 3 / 9} + hours(4) + minutes(5) + seconds(6) + milliseconds(70);
  EXPECT_EQ(iso_text(time), "2026-03-09T04:05:06.070Z");
  EXPECT_EQ(iso_text(UtcTime{}), "1970-01-01T00:00:00.000Z");
}

TEST(Words, NameEveryState) {
  EXPECT_EQ(word(LedState::rapid_flash), "rapid_flash");
  EXPECT_EQ(word(LinkFault::reversed_pair), "reversed_pair");
}

}  // namespace
}  // namespace candela
