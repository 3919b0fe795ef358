#include "servers/discovery/announcer.h"

#include <poll.h>
#include <spdlog/spdlog.h>
#include <sys/eventfd.h>
#include <systemd/sd-bus.h>
#include <unistd.h>

#include <cstring>
#include <thread>

namespace candela::servers::discovery {
namespace {

constexpr const char* kAvahi = "org.freedesktop.Avahi";
constexpr const char* kServer = "org.freedesktop.Avahi.Server";
constexpr const char* kGroup = "org.freedesktop.Avahi.EntryGroup";
constexpr std::int32_t kAnyInterface = -1;
constexpr std::int32_t kIpv4 = 0;
/// The name is this processor's alone; Avahi shall not give the address another name for looking back.
constexpr std::uint32_t kNoReverse = 16;
constexpr std::uint32_t kNoFlags = 0;
/// Between two looks for a bus that is not there.
constexpr int kTryAgainMs = 30'000;

struct CloseBus {
  void operator()(sd_bus* bus) const { sd_bus_flush_close_unref(bus); }
};
struct FreeMessage {
  void operator()(sd_bus_message* message) const { sd_bus_message_unref(message); }
};
using Bus = std::unique_ptr<sd_bus, CloseBus>;
using Message = std::unique_ptr<sd_bus_message, FreeMessage>;

/// A negative result of sd-bus, with what was tried.
struct Failure {
  const char* what = nullptr;
  int error = 0;
  explicit operator bool() const { return error < 0; }
};

Message new_call(sd_bus* bus, const std::string& path, const char* interface, const char* method) {
  sd_bus_message* call = nullptr;
  sd_bus_message_new_method_call(bus, &call, kAvahi, path.c_str(), interface, method);
  return Message(call);
}

int send(sd_bus* bus, const Message& call, Message* reply = nullptr) {
  sd_bus_message* answered = nullptr;
  const int result = sd_bus_call(bus, call.get(), 0, nullptr, &answered);
  Message owner(answered);
  if (reply != nullptr) *reply = std::move(owner);
  return result;
}

int add_service(sd_bus* bus, const std::string& group, const Announcement& all, const Announcement::Service& service) {
  const Message call = new_call(bus, group, kGroup, "AddService");
  if (!call) return -ENOMEM;
  int result = sd_bus_message_append(call.get(), "iiussssq", kAnyInterface, kIpv4, kNoFlags, all.instance.c_str(),
                                     service.type.c_str(), "", all.host.c_str(), service.port);
  if (result >= 0) result = sd_bus_message_open_container(call.get(), 'a', "ay");
  for (const std::string& text : service.text) {
    if (result >= 0) result = sd_bus_message_append_array(call.get(), 'y', text.data(), text.size());
  }
  if (result >= 0) result = sd_bus_message_close_container(call.get());
  return result < 0 ? result : send(bus, call);
}

Failure announce(sd_bus* bus, const Announcement& all) {
  Message reply;
  const Message make = new_call(bus, "/", kServer, "EntryGroupNew");
  const char* path = nullptr;
  int result = make ? send(bus, make, &reply) : -ENOMEM;
  if (result >= 0) result = sd_bus_message_read(reply.get(), "o", &path);
  if (result < 0) return {"Avahi does not answer", result};
  const std::string group = path;
  for (const std::string& address : all.addresses) {
    const Message call = new_call(bus, group, kGroup, "AddAddress");
    result =
        sd_bus_message_append(call.get(), "iiuss", kAnyInterface, kIpv4, kNoReverse, all.host.c_str(), address.c_str());
    if (result >= 0) result = send(bus, call);
    if (result < 0) return {"Avahi does not take the address", result};
  }
  for (const Announcement::Service& service : all.services) {
    if (result = add_service(bus, group, all, service); result < 0) return {"Avahi does not take the service", result};
  }
  const Message commit = new_call(bus, group, kGroup, "Commit");
  result = commit ? send(bus, commit) : -ENOMEM;
  return {"Avahi does not announce", result};
}

}  // namespace

class Announcer::Impl {
 public:
  explicit Impl(Announcement announcement)
      : announcement_(std::move(announcement)), stop_(::eventfd(0, EFD_CLOEXEC)), thread_([this] { run(); }) {}
  ~Impl() {
    const std::uint64_t one = 1;
    static_cast<void>(::write(stop_, &one, sizeof(one)));
    thread_.join();
    ::close(stop_);
  }

 private:
  void run() {
    while (!stopped_) {
      sd_bus* opened = nullptr;
      const int result = sd_bus_open_system(&opened);
      const Bus bus(opened);
      if (result >= 0) {
        follow(bus.get());
      } else {
        tell("there is no system bus", result);
        wait(-1, 0, kTryAgainMs);
      }
    }
  }

  /// Announces whenever Avahi appears on the bus, until the bus is gone.
  void follow(sd_bus* bus) {
    const int matched = sd_bus_match_signal(
        bus, nullptr, "org.freedesktop.DBus", "/org/freedesktop/DBus", "org.freedesktop.DBus", "NameOwnerChanged",
        [](sd_bus_message* message, void* self, sd_bus_error*) {
          const char* name = nullptr;
          const char* old_owner = nullptr;
          const char* owner = nullptr;
          const bool read = sd_bus_message_read(message, "sss", &name, &old_owner, &owner) >= 0;
          if (read && std::strcmp(name, kAvahi) == 0 && *owner != '\0') static_cast<Impl*>(self)->due_ = true;
          return 0;
        },
        this);
    if (matched < 0) return tell("the bus does not answer", matched);
    due_ = true;
    while (!stopped_) {
      const int result = sd_bus_process(bus, nullptr);
      if (result < 0) return;
      if (result > 0) continue;
      if (std::exchange(due_, false)) {
        const Failure failure = announce(bus, announcement_);
        failure ? tell(failure.what, failure.error) : tell({}, 0);
        continue;
      }
      wait(sd_bus_get_fd(bus), sd_bus_get_events(bus), -1);
    }
  }

  void wait(int fd, int events, int milliseconds) {
    pollfd waited[] = {{stop_, POLLIN, 0}, {fd, static_cast<short>(events), 0}};
    ::poll(waited, fd < 0 ? 1 : 2, milliseconds);
    stopped_ = (waited[0].revents & POLLIN) != 0;
  }

  /// Each state once.
  void tell(std::string_view trouble, int error) {
    if (told_ && *told_ == trouble) return;
    told_ = std::string(trouble);
    if (trouble.empty()) {
      spdlog::info("announced in the network as {} ({})", announcement_.instance, announcement_.host);
    } else {
      spdlog::info("not announced in the network: {}: {}", trouble, std::strerror(-error));
    }
  }

  const Announcement announcement_;
  const int stop_;
  bool stopped_ = false;
  bool due_ = false;
  std::optional<std::string> told_;
  std::thread thread_;
};

Announcer::Announcer(Announcement announcement) : impl_(std::make_unique<Impl>(std::move(announcement))) {}
Announcer::~Announcer() = default;

}  // namespace candela::servers::discovery
