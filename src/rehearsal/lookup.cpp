#include "rehearsal/lookup.h"

namespace candela::rehearsal {
namespace {

bool is_within(const Project& project, AreaId area, AreaId outer) {
  for (const Area* it = project.find(area); it != nullptr; it = project.find(it->parent)) {
    if (it->number == outer) return true;
  }
  return false;
}

}  // namespace

Error no_such(std::string_view kind, std::string_view id, std::string_view likely) {
  std::string message = "the project has no " + std::string(kind) + " '" + std::string(id) + "'";
  if (!likely.empty()) message += "; did you mean '" + std::string(likely) + "'?";
  return Error{message};
}

Result<Place> look_up_place(const Project& project, std::string_view id) {
  if (const Zone* zone = project.find_zone(id)) return Place{zone};
  if (const Area* area = project.find_area(id)) return Place{area};
  std::vector<std::string_view> ids;
  add_ids(project.zones, ids);
  add_ids(project.areas, ids);
  return no_such("zone or area", id, nearest(id, ids));
}

Result<const Zone*> look_up_load(const Project& project, std::string_view kind, std::string_view id,
                                 bool (*fits)(LoadType)) {
  auto zone = look_up(project.zones, "zone", id);
  if (zone && !fits((*zone)->load)) return Error{"the zone '" + std::string(id) + "' is no " + std::string(kind)};
  return zone;
}

std::vector<const Zone*> zones_of(const Place& place, const Project& project) {
  if (const auto* zone = std::get_if<const Zone*>(&place)) return {*zone};
  const AreaId outer = std::get<const Area*>(place)->number;
  std::vector<const Zone*> zones;
  for (const Zone& zone : project.zones) {
    if (is_within(project, zone.area, outer)) zones.push_back(&zone);
  }
  return zones;
}

}  // namespace candela::rehearsal
