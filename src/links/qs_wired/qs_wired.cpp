#include "links/qs_wired/qs_wired.h"

#include <spdlog/spdlog.h>

#include <array>
#include <boost/asio/buffer.hpp>
#include <boost/asio/posix/stream_descriptor.hpp>
#include <boost/asio/steady_timer.hpp>
#include <deque>
#include <unordered_set>
#include <utility>

#include "base/overloaded.h"
#include "links/qs_wired/link_table.h"
#include "links/qs_wired/serial_port.h"
#include "protocols/qs/master.h"

namespace candela::links {
namespace {

using boost::system::error_code;
namespace asio = boost::asio;

constexpr std::size_t kReadSize = 16384;  // a whole round of a full link
constexpr std::size_t kMaxUnsent = 1024;
/// The first frame leaves at once; those that follow it within this time leave together. A frame lasts longer on any
/// wire, so nobody waits for it, and a flood of changes does not wake both ends for every frame.
constexpr Duration kWriteGap = std::chrono::milliseconds(2);
constexpr Duration kFirstRetry = std::chrono::milliseconds(100);
constexpr Duration kLastRetry = std::chrono::seconds(5);

/// On a bus that nobody has measured, one question at a time; the simulated one takes as many as come.
qs::MasterSettings settings_for(const Link* link) {
  qs::MasterSettings settings;
  if (link == nullptr) return settings;
  settings.link = static_cast<std::uint16_t>(link->number.value);
  if (link->driver == LinkDriver::serial) settings.outbox.window = 1;
  return settings;
}

class QsWired final : public Driver, qs::Listener {
 public:
  QsWired(asio::io_context& loop, const Clock& clock, const View& view, EventSink& events, LinkId link,
          std::string port)
      : clock_(clock),
        view_(view),
        events_(events),
        link_(link),
        path_(std::move(port)),
        port_(loop),
        wake_timer_(loop),
        retry_timer_(loop),
        master_(settings_for(view.project()->find(link)), *this) {}

  void start() override {
    started_ = true;
    take_table();
    open();
    arm();
  }

  void stop() override {
    started_ = false;
    error_code ignored;
    port_.close(ignored);
    wake_timer_.cancel();
    armed_for_.reset();
    retry_timer_.cancel();
    master_.close();
  }

  void on_changes(std::span<const Change> changes) override {
    if (!started_) return;
    for (const Change& change : changes) {
      std::visit(overloaded{
                     [&](const ZoneTargeted& it) { on_zone(it); },
                     [&](const ZoneTilted& it) { on_tilted(it); },
                     [&](const LedChanged& it) { on_led(it); },
                     [&](const ProjectActivated&) { take_table(); },
                     [](const auto&) {},
                 },
                 change.what);
    }
    flush();
    arm();
  }

 private:
  /// A handler that does nothing when the driver is gone by the time it is called.
  template <class Handler>
  auto guarded(Handler handler) {
    return [handler = std::move(handler), alive = std::weak_ptr<const bool>(alive_)](auto&&... result) mutable {
      if (!alive.expired()) handler(result...);
    };
  }

  // What the house says

  void take_table() {
    table_ = LinkTable(*view_.project(), link_);
    const MonoTime now = clock_.now().mono;
    master_.set_devices(table_.devices(), now);
    for (const LinkTable::Output& output : table_.outputs()) {
      const View::ZoneState& zone = view_.zone(output.zone);
      // A zone nobody spoke of keeps what its device has.
      if (zone.changed != UtcTime{}) {
        master_.set_level(output.device, output.output, output.to_output(zone.fade), now);
      }
      if (zone.tilt != Fade{}) master_.set_tilt(output.device, output.output, zone.tilt, now);
    }
    take_watched_contacts();
    for (const LinkTable::Led& led : table_.leds()) {
      master_.set_led(led.device, led.position, view_.led(led.led), now);
    }
  }

