#include "servers/http/stream.h"

#include <boost/asio/as_tuple.hpp>
#include <boost/asio/use_awaitable.hpp>
#include <boost/asio/write.hpp>

namespace candela::servers::http {

namespace asio = boost::asio;

namespace {

constexpr auto kNoThrow = asio::as_tuple(asio::use_awaitable);

}  // namespace

asio::awaitable<bool> Stream::handshake() {
  if (!tls_) co_return true;
  const auto [failed] = co_await tls_->async_handshake(asio::ssl::stream_base::server, kNoThrow);
  co_return !failed;
}

asio::awaitable<std::pair<Stream::Error, std::size_t>> Stream::read_some(asio::mutable_buffer buffer) {
  if (tls_) {
    const auto [failed, length] = co_await tls_->async_read_some(buffer, kNoThrow);
    co_return std::pair(failed, length);
  }
  const auto [failed, length] = co_await plain_->async_read_some(buffer, kNoThrow);
  co_return std::pair(failed, length);
}

asio::awaitable<bool> Stream::write(std::array<asio::const_buffer, 2> parts) {
  if (tls_) {
    const auto [failed, length] = co_await asio::async_write(*tls_, parts, kNoThrow);
    co_return !failed;
  }
  const auto [failed, length] = co_await asio::async_write(*plain_, parts, kNoThrow);
  co_return !failed;
}

void Stream::write(asio::const_buffer bytes, std::function<void(Error)> done) {
  const auto told = [done = std::move(done)](Error failed, std::size_t) { done(failed); };
  if (tls_) {
    asio::async_write(*tls_, bytes, told);
  } else {
    asio::async_write(*plain_, bytes, told);
  }
}

asio::awaitable<bool> Stream::finish() {
  if (tls_) {
    // Waits for the peer's goodbye as well; the caller has a deadline.
    const auto [failed] = co_await tls_->async_shutdown(kNoThrow);
    co_return !failed;
  }
  Error failed;
  plain_->shutdown(Socket::shutdown_send, failed);
  co_return !failed;
}

void Stream::close() {
  Error ignored;
  socket().close(ignored);
}

}  // namespace candela::servers::http
