#include "engine/away_plan.h"

#include <algorithm>

#include "engine/away_chance.h"

namespace candela::engine {
namespace {

using std::chrono::hours;
using std::chrono::minutes;
using std::chrono::seconds;

constexpr std::int32_t kDaysAhead = 190;
constexpr hours kLongestToFixedTime{18};
/// What was switched on longer before the window is taken to have been off by then.
constexpr hours kBurnedBefore{12};
constexpr minutes kJitter{15};

std::optional<Evening> evening_of(const Almanac& almanac, const AwaySettings& settings, std::int32_t date) {
  const std::optional<UtcTime> begin = almanac.moment(date, settings.from);
  if (!begin) return std::nullopt;
  std::optional<UtcTime> end = almanac.moment(date, settings.to);
  if (!end || *end <= *begin) end = almanac.moment(date + 1, settings.to);
  if (!end || *end <= *begin) return std::nullopt;
  const bool sun_to_clock = settings.from.kind != TimeOfDay::Kind::fixed && settings.to.kind == TimeOfDay::Kind::fixed;
  if (sun_to_clock && *end - *begin > kLongestToFixedTime) return std::nullopt;
  return Evening{date, *begin, *end};
}

void add_chance(const Evening& evening, const AwayZone& zone, Chance& chance, EveningPlan& plan) {
  const UtcTime bedtime = evening.end - chance.between(seconds(1), minutes(20));
  UtcTime on = evening.begin + chance.between(seconds(0), minutes(30));
  while (on + minutes(5) <= bedtime) {
    const Level level = Level::from_percent(50 + 10.0 * chance.below(6));
    const UtcTime off = std::min(on + chance.between(minutes(15), minutes(90)), bedtime);
    plan.switchings.push_back({on, zone.slot, zone.dimmed ? level : Level::full()});
    plan.switchings.push_back({off, zone.slot, Level::off()});
    on = off + chance.between(minutes(5), minutes(45));
  }
}

EveningPlan random_evening(const Evening& evening, const std::vector<AwayZone>& zones, std::uint32_t seed) {
  EveningPlan plan;
  if (zones.empty()) return plan;
  const std::uint32_t surely = Chance(seed, evening.date, ZoneId{}).below(static_cast<std::uint32_t>(zones.size()));
  for (std::size_t i = 0; i < zones.size(); ++i) {
    Chance chance(seed, evening.date, zones[i].number);
    const bool takes_part = chance.below(4) != 0;
    if (takes_part || i == surely) add_chance(evening, zones[i], chance, plan);
  }
  return plan;
}

/// What happened to one zone, 14 days on and moved by its jitter. It is told in the order of time.
class ZoneReplay {
 public:
  ZoneReplay(const Evening& evening, const AwayZone& zone, seconds jitter)
      : evening_(evening), zone_(zone), jitter_(jitter) {}

  void add(UtcTime at, Level level, EveningPlan& plan) {
    if (at < evening_.begin) {
      if (at >= evening_.begin - kBurnedBefore) before_ = level;
      return;
    }
    if (at < evening_.end) plan.switchings.push_back({moved(at), zone_.slot, level});
  }
  void add_what_was_on(EveningPlan& plan) const {
    if (before_.is_on()) plan.switchings.push_back({moved(evening_.begin), zone_.slot, before_});
  }

 private:
  UtcTime moved(UtcTime at) const {
    return std::clamp<UtcTime>(at + jitter_, evening_.begin, evening_.end - seconds(1));
  }

  const Evening& evening_;
  const AwayZone& zone_;
  seconds jitter_;
  Level before_;
};

/// In the order of time, with a day before and after, for windows over midnight and other clocks in summer.
std::vector<AwayRecord::Switching> recorded_about(const Evening& evening, const AwayRecord& record) {
  constexpr std::chrono::days kRoom{1};
  std::vector<AwayRecord::Switching> recorded;
  for (const AwayRecord::Switching& it : record.all()) {
    const UtcTime again = it.at + AwayRecord::kRepeatedAfter;
    if (again >= evening.begin - kRoom && again <= evening.end + kRoom) recorded.push_back(it);
  }
  std::sort(recorded.begin(), recorded.end(), [](const auto& a, const auto& b) { return a.at < b.at; });
  return recorded;
}

EveningPlan replayed_evening(const Evening& evening, const std::vector<AwayZone>& zones, std::uint32_t seed,
                             const Almanac& almanac, const AwayRecord& record) {
  EveningPlan plan;
  plan.replays = true;
  const std::vector<AwayRecord::Switching> recorded = recorded_about(evening, record);
  for (const AwayZone& zone : zones) {
    ZoneReplay replay(evening, zone, Chance(seed, evening.date, zone.number).between(-kJitter, kJitter));
    EveningPlan own;
    for (const AwayRecord::Switching& it : recorded) {
      if (it.zone != zone.number) continue;
      const Almanac::Local then = almanac.local(it.at);
      const auto date = static_cast<std::int32_t>(then.date + AwayRecord::kRepeatedAfter.count());
      const auto at = almanac.moment(date, {TimeOfDay::Kind::fixed, then.time});
      if (at) replay.add(*at, it.level, own);
    }
    replay.add_what_was_on(plan);
    plan.switchings.insert(plan.switchings.end(), own.switchings.begin(), own.switchings.end());
  }
  return plan;
}

}  // namespace

std::optional<Evening> next_evening(const Almanac& almanac, const AwaySettings& settings, UtcTime now) {
  const std::int32_t yesterday = almanac.local(now).date - 1;
  for (std::int32_t date = yesterday; date < yesterday + kDaysAhead; ++date) {
    const std::optional<Evening> evening = evening_of(almanac, settings, date);
    if (evening && now < evening->end) return evening;
  }
  return std::nullopt;
}

EveningPlan plan_evening(const Evening& evening, const std::vector<AwayZone>& zones, const AwaySettings& settings,
                         const Almanac& almanac, const AwayRecord& record) {
  EveningPlan plan;
  if (settings.method == AwaySettings::Method::replay) {
    plan = replayed_evening(evening, zones, settings.seed, almanac, record);
  }
  const auto lights = [](const PlannedSwitching& it) { return it.level.is_on(); };
  if (std::none_of(plan.switchings.begin(), plan.switchings.end(), lights)) {
    plan = random_evening(evening, zones, settings.seed);
  }
  std::stable_sort(plan.switchings.begin(), plan.switchings.end(),
                   [](const auto& a, const auto& b) { return a.at < b.at; });
  return plan;
}

}  // namespace candela::engine
