// Emergencies and load shedding.
#include <gtest/gtest.h>
#include <rapidcheck/gtest.h>

#include "engine/lights_fixture.h"

namespace candela::engine {
namespace {

using Kind = CauseStep::Kind;

class Emergencies : public LightsTest {
 protected:
  Emergencies() {
    add(LoadType::dimmed).emergency = Level::full();
    add(LoadType::dimmed);
  }
};

TEST_F(Emergencies, SendZonesWithALevelThereAtOnceAndBack) {
  begin();
  set(0, 30);
  auto told = emergency(true);
  EXPECT_EQ(only<EmergencyChanged>(told).size(), 1u);
  ASSERT_EQ(only<ZoneTargeted>(told).size(), 1u);
  EXPECT_EQ(only<ZoneTargeted>(told)[0].fade.duration, 0s);
  EXPECT_EQ(reads(0), 100);
  EXPECT_EQ(last_step(told.back()).kind, Kind::emergency_began);
  EXPECT_TRUE(emergency(true).empty());
  told = emergency(false);
  EXPECT_EQ(last_step(told.back()).kind, Kind::emergency_ended);
  EXPECT_EQ(target(0), 30);
}

TEST_F(Emergencies, RememberWhatIsAskedMeanwhile) {
  begin();
  set(0, 30);
  emergency(true);
  EXPECT_TRUE(set(0, 70).empty());
  EXPECT_TRUE(set(0, 0, 10s, 5s).empty());
  EXPECT_TRUE(wait(10s).empty());
  EXPECT_EQ(reads(0), 100);
  EXPECT_EQ(lights_->wanted(0).to, Level::off());
  const auto told = only<ZoneTargeted>(emergency(false));
  ASSERT_EQ(told.size(), 1u);
  EXPECT_EQ(told[0].fade.to, Level::off());
  EXPECT_EQ(told[0].fade.duration, 5s) << "the rest of its fade";
  EXPECT_EQ(set(1, 20).size(), 1u) << "others obey";
}

/// Everything that can be asked of a zone that an emergency holds, and where it then goes when it ends.
TEST(EmergencyHolds, AgainstEverythingAsked) {
  enum class Event { nothing, set, off, delayed, raise, lower, stop, tilt, colour, shed, activate };
  struct Row {
    Event event;
    double afterwards;
  };
  class Held : public LightsTest {
   public:
    void TestBody() override {}
    void happens(Event event) {
      switch (event) {
        case Event::nothing: break;
        case Event::set: set(0, 70); break;
        case Event::off: set(0, 0); break;
        case Event::delayed: set(0, 80, 0s, 5s); break;
        case Event::raise: ramp(0, true); break;
        case Event::lower: ramp(0, false); break;
        case Event::stop: stop(0); break;
        case Event::tilt: tilt(0, 50); break;
        case Event::colour: colour(0, Colour::white(3000)); break;
        case Event::shed: shed(50); break;
        case Event::activate: activate(); break;
      }
    }
    double ends_at(Event event) {
      Zone& zone = add(LoadType::white_tuning);
      zone.emergency = percent(90);
      begin();
      set(0, 40);
      emergency(true);
      happens(event);
      wait(20s);
      EXPECT_EQ(reads(0), 90) << "held against " << static_cast<int>(event);
      emergency(false);
      wait(20s);
      return reads(0);
    }
    Colour colour_now() const { return lights_->colour_at(0, clock_.now().mono); }
  };
  for (const auto& [event, afterwards] :
       {Row{Event::nothing, 40}, Row{Event::set, 70}, Row{Event::off, 0}, Row{Event::delayed, 80},
        Row{Event::raise, 100}, Row{Event::lower, 1}, Row{Event::stop, 40}, Row{Event::tilt, 40},
        Row{Event::colour, 40}, Row{Event::shed, 40}, Row{Event::activate, 40}}) {
    Held held;
    EXPECT_NEAR(held.ends_at(event), afterwards, 0.01) << static_cast<int>(event);
    if (event == Event::colour) {
      EXPECT_EQ(held.colour_now(), Colour::white(3000));
    }
  }
}

TEST_F(Emergencies, AreRememberedOverARestart) {
  begin({.zones = {{home_.project().zones[0].number, percent(100), percent(100), clock_.now().utc, 0s}},
         .emergency = true});
  EXPECT_TRUE(lights_->is_emergency());
  EXPECT_TRUE(set(0, 20).empty());
  emergency(false);
  EXPECT_EQ(target(0), 20);
}

TEST_F(Emergencies, LetGoWhatTheNewProjectLeavesOut) {
  begin();
  set(0, 30);
  emergency(true);
  home_.project().zones[0].emergency.reset();
  home_.project().zones[1].emergency = percent(50);
  activate();
  EXPECT_EQ(target(0), 30);
  EXPECT_EQ(target(1), 50);
  EXPECT_EQ(set(0, 10).size(), 1u);
}

class Shedding : public LightsTest {
 protected:
  Shedding() { add(LoadType::dimmed).sheds = true; }
};

TEST_F(Shedding, TakesAShareAndGivesItBack) {
  begin();
  set(0, 80);
  auto told = shed(25);
  EXPECT_EQ(only<LoadShed>(told).size(), 1u);
  EXPECT_EQ(last_step(told.back()), (CauseStep{Kind::load_shed, 25}));
  EXPECT_NEAR(target(0), 60, 0.01);
  EXPECT_TRUE(shed(25).empty());
  shed(50);
  EXPECT_NEAR(target(0), 40, 0.01);
  shed(0);
  EXPECT_EQ(target(0), 80);
}

TEST_F(Shedding, GoesOnForWhatIsAskedMeanwhile) {
  begin();
  shed(50);
  set(0, 60);
  EXPECT_NEAR(target(0), 30, 0.01);
  ramp(0, true);
  EXPECT_NEAR(target(0), 50, 0.01);
  stop(0);
  EXPECT_NEAR(target(0), 30, 0.01);
  shed(0);
  EXPECT_NEAR(target(0), 60, 0.01);
}

TEST_F(Shedding, BelievesThePaddle) {
  begin();
  set(0, 80);
  shed(50);
  wait(10s);
  report(0, 90);
  EXPECT_EQ(reads(0), 90);
  shed(0);
  EXPECT_EQ(target(0), 90);
}

TEST_F(Shedding, SwitchesOnlyAtTheWholeShare) {
  add(LoadType::switched).sheds = true;
  add(LoadType::shade).sheds = true;
  begin();
  set(0, 1);
  set(1, 100);
  set(2, 100);
  shed(99);
  EXPECT_GT(target(0), 0) << "on stays on";
  EXPECT_EQ(target(1), 100);
  shed(100);
  EXPECT_EQ(target(0), 0);
  EXPECT_EQ(target(1), 0);
  EXPECT_EQ(target(2), 100) << "a shade has no load to shed";
  shed(0);
  EXPECT_EQ(target(1), 100);
}

TEST_F(Shedding, IsRememberedOverARestart) {
  begin({.zones = {{home_.project().zones[0].number, percent(40), percent(40), clock_.now().utc, 0s}},
         .shed_percent = 50});
  EXPECT_EQ(target(0), 40);
  shed(0);
  EXPECT_NEAR(target(0), 80, 0.01);
}

TEST_F(Shedding, GivesWayToAnEmergencyAndComesBack) {
  home_.project().zones[0].emergency = Level::full();
  begin();
  set(0, 80);
  shed(50);
  emergency(true);
  EXPECT_EQ(target(0), 100);
  set(0, 60);
  emergency(false);
  EXPECT_NEAR(target(0), 30, 0.01);
  shed(0);
  EXPECT_NEAR(target(0), 60, 0.01);
}

TEST_F(Shedding, ANewProjectGoesOn) {
  begin();
  set(0, 80);
  shed(50);
  EXPECT_TRUE(only<ZoneTargeted>(activate()).empty());
  home_.project().zones[0].sheds = false;
  activate();
  EXPECT_EQ(target(0), 80);
}

/// Random days of all kinds of zones with everything that holds them.
class Days : public LightsTest {
 public:
  void TestBody() override {}
  using Draw = std::tuple<std::uint8_t, std::uint8_t, std::uint16_t, std::uint8_t>;

