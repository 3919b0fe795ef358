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

House::House(ProjectPtr project, Changes& changes, Now now)
    : changes_(changes),
      lights_(std::move(project)),
      almanac_(plan().project().location),
      presence_(plan().project()),
      buttons_(plan()),
      led_conditions_(plan()),
      timeclock_(plan().project(), almanac_, now),
      day_night_(plan().project().day_night.value_or(DayNight{}), almanac_),
      occupancy_(plan().shared_project()),
      away_(plan().shared_project()),
      shows_(plan()),
      facades_(plan()),
      latest_(now) {
  for (const Variable& variable : plan().project().variables) variables_.push_back(variable.initial);
  if (!plan().project().modes.empty()) mode_ = plan().project().modes.front().number;
  if (plan().project().day_night) {
    night_ = day_night_.is_night(now.utc);
    next_night_change_ = day_night_.next_change(now.utc);
  }
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
  interrupted_by_ = Rows<Slot>(plan().project().zones.size(), entries);
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
  timeclock_.restore(remembered);
  occupancy_.restore(remembered);
  away_.restore(remembered, almanac_, why.at.utc);
  tell_what_differs(remembered, restored);
  lights_.restore(remembered, why, changes_);
  shows_.restore(remembered, almanac_, lights_, why, changes_);
  facades_.restore(remembered, almanac_, lights_, why, changes_);
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
  timeclock_.carry_over(old.timeclock_);
  shows_.carry_over(old.shows_, plan(), old.plan(), why.at.utc);
  facades_.carry_over(old.facades_, plan(), old.plan(), why.at.utc);
  away_.carry_over(old.away_, almanac_, why.at.utc);
  occupancy_.carry_over(old.occupancy_, why.at.mono, transitions_);
  tell_occupancy(why);
  if (night_ != old.night_) changes_.add(why, NightChanged{night_});
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

// Programs

void House::run(Slot preset, const Moment& why) {
  if (preset == kNoSlot || !may_run(why)) return;
  lights_.run(preset, why, changes_);
  perform_all(preset, why);
  leave_run();
}

/// Those of the scenes it recalls first: a shared scene may have some.
void House::perform_all(Slot preset, const Moment& why) {
  for (const Slot scene : plan().scenes(preset)) {
    if (!may_run(why)) return;
    perform_all(scene, why);
    leave_run();
  }
  for (const Act& act : plan().acts(preset)) perform(act, why);
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

void House::settle() {
  lights_.settle(changes_);
  note_people();
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
    if (slot == kNoSlot) continue;
    if (!it.keeps_level) it.level = lights_.wanted(slot).to;
    if (it.tilt) it.tilt = lights_.tilt_of(slot);
    if (it.colour) it.colour = lights_.colour_of(slot);
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
