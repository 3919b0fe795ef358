#include <algorithm>

#include "protocols/leap/filter.h"
#include "servers/leap/compatibility.h"
#include "servers/leap/handlers.h"
#include "servers/leap/statuses.h"

namespace candela::leap::devices {
namespace {

namespace json = boost::json;

std::string area_name(const Call& call, AreaId id) {
  const Area* const area = call.project().find(id);
  return area == nullptr ? std::string() : area->name;
}

/// The processor that this program is. With several in a system each one says so of itself.
const Processor* this_processor(const Call& call) {
  return call.project().processors.empty() ? nullptr : &call.project().processors.front();
}

/// A client has to find the area of everything in the list of areas; the root is always there.
AreaId area_or_root(const Call& call, AreaId area) {
  return call.project().find(area) != nullptr || call.project().areas.empty() ? area
                                                                              : call.project().areas.front().number;
}

/// Device numbers stand for nodes too: a device has one place on its link.
std::string node_path(std::uint32_t device) { return path_of("device", device, path_of("linknode", device)); }

json::array zones_of(const Call& call, const Device& device) {
  json::array zones;
  for (const Zone& zone : call.project().zones) {
    const auto* const output = std::get_if<DeviceOutput>(&zone.output);
    if (output != nullptr && output->device == device.number) zones.push_back(href("zone", zone.number));
  }
  return zones;
}

json::object link_definition(const Call& call, const Link& link) {
  json::object object = href("link", link.number);
  object["Parent"] = href("device", link.processor);
  object["LinkType"] = compatibility::link_type(link.type);
  const auto& links = call.project().links;
  object["LinkNumber"] = 1 + std::count_if(links.begin(), links.end(), [&](const Link& other) {
                           return other.processor == link.processor && other.number < link.number;
                         });
  return object;
}

json::object node_definition(const Device& device, json::value parent) {
  return {{"href", node_path(device.number.value)},
          {"Parent", std::move(parent)},
          {"AssociatedLink", href("link", device.link)}};
}

template <class Describe>
std::vector<json::object> nodes_on(const Call& call, const Link& link, Describe describe) {
  std::vector<json::object> nodes;
  for (const Device& device : call.project().devices) {
    if (device.link == link.number) nodes.push_back(node_definition(device, describe(device)));
  }
  return nodes;
}

const Device* device(const Call& call) { return call.project().find(DeviceId{call.ids[0]}); }

/// The group of the keypad in the url; 204 for what has no buttons.
template <class Describe>
Answer groups(Call& call, std::string_view type, std::string_view key, Describe describe) {
  if (processor(call, call.ids[0]) != nullptr) return {};
  const Device* const found = device(call);
  if (found == nullptr) return missing(call);
  if (found->buttons.empty()) return {};
  return ok(type, key, std::vector{describe(call, *found)});
}

}  // namespace

const Processor* processor(const Call& call, std::uint32_t number) {
  return number == 1 ? this_processor(call) : call.project().find(ProcessorId{number});
}

json::object definition(const Call& call, const Processor& processor) {
  const bool is_this = &processor == this_processor(call);
  const servers::Identity& identity = call.context.identity;
  json::object object{{"Name", processor.name},
                      {"DeviceType", compatibility::kProcessorType},
                      {"AssociatedArea", href("area", area_or_root(call, processor.area))},
                      {"href", path_of("device", processor.number.value)}};
  if (is_this) object["SerialNumber"] = identity.serial;
  object["Parent"] = {{"href", "/project"}};
  object["ModelNumber"] = processor.model;
  json::array links;
  for (const Link& link : call.project().links) {
    if (link.processor != processor.number) continue;
    json::object owned = href("link", link.number);
    owned["LinkType"] = compatibility::link_type(link.type);
    links.push_back(std::move(owned));
  }
  if (!links.empty()) object["OwnedLinks"] = std::move(links);
  if (is_this) object["FirmwareImage"] = {{"Firmware", {{"DisplayName", identity.version}}}};
  object["Databases"] = json::array{{{"href", "/database/@Project"}, {"Type", "Project"}}};
  object["DeviceClass"] = {{"HexadecimalEncoding", compatibility::processor_class(processor.model)}};
  object["AddressedState"] = "Addressed";
  object["IsThisDevice"] = is_this;
  object["FullyQualifiedName"] = json::array{area_name(call, processor.area), processor.name};
  return object;
}

json::object definition(const Call& call, const Device& device) {
  const std::string_view type = compatibility::device_type(device);
  json::object object{
      {"Name", device.name}, {"DeviceType", type}, {"AssociatedArea", href("area", area_or_root(call, device.area))}};
  if (device.is_keypad()) {
    json::object station = href("controlstation", device.station);
    station["Name"] = device.name;
    object["AssociatedControlStation"] = std::move(station);
  }
  object["href"] = path_of("device", device.number.value);
  if (device.serial != 0 && !device.is_virtual()) object["SerialNumber"] = device.serial;
  object["Parent"] = {{"href", "/project"}};
  object["ModelNumber"] = device.family;
  if (json::array zones = zones_of(call, device); !zones.empty()) object["LocalZones"] = std::move(zones);
  object["LinkNodes"] = json::array{{{"href", node_path(device.number.value)}}};
  if (device.link) object["AssociatedLink"] = href("link", device.link);
  object["DeviceClass"] = {{"HexadecimalEncoding", compatibility::device_class(type)}};
  // A virtual keypad has nothing that could be addressed later; "Unaddressed" would ask for an installer.
  object["AddressedState"] = device.address == 0 && !device.is_virtual() ? "Unaddressed" : "Addressed";
  object["IsThisDevice"] = false;
  json::array name{area_name(call, device.area), device.name};
  object["FullyQualifiedName"] = std::move(name);
  if (!device.buttons.empty()) object["ButtonGroups"] = json::array{href("buttongroup", device.button_group)};
  return object;
}

json::object control_station(const Call& call, const Device& keypad) {
  json::object object = href("controlstation", keypad.station);
  object["XID"] = stable_id(call.context.identity.serial, keypad.station.value);
  object["Name"] = keypad.name;
  object["AssociatedArea"] = href("area", keypad.area);
  object["SortOrder"] = 0;
  json::object ganged = href("device", keypad.number);
  ganged["DeviceType"] = compatibility::device_type(keypad);
  ganged["AddressedState"] = keypad.address == 0 ? "Unaddressed" : "Addressed";
  object["AssociatedGangedDevices"] = json::array{{{"Device", std::move(ganged)}, {"GangPosition", 0}}};
  return object;
}

Answer all(Call& call) {
  // The bare list is empty on systems of this kind; clients that know them ask with a filter (leap.md §3.6). Those that
  // ask for the first version of the protocol know no areas and find everything in this list (§5.4).
  if (call.query.empty() && call.caller.major_version > 1) return {};
  const auto filter = call.query.empty() ? std::optional(Filter()) : Filter::parse(call.query);
  if (!filter) return not_supported(call);
  std::vector<json::object> items;
  const auto add = [&](json::object item) {
    if (filter->matches(item)) items.push_back(std::move(item));
  };
  for (const Processor& processor : call.project().processors) add(definition(call, processor));
  for (const Device& device : call.project().devices) add(definition(call, device));
  return ok("MultipleDeviceDefinition", "Devices", items);
}

Answer one(Call& call) {
  if (const Processor* const found = processor(call, call.ids[0])) {
    return ok("OneDeviceDefinition", "Device", definition(call, *found));
  }
  const Device* const found = device(call);
  return found == nullptr ? missing(call) : ok("OneDeviceDefinition", "Device", definition(call, *found));
}

Answer status(Call& call) {
  if (const Processor* const found = processor(call, call.ids[0])) {
    return ok("OneDeviceStatus", "DeviceStatus",
              {{"href", path_of("device", found->number.value, "/status")},
               {"Device", href("device", found->number)},
               {"Availability", "Available"},
               {"StatusAccuracy", "Good"}});
  }
  const Device* const found = device(call);
  if (found == nullptr) return missing(call);
  std::string status;
  append_device_status(status, call.view(), *found);
  return ok(Content::one("OneDeviceStatus", "DeviceStatus", std::move(status)));
}

Answer button_groups(Call& call) {
  return groups(call, "MultipleButtonGroupDefinition", "ButtonGroups", buttons::group);
}

Answer button_groups_expanded(Call& call) {
  return groups(call, "MultipleButtonGroupExpandedDefinition", "ButtonGroupsExpanded", buttons::group_expanded);
}

Answer link_node(Call& call) {
  const Device* const found = device(call);
  if (found == nullptr || call.ids[1] != call.ids[0]) return missing(call);
  return ok("OneLinkNodeDefinition", "LinkNode", node_definition(*found, href("device", found->number)));
}

Answer station(Call& call, const Device& keypad) {
  return ok("OneControlStationDefinition", "ControlStation", control_station(call, keypad));
}

Answer links(Call& call) {
  std::vector<json::object> items;
  for (const Link& link : call.project().links) items.push_back(link_definition(call, link));
  return ok("MultipleLinkDefinition", "Links", items);
}

Answer link(Call& call, const Link& link) { return ok("OneLinkDefinition", "Link", link_definition(call, link)); }

Answer link_status(Call&, const Link& link) {
  return ok("OneLinkStatus", "LinkStatus",
            {{"href", path_of("link", link.number.value, "/status")},
             {"Link", href("link", link.number)},
             {"OperatingModes", json::array{"Normal"}}});
}

Answer link_nodes(Call& call, const Link& link) {
  return ok("MultipleLinkNodeDefinition", "LinkNodes",
            nodes_on(call, link, [](const Device& device) { return href("device", device.number); }));
}

Answer link_nodes_expanded(Call& call, const Link& link) {
  return ok("MultipleLinkNodeExpandedDefinition", "LinkNodesExpanded",
            nodes_on(call, link, [&](const Device& device) { return definition(call, device); }));
}

}  // namespace candela::leap::devices
