#include "apps/devices/simulated_bus.h"

#include <gtest/gtest.h>

#include <boost/json.hpp>

#include "apps/devices/commands.h"
#include "model/small_home.h"
#include "protocols/qs/master.h"

namespace candela::devices {
namespace {

using namespace std::chrono_literals;

Project home() {
  Project home = testing::small_home();
  home.devices[0].serial = 0x00C10001;
  home.devices[1].serial = 0x00C10002;
  return home;
}

/// The processor's session and the bus, joined by a wire of vectors; time passes at once.
class SimulatedBusTest : public ::testing::Test, public qs::Listener {
 protected:
  SimulatedBusTest() {
    master_.set_devices(kTable, now_);
    master_.open(now_);
    settle();
    heard_.clear();
  }

  void on_button(std::size_t device, std::uint8_t position, ButtonMove move) override {
    heard_.push_back("button " + std::to_string(device) + "." + std::to_string(position) + " " +
                     std::to_string(static_cast<int>(move)));
  }
  void on_level(std::size_t device, std::uint8_t output, Level level) override {
    heard_.push_back("level " + std::to_string(device) + "." + std::to_string(output) + " " +
                     std::to_string(level.whole_percent()));
  }
  void on_tilt(std::size_t device, std::uint8_t output, Level tilt) override {
    heard_.push_back("tilt " + std::to_string(device) + "." + std::to_string(output) + " " +
                     std::to_string(tilt.whole_percent()));
  }
  void on_occupancy(std::size_t device, bool occupied) override {
    heard_.push_back((occupied ? "occupied " : "vacant ") + std::to_string(device));
  }
  void on_light(std::size_t device, std::uint16_t lux) override {
    heard_.push_back("light " + std::to_string(device) + " " + std::to_string(lux));
  }
  void on_contact(std::size_t device, std::uint8_t position, bool closed, bool moved) override {
    heard_.push_back((closed ? "closed " : "open ") + std::to_string(device) + "." + std::to_string(position) +
                     (moved ? " moved" : ""));
  }
  void on_presence(std::size_t device, bool present, DeviceFault fault) override {
    heard_.push_back(std::string(present ? "present " : "lost ") + std::to_string(device) + " " +
                     std::to_string(static_cast<int>(fault)));
  }
  void on_link_fault(LinkFault fault) override { heard_.push_back("fault " + std::to_string(static_cast<int>(fault))); }

  void settle() {
    while (!master_.output().empty() || !bus_.output().empty()) {
      const std::vector<std::uint8_t> down(master_.output().begin(), master_.output().end());
      master_.consumed(down.size(), now_);
      bus_.receive(down, now_);
      const std::vector<std::uint8_t> up(bus_.output().begin(), bus_.output().end());
      bus_.consumed(up.size());
      master_.receive(up, now_);
    }
  }

  void pass(Duration time) {
    const MonoTime end = now_ + time;
    while (std::min(master_.next_wake(), bus_.next_wake()) <= end) {
      now_ = std::max(now_, std::min(master_.next_wake(), bus_.next_wake()));
      bus_.wake(now_);
      master_.wake(now_);
      settle();
    }
    now_ = end;
  }

  std::string say(std::string_view line) {
    std::string answer = execute(bus_, line, now_);
    settle();
    return answer;
  }

  boost::json::value at(const std::string& pointer) {
    return boost::json::parse(execute(bus_, "state", now_)).at_pointer(pointer);
  }

  std::vector<std::string> heard() { return std::exchange(heard_, {}); }
  using Strings = std::vector<std::string>;

  static constexpr qs::DeviceEntry kTable[] = {{0x00C10001, 1, 2, 0}, {0x00C10002, 2, 0, 0b10}};

