#include "engine/lights.h"

#include <utility>

namespace candela::engine {

using Kind = CauseStep::Kind;

namespace {

/// A special zone can wait for three things at once, every other for one.
std::size_t waiting_at_most(const Zones& zones, const SpecialZones& specials) {
  return zones.size() + 2 * specials.size();
}

}  // namespace

Lights::Lights(ProjectPtr project)
    : plan_(std::move(project)),
      zones_(zones_of(plan_.project())),
      specials_(special_zones_of(plan_.project(), zones_)),
      delays_(waiting_at_most(zones_, specials_)),
      watches_(plan_, zones_),
      full_ramp_(bounded(plan_.project().settings.full_ramp)) {}

/// What every zone does, special or not. In line, since a large preset does nothing else hundreds of times.
[[gnu::always_inline]] inline void Lights::turn(Slot slot, const Fade& fade, bool reported, const Moment& why,
                                                Changes& changes) {
  ZoneState& zone = zones_[slot];
  zone.fade = fade;
  zone.ramped_by = {};
  changes.add(why, ZoneTargeted{zone.number, fade, reported});
}

void Lights::command(Slot slot, Level level, Duration fade, Duration delay, const Moment& why, Changes& changes) {
  ask({.zone = slot, .level = level, .fade = fade, .delay = delay}, why, changes);
}

void Lights::run(Slot preset, const Moment& why, Changes& changes) {
  const bool is_scene = preset < plan_.project().scenes.size();
  if (is_scene) watches_.scene_chosen(plan_, preset, why);
  for (const Slot scene : plan_.scenes(preset)) watches_.scene_chosen(plan_, scene, why);
  const MonoTime now = why.at.mono;
  for (const Step& step : plan_.steps(preset)) {
    ZoneState& zone = zones_[step.zone];
    // The short way of most zones.
    if (step.only_dims && zone.special == kNoSlot && zone.waiting == Delays::kNoTicket) {
      turn(step.zone, continued_to(zone.fade, step.level, step.fade, now), false, why, changes);
    } else {
      ask(step, why, changes);
    }
  }
  // After them all rather than with each: two short loops keep more in registers than a long one.
  for (const Step& step : plan_.steps(preset)) watches_.zone_aimed(zones_[step.zone], step.zone, why);
}

void Lights::ask(const Step& step, const Moment& why, Changes& changes) {
  if (!step.keeps_level) {
    if (wait(step, zones_[step.zone].waiting, why)) return;
    return carry_out(step, why, changes);
  }
  SpecialZone* it = special(step.zone);
  if (it != nullptr && !wait(step, it->waiting_look, why)) carry_out(step, why, changes);
}

/// Whatever waited gives its place; true when this waits now.
bool Lights::wait(const Step& step, Delays::Ticket& ticket, const Moment& why) {
  cancel(ticket);
  if (step.delay <= Duration::zero()) return false;
  ticket = delays_.add(why.at.mono + bounded(step.delay), {step, why.cause});
  return true;
}

void Lights::carry_out(const Step& step, const Moment& why, Changes& changes) {
  if (!step.keeps_level) go(step.zone, step.level, step.fade, why, changes);
  if (step.tilts) tilt(step.zone, step.tilt, why, changes);
  if (step.colour) set_colour(step.zone, step.colour, step.fade, why, changes);
}

void Lights::go(Slot slot, Level level, Duration fade, const Moment& why, Changes& changes) {
  const ZoneState& zone = zones_[slot];
  if (zone.special != kNoSlot) return go_special(slot, level, fade, why, changes);
  aim(slot, fade_from_here(zone, level, fade, why.at.mono), why, changes);
}

void Lights::go_special(Slot slot, Level level, Duration fade, const Moment& why, Changes& changes) {
  ZoneState& zone = zones_[slot];
  SpecialZone& it = *special(slot);
  if (zone.load == LoadType::climate) return;
  if (it.held != Override::none) {
    it.wanted = fade_along(it.wanted, zone, level, fade, why.at.mono);
    zone.ramped_by = {};
  }
  if (it.held == Override::emergency) return;
  const Level allowed = it.held == Override::shed ? shed_level(zone.load, level, shed_percent_) : level;
  if (stays_on(slot, allowed, fade, why)) return;
  aim(slot, fade_from_here(zone, allowed, fade, why.at.mono), why, changes);
}

/// Keeps an off command for when the zone has been on for long enough.
bool Lights::stays_on(Slot slot, Level level, Duration fade, const Moment& why) {
  ZoneState& zone = zones_[slot];
  const SpecialZone& it = *special(slot);
  if (level.is_on() || !zone.fade.to.is_on() || it.minimum_on <= Duration::zero()) return false;
  const MonoTime over = it.on_since + it.minimum_on;
  if (why.at.mono >= over) return false;
  cancel(zone.waiting);
  const Step step{.zone = slot, .level = level, .fade = fade};
  zone.waiting = delays_.add(over, {step, why.cause, DelayedCommand::Kind::minimum_on_over});
  return true;
}

void Lights::ramp(Slot slot, bool raise, ButtonId button, const Moment& why, Changes& changes) {
  cancel(zones_[slot].waiting);
  if (const SpecialZone* it = special(slot); it != nullptr && it->held != Override::none) {
    return ramp_held(slot, raise, button, why, changes);
  }
  const auto fade = ramp_along(zones_[slot].fade, zones_[slot], raise, full_ramp_, why.at.mono);
  if (!fade) return;
  aim(slot, *fade, why, changes);
  zones_[slot].ramped_by = button;
}

void Lights::ramp_held(Slot slot, bool raise, ButtonId button, const Moment& why, Changes& changes) {
  ZoneState& zone = zones_[slot];
  SpecialZone& it = *special(slot);
  const auto fade = ramp_along(it.wanted, zone, raise, full_ramp_, why.at.mono);
  if (!fade) return;
  it.wanted = *fade;
  if (it.held == Override::shed) {
    const Level allowed = shed_level(zone.load, fade->to, shed_percent_);
    aim(slot, fade_from_here(zone, allowed, fade->duration, why.at.mono), why, changes);
  }
  zone.ramped_by = button;
}

void Lights::stop(Slot slot, const Moment& why, Changes& changes) {
  cancel(zones_[slot].waiting);
  stop_here(slot, why, changes);
}

void Lights::release(Slot button, const Moment& why, Changes& changes) {
  const ButtonId number = plan_.button(button).number;
  for (const Slot slot : plan_.ramped_zones(button)) {
    if (zones_[slot].ramped_by == number) stop_here(slot, why, changes);
  }
}

void Lights::stop_here(Slot slot, const Moment& why, Changes& changes) {
  ZoneState& zone = zones_[slot];
  const MonoTime now = why.at.mono;
  zone.ramped_by = {};
  Level here = zone.fade.at(now);
  if (SpecialZone* it = special(slot)) {
    stop_slats(*it, why, changes);
    if (it->held != Override::none) it->wanted = Fade::still(it->wanted.at(now), now);
    if (it->held == Override::emergency) return;
    if (it->tells_its_way) here = it->position.value_or(here);
  }
  if (zone.fade.moving(now) || here != zone.fade.to) aim(slot, Fade::still(here, now), why, changes);
}

void Lights::report(Slot slot, Level level, const Moment& why, Changes& changes) {
  const ZoneState& zone = zones_[slot];
  const MonoTime now = why.at.mono;
  if (zone.load == LoadType::climate) return;
  const Level reached = reachable(zone.load, level);
  SpecialZone* it = special(slot);
  const bool expected = it != nullptr && it->tells_its_way
                            ? follow_drive(*it, zone.fade, reached, now) == WayReport::expected
                            : expected_report(zone, reached, now);
  if (expected) return;
  // Who turns the light with the dimmer's own paddle gets what they see, also after the load is no longer shed.
  if (it != nullptr && it->held == Override::shed) it->wanted = Fade::still(reached, now);
  aim(slot, Fade::still(reached, now), why, changes, true);
}

void Lights::set_led(Slot button, LedState state, const Moment& why, Changes& changes) {
  watches_.set_led(button, state, why, changes);
}

void Lights::fire(Now at, Changes& changes) {
  while (delays_.next() == at.mono) {
    const DelayedCommand due = delays_.pop().command;
    const Slot slot = due.step.zone;
    const std::uint32_t number = zones_[slot].number.value;
    *ticket_of(due) = Delays::kNoTicket;
    const auto cause = [&](Kind kind) { return Moment{at, due.cause.then(kind, number)}; };
    switch (due.kind) {
      case DelayedCommand::Kind::command: carry_out(due.step, cause(Kind::delay_elapsed), changes); break;
      case DelayedCommand::Kind::minimum_on_over: carry_out(due.step, cause(Kind::minimum_on_over), changes); break;
      case DelayedCommand::Kind::pulse_end:
        aim(slot, Fade::still(Level::off(), at.mono), cause(Kind::pulse_ended), changes);
        break;
    }
  }
}

void Lights::aim(Slot slot, const Fade& fade, const Moment& why, Changes& changes, bool reported) {
  const Level before = zones_[slot].fade.to;
  turn(slot, fade, reported, why, changes);
  const ZoneState& zone = zones_[slot];
  watches_.zone_aimed(zone, slot, why);
  if (zone.special == kNoSlot) return;
  SpecialZone& it = specials_[zone.special];
  if (!reported) it.under_way = false;
  if (!before.is_on() && fade.to.is_on()) it.on_since = why.at.mono;
  if (zone.load == LoadType::pulsed_contact) rearm_pulse(zone, why);
}

/// Each closing is a pulse of its own full length.
void Lights::rearm_pulse(const ZoneState& zone, const Moment& why) {
  SpecialZone& it = specials_[zone.special];
  cancel(it.pulse_end);
  if (!zone.fade.to.is_on()) return;
  const DelayedCommand opening{{.zone = it.zone}, why.cause, DelayedCommand::Kind::pulse_end};
  it.pulse_end = delays_.add(why.at.mono + it.pulse, opening);
}

void Lights::cancel(Delays::Ticket& ticket) {
  if (ticket == Delays::kNoTicket) return;
  delays_.remove(ticket);
  ticket = Delays::kNoTicket;
}

Delays::Ticket* Lights::ticket_of(const DelayedCommand& command) {
  ZoneState& zone = zones_[command.step.zone];
  const bool pulse = command.kind == DelayedCommand::Kind::pulse_end;
  if (!pulse && !command.step.keeps_level) return &zone.waiting;
  if (zone.special == kNoSlot) return nullptr;
  SpecialZone& it = specials_[zone.special];
  return pulse ? &it.pulse_end : &it.waiting_look;
}

const Fade& Lights::wanted(Slot slot) const {
  const SpecialZone* it = special(slot);
  return it != nullptr && it->held != Override::none ? it->wanted : zones_[slot].fade;
}

}  // namespace candela::engine
