#pragma once

#include "servers/leap/call.h"

/// What answers the requests, by subject. Each does one row of the table in resources.cpp.
namespace candela::leap {

namespace areas {
Answer all(Call& call);
Answer root(Call& call);
Answer one(Call& call, const Area& area);
Answer summary(Call& call, const Area& area);
Answer child_summaries(Call& call, const Area& area);
Answer zones(Call& call, const Area& area);
Answer zone_statuses(Call& call, const Area& area);
Answer zone_expanded_statuses(Call& call, const Area& area);
Answer control_stations(Call& call, const Area& area);
Answer scenes(Call& call, const Area& area);
Answer status(Call& call, const Area& area);
Answer statuses(Call& call);
}  // namespace areas

namespace zones {
boost::json::object definition(const Call& call, const Zone& zone);
boost::json::object expanded_status(const Call& call, const Zone& zone);
Answer one(Call& call, const Zone& zone);
Answer status(Call& call, const Zone& zone);
Answer one_expanded_status(Call& call, const Zone& zone);
Answer statuses(Call& call);
Answer expanded_statuses(Call& call);
Answer load_controllers(Call& call, const Zone& zone);
Answer load_controller(Call& call, const Zone& zone);
Answer load_controller_status(Call& call, const Zone& zone);
}  // namespace zones

namespace devices {
/// The processor that answers: /device/1, and the device of its own number.
const Processor* processor(const Call& call, std::uint32_t number);
boost::json::object definition(const Call& call, const Processor& processor);
boost::json::object definition(const Call& call, const Device& device);
boost::json::object control_station(const Call& call, const Device& keypad);
Answer all(Call& call);
Answer one(Call& call);
Answer status(Call& call);
Answer statuses(Call& call);
Answer button_groups(Call& call);
Answer button_groups_expanded(Call& call);
Answer link_node(Call& call);
Answer station(Call& call, const Device& keypad);
Answer links(Call& call);
Answer link(Call& call, const Link& link);
Answer link_status(Call& call, const Link& link);
Answer link_nodes(Call& call, const Link& link);
Answer link_nodes_expanded(Call& call, const Link& link);
}  // namespace devices

namespace buttons {
boost::json::object group(const Call& call, const Device& keypad);
boost::json::object group_expanded(const Call& call, const Device& keypad);
Answer bare(Call& call);
Answer one(Call& call, const Button& button);
Answer one_group(Call& call, const Device& keypad);
Answer of_group(Call& call, const Device& keypad);
Answer no_event_yet(Call& call, const Button& button);
Answer led(Call& call, const Button& button);
Answer led_status(Call& call, const Button& button);
Answer set_led(Call& call, const Button& button);
}  // namespace buttons

namespace scenes {
boost::json::object definition(const Scene& scene);
Answer one(Call& call, const Scene& scene);
Answer all(Call& call);
Answer shared(Call& call);
/// Each scene is a virtual button too: that is where older programs look for scenes.
Answer virtual_buttons(Call& call);
Answer virtual_button(Call& call, const Scene& scene);
}  // namespace scenes

namespace programs {
/// The ProgrammingModelType of a button; empty for one without programming and for raise and lower buttons.
std::string_view model_type(const Button& button);
Answer preset(Call& call);
Answer preset_assignments(Call& call);
/// Those of the kind in the url.
Answer assignments(Call& call);
Answer programming_model(Call& call);
Answer facades(Call& call);
Answer facade(Call& call, const Facade& facade);
Answer natural_shows(Call& call);
Answer natural_show(Call& call, const NaturalShow& show);
Answer natural_show_status(Call& call, const NaturalShow& show);
Answer set_natural_show(Call& call, const NaturalShow& show);
Answer natural_show_of(Call& call, const Zone& zone);
Answer sequences(Call& call);
Answer sequence(Call& call, const Sequence& sequence);
}  // namespace programs

namespace occupancy {
Answer groups(Call& call);
Answer group(Call& call, const OccupancyGroup& group);
Answer statuses(Call& call);
}  // namespace occupancy

namespace timeclocks {
Answer all(Call& call);
Answer one(Call& call, const Timeclock& timeclock);
Answer statuses(Call& call);
Answer status(Call& call, const Timeclock& timeclock);
Answer set_status(Call& call, const Timeclock& timeclock);
Answer events(Call& call);
Answer events_of(Call& call, const Timeclock& timeclock);
Answer event(Call& call, const TimeclockEvent& event);
Answer event_status(Call& call, const TimeclockEvent& event);
Answer set_event_status(Call& call, const TimeclockEvent& event);
}  // namespace timeclocks

namespace commands {
Answer zone(Call& call, const Zone& zone);
Answer area(Call& call, const Area& area);
Answer button(Call& call, const Button& button);
Answer virtual_button(Call& call, const Scene& scene);
Answer sequence(Call& call, const Sequence& sequence);
}  // namespace commands

namespace system {
Answer ping(Call& call);
Answer servers(Call& call);
Answer server(Call& call);
Answer pairing_list(Call& call);
Answer client_setting(Call& call);
Answer update_client_setting(Call& call);
Answer login(Call& call);
Answer project(Call& call);
Answer master_device_list(Call& call);
Answer processors(Call& call);
Answer location(Call& call);
Answer database(Call& call);
Answer firmware(Call& call);
Answer network_interface(Call& call);
Answer network_interface_status(Call& call);
Answer curves(Call& call);
Answer curve(Call& call);
Answer aways(Call& call);
Answer away(Call& call);
Answer set_away(Call& call);
Answer load_shedding(Call& call);
Answer set_load_shedding(Call& call);
Answer emergency(Call& call);
Answer set_emergency(Call& call);
}  // namespace system

}  // namespace candela::leap
