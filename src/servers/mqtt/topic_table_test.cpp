#include "servers/mqtt/topic_table.h"

#include <gtest/gtest.h>

#include <set>

#include "servers/mqtt/test_house.h"
#include "servers/mqtt/touched.h"

namespace candela::servers::mqtt {
namespace {

using std::chrono::seconds;

class TopicsTest : public ::testing::Test, protected testing::House {};

TEST_F(TopicsTest, AreReadByTheirForm) {
  const auto parts = read_topic("candela", "candela/zones/hall.ceiling/level/set");
  ASSERT_TRUE(parts);
  EXPECT_EQ(parts->kind, Kind::zone);
  EXPECT_EQ(parts->id, "hall.ceiling");
  EXPECT_EQ(parts->what, "level");
  EXPECT_TRUE(parts->is_command);
  EXPECT_FALSE(read_topic("candela", "candela/house/mode")->is_command);
  for (const char* topic :
       {"", "candela", "candela/", "candela/zones", "candela/zones/a", "candela/zones//level", "candela/zones/+/level",
        "candela/zones/#", "candela/zones/a/level/get", "candela/zones/a/level/set/set", "candela/zones/a/level/",
        "candela/rooms/a/level", "other/zones/a/level", "candela2/zones/a/level", "candela/zones/\xC3\xA4/level"}) {
    EXPECT_FALSE(read_topic("candela", topic)) << topic;
  }
}

TEST_F(TopicsTest, ALevelIsWhereItGoes) {
  EXPECT_EQ(told("zones/pendant/level"), "0");
  set(30, 40.5, seconds(10));
  EXPECT_EQ(told("zones/pendant/level"), "40.5");
  EXPECT_EQ(told("zones/pendant/state"), "ON");
  EXPECT_EQ(told("zones/pendant/light"), R"({"state":"ON","brightness":40,"color_mode":"brightness"})");
  EXPECT_EQ(told("zones/relay/light"), "-");
  EXPECT_EQ(told("zones/air/level"), "-");
  EXPECT_EQ(told("zones/air/climate"), R"({"mode":"off","heat":20,"cool":26,"temperature":0})");
}

TEST_F(TopicsTest, AShadeSaysThatItMoves) {
  EXPECT_EQ(told("zones/shade/state"), "closed");
  set(32, 60, seconds(10));
  EXPECT_EQ(told("zones/shade/state"), "opening");
  surroundings.clock.advance(seconds(10));
  EXPECT_EQ(told("zones/shade/state"), "open");
  set(32, 20, seconds(10));
  EXPECT_EQ(told("zones/shade/state"), "closing");
}

TEST_F(TopicsTest, AColourOfALight) {
  set(42, 100);
  happens(ZoneColoured{ZoneId{42}, {}, Colour::xy(3000, 4000)});
  EXPECT_EQ(told("zones/strip/light"),
            R"({"state":"ON","brightness":100,"color_mode":"xy","color":{"x":0.3,"y":0.4}})");
  EXPECT_EQ(told("zones/strip/colour"), R"({"x":0.3,"y":0.4})");
  happens(ZoneColoured{ZoneId{41}, {}, Colour::white(2500)});
  EXPECT_EQ(told("zones/white/light"), R"({"state":"OFF","brightness":0,"color_mode":"color_temp","color_temp":400})");
}

TEST_F(TopicsTest, TheRestOfTheHouse) {
  EXPECT_EQ(told("areas/studio/scene"), "none");
  happens(SceneChanged{AreaId{12}, SceneId{92}});
  EXPECT_EQ(told("areas/studio/scene"), "studio.work");
  EXPECT_EQ(told("areas/floor/scene"), "-");
  EXPECT_EQ(told("buttons/button-201/led"), "off");
  EXPECT_EQ(told("buttons/button-203/led"), "-") << "it has none";
  EXPECT_EQ(told("buttons/button-231/contact"), "-") << "nobody knows";
  contacts[ButtonId{231}] = true;
  EXPECT_EQ(told("buttons/button-231/contact"), "closed");
  EXPECT_EQ(told("variables/guests/state"), "none");
  EXPECT_EQ(told("occupancy/studio/state"), "unknown");
  EXPECT_EQ(told("occupancy/studio/mode"), "automatic");
  EXPECT_EQ(told("timeclocks/garden/enabled"), "ON");
  EXPECT_EQ(told("facades/south/wanted"), "none");
  EXPECT_EQ(told("facades/south/elsewhere"), "[]");
  EXPECT_EQ(told("devices/Keypad/presence"), "unknown");
  EXPECT_EQ(told("devices/Phantom/presence"), "-");
  EXPECT_EQ(told("devices/Sensor/enabled"), "ON");
  happens(ModeChanged{ModeId{71}});
  EXPECT_EQ(told("house/mode"), "away");
  EXPECT_EQ(told("house/shed_percent"), "0");
}

TEST_F(TopicsTest, CommandsOfZones) {
  EXPECT_EQ(ask("zones/pendant/level", "40"), "zone 30 40");
  EXPECT_EQ(ask("zones/pendant/level", R"({"level": 40, "fade": 2.5, "delay": 10})"), "zone 30 40 fade 2.5 delay 10");
  EXPECT_EQ(ask("zones/pendant/state", "ON"), "zone 30 100");
  EXPECT_EQ(ask("zones/pendant/state", "TOGGLE"), "zone 30 100");
  EXPECT_EQ(ask("zones/relay/level", "1"), "zone 31 100");
  EXPECT_EQ(ask("zones/pendant/move", "raise"), "move 30 0");
  EXPECT_EQ(ask("zones/relay/move", "raise"), "refused: this zone cannot be raised and lowered");
  EXPECT_EQ(ask("zones/shade/state", "open"), "zone 32 100");
  EXPECT_EQ(ask("zones/shade/state", "stop"), "move 32 2");
  EXPECT_EQ(ask("zones/shade/state", "ON"), "refused: it has to be open, close or stop");
  EXPECT_EQ(ask("zones/blind/tilt", "25"), "tilt 35 25");
  EXPECT_EQ(ask("zones/shade/tilt", "25"), "refused: this zone has no slats");
  EXPECT_EQ(ask("zones/air/climate", R"({"mode": "heat", "heat": 21.5})"), "climate 40 mode 1 heat 2150");
  EXPECT_EQ(ask("zones/air/climate", "{}"), R"(refused: say "mode", "heat" or "cool")");
  EXPECT_EQ(ask("zones/air/level", "1"), "refused: a thermostat has no level");
}

TEST_F(TopicsTest, CommandsOfLightsInJson) {
  EXPECT_EQ(ask("zones/pendant/light", R"({"state": "ON"})"), "zone 30 100");
  EXPECT_EQ(ask("zones/pendant/light", R"({"state": "ON", "brightness": 20, "transition": 3})"), "zone 30 20 fade 3");
  EXPECT_EQ(ask("zones/pendant/light", R"({"state": "OFF", "brightness": 20})"), "zone 30 0");
  EXPECT_EQ(ask("zones/pendant/light", R"({"brightness": 0})"), "zone 30 0");
  EXPECT_EQ(ask("zones/pendant/light", R"({"state": "ON", "color_temp": 300})"),
            "refused: this light has no colour of its own");
  EXPECT_EQ(ask("zones/strip/light", R"({"color": {"h": 0, "s": 100}})"), "something else; zone 42 100");
  set(42, 30);
  EXPECT_EQ(ask("zones/strip/light", R"({"color": {"x": 0.3, "y": 0.4}})"), "something else") << "its level stays";
  EXPECT_EQ(ask("zones/strip/light", R"({"state": "ON"})"), "") << "it is on";
  EXPECT_EQ(ask("zones/strip/light", R"({"state": 1})"), R"(refused: "state" has to be "ON", "OFF" or "TOGGLE")");
  EXPECT_EQ(ask("zones/relay/light", "{}"), "refused: this zone is no light that dims");
}

TEST_F(TopicsTest, CommandsOfEverythingElse) {
  EXPECT_EQ(ask("areas/studio/scene", "work"), "scene 92");
  EXPECT_EQ(ask("areas/studio/scene", "studio.work"), "scene 92");
  EXPECT_EQ(ask("areas/studio/scene", "ork"), "refused: this area has no such scene");
  EXPECT_EQ(ask("areas/studio/level", "5"), "area 12 5");
  EXPECT_EQ(ask("areas/studio/move", "stop"), "move area 12 2");
  EXPECT_EQ(ask("scenes/studio.work/recall", "ON"), "scene 92");
  EXPECT_EQ(ask("buttons/button-201/led", "flash"), "led 301 2");
  EXPECT_EQ(ask("buttons/button-203/led", "on"), "refused: this button has no LED");
  EXPECT_EQ(ask("buttons/button-201/event", "press"), "press 201");
  EXPECT_EQ(ask("buttons/button-201/event", "release"), "release 201");
  EXPECT_EQ(ask("buttons/button-201/event", "tap"), "tap 201");
  EXPECT_EQ(ask("buttons/button-231/event", "tap"), "refused: a contact input is for the wires only");
  EXPECT_EQ(ask("buttons/button-231/contact", "closed"), "refused: there is no such command");
  EXPECT_EQ(ask("variables/guests/state", "some"), "variable 60 1");
  EXPECT_EQ(ask("variables/guests/state", "many"), "refused: the variable has no such state");
  EXPECT_EQ(ask("timeclock_events/event-1/enabled", "TOGGLE"), "disable 501");
  EXPECT_EQ(ask("timeclock_events/event-1/run", "ON"), "run 501");
  EXPECT_EQ(ask("house/mode", "away"), "mode 71");
  EXPECT_EQ(ask("house/night", "ON"), "refused: there is no such command");
}

TEST_F(TopicsTest, PayloadsThatAreNone) {
  for (const char* payload : {"", "x", "-1", "100.1", "1e999", "nan", "0x10", "40 ", "{", "{}", R"({"level": "40"})",
                              R"({"level": 40, "speed": 1})", R"({"level": 40, "fade": -1})", "[40]"}) {
    EXPECT_TRUE(ask("zones/pendant/level", payload).starts_with("refused: ")) << payload;
  }
  EXPECT_EQ(ask("zones/pendant/level", std::string(5000, '1')), "refused: it is longer than 4096 bytes");
}

TEST_F(TopicsTest, ChangesTouchWhatTellsOfThem) {
  std::set<Object> touched;
  const auto after = [&](decltype(Change::what) what) {
    touched.clear();
    note(Change{surroundings.clock.now(), {}, std::move(what)}, project(), touched);
    return touched;
  };
  EXPECT_EQ(after(ZoneTargeted{ZoneId{30}, {}, false}), (std::set<Object>{{Kind::zone, 30}}));
  EXPECT_EQ(after(ZoneTargeted{ZoneId{32}, {}, false}), (std::set<Object>{{Kind::zone, 32}, {Kind::facade, 33}}));
  EXPECT_EQ(after(LedChanged{LedId{301}, LedState::on}), (std::set<Object>{{Kind::button, 201}}));
  EXPECT_EQ(after(ButtonActed{ButtonId{201}, ButtonMove::press}), std::set<Object>());
  EXPECT_EQ(after(ButtonActed{ButtonId{231}, ButtonMove::press}), (std::set<Object>{{Kind::button, 231}}));
  EXPECT_EQ(after(AwayChanged{true}), (std::set<Object>{Object{}}));
}

TEST_F(TopicsTest, WhatIsNoWordHasNoTopic) {
  Project home = project();
  home.zones[0].id = "hall/+";
  home.build_index();
  happens(ProjectActivated{std::make_shared<const Project>(std::move(home))});
  std::vector<Message> all;
  write_states(sight(), "candela", {Kind::zone, 30}, all);
  EXPECT_TRUE(all.empty());
}

}  // namespace
}  // namespace candela::servers::mqtt
