#include "servers/http/site.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <boost/json.hpp>

#include "servers/http/state_document.h"
#include "servers/http/test_site.h"

namespace candela::servers::http {
namespace {

namespace json = boost::json;
using ::testing::ElementsAre;
using ::testing::HasSubstr;

Peer peer(HeldButtons::Holder holder) { return {holder, "127.0.0.1", {Role::control, {}}}; }
constexpr HeldButtons::Holder kMe = 1;
constexpr HeldButtons::Holder kOther = 2;

class SiteTest : public ::testing::Test {
 protected:
  SiteTest() { site_.port = 8080; }

  Response answer(const Request& request, HeldButtons::Holder holder) {
    Peer from = peer(holder);
    return testing::answer(site_, request, from);
  }
  Response get(const std::string& path, const std::string& more_headers = "") {
    return answer(testing::parsed("GET " + path + " HTTP/1.1\r\nHost: localhost:8080\r\n" + more_headers + "\r\n"),
                  kMe);
  }
  Response post(const std::string& path, const std::string& body = "", HeldButtons::Holder holder = kMe) {
    return answer(testing::parsed("POST " + path +
                                  " HTTP/1.1\r\nHost: 127.0.0.1:8080\r\nContent-Type: application/json\r\n"
                                  "Content-Length: " +
                                  std::to_string(body.size()) + "\r\n\r\n" + body),
                  holder);
  }
  json::value read(const std::string& path) {
    const Response response = get(path);
    EXPECT_EQ(response.status, 200) << response.body;
    return json::parse(response.body);
  }
  void happen(std::vector<Change> changes) {
    world_.view.apply(changes);
    site_.tell_pages(changes);
  }

