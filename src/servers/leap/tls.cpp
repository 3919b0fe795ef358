#include "servers/leap/tls.h"

#include <openssl/err.h>
#include <openssl/ssl.h>

namespace candela::leap {
namespace {

namespace ssl = boost::asio::ssl;

/// With forward secrecy and authenticated encryption only, for TLS 1.2; all of 1.3 are so.
constexpr const char* kCiphers = "ECDHE+AESGCM:ECDHE+CHACHA20:@SECLEVEL=2";
constexpr int kChainDepthMax = 2;
constexpr std::size_t kChainBytesMax = std::size_t{16} * 1024;

/// The last part of checking a client's certificate chain: its key has to be in the list.
bool check_client(bool chain_is_good, ssl::verify_context& verification, const ClientList& clients) {
  X509_STORE_CTX* const checking = verification.native_handle();
  if (!chain_is_good || X509_STORE_CTX_get_error_depth(checking) != 0) return chain_is_good;
  if (clients.allowed(key_fingerprint(X509_STORE_CTX_get_current_cert(checking))) != nullptr) return true;
  X509_STORE_CTX_set_error(checking, X509_V_ERR_CERT_REVOKED);
  return false;
}

bool use_certificates(SSL_CTX* context, const CertificateAuthority::ServerIdentity& identity, X509* root) {
  return SSL_CTX_use_certificate(context, identity.certificate.get()) == 1 &&
         SSL_CTX_use_PrivateKey(context, identity.key.get()) == 1 && SSL_CTX_add1_chain_cert(context, root) == 1 &&
         X509_STORE_add_cert(SSL_CTX_get_cert_store(context), root) == 1 &&
         // Some clients send no certificate unless its issuer is named (leap.md §1.2).
         SSL_CTX_add_client_CA(context, root) == 1 && SSL_CTX_set_cipher_list(context, kCiphers) == 1;
}

/// Each session is checked anew, so that a revoked client cannot come back on an old one.
void resume_nothing(SSL_CTX* context) {
  SSL_CTX_set_session_cache_mode(context, SSL_SESS_CACHE_OFF);
  SSL_CTX_set_num_tickets(context, 0);
  SSL_CTX_set_options(context, SSL_OP_NO_TICKET | SSL_OP_NO_RENEGOTIATION);
}

}  // namespace

Result<std::unique_ptr<ssl::context>> make_tls(CertificateAuthority& authority, const ClientList& clients,
                                               const std::vector<std::string>& dns_names,
                                               const std::vector<std::string>& addresses) {
  const auto identity = authority.server(dns_names, addresses);
  if (!identity) return identity.error();

  auto context = std::make_unique<ssl::context>(ssl::context::tls_server);
  SSL_CTX* const native = context->native_handle();
  SSL_CTX_set_min_proto_version(native, TLS1_2_VERSION);
  resume_nothing(native);
  SSL_CTX_set_mode(native, SSL_MODE_RELEASE_BUFFERS);
  SSL_CTX_set_max_cert_list(native, kChainBytesMax);
  SSL_CTX_set_verify_depth(native, kChainDepthMax);
  // OpenSSL counts references of certificates, which is why it takes them as not const.
  if (!use_certificates(native, *identity, const_cast<X509*>(authority.root()))) {
    return Error{"the server's certificate cannot be used: " + std::string(ERR_reason_error_string(ERR_get_error()))};
  }
  context->set_verify_mode(ssl::verify_peer | ssl::verify_fail_if_no_peer_cert);
  context->set_verify_callback(
      [&clients](bool good, ssl::verify_context& verification) { return check_client(good, verification, clients); });
  return context;
}

void check_certificates_at(Stream& stream, UtcTime now) {
  const auto seconds = std::chrono::floor<std::chrono::seconds>(certificate_time(now));
  X509_VERIFY_PARAM_set_time(SSL_get0_param(stream.native_handle()), seconds.time_since_epoch().count());
}

const Client* client_of(Stream& stream, const ClientList& clients) {
  const X509* const certificate = SSL_get0_peer_certificate(stream.native_handle());
  return certificate == nullptr ? nullptr : clients.allowed(key_fingerprint(certificate));
}

std::string why_refused(Stream& stream, const boost::system::error_code& error) {
  const long verified = SSL_get_verify_result(stream.native_handle());
  if (verified == X509_V_ERR_CERT_REVOKED) return "its key is not in the list of clients";
  if (verified != X509_V_OK) return X509_verify_cert_error_string(verified);
  return error.message();
}

}  // namespace candela::leap
