#include "security/passwords.h"

#include <gtest/gtest.h>

#include <set>

#include "base/clock.h"
#include "security/attempt_limiter.h"

namespace candela {
namespace {

using std::chrono::seconds;

TEST(Passwords, HaveTheirHashAndNoOther) {
  const auto hash = hash_password("integration");
  ASSERT_TRUE(hash);
  EXPECT_TRUE(hash->starts_with("$argon2id$v=19$m=65536,t=2,p=1$")) << *hash;
  EXPECT_TRUE(has_password(*hash, "integration"));
  EXPECT_FALSE(has_password(*hash, "integratioN"));
  EXPECT_FALSE(has_password(*hash, ""));
  EXPECT_NE(*hash, *hash_password("integration")) << "each with its own salt";
}

TEST(Passwords, ADamagedHashHasNone) {
  for (const std::string& hash : {std::string(), std::string("$argon2id$"), std::string("integration"),
                                  std::string(500, 'x'), "$argon2id$v=19$m=65536,t=2,p=1$" + std::string(90, 'A')}) {
    EXPECT_FALSE(has_password(hash, "integration")) << hash;
    EXPECT_FALSE(has_password(hash, "")) << hash;
  }
}

TEST(Passwords, AreOfThisKind) {
  EXPECT_TRUE(check_password("integration"));
  EXPECT_TRUE(check_password("with space"));
  EXPECT_TRUE(check_password("l\xC3\xA5ng nyckel"));
  EXPECT_FALSE(check_password("short"));
  EXPECT_FALSE(check_password(std::string(kPasswordMax + 1, 'x')));
  EXPECT_FALSE(check_password("tab\there"));
}

TEST(Passwords, ThatAreMadeDiffer) {
  std::set<std::string> made;
  for (int i = 0; i < 100; ++i) made.insert(random_password());
  EXPECT_EQ(made.size(), 100U);
  EXPECT_TRUE(check_password(*made.begin()));
}

class AttemptLimiterTest : public testing::Test {
 protected:
  MonoTime now() const { return clock_.now().mono; }
  void fail(int times, const std::string& address = "10.0.0.1") {
    for (int i = 0; i < times; ++i) last_ = limiter_.failed(address, now());
  }

  ManualClock clock_;
  AttemptLimiter limiter_;
  Duration last_{};
};

TEST_F(AttemptLimiterTest, SomeMistakesCostNothing) {
  fail(AttemptLimiter::kFree);
  EXPECT_EQ(last_, Duration::zero());
  EXPECT_TRUE(limiter_.may_try("10.0.0.1", now()));
}

TEST_F(AttemptLimiterTest, MoreCostTwiceAsLongEachTime) {
  fail(AttemptLimiter::kFree);
  for (const int wait : {1, 2, 4, 8, 16, 32, 64, 128, 256, 300, 300}) {
    fail(1);
    EXPECT_EQ(last_, seconds(wait));
    EXPECT_FALSE(limiter_.may_try("10.0.0.1", now()));
    EXPECT_TRUE(limiter_.may_try("10.0.0.2", now())) << "others go free";
    clock_.advance(seconds(wait));
    EXPECT_TRUE(limiter_.may_try("10.0.0.1", now()));
  }
}

TEST_F(AttemptLimiterTest, AGoodLoginOrAnHourClearsTheName) {
  fail(AttemptLimiter::kFree + 1);
  limiter_.succeeded("10.0.0.1");
  EXPECT_TRUE(limiter_.may_try("10.0.0.1", now()));
  fail(AttemptLimiter::kFree + 3);
  clock_.advance(AttemptLimiter::kForgotten);
  fail(1);
  EXPECT_EQ(last_, Duration::zero());
}

TEST_F(AttemptLimiterTest, RemembersTheNewestOfMany) {
  fail(AttemptLimiter::kFree + 10, "old");
  for (std::size_t i = 0; i < AttemptLimiter::kAddresses; ++i) {
    clock_.advance(std::chrono::milliseconds(1));
    fail(1, std::to_string(i));
  }
  EXPECT_TRUE(limiter_.may_try("old", now())) << "forgotten";
}

}  // namespace
}  // namespace candela
