// The ends of line protocols over TLS, for comparing the LEAP server with a server that does nothing, and with a
// broker.
//
//   leap_bench echo KEYS SIZE
//       Prints the port on which it answers every line with a line of SIZE bytes, until its input ends.
//   leap_bench load PORT KEYS CLIENTS SECONDS LINE...
//       Connects the clients; each sends a line, waits for the answer, and goes on with the next of its lines. Prints
//       one JSON object: answers in a second, times in microseconds, refusals, the size of the last answer and itself.
//   leap_bench replay KEYS FILE
//       Prints the port on which it answers requests as FILE says, until its input ends. FILE has pairs of lines: a
//       request's CommuniqueType and Url, and the answer to it, in which the client's tag is put.
//   leap_bench hold PORT KEYS CLIENTS
//       Connects the clients, prints how many they are, and keeps them, silent, until its input ends.
//   leap_bench fan-out leap PORT KEYS CLIENTS ROUNDS SUBSCRIPTION COMMAND...
//       Each client sends the subscription. In each round another sends a command (the next of its commands), which
//       pushes one line to each client. Prints one JSON object: how long until the first and until the last has it.
//   leap_bench fan-out mqtt PORT KEYS CLIENTS ROUNDS SIZE
//       The same with a broker: a message of so many bytes at QoS 0.
//
// KEYS is a folder with key.pem and cert.pem. All ends use the library and the manner of the real server: Asio
// coroutines over OpenSSL, one thread.

#include <sys/resource.h>
#include <unistd.h>

#include <boost/asio/co_spawn.hpp>
#include <boost/asio/detached.hpp>
#include <boost/asio/io_context.hpp>
#include <boost/asio/posix/stream_descriptor.hpp>
#include <fstream>
#include <map>
#include <memory>

#include "leap/tls_peer.h"

namespace candela::bench {
namespace {

void run_until_input_ends(asio::io_context& loop) {
  asio::posix::stream_descriptor input(loop, dup(STDIN_FILENO));
  input.async_wait(asio::posix::stream_descriptor::wait_read, [&](const auto&) { loop.stop(); });
  loop.run();
}

// The echo

using Answers = std::function<std::string(std::string_view request)>;

asio::awaitable<void> echo_session(tcp::socket socket, ssl::context& context, const Answers& answers) {
  socket.set_option(tcp::no_delay(true));
  Stream stream(std::move(socket), context);
  if (const auto [error] = co_await stream.async_handshake(ssl::stream_base::server, kAwait); error) co_return;
  Reader reader(stream);
  for (;;) {
    const std::string_view request = co_await reader.line();
    if (request.empty()) co_return;
    const std::string answer = answers(request);
    if (const auto [error, size] = co_await asio::async_write(stream, asio::buffer(answer), kAwait); error) co_return;
  }
}

asio::awaitable<void> accept_all(tcp::acceptor& acceptor, ssl::context& context, const Answers& answers) {
  for (;;) {
    auto [error, socket] = co_await acceptor.async_accept(kAwait);
    if (error) co_return;
    asio::co_spawn(acceptor.get_executor(), echo_session(std::move(socket), context, answers), asio::detached);
  }
}

int serve(const std::string& keys, const Answers& answers) {
  asio::io_context loop(1);
  ssl::context context = context_with(keys, ssl::context::tls_server);
  tcp::acceptor acceptor(loop, {asio::ip::address_v4::loopback(), 0});
  asio::co_spawn(loop, accept_all(acceptor, context, answers), asio::detached);
  std::printf("%d\n", acceptor.local_endpoint().port());
  std::fflush(stdout);
  run_until_input_ends(loop);
  return 0;
}

int echo(const std::string& keys, std::size_t size) {
  std::string answer = std::string(size - 1, 'x') + "\n";
  return serve(keys, [&](std::string_view) { return answer; });
}

/// The value of a string member; its name is unique in the line. Empty = there is none.
std::string_view member_of(std::string_view line, std::string_view name) {
  const std::string key = "\"" + std::string(name) + "\"";
  const std::size_t found = line.find(key);
  const std::size_t begin = found == line.npos ? line.npos : line.find('"', found + key.size());
  return begin == line.npos ? std::string_view() : line.substr(begin + 1, line.find('"', begin + 1) - begin - 1);
}

int replay(const std::string& keys, const std::string& path) {
  std::map<std::string, std::string, std::less<>> known;
  std::ifstream file(path);
  for (std::string request, answer; std::getline(file, request) && std::getline(file, answer);) {
    known[request] = answer + "\r\n";
  }
  return serve(keys, [&](std::string_view request) {
    const auto found =
        known.find(std::string(member_of(request, "CommuniqueType")) + " " + std::string(member_of(request, "Url")));
    if (found == known.end()) fail("nobody asked before: " + std::string(request));
    std::string answer = found->second;
    const std::string_view tag = member_of(answer, "ClientTag");
    if (!tag.empty()) {
      answer.replace(static_cast<std::size_t>(tag.data() - answer.data()), tag.size(), member_of(request, "ClientTag"));
    }
    return answer;
  });
}

// The load

struct Tally {
  Clock::duration length{};
  Clock::time_point begin = Clock::time_point::max();  ///< of counting; before it clients connect and warm up
  Clock::time_point end = Clock::time_point::max();
  std::vector<double> times;  ///< microseconds
  std::string last_answer;
  std::size_t refused = 0;

