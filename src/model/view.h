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
  };
  struct DeviceState {
    bool present = false;
    bool known = false;  ///< whether its link has said anything about it yet
    DeviceFault fault = DeviceFault::none;
    UtcTime changed{};
  };

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

 private:
  template <class Id, class State>
  using Table = std::unordered_map<Id, State>;

  ProjectPtr project_;
  Table<ZoneId, ZoneState> zones_;
  Table<LedId, LedState> leds_;
  Table<AreaId, SceneId> scenes_;
  Table<DeviceId, DeviceState> devices_;
  Table<LinkId, LinkFault> links_;
};

}  // namespace candela
