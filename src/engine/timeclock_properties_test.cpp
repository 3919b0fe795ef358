#include <gtest/gtest.h>
#include <rapidcheck/gtest.h>

#include <algorithm>
#include <chrono>
#include <set>
#include <tuple>
#include <utility>
#include <vector>

#include "engine/timeclock_fixture.h"

namespace candela::engine {
namespace {

using namespace std::chrono_literals;
using std::chrono::days;
using std::chrono::minutes;
using std::chrono::sys_days;
using Due = Timeclock::Due;
using How = Timeclock::How;

constexpr UtcTime kStart = sys_days{2026y / 1 / 1};

struct Programmed {
  std::uint8_t kind = 0;
  std::int16_t offset = 0;  // minutes
  std::uint8_t weekdays = 0;
  bool runs_missed = false;
};

TimeOfDay time_of(const Programmed& event) {
  constexpr int kDay = 24 * 60;
  const auto kind = static_cast<TimeOfDay::Kind>(event.kind % 5);
  if (kind == TimeOfDay::Kind::fixed) return {kind, minutes((event.offset % kDay + kDay) % kDay)};
  return {kind, minutes(event.offset % kDay)};
}

/// What is enough of one thing in a test.
constexpr std::size_t kEnough = 10;

template <class T>
std::vector<T> some(std::vector<T> all) {
  if (all.size() > kEnough) all.resize(kEnough);
  return all;
}

void add(TimeclockHome& home, const std::vector<Programmed>& events) {
  for (const Programmed& event : some(events)) {
    home.add(time_of(event), {.weekdays = event.weekdays}, event.runs_missed ? Missed::run : Missed::skip);
  }
}

Location place(std::uint8_t pick) {
  static const Location places[] = {{52.52, 13.405, "Europe/Berlin"},
                                    {40.71, -74.0, "America/New_York"},
                                    {-31.55, 159.08, "Australia/Lord_Howe"},
                                    {69.6492, 18.9553, "Europe/Oslo"},
                                    {-13.83, -171.77, "Pacific/Apia"}};
  return places[pick % std::size(places)];
}

using Key = std::pair<Slot, std::int32_t>;

/// Every moment between two times, found without any plan: each date of each event is looked at.
std::vector<std::tuple<UtcTime, Slot, std::int32_t>> all_moments(TimeclockHome& home, UtcTime after, UtcTime until) {
  std::vector<std::tuple<UtcTime, Slot, std::int32_t>> all;
  const std::int32_t first = home.almanac().local(after).date - 3;
  const std::int32_t last = home.almanac().local(until).date + 3;
  const auto& events = home.project().timeclock_events;
  for (Slot event = 0; event < events.size(); ++event) {
    for (std::int32_t date = first; date <= last; ++date) {
      const std::chrono::weekday weekday{sys_days{days{date}}};
      if (((events[event].schedule.weekdays >> (weekday.iso_encoding() - 1)) & 1U) == 0) continue;
      const auto moment = home.almanac().moment(date, events[event].at);
      const auto noon = home.almanac().moment(date, {TimeOfDay::Kind::fixed, 12h});
      const UtcTime at = moment ? *moment : *noon + events[event].at.offset;
      if (at > after && at <= until) all.emplace_back(at, event, date);
    }
  }
  std::sort(all.begin(), all.end());
  return all;
}

}  // namespace
}  // namespace candela::engine

namespace rc {
template <>
struct Arbitrary<candela::engine::Programmed> {
  static Gen<candela::engine::Programmed> arbitrary() {
    using candela::engine::Programmed;
    return gen::build<Programmed>(gen::set(&Programmed::kind), gen::set(&Programmed::offset),
                                  gen::set(&Programmed::weekdays), gen::set(&Programmed::runs_missed));
  }
};
}  // namespace rc

