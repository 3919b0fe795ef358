#include <array>

#include "model/words.h"
#include "servers/mqtt/handlers.h"
#include "servers/mqtt/payload.h"

namespace candela::servers::mqtt {
namespace {

bool write_led(const Sight& sight, const Button& button, std::string& payload) {
  if (!button.led || button.contact) return false;
  payload = word(sight.view.led(button.led));
  return true;
}

Result<Orders> read_led(const Sight& /*sight*/, const Button& button, std::string_view payload) {
  if (!button.led || button.contact) return Error{"this button has no LED"};
  for (const LedState state : {LedState::off, LedState::on, LedState::flash, LedState::rapid_flash}) {
    if (payload == word(state)) return order(SetLed{button.led, state});
  }
  return Error{"it has to be off, on, flash or rapid_flash"};
}

bool write_contact(const Sight& sight, const Button& button, std::string& payload) {
  const auto found = sight.contacts.find(button.number);
  if (!button.contact || found == sight.contacts.end()) return false;
  payload = found->second ? "closed" : "open";
  return true;
}

Result<Orders> read_press(const Sight& /*sight*/, const Button& button, std::string_view payload) {
  if (button.contact) return Error{"a contact input is for the wires only"};
  Orders orders;
  orders.press = Press{button.number, Press::How::tap};
  if (payload == "press") orders.press->how = Press::How::press;
  if (payload == "release") orders.press->how = Press::How::release;
  if (orders.press->how == Press::How::tap && payload != "tap") return Error{"it has to be press, release or tap"};
  return orders;
}

bool write_presence(const Sight& sight, const Device& device, std::string& payload) {
  if (device.is_virtual()) return false;
  const View::DeviceState& state = sight.view.device(device.number);
  payload = !state.known ? "unknown" : state.present ? "present" : "lost";
  return true;
}

bool write_fault(const Sight& sight, const Device& device, std::string& payload) {
  if (device.is_virtual()) return false;
  payload = word(sight.view.device(device.number).fault);
  return true;
}

bool write_enabled(const Sight& sight, const Device& device, std::string& payload) {
  if (!device.senses_occupancy) return false;
  payload = on_or_off(sight.view.is_enabled(device.number));
  return true;
}

Result<Orders> read_enabled(const Sight& sight, const Device& device, std::string_view payload) {
  if (!device.senses_occupancy) return Error{"this device is no sensor for people"};
  const auto enabled = read_on_or_off(payload, sight.view.is_enabled(device.number));
  if (!enabled) return enabled.error();
  return order(EnableSensor{device.number, *enabled});
}

bool write_link_fault(const Sight& sight, const Link& link, std::string& payload) {
  payload = word(sight.view.link(link.number));
  return true;
}

constexpr std::array<Row, 7> kRows{{
    {Kind::button, "event", nullptr, read_for<ButtonId, read_press>, true},
    {Kind::button, "led", write_for<ButtonId, write_led>, read_for<ButtonId, read_led>},
    {Kind::button, "contact", write_for<ButtonId, write_contact>},
    {Kind::device, "presence", write_for<DeviceId, write_presence>},
    {Kind::device, "fault", write_for<DeviceId, write_fault>},
    {Kind::device, "enabled", write_for<DeviceId, write_enabled>, read_for<DeviceId, read_enabled>},
    {Kind::link, "fault", write_for<LinkId, write_link_fault>},
}};

}  // namespace

std::span<const Row> equipment_rows() { return kRows; }

}  // namespace candela::servers::mqtt
