#include "engine/checker.h"

#include <algorithm>
#include <vector>

namespace candela::engine {
namespace {

class Checker {
 public:
  explicit Checker(const Lights& lights) : lights_(lights), project_(lights.plan().project()) {}

  std::string run() {
    for (const Button& button : project_.buttons) check_led(button);
    for (const Area& area : project_.areas) check_scene(area);
    return complaints_;
  }

 private:
  Level target(ZoneId zone) const { return lights_.zone(lights_.plan().slot(zone)).fade.to; }

  bool is_at(const Assignment& assignment) const {
    const Zone* zone = project_.find(assignment.zone);
    return alike(reachable(zone->load, assignment.level), target(assignment.zone));
  }

  /// The assignments to zones that there are.
  std::vector<Assignment> real(const Preset& preset) const {
    std::vector<Assignment> assignments = project_.expand(preset);
    std::erase_if(assignments,
                  [&](const Assignment& it) { return it.keeps_level || project_.find(it.zone) == nullptr; });
    return assignments;
  }

  bool matches(const Preset& preset) const {
    const auto assignments = real(preset);
    return !assignments.empty() &&
           std::all_of(assignments.begin(), assignments.end(), [&](const Assignment& it) { return is_at(it); });
  }

  bool any_on(const Preset& preset) const {
    const auto assignments = real(preset);
    return std::any_of(assignments.begin(), assignments.end(),
                       [&](const Assignment& it) { return target(it.zone).is_on(); });
  }

  /// The preset that the LED is about.
  static Preset preset_of(const Button& button) {
    if (const auto* it = std::get_if<Toggle>(&button.programming)) return it->on;
    if (const auto* it = std::get_if<CycleDim>(&button.programming)) return it->on;
    if (const auto* it = std::get_if<AdvancedToggle>(&button.programming)) return it->dark;
    if (const auto* it = std::get_if<SingleAction>(&button.programming)) return it->preset;
    if (const auto* it = std::get_if<DualAction>(&button.programming)) return it->press;
    Preset shades;
    if (const auto* it = std::get_if<OpenStopClose>(&button.programming)) {
      for (const ZoneId shade : it->shades) shades.zones.push_back({shade, Level::full()});
    }
    return shades;
  }

  bool all_on(const Preset& preset) const {
    const auto assignments = real(preset);
    return !assignments.empty() && std::all_of(assignments.begin(), assignments.end(),
                                               [&](const Assignment& it) { return target(it.zone).is_on(); });
  }

  bool local_load_on(DeviceId device) const {
    return std::any_of(project_.zones.begin(), project_.zones.end(), [&](const Zone& zone) {
      const auto* output = std::get_if<DeviceOutput>(&zone.output);
      return output != nullptr && output->device == device && target(zone.number).is_on();
    });
  }

  bool lit(const Button& button) const {
    switch (button.led_logic) {
      case LedLogic::scene: return matches(preset_of(button));
      case LedLogic::pathway: return all_on(preset_of(button));
      case LedLogic::local_load: return local_load_on(button.keypad);
      default: return any_on(preset_of(button));
    }
  }

  void check_led(const Button& button) {
    if (button.led_logic == LedLogic::condition) return;  // the house checks those
    const Slot slot = lights_.plan().slot(button.number);
    const bool follows = lights_.watches().follows_logic(slot);
    const bool counted = lights_.watches().lit(slot);
    const bool is_lit = lit(button);
    if ((follows || std::holds_alternative<Toggle>(button.programming)) && counted != is_lit) {
      complain("button", button.number.value, "counted as", counted ? "lit" : "dark");
    }
    const bool told = lights_.watches().led(slot) == LedState::on;
    if (follows && !lights_.watches().is_overridden(slot) && told != (is_lit != button.led_reversed)) {
      complain("LED of button", button.number.value, "told as", told ? "on" : "off");
    }
  }

  void check_scene(const Area& area) {
    const Slot slot = lights_.plan().slot(area.number);
    const Slot chosen = lights_.watches().chosen_scene(slot);
    const Scene* active = nullptr;
    for (const Scene& scene : project_.scenes) {
      if (scene.shared || scene.area != area.number || !matches(scene.preset)) continue;
      const bool is_chosen = chosen != kNoSlot && &scene == &project_.scenes[chosen];
      if (is_chosen || active == nullptr || precedes(scene, *active, chosen)) active = &scene;
    }
    const SceneId expected = active == nullptr ? SceneId{} : active->number;
    const SceneId told = lights_.watches().scene(slot);
    if (told != expected) complain("area", area.number.value, "told to be in scene", std::to_string(told.value));
  }

  bool precedes(const Scene& scene, const Scene& active, Slot chosen) const {
    if (chosen != kNoSlot && &active == &project_.scenes[chosen]) return false;
    return std::pair(scene.order, scene.number) < std::pair(active.order, active.number);
  }

  void complain(const char* kind, std::uint32_t number, const char* what, const std::string& state) {
    complaints_ += std::string(kind) + " " + std::to_string(number) + " is " + what + " " + state + "\n";
  }

  const Lights& lights_;
  const Project& project_;
  std::string complaints_;
};

}  // namespace

std::string inconsistency(const Lights& lights) { return Checker(lights).run(); }

}  // namespace candela::engine
