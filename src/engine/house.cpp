#include "engine/house.h"

#include <algorithm>
#include <utility>

#include "base/overloaded.h"
#include "engine/checker.h"
#include "engine/conditions.h"

namespace candela::engine {
namespace {

using Kind = CauseStep::Kind;

/// No program of a house needs as many in one moment, or calls as deep.
constexpr std::uint32_t kMaxRunsInAMoment = 4096;
constexpr std::uint32_t kMaxDepth = 16;

bool has_step(const Cause& cause, Kind kind, std::uint32_t object) {
  const auto end = cause.steps.begin() + cause.step_count;
  return std::find(cause.steps.begin(), end, CauseStep{kind, object}) != end;
}

}  // namespace

House::House(ProjectPtr project, Changes& changes)
    : changes_(changes),
      lights_(std::move(project)),
      almanac_(plan().project().location),
      presence_(plan().project()),
      buttons_(plan()),
      led_conditions_(plan()) {
  for (const Variable& variable : plan().project().variables) variables_.push_back(variable.initial);
  if (!plan().project().modes.empty()) mode_ = plan().project().modes.front().number;
  find_who_gives_way();
}

void House::find_who_gives_way() {
  std::vector<Rows<Slot>::Entry> entries;
  const auto& sequences = plan().project().sequences;
  for (Slot sequence = 0; sequence < sequences.size(); ++sequence) {
    if (!sequences[sequence].stops_on_command) continue;
    for (const SequenceStepPlan& step : plan().sequence_steps(sequence)) {
      for (const Step& zone : plan().steps(step.preset)) entries.push_back({zone.zone, sequence});
    }
  }
  some_give_way_ = !entries.empty();
  interrupted_by_ = Rows<Slot>::grouped(plan().project().zones.size(), entries);
}

void House::restore(const SavedState& remembered, const Moment& why) {
  const Moment restored = why.then(Kind::restored);
  for (const SavedState::Variable& it : remembered.variables) {
    const Slot slot = plan().slot(it.variable);
    if (slot == kNoSlot || it.state >= plan().project().variables[slot].states.size()) continue;
    if (!plan().project().variables[slot].kept || variables_[slot] == it.state) continue;
    variables_[slot] = it.state;
    changes_.add(restored, VariableChanged{it.variable, it.state});
  }
  if (plan().slot(remembered.mode) != kNoSlot) mode_ = remembered.mode;
  if (mode_) changes_.add(restored, ModeChanged{mode_});
  lights_.restore(remembered, why, changes_);
  led_conditions_.ask_all(*this, lights_.watches(), why);
}

void House::carry_over(const House& old, const Moment& why) {
  presence_ = old.presence_;
  presence_.carry_over(plan(), old.plan());
  carry_variables(old, why);
  if (plan().slot(old.mode_) != kNoSlot) {
    mode_ = old.mode_;
  } else if (mode_) {
    changes_.add(why, ModeChanged{mode_});
  }
  buttons_.carry_over(plan(), old.buttons_, old.plan());
  sequences_.carry_over(plan(), old.sequences_, old.plan());
  guard_ = old.guard_;
  for (const Slot sequence : old.sequences_.running()) {
    const SequenceId number = old.plan().project().sequences[sequence].number;
    const Slot slot = plan().slot(number);
    if (slot != kNoSlot && !sequences_.is_running(slot)) changes_.add(why, SequenceChanged{number, false});
  }
  lights_.carry_over(old.lights_, why, changes_);
  led_conditions_.ask_all(*this, lights_.watches(), why);
}

/// A state goes on by its name: the project may have put another before it.
void House::carry_variables(const House& old, const Moment& why) {
  const auto& variables = plan().project().variables;
  for (Slot slot = 0; slot < variables.size(); ++slot) {
    const Slot before = old.plan().slot(variables[slot].number);
    if (before == kNoSlot) continue;
    const std::string& state = old.plan().project().variables[before].states[old.variables_[before]];
    const auto& states = variables[slot].states;
    const auto found = std::find(states.begin(), states.end(), state);
    if (found != states.end()) variables_[slot] = static_cast<std::uint8_t>(found - states.begin());
    if (variables_[slot] != old.variables_[before]) {
      changes_.add(why, VariableChanged{variables[slot].number, variables_[slot]});
    }
  }
}

// What is asked

void House::handle(const ButtonMoved& it, const Moment& why) {
  const Slot button = plan().slot(it.button);
  if (button != kNoSlot && may_run(why)) {
    buttons_.move(button, it.move, *this, why, changes_);
    leave_run();
  }
}

void House::handle(const SetZone& it, const Moment& why) {
  const Slot zone = plan().slot(it.zone);
  if (zone != kNoSlot) set(zone, it.level, it.fade, it.delay, why.then(Kind::zone_commanded, it.zone.value));
}

void House::handle(const SetArea& it, const Moment& why) {
  const Slot area = plan().slot(it.area);
  if (area == kNoSlot) return;
  const Moment commanded = why.then(Kind::area_commanded, it.area.value);
  for (const Slot zone : plan().zones_within(area)) set(zone, it.level, it.fade, it.delay, commanded);
}

void House::handle(const MoveZone& it, const Moment& why) {
  const Slot zone = plan().slot(it.zone);
  if (zone != kNoSlot) move(zone, it.movement, why);
}

void House::handle(const MoveArea& it, const Moment& why) {
  const Slot area = plan().slot(it.area);
  if (area == kNoSlot) return;
  const Moment commanded = why.then(Kind::area_commanded, it.area.value);
  for (const Slot zone : plan().zones_within(area)) move(zone, it.movement, commanded);
}

void House::handle(const MoveZones& it, const Moment& why) {
  for (const ZoneId zone : it.zones) handle(MoveZone{zone, it.movement}, why);
}

void House::handle(const ActivateScene& it, const Moment& why) {
  const Slot scene = plan().slot(it.scene);
  if (scene != kNoSlot) run(scene, why.then(Kind::scene_activated, it.scene.value));
}

void House::handle(const SetLed& it, const Moment& why) {
  const Slot button = plan().slot(it.led);
  if (button != kNoSlot) lights_.set_led(button, it.state, why.then(Kind::led_commanded, it.led.value), changes_);
}

void House::handle(const SetVariable& it, const Moment& why) {
  const Slot slot = plan().slot(it.variable);
  if (slot == kNoSlot || it.state >= plan().project().variables[slot].states.size()) return;
  if (std::exchange(variables_[slot], it.state) == it.state) return;
  changes_.add(why.then(Kind::variable_set, it.variable.value), VariableChanged{it.variable, it.state});
}

void House::handle(const SetMode& it, const Moment& why) {
  if (plan().slot(it.mode) == kNoSlot || std::exchange(mode_, it.mode) == it.mode) return;
  changes_.add(why.then(Kind::mode_set, it.mode.value), ModeChanged{it.mode});
}

void House::handle(const ControlSequence& it, const Moment& why) {
  const Slot sequence = plan().slot(it.sequence);
  if (sequence == kNoSlot) return;
  const bool runs = sequences_.is_running(sequence);
  switch (it.control) {
    case Control::start: return start_sequence(sequence, why);
    case Control::stop: return stop_sequence(sequence, why);
    case Control::toggle: return runs ? stop_sequence(sequence, why) : start_sequence(sequence, why);
  }
}

void House::handle(const SaveScene& it, const Moment& why) {
  if (plan().slot(it.scene) != kNoSlot) scenes_to_save_.push_back({it.scene, why});
}

void House::handle(const LevelReported& it, const Moment& why) {
  const Slot zone = plan().slot(it.zone);
  if (zone != kNoSlot) lights_.report(zone, it.level, why.then(Kind::level_reported, it.zone.value), changes_);
}

void House::handle(const PresenceReported& it, const Moment& why) {
  const Slot device = plan().slot(it.device);
  if (device == kNoSlot || !presence_.device_reported(device, it.present, it.fault)) return;
  const Moment reported = why.then(Kind::presence_reported, it.device.value);
  changes_.add(reported, PresenceChanged{it.device, it.present, it.fault});
  if (!it.present) buttons_.lose_keypad(device, *this, reported, changes_);
}

void House::handle(const LinkReported& it, const Moment& why) {
  const Slot link = plan().slot(it.link);
  if (link == kNoSlot || !presence_.link_reported(link, it.fault)) return;
  changes_.add(why.then(Kind::fault_reported, it.link.value), LinkChanged{it.link, it.fault});
}

void House::set(Slot zone, Level level, std::optional<Duration> fade, Duration delay, const Moment& why) {
  lights_.command(zone, level, fade.value_or(lights_.zone(zone).own_fade), delay, why, changes_);
}

void House::move(Slot zone, Movement movement, const Moment& why) {
  const std::uint32_t number = lights_.zone(zone).number.value;
  switch (movement) {
    case Movement::raise: return lights_.ramp(zone, true, ButtonId{}, why.then(Kind::zone_raised, number), changes_);
    case Movement::lower: return lights_.ramp(zone, false, ButtonId{}, why.then(Kind::zone_lowered, number), changes_);
    case Movement::stop: return lights_.stop(zone, why.then(Kind::zone_stopped, number), changes_);
  }
}

// Programs

void House::run(Slot preset, const Moment& why) {
  if (preset == kNoSlot || !may_run(why)) return;
  lights_.run(preset, why, changes_);
  for (const Act& act : plan().acts(preset)) perform(act, why);
  leave_run();
}

void House::perform(const Act& act, const Moment& why) {
  std::visit(overloaded{
                 [&](const Conditional&) { choose(act, why); },
                 [&](const auto& command) { handle(command, why); },
             },
             *act.action);
}

void House::choose(const Act& act, const Moment& why) {
  std::uint32_t position = 0;
  for (const BranchPlan& branch : plan().branches(act)) {
    ++position;
    if (!holds(*branch.when, *this, why.at, LevelsOf::now)) continue;
    return run(branch.preset, why.then(Kind::branch_taken, position));
  }
}

bool House::may_run(const Moment& why) {
  if (guard_.moment != why.at.mono) guard_ = {.moment = why.at.mono, .depth = guard_.depth};
  if (guard_.stopped) return false;
  if (++guard_.runs > kMaxRunsInAMoment || guard_.depth >= kMaxDepth) {
    stop_program(why);
    return false;
  }
  ++guard_.depth;
  return true;
}

/// Whatever else the program still meant to do in this moment is left; the house goes on with the next.
void House::stop_program(const Moment& why) {
  guard_.stopped = true;
  const Cause& cause = why.cause;
  const std::uint32_t object = cause.step_count == 0 ? 0 : cause.steps[cause.step_count - 1U].object;
  changes_.add(why.then(Kind::loop_stopped), ProgramStopped{object});
}

// Sequences

void House::start_sequence(Slot sequence, const Moment& why) {
  const Sequence& programmed = plan().project().sequences[sequence];
  const bool runs = sequences_.is_running(sequence);
  if (runs && programmed.started_again == Sequence::StartedAgain::ignore) return;
  if (runs && programmed.started_again == Sequence::StartedAgain::stop) return stop_sequence(sequence, why);
  if (!may_run(why)) return;
  for (const SequenceId other : programmed.stops) {
    if (const Slot slot = plan().slot(other); slot != kNoSlot && slot != sequence) stop_sequence(slot, why);
  }
  const Moment started = why.then(Kind::sequence_started, programmed.number.value);
  sequences_.start(sequence, why.at.mono, started.cause);
  if (!runs) changes_.add(started, SequenceChanged{programmed.number, true});
  leave_run();
}

void House::stop_sequence(Slot sequence, const Moment& why) {
  if (!sequences_.stop(sequence)) return;
  end_sequence(sequence, why);
  run(plan().preset_at_stop(sequence),
      why.then(Kind::sequence_ended, plan().project().sequences[sequence].number.value));
}

/// Its LEDs go out with it.
void House::end_sequence(Slot sequence, const Moment& why) {
  const SequenceId number = plan().project().sequences[sequence].number;
  const Moment ended = why.then(Kind::sequence_ended, number.value);
  changes_.add(ended, SequenceChanged{number, false});
  for (const SequenceStepPlan& step : plan().sequence_steps(sequence)) {
    for (const Act& act : plan().acts(step.preset)) {
      const auto* led = std::get_if<SetLed>(act.action);
      const Slot button = led == nullptr ? kNoSlot : plan().slot(led->led);
      if (button == kNoSlot || plan().project().buttons[button].led_logic != LedLogic::sequence) continue;
      if (lights_.watches().led(button) != LedState::off) lights_.set_led(button, LedState::off, ended, changes_);
    }
  }
}

void House::advance_sequence(Now at) {
  const Sequences::Step step = sequences_.advance(plan(), at.mono);
  const Moment why{at, step.cause};
  const std::uint32_t number = plan().project().sequences[step.sequence].number.value;
  if (step.ended) return end_sequence(step.sequence, why);
  run(step.preset, why.then(Kind::sequence_step, number));
  if (!guard_.stopped || guard_.moment != at.mono) return;
  if (sequences_.stop(step.sequence)) end_sequence(step.sequence, why);  // it ran in a circle
}

void House::interrupt_sequences() {
  const auto changes = changes_.since(scanned_);
  for (std::size_t i = 0; i < changes.size(); ++i) {
    const auto* zone = std::get_if<ZoneTargeted>(&changes[i].what);
    const Slot slot = zone == nullptr ? kNoSlot : plan().slot(zone->zone);
    if (slot == kNoSlot) continue;
    for (const Slot sequence : interrupted_by_[slot]) {
      const SequenceId number = plan().project().sequences[sequence].number;
      if (has_step(changes[i].cause, Kind::sequence_started, number.value)) continue;
      const Moment why{changes[i].at, changes[i].cause};
      if (sequences_.stop(sequence)) to_end_.push_back({sequence, why});
    }
  }
  for (const auto& [sequence, why] : to_end_) end_sequence(sequence, why);
  to_end_.clear();
}

// Time

std::optional<MonoTime> House::next_due(Now now) const {
  std::optional<MonoTime> next;
  const auto consider = [&](std::optional<MonoTime> due) {
    if (due && (!next || *due < *next)) next = due;
  };
  const auto consider_utc = [&](std::optional<UtcTime> due) {
    if (due) consider(now.mono + std::chrono::duration_cast<Duration>(*due - now.utc));
  };
  consider(lights_.next_due());
  consider(buttons_.next_due());
  consider(sequences_.next_due());
  consider_utc(led_conditions_.next_turn());
  return next;
}

void House::fire_due(Now now) {
  for (auto due = next_due(now); due && *due <= now.mono; due = next_due(now)) {
    const Now at{*due, now.utc - std::chrono::duration_cast<UtcTime::duration>(now.mono - *due)};
    if (lights_.next_due() == due) {
      lights_.fire(at, changes_);
    } else if (buttons_.next_due() == due) {
      buttons_.fire(at, *this, changes_);
    } else if (sequences_.next_due() == due) {
      advance_sequence(at);
    } else {
      fire_calendar(now);
    }
    settle();
  }
}

/// What goes by the calendar is done as of now: the clock may have been set past its moment.
void House::fire_calendar(Now now) {
  const Moment why{now, {.source = {Source::Kind::timer, {}}}};
  led_conditions_.time_passed(*this, lights_.watches(), why);
}

void House::settle() {
  lights_.settle(changes_);
  if (some_give_way_) interrupt_sequences();
  // An LED may follow another that follows another; more rounds than there are LEDs mean that they chase each other.
  std::size_t rounds = plan().project().buttons.size() + 1;
  while (!led_conditions_.empty() && rounds-- > 0) {
    const auto news = changes_.since(scanned_);
    scanned_ = changes_.all().size();
    if (!led_conditions_.follow(news, *this, lights_.watches())) break;
    lights_.settle(changes_);
  }
  scanned_ = changes_.all().size();
}

std::vector<Assignment> House::as_it_is(SceneId scene) const {
  std::vector<Assignment> assignments = plan().project().expand(plan().project().find(scene)->preset);
  for (Assignment& it : assignments) {
    const Slot slot = plan().slot(it.zone);
    if (slot != kNoSlot && !it.keeps_level) it.level = lights_.zone(slot).fade.to;
  }
  return assignments;
}

std::string House::inconsistency(Now now) const {
  std::string complaints = engine::inconsistency(lights_);
  const auto& buttons = plan().project().buttons;
  for (Slot button = 0; button < buttons.size(); ++button) {
    if (buttons[button].led_logic != LedLogic::condition) continue;
    if (holds(buttons[button].led_condition, *this, now, LevelsOf::targets) ==
        lights_.watches().condition_holds(button)) {
      continue;
    }
    complaints += "the condition of button " + std::to_string(buttons[button].number.value) + " is kept wrongly\n";
  }
  return complaints;
}

}  // namespace candela::engine
