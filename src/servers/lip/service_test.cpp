#include "servers/lip/service.h"

#include <gtest/gtest.h>

#include <set>

#include "servers/lip/project_xml.h"
#include "servers/lip/test_house.h"

namespace candela::lip::test {
namespace {

using std::chrono::milliseconds;
using std::chrono::seconds;

class LipService : public ServiceTest, public testing::Test {};
class LipXml : public ServiceTest, public testing::Test {};

TEST_F(LipService, AMonitorLooksAndChangesNothing) {
  caller_.account.role = Role::monitor;
  EXPECT_EQ(ask("?OUTPUT,30,1"), "~OUTPUT,30,1,0.00");
  EXPECT_EQ(ask("#MONITORING,5,2"), "~MONITORING,5,2");
  for (const Action& action : actions()) {
    if (action.operation != '#' || action.verb == Verb::monitoring) continue;
    std::string line = "#" + std::string(word(action.verb));
    line += action.verb == Verb::device        ? ",20,1"
            : action.verb == Verb::area        ? ",12"
            : action.verb == Verb::shade_group ? ",33"
            : action.verb == Verb::climate     ? ",40"
            : action.verb == Verb::timeclock   ? ",50"
            : action.verb == Verb::variable    ? ",60"
            : action.verb == Verb::mode        ? ",1"
                                               : ",35";
    line += "," + std::to_string(action.number);
    for (std::size_t i = 0; i < action.least; ++i) line += ",1";
    if (action.verb == Verb::climate && action.number == 2) line = "#HVAC,40,2,70,75";
    EXPECT_EQ(ask(line), "~ERROR,3") << line;
    EXPECT_EQ(asked(), "") << line;
  }
}

TEST_F(LipService, AFullQueueIsTold) {
  home_.events.full = true;
  EXPECT_EQ(ask("#OUTPUT,30,1,50"), "~ERROR,6");
  EXPECT_EQ(ask("#DEVICE,20,1,3"), "~ERROR,6");
}

TEST_F(LipService, WithoutRepliesThereIsNothingAtAll) {
  EXPECT_EQ(ask("#MONITORING,11,2"), "");
  EXPECT_EQ(ask("?OUTPUT,30,1"), "");
  EXPECT_EQ(ask("#FOO"), "");
  EXPECT_EQ(ask("#MONITORING,11,1"), "~MONITORING,11,1");
}

TEST_F(LipService, ALineThatIsTooLongIsMalformed) {
  EXPECT_EQ(joined(service_.answer("#OUTPUT,30,1,50", true, caller_).text), "~ERROR,5");
  EXPECT_EQ(asked(), "");
}

TEST_F(LipService, AStopOfWhatStandsIsReportedToAll) {
  const Answer it = answer("#OUTPUT,32,4");
  EXPECT_EQ(it.text, "");
  EXPECT_EQ(told(it.told), "5:~OUTPUT,32,1,0.00");
  happens(targeted(32, 100, seconds(10)));
  EXPECT_EQ(told(answer("#OUTPUT,32,4").told), "") << "the house will say where it stopped";
}

TEST_F(LipService, ARampIsReportedWhereItEnds) {
  const Cause raised = cause(CauseStep::Kind::zone_raised, 30);
  EXPECT_EQ(happens(targeted(30, 100, seconds(4)), raised), "");
  EXPECT_EQ(*service_.next_due(), home_.clock.now().mono + seconds(4));
  home_.clock.advance(seconds(1));
  EXPECT_EQ(ask("?OUTPUT,30,1"), "~OUTPUT,30,1,25.00") << "where it is now";
  EXPECT_EQ(catches_up(), "");
  home_.clock.advance(seconds(3));
  EXPECT_EQ(catches_up(), "5:~OUTPUT,30,1,100.00");
  EXPECT_EQ(service_.next_due(), std::nullopt);
}

TEST_F(LipService, AStoppedRampIsReportedOnce) {
  happens(targeted(30, 100, seconds(4)), cause(CauseStep::Kind::zone_raised, 30));
  home_.clock.advance(seconds(2));
  EXPECT_EQ(happens(targeted(30, 50), cause(CauseStep::Kind::zone_stopped, 30)), "5:~OUTPUT,30,1,50.00");
  EXPECT_EQ(service_.next_due(), std::nullopt);
}

TEST_F(LipService, AFadeIsReportedAtItsBeginningWithItsTarget) {
  EXPECT_EQ(happens(targeted(30, 80, seconds(4))), "5:~OUTPUT,30,1,80.00");
  EXPECT_EQ(ask("?OUTPUT,30,1"), "~OUTPUT,30,1,80.00");
}

TEST_F(LipService, AFlashIsReportedOnceAndEndsWithTheNextLevel) {
  const Cause ours = cause(CauseStep::Kind::zone_commanded, 30);
  ask("#OUTPUT,30,5");
  catches_up();
  EXPECT_EQ(asked(), "zone 30 100 fade 0");
  EXPECT_EQ(happens(targeted(30, 100), ours), "5:~OUTPUT,30,1,100.00");
  for (const double level : {0.0, 100.0, 0.0}) {
    home_.clock.advance(Effects::kHalfPeriod);
    catches_up();
    EXPECT_EQ(asked(), level > 0 ? "zone 30 100 fade 0" : "zone 30 0 fade 0");
    EXPECT_EQ(happens(targeted(30, level), ours), "") << "a flash is no news";
  }
  EXPECT_EQ(happens(targeted(30, 40)), "5:~OUTPUT,30,1,40.00") << "somebody set it";
  EXPECT_EQ(service_.next_due(), std::nullopt);
}

TEST_F(LipService, AFlashEndsWhenItsClientSetsALevel) {
  ask("#OUTPUT,30,5");
  catches_up();
  asked();
  ask("#OUTPUT,30,1,100");
  EXPECT_EQ(service_.next_due(), std::nullopt);
}

TEST_F(LipService, APulseWaitsForItsDelay) {
  ask("#OUTPUT,36,6,0.50,2");
  catches_up();
  EXPECT_EQ(asked(), "");
  home_.clock.advance(seconds(2));
  catches_up();
  EXPECT_EQ(asked(), "zone 36 100 fade 0");
  EXPECT_EQ(happens(targeted(36, 100), cause(CauseStep::Kind::zone_commanded, 36)), "5:~OUTPUT,36,1,100.00");
  home_.clock.advance(milliseconds(500));
  catches_up();
  EXPECT_EQ(asked(), "zone 36 0 fade 0");
  EXPECT_EQ(happens(targeted(36, 0), cause(CauseStep::Kind::zone_commanded, 36)), "5:~OUTPUT,36,1,0.00");
  EXPECT_EQ(service_.next_due(), std::nullopt);
}

TEST_F(LipService, WhatIsReportedToAllHasAWholeNumberAfterItsVerb) {
  std::string all;
  all += happens(targeted(30, 33.33)) + ";" + happens(targeted(32, 50)) + ";";
  all += happens(ButtonActed{ButtonId{201}, ButtonMove::press}) + ";" + happens(LedChanged{LedId{301}, LedState::on}) +
         ";";
  all += happens(SceneChanged{AreaId{12}, SceneId{92}}) + ";" + happens(ModeChanged{ModeId{71}}) + ";";
  all += happens(OccupancyChanged{OccupancyGroupId{80}, Occupancy::unknown}) + ";";
  all += happens(ClimateChanged{ZoneId{40}, ClimateMode::cool, 2000, 2150, 2333}) + ";";
  all += happens(ZoneTilted{ZoneId{35}, {}, false});
  std::size_t lines = 0;
  for (std::size_t at = all.find('~'); at != std::string::npos; at = all.find('~', at + 1), ++lines) {
    const std::string line = all.substr(at, all.find_first_of(";|", at) - at);
    const std::size_t comma = line.find(',');
    EXPECT_EQ(line.find_first_not_of("0123456789", comma + 1), line.find(',', comma + 1)) << line;
    EXPECT_TRUE(!line.starts_with("~DEVICE") || line.find('.') == std::string::npos) << line;
  }
  EXPECT_GE(lines, 15U);
}

TEST_F(LipService, ANewProjectEndsWhatTheOldOneHad) {
  ask("#OUTPUT,30,5");
  happens(targeted(32, 100, seconds(10)), cause(CauseStep::Kind::zone_raised, 32));
  Project empty;
  empty.areas = {{AreaId{2}, "home", "Empty", {}, {}, {}, {}, {}, {}}};
  empty.build_index();
  EXPECT_EQ(happens(ProjectActivated{std::make_shared<const Project>(std::move(empty))}), "");
  EXPECT_EQ(service_.next_due(), std::nullopt);
  EXPECT_EQ(ask("?OUTPUT,30,1"), "~ERROR,2");
}

TEST_F(LipXml, BeginsWithItsDeclarationAndStamp) {
  const std::string xml = project_xml(home_.context);
  EXPECT_TRUE(xml.starts_with("<?xml version=\"1.0\" encoding=\"UTF-8\" ?>\n<Project>\n"));
  const std::size_t date = xml.find("<DbExportDate>01/31/2026</DbExportDate>\n<DbExportTime>08:15:00</DbExportTime>");
  EXPECT_LT(date, 1000U) << "clients read no further to find it";
  EXPECT_NE(xml.find("Engraving=\"All &lt;on&gt; &amp; &quot;bright&quot;\""), std::string::npos);
}

TEST_F(LipXml, GivesEveryIdOnce) {
  const std::string xml = project_xml(home_.context);
  for (const char* kind : {"<Output ", "<Device ", "<Timeclock "}) {
    std::set<std::string> seen;
    for (std::size_t at = xml.find(kind); at != std::string::npos; at = xml.find(kind, at + 1)) {
      const std::size_t id = xml.find("IntegrationID=\"", at) + 15;
      EXPECT_TRUE(seen.insert(xml.substr(id, xml.find('"', id) - id)).second) << kind;
    }
    EXPECT_FALSE(seen.empty()) << kind;
  }
}

TEST_F(LipXml, StaysTheSameForTheSameProcessor) {
  EXPECT_EQ(project_xml(home_.context), project_xml(home_.context));
  const std::string before = project_xml(home_.context);
  home_.identity.serial += 1;
  EXPECT_NE(project_xml(home_.context), before) << "another processor has another GUID";
}

}  // namespace
}  // namespace candela::lip::test
