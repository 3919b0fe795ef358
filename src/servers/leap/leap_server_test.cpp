#include "servers/leap/leap_server.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>
#include <unistd.h>

#include <boost/asio/as_tuple.hpp>
#include <boost/asio/co_spawn.hpp>
#include <boost/asio/connect.hpp>
#include <boost/asio/ip/tcp.hpp>
#include <boost/asio/read_until.hpp>
#include <boost/asio/ssl/context.hpp>
#include <boost/asio/ssl/stream.hpp>
#include <boost/asio/use_awaitable.hpp>
#include <boost/asio/write.hpp>
#include <filesystem>

#include "protocols/leap/line_buffer.h"
#include "servers/leap/test_home.h"

namespace candela::leap::test {
namespace {

namespace asio = boost::asio;
using asio::ip::tcp;
using namespace std::chrono_literals;

constexpr auto kAwait = asio::as_tuple(asio::use_awaitable);
constexpr std::string_view kPing = R"({"CommuniqueType":"ReadRequest","Header":{"Url":"/server/1/status/ping"}})"
                                   "\n";

/// A client at the other end of a real socket, on the server's own loop.
class Peer {
 public:
  Peer(asio::io_context& loop, std::uint16_t port) : loop_(loop), socket_(loop) {
    socket_.connect({asio::ip::address_v4::loopback(), port});
  }

  void handshake(const CertificateAuthority::ClientIdentity& identity, const std::string& root_pem) {
    tls_.set_verify_mode(asio::ssl::verify_peer);
    tls_.add_certificate_authority(asio::buffer(root_pem));
    tls_.use_certificate(asio::buffer(identity.certificate_pem), asio::ssl::context::pem);
    tls_.use_private_key(asio::buffer(identity.key_pem), asio::ssl::context::pem);
    stream_.emplace(std::move(socket_), tls_);
    wait([this]() -> asio::awaitable<void> {
      const auto [error] = co_await stream_->async_handshake(asio::ssl::stream_base::client, kAwait);
      failed_ = static_cast<bool>(error);
    });
  }

  /// The next line; empty when the connection has ended.
  std::string receive() {
    std::string line;
    wait([this, &line]() -> asio::awaitable<void> {
      const auto [error, size] =
          co_await asio::async_read_until(*stream_, asio::dynamic_buffer(received_), '\n', kAwait);
      if (error) co_return;
      line = received_.substr(0, size);
      received_.erase(0, size);
    });
    return line;
  }
  std::string ask(std::string_view request) {
    if (failed_) return "";
    wait([this, request]() -> asio::awaitable<void> {
      co_await asio::async_write(*stream_, asio::buffer(request), kAwait);
    });
    return receive();
  }
  bool is_served() { return ask(kPing).find("OnePingResponse") != std::string::npos; }
  /// Waits for the server to close the bare connection.
  bool is_closed() {
    bool closed = false;
    wait([this, &closed]() -> asio::awaitable<void> {
      char byte = 0;
      const auto [error, count] = co_await socket_.async_read_some(asio::buffer(&byte, 1), kAwait);
      closed = static_cast<bool>(error);
    });
    return closed;
  }

 private:
  template <class Task>
  void wait(Task task) {
    bool done = false;
    asio::co_spawn(loop_, std::move(task), [&done](const std::exception_ptr&) { done = true; });
    while (!done) loop_.run_one();
  }

  asio::io_context& loop_;
  asio::ssl::context tls_{asio::ssl::context::tls_client};
  tcp::socket socket_;
  std::optional<asio::ssl::stream<tcp::socket>> stream_;
  std::string received_;
  bool failed_ = false;
};

class LeapServerTest : public testing::Test {
 protected:
  LeapServerTest() {
    limits_.watch = 1ms;
    limits_.sessions = 3;
    limits_.strangers = 4;
  }
  ~LeapServerTest() override {
    if (server_) server_->stop();
    home_.loop.restart();
    home_.loop.run();  // what was cancelled ends
    std::filesystem::remove_all(directory_);
  }

  void start() {
    std::filesystem::create_directories(directory_);
    auto authority = CertificateAuthority::open(directory_, keys_, home_.clock, "Test");
    ASSERT_TRUE(authority) << authority.error().message;
    authority_ = std::move(*authority);
    server_ = std::make_unique<servers::LeapServer>(home_.context, clients_, *authority_, servers::Endpoint{}, limits_);
    const Outcome started = server_->start();
    ASSERT_TRUE(started) << started.error().message;
  }
  CertificateAuthority::ClientIdentity issue(const std::string& name) {
    auto issued = authority_->issue_client(name);
    EXPECT_TRUE(issued);
    return *issued;
  }
  CertificateAuthority::ClientIdentity admit(const std::string& name, std::uint32_t number) {
    auto identity = issue(name);
    Client client;
    client.number = ClientId{number};
    client.name = name;
    client.role = Role::control;
    client.key_fingerprint = identity.fingerprint;
    clients_.put(client);
    return identity;
  }
  std::unique_ptr<Peer> connect(const CertificateAuthority::ClientIdentity& identity) {
    auto peer = std::make_unique<Peer>(home_.loop, server_->port());
    peer->handshake(identity, authority_->root_pem());
    return peer;
  }
  void tell(const Change& change) { server_->on_changes(std::span(&change, 1)); }

  Surroundings home_;
  std::filesystem::path directory_ =
      std::filesystem::temp_directory_path() / ("candela-leap-test-" + std::to_string(::getpid()));
  FileKeyStore keys_{directory_};
  std::unique_ptr<CertificateAuthority> authority_;
  ClientList clients_;
  servers::LeapLimits limits_;
  std::unique_ptr<servers::LeapServer> server_;
};

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
