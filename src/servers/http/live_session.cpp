#include "servers/http/live_session.h"

#include <spdlog/spdlog.h>

#include <array>
#include <utility>

namespace candela::servers::http {

namespace asio = boost::asio;
namespace {

/// The system would keep megabytes for a page that does not read; this is enough for one that does.
constexpr int kSendBuffer = 256 * 1024;

}  // namespace

LiveSession::LiveSession(std::shared_ptr<Stream> stream, std::shared_ptr<Site> site, Peer& peer)
    : stream_(std::move(stream)), site_(std::move(site)), peer_(peer), timer_(stream_->socket().get_executor()) {
  boost::system::error_code ignored;
  stream_->socket().set_option(asio::socket_base::send_buffer_size(kSendBuffer), ignored);
}

LiveSession::~LiveSession() { site_->pages.erase(this); }

asio::awaitable<void> LiveSession::serve(std::string websocket_key, std::string unread) {
  Response upgrade;
  upgrade.status = 101;
  upgrade.headers = {{"Upgrade", "websocket"},
                     {"Connection", "Upgrade"},
                     {"Sec-WebSocket-Accept", WebSocket::accept_key(websocket_key)}};
  waiting_ = header_text(upgrade, true);
  if (peer_.caller.role) {
    welcome();
  } else {
    close_within(site_->limits.authorise);
    flush();
  }
  hear(unread);
  std::array<char, 4096> buffer{};
  while (stream_->socket().is_open() && !(websocket_.finished() && !writing_)) {
    const auto [failed, length] = co_await stream_->read_some(asio::buffer(buffer));
    if (failed) break;
    hear({buffer.data(), length});
  }
  timer_.cancel();
}

/// From here on it is told everything.
void LiveSession::welcome() {
  site_->pages.insert(this);
  send(site_->snapshot());
  watch_over();
}

void LiveSession::hear(std::string_view bytes) {
  heard_something_ = true;
  for (const std::string& message : websocket_.receive(bytes)) {
    if (!closing_) take(read_live_request(message));
  }
  waiting_ += websocket_.take_output();
  // A peer that asks without end and never reads the answers.
  if (waiting_.size() > site_->limits.waiting) return close_socket();
  flush();
}

void LiveSession::take(const LiveRequest& request) {
  using Kind = LiveRequest::Kind;
  if (request.kind == Kind::authorise) return authorise(request.object);
  if (!peer_.caller.role) return end(WebSocket::Close::policy, "a token is needed first");
  const std::string answer = site_->api.hear(request, peer_);
  if (!answer.empty()) websocket_.send(answer);
}

void LiveSession::authorise(std::string_view token) {
  const bool was_known = peer_.caller.role.has_value();
  if (!site_->access.admit_token(token, peer_)) {
    return end(WebSocket::Close::policy, "this token is none, or counts no more");
  }
  if (was_known) return;
  if (!site_->has_room(peer_) || site_->pages.size() >= site_->limits.pages) {
    return end(WebSocket::Close::try_again_later, "too many follow this processor already");
  }
  welcome();
}

void LiveSession::send(std::string_view text) {
  if (closing_ || text.empty()) return;
  if (!waiting_.empty() && waiting_.size() + text.size() > site_->limits.waiting) {
    spdlog::warn("a page does not keep up with the changes and is disconnected");
    waiting_.clear();
    end(WebSocket::Close::try_again_later, "the page does not keep up with the changes");
  } else {
    websocket_.send(text);
  }
  waiting_ += websocket_.take_output();
  flush();
}

void LiveSession::end(WebSocket::Close code, std::string_view reason) {
  closing_ = true;
  websocket_.close(code, reason);
  close_within(site_->limits.write);
}

void LiveSession::flush() {
  if (writing_ || waiting_.empty() || !stream_->socket().is_open()) return;
  writing_ = true;
  sending_ = std::exchange(waiting_, {});
  stream_->write(asio::buffer(sending_), [self = shared_from_this()](boost::system::error_code failed) {
    self->writing_ = false;
    if (failed || (self->waiting_.empty() && self->websocket_.finished())) return self->close_socket();
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
    if (self->closing_) return;
    if (!self->site_->access.still_admits(self->peer_.caller)) {
      self->end(WebSocket::Close::policy, "its token has expired");
    } else {
      self->websocket_.ping();
    }
    self->waiting_ += self->websocket_.take_output();
    self->flush();
    if (!self->closing_) self->watch_over();
  });
}

void LiveSession::close_socket() { stream_->close(); }

}  // namespace candela::servers::http
