#include "engine/climate.h"

#include <algorithm>
#include <utility>

namespace candela::engine {

bool Thermostat::set(const SetClimate& command) {
  const Thermostat before = *this;
  mode = command.mode.value_or(mode);
  if (command.cool_to) {
    cool_to = std::clamp(*command.cool_to, kLowest, kHighest);
    heat_to = std::min(heat_to, cool_to);
  }
  if (command.heat_to) {
    heat_to = std::clamp(*command.heat_to, kLowest, kHighest);
    cool_to = std::max(heat_to, cool_to);
  }
  return *this != before;
}

bool Thermostat::report(std::int16_t measured) { return std::exchange(temperature, measured) != measured; }

}  // namespace candela::engine
