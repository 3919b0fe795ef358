// The two ends of a line protocol over TLS, for comparing the LEAP server with a server that does nothing.
//
//   leap_bench echo KEYS SIZE
//       Prints the port on which it answers every line with a line of SIZE bytes, until its input ends.
//   leap_bench load PORT KEYS CLIENTS SECONDS LINE...
//       Connects the clients; each sends a line, waits for the answer, and goes on with the next of its lines. Prints
//       one JSON object: answers in a second, times in microseconds, refusals, the size of the last answer and itself.
//
// KEYS is a folder with key.pem and cert.pem, as `candela client add` writes it. Both ends use the library and the
// manner of the real server: Asio coroutines over OpenSSL, one thread.

#include <unistd.h>

#include <algorithm>
#include <boost/asio/as_tuple.hpp>
#include <boost/asio/co_spawn.hpp>
#include <boost/asio/detached.hpp>
#include <boost/asio/io_context.hpp>
#include <boost/asio/ip/tcp.hpp>
#include <boost/asio/posix/stream_descriptor.hpp>
#include <boost/asio/ssl/context.hpp>
#include <boost/asio/ssl/stream.hpp>
#include <boost/asio/steady_timer.hpp>
#include <boost/asio/use_awaitable.hpp>
#include <boost/asio/write.hpp>
#include <chrono>
#include <cstdio>
#include <cstdlib>
#include <memory>
#include <string>
#include <string_view>
#include <vector>

namespace {

namespace asio = boost::asio;
namespace ssl = asio::ssl;
using asio::ip::tcp;
using Clock = std::chrono::steady_clock;
using Stream = ssl::stream<tcp::socket>;

constexpr auto kAwait = asio::as_tuple(asio::use_awaitable);

[[noreturn]] void fail(const std::string& why) {
  std::fprintf(stderr, "leap_bench: %s\n", why.c_str());
  std::exit(1);
}

/// Certificates are shown, as the real server wants it, but not checked here: that is no part of what is measured.
ssl::context context_with(const std::string& keys, ssl::context::method method) {
  ssl::context context(method);
  context.use_certificate_chain_file(keys + "/cert.pem");
  context.use_private_key_file(keys + "/key.pem", ssl::context::pem);
  return context;
}

/// Reads lines of any length, each with its end.
class LineReader {
 public:
  explicit LineReader(Stream& stream) : stream_(stream) {}

  /// Empty = the peer is gone. Valid until the next call.
  asio::awaitable<std::string_view> next() {
    held_.erase(0, used_);
    used_ = 0;
    for (;;) {
      const std::size_t end = held_.find('\n');
      if (end != std::string::npos) {
        used_ = end + 1;
        co_return std::string_view(held_).substr(0, used_);
      }
      const auto [error, size] = co_await stream_.async_read_some(asio::buffer(in_), kAwait);
      if (error) co_return std::string_view();
      held_.append(in_.data(), size);
    }
  }

