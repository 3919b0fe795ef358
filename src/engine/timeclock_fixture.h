#pragma once

#include <gtest/gtest.h>

#include <algorithm>
#include <optional>
#include <ostream>
#include <utility>
#include <vector>

#include "engine/almanac.h"
#include "engine/timeclock.h"
#include "model/project.h"

namespace candela::engine {

inline void PrintTo(const Timeclock::Due& due, std::ostream* out) {
  const auto seconds = std::chrono::duration_cast<std::chrono::seconds>(due.at.time_since_epoch()).count();
  *out << "event " << due.event << " of date " << due.date << " at " << seconds << ", how "
       << static_cast<int>(due.how);
}

/// A home with one timeclock, its events, and a clock that tests move.
class TimeclockHome {
 public:
  using How = Timeclock::How;

  explicit TimeclockHome(Location location = {52.52, 13.405, "Europe/Berlin"}) : almanac_(location) {
    project_.location = std::move(location);
    project_.timeclocks.push_back({TimeclockId{2}, "timeclock", "Timeclock", true});
  }

  TimeclockEventId add(TimeOfDay at, Schedule schedule = {.weekdays = Schedule::kEveryDay},
                       Missed missed = Missed::skip) {
    TimeclockEvent event;
    event.number = TimeclockEventId{100 + static_cast<std::uint32_t>(project_.timeclock_events.size())};
    event.timeclock = TimeclockId{2};
    event.schedule = std::move(schedule);
    event.at = at;
    event.missed = missed;
    project_.timeclock_events.push_back(event);
    return event.number;
  }
  TimeclockEventId add(std::chrono::seconds at, Missed missed = Missed::skip) {
    return add({TimeOfDay::Kind::fixed, at}, {.weekdays = Schedule::kEveryDay}, missed);
  }

  Project& project() { return project_; }
  const Almanac& almanac() const { return almanac_; }
  Timeclock& timeclock() { return *timeclock_; }
  Now now() const { return now_; }
  void use_mode(ModeId mode) { mode_ = mode; }

  /// REQUIRES: all events are added.
  void start(UtcTime utc) {
    project_.build_index();
    now_ = {MonoTime{}, utc};
    timeclock_.emplace(project_, almanac_, now_);
  }
  /// A new processor that remembers what the last one saved when its plug was pulled.
  void restart(UtcTime utc) {
    SavedState saved;
    timeclock_->save(saved);
    saved.last_alive = now_.utc;
    start(utc);
    timeclock_->restore(saved);
  }

  /// Time passes until then; the timeclock is called when it wants to be, as the runtime does.
  std::vector<Timeclock::Due> pass_until(UtcTime utc) {
    std::vector<Timeclock::Due> due;
    while (true) {
      const std::optional<UtcTime> next = timeclock_->next_due();
      if (!next || *next > utc) break;
      move_to(std::max(*next, now_.utc));
      timeclock_->advance(now_, mode_, due);
    }
    move_to(utc);
    timeclock_->advance(now_, mode_, due);
    return due;
  }
  /// Somebody sets the clock.
  std::vector<Timeclock::Due> set_clock(UtcTime utc) {
    now_.utc = utc;
    return advance();
  }
  std::vector<Timeclock::Due> report(bool trusted) {
    timeclock_->clock_reported(trusted);
    return advance();
  }
  std::vector<Timeclock::Due> advance() {
    std::vector<Timeclock::Due> due;
    timeclock_->advance(now_, mode_, due);
    return due;
  }

 private:
  void move_to(UtcTime utc) {
    now_.mono += utc - now_.utc;
    now_.utc = utc;
  }

  Project project_;
  Almanac almanac_;
  std::optional<Timeclock> timeclock_;
  Now now_;
  ModeId mode_;
};

}  // namespace candela::engine
