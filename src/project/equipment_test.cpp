// What a project file says of loads and equipment, and what the project holds then.

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include "project/equipped_home.h"
#include "project/test_home.h"

namespace candela::project {
namespace {

using std::chrono::milliseconds;
using std::chrono::minutes;
using std::chrono::seconds;
using ::testing::IsEmpty;
using ::testing::SizeIs;

class Equipment : public ::testing::Test {
 protected:
  Equipment() : Equipment(std::string(kEquippedHome)) {}
  explicit Equipment(std::string text) : reading_(read_text(std::move(text))) {
    EXPECT_TRUE(reading_.project) << texts(reading_);
  }
  const Project& home() const { return *reading_.project; }
  const Zone& zone(std::string_view id) const { return *home().find_zone(id); }
  const Device& device(std::string_view id) const { return *home().find_device(id); }
  const Button& button(std::string_view id) const { return *home().find_button(id); }

 private:
  const Reading reading_;
};

TEST_F(Equipment, has_every_kind_of_load) {
  EXPECT_EQ(zone("lamp").load, LoadType::dimmed);
  EXPECT_EQ(zone("shade").load, LoadType::shade);
  EXPECT_EQ(zone("blind").load, LoadType::tilting_shade);
  EXPECT_EQ(zone("fan").load, LoadType::fan);
  EXPECT_EQ(zone("floor-heating").load, LoadType::climate);
  EXPECT_EQ(zone("bell").load, LoadType::pulsed_contact);
  EXPECT_EQ(zone("gate").load, LoadType::contact);
  EXPECT_EQ(zone("white").load, LoadType::white_tuning);
  EXPECT_EQ(zone("colour").load, LoadType::spectrum);
  EXPECT_EQ(zone("candle").load, LoadType::warm_dim);
}

TEST_F(Equipment, has_curves_from_end_to_end) {
  EXPECT_EQ(zone("lamp").curve, (Curve{Curve::Kind::square, {}}));
  const Curve expected{Curve::Kind::custom,
                       {{Level::off(), Level::off()},
                        {Level::from_percent(10), Level::from_percent(2)},
                        {Level::from_percent(50), Level::from_percent(30)},
                        {Level::full(), Level::full()}}};
  EXPECT_EQ(zone("strip").curve, expected);
  EXPECT_EQ(zone("colour").curve, Curve{});
}

TEST(Curves, may_write_their_ends) {
  const Reading reading = read_text(changed(kEquippedHome, "[[10, 2], [50, 30]]", "[[0, 0], [10, 2], [100, 100]]"));
  ASSERT_TRUE(reading.project) << texts(reading);
  EXPECT_THAT(reading.project->find_zone("strip")->curve.knots, SizeIs(3));
}

TEST_F(Equipment, has_times_and_whites_and_what_is_done_in_need) {
  EXPECT_EQ(zone("lamp").minimum_on, seconds(5));
  EXPECT_EQ(zone("lamp").emergency, Level::from_percent(80));
  EXPECT_TRUE(zone("lamp").sheds);
  EXPECT_EQ(zone("lamp").after_power_failure, AfterPowerFailure::full);
  EXPECT_EQ(zone("strip").emergency, std::nullopt);
  EXPECT_FALSE(zone("strip").sheds);
  EXPECT_EQ(zone("strip").after_power_failure, AfterPowerFailure::restore);
  EXPECT_EQ(zone("bell").pulse, milliseconds(250));
  EXPECT_EQ(zone("shade").travel, seconds(20));
  EXPECT_EQ(zone("blind").travel, seconds(40));
  EXPECT_EQ(zone("blind").tilt_travel, seconds(2));
  EXPECT_EQ(zone("white").warmest, 2200);
  EXPECT_EQ(zone("white").coolest, 5000);
  ASSERT_THAT(zone("candle").warm_dim, SizeIs(3));
  EXPECT_EQ(zone("candle").warm_dim[1], (Zone::WarmDimKnot{Level::from_percent(50), 2400}));
}

TEST_F(Equipment, has_outputs_with_the_channels_of_their_load) {
  const auto dmx = [&](std::string_view id) { return std::get<DmxOutput>(zone(id).output); };
  EXPECT_EQ(dmx("white").channels, DmxOutput::Channels::warm_cool);
  EXPECT_TRUE(dmx("white").sixteen_bit);
  EXPECT_EQ(dmx("colour").channels, DmxOutput::Channels::rgbw);
  EXPECT_EQ(dmx("candle").channels, DmxOutput::Channels::warm_cool);
  ASSERT_THAT(zone("lamp").also, SizeIs(1));
  EXPECT_EQ(std::get<DeviceOutput>(zone("lamp").also[0]).output, 2);
  EXPECT_THAT(zone("strip").also, IsEmpty());
}

TEST_F(Equipment, has_keypads_that_are_nowhere_but_in_apps_and_programs) {
  EXPECT_EQ(device("app").presence, Device::Presence::homeowner);
  EXPECT_EQ(device("ghost").presence, Device::Presence::phantom);
  EXPECT_EQ(device("door").presence, Device::Presence::real);
  for (const auto* id : {"app", "ghost"}) {
    EXPECT_TRUE(device(id).is_keypad()) << id;
    EXPECT_FALSE(device(id).link) << id;
    EXPECT_EQ(device(id).address, 0) << id;
  }
  EXPECT_EQ(device("app").integration_type, "HomeownerKeypad");
  EXPECT_EQ(device("ghost").integration_type, "PhantomKeypad");
  EXPECT_TRUE(button("ghost.16").led);
}

TEST_F(Equipment, has_contact_inputs_that_are_buttons) {
  EXPECT_THAT(device("io").buttons, SizeIs(3));
  EXPECT_TRUE(device("io").button_group);
  EXPECT_FALSE(device("io").is_keypad());
  EXPECT_TRUE(button("io.1").contact);
  EXPECT_FALSE(button("io.1").led);
  EXPECT_TRUE(std::holds_alternative<SingleAction>(button("io.1").programming)) << "momentary";
  EXPECT_TRUE(std::holds_alternative<DualAction>(button("io.3").programming)) << "maintained";
  EXPECT_TRUE(std::holds_alternative<std::monostate>(button("io.2").programming));
  EXPECT_TRUE(button("door.25").contact) << "on the back of a keypad";
  EXPECT_FALSE(button("wall-dimmer.1").contact);
}

TEST_F(Equipment, has_dimmers_with_buttons_of_their_own) {
  EXPECT_EQ(button("wall-dimmer.1").led_logic, LedLogic::local_load);
  EXPECT_EQ(button("wall-dimmer.1").keypad, device("wall-dimmer").number);
  EXPECT_EQ(device("hybrid").outputs, 1);
  EXPECT_TRUE(device("hybrid").is_keypad());
  EXPECT_EQ(std::get<DeviceOutput>(zone("stairs-top").output).device, device("hybrid").number);
}

TEST_F(Equipment, has_sensors) {
  EXPECT_TRUE(device("eye").senses_occupancy);
  EXPECT_FALSE(device("sky").senses_occupancy);
  EXPECT_TRUE(device("sky").senses_light);
  EXPECT_FALSE(device("dim").senses_light);
}

TEST_F(Equipment, has_numbers_that_find_it) {
  EXPECT_EQ(home().find(device("io").button_group), &device("io"));
  EXPECT_EQ(home().find(home().find_timeclock("house")->number), home().find_timeclock("house"));
  EXPECT_EQ(home().find(home().find_timeclock_event("porch")->number), home().find_timeclock_event("porch"));
  EXPECT_EQ(home().find(home().find_occupancy_group("room")->number), home().find_occupancy_group("room"));
  EXPECT_EQ(home().find(home().find_show("daylight")->number), home().find_show("daylight"));
}

}  // namespace
}  // namespace candela::project
