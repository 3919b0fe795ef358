#include "engine/watches.h"

#include <limits>

namespace candela::engine {
namespace {

bool has_logic(LedLogic logic) { return logic == LedLogic::room || logic == LedLogic::scene; }

/// Never met when there is nothing to watch.
std::uint32_t needed_of(std::size_t zone_count, bool all) {
  if (zone_count == 0) return std::numeric_limits<std::uint32_t>::max();
  return all ? static_cast<std::uint32_t>(zone_count) : 1;
}

}  // namespace

Watches::Watches(const Plan& plan, const Zones& zones)
    : scene_count_(plan.project().scenes.size()),
      leds_(plan.project().buttons.size()),
      areas_(plan.project().areas.size()) {
  std::vector<Rows<Member>::Entry> entries;
  add_scenes(plan, entries);
  for (Slot button = 0; button < leds_.size(); ++button) add_button(plan, button, entries);
  for (Slot area = 0; area < areas_.size(); ++area) areas_[area].number = plan.project().areas[area].number;
  members_ = Rows<Member>::grouped(zones.size(), entries);
  for (Slot zone = 0; zone < zones.size(); ++zone) {
    for (const Member& member : members_[zone]) watches_[member.watch].met += member.met_by(zones[zone].fade.to);
  }
  touched_leds_.reserve(leds_.size());
  touched_areas_.reserve(areas_.size());
}

void Watches::add_scenes(const Plan& plan, std::vector<Rows<Member>::Entry>& entries) {
  for (Slot scene = 0; scene < scene_count_; ++scene) {
    const auto steps = plan.scene_steps(scene);
    watches_.push_back({0, needed_of(steps.size(), true), plan.area_of_scene(scene)});
    for (const Step& step : steps) {
      entries.push_back({step.zone, {scene, lowest_like(step.level), highest_like(step.level)}});
    }
  }
}

void Watches::add_button(const Plan& plan, Slot button, std::vector<Rows<Member>::Entry>& entries) {
  const Button& programmed = plan.project().buttons[button];
  const bool follows = has_logic(programmed.led_logic);
  leds_[button].number = programmed.led;
  const auto steps = plan.button_steps(button);
  if (steps.empty() || !(follows || plan.button(button).kind == ButtonPlan::Kind::toggle)) {
    leds_[button].follows_watch = follows;  // without zones: never lit
    return;
  }
  const bool all = programmed.led_logic == LedLogic::scene;
  const auto watch = static_cast<std::uint32_t>(watches_.size());
  watches_.push_back({0, needed_of(steps.size(), all), button});
  leds_[button].watch = watch;
  leds_[button].follows_watch = follows;
  for (const Step& step : steps) {
    const Member room{watch, Level::from_raw(1), Level::full()};
    const Member scene{watch, lowest_like(step.level), highest_like(step.level)};
    entries.push_back({step.zone, all ? scene : room});
  }
}

void Watches::carry_over(const Plan& plan, const Watches& old, const Plan& old_plan) {
  const Project& project = plan.project();
  for (Slot button = 0; button < leds_.size(); ++button) {
    const Slot before = old_plan.slot(project.buttons[button].led);
    if (before == kNoSlot) continue;
    leds_[button].told = old.leds_[before].told;
    if (!old.leds_[before].follows_watch) leds_[button].set = old.leds_[before].set;
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
  if (led.follows_watch) {
    led.overridden = true;
  } else {
    led.set = state;
  }
  led.told = state;
  changes.add(why, LedChanged{led.number, state});
}

void Watches::count(std::uint32_t index, bool was_met, ZoneId zone, const Moment& why) {
  Watch& watch = watches_[index];
  const bool before = is_met(index);
  watch.met += was_met ? -1 : 1;
  if (is_met(index) == before) return;
  if (is_of_scene(index)) {
    if (watch.owner == kNoSlot || areas_[watch.owner].touched) return;
    touch_area(watch.owner, why.then(CauseStep::Kind::member_changed, zone.value));
  } else {
    if (!leds_[watch.owner].follows_watch || leds_[watch.owner].touched) return;
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
  const LedState logic = lit(button) ? LedState::on : LedState::off;
  const LedState now = led.follows_watch ? logic : led.set;
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
