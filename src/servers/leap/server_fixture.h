#pragma once

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

#include "servers/leap/leap_server.h"
#include "servers/leap/test_home.h"

namespace candela::leap::test {

namespace asio = boost::asio;
using asio::ip::tcp;

inline constexpr auto kAwait = asio::as_tuple(asio::use_awaitable);
inline constexpr std::string_view kPing = R"({"CommuniqueType":"ReadRequest","Header":{"Url":"/server/1/status/ping"}})"
                                          "\n";

/// A client at the other end of a real socket, on the server's own loop.
class Peer {
 public:
  Peer(asio::io_context& loop, std::uint16_t port) : loop_(loop), socket_(loop) {
    socket_.connect({asio::ip::address_v4::loopback(), port});
  }

  void handshake(const CertificateAuthority::ClientIdentity& identity, const std::string& root_pem) {
    tls_.use_certificate(asio::buffer(identity.certificate_pem), asio::ssl::context::pem);
    tls_.use_private_key(asio::buffer(identity.key_pem), asio::ssl::context::pem);
    handshake(root_pem);
  }
  /// Without a certificate.
  void handshake(const std::string& root_pem) {
    tls_.set_verify_mode(asio::ssl::verify_peer);
    tls_.add_certificate_authority(asio::buffer(root_pem));
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
    send(request);
    return receive();
  }
  void send(std::string_view request) {
    wait([this, request]() -> asio::awaitable<void> {
      co_await asio::async_write(*stream_, asio::buffer(request), kAwait);
    });
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
    limits_.watch = std::chrono::milliseconds(1);
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
    server_ = std::make_unique<servers::LeapServer>(home_.context, clients_, *authority_, servers::Endpoint{},
                                                    servers::LeapOptions{.logins = logins_, .limits = limits_});
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
  bool logins_ = false;
  std::unique_ptr<servers::LeapServer> server_;
};

}  // namespace candela::leap::test
