// Any bytes over a connection: they are read as requests, and each is answered with a well-formed response.

#include <cstdint>
#include <cstdlib>
#include <string>
#include <string_view>

#include "servers/http/test_site.h"

namespace {

using namespace candela::servers::http;

Site& site() {
  static testing::World world;
  static testing::PageFolder page;
  static Site the_site(world.context, *StaticFiles::load(page.path()), Limits());
  the_site.port = 80;
  world.events.taken.clear();
  return the_site;
}

void expect(bool so) {
  if (!so) std::abort();
}

void answer(const Request& request) {
  Peer peer{1, "127.0.0.1", {}};
  const Response response = testing::answer(site(), request, peer);
  expect(response.status >= 200 && response.status < 600);
  expect(header_text(response, request.keep_alive).ends_with("\r\n\r\n"));
  if (response.status >= 400) expect(response.content_type == "application/problem+json");
}

}  // namespace

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
  std::string_view bytes(reinterpret_cast<const char*>(data), size);
  for (;;) {
    RequestReader reader;
    std::size_t used = 0;
    const auto progress = reader.feed(bytes, used);
    expect(used <= bytes.size());
    if (progress == RequestReader::Progress::long_body) {
      // As a connection does for whoever may not: the next look says that it is too long.
      bytes.remove_prefix(used);
      expect(reader.feed(bytes, used) == RequestReader::Progress::failed);
    }
    if (progress == RequestReader::Progress::need_more) break;
    if (progress == RequestReader::Progress::failed) {
      expect(reader.failure().status >= 400);
      break;
    }
    answer(reader.request());
    bytes.remove_prefix(used);
  }
  site().let_go(1);
  return 0;
}
