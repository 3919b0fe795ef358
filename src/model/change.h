#pragma once

#include <memory>
#include <variant>
#include <vector>

#include "base/fade.h"
#include "base/ids.h"
#include "base/time.h"
#include "model/cause.h"
#include "model/event.h"
#include "model/project.h"

namespace candela {

/// The zone is on its way to fade.to (or there, when the fade lasts 0).
struct ZoneTargeted {
  ZoneId zone;
  Fade fade;
  /// True when the device said so itself: then links need not tell it.
  bool reported = false;
  friend bool operator==(const ZoneTargeted&, const ZoneTargeted&) = default;
};
struct LedChanged {
  LedId led;
  LedState state = LedState::off;
  friend bool operator==(const LedChanged&, const LedChanged&) = default;
};
/// The area's active scene; none as soon as one of its zones has left the scene.
struct SceneChanged {
  AreaId area;
  SceneId scene;
  friend bool operator==(const SceneChanged&, const SceneChanged&) = default;
};
/// A button was pressed, released...: told to whoever follows buttons.
struct ButtonActed {
  ButtonId button;
  ButtonMove move = ButtonMove::press;
  friend bool operator==(const ButtonActed&, const ButtonActed&) = default;
};
struct PresenceChanged {
  DeviceId device;
  bool present = true;
  DeviceFault fault = DeviceFault::none;
  friend bool operator==(const PresenceChanged&, const PresenceChanged&) = default;
};
struct LinkChanged {
  LinkId link;
  LinkFault fault = LinkFault::none;
  friend bool operator==(const LinkChanged&, const LinkChanged&) = default;
};
/// The slats are on their way to fade.to.
struct ZoneTilted {
  ZoneId zone;
  Fade fade;
  bool reported = false;
  friend bool operator==(const ZoneTilted&, const ZoneTilted&) = default;
};
/// The colour goes from one to the other in a straight line of its own space (Kelvin, or xy).
struct ZoneColoured {
  ZoneId zone;
  Colour from;
  Colour to;
  MonoTime start{};
  Duration duration{};
  friend bool operator==(const ZoneColoured&, const ZoneColoured&) = default;
};
/// Degrees Celsius in hundredths.
struct ClimateChanged {
  ZoneId zone;
  ClimateMode mode = ClimateMode::off;
  std::int16_t heat_to = 0;
  std::int16_t cool_to = 0;
  std::int16_t temperature = 0;
  friend bool operator==(const ClimateChanged&, const ClimateChanged&) = default;
};
/// What the scene's zones are from now on; null = as the project says.
struct SceneEdited {
  SceneId scene;
  std::shared_ptr<const std::vector<Assignment>> assignments;
  friend bool operator==(const SceneEdited& a, const SceneEdited& b) {
    const bool same =
        a.assignments && b.assignments ? *a.assignments == *b.assignments : a.assignments == b.assignments;
    return a.scene == b.scene && same;
  }
};
struct VariableChanged {
  VariableId variable;
  std::uint8_t state = 0;
  friend bool operator==(const VariableChanged&, const VariableChanged&) = default;
};
struct ModeChanged {
  ModeId mode;
  friend bool operator==(const ModeChanged&, const ModeChanged&) = default;
};
struct NightChanged {
  bool night = false;
  friend bool operator==(const NightChanged&, const NightChanged&) = default;
};
struct SequenceChanged {
  SequenceId sequence;
  bool running = false;
  friend bool operator==(const SequenceChanged&, const SequenceChanged&) = default;
};
struct TimeclockEnabled {
  TimeclockId timeclock;
  bool enabled = true;
  friend bool operator==(const TimeclockEnabled&, const TimeclockEnabled&) = default;
};
struct TimeclockEventEnabled {
  TimeclockEventId event;
  bool enabled = true;
  friend bool operator==(const TimeclockEventEnabled&, const TimeclockEventEnabled&) = default;
};
/// An event's moment came: it ran, or it was left out and why. `date` is the local date it belongs to, as days since
/// 1970-01-01; what was done for a date is never done again.
struct TimeclockEventPassed {
  enum class How : std::uint8_t { ran, ran_late, by_command, missed, no_sun };
  TimeclockEventId event;
  How how = How::ran;
  std::int32_t date = 0;
  friend bool operator==(const TimeclockEventPassed&, const TimeclockEventPassed&) = default;
};
struct OccupancyChanged {
  OccupancyGroupId group;
  Occupancy state = Occupancy::unknown;
  friend bool operator==(const OccupancyChanged&, const OccupancyChanged&) = default;
};
struct OccupancyModeChanged {
  OccupancyGroupId group;
  OccupancyMode mode = OccupancyMode::automatic;
  friend bool operator==(const OccupancyModeChanged&, const OccupancyModeChanged&) = default;
};
struct SensorEnabled {
  DeviceId sensor;
  bool enabled = true;
  friend bool operator==(const SensorEnabled&, const SensorEnabled&) = default;
};
struct AwayChanged {
  bool away = false;
  friend bool operator==(const AwayChanged&, const AwayChanged&) = default;
};
struct EmergencyChanged {
  bool emergency = false;
  friend bool operator==(const EmergencyChanged&, const EmergencyChanged&) = default;
};
struct LoadShed {
  std::uint8_t percent = 0;
  friend bool operator==(const LoadShed&, const LoadShed&) = default;
};
struct ShowChanged {
  ShowId show;
  bool running = false;
  friend bool operator==(const ShowChanged&, const ShowChanged&) = default;
};
struct FacadeChanged {
  FacadeId facade;
  bool enabled = true;
  friend bool operator==(const FacadeChanged&, const FacadeChanged&) = default;
};
/// Where a facade wants its shades from now on, also those that people have moved and that it leaves alone.
struct FacadeMoved {
  FacadeId facade;
  Level level;
  friend bool operator==(const FacadeMoved&, const FacadeMoved&) = default;
};
/// A program that called itself for ever was stopped; the cause tells its way. Nothing else is disturbed.
struct ProgramStopped {
  std::uint32_t object = 0;  ///< the number of the button, sequence or event where it was stopped
  friend bool operator==(const ProgramStopped&, const ProgramStopped&) = default;
};
struct ClockChanged {
  bool trusted = true;
  friend bool operator==(const ClockChanged&, const ClockChanged&) = default;
};
/// Always the first of its batch; what follows (LEDs, scenes, carried-over levels) is under the new project.
struct ProjectActivated {
  ProjectPtr project;
  friend bool operator==(const ProjectActivated&, const ProjectActivated&) = default;
};

/// Something is now so, and why.
struct Change {
  Now at;
  Cause cause;
  std::variant<ZoneTargeted, LedChanged, SceneChanged, ButtonActed, PresenceChanged, LinkChanged, ProjectActivated,
               ZoneTilted, ZoneColoured, ClimateChanged, SceneEdited, VariableChanged, ModeChanged, NightChanged,
               SequenceChanged, TimeclockEnabled, TimeclockEventEnabled, TimeclockEventPassed, OccupancyChanged,
               OccupancyModeChanged, SensorEnabled, AwayChanged, EmergencyChanged, LoadShed, ShowChanged,
               ProgramStopped, ClockChanged, FacadeChanged, FacadeMoved>
      what;
  friend bool operator==(const Change&, const Change&) = default;
};

}  // namespace candela
