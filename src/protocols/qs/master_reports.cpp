#include <cstdlib>

#include "protocols/qs/master.h"

/// What devices report of themselves: levels, tilts, what sensors see, how contact inputs are.
namespace candela::qs {

void Master::on_status(std::size_t device, const StatusReport& report, std::uint8_t sequence, MonoTime now) {
  const bool asked = sequence != 0;
  heard(device);
  light_high_ = 0;
  for (const auto& entry : report.view()) {
    // A listener may have changed the table at the entry before.
    if (device >= table_.devices.size()) return;
    const bool is_level = entry.kind == StatusReport::kOutput && entry.property == StatusReport::kLevel;
    if (asked && sequence == round_sequence_ && (is_level || entry.kind == StatusReport::kKeypad)) {
      on_answer(device, entry.component);
    }
    on_entry(device, entry, asked, now);
  }
  if (asked && device < table_.devices.size()) retry_failed(device);
}

void Master::on_entry(std::size_t device, const StatusReport::Entry& entry, bool asked, MonoTime now) {
  switch (entry.kind) {
    case StatusReport::kOutput:
      if (entry.property == StatusReport::kLevel) on_level(device, entry.component, entry.value, asked, now);
      if (entry.property == StatusReport::kTilt) on_tilt(device, entry.component, entry.value, asked, now);
      break;
    case StatusReport::kSensor: on_sensor(device, entry); break;
    case StatusReport::kInput:
      if (entry.property == StatusReport::kClosed) on_input(device, entry.component, entry.value != 0, asked);
      break;
    default: break;
  }
}

void Master::on_answer(std::size_t device, std::uint8_t component) {
  Device& it = table_.devices[device];
  if (it.answered.test(component)) it.twice = true;
  it.answered.set(component);
}

void Master::on_level(std::size_t device, std::uint8_t component, std::uint8_t level, bool asked, MonoTime now) {
  const Device& it = table_.devices[device];
  if (component >= it.entry.outputs || it.twice || it.fault == DeviceFault::duplicate_address) return;
  Output& output = table_.outputs[it.first_output + component];
  if (!is_news(output, it.level_item(component), level, asked, now)) return;
  listener_.on_level(device, static_cast<std::uint8_t>(component + 1), from_level8(level));
}

void Master::on_tilt(std::size_t device, std::uint8_t component, std::uint8_t tilt, bool asked, MonoTime now) {
  const Device& it = table_.devices[device];
  if (component >= it.entry.outputs || it.twice || it.fault == DeviceFault::duplicate_address) return;
  Output& output = table_.tilts[it.first_output + component];
  if (!is_news(output, it.tilt_item(component), tilt, asked, now)) return;
  listener_.on_tilt(device, static_cast<std::uint8_t>(component + 1), from_level8(tilt));
}

bool Master::is_news(Output& output, Outbox::Index item, std::uint8_t level, bool asked, MonoTime now) {
  if (asked) {
    // An answer that may be older than what we told, or on its way there, says nothing new.
    const bool on_its_way = now < output.quiet_until || now < output.fade.end() + kSettling;
    if (on_its_way || outbox_.is_open(item)) return false;
  }
  const bool expected = std::abs(level - to_level8(output.fade.to)) <= 1 && (asked || !output.fade.moving(now));
  // One step apart is rounding, but a lamp that is off is not one that glows.
  const bool same_side = (level == 0) == !output.fade.to.is_on();
  if (expected && same_side) return false;
  // Said already; but in answers it is said again until the house takes it: it may have been taken for a late word.
  if (!asked && output.reported == level) return false;
  output.reported = level;
  return true;
}

void Master::on_sensor(std::size_t device, const StatusReport::Entry& entry) {
  Device& it = table_.devices[device];
  // Two sensors that share an address contradict each other.
  if (it.twice || it.fault == DeviceFault::duplicate_address) return;
  switch (entry.property) {
    case StatusReport::kOccupied: {
      const bool occupied = entry.value != 0;
      if (std::exchange(it.occupied, occupied ? 1 : 0) != (occupied ? 1 : 0)) listener_.on_occupancy(device, occupied);
      break;
    }
    case StatusReport::kLightHigh: light_high_ = entry.value; break;
    case StatusReport::kLightLow: {
      const auto lux = static_cast<std::uint16_t>(light_high_ << 8 | entry.value);
      if (std::exchange(it.lux, lux) != lux) listener_.on_light(device, lux);
      break;
    }
    default: break;
  }
}

/// What a device says unasked is news, so a contact that moves before it was ever asked has moved.
void Master::on_input(std::size_t device, std::uint8_t position, bool closed, bool asked) {
  const Device& it = table_.devices[device];
  if (position > kMaxLedPosition || it.twice || it.fault == DeviceFault::duplicate_address) return;
  Contact& contact = table_.contacts[it.first_led + position];
  const auto state = static_cast<std::int8_t>(closed ? 1 : 0);
  if (contact.fresh && contact.closed == state) return;
  const bool moved = contact.closed == kUntold ? !asked : contact.closed != state;
  contact = {.closed = state, .fresh = true};
  listener_.on_contact(device, position, closed, moved);
}

/// The device was lost: what it sees is told again when it is back.
void Master::forget_senses(Device& device) {
  device.occupied = kUntold;
  device.lux = kUntold;
  for (std::uint8_t position = 0; position <= kMaxLedPosition; ++position) {
    table_.contacts[device.first_led + position].fresh = false;
  }
}

}  // namespace candela::qs
