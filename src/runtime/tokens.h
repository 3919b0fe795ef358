#pragma once

#include <boost/asio/io_context.hpp>
#include <functional>
#include <optional>
#include <string>
#include <string_view>

#include "base/clock.h"
#include "security/api_tokens.h"
#include "servers/administration.h"
#include "store/history.h"
#include "store/store.h"

namespace candela::runtime {

/// The tokens of the HTTP API. Belongs to the server thread.
class Tokens {
 public:
  template <class T>
  using Done = servers::Administration::Done<T>;
  static constexpr std::size_t kMax = 256;  ///< that are not removed; further ones are refused
  static constexpr Duration kLongest = std::chrono::hours(24 * 36500);

  struct Ports {
    boost::asio::io_context& loop;  ///< the server thread's
    const Clock& clock;
    Store* store;      ///< null: nothing can be kept, so no token is made
    History* history;  ///< null: none is kept
    std::function<void(ClientId)> end_sessions;
    std::function<ClientId()> next_number;
  };

  Tokens(Ports ports, std::vector<Token> tokens) : ports_(std::move(ports)), list_(std::move(tokens)) {}

  void add(std::string name, Role role, std::optional<Duration> lasts, Done<servers::IssuedToken> done);
  void remove(const std::string& name, Done<std::monostate> done);
  /// See servers::Administration::check_token.
  std::optional<Token> check(std::string_view text);
  const TokenList& list() const { return list_; }

 private:
  Ports ports_;
  TokenList list_;
};

}  // namespace candela::runtime
