#pragma once

#include <cstdint>
#include <optional>
#include <vector>

#include "base/ids.h"
#include "base/level.h"
#include "base/time.h"
#include "model/event.h"
#include "model/programming.h"

namespace candela {

/// What is remembered over a restart. Fades are kept as formulas against UTC: a light that was fading when the plug was
/// pulled is, afterwards, where its fade has brought it.
struct SavedState {
  struct Zone {
    ZoneId zone;
    Level from;
    Level to;
    UtcTime start{};
    Duration duration{};
    friend bool operator==(const Zone&, const Zone&) = default;
  };
  struct Led {
    LedId led;
    LedState state = LedState::off;
    friend bool operator==(const Led&, const Led&) = default;
  };
  struct Tilt {
    ZoneId zone;
    Level tilt;
    friend bool operator==(const Tilt&, const Tilt&) = default;
  };
  struct ZoneColour {
    ZoneId zone;
    Colour colour;
    friend bool operator==(const ZoneColour&, const ZoneColour&) = default;
  };
  struct Climate {
    ZoneId zone;
    ClimateMode mode = ClimateMode::off;
    std::int16_t heat_to = 0;
    std::int16_t cool_to = 0;
    friend bool operator==(const Climate&, const Climate&) = default;
  };
  struct Variable {
    VariableId variable;
    std::uint8_t state = 0;
    friend bool operator==(const Variable&, const Variable&) = default;
  };
  struct SceneEdit {
    SceneId scene;
    std::vector<Assignment> assignments;
    friend bool operator==(const SceneEdit&, const SceneEdit&) = default;
  };
  struct TimeclockState {
    TimeclockId timeclock;
    bool enabled = true;
    friend bool operator==(const TimeclockState&, const TimeclockState&) = default;
  };
  struct TimeclockEventState {
    TimeclockEventId event;
    std::optional<bool> enabled;       ///< as somebody set it
    std::optional<std::int32_t> done;  ///< the last local date that was done (see TimeclockEventPassed)
    friend bool operator==(const TimeclockEventState&, const TimeclockEventState&) = default;
  };
  struct OccupancyState {
    OccupancyGroupId group;
    OccupancyMode mode = OccupancyMode::automatic;  ///< as somebody set it
    friend bool operator==(const OccupancyState&, const OccupancyState&) = default;
  };
  /// What was last known of an occupancy group, before its sensors were lost or the processor stopped.
  struct GroupInUse {
    OccupancyGroupId group;
    bool in_use = false;  ///< occupied or partial
    friend bool operator==(const GroupInUse&, const GroupInUse&) = default;
  };
  struct Sensor {
    DeviceId sensor;
    bool enabled = true;
    friend bool operator==(const Sensor&, const Sensor&) = default;
  };
  struct Facade {
    FacadeId facade;
    bool enabled = true;  ///< as somebody set it
    friend bool operator==(const Facade&, const Facade&) = default;
  };
  /// People set a zone that away plays with (engine/away_record.h).
  struct Switching {
    ZoneId zone;
    Level level;
    UtcTime at{};
    friend bool operator==(const Switching&, const Switching&) = default;
  };

  std::vector<Zone> zones;
  std::vector<Led> leds;  ///< those that clients set
  std::vector<Tilt> tilts;
  std::vector<ZoneColour> colours;
  std::vector<Climate> climates;
  std::vector<Variable> variables;
  std::vector<SceneEdit> scene_edits;
  std::vector<TimeclockState> timeclocks;
  std::vector<TimeclockEventState> timeclock_events;
  std::vector<OccupancyState> occupancy;
  std::vector<GroupInUse> groups_in_use;
  std::vector<Sensor> sensors;
  std::vector<ShowId> shows;  ///< that ran
  std::vector<Facade> facades;
  ModeId mode;  ///< none = the first
  bool away = false;
  std::vector<Switching> switchings;  ///< of the last 14 days
  std::vector<ZoneId> lit_by_away;    ///< what away switched on and is to switch off again
  bool emergency = false;
  std::uint8_t shed_percent = 0;
  /// When the processor was last known to run; none at the first start. A clock that is now earlier is wrong.
  std::optional<UtcTime> last_alive;
};

}  // namespace candela
