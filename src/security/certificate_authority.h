#pragma once

#include <openssl/x509.h>

#include <filesystem>
#include <memory>
#include <string>
#include <string_view>
#include <vector>

#include "base/clock.h"
#include "base/result.h"
#include "security/key_store.h"

namespace candela {

struct FreeCertificate {
  void operator()(X509* certificate) const { X509_free(certificate); }
};
using Certificate = std::unique_ptr<X509, FreeCertificate>;

/// SHA-256 of a certificate's SubjectPublicKeyInfo as lower-case hex: what clients are known by.
std::string key_fingerprint(const X509* certificate);
std::string to_pem(const X509* certificate);

/// The moment by which peers' certificates are to be checked: now, but never before Candela was built. A processor
/// whose clock battery is empty starts in 1970, and its clients must get in all the same.
UtcTime certificate_time(UtcTime now);

/// The system's own authority, made at first start and unique to it: it signs the processor's server certificate and
/// those of its clients. Certificates are v3 with the extensions that strict X.509 checks ask for. They are valid since
/// 2020 (or a day ago, if the clock is before that), because the clock may be wrong at the moment they are made; who
/// may connect is decided by the list of clients, not by dates.
class CertificateAuthority {
 public:
  struct ServerIdentity {
    Key key;
    Certificate certificate;
  };
  struct ClientIdentity {
    std::string key_pem;
    std::string certificate_pem;
    std::string fingerprint;
  };

  /// Opens the authority in `directory` (key "ca" in `keys`, certificate in ca.pem), or makes it. `name` goes into the
  /// subject (e.g. "Candela 1a2b3c4d"). `keys` and `clock` must outlive the authority. Damaged files are mended.
  /// Errors: the key is damaged beyond its copy, the directory cannot be written at first start.
  static Result<std::unique_ptr<CertificateAuthority>> open(std::filesystem::path directory, KeyStore& keys,
                                                            const Clock& clock, const std::string& name);
  virtual ~CertificateAuthority() = default;

  virtual const X509* root() const = 0;
  virtual std::string root_pem() const = 0;
  /// The server's key and certificate (key "server", server.pem), made anew when missing, damaged, in its last year of
  /// five, not yet valid, or without one of the names. Where it cannot be written it is used all the same.
  virtual Result<ServerIdentity> server(const std::vector<std::string>& dns_names,
                                        const std::vector<std::string>& addresses) = 0;
  /// A new client key (EC P-256) with its certificate, valid for 20 years. Only its owner gets the key.
  /// Errors: a name that is empty, longer than 64 characters, or not plain text.
  virtual Result<ClientIdentity> issue_client(const std::string& common_name) = 0;
  /// A certificate for the key of a certificate request (PKCS #10, PEM), whose own wishes are not looked at: the name
  /// is `common_name`. There is no key_pem. Requests are accepted with a SHA-1 signature, which some programs make: it
  /// only shows that the asker has the key.
  /// Errors: as issue_client; no request; a signature that is wrong; a key that is neither RSA of 2048 to 8192 bits nor
  /// EC of P-256 or P-384.
  virtual Result<ClientIdentity> enrol_client(std::string_view request_pem, const std::string& common_name) = 0;
  virtual const std::vector<std::string>& warnings() const = 0;
};

}  // namespace candela
