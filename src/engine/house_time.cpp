#include <algorithm>

#include "engine/house.h"
#include "model/people.h"

namespace candela::engine {
namespace {

using Kind = CauseStep::Kind;

/// The clock was set when UTC and the monotonic clock part by more than this; less is a time service that steers.
constexpr Duration kJump = std::chrono::seconds(1);
/// So much can be due at one time in no house: something does not get on, and is left for the next event.
constexpr std::uint32_t kMaxFiringsAtOnce = 100'000;

constexpr Source kByItself{Source::Kind::timer, {}};

}  // namespace

House::Coming House::coming() const {
  Coming next;
  const auto consider = [&](std::optional<MonoTime> due) {
    if (due) next.mono = std::min(next.mono, *due);
  };
  const auto consider_utc = [&](std::optional<UtcTime> due) {
    if (due) next.utc = std::min(next.utc, *due);
  };
  consider(lights_.next_due());
  consider(buttons_.next_due());
  consider(sequences_.next_due());
  consider(occupancy_.next_due());
  consider_utc(timeclock_.next_due());
  consider_utc(next_night_change_);
  consider_utc(shows_.next_due());
  consider_utc(facades_.next_due());
  consider_utc(away_.next_due());
  consider_utc(led_conditions_.next_turn());
  return next;
}

std::optional<MonoTime> House::Coming::at(Now now) const {
  if (utc == UtcTime::max()) return mono == MonoTime::max() ? std::nullopt : std::optional(mono);
  return std::min(mono, now.mono + std::chrono::duration_cast<Duration>(utc - now.utc));
}

std::optional<MonoTime> House::next_due(Now now) const { return coming().at(now); }

void House::begin(Now now) {
  scanned_ = 0;
  if (has_jumped(now)) {
    shows_.clock_set(now.utc);
    facades_.clock_set(now.utc);
    fire_calendar(now);
    coming_ = coming();
  } else if (!coming_.is_known()) {
    coming_ = coming();
  }
  fire(now);
}

void House::fire_due(Now now) {
  coming_ = coming();
  fire(now);
}

void House::fire(Now now) {
  std::uint32_t firings = 0;
  MonoTime last = MonoTime::min();
  for (; coming_.by(now); coming_ = coming()) {
    const auto due = coming_.at(now);
    firings = *due == last ? firings + 1 : 0;
    if (firings > kMaxFiringsAtOnce) break;
    last = *due;
    const Now at{*due, now.utc - std::chrono::duration_cast<UtcTime::duration>(now.mono - *due)};
    if (lights_.next_due() == due) {
      lights_.fire(at, changes_);
    } else if (buttons_.next_due() == due) {
      buttons_.fire(at, *this, changes_);
    } else if (sequences_.next_due() == due) {
      advance_sequence(at);
    } else if (occupancy_.next_due() == due) {
      occupancy_.advance(at.mono, transitions_);
      tell_occupancy({at, {.source = kByItself}});
    } else {
      fire_calendar(at);
    }
    settle();
  }
  latest_ = now;
}

bool House::has_jumped(Now now) const {
  const auto by_calendar = std::chrono::duration_cast<Duration>(now.utc - latest_.utc);
  const auto really = now.mono - latest_.mono;
  return by_calendar > really + kJump || by_calendar + kJump < really;
}

/// All that the calendar brings by then.
void House::fire_calendar(Now at) {
  // What was due before the clock was set is done now: time never goes back.
  at.mono = std::max(at.mono, latest_.mono);
  const Moment why{at, {.source = kByItself}};
  turn_night(why);
  run_timeclock(at);
  shows_.fire(almanac_, lights_, at, changes_);
  facades_.fire(almanac_, lights_, why, changes_);
  play_away(why);
  led_conditions_.time_passed(*this, lights_.watches(), why);
}

void House::run_timeclock(Now at) {
  due_.clear();
  timeclock_.advance(at, mode_, due_);
  const Moment why{at, {.source = kByItself}};
  for (std::size_t i = 0; i < due_.size(); ++i) {
    const Timeclock::Due due = due_[i];
    pass_timeclock(due, why.then(Kind::timeclock_due, plan().project().timeclock_events[due.event].number.value));
  }
}

void House::pass_timeclock(const Timeclock::Due& due, const Moment& why) {
  changes_.add(why, TimeclockEventPassed{plan().project().timeclock_events[due.event].number, due.how, due.date});
  if (due.runs()) run(plan().preset_of_event(due.event), why);
}

void House::turn_night(const Moment& why) {
  if (!plan().project().day_night) return;
  const bool night = day_night_.is_night(why.at.utc);
  next_night_change_ = day_night_.next_change(why.at.utc);
  if (night == night_) return;
  night_ = night;
  changes_.add(why.then(Kind::sun_moved), NightChanged{night});
}

void House::play_away(const Moment& why) {
  away_.advance(almanac_, why.at.utc, away_commands_);
  carry_out_away(why);
}

void House::carry_out_away(const Moment& why) {
  for (const Away::Command& it : away_commands_) {
    const std::uint32_t zone = plan().project().zones[it.zone].number.value;
    lights_.command(it.zone, it.level, it.fade, Duration::zero(), why.then(it.why, zone), changes_);
  }
  away_commands_.clear();
}

void House::tell_occupancy(const Moment& why) {
  const OccupancyGroups::Transitions transitions = std::exchange(transitions_, {});
  const auto group_of = [&](const OccupancyGroups::Transition& it) -> const OccupancyGroup& {
    return plan().project().occupancy_groups[it.group];
  };
  const auto told = [&](const OccupancyGroups::Transition& it) {
    return why.then(is_in_use(it.state) ? Kind::seen_occupied : Kind::seen_unoccupied, group_of(it).number.value);
  };
  // All of them before any preset runs: one may set off other transitions, which come after these.
  for (const auto& it : transitions) changes_.add(told(it), OccupancyChanged{group_of(it).number, it.state});
  for (const auto& it : transitions) {
    if (occupancy_.state(it.group) != it.state) continue;
    const OccupancyGroup& group = group_of(it);
    if (it.runs == OccupancyGroups::Runs::occupied && runs_now(group.occupied, almanac_, why.at.utc, mode_)) {
      run(plan().occupied_preset(it.group), told(it));
    }
    if (it.runs == OccupancyGroups::Runs::unoccupied && runs_now(group.unoccupied, almanac_, why.at.utc, mode_)) {
      run(plan().unoccupied_preset(it.group), told(it));
    }
  }
}

/// Away repeats what people did, and leaves alone what they touch.
void House::note_people() {
  if (plan().project().away.zones.empty()) return;
  for (const Change& change : changes_.since(scanned_)) {
    const auto* zone = std::get_if<ZoneTargeted>(&change.what);
    if (zone == nullptr || !is_doing_of_people(change.cause)) continue;
    const Slot slot = plan().slot(zone->zone);
    if (slot != kNoSlot) away_.people_set(slot, zone->fade.to, change.at.utc);
  }
}

/// After a restart: what is not as the project says.
void House::tell_what_differs(const SavedState& remembered, const Moment& why) {
  for (const SavedState::TimeclockState& it : remembered.timeclocks) {
    if (plan().slot(it.timeclock) != kNoSlot) changes_.add(why, TimeclockEnabled{it.timeclock, it.enabled});
  }
  for (const SavedState::TimeclockEventState& it : remembered.timeclock_events) {
    if (plan().slot(it.event) == kNoSlot || !it.enabled) continue;
    changes_.add(why, TimeclockEventEnabled{it.event, *it.enabled});
  }
  for (const SavedState::OccupancyState& it : remembered.occupancy) {
    if (plan().slot(it.group) != kNoSlot) changes_.add(why, OccupancyModeChanged{it.group, it.mode});
  }
  for (const SavedState::Sensor& it : remembered.sensors) {
    if (plan().slot(it.sensor) != kNoSlot) changes_.add(why, SensorEnabled{it.sensor, it.enabled});
  }
  if (away_.is_active()) changes_.add(why, AwayChanged{true});
  if (night_) changes_.add(why, NightChanged{true});
  if (!timeclock_.is_trusted()) changes_.add(why, ClockChanged{false});
}

}  // namespace candela::engine
