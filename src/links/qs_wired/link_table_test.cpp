#include "links/qs_wired/link_table.h"

#include <gtest/gtest.h>
#include <rapidcheck/gtest.h>

#include "model/small_home.h"

namespace candela::links {
namespace {

using namespace std::chrono_literals;

LinkTable::Output trimmed(double low, double high) {
  return {.trims = {Level::from_percent(low), Level::from_percent(high)}};
}

TEST(LinkTable, KnowsWhatHangsOnTheLink) {
  const Project home = testing::small_home();
  const LinkTable table(home, {7});
  ASSERT_EQ(table.devices().size(), 2u);
  EXPECT_EQ(table.devices()[0].outputs, 2);
  EXPECT_EQ(table.devices()[0].leds, 0u);
  EXPECT_EQ(table.devices()[1].address, 2);
  EXPECT_EQ(table.devices()[1].leds, 0b10u);
  EXPECT_EQ(table.device(1), DeviceId{9});
  EXPECT_EQ(table.find_button(1, 1), ButtonId{12});
  EXPECT_EQ(table.find(LedId{13})->device, 1u);
  EXPECT_EQ(table.find(ZoneId{5})->output, 2);
  EXPECT_EQ(table.find_output(0, 2)->zone, ZoneId{5});
}

TEST(LinkTable, HasNothingElse) {
  const Project home = testing::small_home();
  const LinkTable table(home, {7});
  EXPECT_FALSE(table.device(2));
  EXPECT_FALSE(table.find_button(1, 2));
  EXPECT_FALSE(table.find_button(0, 1));
  EXPECT_EQ(table.find(ZoneId{6}), nullptr);
  EXPECT_EQ(table.find_output(0, 3), nullptr);
  EXPECT_EQ(table.find(LedId{12}), nullptr);
  EXPECT_TRUE(LinkTable(home, {8}).devices().empty());
}

TEST(LinkTable, TrimsAreAppliedAndTakenBack) {
  const auto output = trimmed(10, 90);
  const MonoTime now{};
  const Fade fade = output.to_output({Level::off(), Level::full(), now, 3s});
  EXPECT_EQ(fade.from, Level::off());
  EXPECT_EQ(fade.to, Level::from_percent(90));
  EXPECT_EQ(fade.duration, 3s);
  EXPECT_EQ(output.to_level(Level::from_percent(50)).whole_percent(), 50);
  EXPECT_EQ(output.to_level(Level::full()), Level::full());
  EXPECT_EQ(output.to_level(Level::off()), Level::off());
  EXPECT_TRUE(output.to_level(Level::from_percent(5)).is_on());
}

TEST(LinkTable, ASwitchKnowsOffAndFullOnly) {
  LinkTable::Output output;
  output.switched = true;
  const Fade fade = output.to_output({Level::off(), Level::from_percent(3), MonoTime{}, 3s});
  EXPECT_EQ(fade.to, Level::full());
  EXPECT_EQ(fade.duration, 0s);
  EXPECT_EQ(output.to_level(Level::from_percent(1)), Level::full());
}

RC_GTEST_PROP(LinkTable, ALevelComesBackThroughAnyTrims, (std::uint16_t low, std::uint16_t span, std::uint16_t raw)) {
  LinkTable::Output output;
  output.trims.low = Level::from_raw(low % 0x8000);
  // Over half a scale, no level is lost by more than the steps of the narrower one.
  output.trims.high = Level::from_raw(output.trims.low.raw() + 0x4000u + span % 0x4000u);
  const Level level = Level::from_raw(raw);
  const Level put_out = output.trims.output(level);
  const Level back = output.to_level(put_out);
  RC_ASSERT(back.is_on() == put_out.is_on());
  RC_ASSERT(std::abs(back.raw() - level.raw()) <= 4);
}

}  // namespace
}  // namespace candela::links
