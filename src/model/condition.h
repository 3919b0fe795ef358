#pragma once

#include <cstdint>
#include <vector>

#include "base/level.h"
#include "model/schedule.h"

namespace candela {

/// Something that is so or not so, asked at the moment when a program runs. What it names is a number of the project.
struct Condition {
  enum class Kind : std::uint8_t {
    always,
    all,          ///< every part holds; no parts = true
    any,          ///< at least one part holds; no parts = false
    none,         ///< no part holds
    zone,         ///< object: zone; its level now against `level`
    scene,        ///< object: scene that is active in its area (a shared scene: all its zones are at their levels)
    occupancy,    ///< object: occupancy group; `state` is an Occupancy
    led,          ///< object: LED; `state` is a LedState
    variable,     ///< object: variable; `state` is the position of its state
    mode,         ///< object: mode
    sequence,     ///< object: sequence that runs
    time_window,  ///< from..to of local time, over midnight when `to` is earlier; without the sun's event: false
    weekday,      ///< `state` is the mask of Schedule::weekdays; the local date
    sun,          ///< the sun's elevation against `degrees`
    night,        ///< by the project's day and night
    away,
  };
  enum class Comparison : std::uint8_t { is, above, below };

  Kind kind = Kind::always;
  Comparison comparison = Comparison::is;
  std::uint8_t state = 0;
  std::uint32_t object = 0;
  Level level;
  double degrees = 0;
  TimeOfDay from;
  TimeOfDay to;
  std::vector<Condition> parts;

  friend bool operator==(const Condition&, const Condition&) = default;
};

}  // namespace candela
