#include "servers/leap/session.h"

#include <spdlog/spdlog.h>

#include <boost/asio/as_tuple.hpp>
#include <boost/asio/co_spawn.hpp>
#include <boost/asio/detached.hpp>
#include <boost/asio/use_awaitable.hpp>
#include <boost/asio/write.hpp>

#include "servers/leap/login.h"
#include "servers/login.h"

namespace candela::leap {
namespace {

namespace asio = boost::asio;
using asio::ip::tcp;
using Error = boost::system::error_code;

constexpr auto kAwait = asio::as_tuple(asio::use_awaitable);
/// So many lines that are no JSON: it is no LEAP client.
constexpr int kBadLinesMax = 8;
constexpr std::chrono::seconds kLinger{2};
constexpr std::size_t kRefusedTaken = std::size_t{64} * 1024;
/// Of a peer that has not logged in: what a client asks before, and pings until its owner has typed the password.
constexpr int kStrangeLinesMax = 64;
constexpr std::size_t kStrangeLineMax = 4096;
constexpr int kWrongLoginsMax = 3;

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
  heard_ = now();
  if (!error && host_->takes_logins() && !has_certificate(*stream_)) {
    know({}, {}, std::nullopt);
    co_return true;
  }
  const Client* const client = error ? nullptr : client_of(*stream_, host_->clients());
  if (client == nullptr || !host_->admits()) {
    host_->refusals().tell(who(), error               ? why_refused(*stream_, error)
                                  : client == nullptr ? "its key is not in the list of clients"
                                                      : "too many clients");
    co_await linger_refused();
    co_return false;
  }
  know(client->name, client->number, client->role);
  spdlog::info("LEAP: {} connected", who());
  co_return true;
}

void Session::know(std::string name, ClientId client, std::optional<Role> role) {
  name_ = std::move(name);
  const int major_version = caller_ ? caller_->major_version : Caller::kMajorVersion;
  pressed_.emplace(stream_->get_executor(), host_->context().events, Source{Source::Kind::client, client});
  caller_.emplace(Caller{client, role, *pressed_, major_version});
}

asio::awaitable<void> Session::serve() {
  while (!ended_ && !finishing_) {
    const std::span<char> space = lines_.space();
    const auto [error, count] = co_await stream_->async_read_some(asio::buffer(space.data(), space.size()), kAwait);
    if (ended_) co_return;
    if (error) co_return end("the client closed the connection");
    heard_ = now();
    lines_.wrote(count);
    while (const auto line = lines_.next()) {
      const Request request = host_->parser().parse(*line);
      if (host_->takes_logins() && asks_to_log_in(request)) {
        co_await log_in(*line);
      } else {
        answer(request);
      }
      if (waiting_.size() > host_->limits().waiting / 2) co_await wait_for_room();
      if (ended_) co_return;
      if (finishing_) break;
    }
    if (!is_known()) bound_stranger();
    if (lines_.too_long() && !finishing_) {
      Request request;
      request.complaint = "The line is too long";
      host_->service().answer(request, *caller_, subscriptions_, heard_, waiting_);
      finish("sent a line of more than 256 KiB");
    }
    write();
  }
  if (finishing_) co_await linger();
}

asio::awaitable<void> Session::wait_for_room() {
  waits_for_room_ = true;
  while (!ended_ && waiting_.size() > host_->limits().waiting / 2) {
    write();
    co_await room_.async_wait(kAwait);
  }
  waits_for_room_ = false;
}

void Session::answer(const Request& request) {
  host_->service().answer(request, *caller_, subscriptions_, heard_, waiting_);
  if (!follows_ && subscriptions_.count() > 0) {
    follows_ = true;
    host_->follows(*this);
  }
  wait_for_held();
  if (!is_known() && ++strange_lines_ >= kStrangeLinesMax) return finish("it does not log in");
  if (!request.is_json && ++bad_lines_ >= kBadLinesMax) finish("does not speak LEAP");
}

asio::awaitable<void> Session::log_in(std::string_view line) {
  const auto credentials = read_login(host_->parser().parse(line));
  std::optional<Account> account;
  if (credentials) {
    write();  // the answers to what came before
    servers::Login login{.credentials = *credentials, .use = AccountUse::leap, .address = peer_};
    account = co_await servers::log_in(host_->context(), host_->refusals(), std::move(login));
    if (ended_) co_return;
  }
  // Parsed once more: meanwhile the parser has served others.
  const Request request = host_->parser().parse(line);
  const Answer answer =
      credentials ? judge_login(request, account) : refuse(Status::bad_request, credentials.error().message);
  append_answer(waiting_, request, answer.status, answer.content);
  if (is_success(answer.status)) co_return;
  if (++wrong_logins_ >= kWrongLoginsMax) finish("too many wrong logins");
}

Answer Session::judge_login(const Request& request, const std::optional<Account>& account) {
  if (!account) return login_refused();
  if (is_known()) {
    // A client that has a certificate and logs in nevertheless keeps the rights of its certificate.
    if (has_certificate(*stream_) || account->number == caller_->client) return logged_in(request, account->name);
    return refuse(Status::unauthorized, "This session has logged in already");
  }
  if (!host_->admits()) {
    finish("too many clients");
    return refuse(Status::unauthorized, "Too many clients are connected");
  }
  know(account->name, account->number, std::min(account->role, Role::control));
  spdlog::info("LEAP: {} logged in", who());
  return logged_in(request, account->name);
}

void Session::bound_stranger() {
  if (finishing_ || lines_.waiting() < kStrangeLineMax) return;
  Request request;
  request.complaint = "The line is too long";
  host_->service().answer(request, *caller_, subscriptions_, heard_, waiting_);
  finish("it sends more than a login");
}

void Session::finish(std::string_view why) {
  host_->refusals().tell(who(), why);
  finishing_ = true;
}

asio::awaitable<void> Session::linger() {
  std::array<char, 1024> rest;
  while (!ended_) {
    const auto [error, count] = co_await stream_->async_read_some(asio::buffer(rest), kAwait);
    if (error && !ended_) co_return end("what it sent could not be answered");
  }
}

asio::awaitable<void> Session::linger_refused() {
  refused_ = true;
  tcp::socket& socket = stream_->next_layer();
  Error ignored;
  socket.shutdown(tcp::socket::shutdown_send, ignored);
  std::array<char, 1024> rest;
  for (std::size_t taken = 0; !ended_ && taken < kRefusedTaken;) {
    const auto [error, count] = co_await socket.async_read_some(asio::buffer(rest), kAwait);
    if (error) break;
    taken += count;
  }
  end("refused");
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
  if (waits_for_room_) room_.cancel();
  if (!finishing_ || !writing_.empty()) return;
  Error ignored;
  stream_->next_layer().shutdown(tcp::socket::shutdown_send, ignored);
}

void Session::tell(const News& news) {
  if (ended_ || finishing_ || !is_known()) return;
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
    if (!refused_) host_->refusals().tell(who(), "it did not finish its handshake");
    return end("refused");
  }
  if (!is_known() && now - began_ >= limits.login) {
    host_->refusals().tell(who(), "it did not log in");
    return end("refused");
  }
  if (!writing_.empty() && now - write_began_ > limits.write) return end("it does not read what it asked for");
  if (finishing_ && now - heard_ > kLinger) return end("what it sent could not be answered");
  if (now - heard_ > limits.idle) return end("it was silent for too long");
}

void Session::end(std::string_view reason) {
  if (ended_) return;
  ended_ = true;
  if (is_known()) spdlog::info("LEAP: {} disconnected: {}", who(), reason);
  Error ignored;
  (stream_ ? stream_->next_layer() : socket_).close(ignored);
  held_timer_.cancel();
  room_.cancel();
  pressed_.reset();
  host_->ended(*this);
}

std::string Session::who() const { return name_.empty() ? peer_ : "'" + name_ + "' (" + peer_ + ")"; }

}  // namespace candela::leap
