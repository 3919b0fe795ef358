#pragma once

#include <algorithm>
#include <array>
#include <cstdint>
#include <optional>
#include <span>
#include <string_view>
#include <utility>

#include "base/colour.h"
#include "base/level.h"
#include "model/project.h"
#include "project/complaints.h"
#include "project/loads.h"
#include "project/tree.h"

namespace candela::project {

/// How programs say what a zone shall do. What does not suit the zone's load is complained about and then nothing.

/// Percent, or a word of the load: on, off; low, medium, medium-high, high (fans); open, closed (shades, contacts).
/// Complains about a level that the load cannot have (rule load-level).
std::optional<Level> level_of(const Node& node, const Zone& zone, Complaints& complaints);
/// `kelvin`, `colour: {x, y}`, or `hue` with `saturation`, and `vibrancy`, of a map. None when it has none of them.
/// Complains about colours that are none (bad-colour) and that the load does not have (load-colour).
Colour colour_of(const Node& map, const Zone& zone, Complaints& complaints);
/// `tilt` of a map, in percent. Complains when the load does not tilt (load-tilt).
std::optional<Level> tilt_of(const Node& map, const Zone& zone, Complaints& complaints);

/// Words of a project file and what they stand for.
template <class T, std::size_t count>
using Words = std::array<std::pair<std::string_view, T>, count>;

/// Complains that a scalar is none of the words (rule unknown-word), and suggests one.
void complain_of_word(const Node& node, std::span<const std::string_view> known, Complaints& complaints);

/// What a scalar's word stands for; nothing when it is none of them, about which the schema has complained.
template <class T, std::size_t count>
std::optional<T> known_meaning_of(const Node& node, const Words<T, count>& words) {
  const auto is_it = [&](const auto& word) { return word.first == node.text; };
  const auto found = std::find_if(words.begin(), words.end(), is_it);
  return node.is_scalar() && found != words.end() ? std::optional<T>(found->second) : std::nullopt;
}

/// The same for words that the schema cannot know; complains.
template <class T, std::size_t count>
std::optional<T> meaning_of(const Node& node, const Words<T, count>& words, Complaints& complaints) {
  const auto meaning = known_meaning_of(node, words);
  if (meaning || !node.is_scalar()) return meaning;
  std::array<std::string_view, count> known{};
  std::transform(words.begin(), words.end(), known.begin(), [](const auto& word) { return word.first; });
  complain_of_word(node, known, complaints);
  return std::nullopt;
}

}  // namespace candela::project