namespace candela::engine {
namespace {

RC_GTEST_PROP(TimeclockProperty, WithoutDisturbanceEveryMomentComesOnceInOrder,
              (const std::vector<Programmed>& events, std::uint8_t pick, std::uint16_t begin)) {
  TimeclockHome home(place(pick));
  add(home, events);
  const UtcTime start = kStart + days(begin % 1000);
  home.start(start);
  std::vector<std::tuple<UtcTime, Slot, std::int32_t>> seen;
  for (const Due& due : home.pass_until(start + days(15))) {
    RC_ASSERT(due.how == How::ran || due.how == How::no_sun);
    seen.emplace_back(due.at, due.event, due.date);
  }
  RC_ASSERT(seen == all_moments(home, start, start + days(15)));
}

struct Disturbance {
  std::uint8_t kind = 0;
  std::uint16_t pause = 0;  // minutes until it
  std::int16_t amount = 0;  // minutes
};

/// Whatever is done to the clock, a date is done once, and next_due() lies ahead.
void disturb(TimeclockHome& home, std::set<Key>& done, const std::vector<Disturbance>& disturbances) {
  const auto check = [&](const std::vector<Due>& due) {
    for (const Due& it : due) RC_ASSERT(done.insert({it.event, it.date}).second);
    const auto next = home.timeclock().next_due();
    RC_ASSERT(!next || *next > home.now().utc);
  };
  for (const auto& [kind, pause, amount] : disturbances) {
    check(home.pass_until(home.now().utc + minutes(pause % 5000)));
    const minutes by(amount % 10000);
    switch (kind % 5) {
      case 0: check(home.set_clock(home.now().utc + by)); break;
      case 1: check(home.set_clock(home.now().utc + by % 70)); break;
      case 2: check(home.report(false)); break;
      case 3: check(home.report(true)); break;
      default: home.timeclock().enable(TimeclockId{2}, amount % 3 != 0);
    }
  }
}

RC_GTEST_PROP(TimeclockProperty, NoDateIsDoneTwiceHoweverTheClockIsSet,
              (const std::vector<Programmed>& events, std::uint8_t pick,
               const std::vector<std::tuple<std::uint8_t, std::uint16_t, std::int16_t>>& raw)) {
  TimeclockHome home(place(pick));
  add(home, events);
  home.start(kStart + days(100));
  std::vector<Disturbance> disturbances;
  // A clock can be set back by 32 dates at most before dates are forgotten.
  for (const auto& [kind, pause, amount] : some(raw)) {
    disturbances.push_back({kind, pause, static_cast<std::int16_t>(amount % 4000)});
  }
  std::set<Key> done;
  disturb(home, done, disturbances);
}

RC_GTEST_PROP(TimeclockProperty, RestartsAndGapsLoseOnlyWhatTheyTell,
              (const std::vector<Programmed>& events, std::uint8_t pick,
               const std::vector<std::pair<std::uint16_t, std::uint16_t>>& gaps)) {
  TimeclockHome home(place(pick));
  add(home, events);
  const UtcTime start = kStart + days(200);
  home.start(start);
  std::set<Key> done;
  std::vector<std::pair<UtcTime, UtcTime>> off;
  for (const auto& [on_for, off_for] : some(gaps)) {
    for (const Due& due : home.pass_until(home.now().utc + minutes(on_for % 3000))) {
      RC_ASSERT(done.insert({due.event, due.date}).second);
    }
    const UtcTime since = home.now().utc;
    home.restart(since + minutes(off_for % 3000));
    off.emplace_back(since, home.now().utc);
    for (const Due& due : home.advance()) RC_ASSERT(done.insert({due.event, due.date}).second);
  }
  for (const auto& [at, event, date] : all_moments(home, start, home.now().utc)) {
    const bool was_off = std::any_of(
        off.begin(), off.end(), [moment = at](const auto& gap) { return moment > gap.first && moment <= gap.second; });
    RC_ASSERT(was_off || done.contains({event, date}));
  }
}

}  // namespace
}  // namespace candela::engine
