#pragma once

#include <boost/asio/awaitable.hpp>
#include <boost/asio/steady_timer.hpp>
#include <chrono>
#include <memory>
#include <string>
#include <string_view>

#include "servers/http/live_request.h"
#include "servers/http/site.h"
#include "servers/http/stream.h"
#include "servers/http/websocket.h"

namespace candela::servers::http {

/// A page that follows the live changes, from the upgrade to the end of its connection.
class LiveSession : public std::enable_shared_from_this<LiveSession> {
 public:
  /// `peer` lives as long as the stream.
  LiveSession(std::shared_ptr<Stream> stream, std::shared_ptr<Site> site, Peer& peer);
  ~LiveSession();
  LiveSession(const LiveSession&) = delete;
  LiveSession& operator=(const LiveSession&) = delete;

  /// Answers the upgrade and serves until one side closes: the snapshot first, as soon as it is known who asks.
  /// `unread` is what came after the request.
  boost::asio::awaitable<void> serve(std::string websocket_key, std::string unread);

  /// Tells the page; a page that does not read is disconnected when too much waits.
  void send(std::string_view text);

 private:
  void hear(std::string_view bytes);
  void take(const LiveRequest& request);
  void authorise(std::string_view token);
  void welcome();
  void end(WebSocket::Close code, std::string_view reason);
  void flush();
  void watch_over();
  void close_within(std::chrono::milliseconds limit);
  void close_socket();

  const std::shared_ptr<Stream> stream_;
  std::shared_ptr<Site> site_;
  Peer& peer_;
  boost::asio::steady_timer timer_;
  WebSocket websocket_;
  std::string waiting_;  ///< whole frames
  std::string sending_;
  bool writing_ = false;
  bool heard_something_ = true;
  bool closing_ = false;
};

}  // namespace candela::servers::http