  /// What the first output says of itself it need not be told, but the others of its zone do as it does.
  void on_zone(const ZoneTargeted& change) {
    const auto outputs = table_.outputs_of(change.zone);
    for (const LinkTable::Output& output : outputs) {
      const Fade fade = output.to_output(change.fade);
      if (change.reported && &output == &outputs.front()) {
        master_.note_level(output.device, output.output, fade);
      } else {
        master_.set_level(output.device, output.output, fade, clock_.now().mono);
      }
    }
  }

  /// Contacts that stand for something lasting: how they are matters from the start. A button's press is one only when
  /// it happens.
  void take_watched_contacts() {
    watched_contacts_.clear();
    const Project& project = *view_.project();
    for (const Partition& wall : project.partitions) watched_contacts_.insert(wall.contact);
    for (const OccupancyGroup& group : project.occupancy_groups) {
      watched_contacts_.insert(group.contacts.begin(), group.contacts.end());
    }
  }

  void on_tilted(const ZoneTilted& change) {
    const auto outputs = table_.outputs_of(change.zone);
    for (const LinkTable::Output& output : outputs) {
      if (change.reported && &output == &outputs.front()) {
        master_.note_tilt(output.device, output.output, change.fade);
      } else {
        master_.set_tilt(output.device, output.output, change.fade, clock_.now().mono);
      }
    }
  }

  void on_led(const LedChanged& change) {
    if (const LinkTable::Led* led = table_.find(change.led)) {
      master_.set_led(led->device, led->position, change.state, clock_.now().mono);
    }
  }

  // What the wire says

  void on_button(std::size_t device, std::uint8_t position, ButtonMove move) override {
    if (const ButtonId button = table_.find_button(device, position)) report(ButtonMoved{button, move});
  }

  void on_level(std::size_t device, std::uint8_t output, Level level) override {
    const LinkTable::Output* it = table_.find_output(device, output);
    if (it != nullptr && it == table_.find(it->zone)) report(LevelReported{it->zone, it->to_level(level)});
  }

  void on_tilt(std::size_t device, std::uint8_t output, Level tilt) override {
    if (const LinkTable::Output* it = table_.find_output(device, output)) report(TiltReported{it->zone, tilt});
  }

  void on_occupancy(std::size_t device, bool occupied) override {
    report(OccupancyReported{table_.device(device), occupied});
  }

  void on_light(std::size_t device, std::uint16_t lux) override { report(LightReported{table_.device(device), lux}); }

  void on_contact(std::size_t device, std::uint8_t position, bool closed, bool moved) override {
    const ButtonId contact = table_.find_button(device, position);
    if (!contact || (!moved && !watched_contacts_.contains(contact))) return;
    report(ButtonMoved{contact, closed ? ButtonMove::press : ButtonMove::release});
  }

  void on_presence(std::size_t device, bool present, DeviceFault fault) override {
    report(PresenceReported{table_.device(device), present, fault});
  }

  void on_link_fault(LinkFault fault) override {
    if (port_.is_open()) report_fault(fault);
  }

  template <class What>
  void report(What what) {
    Event event{Source{Source::Kind::device, {}}, what};
    if (unsent_.empty() && events_.submit(event)) return;
    if (unsent_.size() < kMaxUnsent) {
      unsent_.push_back(std::move(event));
    } else {
      spdlog::error("{}: the processor does not keep up; an event is lost", path_);
    }
  }

  void report_fault(LinkFault fault) {
    if (std::exchange(reported_fault_, fault) != fault) report(LinkReported{link_, fault});
  }

  void send_unsent() {
    while (!unsent_.empty() && events_.submit(unsent_.front())) unsent_.pop_front();
  }

  // The port

