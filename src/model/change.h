#pragma once

#include <variant>

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
/// Always the first of its batch; what follows (LEDs, scenes, carried-over levels) is under the new project.
struct ProjectActivated {
  ProjectPtr project;
  friend bool operator==(const ProjectActivated&, const ProjectActivated&) = default;
};

/// Something is now so, and why.
struct Change {
  Now at;
  Cause cause;
  std::variant<ZoneTargeted, LedChanged, SceneChanged, ButtonActed, PresenceChanged, LinkChanged, ProjectActivated>
      what;
  friend bool operator==(const Change&, const Change&) = default;
};

}  // namespace candela
