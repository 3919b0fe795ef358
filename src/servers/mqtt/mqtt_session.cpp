#include "servers/mqtt/mqtt_session.h"

#include <fcntl.h>
#include <fmt/format.h>
#include <mosquitto.h>
#include <mqtt_protocol.h>
#include <poll.h>
#include <sys/socket.h>
#include <sys/un.h>
#include <unistd.h>

#include <algorithm>
#include <array>
#include <cerrno>
#include <cstring>
#include <map>
#include <utility>

#include "servers/mqtt/packet_limit.h"

namespace candela::servers::mqtt {
namespace {

/// Less than any socket buffer, so that it is taken at once.
constexpr std::size_t kPiece = std::size_t{8} * 1024;

class Descriptor {
 public:
  Descriptor() = default;
  explicit Descriptor(int number) : number_(number) {}
  Descriptor(Descriptor&& other) noexcept : number_(std::exchange(other.number_, -1)) {}
  Descriptor& operator=(Descriptor&& other) noexcept {
    std::swap(number_, other.number_);
    return *this;
  }
  ~Descriptor() {
    if (number_ >= 0) ::close(number_);
  }
  int get() const { return number_; }
  explicit operator bool() const { return number_ >= 0; }

 private:
  int number_ = -1;
};

Error system_error(std::string_view what) { return Error{fmt::format("{}: {}", what, std::strerror(errno))}; }

/// Listens at the path, for as long as it takes the library to connect.
class Meeting {
 public:
  static Result<Meeting> at(const std::filesystem::path& path) {
    sockaddr_un address{};
    address.sun_family = AF_UNIX;
    const std::string name = path.string();
    if (name.empty() || name.size() >= sizeof(address.sun_path)) {
      return Error{
          fmt::format("the path of the local socket is longer than {} bytes: {}", sizeof(address.sun_path) - 1, name)};
    }
    std::copy(name.begin(), name.end(), &address.sun_path[0]);
    Meeting meeting;
    meeting.path_ = path;
    meeting.socket_ = Descriptor(::socket(AF_UNIX, SOCK_STREAM | SOCK_CLOEXEC | SOCK_NONBLOCK, 0));
    ::unlink(name.c_str());
    const auto* const place = reinterpret_cast<const sockaddr*>(&address);
    if (!meeting.socket_ || ::bind(meeting.socket_.get(), place, sizeof(address)) != 0 ||
        ::listen(meeting.socket_.get(), 1) != 0) {
      return system_error("no local socket at " + name);
    }
    return meeting;
  }
  Meeting(Meeting&&) = default;
  Meeting& operator=(Meeting&&) = delete;
  ~Meeting() {
    if (socket_) ::unlink(path_.c_str());
  }

  const std::filesystem::path& path() const { return path_; }

  /// Who came; nobody but ourselves is let in.
  Result<Descriptor> take() {
    Descriptor taken(::accept4(socket_.get(), nullptr, nullptr, SOCK_CLOEXEC | SOCK_NONBLOCK));
    if (!taken) return system_error("the local socket");
    ucred peer{};
    socklen_t size = sizeof(peer);
    if (::getsockopt(taken.get(), SOL_SOCKET, SO_PEERCRED, &peer, &size) != 0 || peer.pid != ::getpid()) {
      return Error{"somebody else came to the local socket"};
    }
    return taken;
  }

 private:
  Meeting() = default;

  std::filesystem::path path_;
  Descriptor socket_;
};

/// The properties of one packet.
class Properties {
 public:
  Properties() = default;
  ~Properties() { mosquitto_property_free_all(&list_); }
  Properties(const Properties&) = delete;
  Properties& operator=(const Properties&) = delete;

  Properties& add(int property, std::uint32_t value) {
    mosquitto_property_add_int32(&list_, property, value);
    return *this;
  }
  const mosquitto_property* get() const { return list_; }

 private:
  mosquitto_property* list_ = nullptr;
};

struct DestroyMosquitto {
  void operator()(mosquitto* it) const { mosquitto_destroy(it); }
};

}  // namespace

class MqttSession::Impl {
 public:
  explicit Impl(const std::string& client) : limit_(kLongestPacket) {
    static const int initialised = mosquitto_lib_init();
    static_cast<void>(initialised);
    library_.reset(mosquitto_new(client.c_str(), true, this));
  }

  Outcome begin(const Login& login, const std::filesystem::path& socket);
  Result<std::vector<Incoming>> receive(std::span<const std::uint8_t> bytes);
  Outcome publish(const Message& message, std::uint32_t expiry_seconds);
  void subscribe(const std::string& filter, Past past);
  void unsubscribe(const std::string& filter);
  Outcome tick();

