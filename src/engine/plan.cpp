#include "engine/plan.h"

#include <numeric>
#include <tuple>
#include <utility>

#include "base/overloaded.h"

namespace candela::engine {
namespace {

using Kind = ButtonPlan::Kind;

/// A sequence that never ends lasts at least this long a round, so that it cannot flood the house.
constexpr Duration kShortestEndlessRound = std::chrono::milliseconds(100);

bool only_dims(const Zone& zone, const Assignment& it) {
  return is_dimmed(zone.load) && it.delay <= Duration::zero() && !it.keeps_level && !it.tilt && !it.colour;
}

}  // namespace

/// Presets on their way into flat arrays: each has its slot before those within it are known.
struct Plan::Draft {
  std::vector<std::vector<Step>> steps;
  std::vector<std::vector<Slot>> scenes;
  std::vector<std::vector<Act>> acts;
};

Plan::Plan(ProjectPtr project) : project_(std::move(project)) {
  Draft draft;
  const std::size_t scene_count = project_->scenes.size();
  draft.steps.resize(scene_count);
  draft.scenes.resize(scene_count);
  draft.acts.resize(scene_count);
  for (Slot scene = 0; scene < scene_count; ++scene) {
    const Scene& it = project_->scenes[scene];
    draft.steps[scene] = steps_of(it.preset);
    draft.scenes[scene] = scene_slots(it.preset);
    draft.acts[scene] = acts_of(it.preset, draft);
    scene_areas_.push_back(it.shared ? kNoSlot : slot(it.area));
  }
  add_buttons(draft);
  add_sequences(draft);
  for (const TimeclockEvent& event : project_->timeclock_events)
    event_presets_.push_back(add_preset(event.preset, draft));
  for (const OccupancyGroup& group : project_->occupancy_groups) {
    occupied_presets_.push_back(add_preset(group.occupied.preset, draft));
    unoccupied_presets_.push_back(add_preset(group.unoccupied.preset, draft));
  }
  add_ramped_zones(draft);
  steps_ = Rows<Step>(draft.steps);
  scenes_ = Rows<Slot>(draft.scenes);
  acts_ = Rows<Act>(draft.acts);
  sort_zones_by_area();
  sort_scenes_by_area();
}

Slot Plan::add_preset(const Preset& preset, Draft& draft) {
  if (preset.empty()) return kNoSlot;
  const auto slot_of_preset = static_cast<Slot>(draft.steps.size());
  draft.steps.push_back(steps_of(preset));
  draft.scenes.push_back(scene_slots(preset));
  draft.acts.emplace_back();
  draft.acts[slot_of_preset] = acts_of(preset, draft);
  return slot_of_preset;
}

Slot Plan::add_preset(const std::optional<Preset>& preset, Draft& draft) {
  return preset ? add_preset(*preset, draft) : kNoSlot;
}

std::vector<Act> Plan::acts_of(const Preset& preset, Draft& draft) {
  std::vector<Act> acts;
  for (const Action& action : preset.actions) {
    const auto* conditional = std::get_if<Conditional>(&action);
    if (conditional == nullptr) {
      acts.push_back({&action, 0, 0});
      continue;
    }
    std::vector<BranchPlan> branches;
    for (const Branch& branch : conditional->branches) {
      branches.push_back({&branch.when, add_preset(branch.preset, draft)});
    }
    acts.push_back(
        {&action, static_cast<std::uint32_t>(branches_.size()), static_cast<std::uint32_t>(branches.size())});
    branches_.insert(branches_.end(), branches.begin(), branches.end());
  }
  return acts;
}

std::vector<Step> Plan::steps_of(const Preset& preset) const {
  std::vector<Step> steps;
  for (const Assignment& assignment : project_->expand(preset)) {
    const Zone* zone = project_->find(assignment.zone);
    if (zone == nullptr) continue;
    steps.push_back({.zone = slot(assignment.zone),
                     .level = reachable(zone->load, assignment.level),
                     .fade = bounded(assignment.fade),
                     .delay = bounded(assignment.delay),
                     .keeps_level = assignment.keeps_level,
                     .tilts = assignment.tilt.has_value(),
                     .only_dims = only_dims(*zone, assignment),
                     .tilt = assignment.tilt.value_or(Level()),
                     .colour = assignment.colour});
  }
  return steps;
}

std::vector<Slot> Plan::scene_slots(const Preset& preset) const {
  std::vector<Slot> scenes;
  for (const SceneId scene : preset.scenes) {
    if (slot(scene) != kNoSlot) scenes.push_back(slot(scene));
  }
  return scenes;
}

std::vector<Slot> Plan::ramped_slots(const std::vector<ZoneId>& zones) const {
  std::vector<Slot> ramped;
  for (const ZoneId id : zones) {
    const Zone* zone = project_->find(id);
    if (zone != nullptr && is_ramped(zone->load)) ramped.push_back(slot(id));
  }
  return ramped;
}

std::vector<Slot> Plan::ramped_slots(Slot preset, const Draft& draft) const {
  std::vector<Slot> ramped;
  if (preset == kNoSlot) return ramped;
  for (const Step& step : draft.steps[preset]) {
    if (is_ramped(project_->zones[step.zone].load)) ramped.push_back(step.zone);
  }
  return ramped;
}

void Plan::add_buttons(Draft& draft) {
  for (const Button& button : project_->buttons) {
    buttons_.push_back(plan_of(button, draft));
    ButtonPlan& plan = buttons_.back();
    plan.number = button.number;
    plan.keypad = slot(button.keypad);
    plan.hold = add_preset(button.hold, draft);
    plan.double_tap = add_preset(button.double_tap, draft);
    plan.keeps_raise_lower_target = button.keeps_raise_lower_target;
  }
}

ButtonPlan Plan::plan_of(const Button& button, Draft& draft) {
  ButtonPlan plan;
  std::visit(
      overloaded{
          [](const std::monostate&) {},
          [&](const Toggle& it) {
            plan = {.kind = Kind::toggle, .preset = add_preset(it.on, draft), .off_fade = bounded(it.off_fade)};
          },
          [&](const AdvancedToggle& it) {
            plan = {.kind = Kind::advanced_toggle,
                    .preset = add_preset(it.dark, draft),
                    .second = add_preset(it.lit, draft)};
          },
          [&](const SingleAction& it) {
            plan = {
                .kind = Kind::single_action, .stops_shades = it.stops_shades, .preset = add_preset(it.preset, draft)};
          },
          [&](const DualAction& it) {
            plan = {.kind = Kind::dual_action,
                    .preset = add_preset(it.press, draft),
                    .second = add_preset(it.release, draft)};
          },
          [&](const OpenStopClose& it) {
            Preset open;
            for (const ZoneId shade : it.shades) open.zones.push_back({shade, Level::full()});
            plan = {.kind = Kind::open_stop_close, .preset = add_preset(open, draft)};
          },
          [&](const RaiseLower& it) { plan = {.kind = it.raise ? Kind::raise : Kind::lower}; },
          [&](const MasterRaiseLower& it) { plan = {.kind = it.raise ? Kind::master_raise : Kind::master_lower}; },
          [&](const CycleDim& it) {
            plan = {.kind = Kind::cycle_dim, .preset = add_preset(it.on, draft), .off_fade = bounded(it.off_fade)};
          },
          [&](const StartStopSequence& it) { plan = {.kind = Kind::sequence, .sequence = slot(it.sequence)}; },
      },
      button.programming);
  return plan;
}

/// Of a master raise or lower: whatever the buttons of its keypad set, since any of them may have been used last.
void Plan::add_ramped_zones(const Draft& draft) {
  std::vector<std::vector<Slot>> by_keypad(project_->devices.size());
  for (const ButtonPlan& button : buttons_) {
    if (button.keypad == kNoSlot) continue;
    for (const Slot preset : {button.preset, button.second}) {
      const auto zones = ramped_slots(preset, draft);
      by_keypad[button.keypad].insert(by_keypad[button.keypad].end(), zones.begin(), zones.end());
    }
  }
  for (auto& zones : by_keypad) {
    std::sort(zones.begin(), zones.end());
    zones.erase(std::unique(zones.begin(), zones.end()), zones.end());
  }
  std::vector<std::vector<Slot>> ramped(buttons_.size());
  for (Slot button = 0; button < buttons_.size(); ++button) {
    const ButtonPlan& plan = buttons_[button];
    const auto* ramp = std::get_if<RaiseLower>(&project_->buttons[button].programming);
    const bool is_master = plan.kind == Kind::master_raise || plan.kind == Kind::master_lower;
    if (ramp != nullptr) {
      ramped[button] = ramped_slots(ramp->zones);
    } else if (plan.kind == Kind::cycle_dim) {
      ramped[button] = ramped_slots(plan.preset, draft);
    } else if (is_master && plan.keypad != kNoSlot) {
      ramped[button] = by_keypad[plan.keypad];
    }
  }
  ramped_zones_ = Rows<Slot>(ramped);
}

void Plan::add_sequences(Draft& draft) {
  std::vector<std::vector<SequenceStepPlan>> all;
  for (const Sequence& sequence : project_->sequences) {
    std::vector<SequenceStepPlan>& steps = all.emplace_back();
    Duration round{};
    for (const SequenceStep& step : sequence.steps) {
      steps.push_back({add_preset(step.preset, draft), bounded(step.then_wait)});
      round += steps.back().then_wait;
    }
    if (sequence.rounds == 0 && !steps.empty() && round < kShortestEndlessRound) {
      steps.back().then_wait += kShortestEndlessRound - round;
    }
    presets_at_stop_.push_back(add_preset(sequence.at_stop, draft));
  }
  sequence_steps_ = Rows<SequenceStepPlan>(all);
}

/// Lays the zones out as a walk through the tree of areas meets them, so that each subtree is one range.
void Plan::sort_zones_by_area() {
  const std::size_t area_count = project_->areas.size();
  std::vector<Slot> parents(area_count);
  for (Slot area = 0; area < area_count; ++area) parents[area] = slot(project_->areas[area].parent);

  std::vector<std::uint32_t> own(area_count, 0);
  for (const Zone& zone : project_->zones) {
    if (const Slot area = slot(zone.area); area != kNoSlot) ++own[area];
  }
  zone_ranges_.resize(area_count);
  for (Slot area = static_cast<Slot>(area_count); area-- > 0;) {  // children come after their parents
    zone_ranges_[area].count += own[area];
    if (parents[area] != kNoSlot) zone_ranges_[parents[area]].count += zone_ranges_[area].count;
  }
  std::vector<std::uint32_t> free(area_count);  // where the next child of an area begins
  std::uint32_t free_root = 0;
  for (Slot area = 0; area < area_count; ++area) {
    std::uint32_t& begin = parents[area] == kNoSlot ? free_root : free[parents[area]];
    zone_ranges_[area].first = begin;
    begin += zone_ranges_[area].count;
    free[area] = zone_ranges_[area].first + own[area];
  }
  zones_by_area_.resize(free_root);
  std::vector<std::uint32_t> filled(area_count, 0);
  for (Slot zone = 0; zone < project_->zones.size(); ++zone) {
    const Slot area = slot(project_->zones[zone].area);
    if (area != kNoSlot) zones_by_area_[zone_ranges_[area].first + filled[area]++] = zone;
  }
}

void Plan::sort_scenes_by_area() {
  std::vector<Slot> preferred(project_->scenes.size());
  std::iota(preferred.begin(), preferred.end(), 0);
  std::sort(preferred.begin(), preferred.end(), [this](Slot a, Slot b) {
    const auto rank = [this](Slot scene) {
      return std::tuple(project_->scenes[scene].order, project_->scenes[scene].number);
    };
    return rank(a) < rank(b);
  });
  std::vector<Rows<ScenePlan>::Entry> entries;
  for (const Slot scene : preferred) {
    if (scene_areas_[scene] == kNoSlot) continue;
    entries.push_back({scene_areas_[scene], {scene, project_->scenes[scene].number}});
  }
  area_scenes_ = Rows<ScenePlan>(project_->areas.size(), entries);
}

}  // namespace candela::engine
