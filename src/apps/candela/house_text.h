#pragma once

#include <boost/json/fwd.hpp>
#include <string>

namespace candela::apps {

// What the commands about the house print: a line for each thing that there is.
void show_modes(const boost::json::value& modes);
void show_variables(const boost::json::value& variables);
void show_running(const boost::json::value& programs);
void show_scenes(const boost::json::value& scenes);
void show_timeclocks(const boost::json::value& answer);
void show_facades(const boost::json::value& facades);
void show_occupancy(const boost::json::value& groups);
void show_sensors(const boost::json::value& sensors);
void show_switches(const boost::json::value& house);
void show_tilts(const boost::json::value& zones);
void show_colours(const boost::json::value& zones);
void show_climates(const boost::json::value& zones);

/// What `candela status` says about the house, in lines; nothing where the home has no such things.
void show_house(const boost::json::value& status);
/// What a zone of the status has beside a level: "tilted 40 %", "2700 K"; empty for most.
std::string extras_text(const boost::json::value& zone);

}  // namespace candela::apps
