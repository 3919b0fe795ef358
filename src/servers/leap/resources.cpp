#include "servers/leap/resources.h"

#include <limits>
#include <unordered_map>

#include "servers/leap/handlers.h"

namespace candela::leap {
namespace {

struct Row {
  std::string_view url;  ///< N stands for a number
  Resource resource;
};

// What each url answers, and with which status, is leap.md §3 and §7. A row without a handler is a url that real
// processors know but refuse (405); what is not in the table does not exist (400).
constexpr Row kRows[] = {
    // areas
    {"/area", {.read = areas::all, .fixed = true}},
    {"/area/rootarea", {.read = areas::root, .fixed = true}},
    {"/area/N", {.read = of<AreaId, areas::one>, .subscribe = of<AreaId, areas::one>, .fixed = true}},
    {"/area/N/summary", {.read = of<AreaId, areas::summary>, .fixed = true}},
    {"/area/N/childarea/summary", {.read = of<AreaId, areas::child_summaries>, .fixed = true}},
    {"/area/N/associatedzone", {.read = of<AreaId, areas::zones>, .fixed = true}},
    {"/area/N/associatedzone/status", {.read = of<AreaId, areas::zone_statuses>}},
    {"/area/N/associatedzone/status/expanded", {.read = of<AreaId, areas::zone_expanded_statuses>}},
    {"/area/N/associatedcontrolstation", {.read = of<AreaId, areas::control_stations>, .fixed = true}},
    {"/area/N/associateddevice", {}},
    {"/area/N/areascene", {.read = of<AreaId, areas::scenes>, .fixed = true}},
    {"/area/N/status",
     {.read = of<AreaId, areas::status>, .subscribe = of<AreaId, areas::status>, .topic = Topic::area_status}},
    {"/area/N/occupancysettings", {.read = not_found}},
    {"/area/N/occupancysensorsettings", {.read = not_found}},
    {"/area/N/loadshedding", {.read = not_found}},
    {"/area/N/daylightinggainsettings", {.read = not_found}},
    {"/area/N/commandprocessor", {.read = not_supported, .create = of<AreaId, commands::area>}},
    {"/area/status", {.read = areas::statuses, .subscribe = areas::statuses, .topic = Topic::area_statuses}},

    // zones
    {"/zone", {}},
    {"/zone/N", {.read = of<ZoneId, zones::one>, .update = not_supported, .fixed = true}},
    {"/zone/N/status", {.read = of<ZoneId, zones::status>}},
    {"/zone/N/status/expanded", {.read = of<ZoneId, zones::one_expanded_status>}},
    {"/zone/N/commandprocessor", {.read = not_supported, .create = of<ZoneId, commands::zone>}},
    {"/zone/N/associatedloadcontroller", {.read = of<ZoneId, zones::load_controllers>, .fixed = true}},
    {"/zone/N/naturalshow", {.read = of<ZoneId, programs::natural_show_of>, .fixed = true}},
    {"/zone/N/zonescene", {.read = no_content}},
    {"/zone/N/tuningsettings", {.read = not_found}},
    {"/zone/N/phasesettings", {.read = not_found}},
    {"/zone/N/countdowntimer", {.read = not_found}},
    {"/zone/N/occupancysettings", {.read = not_found}},
    {"/zone/status", {.read = zones::statuses, .subscribe = zones::statuses, .topic = Topic::zone_statuses}},
    {"/zone/status/expanded", {.read = zones::expanded_statuses}},
    {"/loadcontroller/N", {.read = of<ZoneId, zones::load_controller>, .fixed = true}},
    {"/loadcontroller/N/status", {.read = of<ZoneId, zones::load_controller_status>}},
    {"/zonetypegroup/status", {.read = no_content, .subscribe = no_content}},

    // devices and links
    {"/device", {.read = devices::all}},
    {"/device/N", {.read = devices::one, .subscribe = devices::one, .fixed = true}},
    {"/device/N/status", {.read = devices::status}},
    {"/device/N/buttongroup", {.read = devices::button_groups, .fixed = true}},
    {"/device/N/buttongroup/expanded", {.read = devices::button_groups_expanded, .fixed = true}},
    {"/device/N/commandprocessor", {.read = not_supported, .create = not_supported}},
    {"/device/N/linknode/N", {.read = devices::link_node, .fixed = true}},
    {"/device/N/ledsettings", {.read = not_found}},
    {"/device/status", {.read = no_content, .subscribe = no_content, .topic = Topic::device_statuses}},
    {"/device/status/deviceheard", {.subscribe = no_content}},
    {"/controlstation", {}},
    {"/controlstation/N", {.read = of<ControlStationId, devices::station>, .fixed = true}},
    {"/linknode/N", {.read = not_found}},
    {"/link", {.read = devices::links, .fixed = true}},
    {"/link/N", {.read = of<LinkId, devices::link>, .fixed = true}},
    {"/link/N/status", {.read = of<LinkId, devices::link_status>, .subscribe = of<LinkId, devices::link_status>}},
    {"/link/N/associatedlinknode", {.read = of<LinkId, devices::link_nodes>, .fixed = true}},
    {"/link/N/associatedlinknode/expanded", {.read = of<LinkId, devices::link_nodes_expanded>, .fixed = true}},

    // buttons and LEDs
    {"/buttongroup", {.read = no_content}},
    {"/buttongroup/N", {.read = of<ButtonGroupId, buttons::one_group>, .update = not_supported, .fixed = true}},
    {"/buttongroup/N/button", {.read = of<ButtonGroupId, buttons::of_group>, .fixed = true}},
    {"/button", {.read = buttons::bare, .fixed = true}},
    {"/button/N", {.read = of<ButtonId, buttons::one>, .fixed = true}},
    {"/button/N/status/event", {.subscribe = of<ButtonId, buttons::no_event_yet>, .topic = Topic::button_event}},
    {"/button/N/commandprocessor", {.create = of<ButtonId, commands::button>}},
    {"/led/N", {.read = of<LedId, buttons::led>, .fixed = true}},
    {"/led/N/status",
     {.read = of<LedId, buttons::led_status>,
      .subscribe = of<LedId, buttons::led_status>,
      .update = of<LedId, buttons::set_led>,
      .topic = Topic::led_status}},
    {"/virtualbutton", {.read = scenes::virtual_buttons, .fixed = true}},
    {"/virtualbutton/N", {.read = of<SceneId, scenes::virtual_button>, .fixed = true}},
    {"/virtualbutton/N/commandprocessor", {.create = of<SceneId, commands::virtual_button>}},

    // scenes and programming
    {"/areascene", {.read = scenes::all, .fixed = true}},
    {"/areascene/N", {.read = of<SceneId, scenes::one>, .fixed = true}},
    {"/sharedscene", {.read = scenes::shared, .fixed = true}},
    {"/preset/N", {.read = programs::preset, .fixed = true}},
    {"/preset/N/presetassignment", {.read = programs::preset_assignments}},
    {"/preset/N/dimmedlevelassignment", {.read = programs::assignments}},
    {"/preset/N/switchedlevelassignment", {.read = programs::assignments}},
    {"/preset/N/fanspeedassignment", {.read = programs::assignments}},
    {"/preset/N/shadelevelassignment", {.read = programs::assignments}},
    {"/preset/N/shadelevelwithtiltassignment", {.read = programs::assignments}},
    {"/preset/N/tiltassignment", {.read = programs::assignments}},
    {"/preset/N/ccolevelassignment", {.read = programs::assignments}},
    {"/preset/N/whitetuninglevelassignment", {.read = programs::assignments}},
    {"/preset/N/spectrumtuninglevelassignment", {.read = programs::assignments}},
    {"/preset/N/warmdimassignment", {.read = programs::assignments}},
    {"/presetassignment", {.read = no_content}},
    {"/programmingmodel", {.read = no_content}},
    {"/programmingmodel/N", {.read = programs::programming_model, .fixed = true}},
    {"/programmingmodel/N/preset", {.read = not_found}},
    {"/curve", {.read = system::curves, .fixed = true}},
    {"/curve/N", {.read = system::curve, .fixed = true}},
    {"/facade", {.read = programs::facades, .fixed = true}},
    {"/facade/N", {.read = of<FacadeId, programs::facade>, .fixed = true}},
    {"/naturalshow", {.read = programs::natural_shows, .fixed = true}},
    {"/naturalshow/N", {.read = of<ShowId, programs::natural_show>, .fixed = true}},
    {"/naturalshow/N/status",
     {.read = of<ShowId, programs::natural_show_status>, .update = of<ShowId, programs::set_natural_show>}},
    {"/daynightmode", {.read = no_content}},
    {"/sequence", {.read = programs::sequences}},
    {"/sequence/N", {.read = of<SequenceId, programs::sequence>}},
    {"/sequence/N/commandprocessor", {.create = of<SequenceId, commands::sequence>}},

    // occupancy and time
    {"/occupancygroup", {.read = occupancy::groups, .fixed = true}},
    {"/occupancygroup/N", {.read = of<OccupancyGroupId, occupancy::group>, .fixed = true}},
    {"/occupancygroup/status",
     {.read = occupancy::statuses, .subscribe = occupancy::statuses, .topic = Topic::occupancy_statuses}},
    {"/occupancysensor", {.read = no_content}},
    {"/occupancysensor/status", {.read = no_content, .subscribe = no_content}},
    {"/timeclock", {.read = timeclocks::all, .fixed = true}},
    {"/timeclock/N", {.read = of<TimeclockId, timeclocks::one>, .fixed = true}},
    {"/timeclock/status",
     {.read = timeclocks::statuses, .subscribe = timeclocks::statuses, .topic = Topic::timeclock_statuses}},
    {"/timeclock/N/status",
     {.read = of<TimeclockId, timeclocks::status>,
      .subscribe = of<TimeclockId, timeclocks::status>,
      .update = of<TimeclockId, timeclocks::set_status>,
      .topic = Topic::timeclock_status}},
    {"/timeclock/N/timeclockevent", {.read = of<TimeclockId, timeclocks::events_of>, .fixed = true}},
    {"/timeclockevent", {.read = timeclocks::events, .fixed = true}},
    {"/timeclockevent/N", {.read = of<TimeclockEventId, timeclocks::event>, .fixed = true}},
    {"/timeclockevent/N/status",
     {.read = of<TimeclockEventId, timeclocks::event_status>,
      .subscribe = of<TimeclockEventId, timeclocks::event_status>,
      .update = of<TimeclockEventId, timeclocks::set_event_status>,
      .topic = Topic::timeclock_event_status}},
    {"/countdowntimer", {.read = not_found}},

    // the system
    {"/server", {.read = system::servers}},
    {"/server/N", {.read = system::server}},
    {"/server/N/id", {.read = not_found}},
    {"/server/N/status/ping", {.read = system::ping, .about_session = true}},
    {"/server/status/ping", {.read = system::ping, .about_session = true}},
    {"/server/ipl", {.read = not_found}},
    {"/server/leap/pairinglist", {.read = system::pairing_list}},
    {"/clientsetting",
     {.read = system::client_setting, .update = system::update_client_setting, .about_session = true}},
    {"/login", {.create = system::login, .update = system::login, .about_session = true}},
    {"/project", {.read = system::project, .subscribe = system::project, .fixed = true}},
    {"/project/contactinfo", {.read = no_content}},
    {"/project/masterdevicelist", {.read = system::master_device_list, .fixed = true}},
    {"/project/masterdevicelist/devices", {.read = system::processors, .fixed = true}},
    {"/project/timeclockeventrules", {.read = not_found}},
    {"/system", {.read = system::location, .subscribe = system::location}},
    {"/system/away", {.read = system::aways, .fixed = true}},
    {"/system/away/N/status",
     {.read = system::away, .subscribe = system::away, .update = system::set_away, .topic = Topic::away}},
    {"/system/loadshedding/status",
     {.read = system::load_shedding,
      .subscribe = system::load_shedding,
      .update = system::set_load_shedding,
      .topic = Topic::load_shedding}},
    {"/system/naturallightoptimization", {.read = no_content}},
    {"/system/naturallightoptimization/status", {.read = no_content}},
    {"/emergency", {.read = no_content}},
    {"/emergency/status",
     {.read = system::emergency,
      .subscribe = system::emergency,
      .update = system::set_emergency,
      .topic = Topic::emergency}},
    {"/emergency/flash/status",
     {.read = system::emergency,
      .subscribe = system::emergency,
      .update = system::set_emergency,
      .topic = Topic::emergency}},
    {"/firmwareimage/N", {.read = system::firmware, .fixed = true}},
    {"/networkinterface/N", {.read = system::network_interface}},
    {"/networkinterface/N/status", {.read = system::network_interface_status}},
    {"/database/@Project", {.read = system::database, .fixed = true}},
    {"/service", {.read = no_content}},
    {"/firmwareupdatesession", {.read = no_content}},
    {"/operation/status", {.read = no_content}},
    {"/devicefirmwarepackageupdatesession", {.read = no_content}},
};

using Table = std::unordered_map<std::string_view, const Resource*>;

Table index() {
  Table table;
  for (const Row& row : kRows) table.emplace(row.url, &row.resource);
  return table;
}

/// Longer than every url of the table.
constexpr std::size_t kPatternMax = 64;

/// A number that a project can have given; 0, which names nothing, for a greater one.
std::uint32_t read_id(std::string_view digits) {
  constexpr std::uint64_t kIdMax = std::numeric_limits<std::int32_t>::max();
  std::uint64_t number = 0;
  for (const char digit : digits) {
    number = number * 10 + static_cast<std::uint64_t>(digit - '0');
    if (number > kIdMax) return 0;
  }
  return static_cast<std::uint32_t>(number);
}

}  // namespace

Place find_resource(std::string_view path) {
  static const Table table = index();
  Place place;
  std::array<char, kPatternMax> pattern{};
  std::size_t length = 0;
  std::size_t id_count = 0;
  for (std::size_t i = 0; i < path.size();) {
    if (length == kPatternMax) return {};
    const bool starts_part = i > 0 && path[i - 1] == '/';
    const std::size_t digits = starts_part ? std::min(path.find_first_not_of("0123456789", i), path.size()) - i : 0;
    if (digits == 0 || (i + digits < path.size() && path[i + digits] != '/')) {
      // A letter N in the path itself must not be taken for a number.
      if (starts_part && path[i] == 'N') return {};
      pattern[length++] = path[i++];
      continue;
    }
    if (id_count == place.ids.size()) return {};
    place.ids[id_count++] = read_id(path.substr(i, digits));
    pattern[length++] = 'N';
    i += digits;
  }
  const auto found = table.find(std::string_view(pattern.data(), length));
  if (found == table.end()) return {};
  place.resource = found->second;
  return place;
}

}  // namespace candela::leap
