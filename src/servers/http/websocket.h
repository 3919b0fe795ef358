#pragma once

#include <cstddef>
#include <cstdint>
#include <memory>
#include <string>
#include <string_view>
#include <vector>

namespace candela::servers::http {

/// The server's side of one WebSocket (RFC 6455), without I/O: bytes of the peer go in, messages come out; messages go
/// in, bytes for the peer come out.
class WebSocket {
 public:
  static constexpr std::size_t kMaxMessage = 16 * 1024;  ///< that a peer may send; longer ones end the connection

  /// Close codes of RFC 6455 §7.4.1 and the IANA registry.
  enum class Close : std::uint16_t { going_away = 1001, policy = 1008, try_again_later = 1013 };

  WebSocket();
  ~WebSocket();
  WebSocket(const WebSocket&) = delete;
  WebSocket& operator=(const WebSocket&) = delete;

  /// The Sec-WebSocket-Accept that answers a Sec-WebSocket-Key.
  static std::string accept_key(std::string_view key);

  /// Takes bytes of the peer; gives the text messages that they complete. Pings and closes are answered by themselves
  /// (through take_output); binary messages are refused.
  std::vector<std::string> receive(std::string_view bytes);
  void send(std::string_view text);
  void ping();
  void close(Close code, std::string_view reason);

  /// What has to be written to the peer.
  std::string take_output();
  /// True when nothing more will be read: after take_output() was written, the connection can be closed.
  bool finished() const;

 private:
  struct Impl;
  std::unique_ptr<Impl> impl_;
};

}  // namespace candela::servers::http
