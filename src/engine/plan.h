#pragma once

#include <algorithm>
#include <span>
#include <vector>

#include "engine/rows.h"
#include "model/project.h"

namespace candela::engine {

/// No fade and no delay lasts longer; more is cut, so that no sum of times can overflow.
inline constexpr Duration kLongestTime = std::chrono::hours(24);

inline Duration bounded(Duration time) { return std::clamp(time, Duration::zero(), kLongestTime); }

/// The nearest to what was asked that such a load can do; what shall be on is not off.
inline Level reachable(LoadType load, Level level) {
  constexpr std::uint32_t kFanSteps = 4;  // low, medium, medium-high, high
  switch (load) {
    case LoadType::switched:
    case LoadType::contact:
    case LoadType::pulsed_contact: return level.is_on() ? Level::full() : Level::off();
    case LoadType::climate: return Level::off();
    case LoadType::fan: {
      if (!level.is_on()) return Level::off();
      const std::uint32_t step = (level.raw() * kFanSteps + Level::kFullRaw / 2) / Level::kFullRaw;
      return Level::from_percent(100.0 * std::max<std::uint32_t>(step, 1) / kFanSteps);
    }
    default: return level;
  }
}

/// An assignment of a preset, ready to run.
struct Step {
  Slot zone = kNoSlot;
  Level level;
  Duration fade{};
  Duration delay{};
  bool keeps_level = false;  ///< only tilt or colour
  bool tilts = false;
  bool only_dims = false;  ///< a light that goes to its level now, and nothing else: most steps of most presets
  Level tilt;
  Colour colour;
};

/// An action of a preset. A conditional's branches are a range of Plan::branch(), in order.
struct Act {
  const Action* action = nullptr;  ///< in the project
  std::uint32_t first_branch = 0;
  std::uint32_t branch_count = 0;
};

struct BranchPlan {
  const Condition* when = nullptr;  ///< in the project
  Slot preset = kNoSlot;
};

/// What a button does, without the words.
struct ButtonPlan {
  enum class Kind : std::uint8_t {
    nothing,
    toggle,
    advanced_toggle,
    single_action,
    dual_action,
    open_stop_close,
    raise,
    lower,
    master_raise,
    master_lower,
    cycle_dim,
    sequence,
  };
  Kind kind = Kind::nothing;
  bool stops_shades = false;  ///< single action only
  bool keeps_raise_lower_target = false;
  ButtonId number;
  Slot keypad = kNoSlot;
  Slot preset = kNoSlot;      ///< what a press runs, and what LED logic looks at
  Slot second = kNoSlot;      ///< of an advanced toggle while lit, of a dual action's release
  Slot hold = kNoSlot;        ///< a preset
  Slot double_tap = kNoSlot;  ///< a preset
  Slot sequence = kNoSlot;
  Duration off_fade{};  ///< toggle and cycle dim
};

struct SequenceStepPlan {
  Slot preset = kNoSlot;
  Duration then_wait{};
};

struct ScenePlan {
  Slot slot = kNoSlot;
  SceneId number;
};

/// The project's programming in the form in which it runs: presets expanded, numbers replaced by slots, all in flat
/// arrays. Made once when a project is activated, so that a press looks nothing up and stays away from the project's
/// own objects, which are large and full of words. Slots are positions in the project's own lists; what names an object
/// the project does not have is left out. Presets have slots too, whoever owns them; a scene's preset has the scene's.
class Plan {
 public:
  explicit Plan(ProjectPtr project);

  const Project& project() const { return *project_; }
  const ProjectPtr& shared_project() const { return project_; }

  Slot slot(ZoneId id) const { return slot_in(project_->zones, project_->find(id)); }
  Slot slot(SceneId id) const { return slot_in(project_->scenes, project_->find(id)); }
  Slot slot(AreaId id) const { return slot_in(project_->areas, project_->find(id)); }
  Slot slot(ButtonId id) const { return slot_in(project_->buttons, project_->find(id)); }
  Slot slot(LedId id) const { return slot_in(project_->buttons, project_->find(id)); }  ///< of its button
  Slot slot(DeviceId id) const { return slot_in(project_->devices, project_->find(id)); }
  Slot slot(LinkId id) const { return slot_in(project_->links, project_->find(id)); }
  Slot slot(VariableId id) const { return slot_in(project_->variables, project_->find(id)); }
  Slot slot(ModeId id) const { return slot_in(project_->modes, project_->find(id)); }
  Slot slot(SequenceId id) const { return slot_in(project_->sequences, project_->find(id)); }
  Slot slot(TimeclockId id) const { return slot_in(project_->timeclocks, project_->find(id)); }
  Slot slot(TimeclockEventId id) const { return slot_in(project_->timeclock_events, project_->find(id)); }
  Slot slot(OccupancyGroupId id) const { return slot_in(project_->occupancy_groups, project_->find(id)); }
  Slot slot(ShowId id) const { return slot_in(project_->shows, project_->find(id)); }
  Slot slot(FacadeId id) const { return slot_in(project_->facades, project_->find(id)); }

