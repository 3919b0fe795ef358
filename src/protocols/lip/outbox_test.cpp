#include "protocols/lip/outbox.h"

#include <gtest/gtest.h>

#include "base/clock.h"

namespace candela::lip {
namespace {

using std::chrono::microseconds;
using std::chrono::milliseconds;

class OutboxTest : public testing::Test {
 protected:
  /// What is written now; "-" when nothing is.
  std::string taken() {
    const auto bytes = box_.take(clock_.now().mono);
    return bytes ? *bytes : "-";
  }
  bool waits() const { return box_.due() && *box_.due() > clock_.now().mono; }

  ManualClock clock_;
  Outbox box_;
};

TEST_F(OutboxTest, APromptIsASegmentOfItsOwn) {
  box_.answer("~MONITORING,5,1\r\n");
  box_.prompt("QNET> ");
  EXPECT_EQ(taken(), "~MONITORING,5,1\r\n");
  EXPECT_EQ(taken(), "-");
  EXPECT_EQ(*box_.due() - clock_.now().mono, Outbox::kGap);
  clock_.advance(Outbox::kGap - microseconds(1));
  EXPECT_EQ(taken(), "-");
  clock_.advance(microseconds(1));
  EXPECT_EQ(taken(), "QNET> ");
  EXPECT_EQ(box_.due(), std::nullopt);
}

TEST_F(OutboxTest, APromptAloneGoesAtOnce) {
  box_.prompt("QNET> ");
  EXPECT_EQ(taken(), "QNET> ");
  box_.prompt("QNET> ");
  EXPECT_EQ(taken(), "QNET> ") << "the answer to an empty line";
}

TEST_F(OutboxTest, EachPromptFollowsItsAnswer) {
  for (const char* answer : {"1\r\n", "2\r\n", "3\r\n"}) {
    box_.answer(answer);
    box_.prompt("> ");
  }
  EXPECT_EQ(box_.size(), 15U);
  for (const char* segment : {"1\r\n", "> ", "2\r\n", "> ", "3\r\n", "> "}) {
    EXPECT_EQ(taken(), segment);
    EXPECT_EQ(taken(), "-");
    clock_.advance(Outbox::kGap);
  }
  EXPECT_EQ(box_.size(), 0U);
}

TEST_F(OutboxTest, DroppedPromptsLeaveTheTextTogether) {
  for (const char* answer : {"1\r\n", "2\r\n"}) {
    box_.answer(answer);
    box_.prompt("> ");
  }
  box_.drop_prompts();
  EXPECT_EQ(box_.size(), 6U);
  EXPECT_EQ(taken(), "1\r\n2\r\n");
}

TEST_F(OutboxTest, EventsKeepAwayFromPrompts) {
  box_.answer("answer\r\n");
  box_.prompt("> ");
  EXPECT_EQ(taken(), "answer\r\n");
  box_.event("event\r\n", clock_.now().mono);
  clock_.advance(Outbox::kGap);
  EXPECT_EQ(taken(), "> ");
  EXPECT_TRUE(waits());
  EXPECT_EQ(taken(), "-");
  clock_.advance(Outbox::kGap);
  EXPECT_EQ(taken(), "event\r\n");
  box_.event("next\r\n", clock_.now().mono);
  EXPECT_EQ(taken(), "next\r\n") << "no prompt is near";
}

TEST_F(OutboxTest, BusyHousesDoNotKeepAPromptBack) {
  box_.answer("answer\r\n");
  box_.prompt("> ");
  std::string all;
  for (int i = 0; i < 10; ++i) {
    box_.event("event\r\n", clock_.now().mono);
    if (const std::string now = taken(); now != "-") all += now + "|";
    clock_.advance(milliseconds(1));
  }
  EXPECT_TRUE(all.starts_with("answer\r\n|> |event\r\n")) << all;
}

TEST_F(OutboxTest, WhatACommandBringsAboutComesBeforeItsPrompt) {
  const MonoTime began = clock_.now().mono;
  box_.prompt("> ", began + Outbox::kPatience);
  EXPECT_EQ(taken(), "-");
  EXPECT_EQ(box_.due(), began + Outbox::kPatience);
  clock_.advance(milliseconds(7));
  box_.event("one\r\n", clock_.now().mono);
  box_.event("two\r\n", clock_.now().mono);
  EXPECT_EQ(taken(), "one\r\ntwo\r\n");
  EXPECT_EQ(taken(), "-");
  clock_.advance(Outbox::kGap);
  EXPECT_EQ(taken(), "> ");
}

TEST_F(OutboxTest, WhatACommandBringsAboutComesAfterThePromptOfTheLineBefore) {
  box_.answer("answer\r\n");
  box_.prompt("> ");
  box_.prompt("> ", clock_.now().mono + Outbox::kPatience);
  box_.event("event\r\n", clock_.now().mono);
  for (const char* segment : {"answer\r\n", "> ", "event\r\n", "> "}) {
    EXPECT_EQ(taken(), segment);
    clock_.advance(Outbox::kGap);
  }
}

TEST_F(OutboxTest, APromptDoesNotWaitForEver) {
  box_.prompt("> ", clock_.now().mono + Outbox::kPatience);
  clock_.advance(Outbox::kPatience);
  box_.event("late\r\n", clock_.now().mono);
  EXPECT_EQ(taken(), "> ");
  clock_.advance(Outbox::kGap);
  EXPECT_EQ(taken(), "late\r\n");
}

TEST_F(OutboxTest, APromptDoesNotWaitWhenTheClientGoesOn) {
  box_.prompt("> ", clock_.now().mono + Outbox::kPatience);
  EXPECT_EQ(taken(), "-");
  box_.answer("next\r\n");
  EXPECT_EQ(taken(), "> ");
  clock_.advance(Outbox::kGap);
  EXPECT_EQ(taken(), "next\r\n");
}

TEST_F(OutboxTest, TheGapBeginsWhenTheBytesAreWritten) {
  box_.answer("answer\r\n");
  box_.prompt("> ");
  EXPECT_EQ(taken(), "answer\r\n");
  clock_.advance(milliseconds(5));
  box_.sent(clock_.now().mono);
  EXPECT_EQ(taken(), "-");
  clock_.advance(Outbox::kGap);
  EXPECT_EQ(taken(), "> ");
}

}  // namespace
}  // namespace candela::lip
