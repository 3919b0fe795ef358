#pragma once

#include <boost/asio/awaitable.hpp>
#include <optional>
#include <string>

#include "servers/administration.h"
#include "servers/context.h"
#include "servers/listener.h"

namespace candela::servers {

/// A login by name and password, whatever the protocol: one password at a time, and an address that guesses has to wait
/// longer each time (security/attempt_limiter.h). What is refused is told to the log.
struct Login {
  Credentials credentials;
  AccountUse use = AccountUse::lip;
  std::string address;  ///< whose failures are counted
};

/// Nothing when it is refused, whatever the reason is. `login` is made before: g++ 12 destroys twice what is made in
/// the await itself. `context` and `refusals` outlive the answer.
boost::asio::awaitable<std::optional<Account>> log_in(const Context& context, Refusals& refusals, Login login);

}  // namespace candela::servers
