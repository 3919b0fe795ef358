#include <gmock/gmock.h>

#include "servers/leap/server_fixture.h"

namespace candela::leap::test {
namespace {

constexpr std::string_view kReadSetting = R"({"CommuniqueType":"ReadRequest","Header":{"Url":"/clientsetting"}})"
                                          "\n";

std::string login(std::string_view name, std::string_view password) {
  return R"({"CommuniqueType":"UpdateRequest","Header":{"Url":"/login","ClientTag":"in"},"Body":{"Login":{"LoginId":")" +
         std::string(name) + R"(","Password":")" + std::string(password) + "\"}}}\n";
}

class LeapLoginTest : public LeapServerTest {
 protected:
  LeapLoginTest() {
    logins_ = true;
    home_.administration.account.number = ClientId{7};
    home_.administration.account.name = "panel";
    home_.administration.account.leap = true;
  }
  std::unique_ptr<Peer> connect() {
    auto peer = std::make_unique<Peer>(home_.loop, server_->port());
    peer->handshake(authority_->root_pem());
    return peer;
  }
  std::string log_in(Peer& peer, std::string_view name, std::string_view password) {
    send_login(peer, name, password);
    home_.administration.answer_logins();
    return peer.receive();
  }
  void send_login(Peer& peer, std::string_view name, std::string_view password) {
    peer.send(login(name, password));
    while (home_.administration.logins.empty()) home_.loop.run_one();
  }
};

TEST_F(LeapLoginTest, a_stranger_may_log_in_and_do_nothing_else_before) {
  start();
  const auto peer = connect();
  EXPECT_TRUE(peer->is_served());
  EXPECT_THAT(peer->ask(kReadSetting), testing::HasSubstr(R"("SessionRole":"Unauthorized")"));
  for (const std::string_view url : {"/area", "/nothing", "/server", "/zone/816/status", "/area/9999", "/project"}) {
    for (const std::string_view verb : {"Read", "Subscribe", "Create", "Update", "Delete", "Unsubscribe"}) {
      const std::string request =
          R"({"CommuniqueType":")" + std::string(verb) + R"(Request","Header":{"Url":")" + std::string(url) + "\"}}\n";
      EXPECT_THAT(peer->ask(request), testing::HasSubstr("401 Unauthorized")) << request;
    }
  }
  EXPECT_EQ(
      log_in(*peer, "panel", "right"),
      R"({"CommuniqueType":"UpdateResponse","Header":{"MessageBodyType":"OneLoginDefinition","StatusCode":"200 OK",)"
      R"("Url":"/login","ClientTag":"in"},"Body":{"Login":{"href":"/login","ContextType":"Application",)"
      R"("LoginId":"panel"}}})"
      "\r\n");
  EXPECT_THAT(peer->ask(kReadSetting), testing::HasSubstr(R"("SessionRole":"ControlAndMonitor")"));
  peer->ask(
      R"({"CommuniqueType":"CreateRequest","Header":{"Url":"/zone/816/commandprocessor"},"Body":{"Command":{"CommandType":"Raise"}}})"
      "\n");
  ASSERT_FALSE(home_.events.events.empty());
  EXPECT_EQ(home_.events.events.back().source, (Source{Source::Kind::client, ClientId{7}}));
}

TEST_F(LeapLoginTest, nobody_administers_by_password) {
  home_.administration.account.role = Role::admin;
  start();
  const auto peer = connect();
  log_in(*peer, "panel", "right");
  EXPECT_THAT(peer->ask(kReadSetting), testing::HasSubstr(R"("SessionRole":"ControlAndMonitor")"));
}

TEST_F(LeapLoginTest, the_third_wrong_password_ends_the_session) {
  start();
  const auto peer = connect();
  for (const auto* const name : {"panel", "nobody", "panel"}) {
    EXPECT_THAT(log_in(*peer, name, "wrong"), testing::HasSubstr("401 Unauthorized"));
  }
  EXPECT_EQ(peer->receive(), "");
}

TEST_F(LeapLoginTest, an_account_of_another_protocol_is_none) {
  home_.administration.account.leap = false;
  home_.administration.account.lip = true;
  start();
  EXPECT_THAT(log_in(*connect(), "panel", "right"), testing::HasSubstr("401 Unauthorized"));
}

