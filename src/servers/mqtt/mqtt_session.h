#pragma once

#include <cstdint>
#include <filesystem>
#include <memory>
#include <span>
#include <string>
#include <string_view>
#include <variant>
#include <vector>

#include "base/result.h"
#include "servers/mqtt/topic_table.h"

namespace candela::servers::mqtt {

/// MQTT 5 as libmosquitto speaks it, but with bytes in and bytes out instead of the library's own socket: it resolves
/// names while everything waits, and knows neither our clock nor our reasons. Its socket is one of a local pair, whose
/// other end is in here; nothing ever waits for it.
class MqttSession {
 public:
  struct Login {
    std::string client;  ///< the id by which the broker knows us
    std::string user;    ///< empty = none
    std::string password;
    std::string will_topic;  ///< gets `will` from the broker, retained, when the connection breaks
    std::string will;
  };

  /// The broker let us in.
  struct Accepted {};
  /// The broker does not let us listen to this.
  struct NotSubscribed {
    std::string filter;
    std::string why;
  };
  using Incoming = std::variant<Accepted, Message, NotSubscribed>;

  /// What of the past a subscription brings.
  enum class Past : std::uint8_t { none, retained };

  static constexpr std::size_t kLongestPacket = std::size_t{64} * 1024;  ///< longer ones end the session
  static constexpr int kKeepAliveSeconds = 30;

  /// Begins: the first bytes wait to be sent. `socket` is a path for a local socket that stands there for a moment.
  static Result<std::unique_ptr<MqttSession>> open(const Login& login, const std::filesystem::path& socket);
  ~MqttSession();
  MqttSession(const MqttSession&) = delete;
  MqttSession& operator=(const MqttSession&) = delete;

  /// Bytes that came from the broker. The error says why the session is over.
  Result<std::vector<Incoming>> receive(std::span<const std::uint8_t> bytes);
  /// QoS 0. What the broker cannot take (its longest packet) is an error, the session goes on.
  Outcome publish(const Message& message, std::uint32_t expiry_seconds = 0);
  /// QoS 1, without what we publish ourselves.
  void subscribe(const std::string& filter, Past past);
  void unsubscribe(const std::string& filter);
  /// To be called every few seconds: asks a silent broker whether it is there. The error: it is not.
  Outcome tick();

  /// How many bytes wait to be sent.
  std::size_t waiting() const;
  /// They, once.
  std::string take_output();

 private:
  class Impl;
  explicit MqttSession(std::unique_ptr<Impl> impl);
  std::unique_ptr<Impl> impl_;
};

}  // namespace candela::servers::mqtt
