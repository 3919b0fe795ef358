#include "servers/http/websocket.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

namespace candela::servers::http {
namespace {

using ::testing::ElementsAre;
using ::testing::IsEmpty;

/// A frame as clients send them: masked, here with zeros.
std::string frame(unsigned char first, const std::string& payload) {
  std::string bytes{static_cast<char>(first)};
  if (payload.size() < 126) {
    bytes += static_cast<char>(0x80U | payload.size());
  } else {
    bytes += static_cast<char>(0x80U | 126U);
    bytes += static_cast<char>(payload.size() >> 8U);
    bytes += static_cast<char>(payload.size() & 0xFFU);
  }
  return bytes + std::string(4, '\0') + payload;
}

TEST(WebSocket, AnswersTheKeyOfTheStandard) {
  EXPECT_EQ(WebSocket::accept_key("dGhlIHNhbXBsZSBub25jZQ=="), "s3pPLMBiTxaQ9kYGzzhZRbK+xOo=");  // RFC 6455 §1.3
}

TEST(WebSocket, JoinsFragmentsThatArriveByteByByte) {
  WebSocket socket;
  const std::string bytes = frame(0x01, "hel") + frame(0x80, "lo") + frame(0x81, "again");
  std::vector<std::string> messages;
  for (const char byte : bytes) {
    for (auto& message : socket.receive({&byte, 1})) messages.push_back(std::move(message));
  }
  EXPECT_THAT(messages, ElementsAre("hello", "again"));
  EXPECT_FALSE(socket.finished());
}

TEST(WebSocket, SendsText) {
  WebSocket socket;
  socket.send("hi");
  EXPECT_EQ(socket.take_output(), "\x81\x02hi");
  EXPECT_EQ(socket.take_output(), "");
}

TEST(WebSocket, AnswersPings) {
  WebSocket socket;
  EXPECT_THAT(socket.receive(frame(0x89, "x")), IsEmpty());
  EXPECT_EQ(socket.take_output(), "\x8A\x01x");
}

TEST(WebSocket, AnswersAClose) {
  WebSocket socket;
  socket.receive(frame(0x88, "\x03\xE8"));
  EXPECT_EQ(socket.take_output(), "\x88\x02\x03\xE8");
  EXPECT_TRUE(socket.finished());
}

TEST(WebSocket, ClosesWithAReason) {
  WebSocket socket;
  socket.close(WebSocket::Close::try_again_later, "slow");
  EXPECT_EQ(socket.take_output(), "\x88\x06\x03\xF5slow");
  EXPECT_FALSE(socket.finished());
  socket.receive(frame(0x88, "\x03\xF5"));
  EXPECT_TRUE(socket.finished());
}

struct Wrong {
  std::string bytes;
  unsigned code;
};
class WrongFrames : public ::testing::TestWithParam<Wrong> {};

TEST_P(WrongFrames, EndTheConnectionWithTheRightCode) {
  WebSocket socket;
  EXPECT_THAT(socket.receive(GetParam().bytes), IsEmpty());
  const std::string output = socket.take_output();
  ASSERT_GE(output.size(), 4);
  EXPECT_EQ(static_cast<unsigned char>(output[0]), 0x88);
  EXPECT_EQ(static_cast<unsigned char>(output[2]) << 8U | static_cast<unsigned char>(output[3]), GetParam().code);
}

INSTANTIATE_TEST_SUITE_P(WebSocket, WrongFrames,
                         ::testing::Values(Wrong{"\x81\x02hi", 1002},             // not masked
                                           Wrong{frame(0xC1, "hi"), 1002},        // a reserved bit
                                           Wrong{frame(0x83, "hi"), 1002},        // an unknown opcode
                                           Wrong{frame(0x81, "\xC3\x28"), 1007},  // no UTF-8
                                           Wrong{frame(0x82, "hi"), 1003},        // binary
                                           Wrong{frame(0x81, std::string(WebSocket::kMaxMessage + 1, 'a')), 1009}));

}  // namespace
}  // namespace candela::servers::http
