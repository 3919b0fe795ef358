#pragma once

#include <boost/asio/steady_timer.hpp>
#include <chrono>
#include <cstddef>
#include <functional>
#include <optional>
#include <set>
#include <span>
#include <string>

#include "servers/context.h"
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
  std::size_t connections = 64;  ///< more are answered with 503
  std::size_t pages = 16;        ///< of those, how many may follow the live changes
  /// Bytes that wait for a page which does not read; then it is disconnected (WebSocket close 1013).
  std::size_t waiting = 2 * 1024 * 1024;
  std::chrono::milliseconds idle{60'000};     ///< a connection without a request
  std::chrono::milliseconds request{10'000};  ///< from a request's first byte to its last
  std::chrono::milliseconds write{10'000};    ///< for the peer to take an answer
  std::chrono::milliseconds ping{20'000};     ///< a page that is silent for two of these is gone
};

/// What all connections of the server share. Requests are answered here, apart from sockets.
struct Site {
  Site(const Context& with_context, StaticFiles page, Limits with_limits);

  /// The answer to any request but the upgrade of a page to live changes.
  Response answer(const Request& request, HeldButtons::Holder holder);
  /// True if the request asks to follow live changes (and is none of a foreign site).
  bool wants_live(const Request& request) const;

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
  Feed feed;
  HeldButtons held;
  Api api;
  std::set<Connection*> connections;
  std::set<LiveSession*> pages;
  std::optional<Document> document;
  /// Nothing but the document is served, to the whole network: no page, no API.
  bool document_only = false;

 private:
  Response answer_with_document(const Request& request) const;
  void release_when_possible();

  boost::asio::steady_timer release_timer_;
  bool closed_ = false;
};

}  // namespace candela::servers::http
