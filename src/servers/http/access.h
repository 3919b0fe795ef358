#pragma once

#include <optional>
#include <string>
#include <variant>

#include "model/cause.h"
#include "security/attempt_limiter.h"
#include "servers/context.h"
#include "servers/http/held_buttons.h"
#include "servers/http/message.h"
#include "servers/listener.h"

namespace candela::servers::http {

/// Who asks.
struct Caller {
  std::optional<Role> role;  ///< none = nobody knows who it is
  Source source{Source::Kind::page, {}};

  bool has_token() const { return source.kind == Source::Kind::client; }
  bool may(Role least) const { return role && *role >= least; }
};

/// The other end of a connection.
struct Peer {
  HeldButtons::Holder holder = 0;
  std::string address;
  Caller caller;  ///< as of its last request
};

/// Decides who may ask, by the token that a request shows. Whoever fails too often, by address, has to wait; a
/// connection that has shown a good token does not wait for others of its address.
class Access {
 public:
  /// `open_role`: of those that show no token; none = they get nothing.
  Access(const Context& context, std::optional<Role> open_role)
      : context_(context), open_role_(open_role), refusals_("HTTP", context.clock) {}

  std::optional<Role> open_role() const { return open_role_; }
  /// Sets the peer's caller by the request's Authorization header. The answer to a request that may not go on; a
  /// connection ends with it.
  std::optional<Response> admit(const Request& request, Peer& peer);
  /// The same for a token that came by itself. False: it is none, or the address has to wait.
  bool admit_token(std::string_view token, Peer& peer);
  /// Whether what goes on for this caller may go on: its token was not removed, and has not expired.
  bool still_admits(const Caller& caller) const;
  void tell_refused(const Peer& peer, std::string_view why) { refusals_.tell(peer.address, why); }

 private:
  enum class Verdict { good, wrong, wait };
  Verdict judge(std::string_view token, Peer& peer);

  const Context& context_;
  const std::optional<Role> open_role_;
  AttemptLimiter limiter_;
  Refusals refusals_;
};

/// The token of "Bearer <token>"; empty if it is something else.
std::string_view bearer_token(std::string_view authorization);

/// 401, with what to do about it.
Response unauthorised(std::string_view detail);

}  // namespace candela::servers::http
