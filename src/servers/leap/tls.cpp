#include "servers/leap/tls.h"

#include <openssl/err.h>
#include <openssl/ssl.h>

namespace candela::leap {
namespace {

namespace ssl = boost::asio::ssl;

constexpr int kChainDepthMax = 2;

/// The last part of checking a client's certificate chain: its key has to be in the list.
bool check_client(bool chain_is_good, ssl::verify_context& verification, const ClientList& clients) {
  X509_STORE_CTX* const checking = verification.native_handle();
  if (!chain_is_good || X509_STORE_CTX_get_error_depth(checking) != 0) return chain_is_good;
  if (clients.allowed(key_fingerprint(X509_STORE_CTX_get_current_cert(checking))) != nullptr) return true;
  X509_STORE_CTX_set_error(checking, X509_V_ERR_CERT_REVOKED);
  return false;
}

}  // namespace

Result<std::unique_ptr<ssl::context>> make_tls(CertificateAuthority& authority, const ClientList& clients,
                                               const servers::ServerNames& names, Certificates certificates) {
  const auto identity = authority.server(names.dns, names.addresses);
  if (!identity) return identity.error();

  auto context = std::make_unique<ssl::context>(ssl::context::tls_server);
  SSL_CTX* const native = context->native_handle();
  servers::set_versions_and_ciphers(native);
  SSL_CTX_set_verify_depth(native, kChainDepthMax);
  auto* const root = const_cast<X509*>(authority.root());
  const bool fine = servers::use_certificates(native, *identity, root) &&
                    X509_STORE_add_cert(SSL_CTX_get_cert_store(native), root) == 1 &&
                    // Some clients send no certificate unless its issuer is named (leap.md §1.2).
                    SSL_CTX_add_client_CA(native, root) == 1;
  if (!fine) {
    return Error{"the server's certificate cannot be used: " + std::string(ERR_reason_error_string(ERR_get_error()))};
  }
  context->set_verify_mode(certificates == Certificates::required ? ssl::verify_peer | ssl::verify_fail_if_no_peer_cert
                                                                  : ssl::verify_peer);
  context->set_verify_callback(
      [&clients](bool good, ssl::verify_context& verification) { return check_client(good, verification, clients); });
  return context;
}

void check_certificates_at(Stream& stream, UtcTime now) {
  const auto seconds = std::chrono::floor<std::chrono::seconds>(certificate_time(now));
  X509_VERIFY_PARAM_set_time(SSL_get0_param(stream.native_handle()), seconds.time_since_epoch().count());
}

bool has_certificate(Stream& stream) { return SSL_get0_peer_certificate(stream.native_handle()) != nullptr; }

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
