#pragma once

#include <boost/asio/awaitable.hpp>
#include <boost/asio/steady_timer.hpp>
#include <chrono>
#include <cstddef>
#include <functional>
#include <optional>
#include <set>
#include <span>
#include <string>

#include "servers/context.h"
#include "servers/http/access.h"
#include "servers/http/api.h"
#include "servers/http/feed.h"
#include "servers/http/held_buttons.h"
#include "servers/http/static_files.h"

namespace candela::servers::http {

class Connection;
class LiveSession;

/// A text for programs that know only its path; made anew for each request.
struct Document {
  std::string path;
  std::string content_type;
  std::function<std::string()> text;
};

struct Limits {
  std::size_t connections = 64;  ///< whose caller is known; more are answered with 503
  /// Connections that have not shown a good token yet, where one is needed; a further one pushes out the oldest.
  std::size_t strangers = 32;
  std::size_t pages = 16;  ///< of those, how many may follow the live changes
  /// Bytes that wait for a page which does not read; then it is disconnected (WebSocket close 1013).
  std::size_t waiting = 2 * 1024 * 1024;
  std::size_t long_bodies = 1;                  ///< projects that are being sent at once; more are answered with 503
  std::chrono::milliseconds long_body{60'000};  ///< for such a body, from its first byte to its last
  std::chrono::milliseconds handshake{10'000};  ///< of TLS
  std::chrono::milliseconds authorise{10'000};  ///< for a WebSocket to show a token
  std::chrono::milliseconds idle{60'000};     ///< a known caller's connection without a request; others have `request`
  std::chrono::milliseconds request{10'000};  ///< from a request's first byte to its last
  std::chrono::milliseconds write{10'000};    ///< for the peer to take an answer
  std::chrono::milliseconds ping{20'000};     ///< a page that is silent for two of these is gone
};

/// What all connections of the server share. Requests are answered here, apart from sockets.
struct Site {
  /// What is served, and to whom.
  enum class Serving : std::uint8_t {
    page,      ///< page and API, to this machine only
    network,   ///< the API, to the network: over TLS
    document,  ///< nothing but the document, to whoever asks: no page, no API
  };

  /// `open_role`: of requests without a token; none = a token is needed.
  Site(const Context& with_context, StaticFiles page, Limits with_limits, Serving serves = Serving::page,
       std::optional<Role> open_role = Role::control);

  /// The answer to any request but the upgrade of a page to live changes. Both must outlive it.
  boost::asio::awaitable<Response> answer(const Request& request, Peer& peer);
  /// The answer to a request that came from where it must not come from; nothing if it may go on.
  std::optional<Response> refuse_place(const Request& request) const;
  /// The same, and to one of somebody that may not ask. Sets the peer's caller.
  std::optional<Response> refuse(const Request& request, Peer& peer);
  /// True if the request asks to follow live changes.
  bool wants_live(const Request& request) const;
  /// False when as many callers are known already as may be. The peer is then a stranger again.
  bool has_room(Peer& peer) const;
  std::size_t known_callers() const;
  /// Ends the connections of whoever has that token.
  void end_sessions_of(ClientId client);

  /// "snapshot" of schema/api.yaml: everything a page needs.
  std::string snapshot();
  void tell_pages(std::span<const Change> changes);

  /// The connection is gone: what it held is released, at the latest when the processor's queue has room again.
  void let_go(HeldButtons::Holder holder);
  /// Closes all connections and releases everything. Later calls do nothing.
  void close();

  Context context;
  Limits limits;
  StaticFiles files;
  std::uint16_t port = 0;
  const Serving serving;
  Access access;
  Feed feed;
  HeldButtons held;
  Api api;
  std::set<Connection*> connections;
  std::set<LiveSession*> pages;
  std::set<Connection*> long_bodies;  ///< whose requests have one that is being read
  std::optional<Document> document;

 private:
  Response answer_with_document(const Request& request) const;
  void release_when_possible();

  boost::asio::steady_timer release_timer_;
  bool closed_ = false;
};

}  // namespace candela::servers::http
