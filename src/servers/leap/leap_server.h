#pragma once

#include <chrono>
#include <cstddef>
#include <cstdint>
#include <memory>
#include <span>

#include "base/result.h"
#include "security/certificate_authority.h"
#include "security/client_list.h"
#include "servers/context.h"

namespace candela::servers {

/// The bounds of a LEAP server, and what happens at each.
struct LeapLimits {
  /// Clients that are connected; further ones are refused after their handshake.
  std::size_t sessions = 1024;
  /// Connections that have not shown an allowed certificate yet, nor logged in; a further one pushes out the oldest.
  std::size_t strangers = 256;
  /// From accepting a connection to the end of its handshake; then it is closed.
  std::chrono::milliseconds handshake = std::chrono::seconds(10);
  /// From accepting a connection to its login, for those without a certificate; then it is closed.
  std::chrono::milliseconds login = std::chrono::seconds(60);
  /// Without a byte from the client; then it is closed (leap.md §1.1).
  std::chrono::milliseconds idle = std::chrono::seconds(600);
  /// For the client to take what was written; then it is closed.
  std::chrono::milliseconds write = std::chrono::seconds(10);
  /// Bytes that wait for a client; above it is closed. Requests are not read on while more than half of it waits.
  std::size_t waiting = std::size_t{1024} * 1024;
  /// How often the times above are looked at. No cost while nobody is connected.
  std::chrono::milliseconds watch = std::chrono::seconds(2);
};

struct LeapOptions {
  /// Clients without a certificate may log in with the name and password of an account that is for LEAP. They may never
  /// administer, whatever the account's role is.
  bool logins = false;
  LeapLimits limits;
};

/// Serves LEAP: a request or answer a line, JSON, over TLS 1.2 and 1.3. Both sides show a certificate of the system's
/// own authority, and the client's public key has to be in the list of clients. A client's role says what it may do.
class LeapServer final : public ChangeSink {
 public:
  LeapServer(const Context& context, const ClientList& clients, CertificateAuthority& authority, Endpoint endpoint,
             LeapOptions options);
  LeapServer(const Context& context, const ClientList& clients, CertificateAuthority& authority, Endpoint endpoint)
      : LeapServer(context, clients, authority, std::move(endpoint), LeapOptions()) {}
  ~LeapServer() override;

  /// Fails when the address cannot be listened at or the authority has no certificate to give.
  Outcome start();
  /// The port that is listened at, once started.
  std::uint16_t port() const;
  /// Ends all sessions and listens no more.
  void stop();
  /// Ends the sessions of a client or an account at once; it was revoked.
  void end_sessions_of(ClientId client);
  void on_changes(std::span<const Change> changes) override;

 private:
  class Impl;
  std::shared_ptr<Impl> impl_;
};

}  // namespace candela::servers
