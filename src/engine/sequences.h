#pragma once

#include <optional>
#include <vector>

#include "engine/plan.h"
#include "model/cause.h"

namespace candela::engine {

/// The sequences that run. It only keeps their time: what a step does is for the caller to carry out.
class Sequences {
 public:
  struct Step {
    Slot sequence = kNoSlot;
    Slot preset = kNoSlot;  ///< to run; none for a step that only waits
    bool ended = false;     ///< it is over: no preset
    Cause cause;            ///< why it was started
  };

  /// Starts, or starts again, so that its first step is due at once.
  void start(Slot sequence, MonoTime now, const Cause& cause);
  /// False when it did not run.
  bool stop(Slot sequence);
  bool is_running(Slot sequence) const;
  const std::vector<Slot>& running() const { return order_; }

  /// Takes over by number; those whose step there is no more end without a word.
  void carry_over(const Plan& plan, const Sequences& old, const Plan& old_plan);

  std::optional<MonoTime> next_due() const;
  /// The next step of the sequence that is due first; of several the one that was started first.
  /// REQUIRES: next_due() <= at.
  Step advance(const Plan& plan, MonoTime at);

 private:
  struct Running {
    Slot sequence = kNoSlot;
    std::uint32_t step = 0;
    std::uint32_t round = 0;
    MonoTime due{};
    Cause cause;
  };
  std::vector<Running>::iterator find(Slot sequence);
  std::vector<Running>::iterator earliest();

  std::vector<Running> running_;  ///< in the order of their starts
  std::vector<Slot> order_;       ///< the same, slots only
};

}  // namespace candela::engine
