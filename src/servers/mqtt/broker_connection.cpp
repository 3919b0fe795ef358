#include "servers/mqtt/broker_connection.h"

#include <fcntl.h>
#include <fmt/format.h>
#include <spdlog/spdlog.h>

#include <array>
#include <boost/asio/as_tuple.hpp>
#include <boost/asio/co_spawn.hpp>
#include <boost/asio/detached.hpp>
#include <boost/asio/steady_timer.hpp>
#include <boost/asio/use_awaitable.hpp>
#include <boost/asio/write.hpp>
#include <optional>
#include <tuple>
#include <utility>

#include "base/overloaded.h"
#include "servers/listener.h"
#include "servers/mqtt/backoff.h"
#include "servers/mqtt/broker_trust.h"

namespace candela::servers::mqtt {
namespace {

namespace asio = boost::asio;
using asio::ip::tcp;
using SystemError = boost::system::error_code;

constexpr auto kAwait = asio::as_tuple(asio::use_awaitable);
constexpr std::chrono::seconds kTick{5};
constexpr std::size_t kPiece = std::size_t{16} * 1024;

}  // namespace

class BrokerConnection::Impl final : public std::enable_shared_from_this<Impl> {
 public:
  Impl(const Context& context, Settings settings, MqttSession::Login login, Handler& handler)
      : context_(context),
        settings_(std::move(settings)),
        login_(std::move(login)),
        handler_(&handler),
        trust_(asio::ssl::context::tls_client),
        backoff_(settings_.seed),
        refusals_("MQTT", context.clock),
        resolver_(context.loop),
        deadline_(context.loop),
        tick_(context.loop),
        pause_(context.loop),
        written_(context.loop) {}

  Outcome start();
  void stop();
  bool has_room() const { return accepted_ && waiting() < kMostWaiting; }
  void publish(const Message& message, std::uint32_t expiry_seconds);
  void subscribe(const std::string& filter, MqttSession::Past past);
  void unsubscribe(const std::string& filter);

 private:
  using Endpoints = std::vector<tcp::endpoint>;
  using Taken = std::tuple<SystemError, std::size_t>;

  asio::awaitable<void> run();
  asio::awaitable<void> attempt();
  asio::awaitable<Endpoints> resolve();
  asio::awaitable<bool> reach(const tcp::endpoint& endpoint);
  asio::awaitable<Taken> read(asio::mutable_buffer into);
  asio::awaitable<void> serve();

  void set_deadline();
  void watch();
  void hear(const MqttSession::Incoming& incoming);
  void flush();
  void end(std::string why);
  void close();
  void say_why();
  std::size_t waiting() const { return out_.size() + (session_ ? session_->waiting() : 0); }
  tcp::socket& socket() { return stream_->next_layer(); }

  const Context context_;
  const Settings settings_;
  MqttSession::Login login_;
  Handler* handler_;  ///< null once stopped
  asio::ssl::context trust_;
  Backoff backoff_;
  Refusals refusals_;
  tcp::resolver resolver_;
  asio::steady_timer deadline_;
  asio::steady_timer tick_;
  asio::steady_timer pause_;
  asio::steady_timer written_;

