// Each action that a preset can do besides setting zones, as it is written.

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <deque>

#include "project/programming_home.h"

namespace candela::project {
namespace {

using ::testing::ElementsAre;
using ::testing::SizeIs;

class Actions : public ::testing::Test {
 protected:
  const std::vector<Action>& read(const std::string& text) {
    homes_.emplace_back("single_action: {actions: [" + text + "]}");
    return std::get<SingleAction>(homes_.back().button().programming).preset.actions;
  }
  /// The only action of a text.
  template <class Kind>
  Kind one(const std::string& text) {
    const std::vector<Action>& all = read(text);
    EXPECT_EQ(all.size(), 1U) << text;
    const auto* kind = all.empty() ? nullptr : std::get_if<Kind>(&all.front());
    EXPECT_NE(kind, nullptr) << text;
    return kind != nullptr ? *kind : Kind{};
  }
  /// Its objects have the same numbers in all homes of a test.
  const Project& project() const { return homes_.front().project(); }

 private:
  std::deque<ProgrammedHome> homes_{1};
};

TEST_F(Actions, set_variables_and_modes) {
  EXPECT_EQ(one<SetVariable>("{set: {time-of-day: night}}").state, 2);
  EXPECT_THAT(read("{set: {time-of-day: night, guests: yes}}"), SizeIs(2));
  EXPECT_EQ(one<SetMode>("{mode: vacation}").mode, project().find_mode("vacation")->number);
}

TEST_F(Actions, control_sequences_and_shows) {
  EXPECT_EQ(one<ControlSequence>("{start: pool}").control, Control::start);
  EXPECT_EQ(one<ControlSequence>("{stop: pool}").control, Control::stop);
  EXPECT_EQ(one<ControlSequence>("{toggle: pool}").control, Control::toggle);
  EXPECT_EQ(one<ControlShow>("{start: daylight}").show, project().find_show("daylight")->number);
  EXPECT_THAT(read("{stop: [pool, welcome, daylight]}"), SizeIs(3));
  EXPECT_EQ(one<ControlFacade>("{toggle: south}").facade, project().find_facade("south")->number);
  EXPECT_EQ(one<ControlFacade>("{stop: south}").control, Control::stop);
}

TEST_F(Actions, ramp_zones) {
  const auto raise = one<MoveZones>("{raise: [ceiling, shade]}");
  EXPECT_EQ(raise.movement, Movement::raise);
  EXPECT_THAT(raise.zones, ElementsAre(project().find_zone("ceiling")->number, project().find_zone("shade")->number));
  EXPECT_THAT(one<MoveZones>("{lower: {scene: evening}}").zones, SizeIs(2));
  const auto stop = one<MoveZones>("{stop: [hall, shade]}");
  EXPECT_EQ(stop.movement, Movement::stop);
  EXPECT_THAT(stop.zones, SizeIs(4));
}

TEST_F(Actions, set_leds) {
  const auto led = one<SetLed>("{led: {door.3: rapid_flash}}");
  EXPECT_EQ(led.led, project().find_button("door.3")->led);
  EXPECT_EQ(led.state, LedState::rapid_flash);
}

TEST_F(Actions, move_buttons) {
  const std::vector<Action>& press = read("{press: programs.1}");
  ASSERT_THAT(press, SizeIs(2)) << "a press and its release";
  EXPECT_EQ(std::get<ButtonMoved>(press[0]).move, ButtonMove::press);
  EXPECT_EQ(std::get<ButtonMoved>(press[1]).move, ButtonMove::release);
  EXPECT_EQ(std::get<ButtonMoved>(press[1]).button, project().find_button("programs.1")->number);
  EXPECT_EQ(one<ButtonMoved>("{release: programs.1}").move, ButtonMove::release);
  EXPECT_EQ(one<ButtonMoved>("{hold: programs.1}").move, ButtonMove::hold);
  EXPECT_EQ(one<ButtonMoved>("{double_tap: programs.1}").move, ButtonMove::multi_tap);
}

TEST_F(Actions, enable_and_run_what_goes_by_itself) {
  EXPECT_TRUE(one<EnableTimeclock>("{enable: daily}").enabled);
  EXPECT_FALSE(one<EnableTimeclockEvent>("{disable: lights-out}").enabled);
  EXPECT_EQ(one<EnableSensor>("{disable: sensor}").sensor, project().find_device("sensor")->number);
  EXPECT_EQ(one<RunTimeclockEvent>("{run: lights-out}").event, project().find_timeclock_event("lights-out")->number);
  EXPECT_EQ(one<SetOccupancyMode>("{occupancy: {hall: vacancy}}").mode, OccupancyMode::vacancy);
}

TEST_F(Actions, set_the_state_of_the_home) {
  EXPECT_TRUE(one<SetAway>("{away: true}").away);
  EXPECT_FALSE(one<SetAway>("{away: false}").away);
  EXPECT_TRUE(one<SetEmergency>("{emergency: true}").emergency);
  EXPECT_EQ(one<ShedLoad>("{shed: 30}").percent, 30);
}

TEST_F(Actions, set_the_climate) {
  const auto climate = one<SetClimate>("{climate: {floor: {mode: heat, heat_to: 21.5}}}");
  EXPECT_EQ(climate.zone, project().find_zone("floor")->number);
  EXPECT_EQ(climate.mode, ClimateMode::heat);
  EXPECT_EQ(climate.heat_to, 2150);
  EXPECT_FALSE(climate.cool_to) << "what is not written stays";
}

TEST_F(Actions, save_scenes_and_choose) {
  EXPECT_EQ(one<SaveScene>("{save_scene: evening}").scene, project().find_scene("hall.evening")->number);
  EXPECT_THAT(one<Conditional>("{conditional: [{when: {night: true}, zones: {lamp: on}}]}").branches, SizeIs(1));
  EXPECT_THAT(one<Conditional>("{by_variable: {variable: guests, states: {yes: {zones: {lamp: on}}}}}").branches,
              SizeIs(1));
}

}  // namespace
}  // namespace candela::project
