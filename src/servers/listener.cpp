#include "servers/listener.h"

#include <fmt/format.h>
#include <spdlog/spdlog.h>

#include <boost/asio/post.hpp>
#include <boost/asio/steady_timer.hpp>
#include <utility>

namespace candela::servers {
namespace {

namespace asio = boost::asio;
using asio::ip::tcp;
using SystemError = boost::system::error_code;

constexpr std::chrono::milliseconds kAcceptAgain{200};

}  // namespace

/// Outlives the listener until the last of its handlers has run.
struct Listener::State : std::enable_shared_from_this<State> {
  State(asio::io_context& loop, Take with_take) : take(std::move(with_take)), acceptor(loop), again(loop) {}

  void accept() {
    acceptor.async_accept([self = shared_from_this()](const SystemError& error, tcp::socket socket) {
      if (!self->take) return;
      if (!error) {
        self->take(std::move(socket));
        return self->accept();
      }
      self->again.expires_after(kAcceptAgain);
      self->again.async_wait([self](const SystemError& cancelled) {
        if (!cancelled && self->take) self->accept();
      });
    });
  }

  Take take;  ///< none once stopped
  tcp::acceptor acceptor;
  asio::steady_timer again;
};

Listener::Listener(asio::io_context& loop, Take take) : state_(std::make_shared<State>(loop, std::move(take))) {}

Outcome Listener::start(const Endpoint& endpoint, std::string_view what) {
  SystemError error;
  const auto address = asio::ip::make_address(endpoint.address, error);
  if (error) return Error{fmt::format("'{}' is not an IP address", endpoint.address)};
  const tcp::endpoint place(address, endpoint.port);
  tcp::acceptor& acceptor = state_->acceptor;
  acceptor.open(place.protocol(), error);
  if (!error) acceptor.set_option(tcp::acceptor::reuse_address(true), error);
  if (!error) acceptor.bind(place, error);
  if (!error) acceptor.listen(asio::socket_base::max_listen_connections, error);
  if (!error) port_ = acceptor.local_endpoint(error).port();
  if (error) {
    return Error{
        fmt::format("cannot serve {} at {} port {}: {}", what, endpoint.address, endpoint.port, error.message())};
  }
  state_->accept();
  return done();
}

void Listener::stop() {
  SystemError ignored;
  state_->acceptor.close(ignored);
  state_->again.cancel();
  // Posted, because it may be the one that is running.
  asio::post(state_->acceptor.get_executor(), [take = std::exchange(state_->take, nullptr)] {});
}

void Refusals::tell(std::string_view who, std::string_view why) {
  const MonoTime now = clock_.now().mono;
  if (now - since_ >= std::chrono::seconds(1)) {
    if (count_ > kLogged) spdlog::warn("{}: {} more were refused", server_, count_ - kLogged);
    since_ = now;
    count_ = 0;
  }
  if (++count_ <= kLogged) spdlog::warn("{}: refused {}: {}", server_, who, why);
}

void Refusals::tell_guess(std::string_view who, Duration wait) {
  // Whoever guesses must not hide that behind a flood of refusals, of which the log counts most; waiting bounds these.
  if (wait == Duration::zero()) return tell(who, "wrong name or password");
  spdlog::warn("{}: {} gave a wrong name or password; it has to wait {} s", server_, who, to_seconds(wait));
}

void set_options(tcp::socket& socket) {
  using KeepIdle = asio::detail::socket_option::integer<IPPROTO_TCP, TCP_KEEPIDLE>;
  using KeepInterval = asio::detail::socket_option::integer<IPPROTO_TCP, TCP_KEEPINTVL>;
  using KeepCount = asio::detail::socket_option::integer<IPPROTO_TCP, TCP_KEEPCNT>;
  SystemError ignored;
  socket.set_option(tcp::no_delay(true), ignored);
  socket.set_option(asio::socket_base::keep_alive(true), ignored);
  socket.set_option(KeepIdle(60), ignored);
  socket.set_option(KeepInterval(20), ignored);
  socket.set_option(KeepCount(3), ignored);
}

std::string address_of(const tcp::socket& socket) {
  SystemError error;
  const tcp::endpoint peer = socket.remote_endpoint(error);
  return error ? "unknown" : peer.address().to_string();
}

}  // namespace candela::servers
