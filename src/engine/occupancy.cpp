#include "engine/occupancy.h"

#include <algorithm>
#include <tuple>

namespace candela::engine {
namespace {

template <class T>
Slot slot_in(const std::vector<T>& list, const T* object) {
  return object == nullptr ? kNoSlot : static_cast<Slot>(object - list.data());
}

template <class T>
std::optional<T> later(const std::optional<T>& a, const std::optional<T>& b) {
  if (!a) return b;
  return b ? std::max(*a, *b) : *a;
}

}  // namespace

bool runs_now(const OccupancyPreset& preset, const Almanac& almanac, UtcTime now, ModeId mode) {
  const auto& modes = preset.modes;
  if (!modes.empty() && std::find(modes.begin(), modes.end(), mode) == modes.end()) return false;
  return !preset.from || !preset.to || almanac.is_within(now, *preset.from, *preset.to);
}

OccupancyGroups::OccupancyGroups(ProjectPtr project)
    : project_(std::move(project)), groups_(project_->occupancy_groups.size()), heard_(groups_.size()) {
  add_sensors();
  add_walls();
  merge();
}

void OccupancyGroups::add_sensors() {
  const auto& groups = project_->occupancy_groups;
  std::vector<Rows<Slot>::Entry> sensors;
  std::vector<Rows<Slot>::Entry> children;
  for (Slot slot = 0; slot < groups.size(); ++slot) {
    for (const DeviceId sensor : groups[slot].sensors) sensors.push_back({slot, sensor_slot(sensor, {})});
    for (const ButtonId contact : groups[slot].contacts) {
      const Button* button = project_->find(contact);
      if (button != nullptr) sensors.push_back({slot, sensor_slot(button->keypad, contact)});
    }
    const Slot parent = slot_in(groups, project_->find(groups[slot].parent));
    if (parent != kNoSlot) children.push_back({parent, slot});
  }
  sensors_of_ = Rows<Slot>(groups.size(), sensors);
  children_ = Rows<Slot>(groups.size(), children);
}

/// A sensor may be of several groups; it is kept once.
Slot OccupancyGroups::sensor_slot(DeviceId device, ButtonId contact) {
  const auto same = [&](const Sensor& it) { return it.device == device && it.contact == contact; };
  const auto found = std::find_if(sensors_.begin(), sensors_.end(), same);
  const auto slot = static_cast<Slot>(found - sensors_.begin());
  if (found == sensors_.end()) sensors_.push_back({.device = device, .contact = contact, .lux = {}});
  return slot;
}

void OccupancyGroups::add_walls() {
  const auto& groups = project_->occupancy_groups;
  std::vector<Rows<Slot>::Entry> entries;
  for (const Partition& partition : project_->partitions) {
    const auto wall = static_cast<Slot>(walls_.size());
    walls_.push_back({.contact = partition.contact});
    for (Slot slot = 0; slot < groups.size(); ++slot) {
      const auto& areas = partition.areas;
      if (std::find(areas.begin(), areas.end(), groups[slot].area) != areas.end()) entries.push_back({wall, slot});
    }
  }
  wall_groups_ = Rows<Slot>(walls_.size(), entries);
}

void OccupancyGroups::restore(const SavedState& saved) {
  for (const SavedState::OccupancyState& it : saved.occupancy) set_mode(it.group, it.mode);
  for (const SavedState::GroupInUse& it : saved.groups_in_use) {
    const Slot slot = project_ ? slot_in(project_->occupancy_groups, project_->find(it.group)) : kNoSlot;
    if (slot != kNoSlot) groups_[slot].last_known = it.in_use ? Occupancy::occupied : Occupancy::unoccupied;
  }
  for (const SavedState::Sensor& it : saved.sensors) {
    for (Sensor& sensor : sensors_) {
      if (sensor.device == it.sensor) sensor.enabled = it.enabled;
    }
  }
}

void OccupancyGroups::carry_over(const OccupancyGroups& old, MonoTime now, Transitions& out) {
  for (Slot slot = 0; slot < groups_.size() && old.project_; ++slot) {
    const auto& before = old.project_->occupancy_groups;
    const Slot from = slot_in(before, old.project_->find(project_->occupancy_groups[slot].number));
    if (from != kNoSlot) groups_[slot] = old.groups_[from];
  }
  for (Sensor& sensor : sensors_) {
    const auto same = [&](const Sensor& it) { return it.device == sensor.device && it.contact == sensor.contact; };
    const auto from = std::find_if(old.sensors_.begin(), old.sensors_.end(), same);
    if (from != old.sensors_.end()) sensor = *from;
  }
  for (Wall& wall : walls_) {
    const auto same = [&](const Wall& it) { return it.contact == wall.contact; };
    const auto from = std::find_if(old.walls_.begin(), old.walls_.end(), same);
    if (from != old.walls_.end()) wall = *from;
  }
  merge();
  share_words();
  listen(now);
  const std::size_t first = out.size();
  settle(now, Trigger::event, out);
  for (std::size_t i = first; i < out.size(); ++i) out[i].runs = Runs::nothing;
}

void OccupancyGroups::sensor_reported(DeviceId sensor, bool occupied, MonoTime now, Transitions& out) {
  if (!hear(sensor, {}, occupied ? Word::somebody : Word::nobody)) return;
  listen(now);
  settle(now, Trigger::event, out);
}

void OccupancyGroups::contact_reported(ButtonId contact, bool closed, MonoTime now, Transitions& out) {
  const Button* button = project_ ? project_->find(contact) : nullptr;
  if (button == nullptr) return;
  const bool heard = hear(button->keypad, contact, closed ? Word::somebody : Word::nobody);
  const bool moved = move_wall(contact, !closed);
  if (!heard && !moved) return;
  listen(now);
  settle(now, Trigger::event, out);
}

void OccupancyGroups::light_reported(DeviceId sensor, std::uint16_t lux) {
  for (Sensor& it : sensors_) {
    if (it.device == sensor) it.lux = lux;
  }
}

void OccupancyGroups::lost(DeviceId device, MonoTime now, Transitions& out) {
  bool news = false;
  for (Sensor& sensor : sensors_) {
    if (sensor.device != device) continue;
    news = news || sensor.word != Word::nothing;
    sensor.word = Word::nothing;
    sensor.lux.reset();
  }
  if (!news) return;
  listen(now);
  settle(now, Trigger::event, out);
}

bool OccupancyGroups::set_mode(OccupancyGroupId group, OccupancyMode mode) {
  if (!project_) return false;
  const Slot slot = slot_in(project_->occupancy_groups, project_->find(group));
  if (slot == kNoSlot || this->mode(slot) == mode) return false;
  groups_[slot].mode = mode;
  return true;
}

bool OccupancyGroups::enable_sensor(DeviceId device, bool enabled, MonoTime now, Transitions& out) {
  bool news = false;
  for (Sensor& sensor : sensors_) {
    if (sensor.device != device || sensor.enabled == enabled) continue;
    sensor.enabled = enabled;
    news = true;
  }
  if (!news) return false;
  listen(now);
  settle(now, Trigger::event, out);
  return true;
}

void OccupancyGroups::advance(MonoTime now, Transitions& out) {
  if (next_ && *next_ <= now) settle(now, Trigger::time, out);
}

OccupancyMode OccupancyGroups::mode(Slot group) const {
  return groups_[group].mode.value_or(project_->occupancy_groups[group].mode);
}

bool OccupancyGroups::is_enabled(DeviceId device) const {
  return std::none_of(sensors_.begin(), sensors_.end(),
                      [&](const Sensor& it) { return it.device == device && !it.enabled; });
}

/// True when the sensor is one and its word is new.
bool OccupancyGroups::hear(DeviceId device, ButtonId contact, Word word) {
  for (Sensor& sensor : sensors_) {
    if (sensor.device != device || sensor.contact != contact) continue;
    const bool news = sensor.word != word;
    sensor.word = word;
    return news;
  }
  return false;
}

/// True when a wall moved.
bool OccupancyGroups::move_wall(ButtonId contact, bool open) {
  bool moved = false;
  for (Wall& wall : walls_) {
    if (wall.contact != contact || wall.open == open) continue;
    wall.open = open;
    moved = true;
  }
  if (!moved) return false;
  merge();
  if (open) share_words();
  return true;
}

/// Which groups are one by now.
void OccupancyGroups::merge() {
  for (Slot slot = 0; slot < groups_.size(); ++slot) {
    groups_[slot].merged = slot;
    groups_[slot].timeout = project_->occupancy_groups[slot].timeout;
  }
  for (Slot wall = 0; wall < walls_.size(); ++wall) {
    if (!walls_[wall].open) continue;
    for (const Slot slot : wall_groups_[wall]) unite(wall_groups_[wall].front(), slot);
  }
  for (const Group& group : groups_) {
    Duration& longest = groups_[group.merged].timeout;
    longest = std::max(longest, group.timeout);
  }
  for (Group& group : groups_) group.timeout = groups_[group.merged].timeout;
}

void OccupancyGroups::unite(Slot a, Slot b) {
  const auto [first, second] = std::minmax({groups_[a].merged, groups_[b].merged});
  for (Group& group : groups_) {
    if (group.merged == second) group.merged = first;
  }
}

/// Groups that have become one know what that one of them knows that saw somebody last.
void OccupancyGroups::share_words() {
  const auto knowledge = [](const Group& it) {
    const MonoTime quiet_since = it.word == Word::nobody ? it.quiet_since : MonoTime::min();
    return std::tuple(it.word == Word::somebody, it.word == Word::nobody, it.lingers, quiet_since);
  };
  const auto learn = [&](Group& group, const Group& from) {
    if (knowledge(group) >= knowledge(from)) return;
    std::tie(group.word, group.lingers, group.quiet_since) = std::tie(from.word, from.lingers, from.quiet_since);
  };
  for (const Group& group : groups_) learn(groups_[group.merged], group);
  for (Group& group : groups_) learn(group, groups_[group.merged]);
}

/// What the sensors of each group say together.
void OccupancyGroups::listen(MonoTime now) {
  std::fill(heard_.begin(), heard_.end(), Word::nothing);
  for (Slot slot = 0; slot < groups_.size(); ++slot) {
    Word& heard = heard_[groups_[slot].merged];
    for (const Slot sensor : sensors_of_[slot]) {
      const Word word = sensors_[sensor].says();
      if (word == Word::somebody || heard == Word::nothing) heard = word;
    }
  }
  for (Group& group : groups_) {
    const Word heard = heard_[group.merged];
    if (heard == group.word) continue;
    group.lingers = heard == Word::nobody && group.word == Word::somebody;
    group.word = heard;
    group.quiet_since = now;
  }
}

OccupancyGroups::Below OccupancyGroups::below(Slot slot) const {
  Below below;
  for (const Slot child : children_[slot]) {
    const Group& group = groups_[child];
    below.in_use = below.in_use || is_in_use(group.state);
    below.empty = below.empty || group.state == Occupancy::unoccupied || group.state == Occupancy::partial;
    below.known = below.known || group.state != Occupancy::unknown;
    below.last_nobody = later(below.last_nobody, group.last_nobody);
  }
  return below;
}

/// The state of the group, from its own sensors and from the states of its child groups.
Occupancy OccupancyGroups::weigh(Slot slot, MonoTime now) {
  Group& group = groups_[slot];
  const Below children = below(slot);
  const bool quiet = group.word == Word::nobody;
  group.last_nobody = later(children.last_nobody, quiet ? std::optional(group.quiet_since) : std::nullopt);
  if (group.lingers && now >= group.quiet_since + group.timeout) group.lingers = false;
  if (group.lingers) note_due(group.quiet_since + group.timeout);
  if (group.word == Word::somebody || group.lingers || children.in_use) {
    group.not_before = MonoTime::min();
    if (group.word == Word::somebody || group.lingers || !children.empty) return Occupancy::occupied;
    return Occupancy::partial;
  }
  return weigh_quiet(slot, children, now);
}

/// The same, when nobody is seen.
Occupancy OccupancyGroups::weigh_quiet(Slot slot, const Below& below, MonoTime now) {
  Group& group = groups_[slot];
  if (group.word == Word::nothing && !below.known) {
    group.not_before = MonoTime::min();
    return Occupancy::unknown;
  }
  if (group.state == Occupancy::unoccupied) return group.state;
  const MonoTime quiet_since = group.last_nobody.value_or(MonoTime::min());
  const MonoTime until = std::max(group.not_before, group.last_nobody ? quiet_since + group.timeout : quiet_since);
  if (now >= until) return Occupancy::unoccupied;
  note_due(until);
  return group.state;
}

void OccupancyGroups::settle(MonoTime now, Trigger trigger, Transitions& out) {
  next_.reset();
  const auto first = static_cast<std::ptrdiff_t>(out.size());
  // From the last to the first, because parents come before their children in the project.
  for (auto slot = static_cast<Slot>(groups_.size()); slot-- > 0;) {
    Group& group = groups_[slot];
    const Occupancy before = group.state;
    Occupancy state = weigh(slot, now);
    const bool leaves = state == Occupancy::unoccupied && is_in_use(before);
    if (leaves && trigger == Trigger::event && group.timeout > Duration::zero()) {
      group.not_before = now + group.timeout;
      note_due(group.not_before);
      state = before;
    }
    if (state == before) continue;
    group.state = state;
    group.not_before = MonoTime::min();
    out.push_back({slot, before, state, preset_of(slot)});
    if (state != Occupancy::unknown) group.last_known = state;
  }
  std::reverse(out.begin() + first, out.end());
}

void OccupancyGroups::note_due(MonoTime time) { next_ = next_ ? std::min(*next_, time) : time; }

OccupancyGroups::Runs OccupancyGroups::preset_of(Slot slot) const {
  const Occupancy state = groups_[slot].state;
  const Occupancy before = groups_[slot].last_known;
  const OccupancyMode mode = this->mode(slot);
  if (mode == OccupancyMode::disabled) return Runs::nothing;
  if (state == Occupancy::unoccupied) return before == state ? Runs::nothing : Runs::unoccupied;
  if (!is_in_use(state) || is_in_use(before) || mode == OccupancyMode::vacancy) return Runs::nothing;
  if (mode == OccupancyMode::automatic_low_light && !is_dark(slot)) return Runs::nothing;
  return Runs::occupied;
}

bool OccupancyGroups::is_dark(Slot slot) const {
  std::optional<std::uint16_t> darkest;
  for (Slot other = 0; other < groups_.size(); ++other) {
    if (groups_[other].merged != groups_[slot].merged) continue;
    for (const Slot sensor : sensors_of_[other]) {
      const Sensor& it = sensors_[sensor];
      if (it.enabled && it.lux) darkest = std::min(darkest.value_or(*it.lux), *it.lux);
    }
  }
  return !darkest || *darkest < project_->occupancy_groups[slot].dark_below;
}

}  // namespace candela::engine
