// Tilt, colour and climate.
#include "engine/lights.h"

namespace candela::engine {

void Lights::tilt(Slot slot, Level tilt, const Moment& why, Changes& changes) {
  SpecialZone* it = special(slot);
  if (it == nullptr || zones_[slot].load != LoadType::tilting_shade) return;
  cancel(it->waiting_look);
  if (it->held == Override::emergency) {
    it->wanted_tilt = tilt;
  } else {
    move_slats(*it, tilt, why, changes);
  }
}

void Lights::move_slats(SpecialZone& it, Level tilt, const Moment& why, Changes& changes) {
  const Level here = it.tilt.at(why.at.mono);
  it.tilt = {here, tilt, why.at.mono, part_of(it.tilt_travel, here, tilt)};
  changes.add(why, ZoneTilted{zones_[it.zone].number, it.tilt, false});
}

void Lights::stop_slats(SpecialZone& it, const Moment& why, Changes& changes) {
  it.wanted_tilt.reset();
  if (it.tilt.moving(why.at.mono)) move_slats(it, it.tilt.at(why.at.mono), why, changes);
}

void Lights::report_tilt(Slot slot, Level tilt, const Moment& why, Changes& changes) {
  SpecialZone* it = special(slot);
  if (it == nullptr || zones_[slot].load != LoadType::tilting_shade) return;
  if (alike(it->tilt.to, tilt) || it->tilt.moving(why.at.mono)) return;
  it->tilt = Fade::still(tilt, why.at.mono);
  changes.add(why, ZoneTilted{zones_[slot].number, it->tilt, true});
}

void Lights::set_colour(Slot slot, const Colour& asked, Duration fade, const Moment& why, Changes& changes) {
  SpecialZone* it = special(slot);
  if (it == nullptr) return;
  const Colour colour = reachable(zones_[slot].load, *it, asked);
  if (!colour) return;
  cancel(it->waiting_look);
  if (it->held == Override::emergency) {
    it->wanted_colour = colour;
  } else {
    fade_colour(*it, colour, fade, why, changes);
  }
}

void Lights::fade_colour(SpecialZone& it, const Colour& colour, Duration fade, const Moment& why, Changes& changes) {
  it.colour_from = it.colour_at(why.at.mono);
  it.colour = colour;
  it.colour_start = why.at.mono;
  const bool at_once = !it.colour_from.is_fixed() || !colour.is_fixed() || it.colour_from == colour;
  it.colour_duration = at_once ? Duration::zero() : bounded(fade);
  changes.add(why, ZoneColoured{zones_[it.zone].number, it.colour_from, colour, it.colour_start, it.colour_duration});
}

void Lights::follow_course(Slot slot, std::optional<Level> level, const Colour& colour, Duration fade,
                           const Moment& why, Changes& changes) {
  if (level) go(slot, *level, fade, why, changes);
  SpecialZone* it = special(slot);
  const Colour reached = reachable_colour(slot, colour);
  if (it == nullptr || !reached) return;
  if (it->held == Override::emergency) {
    it->wanted_colour = reached;
  } else {
    fade_colour(*it, reached, fade, why, changes);
  }
}

void Lights::set_climate(Slot slot, const SetClimate& command, const Moment& why, Changes& changes) {
  SpecialZone* it = special(slot);
  if (it == nullptr || zones_[slot].load != LoadType::climate || !it->thermostat.set(command)) return;
  const auto& [mode, heat_to, cool_to, temperature] = it->thermostat;
  changes.add(why, ClimateChanged{zones_[slot].number, mode, heat_to, cool_to, temperature});
}

void Lights::report_temperature(Slot slot, std::int16_t measured, const Moment& why, Changes& changes) {
  SpecialZone* it = special(slot);
  if (it == nullptr || zones_[slot].load != LoadType::climate || !it->thermostat.report(measured)) return;
  const auto& [mode, heat_to, cool_to, temperature] = it->thermostat;
  changes.add(why, ClimateChanged{zones_[slot].number, mode, heat_to, cool_to, temperature});
}

std::optional<Level> Lights::tilt_of(Slot slot) const {
  const SpecialZone* it = special(slot);
  if (it == nullptr || zones_[slot].load != LoadType::tilting_shade) return std::nullopt;
  return it->wanted_tilt.value_or(it->tilt.to);
}

Colour Lights::colour_of(Slot slot) const {
  const SpecialZone* it = special(slot);
  if (it == nullptr) return {};
  return it->wanted_colour ? it->wanted_colour : it->colour;
}

Colour Lights::colour_at(Slot slot, MonoTime now) const {
  const SpecialZone* it = special(slot);
  return it == nullptr ? Colour{} : it->colour_at(now);
}

Colour Lights::reachable_colour(Slot slot, const Colour& colour) const {
  const SpecialZone* it = special(slot);
  return it == nullptr ? Colour{} : reachable(zones_[slot].load, *it, colour);
}

const Thermostat* Lights::thermostat(Slot slot) const {
  const SpecialZone* it = special(slot);
  return it == nullptr || zones_[slot].load != LoadType::climate ? nullptr : &it->thermostat;
}

}  // namespace candela::engine
