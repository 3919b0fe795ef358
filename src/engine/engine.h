#pragma once

#include <memory>
#include <optional>
#include <span>
#include <string>

#include "model/change.h"
#include "model/event.h"
#include "model/saved_state.h"

namespace candela {

/// The decisions of the house: events go in, changes come out. A plain state machine: it opens nothing, starts no
/// thread, reads no clock; the same events at the same times give the same changes, always.
class Engine {
 public:
  /// `remembered` is the state from before a restart; it takes effect with the first project.
  explicit Engine(SavedState remembered = {});
  ~Engine();
  Engine(Engine&&) noexcept;
  Engine& operator=(Engine&&) noexcept;

  /// What follows from the event. Timers that are due by `now` fire first, in their order and at their own times (but
  /// after ActivateProject, whose ProjectActivated begins its batch).
  /// The first event has to be ActivateProject; before it everything else is ignored. Events that name objects the
  /// project does not have change nothing. The span is valid until the next call. No allocation after warm-up.
  /// REQUIRES: now.mono never goes back.
  std::span<const Change> on(const Event& event, Now now);

  /// When on() must be called with TimePassed at the latest; nothing = not before another event.
  /// A fade needs no wake: only delays and holds do.
  std::optional<MonoTime> next_wake() const;

  Level level(ZoneId zone, MonoTime now) const;
  LedState led(LedId led) const;
  SceneId scene(AreaId area) const;

  /// Recomputes every LED and scene from the levels and compares with what was kept incrementally.
  /// Empty = equal; otherwise what differs. For tests and checkers; costs as much as the project is large.
  std::string inconsistency() const;

 private:
  class Impl;
  std::unique_ptr<Impl> impl_;
};

}  // namespace candela
