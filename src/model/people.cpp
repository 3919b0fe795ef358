#include "model/people.h"

#include <algorithm>
#include <span>

namespace candela {
namespace {

using Kind = CauseStep::Kind;

template <class Predicate>
bool has_step(const Cause& cause, Predicate predicate) {
  const auto steps = std::span(cause.steps).first(cause.step_count);
  return std::any_of(steps.begin(), steps.end(), [&](const CauseStep& it) { return predicate(it.kind); });
}

bool is_of_the_house(Kind kind) {
  switch (kind) {
    case Kind::presence_reported:
    case Kind::fault_reported:
    case Kind::restored:
    case Kind::project_activated:
    case Kind::timeclock_due:
    case Kind::sun_moved:
    case Kind::emergency_began:
    case Kind::emergency_ended:
    case Kind::load_shed:
    case Kind::away_began:
    case Kind::away_ended:
    case Kind::away_chance:
    case Kind::away_replay:
    case Kind::show_course:
    case Kind::facade_moved:
    case Kind::clock_reported:
    case Kind::power_returned: return true;
    default: return false;
  }
}

}  // namespace

bool is_doing_of_away(const Cause& cause) {
  return has_step(cause, [](Kind kind) { return kind == Kind::away_chance || kind == Kind::away_replay; });
}

bool is_doing_of_people(const Cause& cause) {
  if (has_step(cause, is_of_the_house)) return false;
  // They left the room.
  if (cause.source.kind == Source::Kind::timer)
    return has_step(cause, [](Kind kind) { return kind == Kind::seen_unoccupied; });
  return cause.source.kind == Source::Kind::device || is_program(cause.source);
}

}  // namespace candela
