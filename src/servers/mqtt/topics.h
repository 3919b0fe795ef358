#pragma once

#include <compare>
#include <cstdint>
#include <functional>
#include <optional>
#include <string>
#include <string_view>

#include "base/result.h"
#include "model/project.h"

namespace candela::servers::mqtt {

/// What has topics of its own. They are called as in the HTTP API.
enum class Kind : std::uint8_t {
  zone,
  area,
  scene,
  button,
  device,
  link,
  variable,
  sequence,
  show,
  timeclock,
  timeclock_event,
  occupancy,
  facade,
  house,
};

/// An object of the project; the house has the number 0.
struct Object {
  Kind kind = Kind::house;
  std::uint32_t number = 0;
  friend auto operator<=>(const Object&, const Object&) = default;
};

/// "zones", "areas", ...
std::string_view segment(Kind kind);

/// PREFIX/zones/hall-ceiling/level; of the house PREFIX/house/mode.
std::string topic_of(std::string_view prefix, Kind kind, std::string_view id, std::string_view what);

/// The parts of a topic below the prefix; `id` is empty for the house.
struct TopicParts {
  Kind kind = Kind::house;
  std::string_view id;
  std::string_view what;
  bool is_command = false;  ///< ends in /set
};
/// None when it is no topic of ours by its form.
std::optional<TopicParts> read_topic(std::string_view prefix, std::string_view topic);

/// The object of that id; none when the project has no such thing.
std::optional<Object> find(const Project& project, Kind kind, std::string_view id);
/// The id of an object; empty when the project has it no more, and for the house.
std::string_view id_of(const Project& project, Object object);
/// All of them, the house last.
void for_each(const Project& project, const std::function<void(Object, std::string_view)>& take);

/// May stand in a topic: 1 to 128 letters, digits, '-', '_' and '.'. No wildcard, no slash, nothing that is not ASCII.
bool is_topic_word(std::string_view text);
/// One or more topic words with slashes between them, 128 characters at most, and not what begins a command or a
/// broker's own topics ("$SYS").
Outcome check_prefix(std::string_view prefix);

}  // namespace candela::servers::mqtt
