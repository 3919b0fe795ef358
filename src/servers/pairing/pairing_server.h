#pragma once

#include <filesystem>
#include <memory>
#include <optional>

#include "base/result.h"
#include "security/certificate_authority.h"
#include "security/pairing_window.h"
#include "servers/context.h"

namespace candela::servers {

/// A certificate of the owner's for the pairing port; empty = the processor's own.
struct PairingCertificate {
  std::filesystem::path chain;  ///< PEM: the certificate, then its issuers
  std::filesystem::path key;    ///< PEM
};

/// The bounds of the pairing port, and what happens at each.
struct PairingLimits {
  /// Connections at once; a further one pushes out the oldest.
  std::size_t sessions = 16;
  /// From accepting a connection to the end of its handshake; then it is closed.
  std::chrono::milliseconds handshake = std::chrono::seconds(10);
  /// Of a whole connection: programs wait for the button for 3 minutes at most.
  std::chrono::milliseconds lasts = std::chrono::seconds(240);
};

/// Gives programs their certificates (leap.md §2.5): TLS, but whoever comes may connect, since what lets a program in
/// is that a person opens the window. Until then nothing is sent, and while it is open one program is let in.
class PairingServer {
 public:
  /// All must outlive the server.
  PairingServer(const Context& context, PairingWindow& window, CertificateAuthority& authority, Endpoint endpoint,
                PairingCertificate certificate, PairingLimits limits);
  PairingServer(const Context& context, PairingWindow& window, CertificateAuthority& authority, Endpoint endpoint,
                PairingCertificate certificate)
      : PairingServer(context, window, authority, std::move(endpoint), std::move(certificate), PairingLimits()) {}
  ~PairingServer();

  /// Fails when the address cannot be listened at, or the certificate cannot be used.
  Outcome start();
  std::uint16_t port() const;
  void stop();

 private:
  class Impl;
  std::shared_ptr<Impl> impl_;
};

}  // namespace candela::servers
