#include "links/sacn/sacn.h"

#include <spdlog/spdlog.h>

#include <boost/asio/steady_timer.hpp>
#include <memory>
#include <optional>
#include <string>

#include "links/sacn/pacing.h"
#include "links/sacn/udp_sender.h"
#include "links/sacn/universe.h"

namespace candela::links {
namespace {

namespace asio = boost::asio;
namespace ip = boost::asio::ip;

/// Section 6.2.6: how many packets say that the stream is terminated, since any of them may be lost.
constexpr int kGoodByes = 3;

/// True when receivers would see another stream, not this one with other values.
bool goes_elsewhere(const SacnSettings& before, const SacnSettings& after) {
  return before.universe != after.universe || before.destination != after.destination ||
         before.interface != after.interface;
}

class SacnDriver final : public Driver {
 public:
  SacnDriver(asio::io_context& loop, const Clock& clock, const View& view, GatewayId gateway, const sacn::Cid& cid,
             std::uint16_t port)
      : clock_(clock), view_(view), gateway_(gateway), cid_(cid), port_(port), timer_(loop), sender_(loop) {}

  void start() override {
    started_ = true;
    follow_project();
    run();
  }

  void stop() override {
    end_stream();
    timer_.cancel();
    armed_for_.reset();
    started_ = false;
  }

  void on_changes(std::span<const Change> changes) override {
    if (!started_) return;
    if (!changes.empty() && std::holds_alternative<ProjectActivated>(changes.front().what)) {
      follow_project();
    } else if (!universe_.concerned_by(changes)) {
      return;
    }
    pacing_.hurry();
    run();
  }

 private:
  /// Reads the bindings anew. The stream goes on when it can, so that lights do not blink at a transfer.
  void follow_project() {
    const Project* project = view_.project().get();
    const Gateway* gateway = project == nullptr ? nullptr : project->find(gateway_);
    const SacnSettings settings = gateway == nullptr ? SacnSettings{} : gateway->sacn;
    if (goes_elsewhere(settings_, settings)) end_stream();
    settings_ = settings;
    if (gateway == nullptr) {
      universe_ = {};
    } else {
      source_name_ = project->name + ", " + gateway->name;
      universe_.bind(*project, gateway_);
    }
    if (universe_.empty()) end_stream();
    if (!streaming_) aim();
  }

  void aim() {
    const ip::address_v4 group(sacn::multicast_group(settings_.universe));
    sender_.aim(settings_.destination.empty() ? group.to_string() : settings_.destination, port_, settings_.interface);
  }

  /// Sends what is due and sees to it that what comes next is sent in time.
  void run() {
    if (universe_.empty()) {
      timer_.cancel();
      armed_for_.reset();
      return;
    }
    const MonoTime now = clock_.now().mono;
    if (pacing_.next() <= now) {
      const Universe::Sample sample = universe_.sample(view_, now);
      send(false);
      // A packet that could not be sent counts too: the next one holds all values again.
      pacing_.sent(now, sample.changed, sample.moving);
    }
    arm(now);
  }

  void arm(MonoTime now) {
    const MonoTime next = pacing_.next();
    if (armed_for_ == next) return;
    armed_for_ = next;
    timer_.expires_after(next - now);
    timer_.async_wait([this, alive = std::weak_ptr(alive_)](const boost::system::error_code& error) {
      if (error || alive.expired()) return;
      armed_for_.reset();
      run();
    });
  }

  void send(bool terminated) {
    sacn::DataPacket packet;
    packet.cid = cid_;
    packet.source_name = source_name_;
    packet.priority = settings_.priority;
    packet.sequence = sequence_.next();
    packet.terminated = terminated;
    packet.universe = settings_.universe;
    packet.slots = universe_.slots();
    std::array<std::uint8_t, sacn::kPacketSizeMax> buffer;
    const std::size_t size = sacn::encode(packet, buffer);
    report(sender_.send(std::span(buffer).first(size)));
    streaming_ = true;
  }

  /// Says so when it begins to fail, fails differently, or works again; not at every packet.
  void report(const boost::system::error_code& error) {
    if (error == last_error_) return;
    last_error_ = error;
    if (error) {
      spdlog::warn("sACN universe {} cannot be sent: {}; trying again", settings_.universe, error.message());
    } else {
      spdlog::info("sACN universe {} is being sent again", settings_.universe);
    }
  }

  void end_stream() {
    if (!streaming_) return;
    for (int i = 0; i < kGoodByes; ++i) send(true);
    sender_.close();
    streaming_ = false;
    sequence_ = {};
    pacing_ = {};
  }

  const Clock& clock_;
  const View& view_;
  const GatewayId gateway_;
  const sacn::Cid cid_;
  const std::uint16_t port_;

  bool started_ = false;
  bool streaming_ = false;  ///< receivers may know of this stream
  SacnSettings settings_;
  std::string source_name_;
  Universe universe_;
  Pacing pacing_;
  Sequence sequence_;

  asio::steady_timer timer_;
  std::optional<MonoTime> armed_for_;
  UdpSender sender_;
  boost::system::error_code last_error_;
  /// Dies with the driver, for handlers that the loop already holds when it does.
  const std::shared_ptr<int> alive_ = std::make_shared<int>();
};

}  // namespace

std::unique_ptr<Driver> make_sacn(asio::io_context& loop, const Clock& clock, const View& view, GatewayId gateway,
                                  const sacn::Cid& cid, std::uint16_t port) {
  return std::make_unique<SacnDriver>(loop, clock, view, gateway, cid, port);
}

}  // namespace candela::links
