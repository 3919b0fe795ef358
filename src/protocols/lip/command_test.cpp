#include "protocols/lip/command.h"

#include <gtest/gtest.h>

#include <set>

#include "protocols/lip/login.h"
#include "protocols/lip/monitoring.h"
#include "protocols/lip/report.h"

namespace candela::lip {
namespace {

using Kind = Command::Kind;

/// "VERB op id component action: values" of a line that is right; the fault's number of one that is not.
std::string read(std::string_view line) {
  const Command command = parse(line);
  switch (command.kind) {
    case Kind::empty: return "empty";
    case Kind::ignored: return "ignored";
    case Kind::logout: return "logout";
    case Kind::faulty: return std::to_string(static_cast<int>(command.fault));
    case Kind::operation: break;
  }
  const Completed completed = complete(command);
  if (completed.action == nullptr) return std::to_string(static_cast<int>(completed.fault));
  std::string text(word(command.verb));
  text += command.operation + std::to_string(command.id) + "." + std::to_string(command.component) + "." +
          std::to_string(command.action);
  for (std::size_t i = 0; i < completed.values.count; ++i) {
    char value[32];
    std::snprintf(value, sizeof value, " %g", completed.values.numbers.at(i));
    text += value;
  }
  return text;
}

TEST(LipCommands, AreReadAsClientsWriteThem) {
  struct Row {
    const char* line;
    const char* read;
  };
  for (const Row& row : {
           Row{"", "empty"},
           Row{"   ", "empty"},
           Row{"LOGOUT", "logout"},
           Row{"exit", "logout"},
           Row{"Quit", "logout"},
           Row{"~OUTPUT,30,1", "ignored"},
           Row{"?OUTPUT,30,1", "OUTPUT?30.0.1"},
           Row{"?output, 030 ,1", "OUTPUT?30.0.1"},
           Row{"?OUTPUT,30", "OUTPUT?30.0.1"},
           Row{"?AREA,12", "AREA?12.0.1"},
           Row{"?SHADEGRP,33", "SHADEGRP?33.0.1"},
           Row{"#OUTPUT,30,1,75", "OUTPUT#30.0.1 75"},
           Row{"#OUTPUT,30,1,33.33,0:00:00.250000", "OUTPUT#30.0.1 33.33 0.25"},
           Row{"#OUTPUT,30,1,75,01:30", "OUTPUT#30.0.1 75 90"},
           Row{"#OUTPUT,30,1,70,4,2", "OUTPUT#30.0.1 70 4 2"},
           Row{"#OUTPUT,30,1,50,0,5", "OUTPUT#30.0.1 50 0 5"},
           Row{"#OUTPUT,30,1,50,1.37", "OUTPUT#30.0.1 50 1.25"},
           Row{"#OUTPUT,30,1,50,,", "OUTPUT#30.0.1 50"},
           Row{"#OUTPUT,30,10,40,60", "OUTPUT#30.0.10 40 60"},
           Row{"#DEVICE,2,1,3,", "DEVICE#2.1.3"},
           Row{"#DEVICE,20,81,9,1", "DEVICE#20.81.9 1"},
           Row{"?DEVICE,20,81,9", "DEVICE?20.81.9"},
           Row{"?GROUP,12,3", "GROUP?12.0.3"},
           Row{"#MONITORING,5,1", "MONITORING#0.0.0 5 1"},
           Row{"#MONITORING,255,2", "MONITORING#0.0.0 255 2"},
           Row{"?MONITORING,5", "MONITORING?0.0.0 5"},
           Row{"?SYSTEM,10", "SYSTEM?0.0.10"},
           Row{"#TIMECLOCK,3,6,2,1", "TIMECLOCK#3.0.6 2 1"},
           Row{"#HVAC,40,16,20.5,255", "HVAC#40.0.16 20.5 255"},
           Row{"?INTEGRATIONID", "INTEGRATIONID?0.0.0"},
           Row{"?INTEGRATIONID,1,02440A2F", "INTEGRATIONID?0.0.1 3.80135e+07"},
           Row{"?INTEGRATIONID,3,20", "INTEGRATIONID?0.0.3 20"},
           Row{"?ETHERNET,0", "ETHERNET?0.0.0"},
           Row{"?HELP", "HELP?0.0.0"},
       }) {
    EXPECT_EQ(read(row.line), row.read) << row.line;
  }
}

TEST(LipCommands, FaultsComeInTheOrderThatClientsKnow) {
  struct Row {
    const char* line;
    const char* fault;
  };
  for (const Row& row : {
           Row{"#FOO", "6"},
           Row{"#PING", "6"},
           Row{"OUTPUT,30,1", "6"},
           Row{"hello", "6"},
           Row{"#EMULATE,1", "6"},
           Row{"#PARTITIONWALL,1,1,1", "6"},
           Row{"#PROGRAMMING,1", "6"},
           Row{"!OUTPUT,1,1", "6"},
           Row{"#", "6"},
           Row{"#OUTPUT", "1"},
           Row{"#OUTPUT,30", "1"},
           Row{"?OUTPUT", "1"},
           Row{"#OUTPUT,30,1", "1"},
           Row{"#DEVICE,20,81", "1"},
           Row{"?SYSTEM", "1"},
           Row{"#OUTPUT,30,1,50,,5", "1"},
           Row{"#OUTPUT,30,1,1,1,1,1", "1"},
           Row{"?OUTPUT,30,1,5", "1"},
           Row{"#MONITORING,5", "1"},
           Row{"#OUTPUT,,1,50", "1"},
           Row{"#OUTPUT,30,1,1,1,1,1,1,1,1,1,1", "1"},
           Row{"#OUTPUT,x,1,50", "5"},
           Row{"#OUTPUT,30,x", "5"},
           Row{"#OUTPUT,-1,1,50", "5"},
           Row{"#OUTPUT,30,1,abc", "5"},
           Row{"#OUTPUT,30,1,50,12:23:24:25", "5"},
           Row{"#OUTPUT,30,1,120,x", "5"},
           Row{"#AREA,12,4321", "3"},
           Row{"#GROUP,12,3", "3"},
           Row{"?OUTPUT,30,2", "3"},
           Row{"#OUTPUT,30,31", "3"},
           Row{"#OUTPUT,30,35", "3"},
           Row{"#SYSTEM,1,10:00", "3"},
           Row{"#ETHERNET,0,1.2.3.4", "3"},
           Row{"?ETHERNET,3", "3"},
           Row{"#RESET,0", "3"},
           Row{"#OUTPUT,30,1,120", "4"},
           Row{"#OUTPUT,30,1,-5", "4"},
           Row{"#OUTPUT,30,1,50,4:00:01", "4"},
           Row{"#AREA,12,6,33", "4"},
           Row{"#SHADEGRP,33,6,31", "4"},
           Row{"#DEVICE,20,81,9,4", "4"},
           Row{"#MONITORING,28,1", "4"},
           Row{"#MONITORING,0,1", "4"},
           Row{"#MONITORING,5,3", "4"},
           Row{"#HVAC,40,16,300,20", "4"},
           Row{"?INTEGRATIONID,1,XYZ", "5"},
           Row{"?INTEGRATIONID,1,123456789", "5"},
       }) {
    EXPECT_EQ(read(row.line), row.fault) << row.line;
  }
}

TEST(LipCommands, AFadeOfFourHoursIsTheLongest) {
  EXPECT_EQ(read("#OUTPUT,30,1,50,4:00:00"), "OUTPUT#30.0.1 50 14400");
  EXPECT_EQ(read("#OUTPUT,30,1,50,14401"), "4");
}

TEST(LipActions, AreEachThereOnce) {
  std::set<std::tuple<Verb, char, std::uint32_t>> seen;
  for (const Action& action : actions()) {
    EXPECT_TRUE(seen.insert({action.verb, action.operation, action.number}).second) << word(action.verb);
    EXPECT_LE(action.least, action.most()) << word(action.verb);
  }
}

TEST(LipHelp, ListsVerbsAndTheirActions) {
  const std::string verbs = help("", "");
  EXPECT_TRUE(verbs.starts_with("~HELP,#OUTPUT,?OUTPUT,#DEVICE")) << verbs;
  EXPECT_EQ(std::count(verbs.begin(), verbs.end(), '\n'), 1);
  EXPECT_EQ(verbs.find("#OUTPUT"), verbs.rfind("#OUTPUT")) << "each once";
  EXPECT_TRUE(help("#OUTPUT", "").starts_with("~HELP,#OUTPUT\r\n1 level[,fade[,delay]]"));
  EXPECT_EQ(help("#OUTPUT", "2"), "~HELP,#OUTPUT\r\n2 raises until stopped\r\n");
  EXPECT_EQ(help("#NONSENSE", ""), "");
}

TEST(LipMonitoring, BeginsAsAUsersDoes) {
  const Monitoring fresh;
  std::set<std::uint32_t> on;
  for (std::uint32_t type = 1; type <= Monitoring::kTypes; ++type) {
    if (fresh.is_on(type)) on.insert(type);
  }
  EXPECT_EQ(on, (std::set<std::uint32_t>{3, 4, 5, 6, 8, 11, 12, 17, 18, 23}));
}

TEST(LipMonitoring, AllIsAllButRepliesAndPrompts) {
  Monitoring monitoring;
  monitoring.set(12, false);
  monitoring.set(Monitoring::kAll, true);
  EXPECT_TRUE(monitoring.is_on(Monitoring::kAll));
  EXPECT_FALSE(monitoring.is_on(Monitor::prompt));
  monitoring.set(Monitoring::kAll, false);
  EXPECT_FALSE(monitoring.is_on(Monitoring::kAll));
  EXPECT_FALSE(monitoring.is_on(Monitor::zone));
  EXPECT_TRUE(monitoring.is_on(Monitor::reply));
}

TEST(LipLogin, AsksForNameAndPasswordThreeTimes) {
  Login login;
  for (int i = 1; i <= Login::kTries; ++i) {
    EXPECT_EQ(login.line("Lutron"), Login::Next::ask_password);
    EXPECT_EQ(login.line(" in tegration"), Login::Next::check);
    EXPECT_EQ(login.user(), "Lutron");
    EXPECT_EQ(login.password(), " in tegration") << "as it was typed";
    EXPECT_EQ(login.refused(), i < Login::kTries);
  }
}

TEST(LipReports, AreWrittenAsClientsReadThem) {
  EXPECT_EQ(output_line(30, Level::from_percent(75)), "~OUTPUT,30,1,75.00\r\n");
  EXPECT_EQ(tilt_line(30, Level::full()), "~OUTPUT,30,9,100.00\r\n");
  EXPECT_EQ(device_line(20, 1, 3), "~DEVICE,20,1,3\r\n");
  EXPECT_EQ(led_line(20, 81, LedState::rapid_flash), "~DEVICE,20,81,9,3\r\n");
  EXPECT_EQ(line_of("GROUP", 12, 3, 255), "~GROUP,12,3,255\r\n");
  EXPECT_EQ(line_of("MONITORING", 5, 1), "~MONITORING,5,1\r\n");
  EXPECT_EQ(error_line(Fault::command), "~ERROR,6\r\n");
}

}  // namespace
}  // namespace candela::lip
