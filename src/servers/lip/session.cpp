#include "servers/lip/session.h"

#include <fmt/format.h>
#include <spdlog/spdlog.h>

#include <boost/asio/as_tuple.hpp>
#include <boost/asio/co_spawn.hpp>
#include <boost/asio/detached.hpp>
#include <boost/asio/use_awaitable.hpp>
#include <boost/asio/write.hpp>
#include <utility>

#include "servers/login.h"

namespace candela::lip {
namespace {

namespace asio = boost::asio;
using asio::ip::tcp;
using Error = boost::system::error_code;

constexpr auto kAwait = asio::as_tuple(asio::use_awaitable);
constexpr std::size_t kReadMost = 1024;

std::string local_address_of(const tcp::socket& socket) {
  Error error;
  const tcp::endpoint here = socket.local_endpoint(error);
  return error ? "0.0.0.0" : here.address().to_string();
}

}  // namespace

Session::Session(tcp::socket socket, std::shared_ptr<SessionHost> host)
    : host_(std::move(host)),
      socket_(std::move(socket)),
      peer_(servers::address_of(socket_)),
      gap_(socket_.get_executor()),
      room_(socket_.get_executor(), asio::steady_timer::time_point::max()),
      began_(now()) {
  servers::set_options(socket_);
}

void Session::start() {
  outbox_.prompt(kLoginPrompt);
  write();
  asio::co_spawn(
      socket_.get_executor(), [self = shared_from_this()] { return self->run(); }, asio::detached);
}

asio::awaitable<void> Session::run() {
  std::array<char, kReadMost> bytes;
  while (!ended_ && !finishing_) {
    const auto [error, count] = co_await socket_.async_read_some(asio::buffer(bytes), kAwait);
    if (ended_) co_return;
    if (error) co_return end("the client closed the connection");
    co_await take_lines({bytes.data(), count});
    write();
  }
}

asio::awaitable<void> Session::take_lines(std::string_view bytes) {
  while (!ended_ && !finishing_) {
    const auto line = lines_.next(bytes);
    outbox_.answer(lines_.take_answers());
    if (!line) co_return;
    if (login_) {
      co_await take_login(line->text);
    } else {
      take_command(*line);
    }
    while (!ended_ && outbox_.size() > host_->limits().waiting / 2) {
      write();
      co_await room_.async_wait(kAwait);
    }
  }
}

asio::awaitable<void> Session::take_login(std::string_view line) {
  if (login_->line(line) == Login::Next::ask_password) {
    outbox_.prompt(kPasswordPrompt);
    write();
    co_return;
  }
  servers::Login login{.credentials = {login_->user(), login_->password()}, .use = AccountUse::lip, .address = peer_};
  auto account = co_await servers::log_in(host_->context(), host_->refusals(), std::move(login));
  if (ended_) co_return;
  if (account) {
    admit(std::move(*account));
  } else {
    refuse();
  }
  write();
}

void Session::admit(Account account) {
  if (!host_->admits()) {
    host_->refusals().tell(who(), "too many clients");
    return end("refused");
  }
  login_.reset();
  const Source source{Source::Kind::client, account.number};
  pressed_.emplace(socket_.get_executor(), host_->context().events, source);
  caller_.emplace(Caller{std::move(account), *pressed_, local_address_of(socket_), {}});
  spdlog::info("LIP: {} logged in", who());
  outbox_.prompt(caller_->account.prompt);
}

void Session::refuse() {
  outbox_.answer(kBadLogin);
  if (login_->refused()) {
    outbox_.prompt(kLoginPrompt);
  } else {
    finishing_ = true;
  }
}

void Session::take_command(const LineReader::Line& line) {
  Answer answer = host_->service().answer(line.text, line.too_long, *caller_);
  if (answer.leaves) return end("it logged out");
  outbox_.answer(answer.text);
  const Monitoring& monitoring = caller_->monitoring;
  if (!monitoring.is_on(Monitor::prompt) || !monitoring.is_on(Monitor::reply)) {
    outbox_.drop_prompts();
  } else {
    outbox_.prompt(caller_->account.prompt, answer.acts ? now() + Outbox::kPatience : MonoTime::min());
  }
  if (!answer.told.empty()) host_->tell(answer.told);
  host_->wait_for_due();
}

void Session::tell(std::span<const Report> reports) {
  if (ended_ || finishing_ || !caller_ || !caller_->monitoring.is_on(Monitor::reply)) return;
  for (const Report& report : reports) {
    if (report.is_for(caller_->monitoring)) outbox_.event(report.text, now());
  }
  if (outbox_.size() > host_->limits().waiting) return end("it does not read what it asked for");
  write();
}

void Session::write() {
  if (ended_ || !writing_.empty()) return;
  const auto due = outbox_.due();
  if (!due) return;
  auto segment = outbox_.take(now());
  if (!segment) {
    gap_.expires_after(*due - now());
    gap_.async_wait([self = shared_from_this()](const Error& error) {
      if (!error) self->write();
    });
    return;
  }
  writing_ = std::move(*segment);
  write_began_ = now();
  asio::async_write(socket_, asio::buffer(writing_),
                    [self = shared_from_this()](const Error& error, std::size_t) { self->written(error); });
}

void Session::written(const Error& error) {
  writing_.clear();
  if (ended_) return;
  if (error) return end("the client closed the connection");
  outbox_.sent(now());
  if (finishing_ && outbox_.size() == 0) return end("refused");
  write();
  if (outbox_.size() <= host_->limits().waiting / 2) room_.cancel();
}

void Session::watch(MonoTime now) {
  const servers::LipLimits& limits = host_->limits();
  if (!writing_.empty() && now - write_began_ > limits.write) return end("it does not read what it asked for");
  if (caller_ || now - began_ < limits.login) return;
  host_->refusals().tell(who(), "it did not log in");
  end("refused");
}

void Session::end(std::string_view reason) {
  if (ended_) return;
  ended_ = true;
  if (caller_) spdlog::info("LIP: {} disconnected: {}", who(), reason);
  Error ignored;
  socket_.shutdown(tcp::socket::shutdown_both, ignored);
  socket_.close(ignored);
  gap_.cancel();
  room_.cancel();
  pressed_.reset();
  host_->ended(*this);
}

std::string Session::who() const { return caller_ ? "'" + caller_->account.name + "' (" + peer_ + ")" : peer_; }

}  // namespace candela::lip