  testing::World world_;
  testing::PageFolder page_;
  Site site_{world_.context, *StaticFiles::load(page_.path()), Limits()};
};

TEST_F(SiteTest, ServesThePageItWasGiven) {
  const Response index = get("/");
  EXPECT_EQ(index.status, 200);
  EXPECT_EQ(index.content(), "<!doctype html>page");
  EXPECT_EQ(index.content_type, "text/html; charset=utf-8");
  EXPECT_THAT(header_text(index, true), HasSubstr("script-src 'self';"));
  EXPECT_THAT(header_text(index, true), HasSubstr("Cache-Control: no-cache\r\n"));

  const Response script = get("/assets/index-1a2b.js");
  EXPECT_EQ(script.content(), "script();");
  EXPECT_THAT(header_text(script, true), HasSubstr("immutable"));
}

TEST_F(SiteTest, SaysWhenTheBrowserHasTheNewestPage) {
  const std::string tag = get("/").headers.at(0).second;
  const Response unchanged = get("/", "If-None-Match: " + tag + "\r\n");
  EXPECT_EQ(unchanged.status, 304);
  EXPECT_EQ(unchanged.content(), "");
}

TEST_F(SiteTest, ReadsNoFileBesideThePage) {
  page_.write("later.html", "not there at the start");
  for (const char* path : {"/../../../etc/passwd", "/%2e%2e/etc/passwd", "/assets/../index.html", "//etc/passwd",
                           "/later.html", "/assets", "*", "/assets/..%2f..%2fetc/passwd"}) {
    EXPECT_EQ(get(path).status, 404) << path;
  }
}

TEST(StaticFiles, AreMissingWhenThePageWasNotBuilt) {
  const auto files = StaticFiles::load("/nowhere");
  ASSERT_FALSE(files);
  EXPECT_THAT(files.error().message, HasSubstr("npm run build"));
}

struct Caller {
  std::string headers;
  int status;
};
class Callers : public SiteTest, public ::testing::WithParamInterface<Caller> {};

TEST_P(Callers, OnlyComeFromThisMachine) {
  const Caller& caller = GetParam();
  for (const std::string path : {"/", "/api/state", "/api/live"}) {
    const Request request = testing::parsed("GET " + path + " HTTP/1.1\r\n" + caller.headers + "\r\n");
    const int expected = caller.status == 200 && path == "/api/live" ? 426 : caller.status;
    EXPECT_EQ(answer(request, kMe).status, expected) << path << " " << caller.headers;
  }
  const Request upgrade = testing::parsed("GET /api/live HTTP/1.1\r\n" + caller.headers +
                                          "Connection: Upgrade\r\nUpgrade: websocket\r\nSec-WebSocket-Version: 13\r\n"
                                          "Sec-WebSocket-Key: dGhlIHNhbXBsZSBub25jZQ==\r\n\r\n");
  EXPECT_TRUE(site_.wants_live(upgrade));
  EXPECT_EQ(site_.refuse_place(upgrade).has_value(), caller.status != 200) << caller.headers;
}

INSTANTIATE_TEST_SUITE_P(Site, Callers,
                         ::testing::Values(Caller{"Host: localhost:8080\r\n", 200},
                                           Caller{"Host: 127.0.0.1:8080\r\n", 200},
                                           Caller{"Host: [::1]:8080\r\nOrigin: http://[::1]:8080\r\n", 200},
                                           Caller{"Host: localhost:8080\r\nOrigin: http://localhost:8080\r\n", 200},
                                           Caller{"", 421}, Caller{"Host: localhost\r\n", 421},
                                           Caller{"Host: localhost:8081\r\n", 421},
                                           Caller{"Host: localhost:8080.evil.example\r\n", 421},
                                           Caller{"Host: rebound.example:8080\r\n", 421},
                                           Caller{"Host: localhost:8080\r\nHost: rebound.example:8080\r\n", 421},
                                           Caller{"Host: localhost:8080\r\nOrigin: http://evil.example\r\n", 403},
                                           Caller{"Host: localhost:8080\r\nOrigin: http://localhost:8081\r\n", 403},
                                           Caller{"Host: localhost:8080\r\nOrigin: https://localhost:8080\r\n", 403},
                                           Caller{"Host: localhost:8080\r\nOrigin: null\r\n", 403}));

TEST_F(SiteTest, TellsTheHome) {
  const json::value home = read("/api/home");
  EXPECT_EQ(home.at("name"), "Small Home");
  EXPECT_TRUE(home.at("plan").is_null());
  const json::value& hall = home.at("area").at("areas").at(0);
  EXPECT_EQ(hall.at("id"), "hall");
  EXPECT_EQ(hall.at("zones").at(1).at("id"), "hall-wall");
  EXPECT_EQ(hall.at("scenes").at(0).at("id"), "hall.evening");
  const json::value& keypad = hall.at("devices").at(0);
  EXPECT_EQ(keypad.at("keypad"), true);
  EXPECT_EQ(keypad.at("buttons").at(0).at("engraving"), "Evening");
}

TEST_F(SiteTest, TellsAFadeAsAFormula) {
  happen({world_.fade_of_ceiling(20, 80, std::chrono::seconds(4)), world_.change(LedChanged{{13}, LedState::on}),
          world_.change(SceneChanged{{3}, {6}}), world_.change(PresenceChanged{{9}, false, DeviceFault::silent}),
          world_.change(LinkChanged{{7}, LinkFault::no_devices})});
  world_.clock.advance(std::chrono::seconds(1));

  json::value state = read("/api/state");
  const json::value& ceiling = state.at("zones").at(0);
  EXPECT_NEAR(ceiling.at("level").to_number<double>(), 35, 0.01);
  EXPECT_NEAR(ceiling.at("target").to_number<double>(), 80, 0.01);
  EXPECT_EQ(ceiling.at("fade").at("elapsed").to_number<double>(), 1);
  EXPECT_EQ(ceiling.at("fade").at("duration").to_number<double>(), 4);
  EXPECT_EQ(state.at("leds").at(0), (json::value{{"button", "hall-keypad.1"}, {"state", "on"}}));
  EXPECT_EQ(state.at("scenes").at(1), (json::value{{"area", "hall"}, {"scene", "hall.evening"}}));
  EXPECT_EQ(state.at("devices").at(0).at("presence"), "unknown");
  EXPECT_EQ(state.at("devices").at(1).at("presence"), "lost");
  EXPECT_EQ(state.at("devices").at(1).at("fault"), "silent");
  EXPECT_EQ(state.at("links").at(0).at("fault"), "no_devices");

  world_.clock.advance(std::chrono::seconds(9));
  state = read("/api/state");
  EXPECT_FALSE(state.at("zones").at(0).as_object().contains("fade"));
}

TEST_F(SiteTest, ExplainsAZone) {
  Change change = world_.fade_of_ceiling(0, 40, std::chrono::seconds(3));
  change.cause = change.cause.then(CauseStep::Kind::button_pressed, 12);
  happen({change});
  const json::value zone = read("/api/zones/hall-ceiling");
  EXPECT_EQ(zone.at("id"), "hall-ceiling");
  EXPECT_THAT(std::string(zone.at("because").as_string()), HasSubstr("(Evening) of Hall Keypad was pressed"));
  EXPECT_EQ(get("/api/zones/attic").status, 404);
}

TEST_F(SiteTest, SetsALevel) {
  EXPECT_EQ(post("/api/zones/hall-ceiling/level", R"({"level": 40, "fade": 2.5})").status, 202);
  const auto* set = world_.events.last<SetZone>();
  ASSERT_NE(set, nullptr);
  EXPECT_EQ(set->zone, ZoneId{4});
  EXPECT_EQ(set->level, Level::from_percent(40));
  EXPECT_EQ(set->fade, from_seconds(2.5));
  EXPECT_EQ(world_.events.taken.back().source.kind, Source::Kind::page);

  EXPECT_EQ(post("/api/zones/hall%2Dceiling/level", R"({"level": 0})").status, 202);
  EXPECT_EQ(world_.events.last<SetZone>()->fade, std::nullopt);
}

TEST_F(SiteTest, RefusesWrongLevelsWithAReason) {
  const std::vector<std::pair<std::string, std::string>> wrong = {
      {"", "the level must be"},
      {"{", "no JSON"},
      {"[]", "a JSON object"},
      {"{}", "the level must be"},
      {R"({"level": "full"})", "the level must be"},
      {R"({"level": 101})", "the level must be"},
      {R"({"level": -1})", "the level must be"},
      {R"({"level": 50, "fade": -1})", "the fade must be"},
      {R"({"level": 50, "fade": 1e9})", "the fade must be"},
      {R"({"level": 50, "color": 1})", "\\\"color\\\" is not known"},
      {std::string(5000, '['), "no JSON"},
  };
  for (const auto& [body, reason] : wrong) {
    const Response response = post("/api/zones/hall-ceiling/level", body);
    EXPECT_EQ(response.status, 400) << body;
    EXPECT_EQ(response.content_type, "application/problem+json");
    EXPECT_THAT(response.body, HasSubstr(reason)) << body;
  }
  EXPECT_TRUE(world_.events.taken.empty());
}

TEST_F(SiteTest, RefusesBodiesThatAnyWebPageCouldSend) {
  const Request request = testing::parsed(
      "POST /api/zones/hall-ceiling/level HTTP/1.1\r\nHost: localhost:8080\r\nContent-Type: text/plain\r\n"
      "Content-Length: 13\r\n\r\n{\"level\": 40}");
  EXPECT_EQ(answer(request, kMe).status, 415);
}

TEST_F(SiteTest, MovesZonesAndRecallsScenes) {
  EXPECT_EQ(post("/api/zones/hall-wall/move", R"({"direction": "raise"})").status, 202);
  EXPECT_EQ(world_.events.last<MoveZone>()->movement, Movement::raise);
  EXPECT_EQ(post("/api/zones/hall-wall/move", R"({"direction": "sideways"})").status, 400);
  EXPECT_EQ(post("/api/scenes/hall.evening/activate").status, 202);
  EXPECT_EQ(world_.events.last<ActivateScene>()->scene, SceneId{6});
}

TEST_F(SiteTest, TellsAndSteersFacades) {
  Project home = candela::testing::small_home();
  home.zones[0].load = home.zones[1].load = LoadType::shade;
  home.facades = {{.number = {30}, .id = "south", .name = "South", .shades = {{4}}},
                  {.number = {31}, .id = "west", .name = "West", .shades = {{5}}}};
  home.build_index();
  happen({world_.change(ProjectActivated{std::make_shared<const Project>(std::move(home))})});
  EXPECT_EQ(read("/api/home").at("facades").at(0),
            (json::value{{"id", "south"}, {"name", "South"}, {"shades", {"hall-ceiling"}}}));
  const auto state = [&](std::size_t facade) { return read("/api/state").at("facades").at(facade); };
  EXPECT_EQ(state(0),
            (json::value{{"id", "south"}, {"enabled", true}, {"wanted", nullptr}, {"elsewhere", json::array()}}));

  const auto changed = [&](const std::vector<Change>& changes) {
    world_.view.apply(changes);
    return changes_document(changes, world_.view, world_.clock.now().mono);
  };
  EXPECT_EQ(changed({world_.change(FacadeMoved{{30}, Level::from_percent(40)})}).at("facades").at(0).at("wanted"),
            40.0);
  const json::object by_hand = changed({world_.fade_of_ceiling(40, 90, std::chrono::seconds(1))});
  ASSERT_EQ(by_hand.at("facades").as_array().size(), 1U) << "the other one's shade did not move";
  EXPECT_EQ(by_hand.at("facades").at(0).at("elsewhere"), json::array{"hall-ceiling"});

  EXPECT_EQ(post("/api/facades/south/resume").status, 202);
  ASSERT_NE(world_.events.last<ControlFacade>(), nullptr);
  EXPECT_EQ(world_.events.last<ControlFacade>()->control, Control::start);
  EXPECT_EQ(post("/api/facades/south/disable").status, 202);
  EXPECT_EQ(world_.events.last<ControlFacade>()->control, Control::stop);
  EXPECT_EQ(changed({world_.change(FacadeChanged{{30}, false})}).at("facades").at(0).at("wanted"), nullptr);
  EXPECT_EQ(post("/api/facades/south/resume").status, 409);
  EXPECT_EQ(post("/api/facades/south/enable").status, 202);
  EXPECT_EQ(post("/api/facades/north/enable").status, 404);
  EXPECT_EQ(post("/api/facades/south/open").status, 404);
}

TEST_F(SiteTest, PressesAButtonUntilItIsReleased) {
  EXPECT_EQ(post("/api/buttons/hall-keypad.1/press").status, 202);
  EXPECT_EQ(world_.events.last<ButtonMoved>()->move, ButtonMove::press);
  EXPECT_EQ(post("/api/buttons/hall-keypad.1/press", "", kOther).status, 409);
  EXPECT_EQ(post("/api/buttons/hall-keypad.1/release", "", kOther).status, 202);
  EXPECT_EQ(world_.events.last<ButtonMoved>()->move, ButtonMove::release);
  EXPECT_EQ(post("/api/buttons/hall-keypad.1/release").status, 409);
  EXPECT_EQ(world_.events.taken.size(), 2);
}

TEST_F(SiteTest, ReleasesWhatAPageHeldWhenItIsGone) {
  EXPECT_EQ(site_.api.hear(read_live_request(R"({"type": "press", "button": "hall-keypad.1"})"), peer(kMe)), "");
  site_.let_go(kOther);
  EXPECT_EQ(world_.events.taken.size(), 1);
  site_.let_go(kMe);
  ASSERT_EQ(world_.events.taken.size(), 2);
  EXPECT_EQ(world_.events.last<ButtonMoved>()->move, ButtonMove::release);
}

TEST_F(SiteTest, ReleasesEvenWhenTheQueueIsFullAtThatMoment) {
  post("/api/buttons/hall-keypad.1/press");
  world_.events.full = true;
  site_.let_go(kMe);
  world_.events.full = false;
  EXPECT_EQ(post("/api/buttons/hall-keypad.1/press").status, 409);
  world_.loop.run();  // until the retry was taken: then nothing is left to do
  EXPECT_EQ(world_.events.taken.size(), 2);
  EXPECT_EQ(post("/api/buttons/hall-keypad.1/press").status, 202);
}

TEST_F(SiteTest, SaysWhenTheProcessorIsTooBusy) {
  world_.events.full = true;
  for (const Response& response :
       {post("/api/zones/hall-wall/level", R"({"level": 1})"), post("/api/buttons/hall-keypad.1/press"),
        post("/api/scenes/hall.evening/activate")}) {
    EXPECT_EQ(response.status, 503);
    EXPECT_THAT(response.body, HasSubstr("try again"));
  }
}

TEST_F(SiteTest, AnswersPagesThatTalkNonsense) {
  for (const char* message : {"", "[]", "{}", R"({"type": "press"})", R"({"type": "press", "button": 1})",
                              R"({"type": "dance", "button": "hall-keypad.1"})"}) {
    EXPECT_EQ(json::parse(site_.api.hear(read_live_request(message), peer(kMe))).at("type"), "refused") << message;
  }
  const json::value unknown =
      json::parse(site_.api.hear(read_live_request(R"({"type": "press", "button": "attic.1"})"), peer(kMe)));
  EXPECT_EQ(unknown.at("button"), "attic.1");
  EXPECT_EQ(unknown.at("detail"), "there is no button \"attic.1\" in this project; there is hall-keypad.1");
}

TEST_F(SiteTest, HasNothingAtOtherAddresses) {
  for (const char* path : {"/api/", "/api/attic", "/api/zones/", "/api/zones/a/b/c/d", "/api/home/", "/api/zones/%zz",
                           "/api/zones/hall-wall%"}) {
    EXPECT_EQ(get(path).status, 404) << path;
  }
  EXPECT_EQ(post("/api/home").status, 405);
  EXPECT_EQ(answer(testing::parsed("DELETE /api/home HTTP/1.1\r\nHost: localhost:8080\r\n\r\n"), kMe).status, 405);
  EXPECT_EQ(answer(testing::parsed("POST / HTTP/1.1\r\nHost: localhost:8080\r\n\r\n"), kMe).status, 405);
}

TEST_F(SiteTest, KeepsABoundedFeedWithCauses) {
  for (int i = 0; i < 600; ++i) happen({world_.fade_of_ceiling(0, 40, std::chrono::seconds(3))});
  happen({world_.change(LedChanged{{13}, LedState::on})});
  const json::value feed = read("/api/feed");
  ASSERT_EQ(feed.at("entries").as_array().size(), Feed::kMaxEntries);
  const json::value& last = feed.at("entries").as_array().back();
  EXPECT_EQ(last.at("number"), 600);
  EXPECT_EQ(last.at("time"), "2026-01-01T01:00:00.000Z");
  EXPECT_EQ(last.at("event"), 7);
  EXPECT_EQ(last.at("text"), "Hall Ceiling goes to 40 % over 3 s");
  EXPECT_EQ(last.at("because"), "the page");
}

TEST_F(SiteTest, TellsThePastInTheWordsOfItsOwnProject) {
  happen({world_.fade_of_ceiling(0, 40, Duration::zero())});
  Project renamed = candela::testing::small_home();
  renamed.areas[1].name = "Lobby";
  const auto project = std::make_shared<const Project>(renamed);
  happen({world_.change(ProjectActivated{project}), world_.fade_of_ceiling(40, 0, Duration::zero())});
  const json::value feed = read("/api/feed");
  EXPECT_EQ(feed.at("entries").at(0).at("text"), "Hall Ceiling goes to 40 %");
  EXPECT_EQ(feed.at("entries").at(2).at("text"), "Lobby Ceiling goes off");
}

TEST_F(SiteTest, SnapshotsHoldEverything) {
  const json::value snapshot = json::parse(site_.snapshot());
  std::vector<std::string> members;
  for (const auto& member : snapshot.as_object()) members.emplace_back(member.key());
  EXPECT_THAT(members, ElementsAre("type", "home", "zones", "leds", "scenes", "devices", "links", "variables",
                                   "sequences", "shows", "occupancy", "facades", "house", "warnings", "feed"));
  EXPECT_EQ(snapshot.at("warnings").at(0), "the disk is full");
}

}  // namespace
}  // namespace candela::servers::http
