#include <algorithm>

#include "servers/leap/handlers.h"
#include "servers/leap/statuses.h"

namespace candela::leap::areas {
namespace {

namespace json = boost::json;

/// The area's place among its siblings.
std::size_t order_of(const Call& call, const Area& area) {
  const Area* const parent = call.project().find(area.parent);
  if (parent == nullptr) return 0;
  const auto place = std::find(parent->children.begin(), parent->children.end(), area.number);
  return static_cast<std::size_t>(place - parent->children.begin());
}

json::object summary_of(const Call& call, const Area& area) {
  json::object object = href("area", area.number);
  object["XID"] = stable_id(call.context.identity.serial, area.number.value);
  object["Name"] = area.name;
  if (area.parent) object["Parent"] = href("area", area.parent);
  object["SortOrder"] = order_of(call, area);
  object["IsLeaf"] = area.children.empty();
  return object;
}

std::vector<const Device*> keypads_of(const Call& call, const Area& area) {
  std::vector<const Device*> keypads;
  for (const DeviceId id : area.devices) {
    const Device* const device = call.project().find(id);
    if (device != nullptr && device->is_keypad()) keypads.push_back(device);
  }
  return keypads;
}

json::object definition(const Call& call, const Area& area) {
  json::object object = summary_of(call, area);
  if (!area.zones.empty()) object["AssociatedZones"] = hrefs("zone", area.zones);
  json::array stations;
  for (const Device* keypad : keypads_of(call, area)) stations.push_back(href("controlstation", keypad->station));
  if (!stations.empty()) object["AssociatedControlStations"] = std::move(stations);
  json::array groups;
  for (const OccupancyGroup& group : call.project().occupancy_groups) {
    if (group.area == area.number) groups.push_back(href("occupancygroup", group.number));
  }
  if (!groups.empty()) object["AssociatedOccupancyGroups"] = std::move(groups);
  return object;
}

/// One object for each of an area's things that the project has.
template <class Ids, class Describe>
std::vector<json::object> describe_all(const Call& call, const Ids& ids, Describe describe) {
  std::vector<json::object> items;
  for (const auto id : ids) {
    if (const auto* const object = call.project().find(id)) items.push_back(describe(*object));
  }
  return items;
}

}  // namespace

Answer all(Call& call) {
  std::vector<json::object> items;
  for (const Area& area : call.project().areas) items.push_back(summary_of(call, area));
  return ok("MultipleAreaDefinition", "Areas", items);
}

Answer root(Call& call) {
  return call.project().areas.empty() ? missing(call) : one(call, call.project().areas.front());
}

Answer one(Call& call, const Area& area) { return ok("OneAreaDefinition", "Area", definition(call, area)); }

Answer summary(Call& call, const Area& area) {
  return ok("OneAreaSummaryDefinition", "AreaSummary", summary_of(call, area));
}

Answer child_summaries(Call& call, const Area& area) {
  return ok("MultipleAreaSummaryDefinition", "AreaSummaries",
            describe_all(call, area.children, [&](const Area& child) { return summary_of(call, child); }));
}

Answer zones(Call& call, const Area& area) {
  return ok("MultipleZoneDefinition", "Zones",
            describe_all(call, area.zones, [&](const Zone& zone) { return leap::zones::definition(call, zone); }));
}

Answer zone_statuses(Call& call, const Area& area) {
  return ok(leap::zone_statuses(call.view(), area.zones, call.now(), Use::snapshot));
}

Answer zone_expanded_statuses(Call& call, const Area& area) {
  return ok("MultipleZoneExpandedStatus", "ZoneExpandedStatuses",
            describe_all(call, area.zones, [&](const Zone& zone) { return leap::zones::expanded_status(call, zone); }));
}

Answer control_stations(Call& call, const Area& area) {
  std::vector<json::object> items;
  for (const Device* keypad : keypads_of(call, area)) items.push_back(devices::control_station(call, *keypad));
  return ok("MultipleControlStationDefinition", "ControlStations", items);
}

Answer scenes(Call& call, const Area& area) {
  std::vector<json::object> items = describe_all(call, area.scenes, leap::scenes::definition);
  // Shared scenes belong to the whole house, so the root can go to them.
  if (&area == &call.project().areas.front()) {
    for (const Scene& scene : call.project().scenes) {
      if (scene.shared) items.push_back(leap::scenes::definition(scene));
    }
  }
  return ok("MultipleAreaSceneDefinition", "AreaScenes", items);
}

Answer status(Call& call, const Area& area) { return ok(area_status(call.view(), area, call.now(), Use::snapshot)); }

Answer statuses(Call& call) {
  std::vector<AreaId> all;
  for (const Area& area : call.project().areas) all.push_back(area.number);
  return ok(area_statuses(call.view(), all, call.now(), Use::snapshot));
}

}  // namespace candela::leap::areas
