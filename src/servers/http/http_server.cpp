#include "servers/http/http_server.h"

#include <spdlog/spdlog.h>

#include <boost/asio/as_tuple.hpp>
#include <boost/asio/awaitable.hpp>
#include <boost/asio/buffer.hpp>
#include <boost/asio/co_spawn.hpp>
#include <boost/asio/detached.hpp>
#include <boost/asio/ip/tcp.hpp>
#include <boost/asio/use_awaitable.hpp>
#include <optional>
#include <utility>

#include "servers/http/connection.h"
#include "servers/listener.h"

namespace candela::servers {

namespace asio = boost::asio;
using asio::ip::tcp;

namespace {

http::StaticFiles load_page(const std::filesystem::path& directory) {
  auto files = http::StaticFiles::load(directory);
  if (files) return std::move(*files);
  spdlog::warn("{}", files.error().message);
  return {};
}

/// `anywhere`: not on this machine's own address only.
Result<Endpoint> place_of(const Endpoint& endpoint, bool anywhere) {
  boost::system::error_code error;
  const std::string& text = endpoint.address == "localhost" ? "127.0.0.1" : endpoint.address;
  const auto address = asio::ip::make_address(text, error);
  if (error) return Error{"\"" + endpoint.address + "\" is no IP address"};
  if (!anywhere && !address.is_loopback()) {
    return Error{"the page is for browsers on this machine only: it can listen on 127.0.0.1 but not on " + text};
  }
  return Endpoint{text, endpoint.port};
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

class HttpServer::Impl {
 public:
  using Serving = http::Site::Serving;

  Impl(const Context& context, http::StaticFiles page, Endpoint endpoint, http::Limits limits, Serving serving,
       std::optional<Role> open_role)
      : endpoint_(std::move(endpoint)),
        site_(std::make_shared<http::Site>(context, std::move(page), limits, serving, open_role)),
        loop_(context.loop),
        listener_(context.loop, [this](tcp::socket socket) { take(std::move(socket)); }) {}

  void secure(CertificateAuthority& authority, ServerNames names) {
    tls_.emplace(site_->context.clock, [&authority, names = std::move(names)] { return server_tls(authority, names); });
  }

  Outcome start() {
    const auto where = place_of(endpoint_, site_->serving != Serving::page);
    if (!where) return where.error();
    if (tls_) {
      if (Outcome secured = tls_->start(); !secured) return secured;
    }
    if (Outcome listens = listener_.start(*where, tls_ ? "the HTTP API" : "HTTP"); !listens) return listens;
    site_->port = listener_.port();
    return done();
  }

  void stop() {
    listener_.stop();
    site_->close();
  }

  http::Site& site() { return *site_; }

 private:
  void take(tcp::socket socket) {
    http::Peer peer{++last_connection_, address_of(socket), {site_->access.open_role(), {}}};
    if (site_->serving == Serving::document) peer.caller.role = Role::monitor;
    if (!peer.caller.role) {
      make_room_for_stranger();
    } else if (site_->known_callers() >= site_->limits.connections) {
      return turn_away(std::move(socket));
    }
    peer.caller.source.kind = Source::Kind::page;
    set_options(socket);
    http::Stream stream = tls_ ? http::Stream(std::move(socket), tls_->get()) : http::Stream(std::move(socket));
    auto connection = std::make_shared<http::Connection>(std::move(stream), site_, std::move(peer));
    asio::co_spawn(loop_, http::Connection::serve(std::move(connection)), asio::detached);
  }

  void make_room_for_stranger() {
    std::size_t strangers = 0;
    http::Connection* oldest = nullptr;
    for (http::Connection* it : site_->connections) {
      if (it->peer().caller.role) continue;
      ++strangers;
      if (oldest == nullptr || it->peer().holder < oldest->peer().holder) oldest = it;
    }
    if (oldest == nullptr || strangers < site_->limits.strangers) return;
    site_->access.tell_refused(oldest->peer(), "too many connections without a token");
    oldest->close();
  }

  const Endpoint endpoint_;
  std::shared_ptr<http::Site> site_;
  asio::io_context& loop_;
  std::optional<LastingTls> tls_;  ///< none = in the clear
  Listener listener_;
  http::HeldButtons::Holder last_connection_ = 0;
};

HttpServer::HttpServer(const Context& context, const std::filesystem::path& page_directory, Endpoint endpoint,
                       std::optional<Role> open_role, http::Limits limits)
    : impl_(std::make_shared<Impl>(context, load_page(page_directory), std::move(endpoint), limits,
                                   http::Site::Serving::page, open_role)) {}
HttpServer::HttpServer(const Context& context, CertificateAuthority& authority, ServerNames names, Endpoint endpoint,
                       http::Limits limits)
    : impl_(std::make_shared<Impl>(context, http::StaticFiles(), std::move(endpoint), limits,
                                   http::Site::Serving::network, std::nullopt)) {
  impl_->secure(authority, std::move(names));
}
HttpServer::HttpServer(const Context& context, http::Document document, Endpoint endpoint, http::Limits limits)
    : impl_(std::make_shared<Impl>(context, http::StaticFiles(), std::move(endpoint), limits,
                                   http::Site::Serving::document, std::nullopt)) {
  publish(std::move(document));
}
HttpServer::~HttpServer() { stop(); }

Outcome HttpServer::start() { return impl_->start(); }
void HttpServer::publish(http::Document document) { impl_->site().document = std::move(document); }
std::uint16_t HttpServer::port() const { return impl_->site().port; }
void HttpServer::stop() { impl_->stop(); }
void HttpServer::end_sessions_of(ClientId token) { impl_->site().end_sessions_of(token); }
void HttpServer::on_changes(std::span<const Change> changes) { impl_->site().tell_pages(changes); }

}  // namespace candela::servers
