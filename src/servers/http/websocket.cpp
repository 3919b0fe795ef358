#include "servers/http/websocket.h"

#include <openssl/evp.h>
#include <wslay/wslay.h>

#include <algorithm>
#include <array>
#include <cstring>
#include <new>
#include <utility>

namespace candela::servers::http {

struct WebSocket::Impl {
  Impl();
  ~Impl() { wslay_event_context_free(wslay); }
  Impl(const Impl&) = delete;
  Impl& operator=(const Impl&) = delete;

  void queue(std::uint8_t opcode, std::string_view text) {
    const wslay_event_msg message{opcode, bytes_of(text), text.size()};
    wslay_event_queue_msg(wslay, &message);
  }
  void queue_close(std::uint16_t code, std::string_view reason) {
    wslay_event_queue_close(wslay, code, bytes_of(reason), reason.size());
  }
  /// Lets the library make frames of all that is queued.
  void make_output() {
    if (wslay_event_send(wslay) != 0) broken = true;
  }

  static const std::uint8_t* bytes_of(std::string_view text) {
    return reinterpret_cast<const std::uint8_t*>(text.data());
  }

  wslay_event_context_ptr wslay = nullptr;
  std::string_view input;
  std::string output;
  std::vector<std::string> messages;
  bool broken = false;

 private:
  // What the library calls.
  static Impl& impl_of(void* user_data) { return *static_cast<Impl*>(user_data); }
  static ssize_t read_input(wslay_event_context_ptr, std::uint8_t* buffer, std::size_t length, int, void* user_data);
  static ssize_t write_output(wslay_event_context_ptr, const std::uint8_t* data, std::size_t length, int,
                              void* user_data);
  static void take_message(wslay_event_context_ptr, const wslay_event_on_msg_recv_arg* message, void* user_data);
};

ssize_t WebSocket::Impl::read_input(wslay_event_context_ptr wslay, std::uint8_t* buffer, std::size_t length, int,
                                    void* user_data) {
  std::string_view& input = impl_of(user_data).input;
  if (input.empty()) {
    wslay_event_set_error(wslay, WSLAY_ERR_WOULDBLOCK);
    return -1;
  }
  const std::size_t taken = std::min(length, input.size());
  std::memcpy(buffer, input.data(), taken);
  input.remove_prefix(taken);
  return static_cast<ssize_t>(taken);
}

ssize_t WebSocket::Impl::write_output(wslay_event_context_ptr, const std::uint8_t* data, std::size_t length, int,
                                      void* user_data) {
  impl_of(user_data).output.append(reinterpret_cast<const char*>(data), length);
  return static_cast<ssize_t>(length);
}

void WebSocket::Impl::take_message(wslay_event_context_ptr, const wslay_event_on_msg_recv_arg* message,
                                   void* user_data) {
  Impl& impl = impl_of(user_data);
  if (message->opcode == WSLAY_TEXT_FRAME) {
    impl.messages.emplace_back(reinterpret_cast<const char*>(message->msg), message->msg_length);
  } else if (message->opcode == WSLAY_BINARY_FRAME) {
    impl.queue_close(WSLAY_CODE_UNSUPPORTED_DATA, "messages are text");
  }
}

WebSocket::Impl::Impl() {
  wslay_event_callbacks callbacks{};
  callbacks.recv_callback = read_input;
  callbacks.send_callback = write_output;
  callbacks.on_msg_recv_callback = take_message;
  if (wslay_event_context_server_init(&wslay, &callbacks, this) != 0) throw std::bad_alloc();
  wslay_event_config_set_max_recv_msg_length(wslay, kMaxMessage);
}

WebSocket::WebSocket() : impl_(std::make_unique<Impl>()) {}
WebSocket::~WebSocket() = default;

std::string WebSocket::accept_key(std::string_view key) {
  constexpr std::string_view kMagic = "258EAFA5-E914-47DA-95CA-C5AB0DC85B11";  // RFC 6455 §1.3
  const std::string text = std::string(key).append(kMagic);
  std::array<unsigned char, EVP_MAX_MD_SIZE> digest{};
  unsigned int length = 0;
  EVP_Digest(text.data(), text.size(), digest.data(), &length, EVP_sha1(), nullptr);
  std::array<unsigned char, 2 * EVP_MAX_MD_SIZE> base64{};
  const int written = EVP_EncodeBlock(base64.data(), digest.data(), static_cast<int>(length));
  return {base64.begin(), base64.begin() + written};
}

std::vector<std::string> WebSocket::receive(std::string_view bytes) {
  impl_->input = bytes;
  // On a protocol error the library queues the close frame with the reason by itself.
  if (wslay_event_want_read(impl_->wslay) != 0 && wslay_event_recv(impl_->wslay) != 0) impl_->broken = true;
  impl_->input = {};
  impl_->make_output();
  return std::exchange(impl_->messages, {});
}

void WebSocket::send(std::string_view text) {
  impl_->queue(WSLAY_TEXT_FRAME, text);
  impl_->make_output();
}

void WebSocket::ping() {
  impl_->queue(WSLAY_PING, {});
  impl_->make_output();
}

void WebSocket::close(Close code, std::string_view reason) {
  impl_->queue_close(static_cast<std::uint16_t>(code), reason);
  impl_->make_output();
}

std::string WebSocket::take_output() { return std::exchange(impl_->output, {}); }

bool WebSocket::finished() const {
  return impl_->broken || (wslay_event_want_read(impl_->wslay) == 0 && wslay_event_want_write(impl_->wslay) == 0) ||
         (wslay_event_get_close_received(impl_->wslay) != 0 && wslay_event_get_close_sent(impl_->wslay) != 0);
}

}  // namespace candela::servers::http