  std::vector<Change> live(const std::vector<Draw>& draws) {
    for (int load = 0; load <= static_cast<int>(LoadType::climate); ++load) add_zones(static_cast<LoadType>(load));
    begin();
    std::vector<Change> all;
    for (const Draw& draw : draws) {
      const auto keep = [&](const std::vector<Change>& news) { all.insert(all.end(), news.begin(), news.end()); };
      keep(wait(std::chrono::milliseconds(std::get<3>(draw) * 37)));
      keep(happens(draw));
      check();
    }
    return all;
  }

  void end_overrides() {
    emergency(false);
    shed(0);
    check();
    for (Slot zone = 0; zone < home_.project().zones.size(); ++zone) {
      RC_ASSERT(&lights_->wanted(zone) == &lights_->zone(zone).fade);
    }
  }

 private:
  void add_zones(LoadType load) {
    add(load).travel = 7s;
    Zone& held = add(load);
    held.emergency = percent(70);
    held.sheds = true;
    Zone& slow = add(load);
    slow.minimum_on = 3s;
    slow.sheds = true;
    slow.tilt_travel = 2s;
  }

  std::vector<Change> happens(const Draw& draw) {
    const auto& [kind, which, extent, pause] = draw;
    const Slot zone = which % static_cast<Slot>(home_.project().zones.size());
    const double level = extent % 101;
    switch (kind % 12) {
      case 0: return emergency(extent % 2 == 0);
      case 1: return shed(static_cast<std::uint8_t>(extent % 130));
      case 2: return ramp(zone, extent % 2 == 0);
      case 3: return stop(zone);
      case 4: return report(zone, level);
      case 5: return tilt(zone, level);
      case 6: return colour(zone, Colour::white(extent), std::chrono::seconds(extent % 5));
      case 7: return set(zone, level, 0s, std::chrono::seconds(extent % 9));
      case 8: return set(zone, 0);
      case 9: return activate();
      default: return set(zone, level, std::chrono::seconds(extent % 4));
    }
  }

