#include "servers/pairing/pairing_server.h"

#include <fmt/format.h>
#include <openssl/err.h>
#include <spdlog/spdlog.h>

#include <boost/asio/ip/tcp.hpp>
#include <boost/asio/steady_timer.hpp>
#include <list>

#include "servers/listener.h"
#include "servers/pairing/pairing_session.h"
#include "servers/tls.h"

namespace candela::servers {
namespace {

namespace asio = boost::asio;
namespace ssl = asio::ssl;
using asio::ip::tcp;
using pairing::Session;

/// Nobody is asked for more than a key of their own: some programs show a certificate here, of whatever authority.
Result<std::unique_ptr<ssl::context>> make_context(CertificateAuthority& authority, const PairingCertificate& own,
                                                   const ServerNames& names) {
  auto context = std::make_unique<ssl::context>(ssl::context::tls_server);
  SSL_CTX* const native = context->native_handle();
  set_versions_and_ciphers(native);
  context->set_verify_mode(ssl::verify_peer);
  context->set_verify_callback([](bool, ssl::verify_context&) { return true; });
  if (own.chain.empty()) {
    const auto identity = authority.server(names.dns, names.addresses);
    if (!identity) return identity.error();
    if (!use_certificates(native, *identity, authority.root())) {
      return Error{"the server's certificate cannot be used"};
    }
    return context;
  }
  if (SSL_CTX_use_certificate_chain_file(native, own.chain.c_str()) != 1 ||
      SSL_CTX_use_PrivateKey_file(native, own.key.c_str(), SSL_FILETYPE_PEM) != 1 ||
      SSL_CTX_check_private_key(native) != 1) {
    const char* const reason = ERR_reason_error_string(ERR_get_error());
    ERR_clear_error();
    return Error{fmt::format("the pairing certificate {} with the key {} cannot be used: {}", own.chain.string(),
                             own.key.string(), reason == nullptr ? "unknown" : reason)};
  }
  return context;
}

}  // namespace

class PairingServer::Impl final : public pairing::SessionHost, public std::enable_shared_from_this<Impl> {
 public:
  Impl(const Context& context, PairingWindow& window, CertificateAuthority& authority, Endpoint endpoint,
       PairingCertificate certificate, PairingLimits limits)
      : context_(context),
        window_(window),
        authority_(authority),
        endpoint_(std::move(endpoint)),
        tls_(context_.clock,
             [this, own = std::move(certificate)] {
               return make_context(authority_, own, server_names(context_.identity, {endpoint_.address}));
             }),
        limits_(limits),
        refusals_("pairing", context_.clock),
        listener_(context.loop, [this](tcp::socket socket) { take(std::move(socket)); }),
        window_timer_(context.loop) {}

  Outcome start();
  void stop();
  std::uint16_t port() const { return listener_.port(); }

  ssl::context& tls() override { return tls_.get(); }
  const Context& context() const override { return context_; }
  PairingWindow& window() override { return window_; }
  const PairingLimits& limits() const override { return limits_; }
  std::string root_pem() const override { return authority_.root_pem(); }
  void refused(const std::string& who, const std::string& why) override { refusals_.tell(who, why); }
  void ended(Session& session) override {
    std::erase_if(sessions_, [&](const auto& it) { return it.get() == &session; });
  }

 private:
  void take(tcp::socket socket);
  void window_changed();

  const Context context_;
  PairingWindow& window_;
  CertificateAuthority& authority_;
  const Endpoint endpoint_;
  LastingTls tls_;
  const PairingLimits limits_;
  Refusals refusals_;
  Listener listener_;
  bool stopped_ = false;
  std::list<std::shared_ptr<Session>> sessions_;  ///< the oldest first
  asio::steady_timer window_timer_;
};

Outcome PairingServer::Impl::start() {
  if (Outcome secured = tls_.start(); !secured) return secured;
  if (Outcome listens = listener_.start(endpoint_, "pairing"); !listens) return listens;
  window_.on_change([weak = weak_from_this()] {
    if (const auto self = weak.lock()) self->window_changed();
  });
  return done();
}

void PairingServer::Impl::take(tcp::socket socket) {
  // After too many requests without a person's word nobody is even listened to.
  if (window_.is_locked()) return;
  if (sessions_.size() >= limits_.sessions) {
    const std::shared_ptr<Session> oldest = sessions_.front();
    oldest->end();
  }
  sessions_.push_back(std::make_shared<Session>(std::move(socket), shared_from_this()));
  sessions_.back()->start();
}

void PairingServer::Impl::window_changed() {
  window_timer_.cancel();
  if (stopped_ || !window_.is_open()) return;
  window_timer_.expires_after(window_.until() - context_.clock.now().mono);
  window_timer_.async_wait([weak = weak_from_this()](const boost::system::error_code& error) {
    const auto self = weak.lock();
    if (!error && self) self->window_.look_at(self->context_.clock.now().mono);
  });
  const auto all = sessions_;
  for (const auto& session : all) session->tell_opened();
}

void PairingServer::Impl::stop() {
  stopped_ = true;
  listener_.stop();
  window_timer_.cancel();
  const auto all = sessions_;
  for (const auto& session : all) session->end();
}

PairingServer::PairingServer(const Context& context, PairingWindow& window, CertificateAuthority& authority,
                             Endpoint endpoint, PairingCertificate certificate, PairingLimits limits)
    : impl_(std::make_shared<Impl>(context, window, authority, std::move(endpoint), std::move(certificate), limits)) {}
PairingServer::~PairingServer() { stop(); }
Outcome PairingServer::start() { return impl_->start(); }
std::uint16_t PairingServer::port() const { return impl_->port(); }
void PairingServer::stop() { impl_->stop(); }

}  // namespace candela::servers
