#include "apps/devices/simulated_device.h"

#include <algorithm>
#include <cmath>
#include <cstdlib>

namespace candela::devices {
namespace {

constexpr std::uint32_t kDeviceClass = 0x04340301;  // a lamp dimmer's; the processor knows its devices by serial
constexpr std::size_t kEntriesInShortPacket = 3;

qs::Packet packet_of(const qs::Header& header, const auto& item) {
  qs::PacketWriter writer(header);
  // Ten entries, or one command, always fit.
  (void)writer.add(item);
  return writer.finish();
}

/// Of the time for the whole way.
Duration part_of(Duration travel, Level from, Level to) {
  const std::int64_t way = std::abs(std::int64_t{to.raw()} - from.raw());
  return travel * way / Level::kFullRaw;
}

Level nearest_fan_speed(Level level) {
  constexpr double kStep = 25;
  return Level::from_percent(std::round(level.percent() / kStep) * kStep);
}

}  // namespace

void SimulatedDevice::attach(std::size_t output, const Zone& zone) {
  if (output >= outputs_.size()) return;
  outputs_[output].load = zone.load;
  outputs_[output].travel = zone.travel;
  outputs_[output].tilt_travel = zone.tilt_travel;
}

bool SimulatedDevice::see(bool occupied) {
  if (!occupied_) return false;
  occupied_ = occupied;
  return true;
}

bool SimulatedDevice::measure(std::uint16_t lux) {
  if (!senses_light_) return false;
  lux_ = lux;
  return true;
}

bool SimulatedDevice::close(std::uint8_t position, bool closed) {
  const auto contact = contacts_.find(position);
  if (contact == contacts_.end()) return false;
  contact->second = closed;
  return true;
}

void SimulatedDevice::go(Output& output, const qs::GoToLevel& message, MonoTime now) const {
  const Level from = output.level.at(now);
  const Level to = output.load == LoadType::fan ? nearest_fan_speed(message.level) : message.level;
  Duration time = message.fade;
  if (is_shade(output.load) && output.travel > Duration::zero()) time = part_of(output.travel, from, to);
  output.level = {from, to, now, time};
}

std::optional<std::uint8_t> SimulatedDevice::obey(const qs::Command& command, MonoTime now) {
  if (const auto level = qs::as_go_to_level(command)) {
    if (level->component >= outputs_.size()) return std::nullopt;
    go(outputs_[level->component], *level, now);
    return qs::to_level8(level->level);
  }
  if (const auto tilt = qs::as_go_to_tilt(command)) {
    if (tilt->output >= outputs_.size() || !tilts(tilt->output)) return std::nullopt;
    Output& output = outputs_[tilt->output];
    const Level from = output.tilt.at(now);
    const bool has_travel = output.tilt_travel > Duration::zero();
    output.tilt = {from, tilt->tilt, now, has_travel ? part_of(output.tilt_travel, from, tilt->tilt) : tilt->fade};
    return qs::to_level8(tilt->tilt);
  }
  if (const auto led = qs::as_set_led(command)) {
    leds_[led->position] = led->state;
    return qs::Ack::kDone;
  }
  if (const auto assign = qs::as_assign(command)) {
    link_ = assign->link;
    address_ = assign->address;
    return qs::Ack::kDone;
  }
  if (command.code == qs::code::kIdentify) return qs::Ack::kDone;
  return std::nullopt;
}

/// Puts entries into reports of at most ten.
class SimulatedDevice::Reporter {
 public:
  using Report = qs::StatusReport;

  Reporter(const qs::Header& header, std::vector<qs::Packet>& out) : header_(header), out_(out) {}

  /// Entries that belong together.
  void add(std::initializer_list<Report::Entry> entries) {
    if (report_.count + entries.size() > Report::kMaxEntries) say();
    for (const Report::Entry& entry : entries) report_.add(entry);
  }
  void say() {
    if (report_.count == 0) return;
    qs::Header header = header_;
    header.type = report_.count > kEntriesInShortPacket ? 0xA0 : 0x80;
    out_.push_back(packet_of(header, report_));
    report_ = {};
  }

 private:
  qs::Header header_;
  std::vector<qs::Packet>& out_;
  Report report_;
};

void SimulatedDevice::report(std::uint8_t sequence, MonoTime now, std::vector<qs::Packet>& out) const {
  using Report = qs::StatusReport;
  Reporter reporter({.sequence = sequence, .flags = 0x20, .link = link_, .source = address_}, out);
  if (outputs_.empty()) reporter.add({{0, Report::kKeypad, 0, 0}});
  for (std::size_t i = 0; i < outputs_.size(); ++i) {
    const auto output = static_cast<std::uint8_t>(i);
    reporter.add({{output, Report::kOutput, Report::kLevel, qs::to_level8(level(i, now))}});
    if (tilts(i)) reporter.add({{output, Report::kOutput, Report::kTilt, qs::to_level8(tilt(i, now))}});
  }
  if (occupied_) reporter.add({{0, Report::kSensor, Report::kOccupied, static_cast<std::uint8_t>(*occupied_ ? 1 : 0)}});
  if (lux_) {
    reporter.add({{0, Report::kSensor, Report::kLightHigh, static_cast<std::uint8_t>(*lux_ >> 8)},
                  {0, Report::kSensor, Report::kLightLow, static_cast<std::uint8_t>(*lux_ & 0xFF)}});
  }
  for (const auto& [position, closed] : contacts_) {
    reporter.add({{position, Report::kInput, Report::kClosed, static_cast<std::uint8_t>(closed ? 1 : 0)}});
  }
  reporter.say();
}

qs::Packet SimulatedDevice::contact_report(std::uint8_t position) const {
  using Report = qs::StatusReport;
  Report report;
  const auto state = static_cast<std::uint8_t>(contacts_.at(position) ? 1 : 0);
  report.add({position, Report::kInput, Report::kClosed, state});
  return packet_of({.type = 0x80, .flags = 0x20, .link = link_, .source = address_}, report);
}

qs::Packet SimulatedDevice::announcement() const {
  return packet_of({.type = 0xB8, .serial = serial_}, qs::announce(serial_, kDeviceClass));
}

qs::Packet SimulatedDevice::button_event(std::uint8_t position, ButtonMove move) {
  message_number_ = (message_number_ + 1) & 3;
  return packet_of({.type = static_cast<std::uint8_t>(0x88 | message_number_), .serial = serial_},
                   qs::ButtonEvent{position, qs::to_action(move), std::nullopt});
}

}  // namespace candela::devices
