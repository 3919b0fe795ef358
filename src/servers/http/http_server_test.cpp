#include "servers/http/http_server.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>
#include <poll.h>

#include <boost/asio/buffer.hpp>
#include <boost/asio/executor_work_guard.hpp>
#include <boost/asio/ip/tcp.hpp>
#include <boost/asio/post.hpp>
#include <boost/asio/write.hpp>
#include <boost/json.hpp>
#include <functional>
#include <future>
#include <thread>

#include "servers/http/test_site.h"
#include "servers/http/websocket.h"

namespace candela::servers {
namespace {

namespace asio = boost::asio;
namespace json = boost::json;
using asio::ip::tcp;
using ::testing::HasSubstr;
using ::testing::StartsWith;

/// A peer that blocks while it reads, for at most ten seconds.
class Peer {
 public:
  explicit Peer(std::uint16_t port) : socket_(loop_) { socket_.connect({asio::ip::address_v4::loopback(), port}); }

  void say(std::string_view bytes) { asio::write(socket_, asio::buffer(bytes)); }
  /// What arrives up to and with `end`; what comes after it is kept.
  std::string hear_until(std::string_view end) {
    for (;;) {
      if (const auto found = heard_.find(end); found != std::string::npos) return take(found + end.size());
      if (!hear_more()) return take(heard_.size());
    }
  }
  /// True when the server closes, whatever it says before.
  bool hears_the_end() {
    while (hear_more()) {
    }
    return ended_;
  }
  std::string take(std::size_t length) {
    while (heard_.size() < length && hear_more()) {
    }
    std::string taken = heard_.substr(0, length);
    heard_.erase(0, length);
    return taken;
  }

  /// Becomes a page.
  void follow_live(std::uint16_t port) {
    say("GET /api/live HTTP/1.1\r\nHost: localhost:" + std::to_string(port) +
        "\r\nConnection: Upgrade\r\nUpgrade: websocket\r\nSec-WebSocket-Version: 13\r\n"
        "Sec-WebSocket-Key: dGhlIHNhbXBsZSBub25jZQ==\r\n\r\n");
    EXPECT_THAT(hear_until("\r\n\r\n"), HasSubstr("s3pPLMBiTxaQ9kYGzzhZRbK+xOo="));
  }
  void say_message(const std::string& text) {
    say(std::string("\x81") + static_cast<char>(0x80U | text.size()) + std::string(4, '\0') + text);
  }
  /// The payload of the next frame that is a message.
  std::string hear_message() {
    for (;;) {
      const std::string head = take(2);
      if (head.size() < 2) return {};
      std::size_t length = static_cast<unsigned char>(head[1]);
      if (length >= 126) {
        std::size_t extended = 0;
        for (const char byte : take(length == 126 ? 2 : 8))
          extended = extended << 8U | static_cast<unsigned char>(byte);
        length = extended;
      }
      std::string payload = take(length);
      if (head[0] == '\x81') return payload;
    }
  }
  void close() { socket_.close(); }

