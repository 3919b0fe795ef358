#include "servers/mqtt/broker_address.h"

#include <gtest/gtest.h>

#include "servers/mqtt/topics.h"

namespace candela::servers::mqtt {
namespace {

std::string read(std::string_view text, bool plain_allowed = false) {
  const auto address = read_broker_address(text, plain_allowed);
  return address ? address->text() : "refused: " + address.error().message.substr(0, 20);
}

TEST(BrokerAddress, HasAHostAndUsuallyAPort) {
  EXPECT_EQ(read("mqtts://broker.example"), "mqtts://broker.example:8883");
  EXPECT_EQ(read("mqtts://broker.example:9000/"), "mqtts://broker.example:9000");
  EXPECT_EQ(read("mqtts://192.0.2.7"), "mqtts://192.0.2.7:8883");
  EXPECT_EQ(read("mqtts://[2001:db8::7]:1"), "mqtts://[2001:db8::7]:1");
  EXPECT_EQ(read("mqtt://localhost"), "mqtt://localhost:1883");
}

TEST(BrokerAddress, WithoutEncryptionIsForThisMachine) {
  EXPECT_EQ(read("mqtt://127.0.0.9:5"), "mqtt://127.0.0.9:5");
  EXPECT_EQ(read("mqtt://[::1]"), "mqtt://[::1]:1883");
  EXPECT_EQ(read("mqtt://broker.example"), "refused: mqtt:// is not encry");
  EXPECT_EQ(read("mqtt://192.0.2.7"), "refused: mqtt:// is not encry");
  EXPECT_EQ(read("mqtt://192.0.2.7", true), "mqtt://192.0.2.7:1883");
}

TEST(BrokerAddress, NothingElseIsOne) {
  for (const char* text : {"", "broker.example", "http://broker.example", "mqtts://", "mqtts://:1", "mqtts://a:0",
                           "mqtts://a:65536", "mqtts://a:b", "mqtts://a:1:2", "mqtts://a b", "mqtts://user@a",
                           "mqtts://a/b", "mqtts://[::1", "mqtts://[a]", "mqtts://[::1]x"}) {
    EXPECT_EQ(read(text), "refused: a broker is written ") << text;
  }
}

TEST(Prefix, IsWordsWithSlashesBetween) {
  for (const char* text : {"candela", "home/lights", "a-b_c.d"}) EXPECT_TRUE(check_prefix(text)) << text;
  for (const char* text : {"", "/", "/a", "a/", "a//b", "a/+", "#", "$SYS", "a b", "ä"}) {
    EXPECT_FALSE(check_prefix(text)) << text;
  }
  EXPECT_FALSE(check_prefix(std::string(129, 'a')));
}

}  // namespace
}  // namespace candela::servers::mqtt
