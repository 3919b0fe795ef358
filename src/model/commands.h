#pragma once

#include <cstdint>
#include <memory>
#include <optional>
#include <vector>

#include "base/colour.h"
#include "base/ids.h"
#include "base/level.h"
#include "base/time.h"

namespace candela {

// What can be asked of the house: by a client, by a button, by a sequence or timeclock, all in the same words. What
// names an object the project does not have changes nothing.

enum class ButtonMove : std::uint8_t { press, release, hold, multi_tap };
enum class Movement : std::uint8_t { raise, lower, stop };
enum class LedState : std::uint8_t { off, on, flash, rapid_flash };
enum class Control : std::uint8_t { start, stop, toggle };

/// A zone shall go to a level. No fade = the zone's own.
struct SetZone {
  ZoneId zone;
  Level level;
  std::optional<Duration> fade;
  Duration delay{};
};
/// A zone shall ramp up or down, or stop where it is.
struct MoveZone {
  ZoneId zone;
  Movement movement = Movement::stop;
};
/// The slats of a tilting shade shall go to this angle, 0 to 100 % of their travel.
struct SetTilt {
  ZoneId zone;
  Level tilt;
  std::optional<Duration> fade;
};
/// A load with colour shall go to it; its level stays.
struct SetColour {
  ZoneId zone;
  Colour colour;
  std::optional<Duration> fade;
};
/// All dimmed and switched zones of an area and its child areas.
struct SetArea {
  AreaId area;
  Level level;
  std::optional<Duration> fade;
  Duration delay{};
};
struct MoveArea {
  AreaId area;
  Movement movement = Movement::stop;
};
/// An area scene or a shared scene.
struct ActivateScene {
  SceneId scene;
};
/// The scene shall from now on be what its zones are now (their targets); fades and delays stay.
struct SaveScene {
  SceneId scene;
};
/// Only LEDs whose logic is `integration`, `sequence` or `none` keep what is set; others follow their logic at the next
/// change.
struct SetLed {
  LedId led;
  LedState state = LedState::off;
};
/// A button moved: a finger on a keypad, a client that presses it, or a program that uses a phantom keypad.
struct ButtonMoved {
  ButtonId button;
  ButtonMove move = ButtonMove::press;
};
struct SetVariable {
  VariableId variable;
  std::uint8_t state = 0;  ///< position in Variable::states
};
struct SetMode {
  ModeId mode;
};
struct ControlSequence {
  SequenceId sequence;
  Control control = Control::start;
};
struct EnableTimeclock {
  TimeclockId timeclock;
  bool enabled = true;
};
struct EnableTimeclockEvent {
  TimeclockEventId event;
  bool enabled = true;
};
/// Runs what the event does, now, whatever its schedule, mode and enabling say.
struct RunTimeclockEvent {
  TimeclockEventId event;
};
enum class OccupancyMode : std::uint8_t {
  automatic,            ///< occupied and unoccupied presets run
  vacancy,              ///< only the unoccupied preset runs: people switch on by hand
  automatic_low_light,  ///< the occupied preset runs only when it is dark enough
  disabled,             ///< nothing runs; the state is still told
};
struct SetOccupancyMode {
  OccupancyGroupId group;
  OccupancyMode mode = OccupancyMode::automatic;
};
/// A sensor that is switched off is as if it had never been there.
struct EnableSensor {
  DeviceId sensor;
  bool enabled = true;
};
struct SetAway {
  bool away = true;
};
/// Zones with an emergency level go there and obey nothing else until it ends.
struct SetEmergency {
  bool emergency = true;
};
/// Zones that may shed give up this share of their level; 0 = none. Percent, 0 to 100.
struct ShedLoad {
  std::uint8_t percent = 0;
};
struct ControlShow {
  ShowId show;
  Control control = Control::start;
};
/// Start takes back the shades that people moved, and begins with where they shall be now. Stop leaves all where they
/// are.
struct ControlFacade {
  FacadeId facade;
  Control control = Control::start;
};
enum class ClimateMode : std::uint8_t { off, heat, cool, automatic };
/// A thermostat's set points before anybody sets them. Degrees Celsius in hundredths.
inline constexpr std::int16_t kFirstHeatTo = 2000;
inline constexpr std::int16_t kFirstCoolTo = 2600;
/// What is not given stays. Degrees Celsius in hundredths.
struct SetClimate {
  ZoneId zone;
  std::optional<ClimateMode> mode;
  std::optional<std::int16_t> heat_to;
  std::optional<std::int16_t> cool_to;
};

}  // namespace candela
