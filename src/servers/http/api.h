#pragma once

#include <boost/asio/awaitable.hpp>
#include <boost/json/object.hpp>
#include <optional>
#include <string>
#include <string_view>

#include "servers/context.h"
#include "servers/http/access.h"
#include "servers/http/feed.h"
#include "servers/http/held_buttons.h"
#include "servers/http/live_request.h"
#include "servers/http/message.h"
#include "servers/http/operations.h"
#include "servers/requests/request.h"

namespace candela::servers::http {

/// The HTTP API of schema/api.yaml: carries out the operations of operations.h. Does no I/O.
class Api {
 public:
  static constexpr Duration kLongestHold = std::chrono::seconds(60);

  Api(const Context& context, Feed& feed, HeldButtons& held) : context_(context), feed_(feed), held_(held) {}

  /// REQUIRES: the path begins with /api/; the peer was admitted. Both must outlive the answer.
  boost::asio::awaitable<Response> answer(const Request& request, const Peer& peer);
  /// Whether this request may have a long body.
  static bool takes_long_body(const Request& request, const Caller& caller);

  /// A message over /api/live, other than one that shows a token. Gives what to send back: nothing, or why it was
  /// refused.
  std::string hear(const LiveRequest& request, const Peer& peer);

  /// No finger stays on a button from now on.
  void close() { closed_ = true; }

 private:
  struct Call {
    const Operation& operation;
    const std::string& id;
    const Peer& peer;
    boost::json::object members;
  };
  boost::asio::awaitable<Response> carry_out(Call call);
  boost::asio::awaitable<Response> carry_out_special(Call call);
  boost::asio::awaitable<Response> hold(const Call& call, Duration duration);
  std::optional<requests::Refusal> move_button(const std::string& id, bool press, const Peer& peer);
  Response read_zone(const std::string& id);

  const Context& context_;
  Feed& feed_;
  HeldButtons& held_;
  bool closed_ = false;
};

/// The refusal as an answer.
Response problem(const requests::Refusal& refusal);

}  // namespace candela::servers::http
