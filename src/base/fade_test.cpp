#include "base/fade.h"

#include <gtest/gtest.h>
#include <rapidcheck/gtest.h>

namespace candela {
namespace {

using std::chrono::seconds;

MonoTime at(int second) { return MonoTime(seconds(second)); }

TEST(Fade, IsAFormula) {
  const Fade up{Level::off(), Level::full(), at(10), seconds(4)};
  EXPECT_EQ(up.at(at(9)), Level::off());
  EXPECT_EQ(up.at(at(12)), Level::from_raw(Level::kFullRaw / 2));
  EXPECT_EQ(up.at(at(14)), Level::full());
  EXPECT_TRUE(up.moving(at(13)));
  EXPECT_FALSE(up.moving(at(14)));
}

TEST(Fade, FadesDownAsWell) {
  const Fade down{Level::full(), Level::off(), at(0), seconds(100)};
  EXPECT_EQ(down.at(at(25)).whole_percent(), 75);
}

TEST(Fade, OfNoDurationIsThereAtOnce) {
  const Fade jump{Level::off(), Level::full(), at(5), Duration::zero()};
  EXPECT_EQ(jump.at(at(5)), Level::full());
  EXPECT_FALSE(jump.moving(at(5)));
}

RC_GTEST_PROP(Fade, StaysBetweenItsEnds, (std::uint16_t from, std::uint16_t to)) {
  const auto length = *rc::gen::inRange<std::int64_t>(0, 86'400'000'000);
  const auto when = *rc::gen::inRange<std::int64_t>(-1, 90'000'000'000);
  const Fade fade{Level::from_raw(from), Level::from_raw(to), MonoTime{}, Duration(length)};
  const Level level = fade.at(MonoTime(Duration(when)));
  RC_ASSERT(level >= std::min(fade.from, fade.to));
  RC_ASSERT(level <= std::max(fade.from, fade.to));
}

}  // namespace
}  // namespace candela
