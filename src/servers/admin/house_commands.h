#pragma once

#include <boost/json/fwd.hpp>
#include <optional>
#include <string_view>

#include "base/result.h"
#include "servers/context.h"

namespace candela::servers::admin {

// Commands about programs, people and the whole house. Without the name of an object they list what there is and how
// it stands (with the name alone, of that one); with more they ask for something. What is asked is answered when it is
// taken, not when it is done.
//
//   "mode"       {"mode"}                            [{"id", "name", "active"}]
//   "variable"   {"variable", "state"}               [{"id", "name", "state", "states"}]
//   "sequence"   {"sequence", "control"}             [{"id", "name", "running"}]; control: start, stop, toggle
//   "show"       {"show", "control"}                 as sequences
//   "scene"      {"scene", "save"}                   [{"id", "name", "area", "active", "edited"}]
//   "timeclock"  {"do": enable|disable|run, "id"}    {"trusted", "timeclocks": [{"id", "name", "enabled", "events"}]}
//   "facade"     {"do": enable|disable|resume, "id"} [{"id", "name", "enabled", "wanted", "elsewhere", "sun"}]; sun:
//   its
//                                                    height in degrees while it shines on the facade, else null
//   "occupancy"  {"group", "mode"}                   [{"id", "name", "area", "state", "mode", "sensors"}]
//   "sensor"     {"sensor", "on"}                    [{"id", "name", "enabled"}]
//   "house"      {"away"} or {"emergency"} or {"shed"}   {"mode", "night", "away", "emergency", "shed", ...}
//   "tilt"       {"zone", "level", "fade"}           [{"id", "name", "tilt", "target"}]
//   "colour"     {"zone", "kelvin" or "x" and "y" or "hue" and "saturation", "fade"}   [{"id", "name", "colour"}]
//   "climate"    {"zone", "mode", "heat", "cool"}    [{"id", "name", "mode", "heat", "cool", "temperature"}]

/// nullopt: it is none of these commands. The error is a sentence for the person.
std::optional<Result<boost::json::value>> house_command(std::string_view command, const boost::json::object& request,
                                                        const Context& context);

/// What `candela status` tells of all this: "house", "variables", "sequences_running", "shows_running", "facades",
/// "occupancy".
boost::json::object house_status(const Context& context);
/// What a zone's load has beside a level: "load", and by it "tilt", "colour" or "climate".
boost::json::object zone_extras(const Zone& zone, const Context& context);

// The two halves of house_command, and the first half of house_status.
std::optional<Result<boost::json::value>> program_command(std::string_view command, const boost::json::object& request,
                                                          const Context& context);
std::optional<Result<boost::json::value>> equipment_command(std::string_view command,
                                                            const boost::json::object& request, const Context& context);
boost::json::object program_status(const Context& context);

}  // namespace candela::servers::admin
