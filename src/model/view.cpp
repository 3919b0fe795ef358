#include "model/view.h"

#include <algorithm>
#include <iterator>
#include <utility>

#include "base/overloaded.h"

namespace candela {
namespace {

template <class Table, class Id, class Default>
const auto& look_up(const Table& table, Id id, const Default& otherwise) {
  const auto found = table.find(id);
  return found == table.end() ? otherwise : found->second;
}

/// Drops what the new project no longer has.
template <class Table>
void keep_known(Table& table, const Project& project) {
  std::erase_if(table, [&](const auto& entry) { return project.find(entry.first) == nullptr; });
}

/// A zone that has become another load has lost the look of the load before.
void keep_looks_of_load(View::ZoneState& state, LoadType load) {
  if (load != LoadType::tilting_shade) state.tilt = {};
  if (has_colour(load)) return;
  state.colour_from = state.colour = {};
  state.colour_start = {};
  state.colour_duration = {};
}

}  // namespace

void View::apply(const Change& change) {
  std::visit(overloaded{
                 [&](const ZoneTargeted& it) {
                   ZoneState& zone = zones_[it.zone];
                   zone.fade = it.fade;
                   zone.cause = change.cause;
                   zone.changed = change.at.utc;
                 },
                 [&](const LedChanged& it) { leds_[it.led] = it.state; },
                 [&](const SceneChanged& it) { scenes_[it.area] = it.scene; },
                 [](const ButtonActed&) {},
                 [&](const PresenceChanged& it) {
                   devices_[it.device] = {it.present, true, it.fault, change.at.utc};
                 },
                 [&](const LinkChanged& it) { links_[it.link] = it.fault; },
                 [&](const ProjectActivated& it) {
                   project_ = it.project;
                   if (project_->find(house_.mode) == nullptr) house_.mode = {};
                   keep_known(zones_, *project_);
                   keep_known(leds_, *project_);
                   keep_known(scenes_, *project_);
                   keep_known(devices_, *project_);
                   keep_known(links_, *project_);
                   keep_known(scene_edits_, *project_);
                   for (auto& [id, state] : zones_) keep_looks_of_load(state, project_->find(id)->load);
                   keep_known(climates_, *project_);
                   std::erase_if(climates_, [&](const auto& entry) {
                     return project_->find(entry.first)->load != LoadType::climate;
                   });
                   keep_known(variables_, *project_);
                   keep_known(sequences_, *project_);
                   keep_known(shows_, *project_);
                   keep_known(timeclocks_, *project_);
                   keep_known(timeclock_events_, *project_);
                   keep_known(occupancies_, *project_);
                   keep_known(occupancy_modes_, *project_);
                   keep_known(sensors_, *project_);
                   keep_known(facades_, *project_);
                   keep_known(facade_levels_, *project_);
                 },
                 [&](const ZoneTilted& it) { zones_[it.zone].tilt = it.fade; },
                 [&](const ZoneColoured& it) {
                   ZoneState& zone = zones_[it.zone];
                   zone.colour_from = it.from;
                   zone.colour = it.to;
                   zone.colour_start = it.start;
                   zone.colour_duration = it.duration;
                 },
                 [&](const ClimateChanged& it) {
                   climates_[it.zone] = {it.mode, it.heat_to, it.cool_to, it.temperature};
                 },
                 [&](const SceneEdited& it) { scene_edits_[it.scene] = it.assignments; },
                 [&](const VariableChanged& it) { variables_[it.variable] = it.state; },
                 [&](const ModeChanged& it) { house_.mode = it.mode; },
                 [&](const NightChanged& it) { house_.night = it.night; },
                 [&](const SequenceChanged& it) { sequences_[it.sequence] = it.running; },
                 [&](const TimeclockEnabled& it) { timeclocks_[it.timeclock] = it.enabled; },
                 [&](const TimeclockEventEnabled& it) { timeclock_events_[it.event].enabled = it.enabled; },
                 [&](const TimeclockEventPassed& it) {
                   timeclock_events_[it.event].last = it;
                   timeclock_events_[it.event].passed = change.at.utc;
                 },
                 [&](const OccupancyChanged& it) { occupancies_[it.group] = it.state; },
                 [&](const OccupancyModeChanged& it) { occupancy_modes_[it.group] = it.mode; },
                 [&](const SensorEnabled& it) { sensors_[it.sensor] = it.enabled; },
                 [&](const AwayChanged& it) { house_.away = it.away; },
                 [&](const EmergencyChanged& it) { house_.emergency = it.emergency; },
                 [&](const LoadShed& it) { house_.shed_percent = it.percent; },
                 [&](const ShowChanged& it) { shows_[it.show] = it.running; },
                 [](const ProgramStopped&) {},
                 [&](const ClockChanged& it) { house_.clock_trusted = it.trusted; },
                 [&](const FacadeChanged& it) { facades_[it.facade] = it.enabled; },
                 [&](const FacadeMoved& it) { facade_levels_[it.facade] = it.level; },
             },
             change.what);
}

const View::ZoneState& View::zone(ZoneId id) const {
  static const ZoneState unknown;
  return look_up(zones_, id, unknown);
}
LedState View::led(LedId id) const { return look_up(leds_, id, LedState::off); }
SceneId View::scene(AreaId id) const { return look_up(scenes_, id, SceneId{}); }
const View::DeviceState& View::device(DeviceId id) const {
  static const DeviceState unknown;
  return look_up(devices_, id, unknown);
}
LinkFault View::link(LinkId id) const { return look_up(links_, id, LinkFault::none); }
View::Assignments View::scene_edit(SceneId id) const { return look_up(scene_edits_, id, Assignments{}); }
const View::ClimateState& View::climate(ZoneId id) const {
  static const ClimateState unknown;
  return look_up(climates_, id, unknown);
}
std::uint8_t View::variable(VariableId id) const {
  const Variable* variable = project_ ? project_->find(id) : nullptr;
  return look_up(variables_, id, variable == nullptr ? std::uint8_t{0} : variable->initial);
}
bool View::is_running(SequenceId id) const { return look_up(sequences_, id, false); }
bool View::is_running(ShowId id) const { return look_up(shows_, id, false); }
bool View::is_enabled(TimeclockId id) const {
  const Timeclock* timeclock = project_ ? project_->find(id) : nullptr;
  return look_up(timeclocks_, id, timeclock != nullptr && timeclock->enabled);
}
bool View::is_enabled(TimeclockEventId id) const {
  const TimeclockEvent* event = project_ ? project_->find(id) : nullptr;
  return timeclock_event(id).enabled.value_or(event != nullptr && event->enabled);
}
const View::TimeclockEventState& View::timeclock_event(TimeclockEventId id) const {
  static const TimeclockEventState unknown;
  return look_up(timeclock_events_, id, unknown);
}
Occupancy View::occupancy(OccupancyGroupId id) const { return look_up(occupancies_, id, Occupancy::unknown); }
OccupancyMode View::occupancy_mode(OccupancyGroupId id) const {
  const OccupancyGroup* group = project_ ? project_->find(id) : nullptr;
  return look_up(occupancy_modes_, id, group == nullptr ? OccupancyMode::automatic : group->mode);
}
bool View::is_enabled(DeviceId sensor) const { return look_up(sensors_, sensor, true); }
bool View::is_enabled(FacadeId id) const {
  const Facade* facade = project_ ? project_->find(id) : nullptr;
  return look_up(facades_, id, facade != nullptr && facade->enabled);
}
std::optional<Level> View::wanted(FacadeId id) const {
  const auto found = facade_levels_.find(id);
  if (found == facade_levels_.end() || !is_enabled(id)) return std::nullopt;
  return found->second;
}
std::vector<ZoneId> View::shades_elsewhere(FacadeId id) const {
  std::vector<ZoneId> elsewhere;
  const Facade* facade = project_ ? project_->find(id) : nullptr;
  const std::optional<Level> level = wanted(id);
  if (facade == nullptr || !level) return elsewhere;
  std::copy_if(facade->shades.begin(), facade->shades.end(), std::back_inserter(elsewhere),
               [&](ZoneId shade) { return !Facade::is_near(zone(shade).fade.to, *level); });
  return elsewhere;
}

}  // namespace candela