  void check() {
    const MonoTime now = clock_.now().mono;
    for (Slot slot = 0; slot < lights_->plan().project().zones.size(); ++slot) {
      const ZoneState& zone = lights_->zone(slot);
      RC_ASSERT(reachable(zone.load, zone.fade.to) == zone.fade.to);
      if (!is_ramped(zone.load)) RC_ASSERT(!zone.fade.moving(now));
      const Colour colour = lights_->colour_at(slot, now);
      if (colour.kind == Colour::Kind::white) RC_ASSERT(colour.kelvin >= 1800 && colour.kelvin <= 6500);
      if (zone.load == LoadType::pulsed_contact && zone.fade.to.is_on()) RC_ASSERT(lights_->next_due().has_value());
    }
    RC_ASSERT(!lights_->next_due() || *lights_->next_due() > now);
  }
};

RC_GTEST_PROP(AllLoads, StayWithinWhatTheyCan, (const std::vector<Days::Draw>& draws)) {
  Days days;
  days.live(draws);
  days.end_overrides();
}

RC_GTEST_PROP(AllLoads, ReplayIdentically, (const std::vector<Days::Draw>& draws)) {
  RC_ASSERT(Days().live(draws) == Days().live(draws));
}

}  // namespace
}  // namespace candela::engine
