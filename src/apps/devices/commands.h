#pragma once

#include <string>
#include <string_view>

#include "apps/devices/simulated_bus.h"

namespace candela::devices {

/// Does what a line of the control socket says and returns the answer: "ok", "error ..." or, for `state`, JSON.
///
///   press|release|tap|hold KEYPAD.POSITION   a finger on a button; tap is press and release, hold is press and hold
///   level DEVICE.OUTPUT PERCENT              a hand on a dimmer's own paddle
///   silent|speak DEVICE                      the device falls silent, speaks again
///   duplicate DEVICE [off]                   a second device answers with its address
///   corrupt N, drop N                        the devices' next N frames are damaged, lost
///   reverse on|off                           the two wires of the pair are swapped
///   state                                    what all outputs and LEDs show
std::string execute(SimulatedBus& bus, std::string_view line, MonoTime now);

}  // namespace candela::devices