  std::optional<leap::Stream> stream_;  ///< a broker without TLS is talked to by its socket
  std::unique_ptr<MqttSession> session_;
  bool accepted_ = false;
  bool writing_ = false;
  std::string out_;          ///< being written
  std::string why_;          ///< this attempt or session is over; empty = it is not
  std::string unreachable_;  ///< why the last address of it was not
  std::string said_;         ///< the reason that the log was told last
};

Outcome BrokerConnection::Impl::start() {
  if (settings_.broker.tls) {
    auto trust = make_trust(settings_);
    if (!trust) return trust.error();
    trust_ = std::move(*trust);
  }
  if (!settings_.password_file.empty()) {
    auto password = read_password(settings_.password_file);
    if (!password) return password.error();
    login_.password = std::move(*password);
  }
  asio::co_spawn(
      context_.loop, [self = shared_from_this()] { return self->run(); }, asio::detached);
  return done();
}

void BrokerConnection::Impl::stop() {
  if (handler_ == nullptr) return;
  handler_ = nullptr;
  end("the processor stops");
  pause_.cancel();
}

asio::awaitable<void> BrokerConnection::Impl::run() {
  while (handler_ != nullptr) {
    why_.clear();
    co_await attempt();
    deadline_.cancel();
    tick_.cancel();
    if (std::exchange(accepted_, false) && handler_ != nullptr) handler_->on_ended();
    // The stream is in use until its last write has come back.
    while (writing_) {
      written_.expires_at(asio::steady_timer::time_point::max());
      co_await written_.async_wait(kAwait);
    }
    session_.reset();
    stream_.reset();
    if (handler_ == nullptr) co_return;
    say_why();
    pause_.expires_after(backoff_.next());
    co_await pause_.async_wait(kAwait);
  }
}

/// The same reason once only: a broker that is away may be so for weeks.
void BrokerConnection::Impl::say_why() {
  if (why_ == said_) return;
  said_ = why_;
  const std::string trouble = fmt::format("MQTT: {}: {}; it is tried again", settings_.broker.text(), why_);
  spdlog::warn("{}", trouble);
  settings_.on_trouble(trouble);
}

asio::awaitable<void> BrokerConnection::Impl::attempt() {
  set_deadline();
  const Endpoints endpoints = co_await resolve();
  for (const tcp::endpoint& endpoint : endpoints) {
    if (!why_.empty()) co_return;
    if (co_await reach(endpoint)) co_return co_await serve();
  }
  end("it cannot be reached: " + unreachable_);
}

asio::awaitable<BrokerConnection::Impl::Endpoints> BrokerConnection::Impl::resolve() {
  SystemError none;
  const auto address = asio::ip::make_address(settings_.broker.host, none);
  if (!none) co_return Endpoints{{address, settings_.broker.port}};
  const auto [error, found] = co_await resolver_.async_resolve(
      settings_.broker.host, std::to_string(settings_.broker.port), tcp::resolver::numeric_service, kAwait);
  Endpoints endpoints;
  if (error) {
    end("its name is not found: " + error.message());
  } else {
    for (const auto& it : found) endpoints.push_back(it.endpoint());
  }
  co_return endpoints;
}

asio::awaitable<bool> BrokerConnection::Impl::reach(const tcp::endpoint& endpoint) {
  stream_.emplace(context_.loop, trust_);
  const auto [refused] = co_await socket().async_connect(endpoint, kAwait);
  unreachable_ = refused.message();
  if (refused || !why_.empty()) co_return false;
  set_options(socket());
  // A device simulator that this program starts must not keep the connection alive when the program dies.
  ::fcntl(socket().native_handle(), F_SETFD, FD_CLOEXEC);
  if (!settings_.broker.tls) co_return true;
  expect_broker(*stream_, settings_.broker.host, context_.clock.now().utc);
  const auto [error] = co_await stream_->async_handshake(asio::ssl::stream_base::client, kAwait);
  if (error) end("no TLS with it: " + leap::why_refused(*stream_, error));
  co_return !error && why_.empty();
}

void BrokerConnection::Impl::set_deadline() {
  deadline_.expires_after(kPatience);
  deadline_.async_wait([self = shared_from_this()](const SystemError& cancelled) {
    if (!cancelled) self->end("it does not answer in time");
  });
}

asio::awaitable<BrokerConnection::Impl::Taken> BrokerConnection::Impl::read(asio::mutable_buffer into) {
  if (settings_.broker.tls) co_return co_await stream_->async_read_some(into, kAwait);
  co_return co_await socket().async_read_some(into, kAwait);
}

asio::awaitable<void> BrokerConnection::Impl::serve() {
  auto session = MqttSession::open(login_, settings_.socket);
  if (!session) co_return end(session.error().message);
  session_ = std::move(*session);
  flush();
  watch();
  std::array<std::uint8_t, kPiece> piece;
  while (why_.empty()) {
    const auto [error, size] = co_await read(asio::buffer(piece));
    if (error) co_return end(error == asio::error::eof ? "it closed the connection" : error.message());
    const auto incoming = session_->receive(std::span(piece).first(size));
    if (!incoming) co_return end(incoming.error().message);
    for (const MqttSession::Incoming& it : *incoming) {
      if (why_.empty()) hear(it);
    }
    flush();
  }
}

void BrokerConnection::Impl::hear(const MqttSession::Incoming& incoming) {
  std::visit(overloaded{[&](const MqttSession::Accepted&) {
                          deadline_.cancel();
                          accepted_ = true;
                          backoff_.reset();
                          said_.clear();
                          spdlog::info("MQTT: connected to {}", settings_.broker.text());
                          settings_.on_trouble({});
                          handler_->on_accepted();
                        },
                        [&](const Message& message) { handler_->on_message(message); },
                        [&](const MqttSession::NotSubscribed& it) {
                          refusals_.tell("by the broker to listen to " + it.filter, it.why);
                        }},
             incoming);
}

void BrokerConnection::Impl::watch() {
  tick_.expires_after(kTick);
  tick_.async_wait([self = shared_from_this()](const SystemError& cancelled) {
    if (cancelled || !self->session_ || !self->why_.empty()) return;
    if (const Outcome there = self->session_->tick(); !there) return self->end(there.error().message);
    self->flush();
    self->watch();
  });
}

void BrokerConnection::Impl::flush() {
  if (writing_ || !session_ || !why_.empty()) return;
  out_ = session_->take_output();
  if (out_.empty()) return;
  writing_ = true;
  auto written = [self = shared_from_this()](const SystemError& error, std::size_t) {
    self->writing_ = false;
    self->out_.clear();
    self->written_.cancel();
    if (!self->why_.empty()) return;
    if (error) return self->end(error.message());
    self->flush();
    if (self->has_room() && self->handler_ != nullptr) self->handler_->on_room();
  };
  if (settings_.broker.tls) {
    asio::async_write(*stream_, asio::buffer(out_), std::move(written));
  } else {
    asio::async_write(socket(), asio::buffer(out_), std::move(written));
  }
}

void BrokerConnection::Impl::end(std::string why) {
  if (why_.empty()) why_ = std::move(why);
  resolver_.cancel();
  close();
}

void BrokerConnection::Impl::close() {
  SystemError ignored;
  if (stream_) socket().close(ignored);
}

void BrokerConnection::Impl::publish(const Message& message, std::uint32_t expiry_seconds) {
  if (!accepted_ || !session_) return;
  if (const Outcome published = session_->publish(message, expiry_seconds); !published) {
    refusals_.tell("a message", published.error().message);
  }
  flush();
}

void BrokerConnection::Impl::subscribe(const std::string& filter, MqttSession::Past past) {
  if (!accepted_ || !session_) return;
  session_->subscribe(filter, past);
  flush();
}

void BrokerConnection::Impl::unsubscribe(const std::string& filter) {
  if (!accepted_ || !session_) return;
  session_->unsubscribe(filter);
  flush();
}

BrokerConnection::BrokerConnection(const Context& context, Settings settings, MqttSession::Login login,
                                   Handler& handler)
    : impl_(std::make_shared<Impl>(context, std::move(settings), std::move(login), handler)) {}
BrokerConnection::~BrokerConnection() { stop(); }
Outcome BrokerConnection::start() { return impl_->start(); }
void BrokerConnection::stop() { impl_->stop(); }
bool BrokerConnection::has_room() const { return impl_->has_room(); }
void BrokerConnection::publish(const Message& message, std::uint32_t expiry_seconds) {
  impl_->publish(message, expiry_seconds);
}
void BrokerConnection::subscribe(const std::string& filter, MqttSession::Past past) { impl_->subscribe(filter, past); }
void BrokerConnection::unsubscribe(const std::string& filter) { impl_->unsubscribe(filter); }

}  // namespace candela::servers::mqtt
