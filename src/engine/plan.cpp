#include "engine/plan.h"

#include <numeric>
#include <tuple>
#include <utility>

namespace candela::engine {
namespace {

const Preset* preset_of(const Programming& programming) {
  if (const auto* toggle = std::get_if<Toggle>(&programming)) return &toggle->on;
  if (const auto* action = std::get_if<SingleAction>(&programming)) return &action->preset;
  return nullptr;
}

ButtonPlan plan_of(const Button& button) {
  using Kind = ButtonPlan::Kind;
  ButtonPlan plan{.number = button.number};
  if (const auto* toggle = std::get_if<Toggle>(&button.programming)) {
    plan.kind = Kind::toggle;
    plan.off_fade = bounded(toggle->off_fade);
  } else if (std::holds_alternative<SingleAction>(button.programming)) {
    plan.kind = Kind::single_action;
  } else if (const auto* ramp = std::get_if<RaiseLower>(&button.programming)) {
    plan.kind = ramp->raise ? Kind::raise : Kind::lower;
  }
  return plan;
}

}  // namespace

Plan::Plan(ProjectPtr project) : project_(std::move(project)) {
  for (const Scene& scene : project_->scenes) {
    scene_steps_.add_row(steps_of(scene.preset));
    scene_areas_.push_back(slot(scene.area));
  }
  for (const Button& button : project_->buttons) add_button(button);
  sort_zones_by_area();
  sort_scenes_by_area();
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
                     .tilt = assignment.tilt.value_or(Level()),
                     .colour = assignment.colour});
  }
  return steps;
}

std::vector<Slot> Plan::dimmed_zones(const std::vector<ZoneId>& zones) const {
  std::vector<Slot> dimmed;
  for (const ZoneId id : zones) {
    const Zone* zone = project_->find(id);
    if (zone != nullptr && is_ramped(zone->load)) dimmed.push_back(slot(id));
  }
  return dimmed;
}

void Plan::add_button(const Button& button) {
  buttons_.push_back(plan_of(button));
  std::vector<Step> steps;
  std::vector<Slot> scenes;
  std::vector<Slot> ramped;
  if (const Preset* preset = preset_of(button.programming)) {
    steps = steps_of(*preset);
    for (const SceneId scene : preset->scenes) {
      if (slot(scene) != kNoSlot) scenes.push_back(slot(scene));
    }
  }
  if (const auto* ramp = std::get_if<RaiseLower>(&button.programming)) ramped = dimmed_zones(ramp->zones);
  button_steps_.add_row(steps);
  button_scenes_.add_row(scenes);
  ramped_zones_.add_row(ramped);
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
  area_scenes_ = Rows<ScenePlan>::grouped(project_->areas.size(), entries);
}

}  // namespace candela::engine
