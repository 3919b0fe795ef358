// Every row of the conformance matrix of LIP: what a client sends, what it is answered, what the house is asked, and
// what is reported when something happens. docs/conformance.md names these tests; the rows are those of lip.md §10.
#include <gtest/gtest.h>

#include <functional>

#include "servers/lip/test_house.h"

namespace candela::lip::test {
namespace {

using std::chrono::milliseconds;
using std::chrono::seconds;

/// A line, its answer ("" = nothing but the prompt) and what it makes the server ask of the house.
struct Exchange {
  const char* line;
  const char* answer;
  const char* asked = "";
};
/// Something that happens, and its reports.
struct Happening {
  std::function<std::string(ServiceTest&)> happens;
  const char* reports;
};
struct Row {
  const char* name;
  std::vector<Exchange> exchanges;
  std::vector<Happening> happenings = {};
};

template <class What>
Happening when(What what, const char* reports) {
  return {[what](ServiceTest& test) { return test.happens(what); }, reports};
}
Happening when_zone(std::uint32_t number, double percent, const char* reports) {
  return {[=](ServiceTest& test) { return test.happens(test.targeted(number, percent)); }, reports};
}

std::vector<Row> rows() {
  return {
      {"monitoring_of_pylutron",
       {{"#MONITORING,12,2", "~MONITORING,12,2"},
        {"#MONITORING,255,2", "~MONITORING,255,2"},
        {"#MONITORING,3,1", "~MONITORING,3,1"},
        {"#MONITORING,4,1", "~MONITORING,4,1"},
        {"#MONITORING,5,1", "~MONITORING,5,1"},
        {"#MONITORING,6,1", "~MONITORING,6,1"},
        {"#MONITORING,8,1", "~MONITORING,8,1"},
        {"?MONITORING,5", "~MONITORING,5,1"},
        {"?MONITORING,9", "~MONITORING,9,2"},
        {"?MONITORING,255", "~MONITORING,255,2"}}},
      {"monitoring_of_openhab",
       {{"#MONITORING,9,1", "~MONITORING,9,1"},
        {"#MONITORING,10,1", "~MONITORING,10,1"},
        {"#MONITORING,11,1", "~MONITORING,11,1"},
        {"#MONITORING,17,1", "~MONITORING,17,1"},
        {"#MONITORING,18,1", "~MONITORING,18,1"}}},
      {"system_stamp", {{"?SYSTEM,10", "~SYSTEM,01/31/2026,08:15:00"}}},
      {"system_sunset", {{"?SYSTEM,6", "~SYSTEM,6,17:02:00"}}},
      {"output_level",
       {{"?OUTPUT,30,1", "~OUTPUT,30,1,0.00"},
        {"?OUTPUT,30", "~OUTPUT,30,1,0.00"},
        {"?output, 030 ,1", "~OUTPUT,30,1,0.00"},
        {"#OUTPUT,30,1,75", "", "zone 30 75"},
        {"#OUTPUT,30,1,33.33,0:00:00.250000", "", "zone 30 33.33 fade 0.25"},
        {"#OUTPUT,30,1,75,01:30", "", "zone 30 75 fade 90"},
        {"#OUTPUT,30,1,70,4,2", "", "zone 30 70 fade 4 delay 2"},
        {"#OUTPUT,30,1,50,0,5", "", "zone 30 50 fade 0 delay 5"},
        {"#OUTPUT,31,1,1", "", "zone 31 100"},
        {"#OUTPUT,36,1,50", "", "zone 36 100"},
        {"#OUTPUT,32,1,50,3,1", "", "zone 32 50 delay 1"},
        {"#OUTPUT,34,1,25", "", "zone 34 25"},
        {"#OUTPUT,30,1,50,,5", "~ERROR,1"},
        {"#OUTPUT,30,1,120", "~ERROR,4"},
        {"#OUTPUT,30,1,abc", "~ERROR,5"},
        {"#OUTPUT,1234,1,5", "~ERROR,2"},
        {"?OUTPUT,12,1", "~ERROR,2"},
        {"?OUTPUT,40,1", "~ERROR,2"}}},
      {"output_raise_lower_stop",
       {{"#OUTPUT,32,2", "", "move 32 0"},
        {"#OUTPUT,32,3", "", "move 32 1"},
        {"#OUTPUT,32,4", "", "move 32 2"},
        {"#OUTPUT,31,2", "~ERROR,3"},
        {"#OUTPUT,34,2", "~ERROR,3"}}},
      {"output_reports",
       {},
       {when_zone(30, 75, "5:~OUTPUT,30,1,75.00"), when_zone(30, 75, "5:~OUTPUT,30,1,75.00"),
        when_zone(31, 100, "5:~OUTPUT,31,1,100.00"), when_zone(36, 100, "5:~OUTPUT,36,1,100.00"),
        when_zone(40, 100, "")}},
      {"device_press_release",
       {{"#DEVICE,20,1,3", "", "button 201 0"},
        {"#DEVICE,20,1,4", "", "button 201 1"},
        {"#DEVICE,20,2,3,", "", "button 202 0"},
        {"#DEVICE,20,18,3", "", "button 204 0"},
        {"#DEVICE,20,18,4", "", "button 204 1"},
        {"#DEVICE,20,19,3", "", "button 203 0"},
        {"#DEVICE,20,19,4", "", "button 203 1"},
        {"#DEVICE,24,2,3", "", "button 240 0"},
        {"#DEVICE,24,5,3", "", "button 243 0"},
        {"#DEVICE,24,6,3", "", "button 244 0"},
        {"#DEVICE,22,1,3", "", "button 221 0"},
        {"#DEVICE,20,77,3", "~ERROR,2"},
        {"#DEVICE,20,81,3", "~ERROR,3"},
        {"#DEVICE,23,1,3", "~ERROR,3"},
        {"#DEVICE,30,1,3", "~ERROR,2"}},
       {when(ButtonActed{ButtonId{201}, ButtonMove::press}, "3:~DEVICE,20,1,3"),
        when(ButtonActed{ButtonId{201}, ButtonMove::release}, "3:~DEVICE,20,1,4"),
        when(ButtonActed{ButtonId{203}, ButtonMove::press}, "3:~DEVICE,20,19,3"),
        when(ButtonActed{ButtonId{240}, ButtonMove::press}, "3:~DEVICE,24,2,3"),
        when(ButtonActed{ButtonId{231}, ButtonMove::press}, "3:~DEVICE,23,1,3")}},
      {"device_led",
       {{"?DEVICE,20,81,9", "~DEVICE,20,81,9,0"},
        {"#DEVICE,20,81,9,1", "", "led 301 1"},
        {"#DEVICE,20,82,9,3", "", "led 302 3"},
        {"?DEVICE,22,101,9", "~DEVICE,22,101,9,0"},
        {"?DEVICE,20,1,9", "~ERROR,3"},
        {"?DEVICE,20,99,9", "~ERROR,2"},
        {"#DEVICE,20,81,9,4", "~ERROR,4"}},
       {when(LedChanged{LedId{301}, LedState::on}, "4:~DEVICE,20,81,9,1"),
        when(LedChanged{LedId{321}, LedState::flash}, "4:~DEVICE,22,101,9,2")}},
      {"group_occupancy",
       {{"?GROUP,12,3", "~GROUP,12,3,255"}, {"?GROUP,11,3", "~GROUP,11,3,255"}, {"?GROUP,30,3", "~ERROR,2"}},
       {when(OccupancyChanged{OccupancyGroupId{80}, Occupancy::occupied},
             "6:~DEVICE,21,2,3; 6:~GROUP,12,3,3; 6:~AREA,12,8,3"),
        {[](ServiceTest& test) { return test.ask("?GROUP,12,3"); }, "~GROUP,12,3,3"}}},
      {"device_sensor",
       {{"#DEVICE,21,2,3", "~ERROR,3"}},
       {when(OccupancyChanged{OccupancyGroupId{80}, Occupancy::unoccupied},
             "6:~DEVICE,21,2,4; 6:~GROUP,12,3,4; 6:~AREA,12,8,4")}},
      {"errors",
       {{"#FOO", "~ERROR,6"},
        {"hello", "~ERROR,6"},
        {"#AREA,12,4321", "~ERROR,3"},
        {"#OUTPUT,30", "~ERROR,1"},
        {"#OUTPUT,x,1,5", "~ERROR,5"},
        {"#DEVICE,999,1,3", "~ERROR,2"},
        {"#OUTPUT,30,1,101", "~ERROR,4"},
        {"#EMULATE,1", "~ERROR,6"},
        {"#PARTITIONWALL,1,1,1", "~ERROR,6"}}},
      {"logout_and_unknown_verbs",
       {{"#PING", "~ERROR,6"}, {"~OUTPUT,30,1", ""}, {"", ""}, {"LOGOUT", ""}, {"exit", ""}}},
      {"output_flash",
       {{"#OUTPUT,30,5", ""}, {"#OUTPUT,31,5,0", ""}, {"#OUTPUT,32,5", "~ERROR,3"}},
       {{[](ServiceTest& test) { return test.catches_up_and_asks(); }, "zone 30 100 fade 0; zone 31 100 fade 0"}}},
      {"output_pulse",
       {{"#OUTPUT,37,6", "", "zone 37 100 fade 0"}, {"#OUTPUT,36,6,0.50", ""}, {"#OUTPUT,32,6", "~ERROR,3"}},
       {{[](ServiceTest& test) { return test.catches_up_and_asks(); }, "zone 36 100 fade 0"},
        {[](ServiceTest& test) {
           test.wait(milliseconds(500));
           return test.catches_up_and_asks();
         },
         "zone 36 0 fade 0"}}},
      {"device_hold_and_double_tap",
       {{"#DEVICE,20,1,5", "", "button 201 0"},
        {"#DEVICE,20,1,32", "", "button 201 1"},
        {"#DEVICE,20,1,6", "", "button 201 0; button 201 1; button 201 0; button 201 1"}},
       {when(ButtonActed{ButtonId{201}, ButtonMove::hold}, "3:~DEVICE,20,1,5"),
        when(ButtonActed{ButtonId{201}, ButtonMove::release}, "3:~DEVICE,20,1,32; 3:~DEVICE,20,1,4"),
        when(ButtonActed{ButtonId{201}, ButtonMove::multi_tap}, "3:~DEVICE,20,1,6")}},
      {"area",
       {{"?AREA,12,1",
         "~OUTPUT,30,1,0.00|~OUTPUT,31,1,0.00|~OUTPUT,32,1,0.00|~OUTPUT,34,1,0.00|~OUTPUT,35,1,0.00|~OUTPUT,36,1,0.00|"
         "~OUTPUT,37,1,0.00"},
        {"#AREA,12,1,50,2", "", "area 12 50 fade 2"},
        {"#AREA,12,2", "", "move area 12 0"},
        {"#AREA,12,3", "", "move area 12 1"},
        {"#AREA,12,4", "", "move area 12 2"},
        {"#AREA,12,6,3", "", "scene 92"},
        {"#AREA,12,6,0", "", "scene 91"},
        {"#AREA,12,6,5", "~ERROR,4"},
        {"?AREA,12,6", "~AREA,12,6,UNKNOWN"},
        {"?AREA,12,8", "~AREA,12,8,255"},
        {"#AREA,11,1,50", "~ERROR,2"},
        {"#AREA,12,7,1", "~ERROR,3"}},
       {when(SceneChanged{AreaId{12}, SceneId{92}}, "8:~AREA,12,6,3"),
        {[](ServiceTest& test) { return test.ask("?AREA,12,6"); }, "~AREA,12,6,3"},
        when(SceneChanged{AreaId{12}, {}}, "")}},
      {"shade_group",
       {{"?SHADEGRP,33,1", "~SHADEGRP,33,1,0.00"},
        {"?SHADEGRP,33", "~SHADEGRP,33,1,0.00"},
        {"#SHADEGRP,33,1,50,2", "", "zone 32 50 delay 2; zone 35 50 delay 2"},
        {"#SHADEGRP,33,2", "", "move 32 0; move 35 0"},
        {"#SHADEGRP,33,3", "", "move 32 1; move 35 1"},
        {"#SHADEGRP,33,4", "", "move 32 2; move 35 2"},
        {"#SHADEGRP,33,6,0", "", "zone 32 100; zone 35 100"},
        {"#SHADEGRP,33,6,30", "", "zone 32 0; zone 35 0"},
        {"#SHADEGRP,33,6,7", "~ERROR,4"},
        {"?SHADEGRP,33,6", "~SHADEGRP,33,6,30"},
        {"#SHADEGRP,12,1,100", "", "zone 32 100; zone 35 100"},
        {"#SHADEGRP,11,1,100", "~ERROR,2"}},
       {when_zone(32, 100, "5:~OUTPUT,32,1,100.00; 23:~SHADEGRP,12,1,50.00; 23:~SHADEGRP,33,1,50.00"),
        {[](ServiceTest& test) { return test.ask("?SHADEGRP,33,6"); }, "~SHADEGRP,33,6,UNKNOWN"}}},
      {"system",
       {{"?SYSTEM,1", "~SYSTEM,1,18:33:16"},
        {"?SYSTEM,2", "~SYSTEM,2,11/17/2024"},
        {"?SYSTEM,4", "~SYSTEM,4,37.50,-122.30"},
        {"?SYSTEM,5", "~SYSTEM,5,-8:00"},
        {"?SYSTEM,7", "~SYSTEM,7,06:42:00"},
        {"?SYSTEM,8", "OS Firmware Revision = 0.1.0"},
        {"#SYSTEM,1,10:00", "~ERROR,3"}}},
      {"timeclock",
       {{"?TIMECLOCK,50,1", "~TIMECLOCK,50,1,1"},
        {"#TIMECLOCK,50,1,2", "", "mode 71"},
        {"?TIMECLOCK,50,2", "~TIMECLOCK,50,2,06:42"},
        {"?TIMECLOCK,50,3", "~TIMECLOCK,50,3,17:02"},
        {"#TIMECLOCK,50,5,2", "", "run 502"},
        {"#TIMECLOCK,50,6,1,2", "", "disable 501"},
        {"#TIMECLOCK,50,6,1,1", "", "enable 501"},
        {"#TIMECLOCK,50,5,3", "~ERROR,4"},
        {"#TIMECLOCK,50,1,3", "~ERROR,4"}},
       {when(TimeclockEventPassed{TimeclockEventId{502}, TimeclockEventPassed::How::ran, 0}, "9:~TIMECLOCK,50,5,2"),
        when(TimeclockEventPassed{TimeclockEventId{502}, TimeclockEventPassed::How::missed, 0}, ""),
        when(TimeclockEventEnabled{TimeclockEventId{500}, false}, "9:~TIMECLOCK,51,6,1,2")}},
      {"variable",
       {{"?SYSVAR,60,1", "~SYSVAR,60,1,1"}, {"#SYSVAR,60,1,2", "", "variable 60 1"}, {"#SYSVAR,60,1,3", "~ERROR,4"}},
       {when(VariableChanged{VariableId{60}, 1}, "10:~SYSVAR,60,1,2")}},
      {"device_battery",
       {{"?DEVICE,20,1,22", "~DEVICE,20,1,22,1,2,1,0"}, {"?DEVICE,24,1,22", "~DEVICE,24,1,22,1,1,1,0"}}},
      {"device_contact",
       {{"?DEVICE,23,1,35", "~DEVICE,23,1,4"}, {"?DEVICE,20,1,35", "~ERROR,3"}},
       {when(ButtonActed{ButtonId{231}, ButtonMove::press}, "3:~DEVICE,23,1,3"),
        {[](ServiceTest& test) { return test.ask("?DEVICE,23,1,35"); }, "~DEVICE,23,1,3"},
        when(ButtonActed{ButtonId{231}, ButtonMove::release}, "3:~DEVICE,23,1,4"),
        {[](ServiceTest& test) { return test.ask("?DEVICE,23,1,35"); }, "~DEVICE,23,1,4"}}},
      {"mode",
       {{"?MODE,1,1", "~MODE,1,1,1"},
        {"#MODE,1,1,2", "", "mode 71"},
        {"#MODE,1,1,9", "~ERROR,4"},
        {"?MODE,30,1", "~ERROR,2"}},
       {when(ModeChanged{ModeId{71}}, "18:~MODE,1,1,2; 9:~TIMECLOCK,50,1,2; 9:~TIMECLOCK,51,1,2")}},
      {"output_blinds",
       {{"?OUTPUT,35,9", "~OUTPUT,35,9,0.00"},
        {"#OUTPUT,35,9,40", "", "tilt 35 40"},
        {"#OUTPUT,35,10,70,40", "", "tilt 35 40; zone 35 70"},
        {"?OUTPUT,35,10", "~OUTPUT,35,10,0.00,0.00"},
        {"#OUTPUT,35,11", "", "tilt 35 100"},
        {"#OUTPUT,35,12", "", "tilt 35 0"},
        {"#OUTPUT,35,13", "", "tilt 35 0"},
        {"#OUTPUT,35,14", "", "move 35 0"},
        {"#OUTPUT,35,15", "", "move 35 1"},
        {"#OUTPUT,35,16", "", "move 35 2"},
        {"#OUTPUT,32,9,40", "~ERROR,3"},
        {"?OUTPUT,30,9", "~ERROR,3"}},
       {when(ZoneTilted{ZoneId{35}, {Level::off(), Level::full(), MonoTime(), seconds(1)}, false},
             "5:~OUTPUT,35,9,100.00")}},
      {"climate",
       {{"?HVAC,40,15", "~HVAC,40,15,0"},
        {"?HVAC,40,1", "~HVAC,40,1,32"},
        {"?HVAC,40,16", "~HVAC,40,16,20,26"},
        {"?HVAC,40,2", "~HVAC,40,2,68,79"},
        {"?HVAC,40,3", "~HVAC,40,3,1"},
        {"?HVAC,40,8", "~HVAC,40,8,1"},
        {"?HVAC,40,14", "~HVAC,40,14,8"},
        {"#HVAC,40,3,2", "", "climate 40 mode 1"},
        {"#HVAC,40,3,5", "~ERROR,4"},
        {"#HVAC,40,16,20.5,255", "", "climate 40 heat 2050"},
        {"#HVAC,40,2,68,255", "", "climate 40 heat 2000"},
        {"#HVAC,40,16,255,25", "", "climate 40 cool 2500"},
        {"?HVAC,30,15", "~ERROR,2"}},
       {when(ClimateChanged{ZoneId{40}, ClimateMode::heat, 2100, 2600, 1950},
             "17:~HVAC,40,1,67|~HVAC,40,2,70,79|~HVAC,40,3,2|~HVAC,40,14,1|~HVAC,40,15,19.5|~HVAC,40,16,21,26")}},
      {"integration_id",
       {{"?INTEGRATIONID,1,02440014", "~INTEGRATIONID,1,02440014,20"},
        {"?INTEGRATIONID,3,20", "~INTEGRATIONID,3,20,DEVICE,02440014"},
        {"?INTEGRATIONID,3,30", "~INTEGRATIONID,3,30,OUTPUT,00000000"},
        {"?INTEGRATIONID,3,40", "~INTEGRATIONID,3,40,HVAC,00000000"},
        {"?INTEGRATIONID,3,999", "~ERROR,2"},
        {"?INTEGRATIONID,1,FFFFFFFF", "~ERROR,2"}}},
      {"help", {{"?HELP,#OUTPUT,2", "~HELP,#OUTPUT|2 raises until stopped"}, {"?HELP,#FOO", "~ERROR,6"}}},
      {"ethernet",
       {{"?ETHERNET,0", "~ETHERNET,0,192.0.2.1"}, {"?ETHERNET,3", "~ERROR,3"}, {"#ETHERNET,0,1.2.3.4", "~ERROR,3"}}},
      {"reset", {{"#RESET,0", "~ERROR,3"}}},
  };
}

class LipMatrix : public ServiceTest, public testing::TestWithParam<Row> {};

TEST_P(LipMatrix, IsServed) {
  for (const Exchange& it : GetParam().exchanges) {
    EXPECT_EQ(ask(it.line), it.answer) << it.line;
    EXPECT_EQ(asked(), it.asked) << it.line;
  }
  for (const Happening& it : GetParam().happenings) EXPECT_EQ(it.happens(*this), it.reports);
}

INSTANTIATE_TEST_SUITE_P(Every, LipMatrix, testing::ValuesIn(rows()),
                         [](const auto& row) { return std::string(row.param.name); });

}  // namespace
}  // namespace candela::lip::test