 private:
  bool hear_more() {
    pollfd readable{socket_.native_handle(), POLLIN, 0};
    if (poll(&readable, 1, 10'000) != 1) return false;
    std::array<char, 4096> buffer{};
    boost::system::error_code error;
    const std::size_t length = socket_.read_some(asio::buffer(buffer), error);
    heard_.append(buffer.data(), length);
    ended_ = error == asio::error::eof || error == asio::error::connection_reset;
    return !error;
  }

  asio::io_context loop_;
  tcp::socket socket_;
  std::string heard_;
  bool ended_ = false;
};

class HttpServerTest : public ::testing::Test {
 protected:
  void start(http::Limits limits = http::Limits()) {
    server_ =
        std::make_unique<HttpServer>(world_.context, page_.path(), Endpoint{"127.0.0.1", 0}, Role::control, limits);
    const Outcome started = server_->start();
    ASSERT_TRUE(started);
    port_ = server_->port();
    thread_ = std::thread([this] { world_.loop.run(); });
  }
  ~HttpServerTest() override {
    if (!thread_.joinable()) return;
    on_server([this] { server_->stop(); });
    stay_.reset();
    thread_.join();
  }

  /// Does it on the server's thread and waits until it is done.
  void on_server(const std::function<void()>& work) {
    std::promise<void> finished;
    asio::post(world_.loop, [&] {
      work();
      finished.set_value();
    });
    finished.get_future().wait();
  }
  void happen(std::vector<Change> changes) {
    on_server([&] {
      world_.view.apply(changes);
      server_->on_changes(changes);
    });
  }
  std::vector<ButtonMove> moves() {
    std::vector<ButtonMove> all;
    on_server([&] {
      for (const Event& event : world_.events.taken) {
        if (const auto* moved = std::get_if<ButtonMoved>(&event.what)) all.push_back(moved->move);
      }
    });
    return all;
  }
  std::string get(const std::string& path) const {
    return "GET " + path + " HTTP/1.1\r\nHost: localhost:" + std::to_string(port_) + "\r\n\r\n";
  }

  http::testing::World world_;
  http::testing::PageFolder page_;
  asio::executor_work_guard<asio::io_context::executor_type> stay_{world_.loop.get_executor()};
  std::unique_ptr<HttpServer> server_;
  std::uint16_t port_ = 0;
  std::thread thread_;
};

TEST_F(HttpServerTest, ListensOnThisMachineOnly) {
  HttpServer server(world_.context, page_.path(), Endpoint{"0.0.0.0", 0});
  const Outcome started = server.start();
  ASSERT_FALSE(started);
  EXPECT_THAT(started.error().message, HasSubstr("this machine only"));
}

TEST_F(HttpServerTest, SaysWhenThePortIsTaken) {
  start();
  HttpServer second(world_.context, page_.path(), Endpoint{"127.0.0.1", port_});
  const Outcome started = second.start();
  ASSERT_FALSE(started);
  EXPECT_THAT(started.error().message, HasSubstr("cannot serve HTTP at 127.0.0.1 port " + std::to_string(port_)));
}

TEST_F(HttpServerTest, AnswersManyRequestsOverOneConnectionInOrder) {
  start();
  Peer peer(port_);
  std::string head = get("/");
  head.replace(0, 3, "HEAD");
  peer.say(get("/") + head + get("/api/nothing"));
  EXPECT_THAT(peer.hear_until("page"), StartsWith("HTTP/1.1 200 OK\r\n"));
  EXPECT_THAT(peer.hear_until("\r\n\r\n"), HasSubstr("Content-Length: 19\r\n"));
  EXPECT_THAT(peer.hear_until("}"), StartsWith("HTTP/1.1 404 Not Found\r\n"));
}

TEST_F(HttpServerTest, ClosesWhenThePeerAsksForIt) {
  start();
  Peer peer(port_);
  peer.say("GET / HTTP/1.0\r\nHost: localhost:" + std::to_string(port_) + "\r\n\r\n");
  EXPECT_THAT(peer.hear_until("\r\n\r\n"), HasSubstr("Connection: close"));
  EXPECT_TRUE(peer.hears_the_end());
}

TEST_F(HttpServerTest, AnswersBytesThatAreNoRequest) {
  start();
  Peer peer(port_);
  peer.say("\x16\x03\x01\x02 I wanted TLS\r\n\r\n" + std::string(100'000, 'x'));
  EXPECT_THAT(peer.hear_until("}"), StartsWith("HTTP/1.1 400 Bad Request\r\n"));
  EXPECT_TRUE(peer.hears_the_end());
}

TEST_F(HttpServerTest, GivesUpOnPeersThatDoNotFinishTheirRequest) {
  start({.request = std::chrono::milliseconds(50)});
  Peer peer(port_);
  peer.say("GET / HT");
  EXPECT_TRUE(peer.hears_the_end());
}

TEST_F(HttpServerTest, GivesUpOnPeersThatAskNothing) {
  start({.idle = std::chrono::milliseconds(50)});
  Peer peer(port_);
  EXPECT_TRUE(peer.hears_the_end());
}

TEST_F(HttpServerTest, TurnsAwayConnectionsAboveItsBound) {
  start({.connections = 2});
  Peer first(port_), second(port_);
  for (Peer* peer : {&first, &second}) {
    peer->say(get("/"));
    EXPECT_THAT(peer->hear_until("page"), StartsWith("HTTP/1.1 200"));
  }
  Peer third(port_);
  EXPECT_THAT(third.hear_until("}"), StartsWith("HTTP/1.1 503"));
  EXPECT_TRUE(third.hears_the_end());
  first.say(get("/"));
  EXPECT_THAT(first.hear_until("page"), StartsWith("HTTP/1.1 200"));
}

TEST_F(HttpServerTest, TellsPagesWhatHappens) {
  start();
  Peer page(port_), other(port_);
  page.follow_live(port_);
  other.follow_live(port_);
  EXPECT_EQ(json::parse(page.hear_message()).at("type"), "snapshot");
  EXPECT_EQ(json::parse(other.hear_message()).at("type"), "snapshot");

  happen({world_.change(ButtonActed{{12}, ButtonMove::press}), world_.fade_of_ceiling(0, 40, std::chrono::seconds(3)),
          world_.change(LedChanged{{13}, LedState::on})});
  for (Peer* peer : {&page, &other}) {
    const json::value changes = json::parse(peer->hear_message());
    EXPECT_EQ(changes.at("type"), "changes");
    ASSERT_EQ(changes.at("zones").as_array().size(), 1);
    EXPECT_EQ(changes.at("zones").at(0).at("id"), "hall-ceiling");
    EXPECT_EQ(changes.at("zones").at(0).at("fade").at("duration").to_number<double>(), 3);
    EXPECT_EQ(changes.at("leds").at(0).at("state"), "on");
    EXPECT_EQ(changes.at("buttons").at(0), (json::value{{"id", "hall-keypad.1"}, {"move", "press"}}));
    EXPECT_EQ(changes.at("feed").as_array().size(), 2);
    EXPECT_FALSE(changes.as_object().contains("devices"));
  }
}

TEST_F(HttpServerTest, TellsPagesEverythingAnewAfterATransfer) {
  start();
  Peer page(port_);
  page.follow_live(port_);
  page.hear_message();
  Project renamed = candela::testing::small_home();
  renamed.name = "Larger Home";
  happen({world_.change(ProjectActivated{std::make_shared<const Project>(renamed)})});
  const json::value snapshot = json::parse(page.hear_message());
  EXPECT_EQ(snapshot.at("type"), "snapshot");
  EXPECT_EQ(snapshot.at("home").at("name"), "Larger Home");
}

TEST_F(HttpServerTest, ReleasesTheButtonsOfAPageThatDies) {
  start();
  Peer page(port_);
  page.follow_live(port_);
  page.hear_message();
  page.say_message(R"({"type":"press","button":"hall-keypad.1"})");
  page.say_message(R"({"type":"press","button":"hall-keypad.1"})");
  EXPECT_THAT(page.hear_message(), HasSubstr("somebody holds this button down already"));
  EXPECT_EQ(moves(), std::vector{ButtonMove::press});

  page.close();
  Peer watcher(port_);
  while (moves().size() < 2) {  // each turn is a round trip, so the server has read on
    watcher.say(get("/"));
    watcher.hear_until("page");
  }
  EXPECT_EQ(moves().back(), ButtonMove::release);
}

TEST_F(HttpServerTest, ASinglePressOfAProgramIsATap) {
  start();
  {
    Peer program(port_);
    program.say("POST /api/buttons/hall-keypad.1/press HTTP/1.1\r\nHost: localhost:" + std::to_string(port_) +
                "\r\nConnection: close\r\n\r\n");
    EXPECT_THAT(program.hear_until("\r\n\r\n"), StartsWith("HTTP/1.1 202"));
    EXPECT_TRUE(program.hears_the_end());
  }
  Peer watcher(port_);
  while (moves().size() < 2) {
    watcher.say(get("/"));
    watcher.hear_until("page");
  }
  EXPECT_EQ(moves(), (std::vector{ButtonMove::press, ButtonMove::release}));
}

TEST_F(HttpServerTest, DisconnectsAPageThatDoesNotReadAndServesTheOthers) {
  // No pings: this test's peers do not answer them, and it takes its time with sanitizers on a busy machine.
  start({.waiting = 64 * 1024, .write = std::chrono::milliseconds(100), .ping = std::chrono::hours(1)});
  Peer lazy(port_), diligent(port_);
  lazy.follow_live(port_);
  diligent.follow_live(port_);
  diligent.hear_message();
  // More than the bound and all that the system's own buffers take.
  const std::vector<Change> many(400, world_.fade_of_ceiling(0, 40, std::chrono::seconds(3)));
  for (int i = 0; i < 40; ++i) {
    happen(many);
    EXPECT_THAT(diligent.hear_message(), HasSubstr("hall-ceiling"));
  }
  EXPECT_TRUE(lazy.hears_the_end());
}

TEST_F(HttpServerTest, NoticesAPageThatIsGoneWithoutAWord) {
  start({.ping = std::chrono::milliseconds(30)});
  Peer page(port_);
  page.follow_live(port_);
  page.hear_message();  // and from now on it answers no ping
  EXPECT_TRUE(page.hears_the_end());
}

TEST_F(HttpServerTest, BoundsThePages) {
  start({.pages = 1});
  Peer first(port_), second(port_);
  first.follow_live(port_);
  first.hear_message();
  second.say("GET /api/live HTTP/1.1\r\nHost: localhost:" + std::to_string(port_) +
             "\r\nConnection: Upgrade\r\nUpgrade: websocket\r\nSec-WebSocket-Version: 13\r\n"
             "Sec-WebSocket-Key: dGhlIHNhbXBsZSBub25jZQ==\r\n\r\n");
  EXPECT_THAT(second.hear_until("}"), HasSubstr("too many pages"));
}

}  // namespace
}  // namespace candela::servers
