#include "servers/mqtt/outbox.h"

#include <gtest/gtest.h>

#include <algorithm>

#include "servers/mqtt/backoff.h"
#include "servers/mqtt/packet_limit.h"

namespace candela::servers::mqtt {
namespace {

using std::chrono::milliseconds;
using std::chrono::seconds;

constexpr Object kLamp{Kind::zone, 4};
constexpr Object kOther{Kind::zone, 5};

class OutboxTest : public ::testing::Test {
 protected:
  /// All that the broker is given now, as "topic=payload".
  std::string sent() {
    std::string all;
    while (const auto message = outbox_.next(now_)) all += message->topic + "=" + message->payload + " ";
    return all;
  }

  MonoTime now_{std::chrono::hours(1)};
  std::map<Object, std::string> states_{{kLamp, "40"}, {kOther, "0"}};
  Outbox outbox_{[this](Object object, std::vector<Message>& into) {
    into.push_back({"z" + std::to_string(object.number), states_[object]});
  }};
};

TEST_F(OutboxTest, TellsTheNewestOfAState) {
  outbox_.touch(kLamp, now_);
  outbox_.touch(kOther, now_);
  states_[kLamp] = "60";
  outbox_.touch(kLamp, now_);
  EXPECT_EQ(sent(), "z4=60 z5=0 ");
  EXPECT_EQ(sent(), "");
}

TEST_F(OutboxTest, TellsNothingTwice) {
  outbox_.touch(kLamp, now_);
  EXPECT_EQ(sent(), "z4=40 ");
  now_ += seconds(1);
  outbox_.touch(kLamp, now_);
  EXPECT_EQ(sent(), "");
}

TEST_F(OutboxTest, TellsWhatChangesFastAtIntervals) {
  outbox_.touch(kLamp, now_);
  EXPECT_EQ(sent(), "z4=40 ");
  for (int level = 50; level < 60; ++level) {
    now_ += milliseconds(5);
    states_[kLamp] = std::to_string(level);
    outbox_.touch(kLamp, now_);
    EXPECT_EQ(sent(), "");
  }
  EXPECT_EQ(outbox_.next_due(), now_ + milliseconds(50));
  now_ += milliseconds(50);
  EXPECT_EQ(sent(), "z4=59 ");
  EXPECT_EQ(outbox_.next_due(), std::nullopt);
}

TEST_F(OutboxTest, TellsWhatHappenedFirst) {
  outbox_.touch(kLamp, now_);
  outbox_.tell({{"d", "x"}});
  outbox_.happened({"b", "press", false}, now_);
  outbox_.happened({"b", "press", false}, now_);
  EXPECT_EQ(sent(), "b=press b=press d=x z4=40 ");
}

TEST_F(OutboxTest, ForgetsWhatHappenedLongAgo) {
  outbox_.happened({"b", "press", false}, now_);
  now_ += Outbox::kLatest + milliseconds(1);
  outbox_.happened({"b", "release", false}, now_);
  EXPECT_EQ(sent(), "b=release ");
  EXPECT_EQ(outbox_.take_dropped(), 1U);
  for (std::size_t i = 0; i < Outbox::kMostHappenings + 3; ++i) outbox_.happened({"b", "press", false}, now_);
  EXPECT_EQ(outbox_.take_dropped(), 3U);
  EXPECT_EQ(outbox_.take_dropped(), 0U);
}

TEST_F(OutboxTest, KnowsWhatTheBrokerHas) {
  outbox_.tell({{"ha/a", "1"}, {"ha/b", "2"}});
  outbox_.touch(kLamp, now_);
  sent();
  auto topics = outbox_.told_topics();
  std::sort(topics.begin(), topics.end());
  EXPECT_EQ(topics, (std::vector<std::string>{"ha/a", "ha/b", "z4"}));
  outbox_.tell({{"ha/a", "1"}, {"ha/b", ""}, {"ha/c", ""}});
  EXPECT_EQ(sent(), "ha/b= ha/c= ");
  outbox_.tell_again("ha/");
  outbox_.tell({{"ha/a", "1"}});
  EXPECT_EQ(sent(), "ha/a=1 ");
  outbox_.tell({{"ha/d", "1"}});
  outbox_.clear();
  outbox_.touch(kLamp, now_);
  EXPECT_EQ(sent(), "z4=40 ");
}

TEST(Backoff, WaitsLongerEachTimeAndNeverTooLong) {
  Backoff backoff(7);
  Duration most = Backoff::kFirst;
  for (int i = 0; i < 10; ++i) {
    const Duration wait = backoff.next();
    EXPECT_LE(wait, most);
    EXPECT_GE(wait, most / 2);
    most = std::min(most * 2, Backoff::kLongest);
  }
  EXPECT_EQ(most, Backoff::kLongest);
  backoff.reset();
  EXPECT_LE(backoff.next(), Backoff::kFirst);
  EXPECT_NE(Backoff(1).next(), Backoff(999'999).next());
}

bool allows(PacketLimit& limit, std::vector<std::uint8_t> bytes) { return limit.allows(bytes); }

TEST(PacketLimit, LetsPacketsThroughThatAreNotTooLong) {
  PacketLimit limit(200);
  EXPECT_TRUE(allows(limit, {0x20, 0x03, 0, 0, 0, 0xD0, 0x00, 0x30, 0xC8, 0x01}));
  EXPECT_TRUE(allows(limit, std::vector<std::uint8_t>(200, 0xFF))) << "the body of 200 bytes";
  EXPECT_TRUE(allows(limit, {0x30}));
  EXPECT_FALSE(allows(limit, {0xC9, 0x01})) << "201";
}

TEST(PacketLimit, KnowsWhatIsNoLength) {
  PacketLimit limit(std::size_t{1} << 30U);
  EXPECT_TRUE(allows(limit, {0x30, 0xFF, 0xFF, 0xFF, 0x7F}));
  PacketLimit other(std::size_t{1} << 30U);
  EXPECT_FALSE(allows(other, {0x30, 0xFF, 0xFF, 0xFF, 0xFF}));
}

}  // namespace
}  // namespace candela::servers::mqtt
