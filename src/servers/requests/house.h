#pragma once

#include <boost/asio/awaitable.hpp>
#include <boost/json/fwd.hpp>

#include "servers/requests/request.h"

namespace candela::servers::requests {

// Requests about the house: its lights, programs and people. Without the name of an object they list what there is and
// how it stands (with the name alone, of that one); with more they ask for something. What is asked is answered (with
// null) when it is taken, not when it is done. Levels in percent, fades in seconds, at most 86400.

// lights
/// [{"id", "name", "area", "number", "level", "target", "fading", "load", ...}]
Answer zones(const boost::json::object& request, const Asking& asking);
/// {"zone", "level", "fade"}
Answer set_zone(const boost::json::object& request, const Asking& asking);
/// {"zone", "direction"}: raise, lower or stop.
Answer move_zone(const boost::json::object& request, const Asking& asking);
/// {"zone", "speed"}: off, low, medium, medium_high or high.
Answer fan(const boost::json::object& request, const Asking& asking);
/// {"zone", "level", "fade"} -> [{"id", "name", "tilt", "target"}]
Answer tilt(const boost::json::object& request, const Asking& asking);
/// {"zone", "kelvin" or "x" and "y" or "hue" and "saturation" or "warm_dim", "fade"} -> [{"id", "name", "colour"}]
Answer colour(const boost::json::object& request, const Asking& asking);
/// {"zone", "mode", "heat", "cool"} -> [{"id", "name", "mode", "heat", "cool", "temperature"}]; degrees Celsius.
Answer climate(const boost::json::object& request, const Asking& asking);
/// {"area"} -> [{"id", "name", "number", "parent", "scene", "scenes", "zones", "devices"}]
Answer areas(const boost::json::object& request, const Asking& asking);
/// {"area", "level", "fade"}: all lights of it and of the areas in it.
Answer set_area(const boost::json::object& request, const Asking& asking);
/// {"area", "direction"}
Answer move_area(const boost::json::object& request, const Asking& asking);
/// {"area" or "facade", "level" or "direction"}: its shades, of an area with those of the areas in it. Asked for one
/// by one: when the queue is full in between, some move and the answer is that it is busy.
Answer shades(const boost::json::object& request, const Asking& asking);

// buttons and devices
/// {"button"} -> [{"id", "name", "engraving", "number", "keypad", "led"}]
Answer buttons(const boost::json::object& request, const Asking& asking);
/// {"button"}: as if it were pressed twice.
Answer double_tap(const boost::json::object& request, const Asking& asking);
/// {"button", "state"}: its LED: off, on, flash, rapid_flash.
Answer led(const boost::json::object& request, const Asking& asking);
/// {"device"} -> [{"id", "name", "number", "link", "serial", "present", "fault", ...}]
Answer devices(const boost::json::object& request, const Asking& asking);
/// {"link"} -> [{"id", "name", "fault"}]
Answer links(const boost::json::object& request, const Asking& asking);

// programs
/// {"mode"} -> [{"id", "name", "active"}]
Answer mode(const boost::json::object& request, const Asking& asking);
/// {"variable", "state"} -> [{"id", "name", "state", "states"}]
Answer variable(const boost::json::object& request, const Asking& asking);
/// {"sequence", "control"} -> [{"id", "name", "running"}]; control: start, stop, toggle.
Answer sequence(const boost::json::object& request, const Asking& asking);
/// {"show", "control"}, as sequences.
Answer show(const boost::json::object& request, const Asking& asking);
/// {"scene", "save"} -> [{"id", "name", "area", "active", "edited"}]
Answer scene(const boost::json::object& request, const Asking& asking);
/// {"scene"}: recalls it.
Answer activate(const boost::json::object& request, const Asking& asking);
/// {"scene"} -> what it does: {"id", "name", "area", "active", "edited", "assignments"}
Answer scene_assignments(const boost::json::object& request, const Asking& asking);
/// {"do": enable, disable or run, "id"} -> {"clock_trusted", "timeclocks": [{"id", "name", "enabled", "events"}]}
Answer timeclock(const boost::json::object& request, const Asking& asking);
/// {"do": enable, disable or resume, "id"} -> [{"id", "name", "enabled", "wanted", "elsewhere", "sun"}]; sun: its
/// height in degrees while it shines on the facade, else null.
Answer facade(const boost::json::object& request, const Asking& asking);

// people, and the whole house
/// {"group", "mode"} -> [{"id", "name", "area", "state", "mode", "sensors"}]
Answer occupancy(const boost::json::object& request, const Asking& asking);
/// {"sensor", "on"} -> [{"id", "name", "enabled"}]
Answer sensor(const boost::json::object& request, const Asking& asking);
/// {"away"} or {"emergency"} or {"shed"} -> {"mode", "night", "away", "emergency", "shed_percent", "clock_trusted"}
Answer change_house(const boost::json::object& request, const Asking& asking);

// the processor
/// Everything at once, as `candela status` shows it.
Answer status(const boost::json::object& request, const Asking& asking);
/// {"version", "serial", "time", "project": {"name", "version", "saved"}, "warnings", "clock_trusted"}
Answer health(const boost::json::object& request, const Asking& asking);
/// Why a zone is as it is, or was: {"zone", "at" (now), "last" (2)} -> {"zone", "level", "text", "because", "story",
/// "events"}; "story" is for people, of "events" the newest is the first. Times are given and told as when.h says.
boost::asio::awaitable<Answer> explain(const boost::json::object& request, const Asking& asking);
/// {"zone", "area", "from", "to", "limit" (100), "skip" (0)} -> the happenings, the newest first. An area is told with
/// those in it.
boost::asio::awaitable<Answer> history(const boost::json::object& request, const Asking& asking);

/// What `candela status` tells of programs and people: "house", "variables", "sequences_running", "shows_running",
/// "facades", "occupancy".
boost::json::object house_status(const Asking& asking);
/// The first half of it.
boost::json::object program_status(const Asking& asking);
/// What a zone's load has beside a level: "load", and by it "tilt", "colour" or "climate".
boost::json::object zone_extras(const Zone& zone, const Asking& asking);

}  // namespace candela::servers::requests
