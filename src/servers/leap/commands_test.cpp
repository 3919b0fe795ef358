#include "servers/leap/service_fixture.h"
#include "servers/leap/statuses.h"

namespace candela::leap::test {
namespace {

using namespace std::chrono_literals;

class LeapCommandsTest : public ServiceTest {
 protected:
  std::string command(std::string_view object, std::string_view command) {
    return ask("Create", std::string(object) + "/commandprocessor", R"({"Command":)" + std::string(command) + "}");
  }
  std::string set_level(std::string_view zone, std::string_view value) {
    return command(zone,
                   R"({"CommandType":"GoToLevel","Parameter":[{"Type":"Level","Value":)" + std::string(value) + "}]}");
  }
};

TEST_F(LeapCommandsTest, a_level_is_set_and_answered_with_the_new_state) {
  EXPECT_EQ(
      set_level("/zone/816", "40"),
      R"(201 Created OneZoneStatus {"ZoneStatus":{"href":"/zone/816/status","Level":40,"Zone":{"href":"/zone/816"},)"
      R"("StatusAccuracy":"Good","Availability":"Available"}})");
  EXPECT_EQ(home_.events.last<SetZone>().zone, ZoneId{816});
  EXPECT_EQ(home_.events.last<SetZone>().level, Level::from_percent(40));
  EXPECT_EQ(home_.events.last<SetZone>().fade, std::nullopt);
  EXPECT_EQ(home_.events.events.back().source, (Source{Source::Kind::client, ClientId{1}}));
}

TEST_F(LeapCommandsTest, levels_outside_the_range_are_clamped) {
  EXPECT_NE(set_level("/zone/816", "140.5").find("\"Level\":100,"), std::string::npos);
  EXPECT_NE(set_level("/zone/816", "-3").find("\"Level\":0,"), std::string::npos);
  EXPECT_NE(set_level("/zone/816", "0.2").find("\"Level\":1,"), std::string::npos);
}

TEST_F(LeapCommandsTest, any_level_switches_a_switched_zone_on) {
  EXPECT_EQ(set_level("/zone/1387", "1"),
            R"(201 Created OneZoneStatus {"ZoneStatus":{"href":"/zone/1387/status","Level":100,"SwitchedLevel":"On",)"
            R"("Zone":{"href":"/zone/1387"},"StatusAccuracy":"Good","Availability":"Available"}})");
  EXPECT_EQ(home_.events.last<SetZone>().level, Level::full());
}

TEST_F(LeapCommandsTest, fades_and_delays_come_in_every_form) {
  EXPECT_EQ(command("/zone/816", R"({"CommandType":"GoToDimmedLevel","DimmedLevelParameters":)"
                                 R"({"Level":75.5,"FadeTime":"00:00:03","DelayTime":"PT0.25S"}})")
                .substr(0, 3),
            "201");
  EXPECT_EQ(home_.events.last<SetZone>().fade, 3s);
  EXPECT_EQ(home_.events.last<SetZone>().delay, 250ms);
  command("/zone/816", R"({"CommandType":"GoToDimmedLevel","DimmedLevelParameters":{"Level":1,"FadeTime":2}})");
  EXPECT_EQ(home_.events.last<SetZone>().fade, 2s);
}

TEST_F(LeapCommandsTest, switched_and_mixed_levels) {
  command("/zone/1387", R"({"CommandType":"GoToSwitchedLevel","SwitchedLevelParameters":{"SwitchedLevel":"On"}})");
  EXPECT_EQ(home_.events.last<SetZone>().level, Level::full());
  constexpr std::string_view kMixed =
      R"({"CommandType":"GoToMixedLevel","MixedLevelParameters":{"DimmedLevelParameters":{"Level":0},)"
      R"("SwitchedLevelParameters":{"SwitchedLevel":"Off"}}})";
  command("/zone/1387", kMixed);
  EXPECT_EQ(home_.events.last<SetZone>().zone, ZoneId{1387});
  EXPECT_EQ(home_.events.last<SetZone>().level, Level::off());
  command("/zone/816", kMixed);
  EXPECT_EQ(home_.events.last<SetZone>().zone, ZoneId{816});
}

TEST_F(LeapCommandsTest, raise_lower_and_stop) {
  EXPECT_EQ(command("/zone/816", R"({"CommandType":"Raise"})").substr(0, 3), "201");
  EXPECT_EQ(home_.events.last<MoveZone>().movement, Movement::raise);
  command("/zone/816", R"({"CommandType":"Lower"})");
  EXPECT_EQ(home_.events.last<MoveZone>().movement, Movement::lower);
  command("/zone/816", R"({"CommandType":"Stop"})");
  EXPECT_EQ(home_.events.last<MoveZone>().movement, Movement::stop);
}

TEST_F(LeapCommandsTest, a_stop_is_answered_with_where_the_zone_is) {
  home_.set_zone(ZoneId{816}, 100, 10s);
  home_.clock.advance(3s);
  EXPECT_NE(command("/zone/816", R"({"CommandType":"Stop"})").find("\"Level\":30,"), std::string::npos);
}

TEST_F(LeapCommandsTest, wrong_commands_change_nothing_and_say_what_is_wrong) {
  const auto message = [](std::string_view text) {
    return R"(400 BadRequest ExceptionDetail {"Message":")" + std::string(text) + "\"}";
  };
  EXPECT_EQ(ask("Create", "/zone/816/commandprocessor"), message("The body is missing a required property : Command"));
  EXPECT_EQ(command("/zone/816", "{}"), message("The body is missing a required property : CommandType"));
  EXPECT_EQ(command("/zone/816", R"({"CommandType":"Explode"})"), message("This request is not supported"));
  EXPECT_EQ(command("/zone/816", R"({"CommandType":"GoToLevel"})"),
            message("The body is missing a required property : Parameter"));
  EXPECT_EQ(set_level("/zone/816", "null"), message("The body is missing a required property : Value"));
  EXPECT_EQ(set_level("/zone/816", "\"40\""), message("One or more parameters were invalid"));
  EXPECT_EQ(command("/zone/816", R"({"CommandType":"GoToDimmedLevel","DimmedLevelParameters":{}})"),
            message("The body is missing a required property : Level"));
  EXPECT_EQ(command("/zone/816",
                    R"({"CommandType":"GoToDimmedLevel","DimmedLevelParameters":{"Level":1,"FadeTime":"soon"}})"),
            message("One or more parameters were invalid"));
  EXPECT_EQ(
      command("/zone/816", R"({"CommandType":"GoToDimmedLevel","DimmedLevelParameters":{"Level":1,"FadeTime":"-1"}})"),
      message("One or more parameters were invalid"));
  EXPECT_EQ(command("/zone/1387", R"({"CommandType":"GoToDimmedLevel","DimmedLevelParameters":{"Level":1}})"),
            message("Only dimmed zones can be sent to a dimmed level"));
  EXPECT_EQ(
      command("/zone/816", R"({"CommandType":"GoToSwitchedLevel","SwitchedLevelParameters":{"SwitchedLevel":"On"}})"),
      message("Only switched zones can be sent to a switched level"));
  EXPECT_EQ(command("/zone/9999", R"({"CommandType":"Raise"})"),
            R"(404 NotFound ExceptionDetail {"Message":"This resource does not exist : /zone/9999/commandprocessor"})");
  EXPECT_TRUE(home_.events.events.empty());
}

TEST_F(LeapCommandsTest, areas) {
  EXPECT_EQ(command("/area/804",
                    R"({"CommandType":"GoToScene","GoToSceneParameters":{"CurrentScene":{"href":"/areascene/811"}}})"),
            "204 NoContent");
  EXPECT_EQ(home_.events.last<ActivateScene>().scene, SceneId{811});
  EXPECT_EQ(
      command(
          "/area/3",
          R"({"CommandType":"GoToGroupLightingLevel","GroupLightingLevelParameters":{"Level":50,"FadeTime":"1:00"}})"),
      "204 NoContent");
  EXPECT_EQ(home_.events.last<SetArea>().area, AreaId{3});
  EXPECT_EQ(home_.events.last<SetArea>().level, Level::from_percent(50));
  EXPECT_EQ(home_.events.last<SetArea>().fade, 60s);
  EXPECT_EQ(command("/area/3", R"({"CommandType":"Raise"})"), "204 NoContent");
  EXPECT_EQ(home_.events.last<MoveArea>().movement, Movement::raise);

  const std::size_t before = home_.events.events.size();
  EXPECT_EQ(
      command("/area/804", R"({"CommandType":"GoToGroupLightingLevel"})"),
      R"(400 BadRequest ExceptionDetail {"Message":"The body is missing a required property : GroupLightingLevelParameters"})");
  for (const std::string_view scene : {"/areascene/9999", "/areascene/", "/areascene/8x", "/zone/811"}) {
    EXPECT_EQ(command("/area/804", R"({"CommandType":"GoToScene","GoToSceneParameters":{"CurrentScene":{"href":")" +
                                       std::string(scene) + "\"}}}")
                  .substr(0, 3),
              "400")
        << scene;
  }
  // A scene of another area.
  EXPECT_EQ(command("/area/805",
                    R"({"CommandType":"GoToScene","GoToSceneParameters":{"CurrentScene":{"href":"/areascene/811"}}})")
                .substr(0, 3),
            "400");
  EXPECT_EQ(home_.events.events.size(), before);
}

