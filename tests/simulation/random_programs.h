#pragma once

#include <cstdint>
#include <vector>

#include "dice.h"
#include "model/project.h"

namespace candela::simulation {

/// Writes programs for the objects of a project, which all have their numbers already.
class RandomPrograms {
 public:
  /// `zones`: those that programs may use. `wild`: programs may also call each other in circles.
  RandomPrograms(const Project& project, std::vector<ZoneId> zones, bool wild, Dice& dice)
      : project_(project), zones_(std::move(zones)), wild_(wild), dice_(dice) {}

  /// What calls others: a program calls only what comes after it in the house, unless the house is wild.
  /// `rank` is the caller's place.
  Preset preset(std::uint32_t rank, int depth = 0);
  Programming programming(std::uint32_t rank);
  /// Asks only for LEDs of buttons below this number: those that ask for each other could never be content.
  Condition condition(std::uint32_t leds_below, int depth = 0);
  Schedule schedule();
  TimeOfDay time_of_day();
  std::vector<ModeId> modes();
  std::vector<SequenceStep> steps(std::uint32_t rank, bool endless);
  OccupancyPreset occupancy_preset(std::uint32_t rank);
  Assignment assignment();
  Colour colour();
  std::vector<ZoneId> some_zones(std::uint32_t most);
  ZoneId zone() { return dice_.one_of(zones_); }

 private:
  static constexpr std::uint32_t kAnyLed = 0xFFFFFFFF;

  Action action(std::uint32_t rank, int depth);
  Action command();
  Action call(std::uint32_t rank);
  std::vector<std::chrono::year_month_day> some_dates();

  template <class T>
  auto number(const std::vector<T>& objects) {
    using Id = decltype(T::number);
    return objects.empty() ? Id{} : dice_.one_of(objects).number;
  }

  const Project& project_;
  std::vector<ZoneId> zones_;
  bool wild_;
  Dice& dice_;
};

}  // namespace candela::simulation
