#pragma once

#include <algorithm>
#include <array>
#include <optional>
#include <string>
#include <string_view>
#include <variant>
#include <vector>

#include "base/result.h"
#include "base/spelling.h"
#include "model/project.h"

namespace candela::rehearsal {

/// "there is no zone 'hall-ceilng'; did you mean 'hall-ceiling'?"
Error no_such(std::string_view kind, std::string_view id, std::string_view likely);

template <class Object>
void add_ids(const std::vector<Object>& objects, std::vector<std::string_view>& ids) {
  for (const Object& object : objects) ids.emplace_back(object.id);
}

/// The object of that id, or an error that names the nearest.
template <class Object>
Result<const Object*> look_up(const std::vector<Object>& objects, std::string_view kind, std::string_view id) {
  const auto found = std::find_if(objects.begin(), objects.end(), [&](const Object& it) { return it.id == id; });
  if (found != objects.end()) return &*found;
  std::vector<std::string_view> ids;
  add_ids(objects, ids);
  return no_such(kind, id, nearest(id, ids));
}

/// A zone, or an area with all that is in it.
using Place = std::variant<const Zone*, const Area*>;
Result<Place> look_up_place(const Project& project, std::string_view id);
/// The zones of a place: the one, or all of an area and its child areas.
std::vector<const Zone*> zones_of(const Place& place, const Project& project);

/// A zone with such a load; the error says what it is not: "fan".
Result<const Zone*> look_up_load(const Project& project, std::string_view kind, std::string_view id,
                                 bool (*fits)(LoadType));
constexpr bool is_fan(LoadType load) { return load == LoadType::fan; }
constexpr bool is_contact(LoadType load) { return load == LoadType::contact || load == LoadType::pulsed_contact; }
constexpr bool is_thermostat(LoadType load) { return load == LoadType::climate; }
constexpr bool is_tilting(LoadType load) { return load == LoadType::tilting_shade; }

/// The position of a word in a list, such as a variable's state; the error lists what there is.
template <class Words>
Result<std::uint8_t> position_of(const Words& words, std::string_view word, std::string_view what) {
  std::string all;
  std::uint8_t position = 0;
  for (const std::string_view it : words) {
    if (it == word) return position;
    ++position;
    all.append(all.empty() ? "" : ", ").append(it);
  }
  return Error{std::string(what) + " is never '" + std::string(word) + "'; it is one of: " + all};
}

inline constexpr std::array<std::string_view, 4> kLedWords{"off", "on", "flashing", "flashing rapidly"};
/// In steps of 25 %, as in the project file.
inline constexpr std::array<std::string_view, 5> kFanWords{"off", "low", "medium", "medium-high", "high"};
inline constexpr std::array<std::string_view, 4> kClimateWords{"off", "heat", "cool", "automatic"};
inline constexpr std::array<std::string_view, 4> kOccupancyWords{"unknown", "occupied", "unoccupied", "partial"};
inline constexpr std::array<std::string_view, 4> kOccupancyModeWords{"automatic", "vacancy", "low-light", "disabled"};

}  // namespace candela::rehearsal
