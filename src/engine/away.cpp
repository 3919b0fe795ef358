#include "engine/away.h"

#include <algorithm>
#include <utility>

namespace candela::engine {
namespace {

/// The clock leapt over what is later than this.
constexpr std::chrono::minutes kLate{1};

}  // namespace

Away::Away(ProjectPtr project) : project_(std::move(project)), lights_(project_->zones.size()) {
  for (const ZoneId id : project_->away.zones) {
    const Zone* zone = project_->find(id);
    if (zone == nullptr || !(is_dimmed(zone->load) || zone->load == LoadType::switched)) continue;
    const auto slot = static_cast<Slot>(zone - project_->zones.data());
    if (std::exchange(lights_[slot].plays, true)) continue;
    zones_.push_back({slot, id, is_dimmed(zone->load)});
  }
  if (!zones_.empty()) record_.prepare();
}

void Away::restore(const SavedState& saved, const Almanac& almanac, UtcTime now) {
  active_ = saved.away;
  resumes_ = active_;
  remember(saved.switchings);
  for (const ZoneId id : saved.lit_by_away) {
    const Zone* zone = project_->find(id);
    if (zone != nullptr) lights_[static_cast<Slot>(zone - project_->zones.data())].lit = active_;
  }
  if (active_) plan(almanac, now);
}

void Away::carry_over(const Away& old, const Almanac& almanac, UtcTime now) {
  if (!old.project_) return;
  active_ = old.active_;
  resumes_ = old.resumes_;
  for (Slot slot = 0; slot < lights_.size(); ++slot) {
    const Zone* before = old.project_->find(project_->zones[slot].number);
    if (before == nullptr) continue;
    const Light& light = old.lights_[static_cast<Slot>(before - old.project_->zones.data())];
    lights_[slot].lit = light.lit;
    lights_[slot].touched = light.touched;
  }
  remember(old.record_.all());
  if (active_) plan(almanac, now);
}

void Away::remember(std::vector<AwayRecord::Switching> recorded) {
  std::sort(recorded.begin(), recorded.end(), [](const auto& a, const auto& b) { return a.at < b.at; });
  for (const AwayRecord::Switching& it : recorded) {
    const Zone* zone = project_->find(it.zone);
    if (zone != nullptr && lights_[static_cast<Slot>(zone - project_->zones.data())].plays) record_.add(it);
  }
}

void Away::begin(const Almanac& almanac, UtcTime now) {
  if (active_ || !project_) return;
  active_ = true;
  plan(almanac, now);
}

void Away::end(Commands& out) {
  if (!active_) return;
  put_off_all(CauseStep::Kind::away_ended, out);
  active_ = false;
  resumes_ = false;
  evening_.reset();
  plan_.switchings.clear();
}

std::optional<UtcTime> Away::next_due() const {
  if (!active_) return std::nullopt;
  if (resumes_) return advanced_;
  if (!evening_) return std::nullopt;
  return next_ < plan_.switchings.size() ? plan_.switchings[next_].at : evening_->end;
}

void Away::advance(const Almanac& almanac, UtcTime now, Commands& out) {
  if (!active_) return;
  const bool set_back = now < advanced_;
  if (set_back) plan(almanac, now);
  if (std::exchange(resumes_, false) || set_back) put_off_what_is_over(now, out);
  advanced_ = now;
  while (evening_ && now >= evening_->end) {
    end_evening(out);
    plan(almanac, now);
  }
  for (; evening_ && next_ < plan_.switchings.size() && plan_.switchings[next_].at <= now; ++next_) {
    const PlannedSwitching& it = plan_.switchings[next_];
    if (!it.level.is_on() || now - it.at <= kLate) play(it, out);
  }
}

void Away::people_set(Slot zone, Level level, UtcTime at) {
  Light& light = lights_[zone];
  light.lit = false;
  if (!light.plays) return;
  record_.add({project_->zones[zone].number, level, at});
  if (active_ && evening_ && at >= evening_->begin) light.touched = true;
}

std::vector<ZoneId> Away::lit() const {
  std::vector<ZoneId> lit;
  for (Slot zone = 0; zone < lights_.size(); ++zone) {
    if (lights_[zone].lit) lit.push_back(project_->zones[zone].number);
  }
  return lit;
}

/// The evening that runs or comes next, from now on.
void Away::plan(const Almanac& almanac, UtcTime now) {
  advanced_ = now;
  next_ = 0;
  plan_ = {};
  evening_.reset();
  if (zones_.empty()) return;
  evening_ = next_evening(almanac, project_->away, now);
  if (!evening_) return;
  plan_ = plan_evening(*evening_, zones_, project_->away, almanac, record_);
  while (next_ < plan_.switchings.size() && plan_.switchings[next_].at <= now) ++next_;
}

void Away::play(const PlannedSwitching& planned, Commands& out) {
  Light& light = lights_[planned.zone];
  if (light.touched) return;
  if (!planned.level.is_on()) {
    put_off(planned.zone, why(), out);
    return;
  }
  light.lit = true;
  out.push_back({planned.zone, planned.level, project_->zones[planned.zone].fade, why()});
}

void Away::put_off(Slot zone, CauseStep::Kind why, Commands& out) {
  if (!std::exchange(lights_[zone].lit, false)) return;
  out.push_back({zone, Level::off(), project_->zones[zone].fade, why});
}

void Away::put_off_all(CauseStep::Kind why, Commands& out) {
  for (Slot zone = 0; zone < lights_.size(); ++zone) put_off(zone, why, out);
}

/// After a time in which nobody looked: what the plan has off by now.
void Away::put_off_what_is_over(UtcTime now, Commands& out) {
  for (Slot zone = 0; zone < lights_.size(); ++zone) {
    if (!lights_[zone].lit) continue;
    Level planned;
    for (const PlannedSwitching& it : plan_.switchings) {
      if (it.zone == zone && it.at <= now) planned = it.level;
    }
    if (!planned.is_on()) put_off(zone, why(), out);
  }
}

void Away::end_evening(Commands& out) {
  put_off_all(why(), out);
  for (Light& light : lights_) light.touched = false;
}

CauseStep::Kind Away::why() const {
  return plan_.replays ? CauseStep::Kind::away_replay : CauseStep::Kind::away_chance;
}

}  // namespace candela::engine
