#include "servers/mqtt/mqtt_session.h"

#include <gtest/gtest.h>

#include <cstdlib>
#include <filesystem>
#include <fstream>

namespace candela::servers::mqtt {
namespace {

namespace fs = std::filesystem;
using Bytes = std::vector<std::uint8_t>;

/// A session with a broker that the test plays, byte by byte (MQTT 5.0).
class MqttSessionTest : public ::testing::Test {
 protected:
  MqttSessionTest() {
    std::string name = (fs::temp_directory_path() / "candela-mqtt-XXXXXX").string();
    folder_ = ::mkdtemp(name.data());
    auto opened = MqttSession::open({"candela-1", "me", "secret", "candela/status", "offline"}, folder_ / "mqtt.sock");
    if (opened) session_ = std::move(*opened);
  }
  ~MqttSessionTest() override { fs::remove_all(folder_); }

  void accept() {
    session_->take_output();
    const auto told = session_->receive(Bytes{0x20, 0x03, 0x00, 0x00, 0x00});
    ASSERT_TRUE(told);
    ASSERT_EQ(told->size(), 1U);
    EXPECT_TRUE(std::holds_alternative<MqttSession::Accepted>(told->front()));
  }
  static Bytes publish(std::string_view topic, std::string_view payload, bool retained = false) {
    Bytes bytes{static_cast<std::uint8_t>(retained ? 0x31 : 0x30),
                static_cast<std::uint8_t>(3 + topic.size() + payload.size()), 0,
                static_cast<std::uint8_t>(topic.size())};
    bytes.insert(bytes.end(), topic.begin(), topic.end());
    bytes.push_back(0);
    bytes.insert(bytes.end(), payload.begin(), payload.end());
    return bytes;
  }
  std::string refusal(const Bytes& bytes) {
    const auto told = session_->receive(bytes);
    return told ? "" : told.error().message;
  }

  fs::path folder_;
  std::unique_ptr<MqttSession> session_;
};

TEST_F(MqttSessionTest, BeginsWithItsLoginAndItsWill) {
  ASSERT_NE(session_, nullptr);
  const std::string output = session_->take_output();
  ASSERT_GE(output.size(), 10U);
  EXPECT_EQ(output[0], 0x10);
  for (const char* part : {"MQTT\x05", "candela-1", "candela/status", "offline", "me", "secret"}) {
    EXPECT_NE(output.find(part), std::string::npos) << part;
  }
  EXPECT_TRUE(fs::is_empty(folder_)) << "nothing is left of the socket";
}

TEST_F(MqttSessionTest, HearsMessages) {
  accept();
  Bytes two = publish("candela/a", "1");
  const Bytes second = publish("candela/b", "", true);
  two.insert(two.end(), second.begin(), second.end());
  std::vector<Message> heard;
  for (const std::uint8_t byte : two) {  // in the smallest pieces
    const auto told = session_->receive(Bytes{byte});
    ASSERT_TRUE(told);
    for (const auto& it : *told) heard.push_back(std::get<Message>(it));
  }
  EXPECT_EQ(heard, (std::vector<Message>{{"candela/a", "1", false}, {"candela/b", "", true}}));
}

TEST_F(MqttSessionTest, SaysMessages) {
  accept();
  EXPECT_TRUE(session_->publish({"candela/a", "40", true}));
  EXPECT_EQ(session_->waiting(), 16U);
  EXPECT_EQ(session_->take_output(), std::string("\x31\x0E\0\x09"
                                                 "candela/a\0"
                                                 "40",
                                                 16));
  EXPECT_FALSE(session_->publish({"candela/+", "40", true}));
  EXPECT_TRUE(session_->publish({"candela/a", std::string(300'000, 'x'), true}));
  EXPECT_GT(session_->take_output().size(), 300'000U);
}

TEST_F(MqttSessionTest, SaysWhatItMayNotListenTo) {
  accept();
  session_->subscribe("candela/#", MqttSession::Past::none);
  const std::string asked = session_->take_output();
  const auto number = static_cast<std::uint8_t>(asked[3]);
  const auto told = session_->receive(Bytes{0x90, 0x04, 0x00, number, 0x00, 0x87});
  ASSERT_TRUE(told);
  ASSERT_EQ(told->size(), 1U);
  EXPECT_EQ(std::get<MqttSession::NotSubscribed>(told->front()).filter, "candela/#");
  EXPECT_EQ(std::get<MqttSession::NotSubscribed>(told->front()).why, "Not authorized");
}

TEST_F(MqttSessionTest, SaysWhyItIsRefused) {
  EXPECT_EQ(refusal({0x20, 0x03, 0x00, 0x87, 0x00}), "the broker refuses us: Not authorized");
}

TEST_F(MqttSessionTest, SaysThatTheBrokerIsTooOld) {
  EXPECT_EQ(refusal({0x20, 0x02, 0x00, 0x01}), "the broker refuses us: it does not know MQTT 5");
}

TEST_F(MqttSessionTest, EndsWhenTheBrokerSaysSo) {
  accept();
  EXPECT_NE(refusal({0xE0, 0x02, 0x8E, 0x00}), "");
}

TEST_F(MqttSessionTest, EndsWithABrokerThatTalksNonsense) {
  accept();
  EXPECT_NE(refusal({0x00, 0x00}), "");
}

TEST_F(MqttSessionTest, EndsWithABrokerThatTalksTooMuch) {
  accept();
  EXPECT_EQ(refusal({0x30, 0xFF, 0xFF, 0xFF, 0x7F}), "the broker sent a packet that is too long");
}

TEST(MqttSession, NeedsAPlaceForItsSocket) {
  EXPECT_FALSE(MqttSession::open({"a", "", "", "t", "w"}, "/" + std::string(200, 'x')));
  EXPECT_FALSE(MqttSession::open({"a", "", "", "t", "w"}, "/nowhere/at/all"));
}

}  // namespace
}  // namespace candela::servers::mqtt
