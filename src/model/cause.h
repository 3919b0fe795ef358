#pragma once

#include <array>
#include <cstdint>

#include "base/ids.h"

namespace candela {

/// Who or what began it.
struct Source {
  enum class Kind : std::uint8_t {
    system,   ///< the processor itself: start-up, a project activated
    device,   ///< something on a link: a finger on a keypad, a dimmer's own paddle, a sensor
    client,   ///< a program or app that is named in the list of clients
    page,     ///< the page in a browser on this machine
    command,  ///< the candela command on this machine
  };
  Kind kind = Kind::system;
  ClientId client;  ///< for Kind::client

  friend bool operator==(Source, Source) = default;
};

/// One link of the chain between an event and a change, as "what" and "on which object".
struct CauseStep {
  enum class Kind : std::uint8_t {
    button_pressed,     ///< object: button
    button_released,    ///< object: button
    toggled_on,         ///< object: button
    toggled_off,        ///< object: button
    preset_run,         ///< object: button
    raise_started,      ///< object: button
    lower_started,      ///< object: button
    ramp_stopped,       ///< object: button
    scene_activated,    ///< object: scene
    zone_commanded,     ///< object: zone
    zone_raised,        ///< object: zone
    zone_lowered,       ///< object: zone
    zone_stopped,       ///< object: zone
    area_commanded,     ///< object: area
    led_commanded,      ///< object: LED
    delay_elapsed,      ///< object: zone
    level_reported,     ///< object: zone; the device changed its load by itself
    presence_reported,  ///< object: device
    fault_reported,     ///< object: link
    member_changed,     ///< object: zone; an LED or scene follows this zone
    restored,           ///< object: none; state from before a restart
    project_activated,  ///< object: none
  };
  Kind kind;
  std::uint32_t object = 0;

  friend bool operator==(CauseStep, CauseStep) = default;
};

/// Why a change happened: the source, the event that began it, and the steps from there, oldest first.
/// A fixed size, so that causes cost no memory on the press path; what would be a seventh step is left out.
struct Cause {
  static constexpr std::size_t kMaxSteps = 6;

  std::uint64_t event = 0;  ///< number of the event since this engine began
  Source source;
  std::array<CauseStep, kMaxSteps> steps{};
  std::uint8_t step_count = 0;

  /// This chain with one more step.
  Cause then(CauseStep::Kind kind, std::uint32_t object = 0) const {
    Cause longer = *this;
    if (longer.step_count < kMaxSteps) longer.steps[longer.step_count++] = {kind, object};
    return longer;
  }
  friend bool operator==(const Cause&, const Cause&) = default;
};

}  // namespace candela
