#include "servers/leap/session.h"

#include <spdlog/spdlog.h>

#include <boost/asio/as_tuple.hpp>
#include <boost/asio/co_spawn.hpp>
#include <boost/asio/detached.hpp>
#include <boost/asio/use_awaitable.hpp>
#include <boost/asio/write.hpp>

#include "servers/listener.h"

namespace candela::leap {
namespace {

namespace asio = boost::asio;
using asio::ip::tcp;
using Error = boost::system::error_code;

constexpr auto kAwait = asio::as_tuple(asio::use_awaitable);
/// So many lines that are no JSON: it is no LEAP client.
constexpr int kBadLinesMax = 8;
constexpr std::chrono::seconds kLinger{2};

}  // namespace

Session::Session(tcp::socket socket, std::shared_ptr<SessionHost> host)
    : host_(std::move(host)),
      socket_(std::move(socket)),
      peer_(servers::address_of(socket_)),
      held_timer_(socket_.get_executor()),
      room_(socket_.get_executor(), boost::asio::steady_timer::time_point::max()),
      began_(now()),
      heard_(began_) {
  servers::set_options(socket_);
}

void Session::start() {
  asio::co_spawn(
      socket_.get_executor(), [self = shared_from_this()] { return self->run(); }, asio::detached);
}

asio::awaitable<void> Session::run() {
  const auto [error] = co_await socket_.async_wait(tcp::socket::wait_read, kAwait);
  if (ended_) co_return;
  if (error) co_return end("the connection broke");
  if (co_await admit()) co_await serve();
}

asio::awaitable<bool> Session::admit() {
  stream_.emplace(std::move(socket_), host_->tls());
  check_certificates_at(*stream_, host_->context().clock.now().utc);
  const auto [error] = co_await stream_->async_handshake(asio::ssl::stream_base::server, kAwait);
  if (ended_) co_return false;
  const Client* const client = error ? nullptr : client_of(*stream_, host_->clients());
  if (client == nullptr || !host_->admits()) {
    host_->refused(who(), error               ? why_refused(*stream_, error)
                          : client == nullptr ? "its key is not in the list of clients"
                                              : "too many clients");
    end("refused");
    co_return false;
  }
  name_ = client->name;
  pressed_.emplace(stream_->get_executor(), host_->context().events, Source{Source::Kind::client, client->number});
  caller_.emplace(Caller{client->number, client->role, *pressed_});
  heard_ = now();
  spdlog::info("LEAP: {} connected", who());
  co_return true;
}

asio::awaitable<void> Session::serve() {
  while (!ended_ && !finishing_) {
    const std::span<char> space = lines_.space();
    const auto [error, count] = co_await stream_->async_read_some(asio::buffer(space.data(), space.size()), kAwait);
    if (ended_) co_return;
    if (error) co_return end("the client closed the connection");
    heard_ = now();
    lines_.wrote(count);
    co_await answer_lines();
    if (lines_.too_long() && !finishing_) {
      Request request;
      request.complaint = "The line is too long";
      host_->service().answer(request, *caller_, subscriptions_, heard_, waiting_);
      host_->refused(who(), "sent a line of more than 256 KiB");
      finishing_ = true;
    }
    write();
  }
  if (finishing_) co_await linger();
}

asio::awaitable<void> Session::answer_lines() {
  while (const auto line = lines_.next()) {
    answer(*line);
    while (!ended_ && waiting_.size() > host_->limits().waiting / 2) {
      write();
      co_await room_.async_wait(kAwait);
    }
    if (ended_ || finishing_) co_return;
  }
}

void Session::answer(std::string_view line) {
  const Request request = host_->parser().parse(line);
  host_->service().answer(request, *caller_, subscriptions_, now(), waiting_);
  wait_for_held();
  if (request.is_json || ++bad_lines_ < kBadLinesMax) return;
  host_->refused(who(), "does not speak LEAP");
  finishing_ = true;
}

asio::awaitable<void> Session::linger() {
  std::array<char, 1024> rest;
  while (!ended_) {
    const auto [error, count] = co_await stream_->async_read_some(asio::buffer(rest), kAwait);
    if (error && !ended_) co_return end("what it sent could not be answered");
  }
}

void Session::write() {
  if (ended_ || !writing_.empty() || waiting_.empty()) return;
  writing_.swap(waiting_);
  write_began_ = now();
  asio::async_write(*stream_, asio::buffer(writing_),
                    [self = shared_from_this()](const Error& error, std::size_t) { self->written(error); });
}

void Session::written(const Error& error) {
  writing_.clear();
  if (ended_) return;
  if (error) return end("the client closed the connection");
  write();
  room_.cancel();
  if (!finishing_ || !writing_.empty()) return;
  Error ignored;
  stream_->next_layer().shutdown(tcp::socket::shutdown_send, ignored);
}

void Session::tell(const News& news) {
  if (ended_ || finishing_ || !caller_) return;
  subscriptions_.tell(news, host_->context().view, now(), waiting_);
  if (waiting_.size() > host_->limits().waiting) return end("it does not read what it asked for");
  write();
  wait_for_held();
}

void Session::wait_for_held() {
  if (held_timer_runs_) return;
  const auto next = subscriptions_.next_held();
  if (!next) return;
  held_timer_runs_ = true;
  held_timer_.expires_after(std::max(*next - now(), Duration::zero()));
  held_timer_.async_wait([self = shared_from_this()](const Error& error) {
    self->held_timer_runs_ = false;
    if (error || self->ended_) return;
    self->subscriptions_.tell_held(self->host_->context().view, self->now(), self->waiting_);
    self->write();
    self->wait_for_held();
  });
}

void Session::watch(MonoTime now) {
  const servers::LeapLimits& limits = host_->limits();
  if (!caller_) {
    if (now - began_ < limits.handshake) return;
    host_->refused(who(), "it did not finish its handshake");
    return end("refused");
  }
  if (!writing_.empty() && now - write_began_ > limits.write) return end("it does not read what it asked for");
  if (finishing_ && now - heard_ > kLinger) return end("what it sent could not be answered");
  if (now - heard_ > limits.idle) return end("it was silent for too long");
}

void Session::end(std::string_view reason) {
  if (ended_) return;
  ended_ = true;
  if (caller_) spdlog::info("LEAP: {} disconnected: {}", who(), reason);
  Error ignored;
  (stream_ ? stream_->next_layer() : socket_).close(ignored);
  held_timer_.cancel();
  room_.cancel();
  pressed_.reset();
  host_->ended(*this);
}

std::string Session::who() const { return name_.empty() ? peer_ : "'" + name_ + "' (" + peer_ + ")"; }

}  // namespace candela::leap
