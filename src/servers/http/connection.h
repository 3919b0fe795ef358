#pragma once

#include <boost/asio/awaitable.hpp>
#include <boost/asio/steady_timer.hpp>
#include <memory>
#include <optional>
#include <string>

#include "servers/http/request_reader.h"
#include "servers/http/site.h"
#include "servers/http/stream.h"

namespace candela::servers::http {

/// One TCP connection: requests one after the other, until it ends or becomes a page's live session.
class Connection : public std::enable_shared_from_this<Connection> {
 public:
  Connection(Stream stream, std::shared_ptr<Site> site, Peer peer);
  ~Connection();
  Connection(const Connection&) = delete;
  Connection& operator=(const Connection&) = delete;

  /// Serves until the end. Buttons that were pressed over this connection are released then.
  static boost::asio::awaitable<void> serve(std::shared_ptr<Connection> connection);
  void close();
  const Peer& peer() const { return peer_; }

 private:
  boost::asio::awaitable<void> serve_requests();
  boost::asio::awaitable<std::optional<Request>> read_request();
  boost::asio::awaitable<bool> read(RequestReader& reader, RequestReader::Progress& progress);
  boost::asio::awaitable<bool> read_long_body(RequestReader& reader, RequestReader::Progress& progress);
  boost::asio::awaitable<void> follow_live(Request request);
  boost::asio::awaitable<bool> write(Response response, bool keep_alive, bool with_body);
  boost::asio::awaitable<void> write_and_end(Response response);
  boost::asio::awaitable<void> say_goodbye();
  void expect_within(std::chrono::milliseconds limit);

  Stream stream_;
  std::shared_ptr<Site> site_;
  Peer peer_;
  boost::asio::steady_timer deadline_;
  std::string unread_;  ///< bytes after the last request
};

}  // namespace candela::servers::http
