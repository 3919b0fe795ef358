#include "servers/requests/house.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <boost/json.hpp>

#include "servers/http/test_site.h"
#include "servers/requests/commands.h"

namespace candela::servers::requests {
namespace {

namespace json = boost::json;
using ::testing::HasSubstr;

/// The small home with something of everything that runs by itself.
ProjectPtr lively_home() {
  Project home = candela::testing::small_home();
  const auto add_zone = [&](std::uint32_t number, const char* id, LoadType load) {
    home.zones.push_back({.number = {number}, .id = id, .name = id, .area = {3}, .load = load});
  };
  add_zone(20, "blind", LoadType::tilting_shade);
  add_zone(21, "strip", LoadType::spectrum);
  add_zone(22, "heating", LoadType::climate);
  home.modes = {{{30}, "normal", "Normal"}, {{31}, "vacation", "Vacation"}};
  home.variables = {{{32}, "guests", "Guests", {"no", "yes"}}};
  home.sequences = {{.number = {33}, .id = "welcome", .name = "Welcome"}};
  home.timeclocks = {{{34}, "house", "House"}};
  home.timeclock_events = {{.number = {35}, .id = "evening", .name = "Evening", .timeclock = {34}, .modes = {{31}}}};
  home.devices.push_back({.number = {36}, .id = "eye", .name = "Eye", .area = {3}, .senses_occupancy = true});
  home.occupancy_groups = {{.number = {37}, .id = "hall", .name = "Hall", .area = {3}, .sensors = {{36}}}};
  home.shows = {{.number = {38}, .id = "daylight", .name = "Daylight"}};
  home.facades = {{.number = {39}, .id = "south", .name = "South", .shades = {{20}}}};
  home.build_index();
  return std::make_shared<const Project>(std::move(home));
}

class HouseCommands : public ::testing::Test {
 protected:
  HouseCommands() { hear(ProjectActivated{lively_home()}); }

  void hear(decltype(Change::what) what) { world_.view.apply(world_.change(std::move(what))); }
  json::value ask(const char* request) {
    const auto answer = carry_out(request);
    if (answer) return *answer;
    ADD_FAILURE() << request << ": " << answer.error().message;
    return nullptr;
  }
  std::string refusal(const char* request) {
    const auto answer = carry_out(request);
    EXPECT_FALSE(answer) << request;
    return answer ? "" : answer.error().message;
  }
  /// What the request asks of the house.
  template <class T>
  T asked(const char* request) {
    world_.events.taken.clear();
    ask(request);
    const T* event = world_.events.last<T>();
    if (event != nullptr) return *event;
    ADD_FAILURE() << request << " asks for something else";
    return {};
  }

  http::testing::World world_;
  const Asking asking_{world_.context, {Source::Kind::command, {}}};