TEST_F(LeapLoginTest, an_address_that_guesses_has_to_wait_whatever_protocol_it_guessed_by) {
  start();
  for (int i = 0; i <= AttemptLimiter::kFree; ++i) home_.attempts.failed("127.0.0.1", home_.clock.now().mono);
  const auto peer = connect();
  EXPECT_THAT(peer->ask(login("panel", "right")), testing::HasSubstr("401 Unauthorized"));  // and nothing was checked
  home_.clock.advance(AttemptLimiter::kFirstWait);
  EXPECT_THAT(log_in(*peer, "panel", "right"), testing::HasSubstr("200 OK"));
  EXPECT_TRUE(LeapServerTest::connect(admit("tablet", 1))->is_served());
}

TEST_F(LeapLoginTest, guesses_on_many_connections_at_once_count_like_others) {
  limits_.strangers = 16;
  start();
  std::vector<std::unique_ptr<Peer>> peers;
  for (int i = 0; i <= AttemptLimiter::kFree; ++i) {
    peers.push_back(connect());
    peers.back()->send(login("panel", "wrong"));
    while (home_.administration.logins.size() < peers.size()) home_.loop.run_one();
  }
  EXPECT_THAT(connect()->ask(login("panel", "right")), testing::HasSubstr("401 Unauthorized"));
  EXPECT_EQ(home_.administration.logins.size(), peers.size());  // it was not even looked at
  home_.administration.answer_logins();
  home_.clock.advance(AttemptLimiter::kFirstWait);
  EXPECT_THAT(log_in(*connect(), "panel", "right"), testing::HasSubstr("200 OK"));
}

TEST_F(LeapLoginTest, one_password_is_checked_at_a_time_and_what_follows_waits_for_it) {
  start();
  const auto peer = connect();
  send_login(*peer, "panel", "right");
  peer->send(login("panel", "right"));
  peer->send(kReadSetting);
  EXPECT_TRUE(LeapServerTest::connect(admit("tablet", 1))->is_served());
  EXPECT_EQ(home_.administration.logins.size(), 1u);
  home_.administration.answer_logins();
  EXPECT_THAT(peer->receive(), testing::HasSubstr("200 OK"));
  while (home_.administration.logins.empty()) home_.loop.run_one();
  home_.administration.answer_logins();
  EXPECT_THAT(peer->receive(), testing::HasSubstr("200 OK"));
  EXPECT_THAT(peer->receive(), testing::HasSubstr("ControlAndMonitor"));
}

TEST_F(LeapLoginTest, an_answer_that_comes_after_the_session_is_harmless) {
  start();
  auto peer = connect();
  send_login(*peer, "panel", "right");
  home_.clock.advance(limits_.login);
  EXPECT_EQ(peer->receive(), "");
  home_.administration.answer_logins();
  EXPECT_TRUE(LeapServerTest::connect(admit("tablet", 1))->is_served());
}

TEST_F(LeapLoginTest, who_does_not_log_in_has_to_go) {
  start();
  const auto peer = connect();
  EXPECT_TRUE(peer->is_served());
  home_.clock.advance(limits_.login);
  EXPECT_EQ(peer->receive(), "");
}

TEST_F(LeapLoginTest, a_stranger_may_neither_ask_for_much_nor_at_length) {
  start();
  const auto talker = connect();
  int answers = 0;
  while (talker->is_served()) ++answers;
  EXPECT_EQ(answers, 64);
  const auto shouter = connect();
  EXPECT_THAT(shouter->ask(std::string(5000, 'x')), testing::HasSubstr("The line is too long"));
  EXPECT_EQ(shouter->receive(), "");
}

TEST_F(LeapLoginTest, an_account_that_is_removed_loses_its_session) {
  start();
  const auto panel = connect();
  log_in(*panel, "panel", "right");
  const auto tablet = LeapServerTest::connect(admit("tablet", 1));
  EXPECT_TRUE(tablet->is_served());
  server_->end_sessions_of(ClientId{7});
  EXPECT_EQ(panel->receive(), "");
  EXPECT_TRUE(tablet->is_served());
}

TEST_F(LeapLoginTest, a_certificate_that_is_wrong_is_not_as_good_as_none) {
  start();
  EXPECT_FALSE(LeapServerTest::connect(issue("stranger"))->is_served());
}

TEST_F(LeapLoginTest, a_client_with_a_certificate_keeps_its_rights_when_it_logs_in) {
  start();
  auto identity = admit("tablet", 1);
  Client monitor = *clients_.named("tablet");
  monitor.role = Role::monitor;
  clients_.put(monitor);
  const auto peer = LeapServerTest::connect(identity);
  EXPECT_THAT(log_in(*peer, "panel", "right"), testing::HasSubstr("200 OK"));
  EXPECT_THAT(peer->ask(kReadSetting), testing::HasSubstr(R"("SessionRole":"Monitor")"));
}

}  // namespace
}  // namespace candela::leap::test
