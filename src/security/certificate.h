#pragma once

#include <string>
#include <string_view>
#include <vector>

#include "base/result.h"
#include "base/time.h"
#include "security/certificate_authority.h"

namespace candela {

/// What a certificate shall say.
struct CertificateRequest {
  enum class Kind { authority, server, client };
  Kind kind = Kind::server;
  std::string common_name;
  EVP_PKEY* key = nullptr;  ///< whose certificate it is; only the public half is used
  UtcTime from{};
  UtcTime until{};
  std::vector<std::string> dns_names;
  std::vector<std::string> addresses;
};

/// Signs with the issuer's key; `issuer` nullptr = a certificate that signs itself.
Result<Certificate> make_certificate(const CertificateRequest& request, X509* issuer, EVP_PKEY* issuer_key);

/// The key that a certificate request (PKCS #10, PEM) is signed with. Errors: no request, a wrong signature, or a key
/// that is too weak or of an unusual kind.
Result<Key> key_of_request(std::string_view pem);

/// nullptr if the text is no certificate.
Certificate parse_certificate(std::string_view pem);

/// False if a name is missing in the certificate.
bool covers(const X509* certificate, const std::vector<std::string>& dns_names,
            const std::vector<std::string>& addresses);
bool valid_between(const X509* certificate, UtcTime from, UtcTime until);

}  // namespace candela
