#include "rehearsal/lookup.h"

#include <numeric>

namespace candela::rehearsal {
namespace {

/// Ids are shorter; whatever is longer is no slip of a finger.
constexpr std::size_t kLongestCompared = 64;

bool is_within(const Project& project, AreaId area, AreaId outer) {
  for (const Area* it = project.find(area); it != nullptr; it = project.find(it->parent)) {
    if (it->number == outer) return true;
  }
  return false;
}

}  // namespace

std::size_t distance(std::string_view a, std::string_view b) {
  a = a.substr(0, kLongestCompared);
  b = b.substr(0, kLongestCompared);
  std::vector<std::size_t> row(b.size() + 1);
  std::iota(row.begin(), row.end(), std::size_t{0});
  for (std::size_t i = 0; i < a.size(); ++i) {
    std::size_t diagonal = std::exchange(row[0], i + 1);
    for (std::size_t j = 0; j < b.size(); ++j) {
      const std::size_t changed = diagonal + (a[i] == b[j] ? 0 : 1);
      diagonal = row[j + 1];
      row[j + 1] = std::min({changed, row[j] + 1, row[j + 1] + 1});
    }
  }
  return row.back();
}

Error no_such(std::string_view kind, std::string_view id, std::string_view nearest) {
  std::string message = "the project has no " + std::string(kind) + " '" + std::string(id) + "'";
  if (!nearest.empty()) message += "; did you mean '" + std::string(nearest) + "'?";
  return Error{message};
}

Result<Place> look_up_place(const Project& project, std::string_view id) {
  if (const Zone* zone = project.find_zone(id)) return Place{zone};
  if (const Area* area = project.find_area(id)) return Place{area};
  const std::string zone = nearest_id(project.zones, id);
  const std::string area = nearest_id(project.areas, id);
  const bool area_is_nearer = zone.empty() || (!area.empty() && distance(area, id) < distance(zone, id));
  return no_such("zone or area", id, area_is_nearer ? area : zone);
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
