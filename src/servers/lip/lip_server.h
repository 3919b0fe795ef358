#pragma once

#include <chrono>
#include <cstddef>
#include <cstdint>
#include <memory>
#include <span>

#include "base/result.h"
#include "servers/context.h"

namespace candela::servers {

/// The bounds of a LIP server, and what happens at each.
struct LipLimits {
  /// Clients that have logged in; while there are so many, further connections are closed at once.
  std::size_t sessions = 16;
  /// Connections that have not logged in; a further one pushes out the oldest.
  std::size_t strangers = 16;
  /// From accepting a connection to its login; then it is closed.
  std::chrono::milliseconds login = std::chrono::seconds(60);
  /// For the client to take what was written; then it is closed.
  std::chrono::milliseconds write = std::chrono::seconds(10);
  /// Bytes that wait for a client; above it is closed. Commands are not read on while more than half of it waits.
  std::size_t waiting = std::size_t{256} * 1024;
  /// How often the times above are looked at. No cost while nobody is connected.
  std::chrono::milliseconds watch = std::chrono::seconds(2);
};

/// Serves LIP: commands and answers as lines of text over telnet, for programs that know nothing better. It is not
/// encrypted. Clients log in with the name and password of an account that is for LIP; its role says what they may do.
/// There is no limit to how long a client may be silent: some never say anything.
class LipServer final : public ChangeSink {
 public:
  LipServer(const Context& context, Endpoint endpoint, LipLimits limits);
  LipServer(const Context& context, Endpoint endpoint) : LipServer(context, std::move(endpoint), LipLimits()) {}
  ~LipServer() override;

  /// Fails when the address cannot be listened at.
  Outcome start();
  /// The port that is listened at, once started.
  std::uint16_t port() const;
  /// Ends all sessions and listens no more.
  void stop();
  /// Ends an account's sessions at once; it was removed.
  void end_sessions_of(ClientId account);
  void on_changes(std::span<const Change> changes) override;

 private:
  class Impl;
  std::shared_ptr<Impl> impl_;
};

}  // namespace candela::servers
