#include "protocols/qs/master.h"

#include <algorithm>

namespace candela::qs {
namespace {

constexpr std::size_t kOutCapacity = 8192;
constexpr Duration kBurstGap = std::chrono::milliseconds(50);  // a frame of 60 characters lasts 10 ms at 62 500 baud
constexpr std::uint8_t kMasterFlags = 0xA1;                    // six slots, sent by the master
constexpr std::uint8_t kCommandType = 0x80;
constexpr std::uint8_t kAddressingType = 0x90;

}  // namespace

Master::Master(MasterSettings settings, Listener& listener)
    : settings_(settings), listener_(listener), outbox_(settings.outbox) {
  out_.reserve(kOutCapacity);
}

void Master::set_devices(std::span<const DeviceEntry> devices, MonoTime now) {
  const Table old = std::exchange(table_, {});
  const Outbox old_outbox = outbox_;
  for (const DeviceEntry& entry : devices) add_device(entry);
  index_devices();
  outbox_.reset(table_.items.size());
  for (Device& device : table_.devices) {
    const Device* was = old.find(device.entry.serial);
    if (was != nullptr) carry_over(device, *was, old, old_outbox);
    if (open_ && (was == nullptr || was->entry.address != device.entry.address)) outbox_.put(device.first_item);
  }
  missing_ = 0;
  judged_ = true;
  next_round_ = now;
}

/// The device is as it was under the old table, and is still told what it was not told yet.
void Master::carry_over(Device& device, const Device& was, const Table& old, const Outbox& old_outbox) {
  device.presence = was.presence;
  device.fault = was.fault;
  device.missed = was.missed;
  device.restarted = was.restarted;
  if (old_outbox.is_open(was.first_item)) outbox_.put(device.first_item);
  const auto outputs = std::min(device.entry.outputs, was.entry.outputs);
  for (std::uint8_t output = 0; output < outputs; ++output) {
    table_.outputs[device.first_output + output] = old.outputs[was.first_output + output];
    table_.tilts[device.first_output + output] = old.tilts[was.first_output + output];
    if (old_outbox.is_open(was.level_item(output))) outbox_.put(device.level_item(output));
    if (old_outbox.is_open(was.tilt_item(output))) outbox_.put(device.tilt_item(output));
  }
  for (std::uint8_t position = 0; position <= kMaxLedPosition; ++position) {
    table_.leds[device.first_led + position] = old.leds[was.first_led + position];
    // What it senses is told anew: under the new table somebody may ask for it who did not before.
    table_.contacts[device.first_led + position].closed = old.contacts[was.first_led + position].closed;
    if (old_outbox.is_open(was.led_item(position))) outbox_.put(device.led_item(position));
  }
}

void Master::add_device(const DeviceEntry& entry) {
  Device device{.entry = entry};
  device.first_item = static_cast<Outbox::Index>(table_.items.size());
  device.first_output = static_cast<std::uint32_t>(table_.outputs.size());
  device.first_led = static_cast<std::uint32_t>(table_.leds.size());
  const auto place = static_cast<std::uint16_t>(table_.devices.size());
  table_.items.push_back({place, ItemKind::address, 0, 0});
  for (std::uint8_t output = 0; output < device.entry.outputs; ++output) {
    table_.items.push_back({place, ItemKind::level, output, device.first_output + output});
  }
  for (std::uint8_t output = 0; output < device.entry.outputs; ++output) {
    table_.items.push_back({place, ItemKind::tilt, output, device.first_output + output});
  }
  for (std::uint8_t position = 0; position <= kMaxLedPosition; ++position) {
    table_.items.push_back({place, ItemKind::led, position, device.first_led + position});
  }
  table_.outputs.resize(table_.outputs.size() + device.entry.outputs);
  table_.tilts.resize(table_.outputs.size());
  table_.leds.resize(table_.leds.size() + kMaxLedPosition + 1, LedState::off);
  table_.contacts.resize(table_.leds.size());
  table_.devices.push_back(device);
}

void Master::index_devices() {
  table_.by_address.fill(0);
  for (std::size_t i = 0; i < table_.devices.size(); ++i) {
    const DeviceEntry& entry = table_.devices[i].entry;
    table_.by_serial.emplace_back(entry.serial, static_cast<std::uint16_t>(i));
    if (entry.address < table_.by_address.size()) table_.by_address[entry.address] = static_cast<std::uint16_t>(i + 1);
  }
  std::ranges::sort(table_.by_serial);
}

void Master::open(MonoTime now) {
  decoder_ = Decoder();
  out_.clear();
  errors_.fill(0);
  reversed_.fill(0);
  open_ = true;
  for (const Device& device : table_.devices) outbox_.put(device.first_item);
  begin_round(now);
  pump(now);
}

void Master::close() {
  open_ = false;
  out_.clear();
}

void Master::set_level(std::size_t device, std::uint8_t output, const Fade& fade, MonoTime now) {
  if (device >= table_.devices.size() || output < 1 || output > table_.devices[device].entry.outputs) return;
  const Device& it = table_.devices[device];
  const Output& state = table_.outputs[it.first_output + output - 1];
  if (state.known && state.fade == fade) return;
  note_level(device, output, fade);
  if (it.presence != Presence::present) return;
  outbox_.put(it.level_item(static_cast<std::uint8_t>(output - 1)));
  pump(now);
}

void Master::note_level(std::size_t device, std::uint8_t output, const Fade& fade) {
  if (device >= table_.devices.size() || output < 1 || output > table_.devices[device].entry.outputs) return;
  Output& state = table_.outputs[table_.devices[device].first_output + output - 1];
  state.fade = fade;
  state.known = true;
  state.reported = -1;
  outbox_.cancel(table_.devices[device].level_item(static_cast<std::uint8_t>(output - 1)));
}

void Master::set_tilt(std::size_t device, std::uint8_t output, const Fade& fade, MonoTime now) {
  if (device >= table_.devices.size() || output < 1 || output > table_.devices[device].entry.outputs) return;
  const Device& it = table_.devices[device];
  const Output& state = table_.tilts[it.first_output + output - 1];
  if (state.known && state.fade == fade) return;
  note_tilt(device, output, fade);
  if (it.presence != Presence::present) return;
  outbox_.put(it.tilt_item(static_cast<std::uint8_t>(output - 1)));
  pump(now);
}

void Master::note_tilt(std::size_t device, std::uint8_t output, const Fade& fade) {
  if (device >= table_.devices.size() || output < 1 || output > table_.devices[device].entry.outputs) return;
  const Device& it = table_.devices[device];
  table_.tilts[it.first_output + output - 1] = {.fade = fade, .known = true};
  outbox_.cancel(it.tilt_item(static_cast<std::uint8_t>(output - 1)));
}

void Master::set_led(std::size_t device, std::uint8_t position, LedState state, MonoTime now) {
  if (device >= table_.devices.size() || position > kMaxLedPosition) return;
  const Device& keypad = table_.devices[device];
  if ((keypad.entry.leds >> position & 1) == 0) return;
  if (std::exchange(table_.leds[keypad.first_led + position], state) == state) return;
  if (keypad.presence != Presence::present) return;
  outbox_.put(keypad.led_item(position));
  pump(now);
}

void Master::receive(std::span<const std::uint8_t> bytes, MonoTime now) {
  if (decoder_.holds_part() && now - last_bytes_ > kBurstGap) decoder_.end_of_burst();
  last_bytes_ = now;
  const auto before = std::pair(decoder_.errors(), decoder_.reversed());
  while (const auto packet = decoder_.next(bytes)) on_packet(*packet, now);
  if (std::pair(decoder_.errors(), decoder_.reversed()) != before) update_fault();
  pump(now);
}

void Master::on_packet(const Packet& packet, MonoTime now) {
  if (const auto ack = parse_ack(packet)) return on_ack(*ack, now);
  const auto header = parse_header(packet);
  if (!header) return;
  // Serial adapters that hear themselves bring back our own frames.
  if (!header->by_serial() && (header->source == kMasterAddress || header->link != settings_.link)) return;
  ItemReader items(packet);
  while (const auto item = items.next()) {
    if (const auto command = parse_command(*item)) {
      if (const auto serial = as_announce(*command)) on_announce(*serial);
      continue;
    }
    // A listener may have changed the table at the item before.
    const auto device = find(*header);
    if (!device) continue;
    if (const auto report = parse_status_report(*item)) {
      on_status(*device, *report, header->sequence, now);
    } else if (const auto event = parse_button_event(*item)) {
      on_button(*device, *event);
    }
  }
}

const Master::Device* Master::Table::find(std::uint32_t serial) const {
  const auto found = std::ranges::lower_bound(by_serial, std::pair{serial, std::uint16_t{0}});
  return found == by_serial.end() || found->first != serial ? nullptr : &devices[found->second];
}

std::optional<std::size_t> Master::find(const Header& header) const {
  if (header.by_serial()) {
    const Device* device = table_.find(header.serial);
    if (device == nullptr) return std::nullopt;
    return static_cast<std::size_t>(device - table_.devices.data());
  }
  const std::uint16_t place = table_.by_address[header.source & 0x7F];
  if (place == 0) return std::nullopt;
  return place - 1;
}

void Master::on_ack(const Ack& ack, MonoTime now) {
  const auto index = outbox_.acknowledge(ack.sequence);
  if (!index) return;
  const ItemRef item = table_.items[*index];
  Device& device = table_.devices[item.device];
  if (item.kind == ItemKind::level) table_.outputs[item.index].quiet_until = now + kSettling;
  if (item.kind == ItemKind::tilt) table_.tilts[item.index].quiet_until = now + kSettling;
  if (item.kind == ItemKind::address && std::exchange(device.restarted, false) &&
      device.presence == Presence::present) {
    tell_everything(item.device);
  }
  heard(item.device);
}

void Master::on_announce(std::uint32_t serial) {
  const Device* known = table_.find(serial);
  if (known == nullptr) return;
  table_.devices[static_cast<std::size_t>(known - table_.devices.data())].restarted = true;
  if (open_) outbox_.put(known->first_item);
}

void Master::on_button(std::size_t device, const ButtonEvent& event) {
  if (table_.devices[device].presence != Presence::present) heard(device);
  const auto move = to_move(event.action);
  if (move && event.component <= 0xFF) listener_.on_button(device, static_cast<std::uint8_t>(event.component), *move);
}

void Master::tell_everything(std::size_t device) {
  const Device& it = table_.devices[device];
  for (std::uint8_t output = 0; output < it.entry.outputs; ++output) {
    if (table_.outputs[it.first_output + output].known) outbox_.put(it.level_item(output));
    if (table_.tilts[it.first_output + output].known) outbox_.put(it.tilt_item(output));
  }
  for (std::uint8_t position = 0; position <= kMaxLedPosition; ++position) {
    if ((it.entry.leds >> position & 1) != 0) outbox_.put(it.led_item(position));
  }
}

void Master::retry_failed(std::size_t device) {
  const Device& it = table_.devices[device];
  const Outbox::Index end = it.led_item(kMaxLedPosition) + 1;
  for (Outbox::Index item = it.first_item; item < end; ++item) {
    if (outbox_.has_failed(item)) outbox_.put(item);
  }
}

void Master::pump(MonoTime now) {
  if (!open_) return;
  while (out_.size() + kMaxFrameSize <= kOutCapacity) {
    const auto letter = outbox_.take(now);
    if (!letter) return;
    const ItemRef& item = table_.items[letter->item];
    const std::uint8_t type = item.kind == ItemKind::address ? kAddressingType : kCommandType;
    write(command_for(item, now), type, letter->sequence);
  }
}

Command Master::command_for(const ItemRef& item, MonoTime now) const {
  const Device& device = table_.devices[item.device];
  switch (item.kind) {
    case ItemKind::address: return to_command(AssignAddress{device.entry.serial, settings_.link, device.entry.address});
    case ItemKind::led: return to_command(SetKeypadLed{device.entry.serial, item.component, table_.leds[item.index]});
    case ItemKind::level:
    case ItemKind::tilt: break;
  }
  const bool tilts = item.kind == ItemKind::tilt;
  const Fade& fade = tilts ? table_.tilts[item.index].fade : table_.outputs[item.index].fade;
  const Duration rest = fade.moving(now) ? fade.end() - now : Duration::zero();
  if (tilts) return to_command(GoToTilt{device.entry.serial, item.component, fade.to, rest});
  return to_command(GoToLevel{device.entry.serial, item.component, fade.to, rest});
}

bool Master::write(const Command& command, std::uint8_t type, std::uint8_t sequence) {
  if (out_.size() + kMaxFrameSize > kOutCapacity) return false;
  // Masters count 1, 2, 3, 1 (observed).
  message_number_ = message_number_ == 3 ? 1 : static_cast<std::uint8_t>(message_number_ + 1);
  PacketWriter packet(Header{.type = static_cast<std::uint8_t>(type | message_number_),
                             .sequence = sequence,
                             .flags = kMasterFlags,
                             .link = settings_.link,
                             .source = kMasterAddress});
  if (!packet.add(command)) return false;
  std::array<std::uint8_t, kMaxFrameSize> frame;
  const std::size_t size = write_frame(packet.finish(), frame);
  out_.insert(out_.end(), frame.begin(), frame.begin() + static_cast<std::ptrdiff_t>(size));
  return true;
}

void Master::consumed(std::size_t count, MonoTime now) {
  out_.erase(out_.begin(), out_.begin() + static_cast<std::ptrdiff_t>(count));
  pump(now);
}

}  // namespace candela::qs
