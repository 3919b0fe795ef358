#include "servers/admin/commands.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <boost/asio/co_spawn.hpp>
#include <boost/asio/detached.hpp>
#include <boost/asio/post.hpp>
#include <boost/json.hpp>
#include <optional>

#include "model/small_home.h"
#include "servers/test_administration.h"

namespace candela::servers::admin {
namespace {

namespace asio = boost::asio;
namespace json = boost::json;
using ::testing::ElementsAre;
using ::testing::HasSubstr;
using ::testing::Pair;

class FakeEvents final : public EventSink {
 public:
  bool submit(Event event) override {
    if (full) return false;
    taken.push_back(event);
    return true;
  }
  std::vector<Event> taken;
  bool full = false;
};

/// Answers later, as the real one does.
class FakeAdministration final : public IdleAdministration {
 public:
  explicit FakeAdministration(asio::io_context& loop) : loop_(loop) {}

  void add_client(std::string name, Role role, Done<IssuedClient> done) override {
    asio::post(loop_, [=] { done(IssuedClient{{{1}, name, role}, "KEY", "CERT", "CA"}); });
  }
  void revoke_client(std::string name, Done<std::monostate> done) override {
    asio::post(loop_, [=] { done(Error{"there is no client \"" + name + "\""}); });
  }
  Health health() const override { return {7, {}, {"the disk is full"}}; }
  void transfer(std::vector<ProjectFile> files, std::string, Done<TransferReport> done) override {
    asio::post(loop_, [=] { done(TransferReport{8, {files.at(0).name + ": a warning"}}); });
  }
  void versions(Done<std::vector<ProjectVersion>> done) override {
    asio::post(loop_, [=] { done(std::vector<ProjectVersion>{{7, {}, "first", "Small Home", true}}); });
  }
  void read_version(std::uint32_t version, Done<std::vector<ProjectFile>> done) override {
    asio::post(loop_, [=] { done(std::vector<ProjectFile>{{"v" + std::to_string(version) + ".yaml", "candela: 1"}}); });
  }
  void rollback(std::uint32_t, Done<TransferReport> done) override {
    asio::post(loop_, [=] { done(Error{"no such version"}); });
  }
  void history(HistoryQuery query, Done<std::vector<Happening>> done) override {
    asked = query;
    asio::post(loop_, [this, done] { done(past); });
  }
  std::chrono::seconds utc_offset(const std::string&, UtcTime) const override { return std::chrono::hours(2); }

  void record_access(const std::string& what, Source by) override { recorded.emplace_back(what, by); }

  std::vector<Happening> past;
  std::vector<std::pair<std::string, Source>> recorded;
  HistoryQuery asked;

 private:
  asio::io_context& loop_;
};

class CommandsTest : public ::testing::Test {
 protected:
  requests::Answer ask(const char* request) {
    std::optional<requests::Answer> answer;
    const json::value parsed = json::parse(request);
    asio::co_spawn(
        loop_, [&]() -> asio::awaitable<void> { answer = co_await carry_out(parsed.get_object(), context_, pressed_); },
        asio::detached);
    loop_.restart();
    loop_.run();
    return *answer;
  }

