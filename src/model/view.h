#pragma once

#include <optional>
#include <span>
#include <unordered_map>
#include <vector>

#include "base/fade.h"
#include "model/change.h"
#include "model/project.h"

namespace candela {

/// A replica of the home, built from changes: what servers, links and the store read. Each thread has its own, so a
/// slow reader never waits on a light, and a light never on a reader. No locks: one thread only.
class View {
 public:
  struct ZoneState {
    Fade fade;
    Cause cause;        ///< of the last ZoneTargeted
    UtcTime changed{};  ///< when that was
    Fade tilt;
    Colour colour_from;
    Colour colour;  ///< where it is, or is going from colour_from
    MonoTime colour_start{};
    Duration colour_duration{};
  };
  struct DeviceState {
    bool present = false;
    bool known = false;  ///< whether its link has said anything about it yet
    DeviceFault fault = DeviceFault::none;
    UtcTime changed{};
  };

  struct ClimateState {
    ClimateMode mode = ClimateMode::off;
    std::int16_t heat_to = kFirstHeatTo;  ///< degrees Celsius in hundredths, as the others
    std::int16_t cool_to = kFirstCoolTo;
    std::int16_t temperature = 0;
  };
  struct TimeclockEventState {
    std::optional<bool> enabled;  ///< none = as the project says
    std::optional<TimeclockEventPassed> last;
    UtcTime passed{};
  };
  /// What holds for the whole house.
  struct HouseState {
    ModeId mode;
    bool night = false;
    bool away = false;
    bool emergency = false;
    std::uint8_t shed_percent = 0;
    bool clock_trusted = true;
  };
  using Assignments = std::shared_ptr<const std::vector<Assignment>>;

  View() = default;
  explicit View(ProjectPtr project) : project_(std::move(project)) {}

  void apply(const Change& change);
  void apply(std::span<const Change> changes) {
    for (const Change& change : changes) apply(change);
  }

  /// Never null once a project was given or activated.
  const ProjectPtr& project() const { return project_; }
  /// Off since ever for a zone that nothing was heard of.
  const ZoneState& zone(ZoneId id) const;
  Level level(ZoneId id, MonoTime now) const { return zone(id).fade.at(now); }
  LedState led(LedId id) const;
  SceneId scene(AreaId id) const;  ///< none when no scene is active
  const DeviceState& device(DeviceId id) const;
  LinkFault link(LinkId id) const;
  /// What the scene's zones are since it was edited while running; null = as the project says.
  Assignments scene_edit(SceneId id) const;
  const ClimateState& climate(ZoneId id) const;
  std::uint8_t variable(VariableId id) const;  ///< position of its state
  bool is_running(SequenceId id) const;
  bool is_running(ShowId id) const;
  bool is_enabled(TimeclockId id) const;
  bool is_enabled(TimeclockEventId id) const;
  const TimeclockEventState& timeclock_event(TimeclockEventId id) const;
  Occupancy occupancy(OccupancyGroupId id) const;
  OccupancyMode occupancy_mode(OccupancyGroupId id) const;
  bool is_enabled(DeviceId sensor) const;
  bool is_enabled(FacadeId id) const;
  /// Where the facade wants its shades; none = it is switched off, or has wanted nothing yet.
  std::optional<Level> wanted(FacadeId id) const;
  /// Its shades that go or stand elsewhere, because somebody or another program moved them. Empty while it wants
  /// nothing.
  std::vector<ZoneId> shades_elsewhere(FacadeId id) const;
  const HouseState& house() const { return house_; }

 private:
  template <class Id, class State>
  using Table = std::unordered_map<Id, State>;

  ProjectPtr project_;
  Table<ZoneId, ZoneState> zones_;
  Table<LedId, LedState> leds_;
  Table<AreaId, SceneId> scenes_;
  Table<DeviceId, DeviceState> devices_;
  Table<LinkId, LinkFault> links_;
  Table<SceneId, Assignments> scene_edits_;
  Table<ZoneId, ClimateState> climates_;
  Table<VariableId, std::uint8_t> variables_;
  Table<SequenceId, bool> sequences_;
  Table<ShowId, bool> shows_;
  Table<TimeclockId, bool> timeclocks_;
  Table<TimeclockEventId, TimeclockEventState> timeclock_events_;
  Table<OccupancyGroupId, Occupancy> occupancies_;
  Table<OccupancyGroupId, OccupancyMode> occupancy_modes_;
  Table<DeviceId, bool> sensors_;
  Table<FacadeId, bool> facades_;
  Table<FacadeId, Level> facade_levels_;
  HouseState house_;
};

}  // namespace candela
