#include "apps/devices/simulated_bus.h"

#include <boost/json.hpp>
#include <charconv>

namespace candela::devices {
namespace {

constexpr std::size_t kOutCapacity = 65536;
constexpr Duration kLonely = std::chrono::milliseconds(2500);
constexpr Duration kBetweenAnnouncements = std::chrono::seconds(1);

Error no_such(std::string_view kind, std::string_view name) {
  return {"no " + std::string(kind) + " \"" + std::string(name) + "\" on this link"};
}

Error is_silent(const SimulatedDevice& device) { return {device.id() + " is silent"}; }

std::string_view word(LedState state) {
  constexpr std::string_view kWords[] = {"off", "on", "flash", "rapid_flash"};
  return kWords[static_cast<std::size_t>(state)];
}

/// What comes through a pair whose wires are swapped.
std::vector<std::uint8_t> through_reversed_pair(std::span<const std::uint8_t> bytes) {
  std::vector<std::uint8_t> seen(bytes.size());
  seen.resize(qs::read_reversed(bytes, seen));
  return seen;
}

}  // namespace

SimulatedBus::SimulatedBus(const Project& project, LinkId link, MonoTime now)
    : last_heard_(now), next_announcement_(now) {
  if (const Link* it = project.find(link)) link_ = it->id;
  for (const Device& device : project.devices) {
    if (device.link != link) continue;
    const std::size_t place = devices_.size();
    by_serial_.emplace(device.serial, place);
    devices_.emplace_back(device.id, device.serial, device.outputs);
    for (const ButtonId id : device.buttons) {
      const Button* button = project.find(id);
      if (button == nullptr) continue;
      keys_[button->id] = {place, button->position};
      if (button->contact) devices_.back().add_contact(button->position);
    }
    if (device.senses_occupancy) devices_.back().add_occupancy_sensor();
    if (device.senses_light) devices_.back().add_light_sensor();
  }
  for (const Zone& zone : project.zones) {
    attach(project, zone.output, zone);
    for (const Output& output : zone.also) attach(project, output, zone);
  }
}

void SimulatedBus::attach(const Project& project, const Output& output, const Zone& zone) {
  const auto* bound = std::get_if<DeviceOutput>(&output);
  const Device* device = bound == nullptr ? nullptr : project.find(bound->device);
  if (device == nullptr || bound->output < 1) return;
  const auto place = by_serial_.find(device->serial);
  if (place != by_serial_.end()) devices_[place->second].attach(bound->output - 1U, zone);
}

void SimulatedBus::receive(std::span<const std::uint8_t> bytes, MonoTime now) {
  std::vector<std::uint8_t> garbled;
  if (reversed_) {
    garbled = through_reversed_pair(bytes);
    bytes = garbled;
  }
  while (const auto packet = decoder_.next(bytes)) on_packet(*packet, now);
}

void SimulatedBus::on_packet(const qs::Packet& packet, MonoTime now) {
  const auto header = qs::parse_header(packet);
  if (!header || header->by_serial() || header->source != qs::kMasterAddress) return;
  last_heard_ = now;
  qs::ItemReader items(packet);
  while (const auto item = items.next()) {
    const auto command = qs::parse_command(*item);
    if (!command) continue;
    if (command->code == qs::code::kStatusRequest) {
      answer_round(header->sequence, now);
    } else if (const auto found = by_serial_.find(command->object);
               found != by_serial_.end() && command->mode == qs::Mode::device) {
      SimulatedDevice& device = devices_[found->second];
      if (device.is_silent()) continue;
      if (const auto status = device.obey(*command, now)) {
        say(qs::to_packet(qs::Ack{.sequence = header->sequence, .status = *status}));
      }
    }
  }
}

void SimulatedBus::answer_round(std::uint8_t sequence, MonoTime now) {
  packets_.clear();
  for (const SimulatedDevice& device : devices_) {
    if (device.is_silent() || device.address() == qs::kNoAddress) continue;
    device.report(sequence, now, packets_);
    // The double is a device of the same kind that happens to be in the same state.
    if (device.has_double()) device.report(sequence, now, packets_);
  }
  for (const qs::Packet& packet : packets_) say(packet);
}

void SimulatedBus::wake(MonoTime now) {
  if (now < next_announcement_) return;
  const bool lonely = now - last_heard_ >= kLonely;
  for (const SimulatedDevice& device : devices_) {
    if (!device.is_silent() && (lonely || device.address() == qs::kNoAddress)) say(device.announcement());
  }
  next_announcement_ = now + kBetweenAnnouncements;
}

void SimulatedBus::say(const qs::Packet& packet) {
  if (drop_ > 0) {
    --drop_;
    return;
  }
  std::array<std::uint8_t, qs::kMaxFrameSize> frame;
  const std::size_t size = qs::write_frame(packet, frame);
  if (out_.size() + size > kOutCapacity) return;
  if (corrupt_ > 0) {
    --corrupt_;
    frame[qs::kPreamble.size() + 2] ^= 0x10;
  }
  const std::span<const std::uint8_t> bytes(frame.data(), size);
  if (reversed_) {
    const auto seen = through_reversed_pair(bytes);
    out_.insert(out_.end(), seen.begin(), seen.end());
  } else {
    out_.insert(out_.end(), bytes.begin(), bytes.end());
  }
}

void SimulatedBus::consumed(std::size_t count) {
  out_.erase(out_.begin(), out_.begin() + static_cast<std::ptrdiff_t>(count));
}

SimulatedDevice* SimulatedBus::find(std::string_view id) {
  const auto found = std::ranges::find(devices_, id, &SimulatedDevice::id);
  return found == devices_.end() ? nullptr : &*found;
}

Outcome SimulatedBus::move_button(std::string_view button, ButtonMove move) {
  const auto key = keys_.find(std::string(button));
  if (key == keys_.end()) return no_such("button", button);
  SimulatedDevice& keypad = devices_[key->second.device];
  if (keypad.is_silent()) return is_silent(keypad);
  say(keypad.button_event(key->second.position, move));
  return done();
}

Result<SimulatedBus::Terminal> SimulatedBus::find_output(std::string_view output) {
  const auto dot = output.rfind('.');
  SimulatedDevice* device = find(output.substr(0, dot));
  if (device == nullptr) return no_such("device", output.substr(0, dot));
  std::size_t number = 0;
  const std::string_view digits = dot == std::string_view::npos ? "1" : output.substr(dot + 1);
  const auto parsed = std::from_chars(digits.data(), digits.data() + digits.size(), number);
  const bool is_number = parsed.ec == std::errc{} && parsed.ptr == digits.data() + digits.size();
  if (!is_number || number < 1 || number > device->output_count()) return no_such("output", output);
  if (device->is_silent()) return is_silent(*device);
  return Terminal{device, number - 1};
}

Outcome SimulatedBus::set_level(std::string_view output, double percent, MonoTime now) {
  const auto terminal = find_output(output);
  if (!terminal) return terminal.error();
  terminal->device->set_level(terminal->output, Level::from_percent(percent), now);
  say_status(*terminal->device, now);
  return done();
}

Outcome SimulatedBus::set_tilt(std::string_view output, double percent, MonoTime now) {
  const auto terminal = find_output(output);
  if (!terminal) return terminal.error();
  if (!terminal->device->tilts(terminal->output)) return no_such("tilting shade", output);
  terminal->device->set_tilt(terminal->output, Level::from_percent(percent), now);
  say_status(*terminal->device, now);
  return done();
}

Outcome SimulatedBus::see(std::string_view sensor, bool occupied, MonoTime now) {
  SimulatedDevice* device = find(sensor);
  if (device == nullptr || !device->see(occupied)) return no_such("occupancy sensor", sensor);
  say_status(*device, now);
  return done();
}

Outcome SimulatedBus::measure(std::string_view sensor, std::uint16_t lux, MonoTime now) {
  SimulatedDevice* device = find(sensor);
  if (device == nullptr || !device->measure(lux)) return no_such("light sensor", sensor);
  say_status(*device, now);
  return done();
}

Outcome SimulatedBus::close(std::string_view contact, bool closed) {
  const auto key = keys_.find(std::string(contact));
  if (key == keys_.end()) return no_such("contact input", contact);
  SimulatedDevice& device = devices_[key->second.device];
  if (!device.close(key->second.position, closed)) return no_such("contact input", contact);
  if (!device.is_silent()) say(device.contact_report(key->second.position));
  return done();
}

/// Unasked. What a silent device does not say now, it says in its next answer.
void SimulatedBus::say_status(const SimulatedDevice& device, MonoTime now) {
  if (device.is_silent()) return;
  packets_.clear();
  device.report(0, now, packets_);
  for (const qs::Packet& packet : packets_) say(packet);
}

Outcome SimulatedBus::set_silent(std::string_view device, bool silent) {
  SimulatedDevice* it = find(device);
  if (it == nullptr) return no_such("device", device);
  it->set_silent(silent);
  return done();
}

Outcome SimulatedBus::set_double(std::string_view device, bool has_double) {
  SimulatedDevice* it = find(device);
  if (it == nullptr) return no_such("device", device);
  it->set_double(has_double);
  return done();
}

namespace {

boost::json::array outputs_of(const SimulatedDevice& device, MonoTime now) {
  boost::json::array outputs;
  for (std::size_t i = 0; i < device.output_count(); ++i) {
    boost::json::object output{{"output", i + 1}, {"level", device.level(i, now).percent()}};
    if (device.tilts(i)) output["tilt"] = device.tilt(i, now).percent();
    outputs.push_back(std::move(output));
  }
  return outputs;
}

boost::json::array leds_of(const SimulatedDevice& device) {
  boost::json::array leds;
  for (const auto& [position, state] : device.leds()) {
    leds.push_back({{"position", position}, {"state", word(state)}});
  }
  return leds;
}

void add_senses(const SimulatedDevice& device, boost::json::object& state) {
  if (device.occupied()) state["occupied"] = *device.occupied();
  if (device.lux()) state["lux"] = *device.lux();
  if (device.contacts().empty()) return;
  boost::json::array contacts;
  for (const auto& [position, closed] : device.contacts()) {
    contacts.push_back({{"position", position}, {"closed", closed}});
  }
  state["contacts"] = std::move(contacts);
}

}  // namespace

boost::json::object SimulatedBus::state(MonoTime now) const {
  boost::json::array devices;
  for (const SimulatedDevice& device : devices_) {
    boost::json::object it{{"id", device.id()},
                           {"serial", device.serial()},
                           {"address", device.address()},
                           {"silent", device.is_silent()},
                           {"outputs", outputs_of(device, now)},
                           {"leds", leds_of(device)}};
    add_senses(device, it);
    devices.push_back(std::move(it));
  }
  return {{"link", link_}, {"devices", std::move(devices)}};
}

}  // namespace candela::devices