  MonoTime now_{1h};
  std::vector<std::string> heard_;
  SimulatedBus bus_{home(), {7}, now_};
  qs::Master master_{{.link = 7}, *this};
};

TEST_F(SimulatedBusTest, DimmersFade) {
  master_.set_level(0, 2, {Level::off(), Level::full(), now_, 4s}, now_);
  settle();
  EXPECT_EQ(at("/devices/0/outputs/1/level").to_number<double>(), 0);
  now_ += 1s;
  EXPECT_EQ(at("/devices/0/outputs/1/level").to_number<double>(), 25);
  now_ += 3s;
  EXPECT_EQ(at("/devices/0/outputs/1/level").to_number<double>(), 100);
  EXPECT_EQ(at("/devices/0/outputs/0/level").to_number<double>(), 0);
  pass(5s);
  EXPECT_TRUE(heard().empty());
}

TEST_F(SimulatedBusTest, LedsLight) {
  master_.set_led(1, 1, LedState::flash, now_);
  settle();
  EXPECT_EQ(at("/devices/1/leds/0/state").as_string(), "flash");
  EXPECT_EQ(at("/devices/1/leds/0/position").as_int64(), 1);
}

TEST_F(SimulatedBusTest, FingersAreHeard) {
  EXPECT_EQ(say("press hall-keypad.1"), "ok");
  EXPECT_EQ(say("release hall-keypad.1"), "ok");
  EXPECT_EQ(say("tap hall-keypad.1"), "ok");
  EXPECT_EQ(say("hold hall-keypad.1"), "ok");
  EXPECT_EQ(heard(),
            (Strings{"button 1.1 0", "button 1.1 1", "button 1.1 0", "button 1.1 1", "button 1.1 0", "button 1.1 2"}));
}

TEST_F(SimulatedBusTest, APaddleIsHeardAtOnce) {
  EXPECT_EQ(say("level dimmer.2 30"), "ok");
  EXPECT_EQ(heard(), Strings{"level 0.2 30"});
}

/// A blind and a fan on the dimmer's outputs; the keypad senses people and light, and has a contact input.
class SimulatedSensesTest : public SimulatedBusTest {
 protected:
  SimulatedSensesTest() {
    Project home = devices::home();
    home.zones[0].load = LoadType::tilting_shade;
    home.zones[0].travel = 20s;
    home.zones[0].tilt_travel = 2s;
    home.zones[1].load = LoadType::fan;
    home.devices[1].senses_occupancy = home.devices[1].senses_light = true;
    home.devices[1].buttons.push_back({15});
    home.buttons.push_back({.number = {15}, .id = "hall-keypad.2", .keypad = {9}, .position = 2, .contact = true});
    home.build_index();
    now_ += 1ms;
    bus_ = SimulatedBus(home, {7}, now_);
    pass(1s);
    first_ = heard();
  }
  Strings first_;
};

TEST_F(SimulatedSensesTest, SayHowTheyAreFromTheStart) { EXPECT_EQ(first_, (Strings{"vacant 1", "open 1.2"})); }

TEST_F(SimulatedSensesTest, AreHeardAtOnce) {
  EXPECT_EQ(say("occupied hall-keypad"), "ok");
  EXPECT_EQ(say("occupied hall-keypad"), "ok");
  EXPECT_EQ(say("lux hall-keypad 300"), "ok");
  EXPECT_EQ(say("close hall-keypad.2"), "ok");
  EXPECT_EQ(say("vacant hall-keypad"), "ok");
  EXPECT_EQ(say("open hall-keypad.2"), "ok");
  EXPECT_EQ(heard(), (Strings{"occupied 1", "light 1 300", "closed 1.2 moved", "vacant 1", "open 1.2 moved"}));
  EXPECT_EQ(at("/devices/1/lux").as_int64(), 300);
  EXPECT_EQ(at("/devices/1/occupied").as_bool(), false);
  EXPECT_EQ(at("/devices/1/contacts/0/closed").as_bool(), false);
}

TEST_F(SimulatedSensesTest, WhatWasLostOnTheWayIsInTheNextAnswer) {
  say("drop 1");
  say("occupied hall-keypad");
  EXPECT_EQ(heard(), Strings{});
  pass(1s);
  EXPECT_EQ(heard(), Strings{"occupied 1"});
}

TEST_F(SimulatedSensesTest, ShadesTakeTheirTravelTime) {
  master_.set_level(0, 1, {Level::off(), Level::full(), now_, 20s}, now_);
  settle();
  now_ += 5s;
  EXPECT_NEAR(at("/devices/0/outputs/0/level").to_number<double>(), 25, 0.1);
  // Half of the way back takes half of the time, however short the fade.
  master_.set_level(0, 1, Fade::still(Level::from_percent(0), now_), now_);
  settle();
  now_ += 2500ms;
  EXPECT_NEAR(at("/devices/0/outputs/0/level").to_number<double>(), 12.5, 0.1);
}

TEST_F(SimulatedSensesTest, SlatsTurn) {
  master_.set_tilt(0, 1, {Level::off(), Level::from_percent(50), now_, 1s}, now_);
  settle();
  now_ += 500ms;
  EXPECT_NEAR(at("/devices/0/outputs/0/tilt").to_number<double>(), 25, 0.1);
  pass(4s);
  EXPECT_EQ(heard(), Strings{});
  EXPECT_EQ(say("tilt dimmer.1 80"), "ok");
  EXPECT_EQ(heard(), Strings{"tilt 0.1 80"});
}

TEST_F(SimulatedSensesTest, FansHaveSteps) {
  master_.set_level(0, 2, Fade::still(Level::from_percent(60), now_), now_);
  settle();
  EXPECT_EQ(at("/devices/0/outputs/1/level").to_number<double>(), 50);
}

TEST_F(SimulatedSensesTest, NonsenseIsAnsweredWithWords) {
  for (const char* line : {"occupied dimmer", "vacant lamp", "lux hall-keypad", "lux hall-keypad 70000", "lux dimmer 5",
                           "close hall-keypad.1", "open nothing.1", "tilt dimmer.2 5", "tilt dimmer.1 101"}) {
    EXPECT_EQ(say(line).substr(0, 6), "error ") << line;
  }
}

TEST_F(SimulatedBusTest, SilenceIsReportedWithinThreeSecondsAndEnds) {
  say("silent hall-keypad");
  EXPECT_EQ(say("press hall-keypad.1"), "error hall-keypad is silent");
  pass(3s);
  EXPECT_EQ(heard(), Strings{"lost 1 1"});
  master_.set_led(1, 1, LedState::on, now_);
  say("speak hall-keypad");
  pass(1s);
  EXPECT_EQ(heard(), Strings{"present 1 0"});
  EXPECT_EQ(at("/devices/1/leds/0/state").as_string(), "on");
}

TEST_F(SimulatedBusTest, CorruptedFramesAreReportedAndHeal) {
  say("corrupt 2");
  pass(2s);
  EXPECT_TRUE(heard().empty());
  say("corrupt 1");
  pass(1s);
  EXPECT_EQ(heard(), Strings{"fault 3"});
  pass(6s);
  EXPECT_EQ(heard(), Strings{"fault 0"});
}

TEST_F(SimulatedBusTest, ALostAcknowledgementIsMadeGood) {
  say("drop 2");
  master_.set_level(0, 1, Fade::still(Level::full(), now_), now_);
  settle();
  pass(2s);
  EXPECT_EQ(at("/devices/0/outputs/0/level").to_number<double>(), 100);
  EXPECT_TRUE(heard().empty());
}

TEST_F(SimulatedBusTest, ADuplicateAddressIsReportedAndEnds) {
  say("duplicate dimmer");
  pass(3s);
  EXPECT_EQ(heard(), Strings{"present 0 2"});
  say("duplicate dimmer off");
  pass(3s);
  EXPECT_EQ(heard(), Strings{"present 0 0"});
}

TEST_F(SimulatedBusTest, ADeviceWithManyOutputsIsNoDuplicate) {
  Project large = home();
  large.devices[0].outputs = 128;
  bus_ = SimulatedBus(large, {7}, now_);
  const qs::DeviceEntry table[] = {{0x00C10001, 1, 128, 0}, {0x00C10002, 2, 0, 0b10}};
  master_.set_devices(table, now_);
  pass(3s);
  EXPECT_TRUE(heard().empty());
  master_.set_level(0, 128, Fade::still(Level::full(), now_), now_);
  settle();
  EXPECT_EQ(at("/devices/0/outputs/127/level").to_number<double>(), 100);
  say("level dimmer.101 30");
  EXPECT_EQ(heard(), Strings{"level 0.101 30"});
}

TEST_F(SimulatedBusTest, AReversedPairIsReportedAndEnds) {
  say("reverse on");
  pass(5s);
  EXPECT_EQ(heard().back(), "fault 4");
  say("reverse off");
  pass(8s);
  const auto after = heard();
  EXPECT_EQ(after.back(), "fault 0");
  EXPECT_NE(std::ranges::find(after, "present 0 0"), after.end());
}

TEST_F(SimulatedBusTest, DevicesThatLoseTheirPowerGetTheirLevelsBack) {
  master_.set_level(0, 1, Fade::still(Level::full(), now_), now_);
  settle();
  now_ += 1ms;
  bus_ = SimulatedBus(home(), {7}, now_);
  pass(1s);
  EXPECT_EQ(at("/devices/0/outputs/0/level").to_number<double>(), 100);
  EXPECT_EQ(at("/devices/0/address").as_int64(), 1);
}

TEST_F(SimulatedBusTest, NonsenseIsAnsweredWithWords) {
  for (const char* line :
       {"", "  ", "press", "press nothing.1", "press hall-keypad.9", "level dimmer.1", "level dimmer.1 101",
        "level dimmer.1 nan", "level dimmer.0 5", "level dimmer.x 5", "level lamp.1 5", "silent lamp", "corrupt -1",
        "corrupt many", "reverse", "reverse maybe", "duplicate dimmer maybe", "state of things", "dance"}) {
    EXPECT_EQ(say(line).substr(0, 6), "error ") << line;
  }
  EXPECT_TRUE(heard().empty());
}

TEST_F(SimulatedBusTest, WhatNobodyReadsIsBounded) {
  for (int i = 0; i < 10'000; ++i) execute(bus_, "tap hall-keypad.1", now_);
  EXPECT_LE(bus_.output().size(), 65536u);
}

}  // namespace
}  // namespace candela::devices
