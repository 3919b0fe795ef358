#include "rehearsal/home.h"

#include <algorithm>
#include <utility>

namespace candela::rehearsal {
namespace {

/// From the power's return to the first event; a small computer takes about that long.
constexpr std::chrono::seconds kBootTime{7};
/// More wakes than that at one moment are no programming any more.
constexpr std::uint32_t kMaxWakesAtOnce = 10'000;

UtcTime::duration in_milliseconds(Duration duration) { return std::chrono::floor<UtcTime::duration>(duration); }

void remember_zones(const View& view, Now now, SavedState& saved) {
  for (const Zone& zone : view.project()->zones) {
    const View::ZoneState& state = view.zone(zone.number);
    const UtcTime began = now.utc - in_milliseconds(now.mono - state.fade.start);
    saved.zones.push_back({zone.number, state.fade.from, state.fade.to, began, state.fade.duration});
    if (zone.load == LoadType::tilting_shade) saved.tilts.push_back({zone.number, state.tilt.at(now.mono)});
    if (state.colour.kind != Colour::Kind::none) saved.colours.push_back({zone.number, state.colour});
    if (zone.load != LoadType::climate) continue;
    const View::ClimateState& climate = view.climate(zone.number);
    saved.climates.push_back({zone.number, climate.mode, climate.heat_to, climate.cool_to});
  }
}

void remember_programming(const View& view, SavedState& saved) {
  const Project& project = *view.project();
  for (const Button& button : project.buttons) {
    if (button.led_logic == LedLogic::integration) saved.leds.push_back({button.led, view.led(button.led)});
  }
  for (const Variable& variable : project.variables) {
    if (variable.kept) saved.variables.push_back({variable.number, view.variable(variable.number)});
  }
  for (const Scene& scene : project.scenes) {
    if (const auto edit = view.scene_edit(scene.number)) saved.scene_edits.push_back({scene.number, *edit});
  }
  for (const NaturalShow& show : project.shows) {
    if (view.is_running(show.number)) saved.shows.push_back(show.number);
  }
}

void remember_schedules(const View& view, SavedState& saved) {
  const Project& project = *view.project();
  for (const Timeclock& timeclock : project.timeclocks) {
    saved.timeclocks.push_back({timeclock.number, view.is_enabled(timeclock.number)});
  }
  for (const TimeclockEvent& event : project.timeclock_events) {
    const View::TimeclockEventState& state = view.timeclock_event(event.number);
    SavedState::TimeclockEventState kept{event.number, state.enabled, {}};
    if (state.last && state.last->how != TimeclockEventPassed::How::by_command) kept.done = state.last->date;
    saved.timeclock_events.push_back(kept);
  }
}

void remember_occupancy(const View& view, SavedState& saved) {
  const Project& project = *view.project();
  for (const OccupancyGroup& group : project.occupancy_groups) {
    saved.occupancy.push_back({group.number, view.occupancy_mode(group.number)});
    const Occupancy state = view.occupancy(group.number);
    if (state != Occupancy::unknown) saved.groups_in_use.push_back({group.number, is_in_use(state)});
  }
  for (const Facade& facade : project.facades) {
    const bool enabled = view.is_enabled(facade.number);
    if (enabled != facade.enabled) saved.facades.push_back({facade.number, enabled});
  }
  for (const Device& device : project.devices) {
    if (device.senses_occupancy) saved.sensors.push_back({device.number, view.is_enabled(device.number)});
  }
}

}  // namespace

SavedState remembered(const View& view, Now now) {
  SavedState saved;
  remember_zones(view, now, saved);
  remember_programming(view, saved);
  remember_schedules(view, saved);
  remember_occupancy(view, saved);
  saved.mode = view.house().mode;
  saved.away = view.house().away;
  saved.emergency = view.house().emergency;
  saved.shed_percent = view.house().shed_percent;
  saved.last_alive = now.utc;
  return saved;
}

Home::Home(ProjectPtr project, UtcTime begin, Watcher watcher)
    : watcher_(std::move(watcher)), view_(std::move(project)), boot_{MonoTime{}, begin}, now_(boot_) {
  power_on();
}

void Home::send(const Event& event) {
  if (!has_power_ || !fault_.empty()) return;
  const auto changes = engine_.on(event, now_);
  for (const Change& change : changes) {
    view_.apply(change);
    if (watcher_) watcher_(change);
  }
}

void Home::go_to(UtcTime time) {
  while (now_.utc < time && fault_.empty()) {
    const auto next = has_power_ ? engine_.next_wake() : std::nullopt;
    if (!next || *next > at(time)) break;
    move_clock(*next);
    wake();
  }
  move_clock(at(time));
}

void Home::go_on_until(UtcTime time) {
  MonoTime stop = at(time);
  const auto next = has_power_ ? engine_.next_wake() : std::nullopt;
  for (const Zone& zone : project().zones) {
    const MonoTime end = view_.zone(zone.number).fade.end();
    if (end > now_.mono) stop = std::min(stop, end);
  }
  const bool wakes = next && *next <= stop;
  move_clock(wakes ? *next : stop);
  if (wakes) wake();
}

void Home::power_off() {
  if (!has_power_) return;
  saved_ = remembered(view_, now_);
  has_power_ = false;
}

void Home::power_on() {
  if (has_power_) return;
  boot_ = {MonoTime{kBootTime}, now_.utc};
  now_ = boot_;
  engine_ = Engine(std::exchange(saved_, {}));
  view_ = View(view_.project());
  has_power_ = true;
  send({{}, ActivateProject{view_.project()}});
}

void Home::check_consistency() {
  if (has_power_ && fault_.empty()) fault_ = engine_.inconsistency();
}

/// Calendar time is counted from one moment, so that nothing is lost where microseconds become milliseconds.
void Home::move_clock(MonoTime mono) {
  if (mono <= now_.mono) return;
  wakes_at_once_ = 0;
  now_ = {mono, boot_.utc + in_milliseconds(mono - boot_.mono)};
}

MonoTime Home::at(UtcTime time) const { return boot_.mono + (time - boot_.utc); }

void Home::wake() {
  if (++wakes_at_once_ > kMaxWakesAtOnce) {
    fault_ = "the engine wakes again and again at one moment";
    return;
  }
  ++wakes_;
  send({{}, TimePassed{}});
}

}  // namespace candela::rehearsal
