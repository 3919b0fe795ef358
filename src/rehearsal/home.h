#pragma once

#include <cstdint>
#include <functional>
#include <optional>
#include <span>
#include <string>

#include "base/time.h"
#include "engine/engine.h"
#include "model/view.h"

namespace candela::rehearsal {

/// What a processor would have in its non-volatile memory at this moment.
SavedState remembered(const View& view, Now now);

/// A home on virtual time: the real engine, with nobody behind it but this clock. Time moves from one wake of the
/// engine to the next, never in steps.
class Home {
 public:
  /// Told of every change, in order, as it happens.
  using Watcher = std::function<void(const Change&)>;

  /// The power comes on at `begin`, with every light off. REQUIRES: a project.
  Home(ProjectPtr project, UtcTime begin, Watcher watcher);

  const View& view() const { return view_; }
  const Project& project() const { return *view_.project(); }
  Now now() const { return now_; }
  bool has_power() const { return has_power_; }
  /// How often the engine woke by itself.
  std::uint64_t wakes() const { return wakes_; }

  /// Something happens now. Without power nothing does.
  void send(const Event& event);
  /// The engine wakes when it wants to, until then. An earlier time leaves all as it is.
  void go_to(UtcTime time);
  /// As go_to, but one wake at most: stops at the first moment at which anything may be different, which is also where
  /// a fade ends.
  void go_on_until(UtcTime time);

  /// The plug is pulled: what runs in memory only is lost.
  void power_off();
  /// It starts again: the monotonic clock begins anew, calendar time goes on.
  void power_on();

  /// Empty, or why this home cannot go on: an engine that wakes without end at one moment, or whose LEDs and scenes
  /// disagree with its levels.
  const std::string& fault() const { return fault_; }
  void check_consistency();

 private:
  void move_clock(MonoTime mono);
  MonoTime at(UtcTime time) const;
  void wake();

  Watcher watcher_;
  Engine engine_;
  View view_;
  SavedState saved_;
  Now boot_;  ///< the same moment on both clocks
  Now now_;
  bool has_power_ = false;
  std::uint64_t wakes_ = 0;
  std::uint32_t wakes_at_once_ = 0;
  std::string fault_;
};

}  // namespace candela::rehearsal
