#pragma once

#include <algorithm>
#include <array>
#include <boost/asio/as_tuple.hpp>
#include <boost/asio/ip/tcp.hpp>
#include <boost/asio/ssl/context.hpp>
#include <boost/asio/ssl/stream.hpp>
#include <boost/asio/use_awaitable.hpp>
#include <boost/asio/write.hpp>
#include <chrono>
#include <cstdio>
#include <cstdlib>
#include <functional>
#include <optional>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

namespace candela::bench {

namespace asio = boost::asio;
namespace ssl = asio::ssl;
using asio::ip::tcp;
using Clock = std::chrono::steady_clock;
using Stream = ssl::stream<tcp::socket>;

constexpr auto kAwait = asio::as_tuple(asio::use_awaitable);

[[noreturn]] inline void fail(const std::string& why) {
  std::fprintf(stderr, "leap_bench: %s\n", why.c_str());
  std::exit(1);
}

inline double microseconds(Clock::duration time) { return std::chrono::duration<double, std::micro>(time).count(); }

/// Certificates are shown, as the real server wants it, but not checked here: that is no part of what is measured.
/// KEYS is a folder with key.pem and cert.pem, as `candela client add` writes it.
inline ssl::context context_with(const std::string& keys, ssl::context::method method) {
  ssl::context context(method);
  context.use_certificate_chain_file(keys + "/cert.pem");
  context.use_private_key_file(keys + "/key.pem", ssl::context::pem);
  return context;
}

/// A connection after its handshake; ends the program when there is none to be had.
inline asio::awaitable<void> connect(Stream& stream, tcp::endpoint server) {
  if (const auto [error] = co_await stream.next_layer().async_connect(server, kAwait); error) fail(error.message());
  stream.next_layer().set_option(tcp::no_delay(true));
  if (const auto [error] = co_await stream.async_handshake(ssl::stream_base::client, kAwait); error) {
    fail("handshake: " + error.message());
  }
}

inline asio::awaitable<void> send(Stream& stream, std::string_view bytes) {
  const auto [error, size] = co_await asio::async_write(stream, asio::buffer(bytes), kAwait);
  if (error) fail("the server hung up: " + error.message());
}

/// Reads lines of any length, each with its end; or blocks of a known size.
class Reader {
 public:
  explicit Reader(Stream& stream) : stream_(stream) {}

  /// Empty = the peer is gone. Valid until the next call.
  asio::awaitable<std::string_view> line() {
    return next([](std::string_view held) { return held.find('\n') + 1; });
  }
  asio::awaitable<std::string_view> block(std::size_t size) {
    return next([size](std::string_view held) { return held.size() < size ? 0 : size; });
  }

 private:
  /// `size_in` gives how much of what is held belongs together; 0 = not all of it is there.
  asio::awaitable<std::string_view> next(std::function<std::size_t(std::string_view held)> size_in) {
    held_.erase(0, used_);
    for (used_ = 0;;) {
      used_ = size_in(held_);
      if (used_ != 0) co_return std::string_view(held_).substr(0, used_);
      const auto [error, size] = co_await stream_.async_read_some(asio::buffer(in_), kAwait);
      if (error) co_return std::string_view();
      held_.append(in_.data(), size);
    }
  }

  Stream& stream_;
  std::array<char, 16384> in_;
  std::string held_;
  std::size_t used_ = 0;
};

/// Starts many clients, only a few of whom are at their handshakes at once: servers refuse a rush.
class Crowd {
 public:
  using Begin = std::function<void(std::size_t client)>;

  Crowd(std::size_t clients, Begin begin) : clients_(clients), begin_(std::move(begin)) {}

  void start() {
    while (begun_ < std::min(clients_, kAtOnce)) begin_(begun_++);
  }
  /// One of them has done its handshake; true when it was the last.
  bool connected() {
    if (begun_ < clients_) begin_(begun_++);
    return ++connected_ == clients_;
  }

 private:
  static constexpr std::size_t kAtOnce = 32;
  const std::size_t clients_;
  const Begin begin_;
  std::size_t begun_ = 0;
  std::size_t connected_ = 0;
};

/// The value below which so many percent of the sorted ones lie.
inline double percentile(const std::vector<double>& sorted, double percent) {
  return sorted[static_cast<std::size_t>(static_cast<double>(sorted.size() - 1) * percent / 100)];
}

/// One sends, all others get it.
struct FanOut {
  tcp::endpoint server;
  std::string keys;
  std::size_t clients = 0;
  std::size_t rounds = 0;
};
int fan_out_leap(const FanOut& work, const std::string& subscription, const std::vector<std::string>& commands);
int fan_out_mqtt(const FanOut& work, std::size_t size);

}  // namespace candela::bench
