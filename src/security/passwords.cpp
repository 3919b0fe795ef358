#include "security/passwords.h"

#include <sodium.h>

#include <algorithm>
#include <array>
#include <cstdlib>

namespace candela {
namespace {

// What OWASP and libsodium name for interactive logins; kept within each hash, so that they may rise one day.
constexpr unsigned long long kOperations = crypto_pwhash_OPSLIMIT_INTERACTIVE;
constexpr std::size_t kMemory = crypto_pwhash_MEMLIMIT_INTERACTIVE;

void begin() {
  // Idempotent; fails only when the system has no source of chance.
  if (sodium_init() < 0) std::abort();
}

}  // namespace

Outcome check_password(std::string_view password) {
  if (password.size() < kPasswordMin) return Error{"a password has at least 8 characters"};
  if (password.size() > kPasswordMax) return Error{"a password has at most 128 characters"};
  const bool printable = std::all_of(password.begin(), password.end(),
                                     [](unsigned char c) { return c >= 0x20 && c != 0x7F && c != 0xFF; });
  if (!printable) return Error{"a password has no control characters"};
  return done();
}

Result<std::string> hash_password(std::string_view password) {
  begin();
  std::array<char, crypto_pwhash_STRBYTES> hash{};
  if (crypto_pwhash_str_alg(hash.data(), password.data(), password.size(), kOperations, kMemory,
                            crypto_pwhash_ALG_ARGON2ID13) != 0) {
    return Error{"there is not enough memory to hash a password"};
  }
  return std::string(hash.data());
}

bool has_password(const std::string& hash, std::string_view password) {
  begin();
  // Of a password that nobody knows; the check of an account that is not there costs the same.
  static const Result<std::string> nobody = hash_password(random_password());
  const bool real = !hash.empty() && hash.size() < crypto_pwhash_STRBYTES && hash.starts_with(crypto_pwhash_STRPREFIX);
  if (!real && !nobody) return false;
  const std::string& checked = real ? hash : *nobody;
  return crypto_pwhash_str_verify(checked.c_str(), password.data(), password.size()) == 0 && real;
}

std::string random_password() {
  begin();
  static constexpr std::string_view kLetters = "abcdefghijkmnpqrstuvwxyz23456789";  // 5 bits each
  constexpr std::size_t kCount = 26;
  std::string password;
  for (std::size_t i = 0; i < kCount; ++i) password += kLetters[randombytes_uniform(kLetters.size())];
  return password;
}

}  // namespace candela
