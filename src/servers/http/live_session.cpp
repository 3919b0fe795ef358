#include "servers/http/live_session.h"

#include <spdlog/spdlog.h>

#include <array>
#include <boost/asio/as_tuple.hpp>
#include <boost/asio/use_awaitable.hpp>
#include <boost/asio/write.hpp>
#include <utility>

namespace candela::servers::http {

namespace asio = boost::asio;
namespace {

/// The system would keep megabytes for a page that does not read; this is enough for one that does.
constexpr int kSendBuffer = 256 * 1024;

}  // namespace

LiveSession::LiveSession(std::shared_ptr<asio::ip::tcp::socket> socket, std::shared_ptr<Site> site,
                         HeldButtons::Holder holder)
    : socket_(std::move(socket)), site_(std::move(site)), holder_(holder), timer_(socket_->get_executor()) {
  boost::system::error_code ignored;
  socket_->set_option(asio::socket_base::send_buffer_size(kSendBuffer), ignored);
  site_->pages.insert(this);
}

LiveSession::~LiveSession() { site_->pages.erase(this); }

asio::awaitable<void> LiveSession::serve(std::string websocket_key, std::string unread) {
  Response upgrade;
  upgrade.status = 101;
  upgrade.headers = {{"Upgrade", "websocket"},
                     {"Connection", "Upgrade"},
                     {"Sec-WebSocket-Accept", WebSocket::accept_key(websocket_key)}};
  waiting_ = header_text(upgrade, true);
  send(site_->snapshot());
  watch_over();
  hear(unread);
  std::array<char, 4096> buffer{};
  while (socket_->is_open() && !(websocket_.finished() && !writing_)) {
    const auto [failed, length] =
        co_await socket_->async_read_some(asio::buffer(buffer), asio::as_tuple(asio::use_awaitable));
    if (failed) break;
    hear({buffer.data(), length});
  }
  timer_.cancel();
}

void LiveSession::hear(std::string_view bytes) {
  heard_something_ = true;
  for (const std::string& message : websocket_.receive(bytes)) {
    const std::string answer = site_->api.hear(message, holder_);
    if (!answer.empty()) websocket_.send(answer);
  }
  waiting_ += websocket_.take_output();
  // A peer that asks without end and never reads the answers.
  if (waiting_.size() > site_->limits.waiting) return close_socket();
  flush();
}

void LiveSession::send(std::string_view text) {
  if (closing_ || text.empty()) return;
  if (!waiting_.empty() && waiting_.size() + text.size() > site_->limits.waiting) {
    spdlog::warn("a page does not keep up with the changes and is disconnected");
    closing_ = true;
    waiting_.clear();
    websocket_.close(WebSocket::Close::try_again_later, "the page does not keep up with the changes");
    close_within(site_->limits.write);
  } else {
    websocket_.send(text);
  }
  waiting_ += websocket_.take_output();
  flush();
}

void LiveSession::flush() {
  if (writing_ || waiting_.empty() || !socket_->is_open()) return;
  writing_ = true;
  sending_ = std::exchange(waiting_, {});
  asio::async_write(*socket_, asio::buffer(sending_),
                    [self = shared_from_this()](boost::system::error_code failed, std::size_t) {
                      self->writing_ = false;
                      if (failed || (self->waiting_.empty() && self->websocket_.finished()))
                        return self->close_socket();
                      self->flush();
                    });
}

/// It may never read the reason.
void LiveSession::close_within(std::chrono::milliseconds limit) {
  timer_.expires_after(limit);
  timer_.async_wait([weak = weak_from_this()](boost::system::error_code cancelled) {
    if (const auto self = weak.lock(); self && !cancelled) self->close_socket();
  });
}

/// A page that is gone without a word (a laptop's lid was closed) must not hold its buttons for ever.
void LiveSession::watch_over() {
  timer_.expires_after(site_->limits.ping);
  timer_.async_wait([weak = weak_from_this()](boost::system::error_code cancelled) {
    const auto self = weak.lock();
    if (cancelled || !self) return;
    if (!std::exchange(self->heard_something_, false)) return self->close_socket();
    self->websocket_.ping();
    self->waiting_ += self->websocket_.take_output();
    self->flush();
    self->watch_over();
  });
}

void LiveSession::close_socket() {
  boost::system::error_code ignored;
  socket_->close(ignored);
}

}  // namespace candela::servers::http
