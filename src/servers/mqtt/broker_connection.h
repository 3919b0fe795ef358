#pragma once

#include <cstdint>
#include <memory>
#include <string>

#include "base/result.h"
#include "servers/context.h"
#include "servers/mqtt/mqtt_session.h"
#include "servers/mqtt/settings.h"

namespace candela::servers::mqtt {

/// Keeps a session with the broker: finds it, checks its certificate, logs in, and tries again for as long as it takes.
/// Nothing in it waits on the server thread; names are resolved on a thread of Asio's.
class BrokerConnection {
 public:
  class Handler {
   public:
    virtual ~Handler() = default;
    virtual void on_accepted() = 0;  ///< a session has begun; the broker knows nothing of us
    virtual void on_ended() = 0;     ///< it is over; the broker tells the will to all
    virtual void on_message(const Message& message) = 0;
    virtual void on_room() = 0;  ///< has_room() again
  };

  /// From the attempt to reach the broker to its acceptance.
  static constexpr std::chrono::seconds kPatience{10};
  /// So many bytes may wait for the broker before there is no room.
  static constexpr std::size_t kMostWaiting = std::size_t{64} * 1024;

  /// `handler` must live until stop().
  BrokerConnection(const Context& context, Settings settings, MqttSession::Login login, Handler& handler);
  ~BrokerConnection();
  BrokerConnection(const BrokerConnection&) = delete;
  BrokerConnection& operator=(const BrokerConnection&) = delete;

  /// Fails when certificates, keys or the password cannot be read; then nothing is tried.
  Outcome start();
  /// Ends it for good. Without a good-bye, so that the broker tells the will.
  void stop();

  /// There is a session, and what waits for the broker is little.
  bool has_room() const;
  // All of these do nothing without a session.
  void publish(const Message& message, std::uint32_t expiry_seconds = 0);
  void subscribe(const std::string& filter, MqttSession::Past past);
  void unsubscribe(const std::string& filter);

 private:
  class Impl;
  std::shared_ptr<Impl> impl_;
};

}  // namespace candela::servers::mqtt