  /// The zones a preset sets, those of its scenes among them. No preset = nothing.
  std::span<const Step> steps(Slot preset) const { return row(steps_, preset); }
  /// The whole scenes that it recalls.
  std::span<const Slot> scenes(Slot preset) const { return row(scenes_, preset); }
  std::span<const Act> acts(Slot preset) const { return row(acts_, preset); }
  std::span<const BranchPlan> branches(const Act& act) const {
    return std::span(branches_).subspan(act.first_branch, act.branch_count);
  }

  std::span<const Step> scene_steps(Slot scene) const { return steps_[scene]; }
  const ButtonPlan& button(Slot button) const { return buttons_[button]; }
  std::span<const Step> button_steps(Slot button) const { return steps(buttons_[button].preset); }
  /// The zones that a button can ramp: they stop when it is released.
  std::span<const Slot> ramped_zones(Slot button) const { return ramped_zones_[button]; }
  /// The zones of an area and of all areas below it.
  std::span<const Slot> zones_within(Slot area) const {
    return std::span(zones_by_area_).subspan(zone_ranges_[area].first, zone_ranges_[area].count);
  }
  /// In the order in which one is preferred: by scene order, then by number.
  std::span<const ScenePlan> scenes_of(Slot area) const { return area_scenes_[area]; }
  /// None for a shared scene.
  Slot area_of_scene(Slot scene) const { return scene_areas_[scene]; }

  std::span<const SequenceStepPlan> sequence_steps(Slot sequence) const { return sequence_steps_[sequence]; }
  Slot preset_at_stop(Slot sequence) const { return presets_at_stop_[sequence]; }
  Slot preset_of_event(Slot event) const { return event_presets_[event]; }
  Slot occupied_preset(Slot group) const { return occupied_presets_[group]; }
  Slot unoccupied_preset(Slot group) const { return unoccupied_presets_[group]; }

 private:
  struct Range {
    std::uint32_t first = 0;
    std::uint32_t count = 0;
  };
  struct Draft;

  template <class T>
  static Slot slot_in(const std::vector<T>& list, const T* object) {
    return object == nullptr ? kNoSlot : static_cast<Slot>(object - list.data());
  }
  template <class T>
  static std::span<const T> row(const Rows<T>& rows, Slot slot) {
    return slot == kNoSlot ? std::span<const T>() : rows[slot];
  }
  Slot add_preset(const Preset& preset, Draft& draft);
  Slot add_preset(const std::optional<Preset>& preset, Draft& draft);
  std::vector<Act> acts_of(const Preset& preset, Draft& draft);
  std::vector<Step> steps_of(const Preset& preset) const;
  std::vector<Slot> scene_slots(const Preset& preset) const;
  std::vector<Slot> ramped_slots(const std::vector<ZoneId>& zones) const;
  std::vector<Slot> ramped_slots(Slot preset, const Draft& draft) const;
  void add_buttons(Draft& draft);
  ButtonPlan plan_of(const Button& button, Draft& draft);
  void add_ramped_zones(const Draft& draft);
  void add_sequences(Draft& draft);
  void sort_zones_by_area();
  void sort_scenes_by_area();

  ProjectPtr project_;
  Rows<Step> steps_;  ///< by preset, as the next two
  Rows<Slot> scenes_;
  Rows<Act> acts_;
  std::vector<BranchPlan> branches_;
  std::vector<Slot> scene_areas_;
  std::vector<ButtonPlan> buttons_;
  Rows<Slot> ramped_zones_;
  std::vector<Slot> zones_by_area_;
  std::vector<Range> zone_ranges_;  ///< by area
  Rows<ScenePlan> area_scenes_;
  Rows<SequenceStepPlan> sequence_steps_;
  std::vector<Slot> presets_at_stop_;
  std::vector<Slot> event_presets_;
  std::vector<Slot> occupied_presets_;
  std::vector<Slot> unoccupied_presets_;
};

}  // namespace candela::engine
