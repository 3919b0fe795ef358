// Any bytes over a connection from its beginning to its end, in pieces: requests, tokens, the upgrade and the messages
// after it. At the end nothing is left of it, and no button stays down.

#include <spdlog/spdlog.h>
#include <sys/socket.h>
#include <unistd.h>

#include <algorithm>
#include <array>
#include <cstdint>
#include <cstdlib>
#include <string_view>

#include "servers/http/connection.h"
#include "servers/http/live_session.h"
#include "servers/http/test_site.h"

namespace {

using namespace candela::servers::http;
namespace asio = boost::asio;

/// Known to the seeds.
constexpr std::string_view kToken = "candela_AAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAA";

void expect(bool so) {
  if (!so) std::abort();
}

void run(testing::World& world) {
  world.loop.restart();
  world.loop.poll();
}

/// Reads what the server says, so that it never waits for us; false when it has closed.
bool drain(int peer) {
  std::array<char, 65536> buffer{};
  for (;;) {
    const ssize_t length = ::recv(peer, buffer.data(), buffer.size(), MSG_DONTWAIT);
    if (length == 0) return false;
    if (length < 0) return true;
  }
}

}  // namespace

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
  static testing::World world;
  spdlog::set_level(spdlog::level::off);
  world.administration.token_list.put(
      {candela::ClientId{7}, "fuzzer", candela::Role::control, candela::token_hash(kToken)});
  if (size == 0) return 0;
  // The first byte says how long the pieces are, and whether a token is needed.
  const std::size_t piece = (data[0] & 0x7FU) + std::size_t{1};
  const bool open = (data[0] & 0x80U) != 0;
  const auto site = std::make_shared<Site>(world.context, StaticFiles(), Limits(), Site::Serving::page,
                                           open ? std::optional(candela::Role::control) : std::nullopt);
  site->port = 80;
  world.events.taken.clear();

  std::array<int, 2> ends{};
  expect(::socketpair(AF_UNIX, SOCK_STREAM, 0, ends.data()) == 0);
  asio::ip::tcp::socket socket(world.loop);
  socket.assign(asio::ip::tcp::v4(), ends[0]);
  Peer peer{1, "192.0.2.1", {site->access.open_role(), {}}};
  asio::co_spawn(world.loop,
                 Connection::serve(std::make_shared<Connection>(Stream(std::move(socket)), site, std::move(peer))),
                 asio::detached);
  std::string_view bytes(reinterpret_cast<const char*>(data) + 1, size - 1);
  while (!bytes.empty()) {
    const std::string_view next = bytes.substr(0, piece);
    bytes.remove_prefix(next.size());
    if (::send(ends[1], next.data(), next.size(), MSG_NOSIGNAL) < 0) break;
    run(world);
    if (!drain(ends[1])) break;
  }
  ::close(ends[1]);
  run(world);
  site->close();
  run(world);
  expect(site->connections.empty() && site->pages.empty() && site->long_bodies.empty());
  std::size_t down = 0;
  for (const candela::Event& event : world.events.taken) {
    if (const auto* moved = std::get_if<candela::ButtonMoved>(&event.what)) {
      if (moved->move == candela::ButtonMove::press) ++down;
      if (moved->move == candela::ButtonMove::release) --down;
    }
  }
  expect(down == 0);
  return 0;
}
