#include "links/qs_wired/link_table.h"

#include <gtest/gtest.h>
#include <rapidcheck/gtest.h>

#include "model/small_home.h"

namespace candela::links {
namespace {

using namespace std::chrono_literals;

LinkTable::Output trimmed(double low, double high) {
  Zone zone;
  zone.trims = {Level::from_percent(low), Level::from_percent(high)};
  return {.tuning = Tuning(zone)};
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

TEST(LinkTable, AZoneMayDriveSeveralOutputs) {
  Project home = testing::small_home();
  home.zones[0].also = {DmxOutput{}, DeviceOutput{{8}, 3}, DeviceOutput{{9}, 1}};
  home.zones[0].curve.kind = Curve::Kind::square;
  const LinkTable table(home, {7});
  ASSERT_EQ(table.outputs().size(), 4u);
  const auto driven = table.outputs_of(ZoneId{4});
  ASSERT_EQ(driven.size(), 3u);
  EXPECT_EQ(table.find(ZoneId{4}), driven.data());
  for (const LinkTable::Output& output : driven) {
    EXPECT_EQ(output.zone, ZoneId{4});
    EXPECT_EQ(output.tuning.output(Level::from_percent(50)).whole_percent(), 25);
  }
  EXPECT_EQ(table.find_output(0, 3)->zone, ZoneId{4});
  EXPECT_EQ(table.outputs_of(ZoneId{5}).size(), 1u);
  EXPECT_TRUE(table.outputs_of(ZoneId{6}).empty());
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
  Zone zone;
  zone.load = LoadType::switched;
  const LinkTable::Output output{.tuning = Tuning(zone)};
  const Fade fade = output.to_output({Level::off(), Level::from_percent(3), MonoTime{}, 3s});
  EXPECT_EQ(fade.to, Level::full());
  EXPECT_EQ(fade.duration, 0s);
  EXPECT_EQ(output.to_level(Level::from_percent(1)), Level::full());
}

RC_GTEST_PROP(LinkTable, ALevelComesBackThroughAnyTrims, (std::uint16_t low, std::uint16_t span, std::uint16_t raw)) {
  Zone zone;
  zone.trims.low = Level::from_raw(low % 0x8000);
  // Over half a scale, no level is lost by more than the steps of the narrower one.
  zone.trims.high = Level::from_raw(zone.trims.low.raw() + 0x4000u + span % 0x4000u);
  const LinkTable::Output output{.tuning = Tuning(zone)};
  const Level level = Level::from_raw(raw);
  const Level put_out = output.tuning.output(level);
  const Level back = output.to_level(put_out);
  RC_ASSERT(back.is_on() == put_out.is_on());
  RC_ASSERT(std::abs(back.raw() - level.raw()) <= 4);
}

}  // namespace
}  // namespace candela::links
