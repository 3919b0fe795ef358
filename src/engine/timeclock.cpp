#include "engine/timeclock.h"

#include <algorithm>
#include <utility>

namespace candela::engine {
namespace {

using std::chrono::hours;
using std::chrono::minutes;
using std::chrono::seconds;

/// A jump of the clock by that much or more is no small correction: what it jumped over has been missed.
constexpr hours kMissingJump{1};
/// The clock's own corrections are smaller than that; a larger step back puts events before us again.
constexpr seconds kStepBack{1};
/// How late an event still runs after a restart.
constexpr minutes kRestart{5};
/// From here on an event that runs is said to have run late.
constexpr minutes kLate{1};
/// An event may come so many days after its date (by an offset from the sun).
constexpr std::int32_t kLatestDays = 2;
constexpr std::int32_t kLookBack = 366;
constexpr TimeOfDay kNoon{TimeOfDay::Kind::fixed, hours{12}};

template <class Object>
Slot slot_in(const std::vector<Object>& objects, const Object* object) {
  return object == nullptr ? kNoSlot : static_cast<Slot>(object - objects.data());
}

}  // namespace

bool Timeclock::DoneDates::includes(std::int32_t date) const {
  const auto end = dates_.begin() + count_;
  return std::find(dates_.begin(), end, date) != end;
}

void Timeclock::DoneDates::add(std::int32_t date) {
  std::move_backward(dates_.begin(), dates_.end() - 1, dates_.end());
  dates_.front() = date;
  if (count_ < kMost) ++count_;
}

Timeclock::Timeclock(const Project& project, const Almanac& almanac, Now now)
    : project_(&project),
      almanac_(&almanac),
      calendar_(project),
      events_(project.timeclock_events.size()),
      timeclocks_(project.timeclocks.size()),
      last_(now) {
  for (Slot event = 0; event < events_.size(); ++event) {
    events_[event].timeclock = slot(project.timeclock_events[event].timeclock);
  }
  plan_all(now.utc);
}

Slot Timeclock::slot(TimeclockId timeclock) const { return slot_in(project_->timeclocks, project_->find(timeclock)); }
Slot Timeclock::slot(TimeclockEventId event) const {
  return slot_in(project_->timeclock_events, project_->find(event));
}

void Timeclock::restore(const SavedState& saved) {
  for (const auto& [timeclock, enabled] : saved.timeclocks) enable(timeclock, enabled);
  for (const auto& [number, enabled, done] : saved.timeclock_events) {
    const Slot event = slot(number);
    if (event == kNoSlot) continue;
    events_[event].enabled = enabled;
    if (done) events_[event].done.add(*done);
  }
  if (saved.last_alive) {
    unattended_since_ = saved.last_alive;
    if (last_.utc < *saved.last_alive) trusted_ = false;
  }
  plan_all(last_.utc);
}

void Timeclock::carry_over(const Timeclock& old) {
  for (Slot timeclock = 0; timeclock < timeclocks_.size(); ++timeclock) {
    const Slot from = old.slot(project_->timeclocks[timeclock].number);
    if (from != kNoSlot) timeclocks_[timeclock] = old.timeclocks_[from];
  }
  for (Slot event = 0; event < events_.size(); ++event) {
    const Slot from = old.slot(project_->timeclock_events[event].number);
    if (from == kNoSlot) continue;
    events_[event].enabled = old.events_[from].enabled;
    events_[event].done = old.events_[from].done;
  }
  trusted_ = old.trusted_;
  last_ = old.last_;
  unattended_since_ = old.unattended_since_;
  if (is_held() && !unattended_since_) unattended_since_ = last_.utc;  // the project before did not mind
  plan_all(last_.utc);
}

void Timeclock::save(SavedState& saved) const {
  for (Slot at = 0; at < timeclocks_.size(); ++at) {
    if (timeclocks_[at]) saved.timeclocks.push_back({project_->timeclocks[at].number, *timeclocks_[at]});
  }
  for (Slot event = 0; event < events_.size(); ++event) {
    const State& state = events_[event];
    if (!state.enabled && !state.done.last()) continue;
    saved.timeclock_events.push_back({project_->timeclock_events[event].number, state.enabled, state.done.last()});
  }
}

void Timeclock::clock_reported(bool trusted) {
  const bool was_held = is_held();
  trusted_ = trusted;
  if (is_held() && !was_held && !unattended_since_) unattended_since_ = last_.utc;
}

bool Timeclock::enable(TimeclockId timeclock, bool enabled) {
  const Slot at = slot(timeclock);
  if (at == kNoSlot || is_enabled(timeclock) == enabled) return false;
  timeclocks_[at] = enabled;
  return true;
}

bool Timeclock::enable(TimeclockEventId event, bool enabled) {
  const Slot at = slot(event);
  if (at == kNoSlot || is_enabled(event) == enabled) return false;
  events_[at].enabled = enabled;
  return true;
}

bool Timeclock::is_enabled(TimeclockId timeclock) const {
  const Slot at = slot(timeclock);
  return at != kNoSlot && timeclocks_[at].value_or(project_->timeclocks[at].enabled);
}

bool Timeclock::is_enabled(TimeclockEventId event) const {
  const Slot at = slot(event);
  return at != kNoSlot && events_[at].enabled.value_or(project_->timeclock_events[at].enabled);
}

bool Timeclock::is_live(Slot event, ModeId mode) const {
  const State& state = events_[event];
  const TimeclockEvent& programmed = project_->timeclock_events[event];
  if (!state.enabled.value_or(programmed.enabled)) return false;
  if (state.timeclock != kNoSlot &&
      !timeclocks_[state.timeclock].value_or(project_->timeclocks[state.timeclock].enabled)) {
    return false;
  }
  const std::vector<ModeId>& modes = programmed.modes;
  return modes.empty() || std::find(modes.begin(), modes.end(), mode) != modes.end();
}

UtcTime Timeclock::noon(std::int32_t date) const { return almanac_->moment(date, kNoon).value_or(UtcTime::max()); }

Timeclock::Plan Timeclock::plan_of(Slot event, std::int32_t date) const {
  const TimeOfDay& at = project_->timeclock_events[event].at;
  const std::optional<UtcTime> moment = almanac_->moment(date, at);
  if (moment) return {Wait::moment, date, *moment};
  return {Wait::no_sun, date, noon(date) + at.offset};
}

/// The first date from there on that is not done and whose moment comes after that.
void Timeclock::plan_from(Slot event, std::int32_t first_date, UtcTime after) {
  State& state = events_[event];
  std::int32_t from = first_date;
  while (const std::optional<std::int32_t> date = calendar_.next(event, from)) {
    from = *date + 1;
    if (state.done.includes(*date)) continue;
    state.plan = plan_of(event, *date);
    if (state.plan.at > after) return;
  }
  const std::int32_t horizon = from + Calendar::kHorizon - 1;
  state.plan = {Wait::look_again, horizon, noon(horizon)};
}

void Timeclock::plan_all(UtcTime after) {
  const std::int32_t first = almanac_->local(after).date - kLatestDays;
  for (Slot event = 0; event < events_.size(); ++event) plan_from(event, first, after);
  find_next();
}

void Timeclock::find_next() {
  const auto first = std::min_element(events_.begin(), events_.end(),
                                      [](const State& a, const State& b) { return a.plan.at < b.plan.at; });
  next_ = first == events_.end() ? kNoSlot : static_cast<Slot>(first - events_.begin());
}

void Timeclock::advance(Now now, ModeId mode, std::vector<Due>& due) {
  const Now before = std::exchange(last_, now);
  if (is_held()) return;
  if (unattended_since_) {
    catch_up(*std::exchange(unattended_since_, std::nullopt), now.utc, kRestart, mode, due);
    return;
  }
  const Duration jump = (now.utc - before.utc) - (now.mono - before.mono);
  if (jump >= kMissingJump || jump <= -kStepBack) {
    catch_up(before.utc, now.utc, seconds::zero(), mode, due);
  } else {
    run_due(now.utc, mode, due);
  }
}

void Timeclock::run_due(UtcTime now, ModeId mode, std::vector<Due>& due) {
  while (next_ != kNoSlot && events_[next_].plan.at <= now) {
    const Slot event = next_;
    State& state = events_[event];
    const Plan plan = state.plan;
    if (plan.wait != Wait::look_again && is_live(event, mode)) {
      const How how = plan.wait == Wait::no_sun ? How::no_sun : now - plan.at < kLate ? How::ran : How::ran_late;
      due.push_back({plan.at, event, how, plan.date});
      state.done.add(plan.date);
    }
    plan_from(event, plan.wait == Wait::look_again ? plan.date : plan.date + 1, plan.at);
    find_next();
  }
}

std::optional<Timeclock::Plan> Timeclock::last_missed(Slot event, UtcTime after, UtcTime now) {
  const std::int32_t today = almanac_->local(now).date;
  // An offset may also put the event before its date.
  for (std::int32_t date = today + kLatestDays; date > today - kLookBack; --date) {
    if (events_[event].done.includes(date)) return std::nullopt;
    if (!calendar_.includes(event, date)) continue;
    const Plan plan = plan_of(event, date);
    if (plan.at <= after) return std::nullopt;
    if (plan.at <= now) return plan;
  }
  return std::nullopt;
}

/// After the time went on without us from `since` to `now`, or went back.
void Timeclock::catch_up(UtcTime since, UtcTime now, seconds grace, ModeId mode, std::vector<Due>& due) {
  const auto first = static_cast<std::ptrdiff_t>(due.size());
  for (Slot event = 0; event < events_.size(); ++event) {
    State& state = events_[event];
    const std::optional<Plan> missed = last_missed(event, since, now);
    if (!missed || !is_live(event, mode)) continue;
    const bool runs = now - missed->at < grace || project_->timeclock_events[event].missed == Missed::run;
    const How run = now - missed->at < kLate && grace > seconds::zero() ? How::ran : How::ran_late;
    const How how = missed->wait == Wait::no_sun ? How::no_sun : runs ? run : How::missed;
    due.push_back({missed->at, event, how, missed->date});
    state.done.add(missed->date);
  }
  std::stable_sort(due.begin() + first, due.end(), [](const Due& a, const Due& b) { return a.at < b.at; });
  plan_all(now);
}

std::optional<Timeclock::Due> Timeclock::run(TimeclockEventId event, Now now) const {
  const Slot at = slot(event);
  if (at == kNoSlot) return std::nullopt;
  return Due{now.utc, at, How::by_command, almanac_->local(now.utc).date};
}

std::optional<UtcTime> Timeclock::next_due() const {
  if (is_held() || next_ == kNoSlot) return std::nullopt;
  if (unattended_since_) return last_.utc;
  return events_[next_].plan.at;
}

std::optional<UtcTime> Timeclock::next(TimeclockEventId event) const {
  const Slot at = slot(event);
  if (at == kNoSlot || is_held() || events_[at].plan.wait != Wait::moment) return std::nullopt;
  return events_[at].plan.at;
}

}  // namespace candela::engine
