#pragma once

#include <string>
#include <string_view>
#include <utility>
#include <vector>

#include "model/token.h"

namespace candela {

/// What every token begins with, so that people and programs that look for leaked secrets know one when they see it.
inline constexpr std::string_view kTokenPrefix = "candela_";
/// Of the whole token: the prefix, and 256 bits as 43 letters, digits, "-" and "_".
inline constexpr std::size_t kTokenLength = kTokenPrefix.size() + 43;

/// A new token of 256 random bits.
std::string new_token();

/// Its SHA-256, in lower-case hex. No salt and no slow hash: there is nothing to guess in 256 random bits.
std::string token_hash(std::string_view token);

/// Who may use the HTTP API. A value of the server thread; the store keeps it durable.
class TokenList {
 public:
  explicit TokenList(std::vector<Token> tokens = {}) : tokens_(std::move(tokens)) {}

  /// The token that this is and that still counts at `now`; nullptr for every other text. How long it takes says
  /// nothing about the hashes that are kept.
  const Token* valid(std::string_view token, UtcTime now) const;
  /// Whether it was not removed and has not expired.
  bool is_valid(ClientId number, UtcTime now) const;
  /// The token of that name that is not removed; nullptr if there is none.
  const Token* named(std::string_view name) const;
  const std::vector<Token>& all() const { return tokens_; }

  /// Adds, or replaces the token of the same number.
  void put(Token token);

 private:
  std::vector<Token> tokens_;
};

}  // namespace candela
