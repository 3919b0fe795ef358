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
  add_output(zone.output, zone);
  for (const candela::Output& further : zone.also) add_output(further, zone);
}

void LinkTable::add_output(const candela::Output& output, const Zone& zone) {
  const auto* bound = std::get_if<DeviceOutput>(&output);
  if (bound == nullptr) return;
  const auto* place = look_up(place_of_device_, bound->device);
  if (place == nullptr) return;
  output_of_zone_.emplace(zone.number, outputs_.size());
  output_by_terminal_[terminal(*place, bound->output)] = outputs_.size();
  outputs_.push_back({*place, bound->output, zone.number, Tuning(zone)});
}

std::span<const LinkTable::Output> LinkTable::outputs_of(ZoneId zone) const {
  const auto* first = look_up(output_of_zone_, zone);
  if (first == nullptr) return {};
  std::size_t count = 0;
  while (*first + count < outputs_.size() && outputs_[*first + count].zone == zone) ++count;
  return std::span(outputs_).subspan(*first, count);
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
