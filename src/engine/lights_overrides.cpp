// Emergencies and load shedding.
#include <algorithm>
#include <utility>

#include "engine/lights.h"

namespace candela::engine {

using Kind = CauseStep::Kind;

void Lights::set_emergency(bool emergency, const Moment& why, Changes& changes) {
  if (std::exchange(emergency_, emergency) == emergency) return;
  const Moment told = why.then(emergency ? Kind::emergency_began : Kind::emergency_ended);
  changes.add(told, EmergencyChanged{emergency});
  settle_overrides(told, changes);
}

void Lights::shed(std::uint8_t percent, const Moment& why, Changes& changes) {
  constexpr std::uint8_t kMost = 100;
  const std::uint8_t share = std::min(percent, kMost);
  if (std::exchange(shed_percent_, share) == share) return;
  const Moment told = why.then(Kind::load_shed, share);
  changes.add(told, LoadShed{share});
  settle_overrides(told, changes);
}

Override Lights::override_of(const SpecialZone& it) const {
  if (emergency_ && it.emergency) return Override::emergency;
  return shed_percent_ > 0 && it.sheds ? Override::shed : Override::none;
}

void Lights::settle_overrides(const Moment& why, Changes& changes) {
  for (SpecialZone& it : specials_) settle_override(it, why, changes);
}

void Lights::settle_override(SpecialZone& it, const Moment& why, Changes& changes) {
  ZoneState& zone = zones_[it.zone];
  const MonoTime now = why.at.mono;
  if (it.held == Override::none) it.wanted = zone.fade;
  const Override before = std::exchange(it.held, override_of(it));
  if (before == it.held && it.held != Override::shed) return;
  Level target = it.wanted.to;
  Duration fade = it.wanted.moving(now) ? it.wanted.end() - now : zone.own_fade;
  if (it.held == Override::shed) target = shed_level(zone.load, target, shed_percent_);
  if (it.held == Override::emergency) {
    target = *it.emergency;
    fade = Duration::zero();
  }
  if (reachable(zone.load, target) != zone.fade.to || it.held == Override::emergency) {
    const ButtonId ramping = zone.ramped_by;  // its release still ends what the finger began
    aim(it.zone, fade_from_here(zone, target, fade, now), why, changes);
    zone.ramped_by = ramping;
  }
  if (it.held != Override::emergency) take_wanted_look(it, why, changes);
}

void Lights::take_wanted_look(SpecialZone& it, const Moment& why, Changes& changes) {
  if (it.wanted_tilt) move_slats(it, *std::exchange(it.wanted_tilt, std::nullopt), why, changes);
  if (!it.wanted_colour) return;
  fade_colour(it, std::exchange(it.wanted_colour, Colour{}), zones_[it.zone].own_fade, why, changes);
}

}  // namespace candela::engine
