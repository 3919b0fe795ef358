#pragma once

#include <cstdint>
#include <optional>

#include "servers/http/message.h"

namespace candela::servers::http {

/// The answer to a request that did not come from this machine's own page or a program here; nothing if it may go on.
/// A foreign web page can make a browser on this machine send requests here. Two checks stop it: the Host header must
/// name this machine (a foreign name that was made to resolve to 127.0.0.1, "DNS rebinding", is answered with 421), and
/// an Origin header, which browsers add to whatever a page sends, must be our own (403 otherwise).
std::optional<Response> refuse_foreign(const Request& request, std::uint16_t port);

/// For what the whole network may read: nothing if the request names the server by its address or by a name that only a
/// house knows (one word, .local, .lan, .home.arpa, .internal); else the refusal. A page of some site that made its own
/// name point here (DNS rebinding) gets nothing.
std::optional<Response> refuse_rebound(const Request& request);

/// For the API on the network, where a token is needed anyway: as refuse_rebound, but programs that show an Origin may,
/// if it is this server itself. Pages of other sites are refused (403).
std::optional<Response> refuse_foreign_in_network(const Request& request);

}  // namespace candela::servers::http
