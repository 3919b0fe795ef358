#include "servers/http/request_reader.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include "servers/http/test_site.h"

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

TEST(RequestReader, AsksBeforeItTakesALongBody) {
  const std::string head =
      "POST /api/project/transfer HTTP/1.1\r\nExpect: 100-continue\r\nContent-Length: 20000\r\n\r\n";
  const std::string body(20000, 'x');
  std::size_t used = 0;
  RequestReader refused;
  EXPECT_EQ(refused.feed(head + body, used), Progress::long_body);
  EXPECT_EQ(used, head.size());
  EXPECT_EQ(refused.request().path, "/api/project/transfer");
  EXPECT_TRUE(refused.request().expects_continue);
  EXPECT_EQ(refused.request().body, "");
  EXPECT_EQ(refused.feed(body, used), Progress::failed);
  EXPECT_EQ(refused.failure().status, 413);

  RequestReader taken;
  ASSERT_EQ(taken.feed(head, used), Progress::long_body);
  taken.allow_long_body();
  EXPECT_EQ(taken.feed({}, used), Progress::need_more);
  ASSERT_EQ(taken.feed(body, used), Progress::complete);
  EXPECT_EQ(taken.request().body, body);
}

TEST(RequestReader, BoundsHeadersThatComeInPieces) {
  RequestReader reader;
  std::size_t used = 0;
  std::string unread = "GET / HTTP/1.1\r\n";
  auto progress = Progress::need_more;
  for (std::size_t sent = 0; sent < RequestReader::kMaxHeader + 100 && progress == Progress::need_more; sent += 6) {
    progress = reader.feed(unread, used);
    unread.erase(0, used);
    unread += "A: b\r\n";
  }
  ASSERT_EQ(progress, Progress::failed);
  EXPECT_EQ(reader.failure().status, 431);
}

TEST(RequestReader, TellsTheTokenAndTheQuery) {
  const Request request =
      testing::parsed("GET /api/history?zone=a&limit=2 HTTP/1.1\r\nAuthorization: Bearer x\r\n\r\n");
  EXPECT_EQ(request.path, "/api/history");
  EXPECT_EQ(request.query, "zone=a&limit=2");
  EXPECT_EQ(request.authorization, "Bearer x");
  const Request twice = testing::parsed("GET / HTTP/1.1\r\nAuthorization: Bearer x\r\nAuthorization: Bearer y\r\n\r\n");
  EXPECT_TRUE(twice.has_authorization);
  EXPECT_EQ(twice.authorization, "") << "what is said twice is not to be relied on";
}

TEST(RequestReader, UpgradesNothingThatHasABody) {
  const std::string upgrade =
      "GET /api/live HTTP/1.1\r\nConnection: Upgrade\r\nUpgrade: websocket\r\nSec-WebSocket-Version: 13\r\n"
      "Sec-WebSocket-Key: dGhlIHNhbXBsZSBub25jZQ==\r\n";
  EXPECT_NE(testing::parsed(upgrade + "\r\n").websocket_key, "");
  EXPECT_EQ(testing::parsed(upgrade + "Content-Length: 2\r\n\r\nhi").websocket_key, "");
  EXPECT_EQ(testing::parsed(upgrade + "Transfer-Encoding: chunked\r\n\r\n0\r\n\r\n").websocket_key, "");
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
                      Bad{"POST / HTTP/1.1\r\nContent-Length: 50331649\r\n\r\n", 413},
                      Bad{"POST / HTTP/1.1\r\nTransfer-Encoding: chunked\r\n\r\n4001\r\n" + std::string(100, 'a'), 413},
                      Bad{"POST / HTTP/1.1\r\nContent-Length: 5\r\nContent-Length: 6\r\n\r\n", 400}));

}  // namespace
}  // namespace candela::servers::http