  std::string output;

 private:
  void prepare(const Login& login);
  Outcome feed(std::span<const std::uint8_t> piece);
  bool has_input() const;
  void drain();
  Error ended(int result) const;

  void on_connect(int reason);
  void on_message(const mosquitto_message& message);
  void on_subscribe(int number, std::span<const int> granted);

  std::unique_ptr<mosquitto, DestroyMosquitto> library_;
  Descriptor other_end_;
  PacketLimit limit_;
  std::string refusal_;
  std::map<int, std::string> asked_;  ///< subscriptions without an answer yet
  std::vector<Incoming> incoming_;
};

void MqttSession::Impl::prepare(const Login& login) {
  mosquitto* const it = library_.get();
  mosquitto_int_option(it, MOSQ_OPT_PROTOCOL_VERSION, MQTT_PROTOCOL_V5);
  if (!login.user.empty()) mosquitto_username_pw_set(it, login.user.c_str(), login.password.c_str());
  mosquitto_will_set_v5(it, login.will_topic.c_str(), static_cast<int>(login.will.size()), login.will.data(), 1, true,
                        nullptr);
  mosquitto_connect_v5_callback_set(it, [](mosquitto*, void* self, int reason, int, const mosquitto_property*) {
    static_cast<Impl*>(self)->on_connect(reason);
  });
  mosquitto_message_v5_callback_set(
      it, [](mosquitto*, void* self, const mosquitto_message* message, const mosquitto_property*) {
        static_cast<Impl*>(self)->on_message(*message);
      });
  mosquitto_subscribe_v5_callback_set(
      it, [](mosquitto*, void* self, int number, int count, const int* granted, const mosquitto_property*) {
        static_cast<Impl*>(self)->on_subscribe(number, {granted, static_cast<std::size_t>(count)});
      });
}

Outcome MqttSession::Impl::begin(const Login& login, const std::filesystem::path& socket) {
  if (!library_) return Error{"the MQTT library has no memory"};
  prepare(login);
  auto meeting = Meeting::at(socket);
  if (!meeting) return meeting.error();
  Properties properties;
  properties.add(MQTT_PROP_MAXIMUM_PACKET_SIZE, kLongestPacket);
  // Port 0 means a local socket; connecting to one that listens does not wait.
  const int connected = mosquitto_connect_bind_v5(library_.get(), meeting->path().c_str(), 0, kKeepAliveSeconds,
                                                  nullptr, properties.get());
  if (connected != MOSQ_ERR_SUCCESS) return Error{fmt::format("MQTT: {}", mosquitto_strerror(connected))};
  auto other_end = meeting->take();
  if (!other_end) return other_end.error();
  other_end_ = std::move(*other_end);
  ::fcntl(mosquitto_socket(library_.get()), F_SETFD, FD_CLOEXEC);
  drain();
  return done();
}

Error MqttSession::Impl::ended(int result) const {
  if (!refusal_.empty()) return Error{"the broker refuses us: " + refusal_};
  if (result == MOSQ_ERR_KEEPALIVE) return Error{"the broker does not answer any more"};
  if (result == MOSQ_ERR_SUCCESS) return Error{"the broker ended the session"};
  return Error{fmt::format("the broker said what is no MQTT ({})", mosquitto_strerror(result))};
}

Result<std::vector<MqttSession::Incoming>> MqttSession::Impl::receive(std::span<const std::uint8_t> bytes) {
  if (!limit_.allows(bytes)) return Error{"the broker sent a packet that is too long"};
  while (!bytes.empty()) {
    const auto piece = bytes.first(std::min(bytes.size(), kPiece));
    bytes = bytes.subspan(piece.size());
    if (const Outcome fed = feed(piece); !fed) return fed.error();
  }
  return std::exchange(incoming_, {});
}

Outcome MqttSession::Impl::feed(std::span<const std::uint8_t> piece) {
  if (::write(other_end_.get(), piece.data(), piece.size()) != static_cast<ssize_t>(piece.size())) {
    return ended(MOSQ_ERR_SUCCESS);
  }
  while (has_input()) {
    const int result = mosquitto_loop_read(library_.get(), 1);
    if (result != MOSQ_ERR_SUCCESS || mosquitto_socket(library_.get()) < 0) return ended(result);
  }
  drain();
  return done();
}

bool MqttSession::Impl::has_input() const {
  pollfd asked{mosquitto_socket(library_.get()), POLLIN, 0};
  return asked.fd >= 0 && ::poll(&asked, 1, 0) > 0 && (asked.revents & POLLIN) != 0;
}

/// Takes over all that the library has written.
void MqttSession::Impl::drain() {
  std::array<char, kPiece> piece;
  while (true) {
    const ssize_t size = ::read(other_end_.get(), piece.data(), piece.size());
    if (size > 0) {
      output.append(piece.data(), static_cast<std::size_t>(size));
      continue;
    }
    const bool waits = mosquitto_socket(library_.get()) >= 0 && mosquitto_want_write(library_.get());
    // If it cannot write, the next receive or tick says why.
    if (!waits || mosquitto_loop_write(library_.get(), 1) != MOSQ_ERR_SUCCESS) return;
  }
}

Outcome MqttSession::Impl::publish(const Message& message, std::uint32_t expiry_seconds) {
  Properties properties;
  if (expiry_seconds > 0) properties.add(MQTT_PROP_MESSAGE_EXPIRY_INTERVAL, expiry_seconds);
  const int result =
      mosquitto_publish_v5(library_.get(), nullptr, message.topic.c_str(), static_cast<int>(message.payload.size()),
                           message.payload.data(), 0, message.retained, properties.get());
  drain();
  if (result == MOSQ_ERR_SUCCESS) return done();
  return Error{fmt::format("{} was not published: {}", message.topic, mosquitto_strerror(result))};
}

void MqttSession::Impl::subscribe(const std::string& filter, Past past) {
  const int keep = past == Past::none ? MQTT_SUB_OPT_SEND_RETAIN_NEVER : MQTT_SUB_OPT_SEND_RETAIN_ALWAYS;
  int number = 0;
  mosquitto_subscribe_v5(library_.get(), &number, filter.c_str(), 1, MQTT_SUB_OPT_NO_LOCAL | keep, nullptr);
  asked_[number] = filter;
  drain();
}

void MqttSession::Impl::unsubscribe(const std::string& filter) {
  mosquitto_unsubscribe(library_.get(), nullptr, filter.c_str());
  drain();
}

Outcome MqttSession::Impl::tick() {
  const int result = mosquitto_loop_misc(library_.get());
  drain();
  if (result == MOSQ_ERR_SUCCESS) return done();
  return ended(result);
}

void MqttSession::Impl::on_connect(int reason) {
  if (reason == 0) {
    incoming_.emplace_back(Accepted{});
  } else {
    refusal_ =
        reason == MQTT_RC_UNSUPPORTED_PROTOCOL_VERSION ? "it does not know MQTT 5" : mosquitto_reason_string(reason);
  }
}

void MqttSession::Impl::on_message(const mosquitto_message& message) {
  Message it{message.topic, {}, message.retain};
  if (message.payloadlen > 0) {
    it.payload.assign(static_cast<const char*>(message.payload), static_cast<std::size_t>(message.payloadlen));
  }
  incoming_.emplace_back(std::move(it));
}

void MqttSession::Impl::on_subscribe(int number, std::span<const int> granted) {
  const auto asked = asked_.find(number);
  if (asked == asked_.end()) return;
  for (const int code : granted) {
    if (code >= MQTT_RC_UNSPECIFIED) {
      incoming_.emplace_back(NotSubscribed{asked->second, mosquitto_reason_string(code)});
    }
  }
  asked_.erase(asked);
}

MqttSession::MqttSession(std::unique_ptr<Impl> impl) : impl_(std::move(impl)) {}
MqttSession::~MqttSession() = default;

Result<std::unique_ptr<MqttSession>> MqttSession::open(const Login& login, const std::filesystem::path& socket) {
  auto impl = std::make_unique<Impl>(login.client);
  if (const Outcome begun = impl->begin(login, socket); !begun) return begun.error();
  return std::unique_ptr<MqttSession>(new MqttSession(std::move(impl)));
}

Result<std::vector<MqttSession::Incoming>> MqttSession::receive(std::span<const std::uint8_t> bytes) {
  return impl_->receive(bytes);
}
Outcome MqttSession::publish(const Message& message, std::uint32_t expiry_seconds) {
  return impl_->publish(message, expiry_seconds);
}
void MqttSession::subscribe(const std::string& filter, Past past) { impl_->subscribe(filter, past); }
void MqttSession::unsubscribe(const std::string& filter) { impl_->unsubscribe(filter); }
Outcome MqttSession::tick() { return impl_->tick(); }
std::size_t MqttSession::waiting() const { return impl_->output.size(); }
std::string MqttSession::take_output() { return std::exchange(impl_->output, {}); }

}  // namespace candela::servers::mqtt
