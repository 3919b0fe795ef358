#include "servers/http/connection.h"

#include <array>
#include <boost/asio/as_tuple.hpp>
#include <boost/asio/use_awaitable.hpp>
#include <boost/asio/write.hpp>
#include <utility>

#include "servers/http/live_session.h"

namespace candela::servers::http {

namespace asio = boost::asio;

namespace {

constexpr auto kNoThrow = asio::as_tuple(asio::use_awaitable);
constexpr std::size_t kReadSize = 4096;
constexpr std::size_t kMaxDiscarded = 256 * 1024;  // of what a peer sends after an answer that ends the connection
constexpr std::size_t kWebSocketKeyLength = 24;    // 16 bytes in base64, RFC 6455 §4.1

}  // namespace

Connection::Connection(asio::ip::tcp::socket socket, std::shared_ptr<Site> site, HeldButtons::Holder holder)
    : socket_(std::move(socket)), site_(std::move(site)), holder_(holder), deadline_(socket_.get_executor()) {
  site_->connections.insert(this);
}

Connection::~Connection() { site_->connections.erase(this); }

asio::awaitable<void> Connection::serve(std::shared_ptr<Connection> connection) {
  co_await connection->serve_requests();
  connection->close();
  connection->site_->let_go(connection->holder_);
}

asio::awaitable<void> Connection::serve_requests() {
  for (;;) {
    RequestReader reader;
    RequestReader::Progress progress{};
    if (!co_await read(reader, progress)) co_return;
    if (progress == RequestReader::Progress::failed) {
      if (co_await write(reader.failure(), false, true)) co_await say_goodbye();
      co_return;
    }
    const Request request = reader.request();
    if (site_->wants_live(request) && request.websocket_key.size() == kWebSocketKeyLength) {
      if (site_->pages.size() < site_->limits.pages) {
        deadline_.cancel();
        // A write may end later than the session: the socket, and with it this connection, stays until then.
        std::shared_ptr<asio::ip::tcp::socket> socket(shared_from_this(), &socket_);
        const auto live = std::make_shared<LiveSession>(std::move(socket), site_, holder_);
        co_await live->serve(request.websocket_key, std::exchange(unread_, {}));
        co_return;
      }
      co_await write(problem(503, "too many pages follow this processor already"), false, true);
      co_return co_await say_goodbye();
    }
    if (!co_await write(site_->answer(request, holder_), request.keep_alive, request.method != "HEAD")) co_return;
    if (!request.keep_alive) co_return co_await say_goodbye();
  }
}

/// False when the peer is gone or too slow.
asio::awaitable<bool> Connection::read(RequestReader& reader, RequestReader::Progress& progress) {
  std::array<char, kReadSize> buffer{};
  expect_within(unread_.empty() ? site_->limits.idle : site_->limits.request);
  bool began = !unread_.empty();
  progress = RequestReader::Progress::need_more;
  for (;;) {
    if (!unread_.empty()) {
      std::size_t used = 0;
      progress = reader.feed(unread_, used);
      unread_.erase(0, used);
      if (progress != RequestReader::Progress::need_more) co_return true;
    }
    const auto [failed, length] = co_await socket_.async_read_some(asio::buffer(buffer), kNoThrow);
    if (failed) co_return false;
    if (!std::exchange(began, true)) expect_within(site_->limits.request);
    unread_.append(buffer.data(), length);
  }
}

asio::awaitable<bool> Connection::write(Response response, bool keep_alive, bool with_body) {
  expect_within(site_->limits.write);
  const std::string header = header_text(response, keep_alive);
  const std::array<asio::const_buffer, 2> parts = {asio::buffer(header),
                                                   with_body ? asio::buffer(response.content()) : asio::const_buffer()};
  const auto [failed, length] = co_await asio::async_write(socket_, parts, kNoThrow);
  co_return !failed;
}

/// Reads on until the peer has closed, because closing a socket with unread bytes resets the connection and the peer
/// could miss the answer.
asio::awaitable<void> Connection::say_goodbye() {
  boost::system::error_code error;
  socket_.shutdown(asio::ip::tcp::socket::shutdown_send, error);
  if (error) co_return;
  expect_within(site_->limits.write);
  std::array<char, kReadSize> buffer{};
  for (std::size_t discarded = 0; discarded < kMaxDiscarded;) {
    const auto [failed, length] = co_await socket_.async_read_some(asio::buffer(buffer), kNoThrow);
    if (failed) co_return;
    discarded += length;
  }
}

void Connection::expect_within(std::chrono::milliseconds limit) {
  deadline_.expires_after(limit);
  deadline_.async_wait([weak = weak_from_this()](boost::system::error_code cancelled) {
    if (cancelled) return;
    if (const auto self = weak.lock()) self->close();
  });
}

void Connection::close() {
  boost::system::error_code ignored;
  socket_.close(ignored);
  deadline_.cancel();
}

}  // namespace candela::servers::http
