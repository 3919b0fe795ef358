#pragma once

#include <cstdint>

#include "model/commands.h"

namespace candela::engine {

/// What a thermostat shall do and what it measures. Degrees Celsius in hundredths.
struct Thermostat {
  /// Set points outside are clamped: a house shall neither freeze nor cook by a slip of the finger (our choice).
  static constexpr std::int16_t kLowest = 500;
  static constexpr std::int16_t kHighest = 3500;

  ClimateMode mode = ClimateMode::off;
  std::int16_t heat_to = kFirstHeatTo;
  std::int16_t cool_to = kFirstCoolTo;
  std::int16_t temperature = 0;  ///< as reported last

  /// True when that is news. Heating never ends above where cooling begins: the set point that is named pushes the
  /// other along; when both are named, heating has its way.
  bool set(const SetClimate& command);
  bool report(std::int16_t measured);

  friend bool operator==(const Thermostat&, const Thermostat&) = default;
};

}  // namespace candela::engine
