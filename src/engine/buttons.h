#pragma once

#include "engine/lights.h"

namespace candela::engine {

/// What a button does when it goes down, comes up, is held or tapped again. In any order: a release without a press or
/// a second press without a release does no harm.
void move_button(Lights& lights, Slot button, ButtonMove move, const Moment& why, Changes& changes);

/// The keypad is gone, so its releases will not come: what its buttons ramp stops.
void lose_keypad(Lights& lights, Slot device, const Moment& why, Changes& changes);

}  // namespace candela::engine
