#pragma once

#include <array>
#include <boost/asio/awaitable.hpp>
#include <boost/asio/buffer.hpp>
#include <boost/asio/ip/tcp.hpp>
#include <boost/asio/ssl/context.hpp>
#include <boost/asio/ssl/stream.hpp>
#include <functional>
#include <optional>
#include <utility>

namespace candela::servers::http {

/// A connection to a peer, in the clear or in TLS.
class Stream {
 public:
  using Error = boost::system::error_code;
  using Socket = boost::asio::ip::tcp::socket;

  explicit Stream(Socket socket) : plain_(std::move(socket)) {}
  Stream(Socket socket, boost::asio::ssl::context& tls) : tls_(std::in_place, std::move(socket), tls) {}

  bool is_tls() const { return tls_.has_value(); }
  Socket& socket() { return tls_ ? tls_->next_layer() : *plain_; }

  /// The server's side of it; at once without TLS. False when it failed, as of the others.
  boost::asio::awaitable<bool> handshake();
  boost::asio::awaitable<std::pair<Error, std::size_t>> read_some(boost::asio::mutable_buffer buffer);
  /// All of both, one after the other.
  boost::asio::awaitable<bool> write(std::array<boost::asio::const_buffer, 2> parts);
  /// The same, told when it is done. `bytes` and this must outlive it; one at a time.
  void write(boost::asio::const_buffer bytes, std::function<void(Error)> done);
  /// Tells the peer that nothing more will come.
  boost::asio::awaitable<bool> finish();
  void close();

 private:
  std::optional<Socket> plain_;
  std::optional<boost::asio::ssl::stream<Socket>> tls_;
};

}  // namespace candela::servers::http
