#include "servers/http/http_server.h"

#include <spdlog/spdlog.h>

#include <boost/asio/as_tuple.hpp>
#include <boost/asio/awaitable.hpp>
#include <boost/asio/buffer.hpp>
#include <boost/asio/co_spawn.hpp>
#include <boost/asio/detached.hpp>
#include <boost/asio/ip/tcp.hpp>
#include <boost/asio/use_awaitable.hpp>
#include <utility>

#include "servers/http/connection.h"

namespace candela::servers {

namespace asio = boost::asio;
using asio::ip::tcp;

namespace {

constexpr std::chrono::milliseconds kAcceptPause{100};  // when the system has no more file descriptors

http::StaticFiles load_page(const std::filesystem::path& directory) {
  auto files = http::StaticFiles::load(directory);
  if (files) return std::move(*files);
  spdlog::warn("{}", files.error().message);
  return {};
}

/// `anywhere`: not on this machine's own address only.
Result<tcp::endpoint> place_of(const Endpoint& endpoint, bool anywhere) {
  boost::system::error_code error;
  const std::string& text = endpoint.address == "localhost" ? "127.0.0.1" : endpoint.address;
  const auto address = asio::ip::make_address(text, error);
  if (error) return Error{"\"" + endpoint.address + "\" is no IP address"};
  if (!anywhere && !address.is_loopback()) {
    return Error{"the page is for browsers on this machine only: it can listen on 127.0.0.1 but not on " + text};
  }
  return tcp::endpoint(address, endpoint.port);
}

/// One answer that needs no more than a single write, for a connection that will not be served.
void turn_away(tcp::socket socket) {
  const auto response = http::problem(503, "too many connections");
  const std::string text = http::header_text(response, false) + response.body;
  boost::system::error_code ignored;
  socket.non_blocking(true, ignored);
  socket.write_some(asio::buffer(text), ignored);
}

}  // namespace

class HttpServer::Impl : public std::enable_shared_from_this<Impl> {
 public:
  Impl(const Context& context, http::StaticFiles page, Endpoint endpoint, http::Limits limits)
      : endpoint_(std::move(endpoint)),
        site_(std::make_shared<http::Site>(context, std::move(page), limits)),
        acceptor_(context.loop),
        pause_(context.loop) {}

  Outcome start() {
    const auto where = place_of(endpoint_, site_->document_only);
    if (!where) return where.error();
    boost::system::error_code error;
    acceptor_.open(where->protocol(), error);
    if (!error) acceptor_.set_option(tcp::acceptor::reuse_address(true), error);
    if (!error) acceptor_.bind(*where, error);
    if (!error) acceptor_.listen(asio::socket_base::max_listen_connections, error);
    if (error) {
      return Error{"cannot listen on " + endpoint_.address + ":" + std::to_string(endpoint_.port) + ": " +
                   error.message()};
    }
    site_->port = acceptor_.local_endpoint().port();
    asio::co_spawn(acceptor_.get_executor(), accept(shared_from_this()), asio::detached);
    return done();
  }

  void stop() {
    boost::system::error_code ignored;
    acceptor_.close(ignored);
    pause_.cancel();
    site_->close();
  }

  http::Site& site() { return *site_; }

 private:
  static asio::awaitable<void> accept(std::shared_ptr<Impl> self) {
    while (self->acceptor_.is_open()) {
      auto [failed, socket] = co_await self->acceptor_.async_accept(asio::as_tuple(asio::use_awaitable));
      if (failed == asio::error::operation_aborted) co_return;
      if (failed) {
        self->pause_.expires_after(kAcceptPause);
        co_await self->pause_.async_wait(asio::as_tuple(asio::use_awaitable));
      } else if (self->site_->connections.size() >= self->site_->limits.connections) {
        turn_away(std::move(socket));
      } else {
        self->serve(std::move(socket));
      }
    }
  }

  void serve(tcp::socket socket) {
    boost::system::error_code ignored;
    socket.set_option(tcp::no_delay(true), ignored);
    auto connection = std::make_shared<http::Connection>(std::move(socket), site_, ++last_connection_);
    asio::co_spawn(acceptor_.get_executor(), http::Connection::serve(std::move(connection)), asio::detached);
  }

  const Endpoint endpoint_;
  std::shared_ptr<http::Site> site_;
  tcp::acceptor acceptor_;
  asio::steady_timer pause_;
  http::HeldButtons::Holder last_connection_ = 0;
};

HttpServer::HttpServer(const Context& context, const std::filesystem::path& page_directory, Endpoint endpoint,
                       http::Limits limits)
    : impl_(std::make_shared<Impl>(context, load_page(page_directory), std::move(endpoint), limits)) {}
HttpServer::HttpServer(const Context& context, http::Document document, Endpoint endpoint, http::Limits limits)
    : impl_(std::make_shared<Impl>(context, http::StaticFiles(), std::move(endpoint), limits)) {
  publish(std::move(document));
  impl_->site().document_only = true;
}
HttpServer::~HttpServer() { stop(); }

Outcome HttpServer::start() { return impl_->start(); }
void HttpServer::publish(http::Document document) { impl_->site().document = std::move(document); }
std::uint16_t HttpServer::port() const { return impl_->site().port; }
void HttpServer::stop() { impl_->stop(); }
void HttpServer::on_changes(std::span<const Change> changes) { impl_->site().tell_pages(changes); }

}  // namespace candela::servers
