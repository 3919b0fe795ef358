#pragma once

#include <cstdint>
#include <optional>
#include <span>
#include <string>
#include <string_view>

#include "base/level.h"
#include "base/result.h"
#include "base/time.h"
#include "rehearsal/words.h"

namespace candela::rehearsal {

/// What a sentence names besides its verb, in ids of the project.
struct Named {
  std::string object;
  std::string state;  ///< or, of a facade, one of its shades
  Level level;
  Level upper;  ///< of "between LEVEL and LEVEL"
  double number = 0;
  Duration time{};
  std::optional<Duration> fade;
  Duration delay{};
  bool negated = false;
};

/// What somebody does, or what happens to the home.
struct Deed {
  enum class Kind : std::uint8_t {
    press,
    hold,
    tap_twice,
    push_down,
    let_go,
    see_somebody,
    see_nobody,
    measure_light,
    measure_temperature,
    set,
    raise,
    lower,
    stop,
    tilt,
    whiten,
    tint,
    set_fan,
    close_contact,
    open_contact,
    set_thermostat,
    heat_to,
    cool_to,
    report,
    recall_scene,
    be_at,        ///< how it is given: at once
    be_in_scene,  ///< so are the zones of the scene
    save_scene,
    set_led,
    set_variable,
    set_mode,
    start_sequence,
    stop_sequence,
    enable_timeclock,
    disable_timeclock,
    enable_event,
    disable_event,
    run_event,
    start_show,
    stop_show,
    enable_facade,
    disable_facade,
    resume_facade,
    set_occupancy_mode,
    begin_away,
    end_away,
    begin_emergency,
    end_emergency,
    shed_load,
    lose_device,
    find_device,
    doubt_clock,
    trust_clock,
    pass_time,
    restart,
    fail_power_for,
    fail_power,
    return_power,
    transfer,
  };
  Kind kind = Kind::pass_time;
  Named named;
};

/// What shall be so.
struct Check {
  enum class Kind : std::uint8_t {
    nothing_changed,
    unchanged,
    at,
    on,
    off,
    all_off,
    above,
    below,
    between,
    going_to,
    scene,
    no_scene,
    led,
    occupancy,
    mode,
    variable,
    sequence,
    show,
    timeclock_enabled,
    timeclock_disabled,
    event_enabled,
    event_disabled,
    event_run,
    night,
    day,
    away,
    emergency,
    white,
    tint,
    tilted,
    fan,
    closed,
    open,
    thermostat,
    heat_to,
    cool_to,
    facade_enabled,
    facade_disabled,
    facade_wants,
    facade_leaves,
  };
  Kind kind = Kind::nothing_changed;
  Named named;
};

/// How a sentence may be written: words as they are, [optional parts], a|b for either, and in capitals what is named.
struct DeedPattern {
  std::string_view words;
  Deed::Kind kind;
};
struct CheckPattern {
  std::string_view words;
  Check::Kind kind;
};
/// All that can be said; what the user guide lists.
std::span<const DeedPattern> deed_patterns();
/// What else can be said of the beginning.
std::span<const DeedPattern> given_patterns();
std::span<const CheckPattern> check_patterns();

// The rest of the line. The error says up to where it was understood, and how the nearest sentence is written.
Result<Deed> read_deed(Words& words);
Result<Deed> read_given(Words& words);
Result<Check> read_check(Words& words);

}  // namespace candela::rehearsal
