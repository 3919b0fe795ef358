#include "apps/devices/simulated_device.h"

#include <algorithm>

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

}  // namespace

std::optional<std::uint8_t> SimulatedDevice::obey(const qs::Command& command, MonoTime now) {
  if (const auto level = qs::as_go_to_level(command)) {
    if (level->component >= outputs_.size()) return std::nullopt;
    Fade& output = outputs_[level->component];
    output = {output.at(now), level->level, now, level->fade};
    return qs::to_level8(level->level);
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

void SimulatedDevice::report(std::uint8_t sequence, MonoTime now, std::vector<qs::Packet>& out) const {
  using Report = qs::StatusReport;
  const auto say = [&](const Report& report) {
    const std::uint8_t type = report.count > kEntriesInShortPacket ? 0xA0 : 0x80;
    out.push_back(
        packet_of({.type = type, .sequence = sequence, .flags = 0x20, .link = link_, .source = address_}, report));
  };
  Report report;
  if (outputs_.empty()) report.add({0, Report::kKeypad, 0, 0});
  for (std::size_t output = 0; output < outputs_.size(); ++output) {
    report.add(
        {static_cast<std::uint8_t>(output), Report::kOutput, Report::kLevel, qs::to_level8(outputs_[output].at(now))});
    if (report.count < Report::kMaxEntries) continue;
    say(report);
    report = {};
  }
  if (report.count > 0) say(report);
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
