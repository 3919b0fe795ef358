#pragma once

#include <cstdint>
#include <optional>
#include <span>
#include <vector>

#include "base/time.h"
#include "engine/moment.h"
#include "engine/plan.h"

namespace candela::engine {

class House;
class Watches;

/// Keeps the LEDs whose logic is a condition. A condition is asked again when something it names has changed, or when
/// time alone may have turned it; a home without such LEDs pays nothing. Levels in these conditions are targets, as
/// with all LEDs.
class LedConditions {
 public:
  LedConditions() = default;
  explicit LedConditions(const Plan& plan);

  bool empty() const { return buttons_.empty(); }
  /// Asks those that depend on what changed. True when an LED may have changed, so that others may follow.
  bool follow(std::span<const Change> changes, const House& house, Watches& watches);
  /// Asks all of them: at the beginning, and for a new project.
  void ask_all(const House& house, Watches& watches, const Moment& why);

  /// When time alone may turn one.
  std::optional<UtcTime> next_turn() const { return next_turn_; }
  void time_passed(const House& house, Watches& watches, const Moment& why);

 private:
  struct Dependency {
    std::uint32_t object = 0;  ///< number of a zone, area, LED, variable, ...; numbers are one space. 0 = the house
    Slot button = kNoSlot;
  };
  void add(const Plan& plan, Slot button);
  bool ask(Slot button, const House& house, Watches& watches, const Moment& why) const;
  void find_next_turn(const House& house, UtcTime now);

  std::vector<Slot> buttons_;
  std::vector<Slot> timed_;
  std::vector<Dependency> dependencies_;  ///< sorted by object
  std::optional<UtcTime> next_turn_;
};

}  // namespace candela::engine