  void open() {
    const Link* link = view_.project()->find(link_);
    const auto opened = open_serial_port(path_, link == nullptr ? Link().baud : link->baud);
    error_code failed;
    if (opened) port_.assign(*opened, failed);
    if (!opened || failed) {
      // Said once; the retries that follow are not news.
      if (reported_fault_ != LinkFault::port_closed) {
        spdlog::warn("link port {}", opened ? path_ + ": " + failed.message() : opened.error().message);
      }
      return retry_later();
    }
    port_.non_blocking(true, failed);
    retry_after_ = kFirstRetry;
    waits_for_room_ = false;
    master_.open(clock_.now().mono);
    report_fault(master_.fault());
    read();
    flush();
  }

  void retry_later() {
    error_code ignored;
    port_.close(ignored);
    master_.close();
    retry_timer_.expires_after(retry_after_);
    retry_after_ = std::min(retry_after_ * 2, kLastRetry);
    retry_timer_.async_wait(guarded([this](const error_code& cancelled) {
      if (cancelled) return;
      open();
      arm();
    }));
    report_fault(LinkFault::port_closed);
  }

  void read() {
    port_.async_read_some(asio::buffer(in_), guarded([this](const error_code& failed, std::size_t size) {
                            if (failed == asio::error::operation_aborted || !port_.is_open()) return;
                            if (failed) return retry_later();
                            master_.receive({in_.data(), size}, clock_.now().mono);
                            flush();
                            if (port_.is_open()) read();
                            arm();
                          }));
  }

  /// Writes what there is, unless something was written just before; only what finds no room waits for the loop.
  void flush() {
    if (master_.output().empty() || clock_.now().mono < may_write_from_) return;
    may_write_from_ = clock_.now().mono + kWriteGap;
    while (port_.is_open() && !waits_for_room_ && !master_.output().empty()) {
      const auto bytes = master_.output();
      error_code failed;
      const std::size_t written = port_.write_some(asio::buffer(bytes.data(), bytes.size()), failed);
      if (failed == asio::error::would_block || failed == asio::error::try_again) {
        waits_for_room_ = true;
        port_.async_wait(asio::posix::stream_descriptor::wait_write, guarded([this](const error_code& cancelled) {
                           if (cancelled) return;
                           waits_for_room_ = false;
                           flush();
                           arm();
                         }));
      } else if (failed) {
        retry_later();
      } else {
        master_.consumed(written, clock_.now().mono);
      }
    }
  }

  /// An earlier wake than needed is left as it is: it costs less than setting the timer anew at every change.
  void arm() {
    MonoTime wake = master_.next_wake();
    if (!master_.output().empty() && !waits_for_room_) wake = std::min(wake, may_write_from_);
    if (!started_ || (armed_for_ && *armed_for_ <= wake)) return;
    armed_for_ = wake;
    wake_timer_.expires_after(std::max(wake - clock_.now().mono, Duration::zero()));
    wake_timer_.async_wait(guarded([this](const error_code& cancelled) {
      if (cancelled) return;
      armed_for_.reset();
      send_unsent();
      master_.wake(clock_.now().mono);
      flush();
      arm();
    }));
  }

  const Clock& clock_;
  const View& view_;
  EventSink& events_;
  const LinkId link_;
  const std::string path_;
  asio::posix::stream_descriptor port_;
  asio::steady_timer wake_timer_;
  asio::steady_timer retry_timer_;
  qs::Master master_;
  LinkTable table_;
  std::unordered_set<ButtonId> watched_contacts_;
  std::deque<Event> unsent_;  ///< at most kMaxUnsent, in order
  std::array<std::uint8_t, kReadSize> in_;
  std::optional<MonoTime> armed_for_;
  MonoTime may_write_from_{};
  Duration retry_after_ = kFirstRetry;
  LinkFault reported_fault_ = LinkFault::none;
  bool waits_for_room_ = false;
  bool started_ = false;
  const std::shared_ptr<const bool> alive_ = std::make_shared<const bool>(true);
};

}  // namespace

std::unique_ptr<Driver> make_qs_wired(asio::io_context& loop, const Clock& clock, const View& view, EventSink& events,
                                      LinkId link, std::string port) {
  return std::make_unique<QsWired>(loop, clock, view, events, link, std::move(port));
}

}  // namespace candela::links
