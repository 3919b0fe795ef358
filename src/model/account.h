#pragma once

#include <cstdint>
#include <string>

#include "base/ids.h"
#include "base/time.h"
#include "model/client.h"

namespace candela {

/// Who may log in with a name and a password, where a protocol knows nothing better. Not a client: those have keys.
struct Account {
  ClientId number;  ///< of one space with the clients', so that a cause names either
  std::string name;
  Role role = Role::control;
  std::string password_hash;  ///< in the form of security/passwords.h; empty when removed
  bool lip = false;           ///< may log in by LIP
  bool leap = false;          ///< may log in by LEAP, where that is on
  std::string prompt = kUsualPrompt;
  UtcTime added{};
  bool removed = false;  ///< kept in the list for the record

  static constexpr const char* kUsualPrompt = "QNET> ";
  friend bool operator==(const Account&, const Account&) = default;
};

/// What an account is used for.
enum class AccountUse : std::uint8_t { lip, leap };
inline bool is_for(const Account& account, AccountUse use) {
  return !account.removed && (use == AccountUse::lip ? account.lip : account.leap);
}

}  // namespace candela
