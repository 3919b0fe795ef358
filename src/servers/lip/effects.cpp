#include "servers/lip/effects.h"

#include <utility>

namespace candela::lip {

void Effects::flash(ZoneId zone, Source source, Duration fade, MonoTime begin) {
  running_[zone] = {.source = source, .flashes = true, .fade = fade, .then = kHalfPeriod, .due = begin};
}

void Effects::pulse(ZoneId zone, Source source, Duration length, MonoTime begin) {
  running_[zone] = {.source = source, .then = length, .due = begin};
}

std::optional<MonoTime> Effects::next_due() const {
  std::optional<MonoTime> next;
  for (const auto& [zone, effect] : running_) {
    if (!next || effect.due < *next) next = effect.due;
  }
  return next;
}

std::vector<Event> Effects::take_due(MonoTime now) {
  std::vector<Event> events;
  for (auto it = running_.begin(); it != running_.end();) {
    Effect& effect = it->second;
    if (effect.due > now) {
      ++it;
      continue;
    }
    events.push_back({effect.source, SetZone{it->first, effect.next, effect.fade, {}}});
    if (!effect.flashes && !effect.next.is_on()) {
      it = running_.erase(it);
      continue;
    }
    effect.set = effect.next;
    effect.next = effect.next.is_on() ? Level::off() : Level::full();
    effect.due = now + effect.then;
    effect.begun = true;
    ++it;
  }
  return events;
}

bool Effects::is_news(const ZoneTargeted& change, const Cause& cause) {
  const auto found = running_.find(change.zone);
  if (found == running_.end()) return true;
  Effect& effect = found->second;
  const bool ours = effect.begun && cause.source == effect.source && cause.step_count > 0 &&
                    cause.steps.front().kind == CauseStep::Kind::zone_commanded && effect.set == change.fade.to;
  if (!ours) {
    // Delays that were under way are none of the effect's business before it begins.
    if (effect.begun) running_.erase(found);
    return true;
  }
  return !effect.flashes || !std::exchange(effect.told, true);
}

}  // namespace candela::lip
