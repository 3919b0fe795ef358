#pragma once

#include <cstdint>
#include <optional>
#include <variant>

#include "base/ids.h"
#include "base/level.h"
#include "base/time.h"
#include "model/cause.h"
#include "model/project.h"

namespace candela {

/// What is wrong with a device, or was when it was lost.
enum class DeviceFault : std::uint8_t { none, silent, duplicate_address };
/// What is wrong with a whole link.
enum class LinkFault : std::uint8_t { none, port_closed, no_devices, corrupted_frames, reversed_pair };

/// A device's load is now at this level, by its own doing (its paddle) or as an answer to a question.
struct LevelReported {
  ZoneId zone;
  Level level;
};
struct PresenceReported {
  DeviceId device;
  bool present = true;
  DeviceFault fault = DeviceFault::none;
};
struct LinkReported {
  LinkId link;
  LinkFault fault = LinkFault::none;
};
/// The scene shall be this, until the project itself has another one. The zones are those of the scene.
struct EditScene {
  SceneId scene;
  std::vector<Assignment> assignments;
};
/// A sensor saw somebody, or nobody any more.
struct OccupancyReported {
  DeviceId sensor;
  bool occupied = true;
};
struct LightReported {
  DeviceId sensor;
  std::uint16_t lux = 0;
};
/// Where the slats of a tilting shade are, by their own doing.
struct TiltReported {
  ZoneId zone;
  Level tilt;
};
/// Degrees Celsius in hundredths.
struct TemperatureReported {
  ZoneId zone;
  std::int16_t temperature = 0;
};
/// Whether the UTC time is known to be right. Until it is first said, it counts as trusted. Also sent after the clock
/// was set, so that what is due by the new time is looked at.
struct ClockReported {
  bool trusted = true;
};
/// Nothing but time: what is due by now happens.
struct TimePassed {};
/// From now on this project holds; levels and states carry over by number.
struct ActivateProject {
  ProjectPtr project;
};

/// Something happened or was asked.
struct Event {
  Source source;
  std::variant<TimePassed, ButtonMoved, SetZone, MoveZone, ActivateScene, SetArea, MoveArea, SetLed, LevelReported,
               PresenceReported, LinkReported, ActivateProject, SetTilt, SetColour, SaveScene, EditScene, SetVariable,
               SetMode, ControlSequence, EnableTimeclock, EnableTimeclockEvent, RunTimeclockEvent, SetOccupancyMode,
               EnableSensor, SetAway, SetEmergency, ShedLoad, ControlShow, ControlFacade, SetClimate, OccupancyReported,
               LightReported, TiltReported, TemperatureReported, ClockReported>
      what;
};

}  // namespace candela
