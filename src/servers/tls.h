#pragma once

#include <boost/asio/ssl/context.hpp>
#include <memory>
#include <string>
#include <vector>

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

}  // namespace candela::servers