 private:
  Answer carry_out(const char* request) {
    const json::value parsed = json::parse(request);
    const Command* command = find_command(parsed.at("command").as_string());
    if (command == nullptr) return Error{"unknown command"};
    return std::get<Command::Now>(command->run)(parsed.get_object(), asking_);
  }
};

TEST_F(HouseCommands, AskForPrograms) {
  EXPECT_EQ(asked<SetMode>(R"({"command":"mode","mode":"vacation"})").mode, ModeId{31});
  EXPECT_EQ(asked<SetVariable>(R"({"command":"variable","variable":"guests","state":"yes"})").state, 1);
  EXPECT_EQ(asked<ControlSequence>(R"({"command":"sequence","sequence":"welcome","control":"stop"})").control,
            Control::stop);
  EXPECT_EQ(asked<ControlShow>(R"({"command":"show","show":"daylight","control":"start"})").control, Control::start);
  EXPECT_EQ(asked<ActivateScene>(R"({"command":"scene","scene":"hall.evening"})").scene, SceneId{6});
  EXPECT_EQ(asked<SaveScene>(R"({"command":"scene","scene":"hall.evening","save":true})").scene, SceneId{6});
  EXPECT_FALSE(asked<EnableTimeclock>(R"({"command":"timeclock","do":"disable","id":"house"})").enabled);
  EXPECT_TRUE(asked<EnableTimeclockEvent>(R"({"command":"timeclock","do":"enable","id":"evening"})").enabled);
  EXPECT_EQ(asked<RunTimeclockEvent>(R"({"command":"timeclock","do":"run","id":"evening"})").event,
            TimeclockEventId{35});
  EXPECT_EQ(asked<ControlFacade>(R"({"command":"facade","do":"disable","id":"south"})").control, Control::stop);
  EXPECT_EQ(asked<ControlFacade>(R"({"command":"facade","do":"enable","id":"south"})").control, Control::start);
  EXPECT_EQ(asked<ControlFacade>(R"({"command":"facade","do":"resume","id":"south"})").facade, FacadeId{39});
}

TEST_F(HouseCommands, TellWhatFacadesWant) {
  EXPECT_EQ(ask(R"({"command":"facade"})").at(0).at("wanted"), nullptr) << "nothing was heard of it yet";
  hear(FacadeMoved{{39}, Level::from_percent(40)});
  world_.administration.sun = 23.5;
  const json::value south = ask(R"({"command":"facade","do":"list"})").at(0);
  EXPECT_EQ(south.at("name"), "South");
  EXPECT_EQ(south.at("wanted"), 40.0);
  EXPECT_EQ(south.at("elsewhere"), json::array{"blind"});
  EXPECT_EQ(south.at("sun"), 23.5);
  EXPECT_EQ(house_status(asking_).at("facades").at(0), south);
  hear(ZoneTargeted{{20}, {Level::full(), Level::from_percent(41), {}, {}}});
  EXPECT_EQ(ask(R"({"command":"facade"})").at(0).at("elsewhere"), json::array()) << "drives stop nearby";
  hear(FacadeChanged{{39}, false});
  EXPECT_EQ(ask(R"({"command":"facade"})").at(0).at("enabled"), false);
  EXPECT_THAT(refusal(R"({"command":"facade","do":"resume","id":"south"})"), HasSubstr("enable it instead"));
}

TEST_F(HouseCommands, AskForPeopleAndEquipment) {
  EXPECT_EQ(asked<SetOccupancyMode>(R"({"command":"occupancy","group":"hall","mode":"vacancy"})").mode,
            OccupancyMode::vacancy);
  EXPECT_FALSE(asked<EnableSensor>(R"({"command":"sensor","sensor":"eye","on":false})").enabled);
  EXPECT_TRUE(asked<SetAway>(R"({"command":"house","away":true})").away);
  EXPECT_FALSE(asked<SetEmergency>(R"({"command":"house","emergency":false})").emergency);
  EXPECT_EQ(asked<ShedLoad>(R"({"command":"house","shed":30})").percent, 30);
  EXPECT_EQ(asked<SetTilt>(R"({"command":"tilt","zone":"blind","level":40})").tilt, Level::from_percent(40));
  EXPECT_EQ(asked<SetColour>(R"({"command":"colour","zone":"strip","kelvin":2700})").colour, Colour::white(2700));
  EXPECT_EQ(asked<SetColour>(R"({"command":"colour","zone":"strip","x":0.3,"y":0.25})").colour, Colour::xy(3000, 2500));
  const auto climate = asked<SetClimate>(R"({"command":"climate","zone":"heating","mode":"heat","heat":21.5})");
  EXPECT_EQ(climate.mode, ClimateMode::heat);
  EXPECT_EQ(climate.heat_to, 2150);
  EXPECT_FALSE(climate.cool_to);
}

TEST_F(HouseCommands, ListHowItStands) {
  hear(ModeChanged{{31}});
  hear(VariableChanged{{32}, 1});
  hear(SequenceChanged{{33}, true});
  hear(OccupancyChanged{{37}, Occupancy::occupied});
  hear(TimeclockEventPassed{{35}, TimeclockEventPassed::How::missed, 20000});
  hear(ZoneColoured{{21}, {}, Colour::white(3000), {}, {}});
  hear(ClimateChanged{{22}, ClimateMode::cool, 1900, 2400, 2210});
  EXPECT_EQ(ask(R"({"command":"mode"})").at(1).at("active"), true);
  EXPECT_EQ(ask(R"({"command":"variable","variable":"guests"})").at(0).at("state"), "yes");
  EXPECT_EQ(ask(R"({"command":"sequence"})").at(0).at("running"), true);
  EXPECT_EQ(ask(R"({"command":"occupancy"})").at(0).at("state"), "occupied");
  const json::value event = ask(R"({"command":"timeclock"})").at("timeclocks").at(0).at("events").at(0);
  EXPECT_EQ(event.at("how"), "missed");
  EXPECT_EQ(event.at("next"), nullptr);
  EXPECT_EQ(event.at("modes").at(0), "vacation");
  EXPECT_EQ(ask(R"({"command":"colour"})").at(0).at("colour").at("kelvin"), 3000);
  EXPECT_EQ(ask(R"({"command":"climate"})").at(0).at("temperature"), 22.1);
  const json::object status = house_status(asking_);
  EXPECT_EQ(status.at("house").at("mode"), "vacation");
  EXPECT_EQ(status.at("house").at("night"), nullptr) << "this home has no day and night";
  EXPECT_EQ(status.at("sequences_running").at(0), "welcome");
}

TEST_F(HouseCommands, RefuseWithTheReason) {
  const std::pair<const char*, const char*> cases[] = {
      {R"({"command":"mode","mode":"vacaton"})", "did you mean \"vacation\"?"},
      {R"({"command":"mode","mode":"party"})", "there is normal, vacation"},
      {R"({"command":"variable","variable":"guests","state":"maybe"})", "there is no, yes"},
      {R"({"command":"sequence","sequence":"welcome","control":"pause"})", "start, stop or toggle"},
      {R"({"command":"timeclock","do":"enable","id":"evenig"})", "did you mean \"evening\"?"},
      {R"({"command":"timeclock","do":"run","id":"house"})", "there is no timeclock event"},
      {R"({"command":"timeclock","do":"wind"})", "list, enable, disable or run"},
      {R"({"command":"facade","do":"enable","id":"soth"})", "did you mean \"south\"?"},
      {R"({"command":"facade","do":"run","id":"south"})", "list, enable, disable or resume"},
      {R"({"command":"occupancy","group":"hall","mode":"never"})", "automatic, vacancy"},
      {R"({"command":"sensor","sensor":"dimmer","on":true})", "there is no sensor"},
      {R"({"command":"sensor","sensor":"eye"})", "on or off"},
      {R"({"command":"house","away":"yes"})", "true or false"},
      {R"({"command":"house","shed":30.5})", "whole number"},
      {R"({"command":"tilt","zone":"strip","level":40})", "no slats"},
      {R"({"command":"tilt","zone":"blind","level":140})", "0 to 100"},
      {R"({"command":"tilt","zone":"blind","level":40,"fade":-1})", "fade"},
      {R"({"command":"colour","zone":"hall-wall","kelvin":3000})", "no colour"},
      {R"({"command":"colour","zone":"strip"})", "one colour"},
      {R"({"command":"colour","zone":"strip","kelvin":3000,"hue":20})", "one colour"},
      {R"({"command":"colour","zone":"strip","x":0.3})", "\"y\""},
      {R"({"command":"colour","zone":"strip","kelvin":20})", "1000 to 15000"},
      {R"({"command":"climate","zone":"heating"})", "say a mode"},
      {R"({"command":"climate","zone":"heating","heat":"warm"})", "degrees"},
      {R"({"command":"dance"})", "unknown command"},
  };
  for (const auto& [request, reason] : cases) EXPECT_THAT(refusal(request), HasSubstr(reason)) << request;
  EXPECT_TRUE(world_.events.taken.empty());
  world_.events.full = true;
  EXPECT_THAT(refusal(R"({"command":"mode","mode":"normal"})"), HasSubstr("busy"));
}

}  // namespace
}  // namespace candela::servers::requests
