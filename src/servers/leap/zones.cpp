#include <algorithm>
#include <boost/json/parse.hpp>

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

json::object category(const Zone& zone) {
  return {{"Type", is_light(zone) ? "" : "NotALight"}, {"IsLight", is_light(zone)}};
}

/// A zone's load controller goes by the zone's number. nullptr for a zone that no device on a link drives.
const DeviceOutput* device_of(const Zone& zone) { return std::get_if<DeviceOutput>(&zone.output); }

json::object load_controller_of(const Zone& zone) {
  json::object controller = href("loadcontroller", zone.number);
  controller["Parent"] = href("device", device_of(zone)->device);
  controller["AssociatedZone"] = href("zone", zone.number);
  return controller;
}

}  // namespace

json::object definition(const Call& call, const Zone& zone) {
  const std::string_view type = compatibility::control_type(zone.load);
  json::object object = href("zone", zone.number);
  object["XID"] = stable_id(call.context.identity.serial, zone.number.value);
  object["Name"] = zone.name;
  object["AvailableControlTypes"] = compatibility::control_types(zone.load);
  object["Category"] = category(zone);
  object["AssociatedArea"] = href("area", zone.area);
  object["SortOrder"] = order_of(call, zone);
  object["ControlType"] = type;
  if (has_colour(zone.load)) {
    object["ColorTuningProperties"] = {{"WhiteTuningLevelRange", {{"Min", zone.warmest}, {"Max", zone.coolest}}}};
  }
  return object;
}

json::object expanded_status(const Call& call, const Zone& zone) {
  std::string text;
  append_zone_status(text, call.view(), zone, look_of(call.view(), zone, call.now()), Use::snapshot);
  json::object status = json::parse(text).as_object();
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
  append_zone_status(status, call.view(), zone, look_of(call.view(), zone, call.now()), Use::snapshot);
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
  if (device_of(zone) == nullptr) return {};
  return ok("MultipleLoadControllerDefinition", "LoadControllers", std::vector{load_controller_of(zone)});
}

Answer load_controller(Call& call, const Zone& zone) {
  return device_of(zone) == nullptr ? missing(call)
                                    : ok("OneLoadControllerDefinition", "LoadController", load_controller_of(zone));
}

Answer load_controller_status(Call& call, const Zone& zone) {
  if (device_of(zone) == nullptr) return missing(call);
  return ok("OneLoadControllerStatus", "LoadControllerStatus",
            {{"href", path_of("loadcontroller", zone.number.value, "/status")},
             {"LoadController", href("loadcontroller", zone.number)},
             {"Level", look_of(call.view(), zone, call.now()).level.whole_percent()},
             {"StatusAccuracy", is_confirmed(call.view(), zone) ? "Good" : "Bad"}});
}

}  // namespace candela::leap::zones
