#include "protocols/qs/outbox.h"

#include <gtest/gtest.h>
#include <rapidcheck/gtest.h>

#include <set>

namespace candela::qs {
namespace {

using namespace std::chrono_literals;

constexpr MonoTime kStart{};

Outbox outbox(Outbox::Settings settings, std::size_t items = 8) {
  Outbox box(settings);
  box.reset(items);
  return box;
}

TEST(QsOutbox, TellsInTheOrderOfPuttingAndOnceEach) {
  Outbox box = outbox({});
  for (const Outbox::Index item : {3u, 1u, 3u, 2u}) box.put(item);
  EXPECT_EQ(box.take(kStart)->item, 3u);
  EXPECT_EQ(box.take(kStart)->item, 1u);
  EXPECT_EQ(box.take(kStart)->item, 2u);
  EXPECT_FALSE(box.take(kStart));
}

TEST(QsOutbox, AnAcknowledgedItemIsSettled) {
  Outbox box = outbox({});
  box.put(5);
  const auto letter = box.take(kStart);
  EXPECT_TRUE(box.is_open(5));
  EXPECT_EQ(box.acknowledge(letter->sequence), 5u);
  EXPECT_FALSE(box.is_open(5));
  EXPECT_FALSE(box.acknowledge(letter->sequence));
  EXPECT_FALSE(box.next_expiry());
}

TEST(QsOutbox, TheAckOfAnOlderMessageDoesNotSettleANewerOne) {
  Outbox box = outbox({});
  box.put(5);
  const auto older = box.take(kStart);
  box.put(5);
  const auto newer = box.take(kStart);
  ASSERT_TRUE(newer);
  EXPECT_FALSE(box.acknowledge(older->sequence));
  EXPECT_TRUE(box.is_open(5));
  EXPECT_EQ(box.acknowledge(newer->sequence), 5u);
}

TEST(QsOutbox, RepeatsABoundedNumberOfTimes) {
  Outbox box = outbox({.ack_timeout = 100ms, .attempts = 3});
  box.put(0);
  MonoTime now = kStart;
  int told = 0;
  while (box.take(now)) {
    ++told;
    box.expire(now + 99ms);
    EXPECT_FALSE(box.take(now + 99ms));
    now += 100ms;
    EXPECT_EQ(box.next_expiry(), now);
    box.expire(now);
  }
  EXPECT_EQ(told, 3);
  EXPECT_TRUE(box.has_failed(0));
  EXPECT_TRUE(box.is_open(0));
  box.put(0);
  EXPECT_TRUE(box.take(now));
}

TEST(QsOutbox, ACancelledItemIsNotTold) {
  Outbox box = outbox({});
  box.put(1);
  box.cancel(1);
  EXPECT_FALSE(box.take(kStart));
  box.put(1);
  EXPECT_TRUE(box.take(kStart));
  box.cancel(1);
  box.expire(kStart + 1h);
  EXPECT_FALSE(box.take(kStart + 1h));
}

TEST(QsOutbox, TheWindowHoldsBackTheRest) {
  Outbox box = outbox({.window = 1});
  box.put(0);
  box.put(1);
  const auto first = box.take(kStart);
  EXPECT_FALSE(box.take(kStart));
  box.acknowledge(first->sequence);
  EXPECT_EQ(box.take(kStart)->item, 1u);
}

TEST(QsOutbox, NumbersAreNeverZero) {
  Outbox box = outbox({});
  for (int i = 0; i < 600; ++i) EXPECT_NE(box.next_sequence(), 0);
}

RC_GTEST_PROP(QsOutbox, WhateverHappensEverythingIsToldInTheEnd, (const std::vector<std::uint8_t>& steps)) {
  constexpr std::size_t kItems = 8;
  Outbox box = outbox({.window = 4, .ack_timeout = 100ms, .attempts = 2}, kItems);
  MonoTime now = kStart;
  std::vector<std::uint8_t> sent;
  for (const std::uint8_t step : steps) {
    const Outbox::Index item = step % kItems;
    switch (step / kItems % 4) {
      case 0: box.put(item); break;
      case 1:
        if (const auto letter = box.take(now)) sent.push_back(letter->sequence);
        break;
      case 2:
        if (!sent.empty()) box.acknowledge(sent[step % sent.size()]);
        break;
      default: now += 30ms; box.expire(now);
    }
  }
  std::set<Outbox::Index> open;
  for (Outbox::Index item = 0; item < kItems; ++item) {
    if (box.has_failed(item)) box.put(item);
    if (box.is_open(item)) open.insert(item);
  }
  for (int round = 0; round < 200 && !open.empty(); ++round) {
    if (const auto letter = box.take(now)) {
      if (const auto item = box.acknowledge(letter->sequence)) open.erase(*item);
    } else {
      now += 100ms;
      box.expire(now);
      // Told before the end of the steps and given up since: that is told too.
      std::erase_if(open, [&](Outbox::Index item) { return box.has_failed(item); });
    }
  }
  RC_ASSERT(open.empty());
}

}  // namespace
}  // namespace candela::qs
