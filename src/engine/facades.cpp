#include "engine/facades.h"

#include <algorithm>
#include <utility>

namespace candela::engine {

using Kind = CauseStep::Kind;

namespace {

bool same_place(const Location& a, const Location& b) {
  return a.latitude == b.latitude && a.longitude == b.longitude && a.time_zone == b.time_zone;
}

}  // namespace

Facades::Facades(const Plan& plan) : facades_(plan.project().facades.size()) {
  for (Slot slot = 0; slot < facades_.size(); ++slot) {
    const Facade& facade = plan.project().facades[slot];
    facades_[slot].enabled = facade.enabled;
    for (const ZoneId zone : facade.shades) {
      if (plan.slot(zone) != kNoSlot) facades_[slot].shades.push_back({.zone = plan.slot(zone)});
    }
  }
}

// The day

/// A day goes on from where the day before has left the shades, when that is known.
void Facades::plan(State& state, const Facade& facade, const Almanac& almanac, UtcTime now) {
  const std::int32_t date = almanac.local(now).date;
  if (state.day && state.day->date == date) return;
  const bool goes_on = state.day && state.day->date + 1 == date && state.level;
  std::optional<UtcTime> earliest;
  if (state.moved && *state.moved <= now) {
    earliest = *state.moved + std::chrono::duration_cast<UtcTime::duration>(facade.apart);
  }
  state.day = plan_day(facade, almanac, date, goes_on ? *state.level : facade.open, earliest);
  state.done.reset();
}

/// Which move holds then, from 1; 0 = none yet.
std::size_t Facades::move_at(const FacadeDay& day, UtcTime now) {
  const auto later = [](UtcTime time, const FacadeDay::Move& move) { return time < move.at; };
  return static_cast<std::size_t>(std::upper_bound(day.moves.begin(), day.moves.end(), now, later) - day.moves.begin());
}

Level Facades::level_of(const FacadeDay& day, std::size_t move) {
  return move == 0 ? day.before : day.moves[move - 1].level;
}

void Facades::go_on(State& state, const Facade& facade, const Almanac& almanac, Lights& lights, const Moment& why,
                    Changes& changes) {
  plan(state, facade, almanac, why.at.utc);
  const std::size_t move = move_at(*state.day, why.at.utc);
  state.due = move < state.day->moves.size() ? state.day->moves[move].at : state.day->end;
  // Before the day's first move shades stay as they are, unless a new plan came after the old one's.
  if (move == state.done || (move == 0 && state.begun != state.day->date)) return;
  state.done = move;
  const bool is_new_day = std::exchange(state.begun, state.day->date) != state.day->date;
  for (Shade& shade : state.shades) {
    if (is_new_day) {
      shade.left = false;
    } else if (shade.told && is_elsewhere(shade, *shade.told, lights)) {
      shade.left = true;
    }
  }
  go(state, facade.number, level_of(*state.day, move), lights, why, changes);
}

void Facades::go(State& state, FacadeId facade, Level level, Lights& lights, const Moment& why, Changes& changes) {
  if (state.level != level) changes.add(why, FacadeMoved{facade, level});
  state.level = level;
  state.moved = why.at.utc;
  for (Shade& shade : state.shades) {
    if (shade.left) continue;
    shade.told = level;
    if (lights.wanted(shade.zone).to == level) continue;
    // As a show's: what people's commands wait for goes on waiting.
    lights.follow_course(shade.zone, level, {}, lights.zone(shade.zone).own_fade, why, changes);
  }
}

/// Where people's commands bring it counts, not where an emergency holds it.
bool Facades::is_elsewhere(const Shade& shade, Level level, const Lights& lights) {
  return !Facade::is_near(lights.wanted(shade.zone).to, reachable(lights.zone(shade.zone).load, level));
}

std::optional<UtcTime> Facades::next_due() const {
  std::optional<UtcTime> next;
  for (const State& state : facades_) {
    if (state.due && (!next || *state.due < *next)) next = state.due;
  }
  return next;
}

void Facades::fire(const Almanac& almanac, Lights& lights, const Moment& why, Changes& changes) {
  for (Slot slot = 0; slot < facades_.size(); ++slot) {
    State& state = facades_[slot];
    if (!state.due || *state.due > why.at.utc) continue;
    const Facade& facade = lights.plan().project().facades[slot];
    go_on(state, facade, almanac, lights, why.then(Kind::facade_moved, facade.number.value), changes);
  }
}

void Facades::clock_set(UtcTime now) {
  for (State& state : facades_) {
    if (state.enabled) state.due = now;
  }
}

void Facades::control(Slot slot, Control control, const Almanac& almanac, Lights& lights, const Moment& why,
                      Changes& changes) {
  State& state = facades_[slot];
  const Facade& facade = lights.plan().project().facades[slot];
  const Moment told = why.then(Kind::facade_moved, facade.number.value);
  const bool starts = control == Control::start || (control == Control::toggle && !state.enabled);
  if (state.enabled != starts) {
    state.enabled = starts;
    state.by_command = true;
    changes.add(told, FacadeChanged{facade.number, starts});
  }
  state.due.reset();
  if (!starts) return;
  for (Shade& shade : state.shades) shade.left = false;
  plan(state, facade, almanac, why.at.utc);
  const std::size_t move = move_at(*state.day, why.at.utc);
  const auto& moves = state.day->moves;
  state.due = move < moves.size() ? moves[move].at : state.day->end;
  state.done = move;
  if (move > 0) state.begun = state.day->date;
  go(state, facade.number, level_of(*state.day, move), lights, told, changes);
}

// Beginnings

/// As far as can be told from where the shades are aimed, and since when.
void Facades::find_peoples(State& state, const SavedState& remembered, const Lights& lights) {
  const FacadeDay& day = *state.day;
  for (Shade& shade : state.shades) {
    const ZoneId number = lights.zone(shade.zone).number;
    const auto found = std::find_if(remembered.zones.begin(), remembered.zones.end(),
                                    [&](const SavedState::Zone& it) { return it.zone == number; });
    const bool is_of_today = found != remembered.zones.end() && found->start >= day.moves.front().at;
    shade.left = is_of_today && is_elsewhere(shade, day.before, lights) &&
                 std::all_of(day.moves.begin(), day.moves.end(),
                             [&](const FacadeDay::Move& move) { return is_elsewhere(shade, move.level, lights); });
  }
}

void Facades::restore(const SavedState& remembered, const Almanac& almanac, Lights& lights, const Moment& why,
                      Changes& changes) {
  const Moment restored = why.then(Kind::restored);
  for (const SavedState::Facade& it : remembered.facades) {
    const Slot slot = lights.plan().slot(it.facade);
    if (slot == kNoSlot) continue;
    facades_[slot].enabled = it.enabled;
    facades_[slot].by_command = true;
    changes.add(restored, FacadeChanged{it.facade, it.enabled});
  }
  for (Slot slot = 0; slot < facades_.size(); ++slot) {
    State& state = facades_[slot];
    if (!state.enabled) continue;
    const Facade& facade = lights.plan().project().facades[slot];
    plan(state, facade, almanac, why.at.utc);
    if (move_at(*state.day, why.at.utc) > 0) {
      find_peoples(state, remembered, lights);
      state.begun = state.day->date;
    }
    // Power that comes back at night opens no blinds: only a sun that is on the facade moves shades at once.
    const std::size_t move = move_at(*state.day, why.at.utc);
    if (level_of(*state.day, move) == facade.open) state.done = move;
    go_on(state, facade, almanac, lights, restored.then(Kind::facade_moved, facade.number.value), changes);
  }
}

void Facades::carry_over(const Facades& old, const Plan& plan, const Plan& old_plan, UtcTime now) {
  const bool stays = same_place(plan.project().location, old_plan.project().location);
  for (Slot slot = 0; slot < facades_.size(); ++slot) {
    State& state = facades_[slot];
    const Facade& facade = plan.project().facades[slot];
    const Slot before = old_plan.slot(facade.number);
    if (before != kNoSlot) {
      const State& was = old.facades_[before];
      take_over(state, was, plan, old_plan);
      if (stays && facade == old_plan.project().facades[before]) continue;
      state.day.reset();
    }
    state.due = state.enabled ? std::optional(now) : std::nullopt;
  }
}

void Facades::take_over(State& state, const State& was, const Plan& plan, const Plan& old_plan) {
  std::vector<Shade> shades = std::move(state.shades);
  const bool enabled = was.by_command ? was.enabled : state.enabled;
  state = was;
  state.enabled = enabled;
  state.shades = std::move(shades);
  for (Shade& shade : state.shades) {
    const ZoneId number = plan.project().zones[shade.zone].number;
    const auto same = std::find_if(was.shades.begin(), was.shades.end(),
                                   [&](const Shade& it) { return old_plan.project().zones[it.zone].number == number; });
    if (same != was.shades.end()) shade = {shade.zone, same->told, same->left};
  }
}

}  // namespace candela::engine