  void all_are_there() {
    begin = Clock::now() + std::chrono::seconds(1);
    end = begin + length;
  }
};

/// A LEAP answer with another status than 20x.
bool is_refusal(std::string_view answer) {
  return answer.front() == '{' && answer.find("\"StatusCode\":\"20") == std::string_view::npos;
}

asio::awaitable<void> client(tcp::endpoint server, ssl::context& context, const std::vector<std::string>& lines,
                             std::size_t first, Crowd& crowd, Tally& tally) {
  Stream stream(co_await asio::this_coro::executor, context);
  co_await connect(stream, server);
  if (crowd.connected()) tally.all_are_there();
  Reader reader(stream);
  for (std::size_t turn = first;; ++turn) {
    const auto sent = Clock::now();
    if (sent >= tally.end) co_return;
    co_await send(stream, lines[turn % lines.size()]);
    const std::string_view answer = co_await reader.line();
    if (answer.empty()) fail("the server hung up");
    const auto now = Clock::now();
    if (sent < tally.begin || now >= tally.end) continue;
    tally.last_answer = answer;
    if (is_refusal(answer)) {
      ++tally.refused;
    } else {
      tally.times.push_back(microseconds(now - sent));
    }
  }
}

int load(tcp::endpoint server, const std::string& keys, std::size_t clients, double seconds,
         const std::vector<std::string>& lines) {
  asio::io_context loop(1);
  ssl::context context = context_with(keys, ssl::context::tls_client);
  Tally tally{.length = std::chrono::duration_cast<Clock::duration>(std::chrono::duration<double>(seconds))};
  tally.times.reserve(1 << 20);
  std::optional<Crowd> crowd;
  crowd.emplace(clients, [&](std::size_t i) {
    asio::co_spawn(loop, client(server, context, lines, i * 7, *crowd, tally), asio::detached);
  });
  crowd->start();
  loop.run();
  if (tally.times.empty()) fail("no answer came in time");
  std::sort(tally.times.begin(), tally.times.end());
  std::printf(
      "{\"rate\": %.0f, \"p50\": %.1f, \"p99\": %.1f, \"refused\": %zu, \"answer_size\": %zu, \"answer\": %s}\n",
      static_cast<double>(tally.times.size()) / seconds, percentile(tally.times, 50), percentile(tally.times, 99),
      tally.refused, tally.last_answer.size(), tally.last_answer.front() == '{' ? tally.last_answer.c_str() : "null");
  return 0;
}

// The idle

asio::awaitable<void> idler(tcp::endpoint server, ssl::context& context, std::size_t clients, Crowd& crowd) {
  Stream stream(co_await asio::this_coro::executor, context);
  co_await connect(stream, server);
  if (crowd.connected()) {
    std::printf("%zu\n", clients);
    std::fflush(stdout);
  }
  Reader reader(stream);
  while (!(co_await reader.line()).empty()) continue;
  fail("the server hung up");
}

int hold(tcp::endpoint server, const std::string& keys, std::size_t clients) {
  asio::io_context loop(1);
  ssl::context context = context_with(keys, ssl::context::tls_client);
  std::optional<Crowd> crowd;
  crowd.emplace(clients,
                [&](std::size_t) { asio::co_spawn(loop, idler(server, context, clients, *crowd), asio::detached); });
  crowd->start();
  run_until_input_ends(loop);
  return 0;
}

tcp::endpoint endpoint_at(const std::string& port) {
  return {asio::ip::address_v4::loopback(), static_cast<std::uint16_t>(std::stoul(port))};
}

/// A thousand clients need more descriptors than a program is given unasked.
void ask_for_descriptors() {
  rlimit limit{};
  getrlimit(RLIMIT_NOFILE, &limit);
  limit.rlim_cur = limit.rlim_max;
  setrlimit(RLIMIT_NOFILE, &limit);
}

int run(const std::vector<std::string>& words) {
  ask_for_descriptors();
  const std::size_t count = words.size();
  if (count == 3 && words[0] == "echo") return echo(words[1], std::stoul(words[2]));
  if (count == 3 && words[0] == "replay") return replay(words[1], words[2]);
  if (count == 4 && words[0] == "hold") return hold(endpoint_at(words[1]), words[2], std::stoul(words[3]));
  if (count >= 6 && words[0] == "load") {
    std::vector<std::string> lines;
    for (std::size_t i = 5; i < count; ++i) lines.push_back(words[i] + "\r\n");
    return load(endpoint_at(words[1]), words[2], std::stoul(words[3]), std::stod(words[4]), lines);
  }
  if (count >= 7 && words[0] == "fan-out") {
    const FanOut work{endpoint_at(words[2]), words[3], std::stoul(words[4]), std::stoul(words[5])};
    if (words[1] == "leap" && count >= 8) return fan_out_leap(work, words[6], {words.begin() + 7, words.end()});
    if (words[1] == "mqtt") return fan_out_mqtt(work, std::stoul(words[6]));
  }
  std::fprintf(
      stderr,
      "usage: leap_bench echo | replay | load | hold | fan-out; the head of leap_bench.cpp says what each takes\n");
  return 2;
}

}  // namespace
}  // namespace candela::bench

int main(int argc, char** argv) { return candela::bench::run({argv + 1, argv + argc}); }
