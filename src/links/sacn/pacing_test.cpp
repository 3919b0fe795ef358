#include "links/sacn/pacing.h"

#include <gtest/gtest.h>

#include <vector>

namespace candela::links {
namespace {

using namespace std::chrono_literals;

/// When packets go out within the first second, by a sender that is exactly on time.
std::vector<Duration> sent_until(Pacing& pacing, Duration end, MonoTime begin = MonoTime{}) {
  std::vector<Duration> times;
  MonoTime now = begin;
  while (now < begin + end) {
    times.push_back(now - begin);
    pacing.sent(now, false, false);
    now = pacing.next();
  }
  return times;
}

TEST(Pacing, TheFirstPacketIsDueAtOnce) { EXPECT_LE(Pacing{}.next(), MonoTime{}); }

TEST(Pacing, StandingValuesAreSentThreeTimesThenEvery800Milliseconds) {
  Pacing pacing;
  const Duration f = Pacing::kFrame;
  EXPECT_EQ(sent_until(pacing, 2s), (std::vector<Duration>{0ms, f, 2 * f, 2 * f + 800ms, 2 * f + 1600ms}));
}

TEST(Pacing, AChangeDuringTheStillGoesOutAtOnce) {
  Pacing pacing;
  sent_until(pacing, 1s);
  const MonoTime change = MonoTime{} + 1s;  // the last packet was sent 800 ms after the third copy
  pacing.hurry();
  EXPECT_LE(pacing.next(), change);
}

TEST(Pacing, AChangeRightAfterAPacketWaitsForTheFrame) {
  Pacing pacing;
  pacing.sent(MonoTime{}, true, false);
  pacing.hurry();
  EXPECT_EQ(pacing.next(), MonoTime{} + Pacing::kFrame);
}

TEST(Pacing, AMovingUniverseKeepsTheFullRateHoweverLong) {
  Pacing pacing;
  MonoTime now{};
  for (int frame = 0; frame < 1000; ++frame) {
    pacing.sent(now, frame % 10 == 0, true);
    ASSERT_EQ(pacing.next(), now + Pacing::kFrame);
    now = pacing.next();
  }
}

TEST(Pacing, TheEndOfAFadeIsSentThreeTimes) {
  Pacing pacing;
  pacing.sent(MonoTime{}, true, true);
  MonoTime now = pacing.next();
  pacing.sent(now, true, false);  // the end value
  for (int copy = 2; copy <= 3; ++copy) {
    ASSERT_EQ(pacing.next(), now + Pacing::kFrame);
    now = pacing.next();
    pacing.sent(now, false, false);
  }
  EXPECT_EQ(pacing.next(), now + Pacing::kKeepAlive);
}

/// What a receiver does with sequence numbers, section 6.7.2.
class Receiver {
 public:
  explicit Receiver(int last) : last_(static_cast<std::uint8_t>(last)) {}
  bool accepts(std::uint8_t number) {
    const auto difference = static_cast<std::int8_t>(number - last_);
    if (difference <= 0 && difference > -20) return false;
    last_ = number;
    return true;
  }

 private:
  std::uint8_t last_;
};

TEST(Sequence, WhereverTheOldStreamStoppedAtMostTheFirstPacketIsDropped) {
  for (int last = 0; last < 256; ++last) {
    Receiver receiver(last);
    Sequence sequence;
    receiver.accepts(sequence.next());
    for (int i = 0; i < 600; ++i)
      ASSERT_TRUE(receiver.accepts(sequence.next())) << "after " << last << ", packet " << i;
  }
}

TEST(Sequence, CountsByOneAfterTheStart) {
  Sequence sequence;
  sequence.next();
  std::uint8_t last = sequence.next();
  for (int i = 0; i < 600; ++i) {
    const std::uint8_t number = sequence.next();
    ASSERT_EQ(number, static_cast<std::uint8_t>(last + 1));
    last = number;
  }
}

}  // namespace
}  // namespace candela::links
