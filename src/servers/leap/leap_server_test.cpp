#include <gmock/gmock.h>

#include "protocols/leap/line_buffer.h"
#include "servers/leap/server_fixture.h"

namespace candela::leap::test {
namespace {

using namespace std::chrono_literals;

TEST_F(LeapServerTest, serves_clients_of_the_list_and_nobody_else) {
  start();
  EXPECT_TRUE(connect(admit("tablet", 1))->is_served());
  EXPECT_FALSE(connect(issue("stranger"))->is_served());
}

TEST_F(LeapServerTest, checks_certificates_against_the_given_clock) {
  start();
  const auto tablet = admit("tablet", 1);
  home_.clock.advance(std::chrono::hours(24) * 365 * 21);
  EXPECT_FALSE(connect(tablet)->is_served());
}

TEST_F(LeapServerTest, pushes_come_after_the_quiet_time) {
  start();
  const auto peer = connect(admit("tablet", 1));
  const std::string snapshot =
      peer->ask(R"({"CommuniqueType":"SubscribeRequest","Header":{"Url":"/zone/status","ClientTag":"z"}})"
                "\r\n");
  EXPECT_THAT(snapshot, testing::HasSubstr("SubscribeResponse"));
  tell(home_.set_zone(ZoneId{816}, 20));
  EXPECT_TRUE(peer->is_served());  // answers are not held back
  tell(home_.set_zone(ZoneId{816}, 30));
  home_.clock.advance(Subscriptions::kQuiet);
  EXPECT_THAT(peer->receive(), testing::HasSubstr("\"Level\":30,"));
  tell(home_.set_zone(ZoneId{816}, 40));
  EXPECT_THAT(peer->receive(), testing::HasSubstr("\"Level\":40,"));
}

TEST_F(LeapServerTest, ends_the_sessions_of_a_revoked_client_only) {
  start();
  const auto first = connect(admit("first", 1));
  const auto second = connect(admit("second", 2));
  EXPECT_TRUE(first->is_served());
  EXPECT_TRUE(second->is_served());
  server_->end_sessions_of(ClientId{1});
  EXPECT_EQ(first->receive(), "");
  EXPECT_TRUE(second->is_served());
}

TEST_F(LeapServerTest, releases_what_a_client_held_when_it_goes) {
  start();
  {
    const auto peer = connect(admit("tablet", 1));
    peer->ask(
        R"({"CommuniqueType":"CreateRequest","Header":{"Url":"/button/873/commandprocessor"},"Body":{"Command":{"CommandType":"PressAndHold"}}})"
        "\n");
    EXPECT_EQ(home_.events.last<ButtonMoved>().move, ButtonMove::press);
  }
  while (home_.events.events.size() < 2) home_.loop.run_one();
  EXPECT_EQ(home_.events.last<ButtonMoved>().move, ButtonMove::release);
}

TEST_F(LeapServerTest, a_silent_stranger_has_to_go) {
  start();
  Peer peer(home_.loop, server_->port());
  home_.loop.run_one();  // it is accepted
  home_.clock.advance(limits_.handshake);
  EXPECT_TRUE(peer.is_closed());
}

TEST_F(LeapServerTest, a_silent_client_has_to_go_but_not_a_quiet_one) {
  start();
  const auto peer = connect(admit("tablet", 1));
  EXPECT_TRUE(peer->is_served());
  home_.clock.advance(limits_.idle - 1s);
  EXPECT_TRUE(peer->is_served());
  home_.clock.advance(limits_.idle - 1s);
  EXPECT_TRUE(peer->is_served());
  home_.clock.advance(limits_.idle + 1s);
  EXPECT_EQ(peer->receive(), "");
}

TEST_F(LeapServerTest, has_a_bound_of_clients) {
  start();
  const auto tablet = admit("tablet", 1);
  std::vector<std::unique_ptr<Peer>> peers;
  for (std::size_t i = 0; i < limits_.sessions; ++i) {
    peers.push_back(connect(tablet));
    EXPECT_TRUE(peers.back()->is_served());
  }
  EXPECT_FALSE(connect(tablet)->is_served());
  EXPECT_TRUE(peers.front()->is_served());
}

TEST_F(LeapServerTest, the_oldest_stranger_goes_when_there_are_too_many) {
  start();
  const auto tablet = admit("tablet", 1);
  std::vector<std::unique_ptr<Peer>> strangers;
  for (std::size_t i = 0; i < limits_.strangers; ++i) {
    strangers.push_back(std::make_unique<Peer>(home_.loop, server_->port()));
  }
  EXPECT_TRUE(connect(tablet)->is_served());
  EXPECT_TRUE(strangers.front()->is_closed());
}

TEST_F(LeapServerTest, a_line_that_is_too_long_is_answered_once_and_ends_the_session) {
  start();
  const auto peer = connect(admit("tablet", 1));
  EXPECT_THAT(peer->ask(std::string(kLineMax, 'x')), testing::HasSubstr("The line is too long"));
  EXPECT_EQ(peer->receive(), "");
}

TEST_F(LeapServerTest, without_logins_nobody_comes_without_a_certificate) {
  start();
  Peer peer(home_.loop, server_->port());
  peer.handshake(authority_->root_pem());
  EXPECT_FALSE(peer.is_served());
}

TEST_F(LeapServerTest, says_why_it_cannot_listen) {
  start();
  servers::LeapServer second(home_.context, clients_, *authority_, servers::Endpoint{"127.0.0.1", server_->port()});
  const Outcome started = second.start();
  ASSERT_FALSE(started);
  EXPECT_THAT(started.error().message, testing::HasSubstr("cannot serve LEAP at 127.0.0.1 port"));
  servers::LeapServer third(home_.context, clients_, *authority_, servers::Endpoint{"kitchen", 0});
  EXPECT_FALSE(third.start());
}

}  // namespace
}  // namespace candela::leap::test