TEST_F(LeapCommandsTest, a_tap_presses_and_lets_go_by_itself) {
  EXPECT_EQ(command("/button/861", R"({"CommandType":"PressAndRelease"})"), "204 NoContent");
  EXPECT_EQ(home_.events.last<ButtonMoved>().move, ButtonMove::press);
  home_.loop.run();
  ASSERT_EQ(home_.events.events.size(), 2u);
  EXPECT_EQ(home_.events.last<ButtonMoved>().button, ButtonId{861});
  EXPECT_EQ(home_.events.last<ButtonMoved>().move, ButtonMove::release);
}

TEST_F(LeapCommandsTest, two_taps_are_two_presses_and_two_releases) {
  command("/button/861", R"({"CommandType":"PressAndRelease"})");
  command("/button/861", R"({"CommandType":"PressAndRelease"})");
  home_.loop.run();
  std::vector<ButtonMove> moves;
  for (const Event& event : home_.events.events) moves.push_back(std::get<ButtonMoved>(event.what).move);
  EXPECT_EQ(moves, (std::vector{ButtonMove::press, ButtonMove::release, ButtonMove::press, ButtonMove::release}));
}

TEST_F(LeapCommandsTest, what_a_client_holds_is_released_when_it_goes) {
  {
    PressedButtons pressed(home_.loop.get_executor(), home_.events, Source{});
    Caller other{ClientId{2}, Role::control, pressed};
    std::string out;
    service_.answer(
        parser_.parse(R"({"CommuniqueType":"CreateRequest","Header":{"Url":"/button/873/commandprocessor"},)"
                      R"("Body":{"Command":{"CommandType":"PressAndHold"}}})"),
        other, subscriptions_, now(), out);
    home_.loop.run();
    ASSERT_EQ(home_.events.events.size(), 1u);
    home_.events.full = true;  // the queue is full just as the client goes
  }
  ASSERT_EQ(home_.events.events.size(), 1u);
  home_.events.full = false;
  home_.loop.restart();
  home_.loop.run();
  ASSERT_EQ(home_.events.events.size(), 2u);
  EXPECT_EQ(home_.events.last<ButtonMoved>().move, ButtonMove::release);
}

