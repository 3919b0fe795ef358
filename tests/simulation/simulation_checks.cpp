// What is promised of the engine, and looked at after each event.
#include <fmt/chrono.h>
#include <fmt/format.h>

#include <algorithm>
#include <utility>

#include "model/describe.h"
#include "simulation.h"

namespace candela::simulation {

using namespace std::chrono_literals;

namespace {

constexpr Duration kLongestFade = 24h;
/// Words cost more than all the rest.
constexpr std::uint64_t kDescribesOneIn = 8;

std::string name_of_client(ClientId client) { return fmt::format("client {}", client.value); }

}  // namespace

std::string Simulation::time_text() const {
  const auto seconds = fmt::gmtime(std::chrono::floor<std::chrono::seconds>(now().utc));
  const auto since_begin = std::chrono::floor<std::chrono::milliseconds>(elapsed_).count();
  return fmt::format("day {}, {:%F %T} UTC, {} ms from the beginning", elapsed_ / 24h, seconds, since_begin);
}

void Simulation::fail(const std::string& what) const {
  std::string text = fmt::format("{}, event {}: {}", time_text(), event_count_, what);
  if (doing_ != nullptr) text += fmt::format("\n  event: {}", name_of(*doing_));
  if (changing_ != nullptr) {
    text += fmt::format("\n  change {}: {}\n  cause: {}", changing_->what.index(), describe(*changing_, *project_),
                        describe(changing_->cause, *project_, name_of_client));
  }
  throw Broken(text);
}

void Simulation::check_twin(std::span<const Change> changes, std::span<const Change> of_twin) {
  if (!std::equal(changes.begin(), changes.end(), of_twin.begin(), of_twin.end())) {
    fail("the same events gave other changes");
  }
}

void Simulation::check_change(const Change& change) {
  if (change.at.mono < last_change_) fail("time went back between two changes");
  if (change.at.mono > now().mono) fail("a change is in the future");
  last_change_ = change.at.mono;
  if (change.cause.step_count == 0) fail("a change has no cause");
  if (++changes_seen_ % kDescribesOneIn == 0) {
    describe(change, *project_);
    if (describe(change.cause, *project_, name_of_client).empty()) {
      fail("a cause has no words");
    }
  }
  if (const auto* zone = std::get_if<ZoneTargeted>(&change.what)) {
    check_fade(zone->fade, change);
    check_delay(change);
  }
  if (const auto* zone = std::get_if<ZoneTilted>(&change.what)) check_fade(zone->fade, change);
  check_occupancy(change);
  if (const auto* event = std::get_if<TimeclockEventPassed>(&change.what)) check_noon(*event);
}

void Simulation::check_fade(const Fade& fade, const Change& change) {
  if (fade.duration < Duration::zero() || fade.duration > kLongestFade) fail("a fade has no sensible length");
  if (fade.start > change.at.mono) fail("a fade begins in the future");
  if (fade.start < change.at.mono - kLongestFade) fail("a fade began long ago");
}

/// A client's command with a delay is carried out once, at its time.
void Simulation::check_delay(const Change& change) {
  const Cause& cause = change.cause;
  const auto* zone = std::get_if<ZoneTargeted>(&change.what);
  const auto direct = [&](std::size_t step, CauseStep::Kind kind) {
    return cause.steps[step] == CauseStep{kind, zone->zone.value};
  };
  if (cause.step_count != 2 || !direct(0, CauseStep::Kind::zone_commanded) ||
      !direct(1, CauseStep::Kind::delay_elapsed)) {
    return;
  }
  const auto found = delayed_.find(cause.event);
  if (found == delayed_.end() || found->second.zone != zone->zone)
    fail("a delay elapsed twice, or was never asked for");
  if (found->second.due != change.at.mono) fail("a delay elapsed at another time");
  delayed_.erase(found);
}

/// A group that is again as it was last known, by the store's memory too, switches nothing.
void Simulation::check_occupancy(const Change& change) {
  if (const auto* group = std::get_if<OccupancyChanged>(&change.what)) {
    const store::StateRow* known = live_.of(store::StateKind::group_in_use).find(group->group.value);
    const bool as_it_was =
        group->state != Occupancy::unknown && known != nullptr && (known->values[0] != 0) == is_in_use(group->state);
    if (!as_it_was) return;
    found_as_they_were_[group->group] = change.at.mono;
    ++tally_.groups_found_as_they_were;
    return;
  }
  if (!std::holds_alternative<ZoneTargeted>(change.what)) return;
  const std::span steps(change.cause.steps.data(), change.cause.step_count);
  if (steps.back().kind == CauseStep::Kind::delay_elapsed) return;
  for (const auto& [kind, object] : steps) {
    if (kind != CauseStep::Kind::seen_occupied && kind != CauseStep::Kind::seen_unoccupied) continue;
    const auto found = found_as_they_were_.find(OccupancyGroupId{object});
    if (found != found_as_they_were_.end() && found->second == change.at.mono) {
      fail(fmt::format("occupancy group {} is as it was last known, and switches", object));
    }
  }
}

/// Until the clock is later than it ever was, dates may be done already; of another time zone, for a day longer.
void Simulation::disturb_noon() {
  highest_utc_ = std::max(highest_utc_, now().utc);
  noon_undisturbed_since_ = highest_utc_ + (zone_changed_ ? 24h : 0h);
}

void Simulation::check_noon(const TimeclockEventPassed& passed) {
  if (passed.event != house_.probes.event || passed.how == TimeclockEventPassed::How::by_command) return;
  const bool undisturbed = last_noon_ && last_noon_at_ > noon_undisturbed_since_;
  if (undisturbed && passed.date != *last_noon_ + 1) {
    fail(fmt::format("a timeclock event did day {} after day {}", passed.date, *last_noon_));
  }
  if (!clock_was_set_back_ && last_noon_ && passed.date <= *last_noon_) fail("a timeclock event did a day again");
  last_noon_ = passed.date;
  last_noon_at_ = now().utc;
}

void Simulation::check_noon_came() {
  const TimeclockEvent& noon = *project_->find(house_.probes.event);
  const bool enabled = view_.is_enabled(noon.number) && view_.is_enabled(noon.timeclock);
  if (!enabled || !view_.house().clock_trusted) disturb_noon();
  const UtcTime since = std::max(last_noon_at_, noon_undisturbed_since_);
  if (now().utc > since + 26h)
    fail(fmt::format("a timeclock event did not come; it came last for day {}", last_noon_.value_or(0)));
}

void Simulation::check_after(const Event& event) {
  if (const std::string wrong = engine_->inconsistency(); !wrong.empty()) fail(wrong);
  check_view();
  check_probes(event);
  check_wake();
  check_pulses();
  check_noon_came();
}

void Simulation::check_view() {
  const MonoTime at = now().mono;
  const MonoTime later = at + 2500ms;
  for (const Zone& zone : project_->zones) {
    if (view_.level(zone.number, at) != engine_->level(zone.number, at) ||
        view_.level(zone.number, later) != engine_->level(zone.number, later)) {
      fail(fmt::format("the view has another level of zone {}: {} instead of {}", zone.number.value,
                       view_.level(zone.number, at).percent(), engine_->level(zone.number, at).percent()));
    }
  }
  for (const Button& button : project_->buttons) {
    if (view_.led(button.led) != engine_->led(button.led))
      fail(fmt::format("the view has LED {} wrong", button.led.value));
  }
  for (const Area& area : project_->areas) {
    if (view_.scene(area.number) != engine_->scene(area.number)) {
      fail(fmt::format("the view has another scene of area {}", area.number.value));
    }
  }
}

void Simulation::check_probes(const Event& event) {
  const MonoTime at = now().mono;
  const bool boots = event_count_ == 1;
  const auto* report = std::get_if<LevelReported>(&event.what);
  for (Probe& probe : probes_) {
    const Fade& told = view_.zone(probe.number()).fade;
    if (boots) {
      if (told.to != probe.course().to) fail(fmt::format("probe {} came back otherwise", probe.number().value));
      probe.adopt(told);
    } else if (report != nullptr && report->zone == probe.number()) {
      if (!probe.may_report_bring(told, report->level, at)) fail("a report brought a zone elsewhere");
      probe.adopt(told);
    } else if (told.to != probe.course().to || told.at(at) != probe.course().at(at) ||
               told.at(at + 1s) != probe.course().at(at + 1s)) {
      fail(fmt::format("probe {} goes to {} % ({} now) instead of {} % ({} now): {}", probe.number().value,
                       told.to.percent(), told.at(at).percent(), probe.course().to.percent(),
                       probe.course().at(at).percent(),
                       describe(view_.zone(probe.number()).cause, *project_, name_of_client)));
    }
  }
}

void Simulation::check_wake() {
  const auto wake = engine_->next_wake();
  if (wake && *wake < now().mono) fail("the next wake is in the past");
  const auto wakes_by = [&](MonoTime due) { return wake && *wake <= due; };
  for (const Probe& probe : probes_) {
    if (probe.due() && !wakes_by(*probe.due())) fail("a delay is forgotten");
  }
  for (const Sequence& sequence : project_->sequences) {
    if (view_.is_running(sequence.number) && !wakes_by(now().mono + 25h)) fail("a sequence runs and waits for nothing");
  }
}

/// What closes for a moment opens again.
void Simulation::check_pulses() {
  for (const Zone& zone : project_->zones) {
    if (zone.load != LoadType::pulsed_contact) continue;
    const Fade& fade = view_.zone(zone.number).fade;
    if (fade.to.is_on() && now().mono > fade.start + std::max<Duration>(zone.pulse, 10s)) {
      fail(fmt::format("the pulse of zone {} does not end", zone.number.value));
    }
  }
}

template <class T>
void Simulation::expect_same(const T& before, const T& after, const char* what, std::uint32_t number) {
  if (!(before == after)) fail(fmt::format("a restart changed {} of {}", what, number));
}

/// What was so before a restart, as far as the store keeps it, is so after it. Runs when what was missed has been
/// caught up, so that a house in which that did anything is looked at only in part.
void Simulation::check_restored(const View& before) {
  const View& after = restored_;
  expect_same(before.house().mode, after.house().mode, "the mode", 0);
  expect_same(before.house().away, after.house().away, "away", 0);
  expect_same(before.house().emergency, after.house().emergency, "the emergency", 0);
  expect_same(before.house().shed_percent, after.house().shed_percent, "the shed load", 0);
  for (const Variable& it : project_->variables) {
    const std::uint8_t expected = it.kept ? before.variable(it.number) : it.initial;
    expect_same(expected, after.variable(it.number), "variable", it.number.value);
  }
  for (const Timeclock& it : project_->timeclocks) {
    expect_same(before.is_enabled(it.number), after.is_enabled(it.number), "the enabling", it.number.value);
  }
  for (const TimeclockEvent& it : project_->timeclock_events) {
    expect_same(before.is_enabled(it.number), after.is_enabled(it.number), "the enabling", it.number.value);
  }
  for (const OccupancyGroup& it : project_->occupancy_groups) {
    expect_same(before.occupancy_mode(it.number), after.occupancy_mode(it.number), "the occupancy mode",
                it.number.value);
  }
  for (const Device& it : project_->devices) {
    expect_same(before.is_enabled(it.number), after.is_enabled(it.number), "the sensor", it.number.value);
  }
  for (const NaturalShow& it : project_->shows) {
    expect_same(before.is_running(it.number), after.is_running(it.number), "the show", it.number.value);
  }
  for (const Facade& it : project_->facades) {
    expect_same(before.is_enabled(it.number), after.is_enabled(it.number), "the facade", it.number.value);
  }
  for (const Scene& it : project_->scenes) {
    const auto was = before.scene_edit(it.number);
    const auto is = after.scene_edit(it.number);
    if (static_cast<bool>(was) != static_cast<bool>(is) || (was && *was != *is)) {
      fail(fmt::format("a restart changed the edited scene {}", it.number.value));
    }
  }
  check_zones_restored(before);
}

void Simulation::check_zones_restored(const View& before) {
  const bool held = before.house().emergency || before.house().shed_percent > 0;
  const bool shown = std::any_of(project_->shows.begin(), project_->shows.end(),
                                 [&](const NaturalShow& it) { return before.is_running(it.number); });
  const auto is_of_facade = [&](ZoneId zone) {
    return std::any_of(project_->facades.begin(), project_->facades.end(), [&](const Facade& it) {
      return std::find(it.shades.begin(), it.shades.end(), zone) != it.shades.end();
    });
  };
  for (const Zone& zone : project_->zones) {
    const View::ZoneState& was = before.zone(zone.number);
    const View::ZoneState& is = restored_.zone(zone.number);
    const std::uint32_t number = zone.number.value;
    if (zone.load == LoadType::climate) {
      expect_same(before.climate(zone.number).mode, restored_.climate(zone.number).mode, "the climate mode", number);
      expect_same(before.climate(zone.number).heat_to, restored_.climate(zone.number).heat_to, "the heating", number);
    }
    if (zone.load == LoadType::tilting_shade) expect_same(was.tilt.to, is.tilt.to, "the tilt", number);
    if (held || shown) continue;
    expect_same(was.colour, is.colour, "the colour", number);
    const bool plain = zone.after_power_failure == AfterPowerFailure::restore && !is_of_facade(zone.number) &&
                       zone.load != LoadType::pulsed_contact;
    if (plain) expect_same(was.fade.to, is.fade.to, "the level", number);
  }
}

}  // namespace candela::simulation
