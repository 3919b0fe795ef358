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

enum class ButtonMove : std::uint8_t { press, release, hold, multi_tap };
enum class Movement : std::uint8_t { raise, lower, stop };
enum class LedState : std::uint8_t { off, on, flash, rapid_flash };
/// What is wrong with a device, or was when it was lost.
enum class DeviceFault : std::uint8_t { none, silent, duplicate_address };
/// What is wrong with a whole link.
enum class LinkFault : std::uint8_t { none, port_closed, no_devices, corrupted_frames, reversed_pair };

/// A button moved: a finger on a keypad, or a client that presses it.
struct ButtonMoved {
  ButtonId button;
  ButtonMove move = ButtonMove::press;
};
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
struct ActivateScene {
  SceneId scene;
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
/// Only LEDs whose logic is `integration` or `none` keep what a client sets; others follow their logic at the next
/// change.
struct SetLed {
  LedId led;
  LedState state = LedState::off;
};
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
               PresenceReported, LinkReported, ActivateProject>
      what;
};

}  // namespace candela
