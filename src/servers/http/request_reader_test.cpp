#include "servers/http/request_reader.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

namespace candela::servers::http {
namespace {

using ::testing::HasSubstr;
using Progress = RequestReader::Progress;

constexpr std::string_view kPost =
    "POST /api/zones/a/level?x=1 HTTP/1.1\r\nHost: localhost:80\r\nContent-Type: application/json\r\n"
    "Content-Length: 12\r\n\r\n{\"level\":40}";

TEST(RequestReader, ReadsARequestByteByByte) {
  RequestReader reader;
  std::string unread;
  Progress progress = Progress::need_more;
  for (const char byte : kPost) {
    ASSERT_EQ(progress, Progress::need_more);
    unread += byte;
    std::size_t used = 0;
    progress = reader.feed(unread, used);
    unread.erase(0, used);
  }
  ASSERT_EQ(progress, Progress::complete);
  const Request request = reader.request();
  EXPECT_EQ(request.method, "POST");
  EXPECT_EQ(request.path, "/api/zones/a/level");
  EXPECT_EQ(request.host, "localhost:80");
  EXPECT_EQ(request.content_type, "application/json");
  EXPECT_EQ(request.body, "{\"level\":40}");
  EXPECT_TRUE(request.keep_alive);
  EXPECT_FALSE(request.has_origin);
}

TEST(RequestReader, LeavesTheNextRequestUnread) {
  RequestReader reader;
  std::string two(kPost);
  two += "GET / HTTP/1.1\r\n";
  std::size_t used = 0;
  EXPECT_EQ(reader.feed(two, used), Progress::complete);
  EXPECT_EQ(used, kPost.size());
}

TEST(RequestReader, TakesAHeaderThatIsSaidTwiceForNone) {
  RequestReader reader;
  std::size_t used = 0;
  reader.feed("GET / HTTP/1.1\r\nHost: localhost:1\r\nHost: evil\r\nOrigin: a\r\nOrigin: b\r\n\r\n", used);
  EXPECT_EQ(reader.request().host, "");
  EXPECT_TRUE(reader.request().has_origin);
  EXPECT_EQ(reader.request().origin, "");
}

TEST(RequestReader, KnowsAnUpgradeToWebSocket) {
  constexpr std::string_view kUpgrade =
      "GET /api/live HTTP/1.1\r\nHost: localhost:1\r\nConnection: keep-alive, Upgrade\r\nUpgrade: websocket\r\n"
      "Sec-WebSocket-Version: 13\r\nSec-WebSocket-Key: dGhlIHNhbXBsZSBub25jZQ==\r\n\r\n";
  RequestReader reader;
  std::size_t used = 0;
  ASSERT_EQ(reader.feed(kUpgrade, used), Progress::complete);
  EXPECT_EQ(reader.request().websocket_key, "dGhlIHNhbXBsZSBub25jZQ==");

  std::string old(kUpgrade);
  old.replace(old.find("13"), 2, "08");
  RequestReader other;
  other.feed(old, used);
  EXPECT_EQ(other.request().websocket_key, "");
}

struct Bad {
  std::string bytes;
  int status;
};
class BadRequests : public ::testing::TestWithParam<Bad> {};

TEST_P(BadRequests, AreRefusedWithAReason) {
  RequestReader reader;
  std::size_t used = 0;
  EXPECT_EQ(reader.feed(GetParam().bytes, used), Progress::failed);
  const Response response = reader.failure();
  EXPECT_EQ(response.status, GetParam().status);
  EXPECT_THAT(response.body, HasSubstr("detail"));
}

INSTANTIATE_TEST_SUITE_P(
    RequestReader, BadRequests,
    ::testing::Values(Bad{"hello\r\n\r\n", 400}, Bad{"GET / HTTP/1.1\nHost: a\n\n", 400},
                      Bad{std::string("GET /\0 HTTP/1.1\r\n\r\n", 19), 400},
                      Bad{"POST / HTTP/1.1\r\nContent-Length: -1\r\n\r\n", 400},
                      Bad{"POST / HTTP/1.1\r\nContent-Length: 5\r\nTransfer-Encoding: chunked\r\n\r\n", 400},
                      Bad{"GET / HTTP/1.1\r\nA: " + std::string(RequestReader::kMaxHeader, 'a') + "\r\n\r\n", 431},
                      Bad{"POST / HTTP/1.1\r\nContent-Length: 16385\r\n\r\n", 413}));

}  // namespace
}  // namespace candela::servers::http
