#include "model/describe.h"

#include <gtest/gtest.h>

#include "model/small_home.h"

namespace candela {
namespace {

using Kind = CauseStep::Kind;

std::string nobody(ClientId) { return "?"; }

TEST(Describe, SaysWhatChanged) {
  const Project home = testing::small_home();
  const auto say = [&](auto what) { return describe(Change{{}, {}, what}, home); };
  EXPECT_EQ(say(ZoneTargeted{{4}, {Level::off(), Level::from_percent(40), {}, std::chrono::milliseconds(2500)}}),
            "Hall Ceiling goes to 40 % over 2.5 s");
  EXPECT_EQ(say(ZoneTargeted{{4}, {Level::full(), Level::off(), {}, Duration::zero()}}), "Hall Ceiling goes off");
  EXPECT_EQ(say(LedChanged{{13}, LedState::on}), "the LED of button 1 (Evening) of Hall Keypad lights");
  EXPECT_EQ(say(SceneChanged{{3}, {6}}), "Hall is in scene Evening");
  EXPECT_EQ(say(SceneChanged{{3}, {}}), "Hall is in no scene");
  EXPECT_EQ(say(PresenceChanged{{8}, false, DeviceFault::silent}), "Hall Dimmer is silent");
  EXPECT_EQ(say(LinkChanged{{7}, LinkFault::reversed_pair}), "the link Wired has its data pair reversed");
}

TEST(Describe, NamesWhatIsGoneByItsNumber) {
  const Project home = testing::small_home();
  EXPECT_EQ(describe(Change{{}, {}, ZoneTargeted{{99}, Fade::still(Level::full(), {})}}, home),
            "deleted zone 99 is at 100 %");
}

TEST(Describe, TellsTheChainFromItsBeginning) {
  const Project home = testing::small_home();
  Cause cause;
  cause.source = {Source::Kind::device, {}};
  cause = cause.then(Kind::button_pressed, 12).then(Kind::toggled_on, 12);
  EXPECT_EQ(describe(cause, home, nobody),
            "the house: button 1 (Evening) of Hall Keypad was pressed, then it toggled its preset on");
}

TEST(Describe, SaysThatAProgramAtTheBrokerAsked) {
  Cause cause;
  cause.source.kind = Source::Kind::mqtt;
  EXPECT_EQ(describe(cause.then(Kind::zone_commanded, 4), testing::small_home(), nobody), "MQTT: Hall Ceiling was set");
}

TEST(Cause, LeavesOutWhatDoesNotFit) {
  Cause cause;
  for (int i = 0; i < 10; ++i) cause = cause.then(Kind::member_changed, 4);
  EXPECT_EQ(cause.step_count, Cause::kMaxSteps);
}

}  // namespace
}  // namespace candela
