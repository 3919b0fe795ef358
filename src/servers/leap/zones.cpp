#include <algorithm>

#include "protocols/leap/filter.h"
#include "servers/leap/compatibility.h"
#include "servers/leap/handlers.h"
#include "servers/leap/statuses.h"

namespace candela::leap::zones {
namespace {

namespace json = boost::json;

std::size_t order_of(const Call& call, const Zone& zone) {
  const Area* const area = call.project().find(zone.area);
  if (area == nullptr) return 0;
  return static_cast<std::size_t>(std::find(area->zones.begin(), area->zones.end(), zone.number) - area->zones.begin());
}

json::object category(const Zone&) { return {{"Type", ""}, {"IsLight", true}}; }

}  // namespace

json::object definition(const Call& call, const Zone& zone) {
  const std::string_view type = compatibility::control_type(zone.load);
  json::object object = href("zone", zone.number);
  object["XID"] = stable_id(call.context.identity.serial, zone.number.value);
  object["Name"] = zone.name;
  object["AvailableControlTypes"] = json::array{type};
  object["Category"] = category(zone);
  object["AssociatedArea"] = href("area", zone.area);
  object["SortOrder"] = order_of(call, zone);
  object["ControlType"] = type;
  return object;
}

json::object expanded_status(const Call& call, const Zone& zone) {
  const int level = shown_level(call.view(), zone.number, call.now()).whole_percent();
  json::object status{{"href", path_of("zone", zone.number.value, "/status")}, {"Level", level}};
  if (zone.load == LoadType::switched) status["SwitchedLevel"] = level > 0 ? "On" : "Off";
  status["StatusAccuracy"] = is_confirmed(call.view(), zone) ? "Good" : "Bad";
  status["ZoneLockState"] = "Unlocked";
  json::object described = href("zone", zone.number);
  described["Name"] = zone.name;
  described["ControlType"] = compatibility::control_type(zone.load);
  described["AssociatedArea"] = href("area", zone.area);
  described["Category"] = category(zone);
  described["SortOrder"] = order_of(call, zone);
  status["Zone"] = std::move(described);
  return status;
}

Answer one(Call& call, const Zone& zone) { return ok("OneZoneDefinition", "Zone", definition(call, zone)); }

Answer status(Call& call, const Zone& zone) {
  std::string status;
  append_zone_status(status, call.view(), zone, shown_level(call.view(), zone.number, call.now()), Use::snapshot);
  return ok(Content::one("OneZoneStatus", "ZoneStatus", std::move(status)));
}

Answer one_expanded_status(Call& call, const Zone& zone) {
  return ok("OneZoneExpandedStatus", "ZoneExpandedStatus", expanded_status(call, zone));
}

Answer statuses(Call& call) {
  std::vector<ZoneId> all;
  for (const Zone& zone : call.project().zones) all.push_back(zone.number);
  return ok(zone_statuses(call.view(), all, call.now(), Use::snapshot));
}

Answer expanded_statuses(Call& call) {
  const auto filter = Filter::parse(call.query);
  if (!filter) return not_supported(call);
  std::vector<json::object> items;
  for (const Zone& zone : call.project().zones) {
    json::object item = expanded_status(call, zone);
    if (filter->matches(item)) items.push_back(std::move(item));
  }
  return ok("MultipleZoneExpandedStatus", "ZoneExpandedStatuses", items);
}

Answer load_controllers(Call&, const Zone& zone) {
  // A zone has one output, so its load controller goes by the zone's number.
  const auto* const output = std::get_if<DeviceOutput>(&zone.output);
  if (output == nullptr) return {};
  json::object controller = href("loadcontroller", zone.number);
  controller["Parent"] = href("device", output->device);
  controller["AssociatedZone"] = href("zone", zone.number);
  return ok("MultipleLoadControllerDefinition", "LoadControllers", std::vector{std::move(controller)});
}

}  // namespace candela::leap::zones
