#pragma once

#include <cstdint>
#include <string_view>
#include <vector>

#include "model/project.h"

namespace candela::lip {

// The numbers and words by which LIP clients know the parts of devices (lip.md §7, §8.4). They are facts about the
// clients: keypads of kinds that are newer than LIP go by the name of the older kind with the same buttons.

/// The integration id of the house itself, which no other object can have (base/ids.h): its mode.
inline constexpr std::uint32_t kHouse = 1;
/// The component that tells of people, for every sensor.
inline constexpr std::uint32_t kSensorComponent = 2;

std::uint32_t component_of(const Device& device, const Button& button);
std::uint32_t led_component_of(const Device& device, const Button& button);

/// What a component is: a button, or the LED of one. Null: there is no such component.
struct Part {
  const Button* button = nullptr;
  bool is_led = false;
};
Part find_part(const Project& project, const Device& device, std::uint32_t component);

/// "SEETOUCH_KEYPAD"; empty for what LIP clients have no use for: modules without buttons or inputs.
std::string_view device_type(const Project& project, const Device& device);
/// "INC", "SYSTEM_SHADE", ...; empty for climate, which is no output.
std::string_view output_type(LoadType load);
bool is_battery_powered(const Project& project, const Device& device);

/// The shades of an area, or of a facade.
std::vector<ZoneId> shades_of(const Project& project, const Area& area);
/// Of what the id names, if it is a group of shades; else none.
std::vector<ZoneId> shades_of(const Project& project, std::uint32_t id);

}  // namespace candela::lip
