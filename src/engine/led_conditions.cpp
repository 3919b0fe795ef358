#include "engine/led_conditions.h"

#include <algorithm>

#include "base/overloaded.h"
#include "engine/conditions.h"
#include "engine/house.h"

namespace candela::engine {
namespace {

constexpr std::uint32_t kTheHouse = 0;
constexpr std::uint32_t kNothing = 0xFFFFFFFF;

/// What a change is about.
std::uint32_t object_of(const Change& change) {
  return std::visit(
      overloaded{[](const ZoneTargeted& it) { return it.zone.value; },
                 [](const SceneChanged& it) { return it.area.value; },
                 [](const LedChanged& it) { return it.led.value; },
                 [](const VariableChanged& it) { return it.variable.value; },
                 [](const SequenceChanged& it) { return it.sequence.value; },
                 [](const OccupancyChanged& it) { return it.group.value; },
                 [](const ModeChanged&) { return kTheHouse; }, [](const NightChanged&) { return kTheHouse; },
                 [](const AwayChanged&) { return kTheHouse; }, [](const auto&) { return kNothing; }},
      change.what);
}

const Condition& condition_of(const Plan& plan, Slot button) { return plan.project().buttons[button].led_condition; }

}  // namespace

LedConditions::LedConditions(const Plan& plan) {
  const auto& buttons = plan.project().buttons;
  for (Slot button = 0; button < buttons.size(); ++button) {
    if (buttons[button].led_logic == LedLogic::condition) add(plan, button);
  }
  std::sort(dependencies_.begin(), dependencies_.end(),
            [](const Dependency& a, const Dependency& b) { return a.object < b.object; });
}

void LedConditions::add(const Plan& plan, Slot button) {
  const Condition& condition = condition_of(plan, button);
  buttons_.push_back(button);
  if (depends_on_time(condition)) timed_.push_back(button);
  for_each_leaf(condition, [&](const Condition& leaf) {
    switch (leaf.kind) {
      case Condition::Kind::mode:
      case Condition::Kind::night:
      case Condition::Kind::away: dependencies_.push_back({kTheHouse, button}); return;
      case Condition::Kind::scene: {
        const Slot scene = plan.slot(SceneId{leaf.object});
        if (scene == kNoSlot) return;
        const Slot area = plan.area_of_scene(scene);
        if (area != kNoSlot) return dependencies_.push_back({plan.project().areas[area].number.value, button});
        for (const Step& step : plan.scene_steps(scene)) {
          dependencies_.push_back({plan.project().zones[step.zone].number.value, button});
        }
        return;
      }
      default:
        if (leaf.object != 0) dependencies_.push_back({leaf.object, button});
    }
  });
}

bool LedConditions::follow(std::span<const Change> changes, const House& house, Watches& watches) {
  bool any = false;
  for (const Change& change : changes) {
    const std::uint32_t object = object_of(change);
    if (object == kNothing) continue;
    const auto begin = std::lower_bound(dependencies_.begin(), dependencies_.end(), object,
                                        [](const Dependency& it, std::uint32_t sought) { return it.object < sought; });
    for (auto it = begin; it != dependencies_.end() && it->object == object; ++it) {
      const Moment why{change.at, change.cause};
      any = ask(it->button, house, watches,
                why.then(CauseStep::Kind::condition_changed, house.plan().project().buttons[it->button].led.value)) ||
            any;
    }
  }
  return any;
}

void LedConditions::ask_all(const House& house, Watches& watches, const Moment& why) {
  for (const Slot button : buttons_) ask(button, house, watches, why);
  find_next_turn(house, why.at.utc);
}

void LedConditions::time_passed(const House& house, Watches& watches, const Moment& why) {
  for (const Slot button : timed_) {
    const std::uint32_t led = house.plan().project().buttons[button].led.value;
    ask(button, house, watches, why.then(CauseStep::Kind::condition_changed, led));
  }
  find_next_turn(house, why.at.utc);
}

bool LedConditions::ask(Slot button, const House& house, Watches& watches, const Moment& why) const {
  const bool now = holds(condition_of(house.plan(), button), house, why.at, LevelsOf::targets);
  if (watches.condition_holds(button) == now) return false;
  watches.set_condition(button, now, why);
  return true;
}

void LedConditions::find_next_turn(const House& house, UtcTime now) {
  next_turn_.reset();
  for (const Slot button : timed_) {
    const auto turn = engine::next_turn(condition_of(house.plan(), button), house, now);
    if (turn && (!next_turn_ || *turn < *next_turn_)) next_turn_ = turn;
  }
}

}  // namespace candela::engine