  asio::io_context loop_;
  ManualClock clock_;
  View view_{std::make_shared<const Project>(testing::small_home())};
  FakeEvents events_;
  FakeAdministration administration_{loop_};
  Identity identity_{0x1234, "0.0.0"};
  AttemptLimiter attempts_;
  Context context_{loop_, view_, events_, clock_, administration_, identity_, attempts_};
  PressedButtons pressed_{loop_.get_executor(), events_, kCommandSource};
};

TEST_F(CommandsTest, StatusShowsLevelsInPercent) {
  view_.apply(Change{clock_.now(), {}, ZoneTargeted{{4}, Fade::still(Level::from_percent(40), clock_.now().mono)}});
  const auto status = ask(R"({"command":"status"})");
  ASSERT_TRUE(status);
  const json::value& zone = status->at("zones").at(0);
  EXPECT_EQ(zone.at("id"), "hall-ceiling");
  EXPECT_EQ(zone.at("level"), 40.0);
  EXPECT_EQ(status->at("project").at("version"), 7);
  EXPECT_EQ(status->at("warnings").at(0), "the disk is full");
}

TEST_F(CommandsTest, SetSubmitsACommand) {
  ASSERT_TRUE(ask(R"({"command":"set","zone":"hall-ceiling","level":40,"fade":2.5})"));
  ASSERT_EQ(events_.taken.size(), 1U);
  const auto& set = std::get<SetZone>(events_.taken[0].what);
  EXPECT_EQ(set.level, Level::from_percent(40));
  EXPECT_EQ(set.fade, std::chrono::milliseconds(2500));
}

TEST_F(CommandsTest, RefusesWithTheReason) {
  const std::pair<const char*, const char*> cases[] = {
      {R"({"command":"set","zone":"cellar","level":40})", "there is no zone \"cellar\""},
      {R"({"command":"set","zone":"hall-ceiling","level":140})", "from 0 to 100"},
      {R"({"command":"set","zone":"hall-ceiling","level":"on"})", "from 0 to 100"},
      {R"({"command":"set","zone":"hall-ceiling","level":1,"fade":-1})", "fade"},
      {R"({"command":"press","button":"hall-keypad.9"})", "there is no button"},
      {R"({"command":"activate","scene":"hall.noon"})", "there is no scene"},
      {R"({"command":"client add","name":"x","role":"king"})", "role"},
      {R"({"command":"client revoke","name":"x"})", "no client \"x\""},
      {R"({"command":"transfer"})", "files"},
      {R"({"command":"rollback","version":-1})", "version"},
      {R"({"command":"rollback","version":3})", "no such version"},
      {R"({"command":"dance"})", "unknown command"},
      {R"({})", "unknown command"},
  };
  for (const auto& [request, reason] : cases) {
    const auto answer = ask(request);
    ASSERT_FALSE(answer) << request;
    EXPECT_THAT(answer.error().message, HasSubstr(reason));
  }
}

TEST_F(CommandsTest, SaysWhenTheProcessorIsBusy) {
  events_.full = true;
  const auto answer = ask(R"({"command":"set","zone":"hall-ceiling","level":40})");
  ASSERT_FALSE(answer);
  EXPECT_THAT(answer.error().message, HasSubstr("busy"));
}

TEST_F(CommandsTest, AButtonLeftHeldIsReleased) {
  {
    PressedButtons pressed(loop_.get_executor(), events_, kCommandSource);
    EXPECT_TRUE(pressed.press(ButtonId{12}));
  }
  ASSERT_EQ(events_.taken.size(), 2U);
  EXPECT_EQ(std::get<ButtonMoved>(events_.taken[1].what).move, ButtonMove::release);
}

TEST_F(CommandsTest, ExplainsAZone) {
  EXPECT_EQ(ask(R"({"command":"explain","zone":"hall-ceiling"})")->at("because"), "nothing has set it yet");
  Cause cause;
  cause.source = {Source::Kind::command, {}};
  cause = cause.then(CauseStep::Kind::zone_commanded, 4);
  const Fade fade = Fade::still(Level::full(), clock_.now().mono);
  view_.apply(Change{clock_.now(), cause, ZoneTargeted{{4}, fade}});
  EXPECT_EQ(ask(R"({"command":"explain","zone":"hall-ceiling"})")->at("because"),
            "the candela command: Hall Ceiling was set");
}

TEST_F(CommandsTest, ExplainsAZoneOverItsLastChanges) {
  using namespace std::chrono_literals;
  clock_.advance(20h);  // local time is 22:00
  Happening evening;
  evening.time = clock_.now().utc - 1h;
  evening.text = "Hall Ceiling goes to 40 % over 4 s";
  evening.reason = "the first button of Hall Keypad ran Evening";
  evening.fade = {Level::off(), Level::from_percent(40), {}, 4s};
  Happening before;
  before.time = clock_.now().utc - 23h;
  before.reason = "client tablet";
  before.by_doer = true;
  before.fade = {Level::full(), Level::off(), {}, {}};
  administration_.past = {evening, before};
  view_.apply(Change{clock_.now(), {}, ZoneTargeted{{4}, Fade::still(Level::from_percent(40), clock_.now().mono)}});
  const auto now = ask(R"({"command":"explain","zone":"hall-ceiling"})");
  EXPECT_EQ(
      now->at("story"),
      "Hall Ceiling is at 40 %. 21:00 the first button of Hall Keypad ran Evening, which set it to 40 % over 4 s. "
      "Before: yesterday 23:00 client tablet switched it off.");
  EXPECT_EQ(now->at("because").as_string(), evening.reason.c_str());
  EXPECT_EQ(now->at("events").as_array().size(), 2U);
  EXPECT_EQ(administration_.asked.object, 4U);
  EXPECT_EQ(administration_.asked.limit, 2U);
  EXPECT_FALSE(administration_.asked.to);

  const auto then = ask(R"({"command":"explain","zone":"hall-ceiling","at":"21:00:02","last":7})");
  EXPECT_EQ(administration_.asked.to, evening.time + 2s);
  EXPECT_EQ(administration_.asked.limit, 7U);
  EXPECT_EQ(std::string(then->at("story").as_string()).substr(0, 60),
            "Hall Ceiling was at 20 %, on its way to 40 % at 21:00. 21:00");
  EXPECT_FALSE(ask(R"({"command":"explain","zone":"hall-ceiling","at":"noon"})"));
}

TEST_F(CommandsTest, TellsTheHistoryOfAreasWithAllInThem) {
  Happening it;
  it.time = clock_.now().utc;
  it.text = "Hall Ceiling goes off";
  it.reason = "the page";
  administration_.past = {it};
  const auto told = ask(R"({"command":"history","area":"hall","from":"2026-01-01","limit":5})");
  ASSERT_TRUE(told);
  EXPECT_EQ(told->at(0).at("local"), "2026-01-01 02:00:00");
  EXPECT_EQ(told->at(0).at("text"), "Hall Ceiling goes off");
  EXPECT_EQ(told->at(0).at("because"), "the page");
  EXPECT_EQ(administration_.asked.areas, std::vector<AreaId>{AreaId{3}});
  EXPECT_EQ(administration_.asked.limit, 5U);
  ASSERT_TRUE(ask(R"({"command":"history","area":"home"})"));
  EXPECT_TRUE(administration_.asked.areas.empty());
  for (const char* wrong :
       {R"({"command":"history","area":"cellar"})", R"({"command":"history","zone":"cellar"})",
        R"({"command":"history","limit":0})", R"({"command":"history","to":"noon"})",
        R"({"command":"history limit","days":0})", R"({"command":"history limit","megabytes":1.5})"}) {
    EXPECT_FALSE(ask(wrong)) << wrong;
  }
}

TEST_F(CommandsTest, CarriesAnswersOfTheAdministration) {
  EXPECT_EQ(ask(R"({"command":"client add","name":"tv","role":"control"})")->at("key"), "KEY");
  EXPECT_EQ(ask(R"({"command":"transfer","files":[{"name":"a.yaml","text":""}]})")->at("version"), 8);
  EXPECT_EQ(ask(R"({"command":"versions"})")->at(0).at("active"), true);
}

TEST_F(CommandsTest, GivesTheFilesOfAVersionAndTheScenesThatWereEdited) {
  const SceneEdited edited{{6}, std::make_shared<const std::vector<Assignment>>()};
  view_.apply(Change{clock_.now(), {}, edited});
  const auto answer = ask(R"({"command":"project","version":7})");
  ASSERT_TRUE(answer);
  EXPECT_EQ(answer->at("files").at(0).at("name"), "v7.yaml");
  EXPECT_EQ(answer->at("edited_scenes").at(0), "hall.evening");
  EXPECT_EQ(ask(R"({"command":"project"})")->at("files").at(0).at("name"), "v0.yaml") << "0 is the one in force";
}

TEST_F(CommandsTest, WhatAdministratorsDidIsRecordedOnceItIsDone) {
  ASSERT_TRUE(ask(R"({"command":"client add","name":"tablet","role":"control"})"));
  EXPECT_FALSE(ask(R"({"command":"client revoke","name":"nobody"})"));
  EXPECT_FALSE(ask(R"({"command":"rollback","version":3})"));
  ASSERT_TRUE(ask(R"({"command":"status"})"));
  EXPECT_THAT(administration_.recorded, ElementsAre(Pair("client \"tablet\" was added as control", kCommandSource)));
}

}  // namespace
}  // namespace candela::servers::admin
