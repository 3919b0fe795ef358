#include "servers/http/connection.h"

#include <array>
#include <boost/asio/buffer.hpp>
#include <utility>

#include "servers/http/live_session.h"

namespace candela::servers::http {

namespace asio = boost::asio;

namespace {

constexpr std::size_t kReadSize = 4096;
constexpr std::size_t kMaxDiscarded = 256 * 1024;  // of what a peer sends after an answer that ends the connection
constexpr std::size_t kWebSocketKeyLength = 24;    // 16 bytes in base64, RFC 6455 §4.1

}  // namespace

Connection::Connection(Stream stream, std::shared_ptr<Site> site, Peer peer)
    : stream_(std::move(stream)),
      site_(std::move(site)),
      peer_(std::move(peer)),
      deadline_(stream_.socket().get_executor()) {
  site_->connections.insert(this);
}

Connection::~Connection() { site_->connections.erase(this); }

asio::awaitable<void> Connection::serve(std::shared_ptr<Connection> connection) {
  co_await connection->serve_requests();
  connection->close();
  connection->site_->let_go(connection->peer_.holder);
}

asio::awaitable<void> Connection::serve_requests() {
  expect_within(site_->limits.handshake);
  const bool understood = co_await stream_.handshake();
  if (!understood) co_return;
  for (;;) {
    std::optional<Request> request = co_await read_request();
    if (!request) co_return;
    if (site_->wants_live(*request) && request->websocket_key.size() == kWebSocketKeyLength) {
      co_return co_await follow_live(*std::move(request));
    }
    deadline_.cancel();
    Response response = co_await site_->answer(*request, peer_);
    // Nobody whom we do not know gets a second answer over the same connection.
    const bool keep_alive = request->keep_alive && peer_.caller.role && response.status != 429;
    if (!co_await write(std::move(response), keep_alive, request->method != "HEAD")) co_return;
    if (!keep_alive) co_return co_await say_goodbye();
  }
}

/// Nothing when the connection is to end; what is to be said about that has been said.
asio::awaitable<std::optional<Request>> Connection::read_request() {
  RequestReader reader;
  RequestReader::Progress progress{};
  if (!co_await read(reader, progress)) co_return std::nullopt;
  if (progress == RequestReader::Progress::long_body && !co_await read_long_body(reader, progress)) {
    site_->long_bodies.erase(this);
    co_return std::nullopt;
  }
  site_->long_bodies.erase(this);
  if (progress == RequestReader::Progress::complete) co_return reader.request();
  co_await write_and_end(reader.failure());
  co_return std::nullopt;
}

/// A long body is for administrators, and one at a time.
asio::awaitable<bool> Connection::read_long_body(RequestReader& reader, RequestReader::Progress& progress) {
  const Request head = reader.request();
  std::optional<Response> refused = site_->refuse(head, peer_);
  if (!refused && Api::takes_long_body(head, peer_.caller)) {
    if (site_->long_bodies.size() >= site_->limits.long_bodies) {
      refused = problem(503, "another project is on its way already; try again");
    } else {
      site_->long_bodies.insert(this);
      reader.allow_long_body();
    }
  }
  if (refused) {
    co_await write_and_end(*std::move(refused));
    co_return false;
  }
  if (head.expects_continue && site_->long_bodies.contains(this)) {
    constexpr std::string_view kGoOn = "HTTP/1.1 100 Continue\r\n\r\n";
    const std::array<asio::const_buffer, 2> parts = {asio::buffer(kGoOn), asio::const_buffer()};
    if (!co_await stream_.write(parts)) co_return false;
  }
  co_return co_await read(reader, progress);
}

asio::awaitable<void> Connection::follow_live(Request request) {
  deadline_.cancel();
  // A browser cannot send the header; whoever nobody knows yet has to say who it is first of all.
  std::optional<Response> refused = site_->refuse_place(request);
  const bool may_say_later = !request.has_authorization && !site_->access.open_role();
  if (!refused && !may_say_later) refused = site_->refuse(request, peer_);
  if (!refused && site_->pages.size() >= site_->limits.pages) {
    refused = problem(503, "too many pages follow this processor already");
  }
  if (refused) co_return co_await write_and_end(*std::move(refused));
  if (may_say_later) peer_.caller = {};
  // A write may end later than the session: the stream, and with it this connection, stays until then.
  std::shared_ptr<Stream> stream(shared_from_this(), &stream_);
  const auto live = std::make_shared<LiveSession>(std::move(stream), site_, peer_);
  co_await live->serve(request.websocket_key, std::exchange(unread_, {}));
}

/// False when the peer is gone or too slow.
asio::awaitable<bool> Connection::read(RequestReader& reader, RequestReader::Progress& progress) {
  std::array<char, kReadSize> buffer{};
  const bool goes_on = progress == RequestReader::Progress::long_body;
  bool began = goes_on || !unread_.empty();
  // Whoever nobody knows does not sit there for long.
  const auto idle = peer_.caller.role ? site_->limits.idle : site_->limits.request;
  expect_within(goes_on ? site_->limits.long_body : began ? site_->limits.request : idle);
  progress = RequestReader::Progress::need_more;
  for (bool look = began;; look = true) {
    if (look) {
      std::size_t used = 0;
      progress = reader.feed(unread_, used);
      unread_.erase(0, used);
      if (progress != RequestReader::Progress::need_more) co_return true;
    }
    const auto [failed, length] = co_await stream_.read_some(asio::buffer(buffer));
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
  const bool written = co_await stream_.write(parts);
  co_return written;
}

asio::awaitable<void> Connection::write_and_end(Response response) {
  const bool written = co_await write(std::move(response), false, true);
  if (!written) co_return;
  co_await say_goodbye();
}

/// Reads on until the peer has closed, because closing a socket with unread bytes resets the connection and the peer
/// could miss the answer.
asio::awaitable<void> Connection::say_goodbye() {
  expect_within(site_->limits.write);
  if (!co_await stream_.finish()) co_return;
  std::array<char, kReadSize> buffer{};
  for (std::size_t discarded = 0; discarded < kMaxDiscarded;) {
    const auto [failed, length] = co_await stream_.read_some(asio::buffer(buffer));
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
  stream_.close();
  deadline_.cancel();
}

}  // namespace candela::servers::http
