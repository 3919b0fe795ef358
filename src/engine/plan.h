#pragma once

#include <algorithm>
#include <span>
#include <vector>

#include "engine/rows.h"
#include "model/project.h"

namespace candela::engine {

/// No fade and no delay lasts longer; more is cut, so that no sum of times can
/// overflow.
inline constexpr Duration kLongestTime = std::chrono::hours(24);

inline Duration bounded(Duration time) {
  return std::clamp(time, Duration::zero(), kLongestTime);
}

/// The nearest to what was asked that such a load can do; what shall be on is
/// not off.
inline Level reachable(LoadType load, Level level) {
  constexpr std::uint32_t kFanSteps = 4; // low, medium, medium-high, high
  switch (load) {
  case LoadType::switched:
  case LoadType::contact:
  case LoadType::pulsed_contact:
    return level.is_on() ? Level::full() : Level::off();
  case LoadType::climate:
    return Level::off();
  case LoadType::fan: {
    if (!level.is_on())
      return Level::off();
    const std::uint32_t step =
        (level.raw() * kFanSteps + Level::kFullRaw / 2) / Level::kFullRaw;
    return Level::from_percent(100.0 * std::max<std::uint32_t>(step, 1) /
                               kFanSteps);
  }
  default:
    return level;
  }
}

/// An assignment of a preset, ready to run.
struct Step {
  Slot zone = kNoSlot;
  Level level;
  Duration fade{};
  Duration delay{};
  bool keeps_level = false; ///< only tilt or colour
  bool tilts = false;
  Level tilt;
  Colour colour;
};

/// What a button does, without the words.
struct ButtonPlan {
  enum class Kind : std::uint8_t {
    nothing,
    toggle,
    single_action,
    raise,
    lower
  };
  Kind kind = Kind::nothing;
  ButtonId number;
  Duration off_fade{}; ///< toggle only
};

struct ScenePlan {
  Slot slot = kNoSlot;
  SceneId number;
};

/// The project's programming in the form in which it runs: presets expanded,
/// numbers replaced by slots, all in flat arrays. Made once when a project is
/// activated, so that a press looks nothing up and stays away from the
/// project's own objects, which are large and full of words. Slots are
/// positions in the project's own lists; what names an object the project does
/// not have is left out.
class Plan {
public:
  explicit Plan(ProjectPtr project);

  const Project &project() const { return *project_; }
  const ProjectPtr &shared_project() const { return project_; }

  Slot slot(ZoneId id) const {
    return slot_in(project_->zones, project_->find(id));
  }
  Slot slot(SceneId id) const {
    return slot_in(project_->scenes, project_->find(id));
  }
  Slot slot(AreaId id) const {
    return slot_in(project_->areas, project_->find(id));
  }
  Slot slot(ButtonId id) const {
    return slot_in(project_->buttons, project_->find(id));
  }
  Slot slot(LedId id) const {
    return slot_in(project_->buttons, project_->find(id));
  } ///< of its button
  Slot slot(DeviceId id) const {
    return slot_in(project_->devices, project_->find(id));
  }
  Slot slot(LinkId id) const {
    return slot_in(project_->links, project_->find(id));
  }

  std::span<const Step> scene_steps(Slot scene) const {
    return scene_steps_[scene];
  }
  const ButtonPlan &button(Slot button) const { return buttons_[button]; }
  /// The preset of a toggle or single action; empty for other buttons.
  std::span<const Step> button_steps(Slot button) const {
    return button_steps_[button];
  }
  /// The whole scenes that the button's preset recalls.
  std::span<const Slot> button_scenes(Slot button) const {
    return button_scenes_[button];
  }
  /// The dimmed zones that a raise or lower button moves.
  std::span<const Slot> ramped_zones(Slot button) const {
    return ramped_zones_[button];
  }
  /// The zones of an area and of all areas below it.
  std::span<const Slot> zones_within(Slot area) const {
    return std::span(zones_by_area_)
        .subspan(zone_ranges_[area].first, zone_ranges_[area].count);
  }
  /// In the order in which one is preferred: by scene order, then by number.
  std::span<const ScenePlan> scenes_of(Slot area) const {
    return area_scenes_[area];
  }
  Slot area_of_scene(Slot scene) const { return scene_areas_[scene]; }

private:
  struct Range {
    std::uint32_t first = 0;
    std::uint32_t count = 0;
  };

  template <class T>
  static Slot slot_in(const std::vector<T> &list, const T *object) {
    return object == nullptr ? kNoSlot
                             : static_cast<Slot>(object - list.data());
  }
  std::vector<Step> steps_of(const Preset &preset) const;
  std::vector<Slot> dimmed_zones(const std::vector<ZoneId> &zones) const;
  void add_button(const Button &button);
  void sort_zones_by_area();
  void sort_scenes_by_area();

  ProjectPtr project_;
  Rows<Step> scene_steps_;
  std::vector<Slot> scene_areas_;
  std::vector<ButtonPlan> buttons_;
  Rows<Step> button_steps_;
  Rows<Slot> button_scenes_;
  Rows<Slot> ramped_zones_;
  std::vector<Slot> zones_by_area_;
  std::vector<Range> zone_ranges_; ///< by area
  Rows<ScenePlan> area_scenes_;
};

} // namespace candela::engine
