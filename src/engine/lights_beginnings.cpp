// How the lights begin: after a restart, and under a new project.
#include <algorithm>

#include "engine/lights.h"

namespace candela::engine {

using Kind = CauseStep::Kind;

namespace {

/// Knows no levels on the way.
bool goes_at_once(LoadType load) { return !is_ramped(load); }

}  // namespace

void Lights::restore(const SavedState& remembered, const Moment& why, Changes& changes) {
  const Moment restored = why.then(Kind::restored);
  for (const SavedState::Zone& it : remembered.zones) restore_zone(it, restored, changes);
  return_power(remembered, why, changes);
  restore_looks(remembered, restored, changes);
  restore_overrides(remembered, restored, changes);
  for (const SavedState::Led& it : remembered.leds) {
    const Slot button = plan_.slot(it.led);
    if (button == kNoSlot || it.state == LedState::off || watches_.follows_logic(button)) continue;
    watches_.set_led(button, it.state, restored, changes);
  }
  watches_.settle_all(plan_, why, changes);
}

void Lights::restore_zone(const SavedState::Zone& remembered, const Moment& why, Changes& changes) {
  const Slot slot = plan_.slot(remembered.zone);
  if (slot == kNoSlot || zones_[slot].load == LoadType::climate) return;
  const LoadType load = zones_[slot].load;
  Fade fade = continued(remembered, why.at);
  if (load == LoadType::pulsed_contact) fade = Fade::still(Level::off(), why.at.mono);
  if (goes_at_once(load)) fade = Fade::still(reachable(load, fade.to), why.at.mono);
  aim(slot, fade, why, changes);
  SpecialZone* it = special(slot);
  if (it == nullptr || remembered.start > why.at.utc || remembered.start < why.at.utc - std::chrono::hours(24)) return;
  it->on_since = why.at.mono - (why.at.utc - remembered.start);
}

/// Nobody can tell a power failure from another restart, so every start counts as one.
void Lights::return_power(const SavedState& remembered, const Moment& why, Changes& changes) {
  const auto was_known = [&](ZoneId zone) {
    return remembered.last_alive || std::any_of(remembered.zones.begin(), remembered.zones.end(),
                                                [&](const SavedState::Zone& it) { return it.zone == zone; });
  };
  for (Slot slot = 0; slot < zones_.size(); ++slot) {
    const Zone& zone = plan_.project().zones[slot];
    const bool momentary = zone.load == LoadType::pulsed_contact || zone.load == LoadType::climate;
    if (zone.after_power_failure == AfterPowerFailure::restore || momentary || !was_known(zone.number)) continue;
    const Level level = zone.after_power_failure == AfterPowerFailure::full ? Level::full() : Level::off();
    aim(slot, Fade::still(level, why.at.mono), why.then(Kind::power_returned, zone.number.value), changes);
  }
}

void Lights::restore_looks(const SavedState& remembered, const Moment& why, Changes& changes) {
  for (const SavedState::Tilt& it : remembered.tilts) {
    const Slot slot = plan_.slot(it.zone);
    if (slot == kNoSlot || zones_[slot].load != LoadType::tilting_shade) continue;
    special(slot)->tilt = Fade::still(it.tilt, why.at.mono);
    move_slats(*special(slot), it.tilt, why, changes);
  }
  for (const SavedState::ZoneColour& it : remembered.colours) {
    const Slot slot = plan_.slot(it.zone);
    if (slot != kNoSlot) set_colour(slot, it.colour, Duration::zero(), why, changes);
  }
  for (const SavedState::Climate& it : remembered.climates) {
    const Slot slot = plan_.slot(it.zone);
    if (slot != kNoSlot) set_climate(slot, {it.zone, it.mode, it.heat_to, it.cool_to}, why, changes);
  }
}

void Lights::restore_overrides(const SavedState& remembered, const Moment& why, Changes& changes) {
  if (remembered.shed_percent > 0) {
    shed_percent_ = std::min<std::uint8_t>(remembered.shed_percent, 100);
    changes.add(why, LoadShed{shed_percent_});
    for (SpecialZone& it : specials_) {
      const ZoneState& zone = zones_[it.zone];
      if (!it.sheds) continue;
      it.held = Override::shed;
      it.wanted = Fade::still(unshed_level(zone.load, zone.fade.to, shed_percent_), why.at.mono);
    }
  }
  if (remembered.emergency) set_emergency(true, why, changes);
}

void Lights::carry_over(const Lights& old, const Moment& why, Changes& changes) {
  emergency_ = old.emergency_;
  shed_percent_ = old.shed_percent_;
  carry_zones(old);
  carry_delays(old);
  watches_ = Watches(plan_, zones_);
  watches_.carry_over(plan_, old.watches_, old.plan_);
  for (Slot slot = 0; slot < zones_.size(); ++slot) adapt_zone(slot, why, changes);
  for (SpecialZone& it : specials_) adapt_colour(it, why, changes);
  let_go(old, why, changes);
  settle_overrides(why, changes);
  watches_.settle_all(plan_, why, changes);
}

void Lights::carry_zones(const Lights& old) {
  for (Slot slot = 0; slot < zones_.size(); ++slot) {
    ZoneState& zone = zones_[slot];
    const Slot before = old.plan_.slot(zone.number);
    if (before == kNoSlot) continue;
    zone.fade = old.zones_[before].fade;
    zone.ramped_by = old.zones_[before].ramped_by;
    const SpecialZone* was = old.special(before);
    if (SpecialZone* it = special(slot); it != nullptr && was != nullptr) it->carry_on(*was, zone.load);
  }
}

void Lights::carry_delays(const Lights& old) {
  Delays waiting = old.delays_;
  while (waiting.next()) {
    Delays::Due due = waiting.pop();
    Slot& slot = due.command.step.zone;
    slot = plan_.slot(old.zones_[slot].number);
    if (slot == kNoSlot) continue;
    const bool is_pulse = due.command.kind == DelayedCommand::Kind::pulse_end;
    if (is_pulse && zones_[slot].load != LoadType::pulsed_contact) continue;
    if (Delays::Ticket* ticket = ticket_of(due.command)) *ticket = delays_.add(due.time, due.command);
  }
}

/// What the new project no longer allows ends.
void Lights::adapt_zone(Slot slot, const Moment& why, Changes& changes) {
  const ZoneState& zone = zones_[slot];
  const MonoTime now = why.at.mono;
  const Level reached = reachable(zone.load, zone.fade.to);
  const bool dims = goes_at_once(zone.load) && zone.fade.moving(now);
  const bool never_opens =
      zone.load == LoadType::pulsed_contact && zone.fade.to.is_on() && special(slot)->pulse_end == Delays::kNoTicket;
  if (reached != zone.fade.to || dims || never_opens) {
    aim(slot, Fade::still(reached, now), why, changes);
  } else if (zone.ramped_by && !is_ramped_by(slot, zone.ramped_by)) {
    stop_here(slot, why, changes);  // the button that would have stopped it is gone
  }
}

void Lights::adapt_colour(SpecialZone& it, const Moment& why, Changes& changes) {
  if (!it.colour) return;
  const Colour reached = reachable(zones_[it.zone].load, it, it.colour);
  it.wanted_colour = reachable(zones_[it.zone].load, it, it.wanted_colour);
  if (reached == it.colour) return;
  if (reached) return fade_colour(it, reached, Duration::zero(), why, changes);
  it.colour = it.colour_from = Colour{};
}

/// Zones that something held, and that have nothing any more by which it could hold them.
void Lights::let_go(const Lights& old, const Moment& why, Changes& changes) {
  for (const SpecialZone& was : old.specials_) {
    const Slot slot = plan_.slot(old.zones_[was.zone].number);
    if (was.held == Override::none || slot == kNoSlot || special(slot) != nullptr) continue;
    aim(slot, fade_from_here(zones_[slot], was.wanted.to, zones_[slot].own_fade, why.at.mono), why, changes);
  }
}

bool Lights::is_ramped_by(Slot zone, ButtonId button) const {
  const Slot slot = plan_.slot(button);
  if (slot == kNoSlot) return false;
  const auto zones = plan_.ramped_zones(slot);
  return std::find(zones.begin(), zones.end(), zone) != zones.end();
}

}  // namespace candela::engine
