// Tilt, colour and climate.
#include "engine/lights_fixture.h"

namespace candela::engine {
namespace {

using Kind = CauseStep::Kind;

class Slats : public LightsTest {
 protected:
  Slats() {
    Zone& zone = add(LoadType::tilting_shade);
    zone.travel = 20s;
    zone.tilt_travel = 4s;
    begin();
  }
  std::vector<Change> report_tilt(double tilt) {
    return tell([&](const Moment& why, Changes& into) { lights_->report_tilt(0, percent(tilt), why, into); });
  }
};

TEST_F(Slats, MoveBesideTheShadeAtTheirOwnSpeed) {
  set(0, 100);
  const auto told = tilt(0, 50);
  ASSERT_EQ(told.size(), 1u);
  EXPECT_NEAR(to_seconds(only<ZoneTilted>(told)[0].fade.duration), 2, 0.001);
  EXPECT_EQ(target(0), 100);
  EXPECT_EQ(lights_->tilt_of(0), percent(50));
}

TEST_F(Slats, TurnRoundWhereTheyAre) {
  tilt(0, 100);
  wait(1s);
  EXPECT_NEAR(only<ZoneTilted>(tilt(0, 0))[0].fade.from.percent(), 25, 0.01);
}

TEST_F(Slats, StopWithTheShade) {
  tilt(0, 100);
  wait(1s);
  const auto told = only<ZoneTilted>(stop(0));
  ASSERT_EQ(told.size(), 1u);
  EXPECT_EQ(told[0].fade.duration, 0s);
  EXPECT_NEAR(told[0].fade.to.percent(), 25, 0.01);
}

TEST_F(Slats, AreBelievedWhenTheyStand) {
  tilt(0, 100);
  EXPECT_TRUE(report_tilt(30).empty()) << "on their way";
  wait(5s);
  EXPECT_TRUE(report_tilt(100).empty()) << "no news";
  const auto told = only<ZoneTilted>(report_tilt(30));
  ASSERT_EQ(told.size(), 1u);
  EXPECT_TRUE(told[0].reported);
}

TEST_F(Slats, AreRememberedOverARestart) {
  begin({.tilts = {{home_.project().zones[0].number, percent(70)}}});
  EXPECT_EQ(only<ZoneTilted>(told()).at(0).fade.to, percent(70));
  EXPECT_EQ(lights_->tilt_of(0), percent(70));
}

class Colours : public LightsTest {
 protected:
  void begin_with(LoadType load) {
    Zone& zone = add(load);
    zone.warmest = 2000;
    zone.coolest = 5000;
    begin();
  }
};

TEST_F(Colours, FadeFromWhereTheyAre) {
  begin_with(LoadType::white_tuning);
  auto told = only<ZoneColoured>(colour(0, Colour::white(3000), 10s));
  ASSERT_EQ(told.size(), 1u);
  EXPECT_EQ(told[0].duration, 0s) << "nobody knows from where";
  told = only<ZoneColoured>(colour(0, Colour::white(4000), 10s));
  EXPECT_EQ(told[0].from, Colour::white(3000));
  EXPECT_EQ(told[0].duration, 10s);
  wait(5s);
  told = only<ZoneColoured>(colour(0, Colour::white(3000), 10s));
  EXPECT_EQ(told[0].from, Colour::white(3500));
  EXPECT_EQ(lights_->colour_of(0), Colour::white(3000));
}

TEST_F(Colours, OfAWhiteAreWhitesWithinItsLimits) {
  begin_with(LoadType::white_tuning);
  colour(0, Colour::white(9000));
  EXPECT_EQ(lights_->colour_of(0), Colour::white(5000));
  colour(0, Colour::xy(6400, 3300));
  EXPECT_EQ(lights_->colour_of(0), Colour::white(2000));
}

TEST_F(Colours, OfASpectrumAreAnyAndKeepTheirVibrancy) {
  begin_with(LoadType::spectrum);
  colour(0, Colour::xy(6400, 3300));
  EXPECT_EQ(lights_->colour_of(0), Colour::xy(6400, 3300));
  Colour vivid = Colour::white(9000);
  vivid.vibrancy = 80;
  colour(0, vivid);
  EXPECT_EQ(lights_->colour_of(0).kelvin, 5000);
  EXPECT_EQ(lights_->colour_of(0).vibrancy, 80);
}

TEST_F(Colours, MayGoByTheLevel) {
  for (const LoadType load : {LoadType::spectrum, LoadType::white_tuning}) {
    begin_with(load);
    const auto told = only<ZoneColoured>(colour(0, Colour::warm_dim(), 10s));
    ASSERT_EQ(told.size(), 1u);
    EXPECT_EQ(told[0].duration, Duration::zero()) << "there is no way between a colour and a rule";
    EXPECT_EQ(lights_->colour_of(0), Colour::warm_dim());
    colour(0, Colour::white(3000), 10s);
    EXPECT_EQ(lights_->colour_of(0), Colour::white(3000));
  }
}

TEST_F(Colours, AreNotForOtherLoads) {
  for (const LoadType load :
       {LoadType::dimmed, LoadType::switched, LoadType::fan, LoadType::shade, LoadType::tilting_shade,
        LoadType::contact, LoadType::pulsed_contact, LoadType::warm_dim, LoadType::climate}) {
    home_ = HomeBuilder();
    begin_with(load);
    EXPECT_TRUE(colour(0, Colour::white(3000)).empty()) << static_cast<int>(load);
  }
}

TEST_F(Colours, OfNoneChangeNothing) {
  begin_with(LoadType::spectrum);
  EXPECT_TRUE(colour(0, {}).empty());
}

TEST_F(Colours, AreRememberedOverARestart) {
  begin_with(LoadType::spectrum);
  begin({.colours = {{home_.project().zones[0].number, Colour::xy(3000, 3000)}}});
  EXPECT_EQ(only<ZoneColoured>(told()).at(0).to, Colour::xy(3000, 3000));
}

TEST_F(Colours, FollowNewLimits) {
  begin_with(LoadType::white_tuning);
  colour(0, Colour::white(5000));
  home_.project().zones[0].coolest = 4000;
  EXPECT_EQ(only<ZoneColoured>(activate()).at(0).to, Colour::white(4000));
  home_.project().zones[0].load = LoadType::dimmed;
  activate();
  EXPECT_FALSE(lights_->colour_of(0));
}

class Presets : public LightsTest {
 protected:
  /// A preset with one assignment.
  void begin_with(const Assignment& assignment) {
    Zone& zone = add(LoadType::spectrum);
    Assignment it = assignment;
    it.zone = zone.number;
    home_.add_scene(home_.home(), 1, {it});
    begin();
  }
  std::vector<Change> run() {
    return tell([&](const Moment& why, Changes& into) { lights_->run(0, why, into); });
  }
};

TEST_F(Presets, SetLevelAndColourTogether) {
  begin_with({.level = percent(60), .fade = 3s, .colour = Colour::white(3000)});
  const auto told = run();
  EXPECT_EQ(only<ZoneTargeted>(told).size(), 1u);
  EXPECT_EQ(only<ZoneColoured>(told).size(), 1u);
}

TEST_F(Presets, MayKeepTheLevel) {
  begin_with({.level = percent(60), .keeps_level = true, .colour = Colour::white(3000)});
  const auto told = run();
  EXPECT_TRUE(only<ZoneTargeted>(told).empty());
  EXPECT_EQ(only<ZoneColoured>(told).size(), 1u);
}

TEST_F(Presets, WithOnlyAColourLeaveALevelThatWaits) {
  begin_with({.delay = 5s, .keeps_level = true, .colour = Colour::white(3000)});
  set(0, 70, 0s, 8s);
  EXPECT_TRUE(run().empty());
  const auto told = wait(10s);
  ASSERT_EQ(told.size(), 2u);
  EXPECT_TRUE(std::holds_alternative<ZoneColoured>(told[0].what));
  EXPECT_EQ(last_step(told[0]).kind, Kind::delay_elapsed);
  EXPECT_EQ(target(0), 70);
}

TEST_F(Presets, ThatWaitForAColourGiveWayToANewerOne) {
  begin_with({.delay = 5s, .keeps_level = true, .colour = Colour::white(3000)});
  run();
  colour(0, Colour::white(2500));
  EXPECT_TRUE(wait(10s).empty());
}

class Climates : public LightsTest {
 protected:
  Climates() {
    add(LoadType::climate);
    begin();
  }
  std::vector<Change> ask(SetClimate command) {
    return tell([&](const Moment& why, Changes& into) { lights_->set_climate(0, command, why, into); });
  }
};

TEST_F(Climates, TellWhatIsSetAndMeasured) {
  auto told = only<ClimateChanged>(ask({{}, ClimateMode::heat, std::int16_t{2150}, {}}));
  ASSERT_EQ(told.size(), 1u);
  EXPECT_EQ(told[0].mode, ClimateMode::heat);
  EXPECT_EQ(told[0].heat_to, 2150);
  EXPECT_TRUE(ask({{}, ClimateMode::heat, std::int16_t{2150}, {}}).empty()) << "no news";
  told = only<ClimateChanged>(
      tell([&](const Moment& why, Changes& into) { lights_->report_temperature(0, 1980, why, into); }));
  EXPECT_EQ(told.at(0).temperature, 1980);
  EXPECT_EQ(told.at(0).heat_to, 2150);
}

TEST_F(Climates, HaveNoLevel) {
  EXPECT_TRUE(set(0, 50).empty());
  EXPECT_TRUE(report(0, 50).empty());
  EXPECT_TRUE(ramp(0, true).empty());
  EXPECT_TRUE(stop(0).empty());
}

TEST_F(Climates, AreRememberedOverARestart) {
  begin({.climates = {{home_.project().zones[0].number, ClimateMode::cool, 1800, 2300}}});
  EXPECT_EQ(only<ClimateChanged>(told()).at(0).cool_to, 2300);
  activate();
  EXPECT_EQ(lights_->thermostat(0)->cool_to, 2300);
}

TEST(Thermostat, NeverHeatsAboveWhereItCools) {
  struct Row {
    std::optional<std::int16_t> heat;
    std::optional<std::int16_t> cool;
    std::int16_t heat_to;
    std::int16_t cool_to;
  };
  for (const auto& [heat, cool, heat_to, cool_to] : {
           Row{{}, {}, 2000, 2600},
           Row{2200, {}, 2200, 2600},
           Row{2700, {}, 2700, 2700},
           Row{{}, 1900, 1900, 1900},
           Row{2400, 2100, 2400, 2400},
           Row{-30000, 30000, Thermostat::kLowest, Thermostat::kHighest},
       }) {
    Thermostat thermostat;
    thermostat.set({{}, {}, heat, cool});
    EXPECT_EQ(thermostat.heat_to, heat_to);
    EXPECT_EQ(thermostat.cool_to, cool_to);
  }
}

}  // namespace
}  // namespace candela::engine
