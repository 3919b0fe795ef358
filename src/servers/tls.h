#pragma once

#include <boost/asio/ssl/context.hpp>
#include <functional>
#include <memory>
#include <string>
#include <vector>

#include "base/clock.h"
#include "base/result.h"
#include "security/certificate_authority.h"
#include "servers/context.h"

namespace candela::servers {

/// What the processor's certificate is for.
struct ServerNames {
  std::vector<std::string> dns;
  std::vector<std::string> addresses;
};
/// `listen` are the addresses that are listened at.
ServerNames server_names(const Identity& identity, const std::vector<std::string>& listen);

/// TLS 1.2 and 1.3, with forward secrecy and authenticated encryption only; no session is resumed.
void set_versions_and_ciphers(SSL_CTX* context);
/// False when OpenSSL does not take them. `root` is sent along.
bool use_certificates(SSL_CTX* context, const CertificateAuthority::ServerIdentity& identity, const X509* root);

/// The processor's certificate with its issuer, for peers that need no certificate themselves.
Result<std::unique_ptr<boost::asio::ssl::context>> server_tls(CertificateAuthority& authority,
                                                              const ServerNames& names);

/// A server's TLS settings, made anew every day: a certificate that grows old is replaced while the processor runs on.
/// Where that fails the old ones stay, and the log says why.
class LastingTls {
 public:
  using Make = std::function<Result<std::unique_ptr<boost::asio::ssl::context>>()>;

  LastingTls(const Clock& clock, Make make) : clock_(clock), make_(std::move(make)) {}

  Outcome start();
  /// For a connection that begins now. Valid for a day at least. REQUIRES: start() went well.
  boost::asio::ssl::context& get();

 private:
  const Clock& clock_;
  const Make make_;
  MonoTime made_{};
  std::unique_ptr<boost::asio::ssl::context> context_;
  std::unique_ptr<boost::asio::ssl::context> before_;  ///< of handshakes that have begun
};

}  // namespace candela::servers
