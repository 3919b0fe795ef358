#include "servers/leap/handlers.h"
#include "servers/leap/statuses.h"

namespace candela::leap::occupancy {
namespace {

namespace json = boost::json;

json::object definition(const OccupancyGroup& group) {
  json::array sensors;
  for (const DeviceId sensor : group.sensors) {
    // A sensor goes by its device's number.
    sensors.push_back(json::object{{"OccupancySensor", href("occupancysensor", sensor)}});
  }
  json::object object = href("occupancygroup", group.number);
  object["Name"] = group.name;
  object["AssociatedAreas"] = json::array{{{"Area", href("area", group.area)}}};
  if (!sensors.empty()) object["AssociatedSensors"] = std::move(sensors);
  object["ProgrammingType"] = "Freeform";
  object["ProgrammingModel"] = href("programmingmodel", group.number);
  object["OccupiedActionSchedule"] = {{"ScheduleType", "None"}};
  object["UnoccupiedActionSchedule"] = {{"ScheduleType", "None"}};
  return object;
}

}  // namespace

Answer groups(Call& call) {
  std::vector<json::object> items;
  for (const OccupancyGroup& group : call.project().occupancy_groups) items.push_back(definition(group));
  return ok("MultipleOccupancyGroupDefinition", "OccupancyGroups", items);
}

Answer group(Call&, const OccupancyGroup& group) {
  return ok("OneOccupancyGroupDefinition", "OccupancyGroup", definition(group));
}

Answer statuses(Call& call) {
  std::vector<OccupancyGroupId> all;
  for (const OccupancyGroup& group : call.project().occupancy_groups) all.push_back(group.number);
  return ok(occupancy_statuses(call.view(), all));
}

}  // namespace candela::leap::occupancy
