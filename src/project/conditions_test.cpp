// Each kind of condition, as it is written and as the engine asks it.

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include "project/programming_home.h"

namespace candela::project {
namespace {

using std::chrono::hours;
using std::chrono::minutes;
using Kind = Condition::Kind;
using Comparison = Condition::Comparison;

class Conditions : public ::testing::Test {
 protected:
  /// The condition as it stands in a branch of a button.
  static Condition read(const std::string& text) {
    const ProgrammedHome home("conditional: [{when: " + text + ", zones: {lamp: on}}]");
    const auto& action = std::get<SingleAction>(home.button().programming);
    return std::get<Conditional>(action.preset.actions.at(0)).branches.at(0).when;
  }
  /// Its objects have the same numbers in all homes of a test.
  const Project& project() const { return home_.project(); }

 private:
  const ProgrammedHome home_;
};

TEST_F(Conditions, ask_the_level_of_a_zone) {
  const Condition above = read("{zone: ceiling, above: 50}");
  EXPECT_EQ(above.kind, Kind::zone);
  EXPECT_EQ(above.object, project().find_zone("ceiling")->number.value);
  EXPECT_EQ(above.comparison, Comparison::above);
  EXPECT_EQ(above.level, Level::from_percent(50));
  EXPECT_EQ(read("{zone: ceiling, below: 10}").comparison, Comparison::below);
  EXPECT_EQ(read("{zone: fan, is: medium}").level, Level::from_percent(50));
  EXPECT_EQ(read("{zone: lamp, below: 30}").level, Level::from_percent(30)) << "any level can be compared with";
}

TEST_F(Conditions, call_a_light_on_at_any_level) {
  const Condition on = read("{zone: ceiling, is: on}");
  EXPECT_EQ(on.comparison, Comparison::above);
  EXPECT_EQ(on.level, Level::off());
  EXPECT_EQ(read("{zone: shade, is: open}").comparison, Comparison::above);
  const Condition off = read("{zone: ceiling, is: off}");
  EXPECT_EQ(off.comparison, Comparison::is);
  EXPECT_EQ(off.level, Level::off());
}

TEST_F(Conditions, ask_for_scenes) {
  EXPECT_EQ(read("{scene: evening}").object, project().find_scene("hall.evening")->number.value);
  EXPECT_EQ(read("{scene: party}").kind, Kind::scene);
}

TEST_F(Conditions, ask_who_is_there) {
  const Condition occupied = read("{occupied: hall}");
  EXPECT_EQ(occupied.kind, Kind::occupancy);
  EXPECT_EQ(occupied.object, project().find_occupancy_group("hall")->number.value);
  EXPECT_EQ(occupied.state, static_cast<std::uint8_t>(Occupancy::occupied));
  EXPECT_EQ(read("{unoccupied: hall}").state, static_cast<std::uint8_t>(Occupancy::unoccupied));
  EXPECT_EQ(read("{occupancy: hall, is: partial}").state, static_cast<std::uint8_t>(Occupancy::partial));
}

TEST_F(Conditions, ask_leds_variables_modes_and_sequences) {
  const Condition led = read("{led: door.2, is: flash}");
  EXPECT_EQ(led.object, project().find_button("door.2")->led.value);
  EXPECT_EQ(led.state, static_cast<std::uint8_t>(LedState::flash));
  EXPECT_EQ(read("{variable: time-of-day, is: night}").state, 2);
  EXPECT_EQ(read("{mode: vacation}").object, project().find_mode("vacation")->number.value);
  EXPECT_EQ(read("{running: pool}").object, project().find_sequence("pool")->number.value);
}

TEST_F(Conditions, ask_the_time) {
  const Condition window = read("{time: {from: \"22:00\", to: sunrise+0:30}}");
  EXPECT_EQ(window.kind, Kind::time_window);
  EXPECT_EQ(window.from, (TimeOfDay{TimeOfDay::Kind::fixed, hours(22)}));
  EXPECT_EQ(window.to, (TimeOfDay{TimeOfDay::Kind::sunrise, minutes(30)}));
  EXPECT_EQ(read("{weekday: [mon, fri, sun]}").state, 0x51);
  const Condition sun = read("{sun: {below: -6}}");
  EXPECT_EQ(sun.kind, Kind::sun);
  EXPECT_EQ(sun.comparison, Comparison::below);
  EXPECT_EQ(sun.degrees, -6);
  EXPECT_EQ(read("{sun: {above: 10.5}}").comparison, Comparison::above);
}

TEST_F(Conditions, ask_for_night_and_away_and_their_opposites) {
  EXPECT_EQ(read("{night: true}").kind, Kind::night);
  EXPECT_EQ(read("{away: true}").kind, Kind::away);
  const Condition day = read("{night: false}");
  EXPECT_EQ(day.kind, Kind::none);
  EXPECT_EQ(day.parts.at(0).kind, Kind::night);
  EXPECT_EQ(read("{away: false}").parts.at(0).kind, Kind::away);
}

TEST_F(Conditions, join_others) {
  const Condition all = read("{all: [{night: true}, {any: [{away: true}, {mode: vacation}]}]}");
  EXPECT_EQ(all.kind, Kind::all);
  ASSERT_EQ(all.parts.size(), 2U);
  EXPECT_EQ(all.parts[1].kind, Kind::any);
  EXPECT_EQ(all.parts[1].parts.at(1).kind, Kind::mode);
  const Condition none = read("{not: {scene: evening}}");
  EXPECT_EQ(none.kind, Kind::none);
  EXPECT_EQ(none.parts.at(0).kind, Kind::scene);
}

}  // namespace
}  // namespace candela::project
