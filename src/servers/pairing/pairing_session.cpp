#include "servers/pairing/pairing_session.h"

#include <spdlog/spdlog.h>

#include <boost/asio/as_tuple.hpp>
#include <boost/asio/buffer.hpp>
#include <boost/asio/co_spawn.hpp>
#include <boost/asio/detached.hpp>
#include <boost/asio/read_until.hpp>
#include <boost/asio/use_awaitable.hpp>
#include <boost/asio/write.hpp>

#include "servers/ask.h"
#include "servers/leap/tls.h"
#include "servers/listener.h"

namespace candela::servers::pairing {
namespace {

namespace asio = boost::asio;
using asio::ip::tcp;
using Error = boost::system::error_code;

constexpr auto kAwait = asio::as_tuple(asio::use_awaitable);
constexpr std::string_view kUnauthorized = "You are not authorized to perform this request";
/// Lines of one connection; a program needs two.
constexpr int kLinesMax = 8;

}  // namespace

Session::Session(tcp::socket socket, std::shared_ptr<SessionHost> host)
    : host_(std::move(host)), stream_(std::move(socket), host_->tls()), timer_(stream_.get_executor()) {
  peer_ = address_of(stream_.next_layer());
  set_options(stream_.next_layer());
}

void Session::start() {
  end_after(host_->limits().handshake);
  asio::co_spawn(
      stream_.get_executor(), [self = shared_from_this()] { return self->run(); }, asio::detached);
}

asio::awaitable<void> Session::run() {
  const auto [refused] = co_await stream_.async_handshake(asio::ssl::stream_base::server, kAwait);
  if (ended_) co_return;
  if (refused) {
    host_->refused(peer_, leap::why_refused(stream_, refused));
    co_return end();
  }
  end_after(host_->limits().lasts);
  ready_ = true;
  spdlog::info("pairing: {} waits for the window to be opened", peer_);
  if (host_->window().is_open()) tell_opened();

  std::string received;
  for (int lines = 0; lines < kLinesMax; ++lines) {
    const auto [error, size] =
        co_await asio::async_read_until(stream_, asio::dynamic_buffer(received, leap::kPairingLineMax), '\n', kAwait);
    if (ended_) co_return;
    if (error) break;
    co_await answer(std::string_view(received).substr(0, size));
    if (ended_) co_return;
    received.erase(0, size);
  }
  end();
}

asio::awaitable<void> Session::answer(std::string_view line) {
  const leap::PairingRequest request = leap::parse_pairing_request(line);
  PairingWindow& window = host_->window();
  window.look_at(host_->context().clock.now().mono);
  if (!window.is_open()) co_return refuse(request, leap::kPairingUnauthorized, kUnauthorized);
  if (!request.complaint.empty()) co_return refuse(request, leap::kPairingBadRequest, request.complaint);
  if (request.kind == leap::PairingRequest::Kind::read_root) {
    co_return write(leap::pairing_root(request, host_->root_pem()));
  }
  // One opening lets one program in, whoever else asks meanwhile.
  if (!window.begin()) co_return refuse(request, leap::kPairingUnauthorized, kUnauthorized);
  const PairingWindow::Opening& opening = window.opening();
  const std::string name = opening.name.empty() ? request.display_name : opening.name;
  const auto issued = co_await ask<IssuedClient>([&](auto answered) {
    host_->context().administration.enrol_client(request.csr, name, opening.role, std::move(answered));
  });
  if (!issued) {
    window.failed();
    host_->refused(peer_, issued.error().message);
    co_return write(leap::pairing_refusal(request, leap::kPairingBadRequest, issued.error().message));
  }
  write(leap::pairing_result(request, issued->certificate_pem, issued->ca_pem));
  window.paired(issued->client.name);
}

void Session::refuse(const leap::PairingRequest& request, std::string_view status, std::string_view why) {
  host_->refused(peer_, host_->window().is_open() ? std::string(why) : "the window is closed");
  host_->window().refuse();
  write(leap::pairing_refusal(request, status, why));
}

void Session::tell_opened() {
  if (ended_ || !ready_ || told_) return;
  told_ = true;
  write(leap::pairing_opened());
}

void Session::write(std::string line) {
  lines_.push_back(std::move(line));
  if (!writing_) write_next();
}

void Session::write_next() {
  if (ended_ || lines_.empty()) return;
  writing_ = true;
  asio::async_write(stream_, asio::buffer(lines_.front()),
                    [self = shared_from_this()](const Error& error, std::size_t) {
                      self->writing_ = false;
                      self->lines_.pop_front();
                      if (error) return self->end();
                      self->write_next();
                    });
}

void Session::end_after(std::chrono::milliseconds time) {
  timer_.expires_after(time);
  timer_.async_wait([self = shared_from_this()](const Error& error) {
    if (!error) self->end();
  });
}

void Session::end() {
  if (ended_) return;
  ended_ = true;
  Error ignored;
  stream_.next_layer().close(ignored);
  timer_.cancel();
  host_->ended(*this);
}

}  // namespace candela::servers::pairing
