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
    timer,    ///< the house by itself: a timeclock, a sequence, an occupancy timeout, away
    mqtt,     ///< whoever may publish commands at the MQTT broker; who that was is known to the broker only
  };
  Kind kind = Kind::system;
  ClientId client;  ///< for Kind::client

  friend bool operator==(Source, Source) = default;
};

/// Somebody's program asked for it: no finger on a link, and not the house by itself.
inline constexpr bool is_program(Source source) {
  using enum Source::Kind;
  return source.kind == client || source.kind == page || source.kind == command || source.kind == mqtt;
}

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
    button_held,        ///< object: button
    button_tapped,      ///< object: button; pressed again within the time of a double tap
    released_preset,    ///< object: button; the preset of a dual action's release
    shades_stopped,     ///< object: button; the press stopped what moved
    branch_taken,       ///< object: position of the branch whose condition held, from 1
    sequence_started,   ///< object: sequence
    sequence_step,      ///< object: sequence
    sequence_ended,     ///< object: sequence
    timeclock_due,      ///< object: timeclock event
    timeclock_run,      ///< object: timeclock event, by command
    sun_moved,          ///< object: none; day became night, or night day
    seen_occupied,      ///< object: occupancy group
    seen_unoccupied,    ///< object: occupancy group
    variable_set,       ///< object: variable
    mode_set,           ///< object: mode
    condition_changed,  ///< object: LED
    zone_tilted,        ///< object: zone
    zone_coloured,      ///< object: zone
    pulse_ended,        ///< object: zone
    minimum_on_over,    ///< object: zone
    scene_saved,        ///< object: scene
    scene_edited,       ///< object: scene
    emergency_began,    ///< object: none
    emergency_ended,    ///< object: none
    load_shed,          ///< object: percent
    away_began,         ///< object: none
    away_ended,         ///< object: none
    away_chance,        ///< object: zone; away switched it by chance
    away_replay,        ///< object: zone; away repeats an earlier day
    show_course,        ///< object: show
    occupancy_set,      ///< object: occupancy group
    sensor_set,         ///< object: device
    timeclock_set,      ///< object: timeclock or event; enabled or disabled
    climate_set,        ///< object: zone
    clock_reported,     ///< object: none
    power_returned,     ///< object: zone; what it does after a power failure
    loop_stopped,       ///< object: none; the program ran in a circle
    facade_moved,       ///< object: facade; it followed the sun
  };
  Kind kind;
  std::uint32_t object = 0;

  friend bool operator==(CauseStep, CauseStep) = default;
};

/// Why a change happened: the source, the event that began it, and the steps from there, oldest first.
/// A fixed size, so that causes cost no memory on the press path; what would be a ninth step is left out.
struct Cause {
  static constexpr std::size_t kMaxSteps = 8;

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
