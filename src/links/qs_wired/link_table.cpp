#include "links/qs_wired/link_table.h"

#include <algorithm>

namespace candela::links {
namespace {

std::size_t terminal(std::size_t device, std::uint8_t number) { return device << 8 | number; }

template <class Table, class Key>
auto look_up(const Table& table, const Key& key) {
  const auto found = table.find(key);
  return found == table.end() ? nullptr : &found->second;
}

}  // namespace

Fade LinkTable::Output::to_output(const Fade& zone_fade) const {
  if (!switched) {
    return {trims.output(zone_fade.from), trims.output(zone_fade.to), zone_fade.start, zone_fade.duration};
  }
  const auto switch_to = [](Level level) { return level.is_on() ? Level::full() : Level::off(); };
  return {switch_to(zone_fade.from), switch_to(zone_fade.to), zone_fade.start, Duration::zero()};
}

Level LinkTable::Output::to_level(Level output_level) const {
  if (!output_level.is_on()) return Level::off();
  if (switched || trims.high <= trims.low || output_level >= trims.high) return Level::full();
  // What is at the low trim or below is on all the same.
  if (output_level <= trims.low) return Level::from_raw(1);
  const std::uint32_t span = trims.high.raw() - trims.low.raw();
  const std::uint32_t above = output_level.raw() - trims.low.raw();
  return Level::from_raw(std::max(1u, (above * Level::kFullRaw + span / 2) / span));
}

LinkTable::LinkTable(const Project& project, LinkId link) {
  for (const Device& device : project.devices) {
    if (device.link == link) add_device(project, device);
  }
  for (const Zone& zone : project.zones) add_zone(zone);
}

void LinkTable::add_device(const Project& project, const Device& device) {
  const std::size_t place = entries_.size();
  qs::DeviceEntry entry{device.serial, device.address, device.outputs, 0};
  for (const ButtonId id : device.buttons) {
    const Button* button = project.find(id);
    if (button == nullptr) continue;
    button_by_terminal_[terminal(place, button->position)] = id;
    if (!button->led || button->position > 31) continue;
    entry.leds |= 1u << button->position;
    place_of_led_[button->led] = leds_.size();
    leds_.push_back({place, button->position, button->led});
  }
  entries_.push_back(entry);
  ids_.push_back(device.number);
  place_of_device_[device.number] = place;
}

void LinkTable::add_zone(const Zone& zone) {
  const auto* bound = std::get_if<DeviceOutput>(&zone.output);
  if (bound == nullptr) return;
  const auto* place = look_up(place_of_device_, bound->device);
  if (place == nullptr) return;
  output_of_zone_[zone.number] = outputs_.size();
  output_by_terminal_[terminal(*place, bound->output)] = outputs_.size();
  outputs_.push_back({*place, bound->output, zone.number, zone.trims, zone.load == LoadType::switched});
}

const LinkTable::Output* LinkTable::find(ZoneId zone) const {
  const auto* place = look_up(output_of_zone_, zone);
  return place == nullptr ? nullptr : &outputs_[*place];
}

const LinkTable::Output* LinkTable::find_output(std::size_t device, std::uint8_t output) const {
  const auto* place = look_up(output_by_terminal_, terminal(device, output));
  return place == nullptr ? nullptr : &outputs_[*place];
}

const LinkTable::Led* LinkTable::find(LedId led) const {
  const auto* place = look_up(place_of_led_, led);
  return place == nullptr ? nullptr : &leds_[*place];
}

ButtonId LinkTable::find_button(std::size_t device, std::uint8_t position) const {
  const auto* button = look_up(button_by_terminal_, terminal(device, position));
  return button == nullptr ? ButtonId{} : *button;
}

}  // namespace candela::links
