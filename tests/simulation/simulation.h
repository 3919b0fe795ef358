#pragma once

#include <deque>
#include <map>
#include <memory>
#include <optional>
#include <stdexcept>
#include <string>
#include <unordered_map>
#include <vector>

#include "engine/engine.h"
#include "model/view.h"
#include "probe.h"
#include "random_house.h"
#include "random_life.h"
#include "store/live_state.h"
#include "tally.h"

namespace candela::simulation {

/// A promise of the engine was broken; what() says which and when.
struct Broken : std::runtime_error {
  using std::runtime_error::runtime_error;
};

/// One house through its random days. Beside the engine run a second one that gets the same events, a view and the
/// store's memory that get only the changes, and the probes; after each event all of them are compared.
class Simulation {
 public:
  /// `traces`: prints each event with its changes.
  Simulation(std::uint64_t seed, bool traces, Tally& tally);

  /// Throws Broken.
  void live(std::uint32_t days);

 private:
  // Time
  Now now() const;
  MonoTime mono_at(Duration elapsed) const { return MonoTime(elapsed + mono_shift_); }
  void wait_until(Duration elapsed);
  void wake_at(MonoTime wake);

  // What happens
  void happen(const Event& event);
  void happen(const ClockJump& jump);
  void happen(const Restart& restart);
  void boot();
  SavedState remembered() const;

  // What follows
  void take(const Change& change);
  void remember_switching(const Change& change);
  void forget_what_is_gone(const Project& project);
  void tell_probes(const Event& event);
  void note_delay(const Event& event);

  // What is checked
  void check_change(const Change& change);
  void check_fade(const Fade& fade, const Change& change);
  void check_delay(const Change& change);
  void check_occupancy(const Change& change);
  void check_noon(const TimeclockEventPassed& passed);
  void check_noon_came();
  void check_twin(std::span<const Change> changes, std::span<const Change> of_twin);
  void check_after(const Event& event);
  void check_view();
  void check_probes(const Event& event);
  void check_wake();
  void check_pulses();
  void check_restored(const View& before);
  void check_zones_restored(const View& before);
  template <class T>
  void expect_same(const T& before, const T& after, const char* what, std::uint32_t number);
  void trace(const Event& event, std::span<const Change> changes) const;
  std::string time_text() const;
  [[noreturn]] void fail(const std::string& what) const;
  void disturb_noon();

  const bool traces_;
  Dice dice_;
  RandomHouse house_;
  RandomLife life_;
  Tally& tally_;

  Duration elapsed_{};
  Duration mono_shift_{};
  Duration utc_shift_{};
  UtcTime start_;
  bool clock_was_set_back_ = false;

  std::unique_ptr<Engine> engine_;
  std::unique_ptr<Engine> twin_;
  View view_;
  View restored_;  ///< as view_, but only what a restart brings back
  store::Observer observer_;
  store::LiveState live_;
  std::deque<SavedState::Switching> switchings_;
  std::optional<UtcTime> last_alive_;
  std::vector<Probe> probes_;
  ProjectPtr project_;
  const Event* doing_ = nullptr;  ///< what is done and looked at, for the report
  const Change* changing_ = nullptr;

  std::uint64_t event_count_ = 0;  ///< as the engine counts
  std::uint64_t changes_seen_ = 0;
  std::uint32_t wakes_today_ = 0;
  std::uint32_t wakes_in_place_ = 0;
  std::optional<MonoTime> last_wake_;
  MonoTime last_change_ = MonoTime::min();

  struct Delayed {
    ZoneId zone;
    MonoTime due;
  };
  std::unordered_map<std::uint64_t, Delayed> delayed_;       ///< by event: client commands with a delay
  std::map<OccupancyGroupId, MonoTime> found_as_they_were_;  ///< in this event, and when

  UtcTime highest_utc_{};      ///< that any clock ever showed
  bool zone_changed_ = false;  ///< the house has been in another time zone
  UtcTime noon_undisturbed_since_;
  std::optional<std::int32_t> last_noon_;
  UtcTime last_noon_at_{};
};

}  // namespace candela::simulation
