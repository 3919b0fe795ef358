#include <fmt/format.h>

#include <algorithm>

#include "protocols/lip/report.h"
#include "servers/lip/call.h"
#include "servers/lip/components.h"

namespace candela::lip {
namespace {

constexpr std::uint32_t kPress = 3;
constexpr std::uint32_t kRelease = 4;
constexpr std::uint32_t kHold = 5;
constexpr std::uint32_t kDoubleTap = 6;
constexpr std::uint32_t kLed = 9;
constexpr std::uint32_t kBattery = 22;
constexpr std::uint32_t kContact = 35;

Fault move_button(Call& call, const Button& button) {
  if (button.contact) return Fault::action;
  servers::PressedButtons& pressed = call.caller.pressed;
  const auto taken = [](bool it) { return it ? Fault::none : Fault::command; };
  switch (call.command.action) {
    // A hold is a press that lasts: the house finds out by itself.
    case kPress:
    case kHold: return taken(pressed.press(button.number));
    case kDoubleTap:
      return taken(pressed.press(button.number) && pressed.release(button.number) && pressed.press(button.number) &&
                   pressed.release(button.number));
    default: return taken(pressed.release(button.number));
  }
}

/// Power 1 = battery, 2 = external; the battery 1 = normal, for links do not tell. What is before and after is not
/// known (lip.md §5.2).
void tell_battery(Call& call, const Device& device) {
  const int power = is_battery_powered(call.project(), device) ? 1 : 2;
  call.out += fmt::format("~DEVICE,{},{},{},1,{},1,0\r\n", call.id(), call.command.component,
                          static_cast<std::uint32_t>(kBattery), power);
}

Fault tell_contact(Call& call, const Button& button) {
  if (!button.contact) return Fault::action;
  const auto& closed = call.closed_contacts;
  const bool is_closed = std::find(closed.begin(), closed.end(), button.number) != closed.end();
  call.out += device_line(call.id(), call.command.component, is_closed ? kPress : kRelease);
  return Fault::none;
}

Fault led(Call& call, const Part& part) {
  if (!part.is_led) return Fault::action;
  if (call.is_query()) {
    call.out += led_line(call.id(), call.command.component, call.view().led(part.button->led));
    return Fault::none;
  }
  return call.submit(SetLed{part.button->led, static_cast<LedState>(call.values.whole(0))});
}

}  // namespace

Fault device(Call& call) {
  const Device& device = *call.project().find(DeviceId{call.id()});
  if (call.command.action == kBattery) {
    tell_battery(call, device);
    return Fault::none;
  }
  const Part part = find_part(call.project(), device, call.command.component);
  if (part.button == nullptr) {
    return device.senses_occupancy && call.command.component == kSensorComponent ? Fault::action : Fault::object;
  }
  if (call.command.action == kLed) return led(call, part);
  if (part.is_led) return Fault::action;
  return call.command.action == kContact ? tell_contact(call, *part.button) : move_button(call, *part.button);
}

}  // namespace candela::lip
