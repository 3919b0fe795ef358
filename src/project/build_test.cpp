// What a project file becomes: the objects, joined by their numbers.

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include "project/test_home.h"

namespace candela::project {
namespace {

using std::chrono::seconds;
using ::testing::ElementsAre;
using ::testing::IsEmpty;
using ::testing::SizeIs;

class Built : public ::testing::Test {
 protected:
  Built() : reading_(read_text(std::string(kTestHome))), home_(*reading_.project) {}

  const Zone& zone(std::string_view id) const { return *home_.find_zone(id); }
  const Button& button(std::string_view id) const { return *home_.find_button(id); }
  const Scene& scene(std::string_view id) const { return *home_.find_scene(id); }

  const Reading reading_;
  const Project& home_;
};

TEST_F(Built, knows_the_home) {
  EXPECT_EQ(home_.name, "Test home");
  EXPECT_EQ(home_.location.latitude, 59.33);
  EXPECT_EQ(home_.location.longitude, 18.07);
  EXPECT_EQ(home_.location.time_zone, "Europe/Stockholm");
  EXPECT_EQ(home_.plan_size.x, 10);
  EXPECT_EQ(home_.plan_size.y, 8);
}

TEST_F(Built, has_an_area_tree_under_the_home) {
  ASSERT_THAT(home_.areas, SizeIs(3));
  const Area& root = home_.areas[0];
  const Area& hall = *home_.find_area("hall");
  const Area& nook = *home_.find_area("nook");
  EXPECT_EQ(root.id, "home");
  EXPECT_EQ(root.name, "Test home");
  EXPECT_FALSE(root.parent);
  EXPECT_THAT(root.children, ElementsAre(hall.number));
  EXPECT_EQ(hall.parent, root.number);
  EXPECT_THAT(hall.children, ElementsAre(nook.number));
  EXPECT_THAT(hall.zones, ElementsAre(zone("ceiling").number, zone("wall").number, zone("lamp").number));
  EXPECT_THAT(hall.outline, SizeIs(3));
  EXPECT_EQ(hall.outline[2].y, 4.5);
  EXPECT_THAT(hall.devices, ElementsAre(home_.find_device("dim")->number, home_.find_device("door")->number));
  EXPECT_THAT(root.devices, ElementsAre(home_.find_device("relays")->number, home_.find_device("remote")->number))
      << "devices without an area are the home's";
}

TEST_F(Built, has_processors_links_and_gateways) {
  ASSERT_THAT(home_.processors, SizeIs(1));
  EXPECT_EQ(home_.processors[0].name, "main") << "the id stands in for a name";
  EXPECT_EQ(home_.processors[0].area, home_.find_area("hall")->number);
  EXPECT_EQ(home_.find_link("radio")->type, LinkType::clear_connect_a);
  EXPECT_EQ(home_.find_link("radio")->processor, home_.processors[0].number);
  ASSERT_THAT(home_.gateways, SizeIs(1));
  EXPECT_EQ(home_.gateways[0].name, "Stage");
  EXPECT_EQ(home_.gateways[0].sacn.universe, 7);
  EXPECT_EQ(home_.gateways[0].sacn.priority, 120);
  EXPECT_EQ(home_.gateways[0].sacn.destination, "127.0.0.1");
}

TEST_F(Built, has_devices_with_addresses_and_serial_numbers) {
  const Device& dim = *home_.find_device("dim");
  const Device& relays = *home_.find_device("relays");
  const Device& remote = *home_.find_device("remote");
  const Device& door = *home_.find_device("door");
  EXPECT_EQ(dim.outputs, 4);
  EXPECT_EQ(dim.serial, 10U);
  EXPECT_EQ(dim.address, 1);
  EXPECT_EQ(relays.address, 7) << "as written";
  EXPECT_EQ(door.address, 2) << "the next free one of the link";
  EXPECT_EQ(remote.address, 6) << "those before are reserved on a radio link";
  EXPECT_EQ(relays.serial, 0xF0000000 | relays.number.value) << "made up";
  EXPECT_FALSE(dim.is_keypad());
  EXPECT_TRUE(door.is_keypad());
  EXPECT_TRUE(door.button_group);
  EXPECT_EQ(door.link, home_.find_link("wired")->number);
  ASSERT_TRUE(door.position);
  EXPECT_EQ(door.position->x, 0.5);
}

TEST_F(Built, has_zones_on_their_outputs) {
  const Zone& ceiling = zone("ceiling");
  EXPECT_EQ(ceiling.name, "Ceiling");
  EXPECT_EQ(ceiling.load, LoadType::dimmed);
  EXPECT_EQ(ceiling.trims.low, Level::from_percent(5));
  EXPECT_EQ(ceiling.trims.high, Level::from_percent(95));
  EXPECT_EQ(ceiling.fade, seconds(2));
  ASSERT_TRUE(ceiling.position);
  EXPECT_EQ(ceiling.position->y, 2.5);
  const auto& on_device = std::get<DeviceOutput>(ceiling.output);
  EXPECT_EQ(on_device.device, home_.find_device("dim")->number);
  EXPECT_EQ(on_device.output, 1);

  const auto& on_dmx = std::get<DmxOutput>(zone("wall").output);
  EXPECT_EQ(on_dmx.gateway, home_.gateways[0].number);
  EXPECT_EQ(on_dmx.slot, 1);
  EXPECT_TRUE(on_dmx.sixteen_bit);
  EXPECT_EQ(zone("wall").fade, seconds(1)) << "the usual fade";
  EXPECT_EQ(zone("lamp").load, LoadType::switched);
  EXPECT_EQ(std::get<DeviceOutput>(zone("nook-lamp").output).output, 1) << "the only output needs no number";
}

TEST_F(Built, has_scenes_with_off_first) {
  const Area& hall = *home_.find_area("hall");
  EXPECT_THAT(hall.scenes, ElementsAre(scene("hall.off").number, scene("hall.evening").number));
  EXPECT_EQ(scene("hall.off").order, 0);
  EXPECT_EQ(scene("hall.evening").order, 1);

  const auto& off = scene("hall.off").preset.zones;
  ASSERT_THAT(off, SizeIs(3)) << "all zones of the area, not those of areas within it";
  for (const Assignment& it : off) {
    EXPECT_EQ(it.level, Level::off());
    EXPECT_EQ(it.fade, seconds(4));
  }
  const auto& evening = scene("hall.evening").preset.zones;
  ASSERT_THAT(evening, SizeIs(2));
  EXPECT_EQ(evening[0].level, Level::from_percent(40));
  EXPECT_EQ(evening[0].fade, seconds(2)) << "the zone's own";
  EXPECT_EQ(evening[1].fade, seconds(3));
  EXPECT_EQ(evening[1].delay, seconds(1));
}

TEST_F(Built, makes_the_off_scene_that_is_not_written) {
  const Scene& off = scene("nook.off");
  EXPECT_EQ(off.name, "Off");
  EXPECT_EQ(off.order, 0);
  ASSERT_THAT(off.preset.zones, SizeIs(1));
  EXPECT_EQ(off.preset.zones[0].zone, zone("nook-lamp").number);
  EXPECT_EQ(scene("nook.cosy").order, 1);
  EXPECT_EQ(scene("nook.cosy").preset.zones[0].fade, seconds(6)) << "the scene's fade";
}

TEST_F(Built, has_buttons_with_programming_and_leds) {
  const Device& door = *home_.find_device("door");
  EXPECT_THAT(door.buttons, SizeIs(5));

  const Button& evening = button("door.1");
  EXPECT_EQ(evening.engraving, "Evening");
  EXPECT_EQ(evening.keypad, door.number);
  EXPECT_EQ(evening.led_logic, LedLogic::scene) << "usual for an action";
  EXPECT_THAT(std::get<SingleAction>(evening.programming).preset.scenes, ElementsAre(scene("hall.evening").number));

  const Button& lamp = button("door.2");
  const auto& toggle = std::get<Toggle>(lamp.programming);
  EXPECT_EQ(lamp.led_logic, LedLogic::room);
  EXPECT_THAT(toggle.on.zones, SizeIs(1));
  EXPECT_THAT(toggle.on.scenes, ElementsAre(scene("nook.cosy").number));
  EXPECT_EQ(toggle.off_fade, seconds(5));

  const Button& blinds = button("door.3");
  EXPECT_TRUE(std::holds_alternative<std::monostate>(blinds.programming));
  EXPECT_EQ(blinds.led_logic, LedLogic::integration) << "a client's button";
  EXPECT_TRUE(blinds.led);
}

TEST_F(Built, puts_raise_and_lower_on_their_own_buttons) {
  const Button& raise = button("door.18");
  EXPECT_EQ(raise.name, "Raise");
  EXPECT_FALSE(raise.led);
  EXPECT_EQ(raise.led_logic, LedLogic::none);
  const auto& up = std::get<RaiseLower>(raise.programming);
  EXPECT_TRUE(up.raise);
  EXPECT_THAT(up.zones, ElementsAre(zone("ceiling").number, zone("wall").number, zone("nook-lamp").number))
      << "the dimmed zones of the area and of those within it";
  const auto& down = std::get<RaiseLower>(button("door.19").programming);
  EXPECT_FALSE(down.raise);
  EXPECT_THAT(down.zones, ElementsAre(zone("ceiling").number));
}

TEST(Building, does_not_mind_the_order_of_things) {
  const std::size_t processors = kTestHome.find("processors:");
  const std::size_t areas = kTestHome.find("areas:\n  - id: hall");
  const std::string equipment(kTestHome.substr(processors, areas - processors));
  const Reading reading = read_text(changed(kTestHome, equipment, "") + equipment);
  ASSERT_TRUE(reading.project) << texts(reading);
  EXPECT_THAT(reading.complaints, IsEmpty());
  EXPECT_EQ(reading.project->processors[0].area, reading.project->find_area("hall")->number);
  EXPECT_TRUE(std::holds_alternative<DeviceOutput>(reading.project->find_zone("ceiling")->output));
}

TEST(Building, takes_a_windows_file_with_a_byte_order_mark) {
  std::string text = "\xEF\xBB\xBF";
  for (const char c : kTestHome) {
    if (c == '\n') text += '\r';
    text += c;
  }
  const Reading reading = read_text(text);
  EXPECT_TRUE(reading.project) << texts(reading);
}

}  // namespace
}  // namespace candela::project
