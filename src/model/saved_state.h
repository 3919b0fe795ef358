#pragma once

#include <vector>

#include "base/ids.h"
#include "base/level.h"
#include "base/time.h"
#include "model/event.h"

namespace candela {

/// What is remembered over a restart. Fades are kept as formulas against UTC: a light that was fading when the plug was
/// pulled is, afterwards, where its fade has brought it.
struct SavedState {
  struct Zone {
    ZoneId zone;
    Level from;
    Level to;
    UtcTime start{};
    Duration duration{};
    friend bool operator==(const Zone&, const Zone&) = default;
  };
  struct Led {
    LedId led;
    LedState state = LedState::off;
    friend bool operator==(const Led&, const Led&) = default;
  };
  std::vector<Zone> zones;
  std::vector<Led> leds;  ///< those that clients set
};

}  // namespace candela
