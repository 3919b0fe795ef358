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
    watches_.set_led(plan_, button, it.state, restored, changes);
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
    const Delays::Due due = waiting.pop();
    const Slot slot = plan_.slot(old.zones_[due.zone].number);
    if (slot == kNoSlot) continue;
    delays_.set(slot, due.time, due.command);
    zones_[slot].delayed = true;
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
    delays_.set(slot, why.at.mono + bounded(delay), {level, fade, why.cause});
    zones_[slot].delayed = true;
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
  const ButtonId number = plan_.project().buttons[button].number;
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
  watches_.set_led(plan_, button, state, why, changes);
}

void Lights::fire(Now at, Changes& changes) {
  while (delays_.next() == at.mono) {
    const Delays::Due due = delays_.pop();
    ZoneState& zone = zones_[due.zone];
    zone.delayed = false;
    const Moment why{at, due.command.cause.then(Kind::delay_elapsed, zone.number.value)};
    aim(due.zone, fade_from_here(zone, due.command.level, due.command.fade, at.mono), why, changes);
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
  if (!zones_[slot].delayed) return;
  zones_[slot].delayed = false;
  delays_.cancel(slot);
}

void Lights::stop_here(Slot slot, const Moment& why, Changes& changes) {
  ZoneState& zone = zones_[slot];
  zone.ramped_by = {};
  if (!zone.fade.moving(why.at.mono)) return;
  aim(slot, Fade::still(zone.fade.at(why.at.mono), why.at.mono), why, changes);
}

}  // namespace candela::engine
