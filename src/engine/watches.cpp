#include "engine/watches.h"

#include <algorithm>
#include <limits>

namespace candela::engine {
namespace {

bool has_logic(LedLogic logic) {
  switch (logic) {
    case LedLogic::none:
    case LedLogic::integration:
    case LedLogic::sequence: return false;
    case LedLogic::room:
    case LedLogic::scene:
    case LedLogic::pathway:
    case LedLogic::condition:
    case LedLogic::shade:
    case LedLogic::local_load: return true;
  }
  return false;
}

/// A press depends on whether the button is lit.
bool asks_whether_lit(ButtonPlan::Kind kind) {
  return kind == ButtonPlan::Kind::toggle || kind == ButtonPlan::Kind::advanced_toggle ||
         kind == ButtonPlan::Kind::cycle_dim;
}

/// The zones whose output is the device itself.
std::vector<Slot> local_zones(const Plan& plan, DeviceId device) {
  std::vector<Slot> zones;
  const auto& all = plan.project().zones;
  for (Slot slot = 0; slot < all.size(); ++slot) {
    const auto* output = std::get_if<DeviceOutput>(&all[slot].output);
    if (output != nullptr && output->device == device) zones.push_back(slot);
  }
  return zones;
}

std::size_t levels_in(std::span<const Step> steps) {
  return static_cast<std::size_t>(
      std::count_if(steps.begin(), steps.end(), [](const Step& it) { return !it.keeps_level; }));
}

/// Never met when there is nothing to watch.
std::int32_t needed_of(std::size_t zone_count, bool all) {
  if (zone_count == 0) return std::numeric_limits<std::int32_t>::max();
  return all ? static_cast<std::int32_t>(zone_count) : 1;
}

}  // namespace

Watches::Watches(const Plan& plan, const Zones& zones)
    : scene_count_(plan.project().scenes.size()),
      leds_(plan.project().buttons.size()),
      areas_(plan.project().areas.size()) {
  std::vector<Rows<Member>::Entry> entries;
  watches_.reserve(scene_count_ + leds_.size());  // members point at them
  add_scenes(plan, entries);
  for (Slot button = 0; button < leds_.size(); ++button) add_button(plan, button, entries);
  for (Slot area = 0; area < areas_.size(); ++area) areas_[area].number = plan.project().areas[area].number;
  members_ = Rows<Member>(zones.size(), entries);
  for (Slot zone = 0; zone < zones.size(); ++zone) {
    for (Member& member : members_[zone]) {
      member.met = member.range.contains(zones[zone].fade.to);
      member.watch->missing -= member.met;
    }
  }
  touched_leds_.reserve(leds_.size());
  touched_areas_.reserve(areas_.size());
}

void Watches::add_scenes(const Plan& plan, std::vector<Rows<Member>::Entry>& entries) {
  for (Slot scene = 0; scene < scene_count_; ++scene) {
    const auto steps = plan.scene_steps(scene);
    watches_.push_back({needed_of(levels_in(steps), true), plan.area_of_scene(scene)});
    for (const Step& step : steps) {
      if (step.keeps_level) continue;
      entries.push_back({step.zone, {&watches_.back(), LevelRange::like(step.level)}});
    }
  }
}

void Watches::add_button(const Plan& plan, Slot button, std::vector<Rows<Member>::Entry>& entries) {
  const Button& programmed = plan.project().buttons[button];
  const LedLogic logic = programmed.led_logic;
  Led& led = leds_[button];
  led.number = programmed.led;
  led.reversed = programmed.led_reversed;
  led.follows_logic = has_logic(logic);
  led.by_condition = logic == LedLogic::condition;
  if (led.by_condition || !(led.follows_logic || asks_whether_lit(plan.button(button).kind))) return;
  if (logic == LedLogic::local_load) return watch_zones(button, local_zones(plan, programmed.keypad), entries);
  const auto steps = plan.button_steps(button);
  const std::size_t count = levels_in(steps);
  if (count == 0) return;  // without zones: never lit
  led.watch = static_cast<std::uint32_t>(watches_.size());
  watches_.push_back({needed_of(count, logic == LedLogic::scene || logic == LedLogic::pathway), button});
  for (const Step& step : steps) {
    if (step.keeps_level) continue;
    const Member on{&watches_[led.watch], LevelRange::on()};
    const Member exact{&watches_[led.watch], LevelRange::like(step.level)};
    entries.push_back({step.zone, logic == LedLogic::scene ? exact : on});
  }
}

/// Lit while one of them is on.
void Watches::watch_zones(Slot button, std::span<const Slot> zones, std::vector<Rows<Member>::Entry>& entries) {
  if (zones.empty()) return;
  const auto watch = static_cast<std::uint32_t>(watches_.size());
  watches_.push_back({1, button});
  leds_[button].watch = watch;
  for (const Slot zone : zones) entries.push_back({zone, {&watches_[watch], LevelRange::on()}});
}

void Watches::carry_over(const Plan& plan, const Watches& old, const Plan& old_plan) {
  const Project& project = plan.project();
  for (Slot button = 0; button < leds_.size(); ++button) {
    const Slot before = old_plan.slot(project.buttons[button].led);
    if (before == kNoSlot) continue;
    leds_[button].told = old.leds_[before].told;
    leds_[button].condition_holds = old.leds_[before].condition_holds;
    if (!old.leds_[before].follows_logic) leds_[button].set = old.leds_[before].set;
  }
  for (Slot area = 0; area < areas_.size(); ++area) {
    const Slot before = old_plan.slot(project.areas[area].number);
    if (before == kNoSlot) continue;
    areas_[area].told = old.areas_[before].told;
    const Slot chosen = old.areas_[before].chosen;
    if (chosen != kNoSlot) areas_[area].chosen = plan.slot(old_plan.project().scenes[chosen].number);
  }
}

void Watches::scene_chosen(const Plan& plan, Slot scene, const Moment& why) {
  const Slot area = plan.area_of_scene(scene);
  if (area == kNoSlot) return;
  areas_[area].chosen = scene;
  touch_area(area, why);
}

void Watches::set_led(Slot button, LedState state, const Moment& why, Changes& changes) {
  Led& led = leds_[button];
  if (led.follows_logic) {
    led.overridden = true;
  } else {
    led.set = state;
  }
  led.told = state;
  changes.add(why, LedChanged{led.number, state});
}

void Watches::set_condition(Slot button, bool holds, const Moment& why) {
  Led& led = leds_[button];
  if (!led.by_condition || led.condition_holds == holds) return;
  led.condition_holds = holds;
  if (!led.touched) touch_led(button, why);
}

void Watches::turned(const Watch& watch, ZoneId zone, const Moment& why) {
  if (is_of_scene(static_cast<std::uint32_t>(&watch - watches_.data()))) {
    if (watch.owner == kNoSlot || areas_[watch.owner].touched) return;
    touch_area(watch.owner, why.then(CauseStep::Kind::member_changed, zone.value));
  } else {
    if (!leds_[watch.owner].follows_logic || leds_[watch.owner].touched) return;
    touch_led(watch.owner, why.then(CauseStep::Kind::member_changed, zone.value));
  }
}

void Watches::touch_led(Slot button, const Moment& why) {
  leds_[button].touched = true;
  touched_leds_.push_back({button, why});
}

void Watches::touch_area(Slot area, const Moment& why) {
  if (areas_[area].touched) return;
  areas_[area].touched = true;
  touched_areas_.push_back({area, why});
}

void Watches::settle(const Plan& plan, Changes& changes) {
  for (const Touched& it : touched_leds_) settle_led(it.slot, it.why, changes);
  for (const Touched& it : touched_areas_) settle_area(plan, it.slot, it.why, changes);
  touched_leds_.clear();
  touched_areas_.clear();
}

void Watches::settle_all(const Plan& plan, const Moment& why, Changes& changes) {
  for (Slot button = 0; button < leds_.size(); ++button) {
    if (!leds_[button].touched) touch_led(button, why);
  }
  for (Slot area = 0; area < areas_.size(); ++area) touch_area(area, why);
  settle(plan, changes);
}

void Watches::settle_led(Slot button, const Moment& why, Changes& changes) {
  Led& led = leds_[button];
  led.touched = false;
  led.overridden = false;
  const LedState logic = lit(button) != led.reversed ? LedState::on : LedState::off;
  const LedState now = led.follows_logic ? logic : led.set;
  if (now == led.told) return;
  led.told = now;
  if (led.number) changes.add(why, LedChanged{led.number, now});
}

void Watches::settle_area(const Plan& plan, Slot area, const Moment& why, Changes& changes) {
  AreaState& state = areas_[area];
  state.touched = false;
  SceneId active;
  for (const ScenePlan& scene : plan.scenes_of(area)) {
    if (is_met(scene.slot) && (!active || scene.slot == state.chosen)) active = scene.number;
  }
  if (active == state.told) return;
  state.told = active;
  changes.add(why, SceneChanged{state.number, active});
}

}  // namespace candela::engine
