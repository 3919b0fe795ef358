#include "security/api_tokens.h"

#include <gtest/gtest.h>

#include <set>

namespace candela {
namespace {

constexpr UtcTime kNow = std::chrono::sys_days{std::chrono::year{2026} / 6 / 1};

TEST(ApiTokens, AreLongRandomAndRecognisable) {
  std::set<std::string> tokens;
  for (int i = 0; i < 100; ++i) {
    const std::string token = new_token();
    EXPECT_EQ(token.size(), kTokenLength);
    EXPECT_TRUE(token.starts_with("candela_"));
    EXPECT_EQ(token.find_first_not_of("ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789-_"),
              std::string::npos);
    tokens.insert(token);
  }
  EXPECT_EQ(tokens.size(), 100U);
}

TEST(ApiTokens, AreHashedAsSha256) {
  // Of "abc", FIPS 180-2, B.1.
  EXPECT_EQ(token_hash("abc"), "ba7816bf8f01cfea414140de5dae2223b00361a396177a9cb410ff61f20015ad");
}

class TokenListTest : public ::testing::Test {
 protected:
  const std::string text_ = new_token();
  Token token_{ClientId{3}, "wall tablet", Role::control, token_hash(text_), kNow};
  TokenList list_;
};

TEST_F(TokenListTest, KnowsATokenByItsHashAlone) {
  list_.put({ClientId{2}, "other", Role::admin, token_hash(new_token()), kNow});
  list_.put(token_);
  ASSERT_NE(list_.valid(text_, kNow), nullptr);
  EXPECT_EQ(list_.valid(text_, kNow)->number, ClientId{3});
  EXPECT_TRUE(list_.is_valid(ClientId{3}, kNow));
  EXPECT_EQ(list_.named("wall tablet")->number, ClientId{3});
  for (const std::string& wrong :
       {std::string(), std::string("candela_"), text_.substr(0, text_.size() - 1), text_ + "A", token_.hash,
        new_token(), "Candela_" + text_.substr(8), std::string(kTokenLength, '\0')}) {
    EXPECT_EQ(list_.valid(wrong, kNow), nullptr) << wrong;
  }
}

TEST_F(TokenListTest, ForgetsWhatExpiredOrWasRemoved) {
  token_.expires = kNow + std::chrono::hours(24);
  list_.put(token_);
  EXPECT_NE(list_.valid(text_, *token_.expires - std::chrono::milliseconds(1)), nullptr);
  EXPECT_EQ(list_.valid(text_, *token_.expires), nullptr);
  EXPECT_FALSE(list_.is_valid(ClientId{3}, *token_.expires));
  token_.removed = true;
  list_.put(token_);
  EXPECT_EQ(list_.valid(text_, kNow), nullptr);
  EXPECT_FALSE(list_.is_valid(ClientId{3}, kNow));
  EXPECT_EQ(list_.named("wall tablet"), nullptr);
  EXPECT_EQ(list_.all().size(), 1U);
}

}  // namespace
}  // namespace candela
