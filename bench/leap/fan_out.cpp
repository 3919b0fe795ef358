#include <boost/asio/co_spawn.hpp>
#include <boost/asio/detached.hpp>
#include <boost/asio/io_context.hpp>
#include <boost/asio/steady_timer.hpp>

#include "leap/tls_peer.h"

namespace candela::bench {
namespace {

/// What is said to a server, and how long its messages are.
class Talk {
 public:
  virtual ~Talk() = default;
  virtual asio::awaitable<void> greet(Stream& stream, Reader& reader, std::size_t client) = 0;
  virtual asio::awaitable<void> subscribe(Stream& stream, Reader& reader) = 0;
  /// Whatever is pushed to all subscribers in this round.
  virtual asio::awaitable<void> send_round(Stream& stream, Reader& reader, std::size_t round) = 0;
  /// How many bytes were pushed; 0 when the server is gone.
  virtual asio::awaitable<std::size_t> receive_round(Reader& reader) = 0;
};

class LeapTalk final : public Talk {
 public:
  LeapTalk(const std::string& subscription, const std::vector<std::string>& commands)
      : subscription_(subscription + "\r\n") {
    for (const std::string& command : commands) commands_.push_back(command + "\r\n");
  }

  asio::awaitable<void> greet(Stream&, Reader&, std::size_t) override { co_return; }
  asio::awaitable<void> subscribe(Stream& stream, Reader& reader) override {
    co_await send(stream, subscription_);
    expect_success(co_await reader.line());
  }
  asio::awaitable<void> send_round(Stream& stream, Reader& reader, std::size_t round) override {
    co_await send(stream, commands_[round % commands_.size()]);
    expect_success(co_await reader.line());
  }
  asio::awaitable<std::size_t> receive_round(Reader& reader) override { co_return (co_await reader.line()).size(); }

 private:
  static void expect_success(std::string_view answer) {
    if (answer.find("\"StatusCode\":\"20") == std::string_view::npos) fail("refused: " + std::string(answer));
  }

  std::string subscription_;
  std::vector<std::string> commands_;
};

/// As much of MQTT 3.1.1 as this needs; every packet is of a known size.
class MqttTalk final : public Talk {
 public:
  explicit MqttTalk(std::size_t size) {
    std::string body = string_of(kTopic) + std::string(size, 'x');
    message_ = packet('\x30', body);
  }

  asio::awaitable<void> greet(Stream& stream, Reader& reader, std::size_t client) override {
    const std::string clean_and_forever("\x04\x02\x00\x00", 4);
    const std::string hello = packet('\x10', string_of("MQTT") + clean_and_forever + string_of(std::to_string(client)));
    co_await send(stream, hello);
    const std::string_view answer = co_await reader.block(4);
    if (answer.size() != 4 || answer[3] != 0) fail("the broker does not let a client in");
  }
  asio::awaitable<void> subscribe(Stream& stream, Reader& reader) override {
    const std::string wish = packet('\x82', std::string("\x00\x01", 2) + string_of(kTopic) + std::string(1, '\0'));
    co_await send(stream, wish);
    if ((co_await reader.block(5)).empty()) fail("the broker hung up");
  }
  asio::awaitable<void> send_round(Stream& stream, Reader&, std::size_t) override { co_await send(stream, message_); }
  asio::awaitable<std::size_t> receive_round(Reader& reader) override {
    co_return (co_await reader.block(message_.size())).size();
  }

 private:
  static constexpr const char* kTopic = "bench";

  static std::string string_of(const std::string& text) {
    return std::string{static_cast<char>(text.size() >> 8), static_cast<char>(text.size() & 0xff)} + text;
  }
  static std::string packet(char kind, const std::string& body) {
    std::string bytes(1, kind);
    for (std::size_t rest = body.size(); bytes.size() == 1 || rest != 0; rest >>= 7) {
      bytes += static_cast<char>((rest & 0x7f) | (rest > 0x7f ? 0x80 : 0));
    }
    return bytes + body;
  }

  std::string message_;
};

class Rounds {
 public:
  Rounds(const FanOut& work, Talk& talk)
      : work_(work), talk_(talk), context_(context_with(work.keys, ssl::context::tls_client)), done_(loop_) {}

  int run() {
    Crowd crowd(work_.clients,
                [this, &crowd](std::size_t client) { asio::co_spawn(loop_, follow(client, crowd), asio::detached); });
    crowd.start();
    loop_.run();
    std::sort(first_.begin(), first_.end());
    std::sort(last_.begin(), last_.end());
    std::printf("{\"first_p50\": %.1f, \"last_p50\": %.1f, \"last_p99\": %.1f, \"size\": %zu}\n",
                percentile(first_, 50), percentile(last_, 50), percentile(last_, 99), size_);
    return 0;
  }

 private:
  static constexpr std::chrono::milliseconds kQuiet{100};  ///< after subscriptions, and between rounds
  static constexpr std::chrono::seconds kDeadline{30};

  asio::awaitable<void> follow(std::size_t client, Crowd& crowd) {
    Stream stream(loop_, context_);
    co_await connect(stream, work_.server);
    Reader reader(stream);
    co_await talk_.greet(stream, reader, client);
    co_await talk_.subscribe(stream, reader);
    if (crowd.connected()) asio::co_spawn(loop_, send_all(), asio::detached);
    while (const std::size_t size = co_await talk_.receive_round(reader)) arrived(size);
    fail("the server hung up");
  }

  void arrived(std::size_t size) {
    size_ = size;
    const double after = microseconds(Clock::now() - sent_);
    if (arrivals_++ == 0) first_.push_back(after);
    if (arrivals_ < work_.clients) return;
    last_.push_back(after);
    done_.cancel();
  }

  asio::awaitable<void> send_all() {
    Stream stream(loop_, context_);
    co_await connect(stream, work_.server);
    Reader reader(stream);
    co_await talk_.greet(stream, reader, work_.clients);
    for (std::size_t round = 0; round < work_.rounds; ++round) {
      done_.expires_after(kQuiet);
      co_await done_.async_wait(kAwait);
      arrivals_ = 0;
      done_.expires_after(kDeadline);
      sent_ = Clock::now();
      co_await talk_.send_round(stream, reader, round);
      if (arrivals_ < work_.clients) co_await done_.async_wait(kAwait);
      if (arrivals_ < work_.clients) fail("not everybody was told");
    }
    loop_.stop();
  }

  const FanOut& work_;
  Talk& talk_;
  asio::io_context loop_{1};
  ssl::context context_;
  asio::steady_timer done_;
  Clock::time_point sent_{};
  std::size_t arrivals_ = 0;
  std::size_t size_ = 0;       ///< of what was pushed
  std::vector<double> first_;  ///< microseconds
  std::vector<double> last_;
};

}  // namespace

int fan_out_leap(const FanOut& work, const std::string& subscription, const std::vector<std::string>& commands) {
  LeapTalk talk(subscription, commands);
  return Rounds(work, talk).run();
}

int fan_out_mqtt(const FanOut& work, std::size_t size) {
  MqttTalk talk(size);
  return Rounds(work, talk).run();
}

}  // namespace candela::bench
