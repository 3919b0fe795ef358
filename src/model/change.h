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
};
struct LedChanged {
  LedId led;
  LedState state = LedState::off;
};
/// The area's active scene; none as soon as one of its zones has left the scene.
struct SceneChanged {
  AreaId area;
  SceneId scene;
};
/// A button was pressed, released...: told to whoever follows buttons.
struct ButtonActed {
  ButtonId button;
  ButtonMove move = ButtonMove::press;
};
struct PresenceChanged {
  DeviceId device;
  bool present = true;
  DeviceFault fault = DeviceFault::none;
};
struct LinkChanged {
  LinkId link;
  LinkFault fault = LinkFault::none;
};
/// Always the first of its batch; what follows (LEDs, scenes, carried-over levels) is under the new project.
struct ProjectActivated {
  ProjectPtr project;
};

/// Something is now so, and why.
struct Change {
  Now at;
  Cause cause;
  std::variant<ZoneTargeted, LedChanged, SceneChanged, ButtonActed, PresenceChanged, LinkChanged, ProjectActivated>
      what;
};

}  // namespace candela
