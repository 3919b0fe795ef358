#pragma once

#include <algorithm>
#include <array>
#include <optional>
#include <string>
#include <string_view>
#include <variant>
#include <vector>

#include "base/result.h"
#include "model/project.h"

namespace candela::rehearsal {

/// The id of all of `objects` that looks most like this one; empty when none does.
template <class Objects>
std::string nearest_id(const Objects& objects, std::string_view id);

/// How many letters have to be changed, left out or added; counted up to `limit`.
std::size_t distance(std::string_view a, std::string_view b);

/// "there is no zone 'hall-ceilng'; did you mean 'hall-ceiling'?"
Error no_such(std::string_view kind, std::string_view id, std::string_view nearest);

template <class Objects>
std::string nearest_id(const Objects& objects, std::string_view id) {
  std::string nearest;
  std::size_t best = id.size() / 2 + 1;
  for (const auto& object : objects) {
    const std::size_t its = distance(object.id, id);
    if (its >= best) continue;
    best = its;
    nearest = object.id;
  }
  return nearest;
}

/// The object of that id, or an error that names the nearest.
template <class Object>
Result<const Object*> look_up(const std::vector<Object>& objects, std::string_view kind, std::string_view id) {
  const auto found = std::find_if(objects.begin(), objects.end(), [&](const Object& it) { return it.id == id; });
  if (found != objects.end()) return &*found;
  return no_such(kind, id, nearest_id(objects, id));
}

/// A zone, or an area with all that is in it.
using Place = std::variant<const Zone*, const Area*>;
Result<Place> look_up_place(const Project& project, std::string_view id);
/// The zones of a place: the one, or all of an area and its child areas.
std::vector<const Zone*> zones_of(const Place& place, const Project& project);

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
inline constexpr std::array<std::string_view, 4> kOccupancyWords{"unknown", "occupied", "unoccupied", "partial"};
inline constexpr std::array<std::string_view, 4> kOccupancyModeWords{"automatic", "vacancy", "low-light", "disabled"};

}  // namespace candela::rehearsal
