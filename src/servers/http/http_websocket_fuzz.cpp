// Any bytes of a page over its WebSocket, in pieces: frames, and the JSON messages within them.

#include <algorithm>
#include <cstdint>
#include <string>
#include <string_view>

#include "servers/http/test_site.h"
#include "servers/http/websocket.h"

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
  using namespace candela::servers::http;
  static testing::World world;
  static Site site(world.context, StaticFiles(), Limits());
  world.events.taken.clear();

  if (size == 0) return 0;
  const std::size_t piece = data[0] + std::size_t{1};
  std::string_view bytes(reinterpret_cast<const char*>(data) + 1, size - 1);
  const Peer peer{1, "127.0.0.1", {candela::Role::control, {}}};
  WebSocket socket;
  while (!bytes.empty() && !socket.finished()) {
    for (const std::string& message : socket.receive(bytes.substr(0, piece))) {
      if (message.size() > WebSocket::kMaxMessage) __builtin_trap();
      const std::string answer = site.api.hear(read_live_request(message), peer);
      if (!answer.empty()) socket.send(answer);
    }
    socket.take_output();
    bytes.remove_prefix(std::min(piece, bytes.size()));
  }
  site.let_go(1);
  return 0;
}
