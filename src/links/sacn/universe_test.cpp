#include "links/sacn/universe.h"

#include <gtest/gtest.h>
#include <rapidcheck/gtest.h>

namespace candela::links {
namespace {

using namespace std::chrono_literals;

constexpr GatewayId kGateway{50};
constexpr MonoTime kStart{1h};

Zone zone_at(std::uint32_t number, std::uint16_t slot, bool sixteen_bit = false, Trims trims = {}) {
  Zone zone;
  zone.number = ZoneId{number};
  zone.trims = trims;
  zone.output = DmxOutput{kGateway, slot, sixteen_bit};
  return zone;
}

ProjectPtr project_of(std::vector<Zone> zones) {
  auto project = std::make_shared<Project>();
  project->zones = std::move(zones);
  project->build_index();
  return project;
}

Change targeted(std::uint32_t zone, Fade fade) {
  Change change;
  change.what = ZoneTargeted{ZoneId{zone}, fade, false};
  return change;
}

struct Home {
  explicit Home(std::vector<Zone> zones) : view(project_of(std::move(zones))) {
    universe.bind(*view.project(), kGateway);
  }
  void set(std::uint32_t zone, Level level) { view.apply(targeted(zone, Fade::still(level, kStart))); }
  int slot(std::size_t number) const { return universe.slots()[number - 1]; }

