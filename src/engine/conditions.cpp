#include "engine/conditions.h"

#include <algorithm>
#include <utility>

#include "engine/house.h"

namespace candela::engine {
namespace {

using Kind = Condition::Kind;

template <class Value>
bool compares(const Condition& condition, Value value, Value with) {
  switch (condition.comparison) {
    case Condition::Comparison::is: return value == with;
    case Condition::Comparison::above: return value > with;
    case Condition::Comparison::below: return value < with;
  }
  return false;
}

bool zone_holds(const Condition& condition, const House& house, MonoTime now, LevelsOf levels) {
  const Slot slot = house.plan().slot(ZoneId{condition.object});
  if (slot == kNoSlot) return false;
  const Fade& fade = house.lights().zone(slot).fade;
  const Level level = levels == LevelsOf::targets ? fade.to : fade.at(now);
  if (condition.comparison == Condition::Comparison::is) return alike(condition.level, level);
  return compares(condition, level, condition.level);
}

bool scene_holds(const Condition& condition, const House& house) {
  const Plan& plan = house.plan();
  const Slot scene = plan.slot(SceneId{condition.object});
  if (scene == kNoSlot) return false;
  const Slot area = plan.area_of_scene(scene);
  if (area == kNoSlot) return house.lights().watches().scene_matches(scene);
  return house.lights().watches().scene(area) == SceneId{condition.object};
}

bool led_holds(const Condition& condition, const House& house) {
  const Slot button = house.plan().slot(LedId{condition.object});
  return button != kNoSlot && house.lights().watches().led(button) == LedState{condition.state};
}

bool variable_holds(const Condition& condition, const House& house) {
  const Slot slot = house.plan().slot(VariableId{condition.object});
  return slot != kNoSlot && house.variable(slot) == condition.state;
}

bool sequence_holds(const Condition& condition, const House& house) {
  const Slot slot = house.plan().slot(SequenceId{condition.object});
  return slot != kNoSlot && house.sequences().is_running(slot);
}

constexpr auto kSunStep = std::chrono::minutes(10);

/// The highest or lowest point of the sun between two moments on either side of it, to the second.
UtcTime turning_point(const Almanac& almanac, UtcTime low, UtcTime high) {
  constexpr auto kExact = std::chrono::seconds(1);
  const auto rises_at = [&](UtcTime at) { return almanac.sun_elevation(at + kExact) > almanac.sun_elevation(at); };
  const bool rises = rises_at(low);
  while (high - low > kExact) {
    const UtcTime middle = low + (high - low) / 2;
    (rises_at(middle) == rises ? low : high) = middle;
  }
  return high;
}

/// The first millisecond at which the condition is otherwise, so that whoever asks at any moment finds what was told.
/// Steps of ten minutes find every crossing but those around the sun's highest and lowest points, which are looked at
/// too. Where there is none within a day, the end of that day is early enough to look again: the sun may stay above a
/// height for months or never reach it, and the 50 000 positions of a year would hold up the house.
UtcTime next_sun_crossing(const Condition& condition, const Almanac& almanac, UtcTime now) {
  constexpr auto kFarthest = std::chrono::hours(24);
  const auto holds_at = [&](UtcTime at) { return compares(condition, almanac.sun_elevation(at), condition.degrees); };
  const bool before = holds_at(now);
  const auto first_other = [&](UtcTime low, UtcTime high) {
    while (high - low > UtcTime::duration(1)) {
      const UtcTime middle = low + (high - low) / 2;
      (holds_at(middle) == before ? low : high) = middle;
    }
    return high;
  };
  double height = almanac.sun_elevation(now);
  bool rises = height > almanac.sun_elevation(now - kSunStep);
  for (UtcTime at = now + kSunStep; at < now + kFarthest; at += kSunStep) {
    const double next_height = almanac.sun_elevation(at);
    if (const bool rose = std::exchange(rises, next_height > height); rose != rises) {
      const UtcTime turn = turning_point(almanac, at - 2 * kSunStep, at);
      if (turn > now && holds_at(turn) != before) return first_other(std::max(now, at - 2 * kSunStep), turn);
    }
    if (compares(condition, next_height, condition.degrees) != before) return first_other(at - kSunStep, at);
    height = next_height;
  }
  return now + kFarthest;
}

std::optional<UtcTime> earlier(std::optional<UtcTime> a, std::optional<UtcTime> b) {
  if (!a || !b) return a ? a : b;
  return std::min(*a, *b);
}

/// The first of these times of day after now; a day may have none of them.
std::optional<UtcTime> next_time(const Almanac& almanac, UtcTime now, std::initializer_list<TimeOfDay> times) {
  const std::int32_t today = almanac.local(now).date;
  std::optional<UtcTime> next;
  constexpr std::int32_t kDaysAround = 2;
  for (std::int32_t date = today - kDaysAround; date <= today + kDaysAround; ++date) {
    for (const TimeOfDay& time : times) {
      const auto moment = almanac.moment(date, time);
      if (moment && *moment > now) next = earlier(next, moment);
    }
  }
  // In a polar night the window has no ends for weeks; the next midnight is early enough to look again.
  return next ? next : almanac.moment(today + 1, TimeOfDay{});
}

}  // namespace

bool holds(const Condition& condition, const House& house, Now now, LevelsOf levels) {
  const auto part_holds = [&](const Condition& part) { return holds(part, house, now, levels); };
  switch (condition.kind) {
    case Kind::always: return true;
    case Kind::all: return std::all_of(condition.parts.begin(), condition.parts.end(), part_holds);
    case Kind::any: return std::any_of(condition.parts.begin(), condition.parts.end(), part_holds);
    case Kind::none: return std::none_of(condition.parts.begin(), condition.parts.end(), part_holds);
    case Kind::zone: return zone_holds(condition, house, now.mono, levels);
    case Kind::scene: return scene_holds(condition, house);
    case Kind::occupancy: return house.occupancy(OccupancyGroupId{condition.object}) == Occupancy{condition.state};
    case Kind::led: return led_holds(condition, house);
    case Kind::variable: return variable_holds(condition, house);
    case Kind::mode: return house.mode() == ModeId{condition.object};
    case Kind::sequence: return sequence_holds(condition, house);
    case Kind::time_window: return house.almanac().is_within(now.utc, condition.from, condition.to);
    case Kind::weekday: return (house.almanac().local(now.utc).weekday & condition.state) != 0;
    case Kind::sun: return compares(condition, house.almanac().sun_elevation(now.utc), condition.degrees);
    case Kind::night: return house.is_night();
    case Kind::away: return house.is_away();
  }
  return false;
}

bool depends_on_time(const Condition& condition) {
  bool depends = false;
  for_each_leaf(condition, [&](const Condition& leaf) {
    depends = depends || leaf.kind == Kind::time_window || leaf.kind == Kind::weekday || leaf.kind == Kind::sun;
  });
  return depends;
}

std::optional<UtcTime> next_turn(const Condition& condition, const House& house, UtcTime now) {
  std::optional<UtcTime> next;
  for_each_leaf(condition, [&](const Condition& leaf) {
    const Almanac& almanac = house.almanac();
    if (leaf.kind == Kind::time_window) next = earlier(next, next_time(almanac, now, {leaf.from, leaf.to}));
    if (leaf.kind == Kind::weekday) next = earlier(next, next_time(almanac, now, {TimeOfDay{}}));
    if (leaf.kind == Kind::sun) next = earlier(next, next_sun_crossing(leaf, almanac, now));
  });
  return next;
}

}  // namespace candela::engine
