#pragma once

#include <cstdint>
#include <functional>
#include <optional>
#include <span>
#include <string>
#include <string_view>
#include <vector>

#include "model/change.h"
#include "model/describe.h"
#include "model/names.h"

namespace candela {

/// One thing that happened, in words that can still be read when the objects they name are long gone.
struct Happening {
  /// The numbers are in files: none is ever changed or used again.
  enum class Kind : std::uint8_t {
    zone = 1,
    tilt = 2,
    colour = 3,
    climate = 4,
    button = 5,
    scene = 6,
    scene_edit = 7,
    variable = 8,
    mode = 9,
    night = 10,
    sequence = 11,
    timeclock = 12,
    timeclock_event = 13,
    occupancy = 14,
    sensor = 15,
    away = 16,
    emergency = 17,
    load = 18,
    show = 19,
    device = 20,
    link = 21,
    program = 22,
    clock = 23,
    project = 24,
    gap = 25,  ///< so much happened at once that some of it was not kept
    facade = 26,
    access = 27,  ///< somebody administered the processor: who may connect, which project runs
  };

  std::int64_t number = 0;  ///< counts up in the order in which things happened; given by the history
  UtcTime time{};
  Kind kind = Kind::zone;
  std::uint32_t object = 0;  ///< its number; 0 = the whole house
  AreaId area;               ///< where it is; none = in no area
  std::string text;          ///< what is so since: "Hall Ceiling goes to 40 % over 3 s"
  std::string reason;        ///< why: "the second button of Hall Keypad ran Evening"
  bool by_doer = false;      ///< the reason is only who or what did it, as in "client tablet"
  bool by_people = false;    ///< is_doing_of_people()
  Fade fade{};               ///< zones and tilts; its start is not kept: it is `time`

  friend bool operator==(const Happening&, const Happening&) = default;
};
std::string_view word(Happening::Kind kind);  ///< "zone", "scene_edit"...: for programs

/// Which part of the history is wanted; it is given newest first.
struct HistoryQuery {
  std::optional<std::uint32_t> object;
  std::optional<Happening::Kind> kind;
  std::vector<AreaId> areas;    ///< none = all
  std::optional<UtcTime> from;  ///< at or after
  std::optional<UtcTime> to;    ///< before or at
  bool by_people = false;       ///< only what people did
  std::uint32_t limit = 100;
};

/// The change as the history keeps it; none for what is not worth telling later: LEDs, an area that left its scene, a
/// zone that is after a restart or transfer what it was before.
std::optional<Happening> happening(const Change& change, const Project& project, const ClientNames& clients);

/// Why a zone is as it is, over its last changes (`past`, newest first): "Hall Ceiling is at 40 %. 19:02 the second
/// button of Hall Keypad ran Evening, which set it to 40 % over 3 s. Before: 18:31 ...". `state` is how it is or was
/// ("is at 40 %"), `when` says a time as people do.
std::string explain(std::string_view zone, std::string_view state, std::span<const Happening> past,
                    const std::function<std::string(UtcTime)>& when);

}  // namespace candela