  View view;
  Universe universe;
};

TEST(SacnUniverse, ZonesFillTheirSlotsAndNoOthers) {
  Home home({zone_at(2, 1), zone_at(3, 512), zone_at(4, 100, true)});
  home.set(2, Level::full());
  home.set(3, Level::from_percent(50));
  home.set(4, Level::full());
  home.universe.sample(home.view, kStart);
  for (std::size_t slot = 1; slot <= 512; ++slot) {
    const int expected = slot == 1 || slot == 100 || slot == 101 ? 255 : slot == 512 ? 127 : 0;
    EXPECT_EQ(home.slot(slot), expected) << "slot " << slot;
  }
}

TEST(SacnUniverse, SixteenBitsAreCoarseThenFine) {
  Home home({zone_at(2, 7, true)});
  const Level level = Level::from_percent(12.34);
  home.set(2, level);
  home.universe.sample(home.view, kStart);
  EXPECT_EQ(home.slot(7) << 8 | home.slot(8), std::lround(65535.0 * level.raw() / Level::kFullRaw));
}

TEST(SacnUniverse, TrimsApplyAndOffIsOff) {
  Home home({zone_at(2, 1, false, {Level::from_percent(20), Level::from_percent(80)})});
  home.set(2, Level::full());
  home.universe.sample(home.view, kStart);
  EXPECT_EQ(home.slot(1), 204);  // 80 % of 255
  home.set(2, Level::off());
  home.universe.sample(home.view, kStart);
  EXPECT_EQ(home.slot(1), 0);
}

TEST(SacnUniverse, SamplesTheFormulaOfAFade) {
  Home home({zone_at(2, 1)});
  home.view.apply(targeted(2, Fade{Level::off(), Level::full(), kStart, 2s}));
  const auto at = [&](Duration after) { return home.universe.sample(home.view, kStart + after); };
  EXPECT_TRUE(at(0s).moving);
  EXPECT_EQ(home.slot(1), 0);
  EXPECT_TRUE(at(1s).moving);
  EXPECT_EQ(home.slot(1), 127);
  const auto end = at(2s);
  EXPECT_TRUE(end.changed);
  EXPECT_FALSE(end.moving);
  EXPECT_EQ(home.slot(1), 255);
  EXPECT_FALSE(at(3s).changed);
}

TEST(SacnUniverse, ASwitchedZoneKnowsOnlyOffAndFull) {
  Zone relay = zone_at(2, 1);
  relay.load = LoadType::switched;
  Home home({relay});
  home.view.apply(targeted(2, Fade{Level::off(), Level::from_percent(30), kStart, 2s}));
  EXPECT_FALSE(home.universe.sample(home.view, kStart).moving);
  EXPECT_EQ(home.slot(1), 255);
  home.view.apply(targeted(2, Fade{Level::full(), Level::off(), kStart, 2s}));
  home.universe.sample(home.view, kStart);
  EXPECT_EQ(home.slot(1), 0);
}

Zone coloured_zone(std::uint32_t number, std::uint16_t slot, DmxOutput::Channels channels, bool sixteen_bit = false) {
  Zone zone = zone_at(number, slot, sixteen_bit);
  zone.load = channels == DmxOutput::Channels::warm_cool ? LoadType::white_tuning : LoadType::spectrum;
  std::get<DmxOutput>(zone.output).channels = channels;
  zone.warmest = 2000;
  zone.coolest = 4000;
  return zone;
}

Change coloured(std::uint32_t zone, Colour from, Colour to, Duration duration) {
  Change change;
  change.what = ZoneColoured{ZoneId{zone}, from, to, kStart, duration};
  return change;
}

TEST(SacnUniverse, AWhiteGoesFromTheWarmToTheCoolChannel) {
  Home home({coloured_zone(2, 1, DmxOutput::Channels::warm_cool)});
  home.set(2, Level::full());
  const Change change = coloured(2, Colour::white(2000), Colour::white(4000), 2s);
  EXPECT_TRUE(home.universe.concerned_by({&change, 1}));
  home.view.apply(change);
  EXPECT_TRUE(home.universe.sample(home.view, kStart).moving);
  EXPECT_EQ(home.slot(1), 255);
  EXPECT_EQ(home.slot(2), 0);
  home.universe.sample(home.view, kStart + 1s);
  EXPECT_NEAR(home.slot(2), 170, 2) << "3000 K in reciprocal Kelvin";
  EXPECT_FALSE(home.universe.sample(home.view, kStart + 2s).moving);
  EXPECT_EQ(home.slot(1), 0);
  EXPECT_EQ(home.slot(2), 255);
}

TEST(SacnUniverse, ColoursFillTheirChannelsInOrder) {
  Home home({coloured_zone(2, 1, DmxOutput::Channels::rgb), coloured_zone(3, 10, DmxOutput::Channels::rgbw, true)});
  home.set(2, Level::full());
  home.set(3, Level::full());
  home.view.apply(coloured(2, {}, Colour::xy(1500, 600), 0s));
  home.universe.sample(home.view, kStart);
  EXPECT_EQ(home.slot(1), 0);
  EXPECT_EQ(home.slot(3), 255);
  for (const std::size_t dark : {10u, 11u, 12u, 13u, 14u, 15u}) EXPECT_EQ(home.slot(dark), 0) << "only white is on";
  EXPECT_EQ(home.slot(16), 255);
  EXPECT_EQ(home.slot(17), 255);
}

TEST(SacnUniverse, WarmDimGetsWarmerAsItIsDimmed) {
  Zone zone = coloured_zone(2, 1, DmxOutput::Channels::warm_cool);
  zone.load = LoadType::warm_dim;
  Home home({zone});
  home.set(2, Level::full());
  home.universe.sample(home.view, kStart);
  EXPECT_EQ(home.slot(1), 0);
  EXPECT_EQ(home.slot(2), 255);
  home.set(2, Level::from_percent(1));
  home.universe.sample(home.view, kStart);
  EXPECT_GT(home.slot(1), 0);
  EXPECT_EQ(home.slot(2), 0);
}

TEST(SacnUniverse, AnyColouredLoadMayWarmDim) {
  Zone zone = coloured_zone(2, 1, DmxOutput::Channels::warm_cool);
  zone.load = LoadType::white_tuning;
  Home home({zone});
  home.view.apply(coloured(2, {}, Colour::warm_dim(), Duration::zero()));
  home.set(2, Level::from_percent(1));
  home.universe.sample(home.view, kStart);
  EXPECT_GT(home.slot(1), 0);
  EXPECT_EQ(home.slot(2), 0);
  home.set(2, Level::full());
  home.universe.sample(home.view, kStart);
  EXPECT_EQ(home.slot(1), 0);
  EXPECT_EQ(home.slot(2), 255);
}

TEST(SacnUniverse, FurtherOutputsDoTheSameByTheZonesCurve) {
  Zone zone = zone_at(2, 1);
  zone.curve.kind = Curve::Kind::square;
  zone.also = {DmxOutput{kGateway, 5, false}, DmxOutput{GatewayId{51}, 6, false}, DeviceOutput{}};
  Home home({zone, zone_at(1, 9)});
  home.set(2, Level::from_percent(50));
  home.universe.sample(home.view, kStart);
  EXPECT_EQ(home.slot(1), 64);
  EXPECT_EQ(home.slot(5), 64);
  EXPECT_EQ(home.slot(6), 0);
}

TEST(SacnUniverse, AColourThatWouldPassTheEndIsLeftOut) {
  EXPECT_TRUE(Home({coloured_zone(2, 511, DmxOutput::Channels::rgb)}).universe.empty());
  EXPECT_FALSE(Home({coloured_zone(2, 510, DmxOutput::Channels::rgb)}).universe.empty());
}

TEST(SacnUniverse, OnlyChangesOfBoundZonesConcernIt) {
  Home home({zone_at(4, 1), zone_at(8, 2)});
  const Fade fade = Fade::still(Level::full(), kStart);
  for (const std::uint32_t zone : {3u, 5u, 7u, 9u}) {
    const Change change = targeted(zone, fade);
    EXPECT_FALSE(home.universe.concerned_by({&change, 1})) << "zone " << zone;
  }
  for (const std::uint32_t zone : {4u, 8u}) {
    const Change change = targeted(zone, fade);
    EXPECT_TRUE(home.universe.concerned_by({&change, 1})) << "zone " << zone;
  }
}

TEST(SacnUniverse, IgnoresOtherGatewaysAndSlotsOutsideTheUniverse) {
  Zone foreign = zone_at(2, 1);
  std::get<DmxOutput>(foreign.output).gateway = GatewayId{51};
  Home home({foreign, zone_at(3, 0), zone_at(4, 513), zone_at(5, 512, true)});
  EXPECT_TRUE(home.universe.empty());
}

TEST(SacnUniverse, ASlotThatIsFreedGoesDark) {
  Home home({zone_at(2, 1)});
  home.set(2, Level::full());
  home.universe.sample(home.view, kStart);
  home.universe.bind(*project_of({zone_at(2, 5)}), kGateway);
  EXPECT_TRUE(home.universe.sample(home.view, kStart).changed);
  EXPECT_EQ(home.slot(1), 0);
  EXPECT_EQ(home.slot(5), 255);
}

RC_GTEST_PROP(SacnUniverse, ScalesKeepOrder, ()) {
  const auto lower = Level::from_raw(*rc::gen::inRange<std::uint32_t>(0, Level::kFullRaw));
  const auto higher = Level::from_raw(*rc::gen::inRange<std::uint32_t>(lower.raw(), Level::kFullRaw + 1));
  RC_ASSERT(to_8_bit(lower) <= to_8_bit(higher));
  RC_ASSERT(to_16_bit(lower) <= to_16_bit(higher));
  // 16 bits are finer than a level, so no two levels share a value.
  RC_ASSERT((to_16_bit(lower) == to_16_bit(higher)) == (lower == higher));
}

TEST(SacnUniverse, ScalesReachBothEnds) {
  EXPECT_EQ(to_8_bit(Level::off()), 0);
  EXPECT_EQ(to_8_bit(Level::full()), 255);
  EXPECT_EQ(to_16_bit(Level::off()), 0);
  EXPECT_EQ(to_16_bit(Level::full()), 65535);
}

}  // namespace
}  // namespace candela::links
