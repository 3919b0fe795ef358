#include "engine/lights.h"

#include <algorithm>
#include <utility>

namespace candela::engine {

using Kind = CauseStep::Kind;

Lights::Lights(ProjectPtr project)
    : plan_(std::move(project)), zones_(zones_of(plan_.project())), delays_(zones_.size()), watches_(plan_, zones_) {}

void Lights::restore(const SavedState& remembered, const Moment& why, Changes& changes) {
  const Moment restored = why.then(Kind::restored);
  for (const SavedState::Zone& it : remembered.zones) {
    const Slot slot = plan_.slot(it.zone);
    if (slot == kNoSlot) continue;
    Fade fade = continued(it, why.at);
    if (zones_[slot].load == LoadType::switched)
      fade = Fade::still(reachable(LoadType::switched, fade.to), why.at.mono);
    aim(slot, fade, restored, changes);
  }
  for (const SavedState::Led& it : remembered.leds) {
    const Slot button = plan_.slot(it.led);
    if (button == kNoSlot || it.state == LedState::off || watches_.follows_logic(button)) continue;
    watches_.set_led(button, it.state, restored, changes);
  }
  watches_.settle_all(plan_, why, changes);
}

void Lights::carry_over(const Lights& old, const Moment& why, Changes& changes) {
  carry_zones(old);
  carry_delays(old);
  watches_ = Watches(plan_, zones_);
  watches_.carry_over(plan_, old.watches_, old.plan_);
  for (Slot slot = 0; slot < zones_.size(); ++slot) {
    const ZoneState& zone = zones_[slot];
    const Level reached = reachable(zone.load, zone.fade.to);
    const bool dims = zone.fade.to != reached || zone.fade.moving(why.at.mono);
    if (zone.load == LoadType::switched && dims) {
      aim(slot, Fade::still(reached, why.at.mono), why, changes);
    } else if (zone.ramped_by && !is_ramped_by(slot, zone.ramped_by)) {
      stop_here(slot, why, changes);  // the button that would have stopped it is gone
    }
  }
  watches_.settle_all(plan_, why, changes);
}

void Lights::carry_zones(const Lights& old) {
  for (ZoneState& zone : zones_) {
    const Slot before = old.plan_.slot(zone.number);
    if (before == kNoSlot) continue;
    zone.fade = old.zones_[before].fade;
    zone.ramped_by = old.zones_[before].ramped_by;
  }
}

void Lights::carry_delays(const Lights& old) {
  Delays waiting = old.delays_;
  while (waiting.next()) {
    Delays::Due due = waiting.pop();
    due.command.zone = plan_.slot(old.zones_[due.command.zone].number);
    if (due.command.zone == kNoSlot) continue;
    zones_[due.command.zone].waiting = delays_.add(due.time, due.command);
  }
}

bool Lights::is_ramped_by(Slot zone, ButtonId button) const {
  const Slot slot = plan_.slot(button);
  if (slot == kNoSlot) return false;
  const auto zones = plan_.ramped_zones(slot);
  return std::find(zones.begin(), zones.end(), zone) != zones.end();
}

void Lights::command(Slot slot, Level level, Duration fade, Duration delay, const Moment& why, Changes& changes) {
  cancel_delay(slot);
  if (delay > Duration::zero()) {
    zones_[slot].waiting = delays_.add(why.at.mono + bounded(delay), {slot, level, fade, why.cause});
    return;
  }
  aim(slot, fade_from_here(zones_[slot], level, fade, why.at.mono), why, changes);
}

void Lights::run(std::span<const Step> steps, const Moment& why, Changes& changes) {
  for (const Step& step : steps) command(step.zone, step.level, step.fade, step.delay, why, changes);
}

void Lights::recall(Slot scene, const Moment& why, Changes& changes) {
  watches_.scene_chosen(plan_, scene, why);
  run(plan_.scene_steps(scene), why, changes);
}

void Lights::run_button(Slot button, const Moment& why, Changes& changes) {
  for (const Slot scene : plan_.button_scenes(button)) watches_.scene_chosen(plan_, scene, why);
  run(plan_.button_steps(button), why, changes);
}

void Lights::ramp(Slot slot, bool raise, ButtonId button, const Moment& why, Changes& changes) {
  cancel_delay(slot);
  const auto fade = ramp_from_here(zones_[slot], raise, why.at.mono);
  if (!fade) return;
  aim(slot, *fade, why, changes);
  zones_[slot].ramped_by = button;
}

void Lights::stop(Slot slot, const Moment& why, Changes& changes) {
  cancel_delay(slot);
  stop_here(slot, why, changes);
}

void Lights::release(Slot button, const Moment& why, Changes& changes) {
  const ButtonId number = plan_.button(button).number;
  for (const Slot slot : plan_.ramped_zones(button)) {
    if (zones_[slot].ramped_by == number) stop_here(slot, why, changes);
  }
}

void Lights::report(Slot slot, Level level, const Moment& why, Changes& changes) {
  const Level reached = reachable(zones_[slot].load, level);
  if (expected_report(zones_[slot], reached, why.at.mono)) return;
  aim(slot, Fade::still(reached, why.at.mono), why, changes, true);
}

void Lights::set_led(Slot button, LedState state, const Moment& why, Changes& changes) {
  watches_.set_led(button, state, why, changes);
}

void Lights::fire(Now at, Changes& changes) {
  while (delays_.next() == at.mono) {
    const DelayedCommand due = delays_.pop().command;
    ZoneState& zone = zones_[due.zone];
    zone.waiting = Delays::kNoTicket;
    const Moment why{at, due.cause.then(Kind::delay_elapsed, zone.number.value)};
    aim(due.zone, fade_from_here(zone, due.level, due.fade, at.mono), why, changes);
  }
}

void Lights::aim(Slot slot, const Fade& fade, const Moment& why, Changes& changes, bool reported) {
  ZoneState& zone = zones_[slot];
  const Level before = zone.fade.to;
  zone.fade = fade;
  zone.ramped_by = {};
  changes.add(why, ZoneTargeted{zone.number, fade, reported});
  if (before != fade.to) watches_.zone_aimed(zone, slot, before, why);
}

void Lights::cancel_delay(Slot slot) {
  ZoneState& zone = zones_[slot];
  if (zone.waiting == Delays::kNoTicket) return;
  delays_.remove(zone.waiting);
  zone.waiting = Delays::kNoTicket;
}

void Lights::stop_here(Slot slot, const Moment& why, Changes& changes) {
  ZoneState& zone = zones_[slot];
  zone.ramped_by = {};
  if (!zone.fade.moving(why.at.mono)) return;
  aim(slot, Fade::still(zone.fade.at(why.at.mono), why.at.mono), why, changes);
}

}  // namespace candela::engine
