#pragma once

#include <optional>
#include <string>

#include "base/ids.h"
#include "base/time.h"
#include "model/client.h"

namespace candela {

/// What lets a program use the HTTP API: a secret that it shows with each request. Only its hash is kept.
struct Token {
  ClientId number;  ///< of one space with clients and accounts, so that a cause names either
  std::string name;
  Role role = Role::control;
  std::string hash;  ///< in the form of security/api_tokens.h; empty when removed
  UtcTime added{};
  std::optional<UtcTime> expires;    ///< none = never
  std::optional<UtcTime> last_used;  ///< the midnight (UTC) that began the day; none = not yet
  bool removed = false;              ///< kept in the list for the record

  friend bool operator==(const Token&, const Token&) = default;
};

}  // namespace candela
