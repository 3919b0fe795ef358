#include "engine/sequences.h"

#include <algorithm>

namespace candela::engine {

void Sequences::start(Slot sequence, MonoTime now, const Cause& cause) {
  stop(sequence);
  running_.push_back({sequence, 0, 0, now, cause});
  order_.push_back(sequence);
}

bool Sequences::stop(Slot sequence) {
  const auto found = find(sequence);
  if (found == running_.end()) return false;
  order_.erase(order_.begin() + (found - running_.begin()));
  running_.erase(found);
  return true;
}

bool Sequences::is_running(Slot sequence) const {
  return std::find(order_.begin(), order_.end(), sequence) != order_.end();
}

void Sequences::carry_over(const Plan& plan, const Sequences& old, const Plan& old_plan) {
  for (Running running : old.running_) {
    const Slot slot = plan.slot(old_plan.project().sequences[running.sequence].number);
    if (slot == kNoSlot || running.step > plan.sequence_steps(slot).size()) continue;
    running.sequence = slot;
    running_.push_back(running);
    order_.push_back(slot);
  }
}

std::optional<MonoTime> Sequences::next_due() const {
  std::optional<MonoTime> next;
  for (const Running& it : running_) {
    if (!next || it.due < *next) next = it.due;
  }
  return next;
}

Sequences::Step Sequences::advance(const Plan& plan, MonoTime at) {
  const auto running = earliest();
  const auto steps = plan.sequence_steps(running->sequence);
  const std::uint32_t rounds = plan.project().sequences[running->sequence].rounds;
  Step next{.sequence = running->sequence, .cause = running->cause};
  if (running->step >= steps.size()) {
    running->step = 0;
    ++running->round;
  }
  if (steps.empty() || (rounds != 0 && running->round >= rounds)) {
    next.ended = true;
    stop(running->sequence);
    return next;
  }
  const SequenceStepPlan& step = steps[running->step++];
  next.preset = step.preset;
  running->due = at + step.then_wait;
  return next;
}

std::vector<Sequences::Running>::iterator Sequences::find(Slot sequence) {
  return std::find_if(running_.begin(), running_.end(), [&](const Running& it) { return it.sequence == sequence; });
}

std::vector<Sequences::Running>::iterator Sequences::earliest() {
  return std::min_element(running_.begin(), running_.end(),
                          [](const Running& a, const Running& b) { return a.due < b.due; });
}

}  // namespace candela::engine
