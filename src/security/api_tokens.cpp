#include "security/api_tokens.h"

#include <sodium.h>

#include <algorithm>
#include <array>
#include <cstdlib>

namespace candela {
namespace {

constexpr std::size_t kBytes = 32;

bool counts(const Token& token, UtcTime now) { return !token.removed && (!token.expires || now < *token.expires); }

}  // namespace

std::string new_token() {
  // Idempotent; fails only when the system has no source of chance.
  if (sodium_init() < 0) std::abort();
  std::array<unsigned char, kBytes> bytes{};
  randombytes_buf(bytes.data(), bytes.size());
  constexpr int kVariant = sodium_base64_VARIANT_URLSAFE_NO_PADDING;
  std::array<char, sodium_base64_ENCODED_LEN(kBytes, kVariant)> text{};
  sodium_bin2base64(text.data(), text.size(), bytes.data(), bytes.size(), kVariant);
  sodium_memzero(bytes.data(), bytes.size());
  return std::string(kTokenPrefix) + text.data();
}

std::string token_hash(std::string_view token) {
  std::array<unsigned char, crypto_hash_sha256_BYTES> digest{};
  crypto_hash_sha256(digest.data(), reinterpret_cast<const unsigned char*>(token.data()), token.size());
  std::array<char, 2 * crypto_hash_sha256_BYTES + 1> hex{};
  sodium_bin2hex(hex.data(), hex.size(), digest.data(), digest.size());
  return hex.data();
}

const Token* TokenList::valid(std::string_view token, UtcTime now) const {
  if (token.size() != kTokenLength || !token.starts_with(kTokenPrefix)) return nullptr;
  const std::string hash = token_hash(token);
  const Token* found = nullptr;
  for (const Token& it : tokens_) {
    if (it.hash.size() == hash.size() && sodium_memcmp(it.hash.data(), hash.data(), hash.size()) == 0) found = &it;
  }
  return found != nullptr && counts(*found, now) ? found : nullptr;
}

bool TokenList::is_valid(ClientId number, UtcTime now) const {
  return std::any_of(tokens_.begin(), tokens_.end(),
                     [&](const Token& it) { return it.number == number && counts(it, now); });
}

const Token* TokenList::named(std::string_view name) const {
  const auto found =
      std::find_if(tokens_.begin(), tokens_.end(), [&](const Token& it) { return !it.removed && it.name == name; });
  return found == tokens_.end() ? nullptr : &*found;
}

void TokenList::put(Token token) {
  const auto found =
      std::find_if(tokens_.begin(), tokens_.end(), [&](const Token& it) { return it.number == token.number; });
  if (found == tokens_.end()) {
    tokens_.push_back(std::move(token));
  } else {
    *found = std::move(token);
  }
}

}  // namespace candela
