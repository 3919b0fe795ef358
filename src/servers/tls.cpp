#include "servers/tls.h"

#include <fmt/format.h>
#include <openssl/err.h>
#include <openssl/ssl.h>
#include <spdlog/spdlog.h>

#include <algorithm>
#include <boost/asio/ip/address.hpp>

namespace candela::servers {
namespace {

/// With forward secrecy and authenticated encryption only, for TLS 1.2; all of 1.3 are so.
constexpr const char* kCiphers = "ECDHE+AESGCM:ECDHE+CHACHA20:@SECLEVEL=2";
constexpr std::size_t kChainBytesMax = std::size_t{16} * 1024;
constexpr std::chrono::hours kRenewal{24};

}  // namespace

ServerNames server_names(const Identity& identity, const std::vector<std::string>& listen) {
  ServerNames names{{"localhost", fmt::format("candela-{:08x}.local", identity.serial)}, {"127.0.0.1"}};
  for (const std::string& it : listen) {
    boost::system::error_code error;
    const auto address = boost::asio::ip::make_address(it, error);
    const bool is_known = std::find(names.addresses.begin(), names.addresses.end(), it) != names.addresses.end();
    if (!error && !address.is_unspecified() && !is_known) names.addresses.push_back(it);
  }
  return names;
}

void set_versions_and_ciphers(SSL_CTX* context) {
  SSL_CTX_set_min_proto_version(context, TLS1_2_VERSION);
  SSL_CTX_set_cipher_list(context, kCiphers);
  // Each session is checked anew, so that a revoked client cannot come back on an old one.
  SSL_CTX_set_session_cache_mode(context, SSL_SESS_CACHE_OFF);
  SSL_CTX_set_num_tickets(context, 0);
  SSL_CTX_set_options(context, SSL_OP_NO_TICKET | SSL_OP_NO_RENEGOTIATION);
  SSL_CTX_set_mode(context, SSL_MODE_RELEASE_BUFFERS);
  SSL_CTX_set_max_cert_list(context, kChainBytesMax);
}

bool use_certificates(SSL_CTX* context, const CertificateAuthority::ServerIdentity& identity, const X509* root) {
  // OpenSSL counts references of certificates, which is why it takes them as not const.
  return SSL_CTX_use_certificate(context, identity.certificate.get()) == 1 &&
         SSL_CTX_use_PrivateKey(context, identity.key.get()) == 1 &&
         SSL_CTX_add1_chain_cert(context, const_cast<X509*>(root)) == 1;
}

Result<std::unique_ptr<boost::asio::ssl::context>> server_tls(CertificateAuthority& authority,
                                                              const ServerNames& names) {
  namespace ssl = boost::asio::ssl;
  const auto identity = authority.server(names.dns, names.addresses);
  if (!identity) return identity.error();
  auto context = std::make_unique<ssl::context>(ssl::context::tls_server);
  set_versions_and_ciphers(context->native_handle());
  if (!use_certificates(context->native_handle(), *identity, authority.root())) {
    return Error{"the server's certificate cannot be used: " + std::string(ERR_reason_error_string(ERR_get_error()))};
  }
  return context;
}

Outcome LastingTls::start() {
  auto made = make_();
  if (!made) return made.error();
  context_ = std::move(*made);
  made_ = clock_.now().mono;
  return done();
}

boost::asio::ssl::context& LastingTls::get() {
  const MonoTime now = clock_.now().mono;
  if (now - made_ < kRenewal) return *context_;
  made_ = now;
  auto made = make_();
  if (made) {
    before_ = std::exchange(context_, std::move(*made));
  } else {
    spdlog::warn("the server's certificate stays as it is: {}", made.error().message);
  }
  return *context_;
}

}  // namespace candela::servers