TEST_F(LeapCommandsTest, leds) {
  EXPECT_EQ(
      ask("Update", "/led/856/status", R"({"LEDStatus":{"State":"RapidFlash"}})"),
      R"(200 OK OneLEDStatus {"LEDStatus":{"href":"/led/856/status","LED":{"href":"/led/856"},"State":"RapidFlash"}})");
  EXPECT_EQ(home_.events.last<SetLed>().led, LedId{856});
  EXPECT_EQ(home_.events.last<SetLed>().state, LedState::rapid_flash);
  EXPECT_EQ(status("Update", "/led/856/status", R"({"LEDStatus":{"State":"Purple"}})"), "400");
  EXPECT_EQ(status("Update", "/led/856/status", "{}"), "400");
  EXPECT_EQ(status("Update", "/led/861/status", R"({"LEDStatus":{"State":"On"}})"), "404");
}

TEST_F(LeapCommandsTest, a_full_queue_is_an_error_and_not_a_lie) {
  home_.events.full = true;
  EXPECT_EQ(set_level("/zone/816", "40"),
            R"(500 InternalServerError ExceptionDetail {"Message":"The processor is busy, try again"})");
  EXPECT_EQ(command("/button/861", R"({"CommandType":"PressAndRelease"})").substr(0, 3), "500");
  EXPECT_EQ(status("Update", "/led/856/status", R"({"LEDStatus":{"State":"On"}})"), "500");
}

TEST_F(LeapCommandsTest, monitors_may_look_but_not_touch) {
  caller_.role = Role::monitor;
  EXPECT_EQ(set_level("/zone/816", "40").substr(0, 3), "401");
  EXPECT_EQ(command("/button/861", R"({"CommandType":"PressAndRelease"})").substr(0, 3), "401");
  EXPECT_EQ(command("/area/804", R"({"CommandType":"Raise"})").substr(0, 3), "401");
  EXPECT_EQ(status("Update", "/led/856/status", R"({"LEDStatus":{"State":"On"}})"), "401");
  EXPECT_EQ(status("Read", "/zone/816/status"), "200");
  EXPECT_EQ(status("Subscribe", "/zone/status"), "200");
  EXPECT_TRUE(home_.events.events.empty());
}

}  // namespace
}  // namespace candela::leap::test
