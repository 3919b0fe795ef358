#include "model/project.h"

namespace candela {

void Project::index_number(std::uint32_t number, Kind kind, std::uint32_t index) {
  if (number == 0) return;
  if (number >= by_number_.size()) by_number_.resize(number + 1);
  by_number_[number] = {kind, index};
}

void Project::build_index() {
  by_number_.clear();
  for (auto& names : by_id_) names.clear();
  const auto add_all = [this](const auto& objects, Kind kind) {
    for (std::uint32_t i = 0; i < objects.size(); ++i) {
      index_number(objects[i].number.value, kind, i);
      by_id_[static_cast<std::size_t>(kind)].emplace(objects[i].id, i);
    }
  };
  add_all(processors, Kind::processor);
  add_all(links, Kind::link);
  add_all(gateways, Kind::gateway);
  add_all(areas, Kind::area);
  add_all(zones, Kind::zone);
  add_all(scenes, Kind::scene);
  add_all(devices, Kind::device);
  add_all(buttons, Kind::button);
  add_all(variables, Kind::variable);
  add_all(modes, Kind::mode);
  add_all(sequences, Kind::sequence);
  add_all(timeclocks, Kind::timeclock);
  add_all(timeclock_events, Kind::timeclock_event);
  add_all(occupancy_groups, Kind::occupancy_group);
  add_all(shows, Kind::show);
  add_all(facades, Kind::facade);
  for (std::uint32_t i = 0; i < devices.size(); ++i) {
    index_number(devices[i].station.value, Kind::control_station, i);
    index_number(devices[i].button_group.value, Kind::button_group, i);
  }
  for (std::uint32_t i = 0; i < buttons.size(); ++i) index_number(buttons[i].led.value, Kind::led, i);
}

namespace {

/// Collects assignments, one for each zone; the last one wins and takes the place of the first.
class Expansion {
 public:
  explicit Expansion(const Project& project) : project_(project) {}

  void add(const Preset& preset, int depth) {
    // A shared scene may recall area scenes; deeper nesting the reader refuses.
    constexpr int kDeepest = 3;
    if (depth > kDeepest) return;
    for (const SceneId id : preset.scenes) {
      if (const Scene* scene = project_.find(id)) add(scene->preset, depth + 1);
    }
    for (const Assignment& assignment : preset.zones) assign(assignment);
  }
  std::vector<Assignment> take() { return std::move(assignments_); }

 private:
  void assign(const Assignment& assignment) {
    const auto [entry, is_new] = place_.try_emplace(assignment.zone, assignments_.size());
    if (is_new) {
      assignments_.push_back(assignment);
    } else {
      assignments_[entry->second] = assignment;
    }
  }

  const Project& project_;
  std::vector<Assignment> assignments_;
  std::unordered_map<ZoneId, std::size_t> place_;
};

}  // namespace

std::vector<Assignment> Project::expand(const Preset& preset) const {
  Expansion expansion(*this);
  expansion.add(preset, 0);
  return expansion.take();
}

}  // namespace candela
