#pragma once

#include <array>
#include <cstdint>
#include <optional>
#include <vector>

#include "base/time.h"
#include "engine/almanac.h"
#include "engine/calendar.h"
#include "engine/rows.h"
#include "model/change.h"
#include "model/project.h"
#include "model/saved_state.h"

namespace candela::engine {

/// The timeclock events of a project and when each comes next.
///
/// What is done for a local date is never done again, however the clock is set (back by up to 32 dates of the event;
/// over a restart only the last one is remembered). Two things may make an event late:
/// - The clock jumps ahead. By less than an hour: what it jumped over runs, in its order. By more: each event that had
/// a
///   date in between has been missed.
/// - The processor was off, or nobody vouched for its time. Afterwards an event that is less than five minutes late
/// runs
///   (a restart shall lose nothing); any other has been missed.
/// Of several missed dates of an event the last one is told, and TimeclockEvent::missed says whether it runs after all.
/// A year back is looked at.
/// An event whose timeclock or itself is disabled, or that is not for the mode, passes silently.
class Timeclock {
 public:
  using How = TimeclockEventPassed::How;

  /// An event's moment that has come.
  struct Due {
    UtcTime at{};  ///< when it was to be; for How::no_sun as if the sun's event were at noon
    Slot event = kNoSlot;
    How how = How::ran;
    std::int32_t date = 0;

    /// Whether its preset shall run.
    bool runs() const { return how == How::ran || how == How::ran_late || how == How::by_command; }
    friend bool operator==(const Due&, const Due&) = default;
  };

  /// Nothing that lies before `now` is due. REQUIRES: both outlive it.
  Timeclock(const Project& project, const Almanac& almanac, Now now);

  /// Takes what was remembered over a restart; what has passed since SavedState::last_alive is due at the next
  /// advance(). A clock that is now earlier than that is wrong: it is not trusted until clock_reported() says
  /// otherwise.
  void restore(const SavedState& saved);
  /// Takes what the timeclock of the project before knew, by number. No time is lost in between.
  void carry_over(const Timeclock& old);
  /// Adds what differs from the project, and which dates are done.
  void save(SavedState& saved) const;

  /// Whether somebody vouches for the UTC time. Call advance() after it.
  void clock_reported(bool trusted);
  bool is_trusted() const { return trusted_; }

  /// True when that is news.
  bool enable(TimeclockId timeclock, bool enabled);
  bool enable(TimeclockEventId event, bool enabled);
  /// As somebody set it, or as the project says. Unknown numbers are not enabled.
  bool is_enabled(TimeclockId timeclock) const;
  bool is_enabled(TimeclockEventId event) const;

  /// Adds to `due` what is due by now, in the order of its times (events of one time: in the project's order).
  /// REQUIRES: now.mono never goes back.
  void advance(Now now, ModeId mode, std::vector<Due>& due);
  /// Runs the event by command: also when it is disabled, and it stays due at its own time. Nothing for unknown
  /// numbers.
  std::optional<Due> run(TimeclockEventId event, Now now) const;

  /// When advance() must be called at the latest; nothing while the time is not trusted, or when there are no events.
  /// After a change of the clock (ClockReported) it must be called as well.
  std::optional<UtcTime> next_due() const;
  /// When the event comes next, as of now; nothing when its schedule has no date for years, or while the time is held.
  std::optional<UtcTime> next(TimeclockEventId event) const;

 private:
  /// What the event waits for.
  enum class Wait : std::uint8_t {
    moment,
    no_sun,      ///< of that date the moment does not exist, which is told
    look_again,  ///< its schedule has no date for years; then it is looked at again
  };
  struct Plan {
    Wait wait = Wait::look_again;
    std::int32_t date = 0;
    UtcTime at = UtcTime::max();
  };
  /// The dates that were done last. It is a list and not the last date alone, because a clock that was far ahead by
  /// mistake would leave a date that keeps the event from running until then.
  class DoneDates {
   public:
    bool includes(std::int32_t date) const;
    void add(std::int32_t date);
    std::optional<std::int32_t> last() const { return count_ == 0 ? std::nullopt : std::optional(dates_.front()); }

   private:
    static constexpr std::size_t kMost = 32;
    std::array<std::int32_t, kMost> dates_{};  ///< the one that was done last first
    std::uint8_t count_ = 0;
  };
  struct State {
    Slot timeclock = kNoSlot;
    std::optional<bool> enabled;
    DoneDates done;
    Plan plan;
  };

  bool is_held() const { return !trusted_ && !project_->settings.runs_on_untrusted_time; }
  bool is_live(Slot event, ModeId mode) const;
  Slot slot(TimeclockId timeclock) const;
  Slot slot(TimeclockEventId event) const;

  UtcTime noon(std::int32_t date) const;
  Plan plan_of(Slot event, std::int32_t date) const;
  void plan_from(Slot event, std::int32_t first_date, UtcTime after);
  void plan_all(UtcTime after);
  void find_next();
  std::optional<Plan> last_missed(Slot event, UtcTime after, UtcTime now);

  void catch_up(UtcTime since, UtcTime now, std::chrono::seconds grace, ModeId mode, std::vector<Due>& due);
  void run_due(UtcTime now, ModeId mode, std::vector<Due>& due);

  const Project* project_;
  const Almanac* almanac_;
  /// Its rules are computed when they are asked for.
  Calendar calendar_;
  std::vector<State> events_;
  std::vector<std::optional<bool>> timeclocks_;  ///< as somebody set them
  Slot next_ = kNoSlot;                          ///< the event with the earliest plan
  bool trusted_ = true;
  Now last_;
  /// Since when nothing was looked at, because the processor was off or its time not trusted.
  std::optional<UtcTime> unattended_since_;
};

}  // namespace candela::engine