 private:
  Stream& stream_;
  std::array<char, 16384> in_;
  std::string held_;
  std::size_t used_ = 0;
};

// The echo

asio::awaitable<void> echo_session(tcp::socket socket, ssl::context& context, const std::string& answer) {
  socket.set_option(tcp::no_delay(true));
  Stream stream(std::move(socket), context);
  if (const auto [error] = co_await stream.async_handshake(ssl::stream_base::server, kAwait); error) co_return;
  LineReader reader(stream);
  for (;;) {
    if ((co_await reader.next()).empty()) co_return;
    if (const auto [error, size] = co_await asio::async_write(stream, asio::buffer(answer), kAwait); error) co_return;
  }
}

asio::awaitable<void> accept_all(tcp::acceptor& acceptor, ssl::context& context, const std::string& answer) {
  for (;;) {
    auto [error, socket] = co_await acceptor.async_accept(kAwait);
    if (error) co_return;
    asio::co_spawn(acceptor.get_executor(), echo_session(std::move(socket), context, answer), asio::detached);
  }
}

int echo(const std::string& keys, std::size_t size) {
  asio::io_context loop(1);
  ssl::context context = context_with(keys, ssl::context::tls_server);
  const std::string answer = std::string(size - 1, 'x') + "\n";
  tcp::acceptor acceptor(loop, {asio::ip::address_v4::loopback(), 0});
  asio::co_spawn(loop, accept_all(acceptor, context, answer), asio::detached);
  std::printf("%d\n", acceptor.local_endpoint().port());
  std::fflush(stdout);
  asio::posix::stream_descriptor input(loop, dup(STDIN_FILENO));
  input.async_wait(asio::posix::stream_descriptor::wait_read, [&](const auto&) { loop.stop(); });
  loop.run();
  return 0;
}

// The load

struct Tally {
  Clock::time_point begin{};  ///< of counting; before it clients connect and warm up
  Clock::time_point end{};
  std::vector<double> times;  ///< microseconds
  std::string last_answer;
  std::size_t refused = 0;
};

/// A LEAP answer with another status than 20x.
bool is_refusal(std::string_view answer) {
  return answer.front() == '{' && answer.find("\"StatusCode\":\"20") == std::string_view::npos;
}

asio::awaitable<void> client(tcp::endpoint server, ssl::context& context, const std::vector<std::string>& lines,
                             std::size_t first, Tally& tally) {
  Stream stream(co_await asio::this_coro::executor, context);
  if (const auto [error] = co_await stream.next_layer().async_connect(server, kAwait); error) fail(error.message());
  stream.next_layer().set_option(tcp::no_delay(true));
  if (const auto [error] = co_await stream.async_handshake(ssl::stream_base::client, kAwait); error)
    fail("handshake: " + error.message());
  LineReader reader(stream);
  for (std::size_t turn = first;; ++turn) {
    const auto sent = Clock::now();
    if (sent >= tally.end) co_return;
    const auto [error, size] = co_await asio::async_write(stream, asio::buffer(lines[turn % lines.size()]), kAwait);
    const std::string_view answer = error ? std::string_view() : co_await reader.next();
    if (answer.empty()) fail("the server hung up");
    const auto now = Clock::now();
    tally.last_answer = answer;
    if (sent < tally.begin || now >= tally.end) continue;
    if (is_refusal(answer)) {
      ++tally.refused;
    } else {
      tally.times.push_back(std::chrono::duration<double, std::micro>(now - sent).count());
    }
  }
}

int load(std::uint16_t port, const std::string& keys, std::size_t clients, double seconds,
         const std::vector<std::string>& lines) {
  asio::io_context loop(1);
  ssl::context context = context_with(keys, ssl::context::tls_client);
  Tally tally;
  tally.times.reserve(1 << 20);
  tally.begin = Clock::now() + std::chrono::seconds(1);
  tally.end = tally.begin + std::chrono::duration_cast<Clock::duration>(std::chrono::duration<double>(seconds));
  for (std::size_t i = 0; i < clients; ++i) {
    asio::co_spawn(loop, client({asio::ip::address_v4::loopback(), port}, context, lines, i * 7, tally),
                   asio::detached);
  }
  loop.run();
  if (tally.times.empty()) fail("no answer came in time");
  std::sort(tally.times.begin(), tally.times.end());
  const auto percentile = [&](double percent) {
    return tally.times[static_cast<std::size_t>(static_cast<double>(tally.times.size() - 1) * percent / 100)];
  };
  std::printf(
      "{\"rate\": %.0f, \"p50\": %.1f, \"p99\": %.1f, \"refused\": %zu, \"answer_size\": %zu, \"answer\": %s}\n",
      static_cast<double>(tally.times.size()) / seconds, percentile(50), percentile(99), tally.refused,
      tally.last_answer.size(), tally.last_answer.front() == '{' ? tally.last_answer.c_str() : "null");
  return 0;
}

}  // namespace

int main(int argc, char** argv) {
  const std::vector<std::string> words(argv + 1, argv + argc);
  if (words.size() == 3 && words[0] == "echo") return echo(words[1], std::stoul(words[2]));
  if (words.size() >= 6 && words[0] == "load") {
    std::vector<std::string> lines;
    for (std::size_t i = 5; i < words.size(); ++i) lines.push_back(words[i] + "\r\n");
    return load(static_cast<std::uint16_t>(std::stoul(words[1])), words[2], std::stoul(words[3]), std::stod(words[4]),
                lines);
  }
  std::fprintf(stderr, "usage: leap_bench echo KEYS SIZE | load PORT KEYS CLIENTS SECONDS LINE...\n");
  return 2;
}
