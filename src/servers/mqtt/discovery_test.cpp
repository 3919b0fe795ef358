#include "servers/mqtt/discovery.h"

#include <gtest/gtest.h>

#include <boost/json.hpp>
#include <map>
#include <set>

#include "servers/mqtt/leftovers.h"
#include "servers/mqtt/test_house.h"

namespace candela::servers::mqtt {
namespace {

namespace json = boost::json;

class DiscoveryTest : public ::testing::Test, protected testing::House {
 protected:
  using Documents = std::map<std::string, json::object>;

  Documents documents() const {
    Documents all;
    for (const Message& it : discovery(project(), identity_, settings_)) {
      EXPECT_TRUE(it.retained);
      EXPECT_TRUE(all.emplace(it.topic, json::parse(it.payload).get_object()).second) << it.topic;
    }
    return all;
  }
  json::object document(const std::string& component, const std::string& object) const {
    const Documents all = documents();
    const auto found = all.find("homeassistant/" + component + "/candela_00001234/" + object + "/config");
    EXPECT_NE(found, all.end()) << object;
    return found == all.end() ? json::object() : found->second;
  }
  template <class Change>
  void change(Change change) {
    Project home = project();
    change(home);
    home.build_index();
    happens(ProjectActivated{std::make_shared<const Project>(std::move(home))});
  }

  Identity identity_{0x1234, "0.1.0"};
  Settings settings_;
};

TEST_F(DiscoveryTest, EverythingHasOneIdAndIsFoundUnderTopicsThatExist) {
  std::set<std::string> ids;
  for (const auto& [topic, document] : documents()) {
    EXPECT_TRUE(ids.emplace(document.at("unique_id").as_string()).second) << topic;
    EXPECT_EQ(document.at("availability_topic"), "candela/status");
    EXPECT_EQ(document.at("origin").at("name"), "Candela");
    EXPECT_TRUE(is_discovery_topic(topic, identity_, settings_));
    for (const auto& member : document) {
      if (!member.key().ends_with("_topic") || member.key() == "availability_topic") continue;
      const std::string named(member.value().as_string());
      const auto parts = read_topic("candela", named);
      ASSERT_TRUE(parts) << named;
      EXPECT_TRUE(find(project(), parts->kind, parts->id)) << named;
      const Row* const row = find_row(parts->kind, parts->what);
      ASSERT_NE(row, nullptr) << named;
      EXPECT_TRUE(parts->is_command ? row->read != nullptr : row->write != nullptr || row->told) << named;
    }
  }
  EXPECT_GT(ids.size(), 30U);
}

TEST_F(DiscoveryTest, ALight) {
  const json::object lamp = document("light", "zones_pendant_light");
  EXPECT_EQ(lamp.at("name"), "Pendant");
  EXPECT_EQ(lamp.at("schema"), "json");
  EXPECT_EQ(lamp.at("device").at("name"), "Studio");
  EXPECT_EQ(lamp.at("device").at("suggested_area"), "Studio");
  EXPECT_EQ(lamp.at("device").at("via_device"), "candela_00001234");
  EXPECT_EQ(lamp.at("supported_color_modes"), (json::array{"brightness"}));
  const json::object strip = document("light", "zones_strip_light");
  EXPECT_EQ(strip.at("supported_color_modes"), (json::array{"color_temp", "xy"}));
  EXPECT_EQ(strip.at("max_mireds"), 556);
  EXPECT_EQ(document("cover", "zones_blind_level").at("tilt_command_topic"), "candela/zones/blind/tilt/set");
}

TEST_F(DiscoveryTest, NobodyIsCalledTwice) {
  change([](Project& home) {
    home.zones[0].name = "Studio Pendant";
    home.zones[1].name = "Studio";
    home.areas.push_back(home.areas[2]);
    home.areas.back().number = AreaId{13};
    home.areas.back().id = "other";
    home.devices[0].name = "Studio keypad";
    home.devices[1].name = home.devices[5].name = "Thing";
  });
  EXPECT_EQ(document("light", "zones_pendant_light").at("name"), "Pendant");
  EXPECT_EQ(document("switch", "zones_relay_state").at("name"), nullptr) << "it goes by its device's name";
  EXPECT_EQ(document("light", "zones_pendant_light").at("device").at("name"), "Floor Studio");
  const json::object button = document("event", "buttons_button-201_event");
  EXPECT_EQ(button.at("device").at("name"), "Studio keypad");
  EXPECT_EQ(button.at("name"), "All <on> & \"bright\"");
  EXPECT_EQ(document("binary_sensor", "devices_Module_presence").at("device").at("name"), "Studio Thing");
}

TEST_F(DiscoveryTest, IdsOutliveNames) {
  const auto before = documents();
  change([](Project& home) {
    for (Zone& it : home.zones) it.name += " renamed";
    for (Area& it : home.areas) it.name += " renamed";
  });
  const auto after = documents();
  ASSERT_EQ(before.size(), after.size());
  for (const auto& [topic, document] : before) {
    ASSERT_TRUE(after.contains(topic));
    EXPECT_EQ(after.at(topic).at("unique_id"), document.at("unique_id"));
    EXPECT_EQ(after.at(topic).at("device").at("identifiers"), document.at("device").at("identifiers"));
  }
}

TEST_F(DiscoveryTest, WhoMayOnlyLookIsShownNothingToOperate) {
  settings_.read_only = true;
  for (const auto& [topic, document] : documents()) {
    for (const auto& member : document) EXPECT_FALSE(member.key().ends_with("command_topic")) << topic;
  }
  EXPECT_EQ(document("sensor", "zones_pendant_level").at("unit_of_measurement"), "%");
}

class LeftoversTest : public DiscoveryTest {
 protected:
  void keeps(const std::string& topic, const std::string& payload = "1") { leftovers_.found({topic, payload, true}); }
  Leftovers leftovers_{identity_, settings_};
};

TEST_F(LeftoversTest, AreWhatHasTheFormOfOursAndIsNotOurs) {
  leftovers_.begin();
  for (const char* topic : {"candela/zones/pendant/level", "candela/zones/attic/level", "candela/zones/attic/thoughts",
                            "candela/zones/attic/level/set", "candela/notes", "candela/house/mode",
                            "homeassistant/light/candela_00001234/zones_attic_light/config",
                            "homeassistant/light/candela_00009999/zones_attic_light/config"}) {
    keeps(topic);
  }
  keeps("candela/zones/empty/level", "");
  keeps("candela/processor", R"({"serial": "00001234"})");
  EXPECT_EQ(leftovers_.end({"candela/zones/pendant/level", "candela/house/mode"}),
            (std::vector<std::string>{"candela/zones/attic/level",
                                      "homeassistant/light/candela_00001234/zones_attic_light/config"}));
  keeps("candela/zones/late/level");
  EXPECT_TRUE(leftovers_.end({}).empty());
}

TEST_F(LeftoversTest, OfAnotherProcessorAreLeftAlone) {
  leftovers_.begin();
  keeps("candela/zones/attic/level");
  keeps("homeassistant/light/candela_00001234/zones_attic_light/config");
  keeps("candela/processor", R"({"serial": "00009999"})");
  EXPECT_EQ(leftovers_.end({}).size(), 1U) << "its discovery has a name of its own";
  EXPECT_EQ(leftovers_.stranger(), "00009999");
  leftovers_.begin();
  keeps("candela/processor", "no JSON");
  EXPECT_EQ(leftovers_.stranger(), "");
}

}  // namespace
}  // namespace candela::servers::mqtt
