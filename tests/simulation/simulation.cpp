#include "simulation.h"

#include <fmt/format.h>

#include <algorithm>
#include <iostream>
#include <utility>

#include "base/overloaded.h"
#include "model/describe.h"
#include "model/people.h"

namespace candela::simulation {

using namespace std::chrono_literals;

namespace {

constexpr std::uint32_t kMostWakesADay = 20'000;

UtcTime some_start(Dice& dice) {
  const std::chrono::sys_days first = std::chrono::year{2026} / 1 / 1;
  auto day = first + std::chrono::days(dice.below(4 * 365));
  if (dice.one_in(3)) {  // when clocks change in most places
    const std::chrono::month month{dice.one_in(2) ? 3U : 10U};
    day = std::chrono::year{2026} / month / std::chrono::day{dice.between(18, 31)};
  }
  return day + std::chrono::milliseconds(dice.below(24 * 3600 * 1000));
}

bool is_within(const Project& project, AreaId inner, AreaId outer) {
  for (const Area* area = project.find(inner); area != nullptr; area = project.find(area->parent)) {
    if (area->number == outer) return true;
  }
  return false;
}

/// Not what was missed and is caught up, nor what a show does that goes on.
bool is_of_restart(const Cause& cause) { return cause.steps[0].kind == CauseStep::Kind::project_activated; }

}  // namespace

Simulation::Simulation(std::uint64_t seed, bool traces, Tally& tally)
    : traces_(traces),
      dice_(seed),
      house_(random_house(dice_)),
      life_(house_, dice_),
      tally_(tally),
      start_(some_start(dice_)) {
  project_ = house_.versions[0];
  for (const ZoneId zone : house_.probes.zones) {
    probes_.emplace_back(*project_->find(zone), project_->settings.full_ramp);
  }
}

// Time

Now Simulation::now() const {
  return {mono_at(elapsed_), start_ + std::chrono::floor<UtcTime::duration>(elapsed_ + utc_shift_)};
}

void Simulation::live(std::uint32_t days) {
  boot();
  for (std::uint32_t day = 0; day < days; ++day) {
    wakes_today_ = 0;
    const std::vector<Happening> happenings = life_.day(24h * day);
    for (const Happening& it : happenings) {
      if (it.at > elapsed_) wait_until(it.at);
      std::visit([&](const auto& what) { happen(what); }, it.what);
    }
    if (elapsed_ < Duration(24h) * (day + 1)) wait_until(24h * (day + 1));
    std::erase_if(delayed_, [&](const auto& entry) { return entry.second.due < now().mono; });
  }
}

/// The engine sleeps until the very moment that it asked for, never longer and never less.
void Simulation::wait_until(Duration elapsed) {
  for (auto wake = engine_->next_wake(); wake && *wake <= mono_at(elapsed); wake = engine_->next_wake()) wake_at(*wake);
  elapsed_ = elapsed;
}

void Simulation::wake_at(MonoTime wake) {
  constexpr std::uint32_t kMostInPlace = 20;
  wakes_in_place_ = last_wake_ == wake ? wakes_in_place_ + 1 : 0;
  last_wake_ = wake;
  if (wakes_in_place_ > kMostInPlace) fail("the engine wants to be woken again and again at one moment");
  if (++wakes_today_ > kMostWakesADay) fail("the engine wants to be woken without end");
  elapsed_ = wake.time_since_epoch() - mono_shift_;
  happen(Event{Source{}, TimePassed{}});
}

// What happens

void Simulation::happen(const Event& event) {
  ++event_count_;
  ++tally_.events[event.what.index()];
  doing_ = &event;
  found_as_they_were_.clear();
  note_delay(event);
  tell_probes(event);
  const auto changes = engine_->on(event, now());
  trace(event, changes);
  check_twin(changes, twin_->on(event, now()));
  for (const Change& change : changes) take(change);
  check_after(event);
  doing_ = nullptr;
}

void Simulation::trace(const Event& event, std::span<const Change> changes) const {
  if (!traces_) return;
  const auto name = [](ClientId client) { return fmt::format("client {}", client.value); };
  std::cout << fmt::format("{} {} {}\n", event_count_, time_text(), name_of(event));
  for (const Change& change : changes) {
    std::cout << fmt::format("    {}; {}\n", describe(change, *project_), describe(change.cause, *project_, name));
  }
}

void Simulation::happen(const ClockJump& jump) {
  ++tally_.jumps;
  if (traces_)
    std::cout << fmt::format("clock jumps by {} s, told: {}\n", jump.by.count() / 1000, jump.told.has_value());
  disturb_noon();
  utc_shift_ += jump.by;
  clock_was_set_back_ = clock_was_set_back_ || jump.by < 0ms;
  disturb_noon();
  if (jump.told) happen(Event{Source{}, ClockReported{*jump.told}});
}

void Simulation::happen(const Restart& restart) {
  ++tally_.restarts;
  if (traces_) std::cout << fmt::format("restart, off for {} s\n", restart.off / 1s);
  const View before = view_;
  if (view_.house().clock_trusted) last_alive_ = std::chrono::floor<std::chrono::minutes>(now().utc);
  elapsed_ += restart.off;
  if (restart.clock_stands) {
    utc_shift_ -= restart.off;
    clock_was_set_back_ = true;
  }
  if (dice_.one_in(2)) mono_shift_ = dice_.from_to(1s, 90s) - elapsed_;
  disturb_noon();
  boot();
  check_restored(before);
}

void Simulation::boot() {
  const SavedState saved = remembered();
  engine_ = std::make_unique<Engine>(saved);
  twin_ = std::make_unique<Engine>(saved);
  view_ = View();
  restored_ = View();
  observer_ = store::Observer();
  event_count_ = 0;
  delayed_.clear();
  for (Probe& probe : probes_) probe.forget();
  last_change_ = MonoTime::min();
  last_wake_.reset();
  disturb_noon();
  happen(Event{Source{}, ActivateProject{project_}});
}

SavedState Simulation::remembered() const {
  SavedState saved = store::to_saved(live_);
  saved.switchings = {switchings_.begin(), switchings_.end()};
  saved.last_alive = last_alive_;
  return saved;
}

// What follows

void Simulation::take(const Change& change) {
  changing_ = &change;
  tally_.note(change);
  check_change(change);
  if (const auto* activated = std::get_if<ProjectActivated>(&change.what)) {
    if (project_->location.time_zone != activated->project->location.time_zone) {
      zone_changed_ = true;
      disturb_noon();
    }
    project_ = activated->project;
    forget_what_is_gone(*project_);
  }
  view_.apply(change);
  if (event_count_ == 1 && is_of_restart(change.cause)) restored_.apply(change);
  observer_.note(change, live_);
  remember_switching(change);
  changing_ = nullptr;
}

/// As the history does.
void Simulation::remember_switching(const Change& change) {
  constexpr auto kDays = 15 * 24h;
  constexpr std::size_t kMost = 3000;
  const auto* zone = std::get_if<ZoneTargeted>(&change.what);
  if (zone == nullptr || !is_doing_of_people(change.cause)) return;
  const auto& played = project_->away.zones;
  if (std::find(played.begin(), played.end(), zone->zone) == played.end()) return;
  switchings_.push_back({zone->zone, zone->fade.to, change.at.utc});
  while (switchings_.size() > kMost || switchings_.front().at < change.at.utc - kDays) switchings_.pop_front();
}

/// As the store does when a project is activated.
void Simulation::forget_what_is_gone(const Project& project) {
  const store::Remembered remembered(project);
  store::LiveState kept;
  for (const auto& it : live_.zones.rows()) {
    if (remembered.has(it.zone.value)) kept.zones.put(it.zone.value, it);
  }
  for (const auto& it : live_.leds.rows()) {
    if (remembered.has(it.led.value)) kept.leds.put(it.led.value, it);
  }
  for (const auto& kind : live_.rows) {
    for (const store::StateRow& row : kind.rows()) {
      if (row.number == 0 || remembered.has(row.kind, row.number)) kept.put(row);
    }
  }
  live_ = std::move(kept);
}

void Simulation::note_delay(const Event& event) {
  const auto* command = std::get_if<SetZone>(&event.what);
  if (command == nullptr || command->delay <= Duration::zero()) return;
  delayed_[event_count_] = {command->zone, now().mono + std::min<Duration>(command->delay, 24h)};
}

void Simulation::tell_probes(const Event& event) {
  const MonoTime at = now().mono;
  for (Probe& probe : probes_) {
    const bool waited = probe.due().has_value();
    probe.elapse(at);
    if (waited && !probe.due()) ++tally_.probe_delays;
    std::visit(overloaded{[&](const SetZone& it) {
                            if (it.zone == probe.number()) probe.set(it.level, it.fade, it.delay, at);
                          },
                          [&](const MoveZone& it) {
                            if (it.zone == probe.number()) probe.move(it.movement, at);
                          },
                          [&](const SetArea& it) {
                            if (probe.obeys_area() && is_within(*project_, house_.probes.area, it.area)) {
                              probe.set(it.level, it.fade, it.delay, at);
                            }
                          },
                          [&](const MoveArea& it) {
                            if (probe.ramps_with_area() && is_within(*project_, house_.probes.area, it.area))
                              probe.move(it.movement, at);
                          },
                          [&](const ActivateProject& it) { probe.use_ramp(it.project->settings.full_ramp); },
                          [](const auto&) {}},
               event.what);
  }
}

}  // namespace candela::simulation
