#pragma once

#include <string>
#include <string_view>

#include "apps/devices/simulated_bus.h"

namespace candela::devices {

/// Does what a line of the control socket says and returns the answer: "ok", "error ..." or, for `state`, JSON.
///
///   press|release|tap|hold KEYPAD.POSITION   a finger on a button; tap is press and release, hold is press and hold
///   level DEVICE.OUTPUT PERCENT              a hand on a dimmer's own paddle
///   tilt DEVICE.OUTPUT PERCENT               the slats of a tilting shade, turned by its own drive
///   occupied|vacant SENSOR                   it sees somebody, nobody
///   lux SENSOR N                             what it measures, 0 to 65535
///   close|open DEVICE.POSITION               a contact input
///   silent|speak DEVICE                      the device falls silent, speaks again
///   duplicate DEVICE [off]                   a second device answers with its address
///   corrupt N, drop N                        the devices' next N frames are damaged, lost
///   reverse on|off                           the two wires of the pair are swapped
///   state                                    what all outputs, LEDs, sensors and contacts are
std::string execute(SimulatedBus& bus, std::string_view line, MonoTime now);

}  // namespace candela::devices
