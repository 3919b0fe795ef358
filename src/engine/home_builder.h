#pragma once

#include <algorithm>
#include <memory>
#include <string>
#include <utility>
#include <vector>

#include "model/project.h"

namespace candela::engine {

/// Puts a home together for tests and benchmarks, with numbers in the order of adding.
class HomeBuilder {
 public:
  HomeBuilder() {
    project_.name = "Test home";
    project_.processors.push_back({ProcessorId{next()}, "processor", "Processor", "HQP7-2", {}});
    project_.links.push_back(
        {LinkId{next()}, "wired", "Wired", project_.processors[0].number, LinkType::qs_wired, {}, "", 62500});
    add_area("home", {});
    project_.devices.push_back({});
    Device& keypad = project_.devices.back();
    keypad.number = DeviceId{next()};
    keypad.station = ControlStationId{next()};
    keypad.button_group = ButtonGroupId{next()};
    keypad.id = "keypad";
    keypad.area = home();
    keypad.link = project_.links[0].number;
  }

  AreaId home() const { return project_.areas[0].number; }
  DeviceId keypad() const { return project_.devices[0].number; }
  LinkId link() const { return project_.links[0].number; }

  AreaId add_area(std::string id, AreaId parent) {
    Area area;
    area.number = AreaId{next()};
    area.id = area.name = std::move(id);
    area.parent = parent;
    if (parent) area_of(parent).children.push_back(area.number);
    project_.areas.push_back(std::move(area));
    return project_.areas.back().number;
  }

  ZoneId add_zone(AreaId area, LoadType load = LoadType::dimmed, Trims trims = {}) {
    Zone zone;
    zone.number = ZoneId{next()};
    zone.id = zone.name = "zone-" + std::to_string(zone.number.value);
    zone.area = area;
    zone.load = load;
    zone.trims = trims;
    area_of(area).zones.push_back(zone.number);
    project_.zones.push_back(std::move(zone));
    return project_.zones.back().number;
  }

  SceneId add_scene(AreaId area, std::uint8_t order, std::vector<Assignment> zones) {
    Scene scene;
    scene.number = SceneId{next()};
    scene.id = scene.name = "scene-" + std::to_string(scene.number.value);
    scene.area = area;
    scene.order = order;
    scene.preset.zones = std::move(zones);
    area_of(area).scenes.push_back(scene.number);
    project_.scenes.push_back(std::move(scene));
    return project_.scenes.back().number;
  }

  ButtonId add_button(Programming programming, LedLogic logic = LedLogic::room) {
    Button button;
    button.number = ButtonId{next()};
    button.led = LedId{next()};
    button.id = button.name = "keypad." + std::to_string(button.number.value);
    button.keypad = keypad();
    button.programming = std::move(programming);
    button.led_logic = logic;
    project_.devices[0].buttons.push_back(button.number);
    project_.buttons.push_back(std::move(button));
    return project_.buttons.back().number;
  }
  /// The button as it was added, for what most buttons do not have.
  Button& button(ButtonId number) { return one_of(project_.buttons, number); }
  Zone& zone(ZoneId number) { return one_of(project_.zones, number); }

  VariableId add_variable(std::vector<std::string> states) {
    const VariableId number{next()};
    const std::string id = "variable-" + std::to_string(number.value);
    project_.variables.push_back({.number = number, .id = id, .name = id, .states = std::move(states)});
    return number;
  }
  ModeId add_mode(const std::string& id) {
    const ModeId number{next()};
    project_.modes.push_back({number, id, id});
    return number;
  }
  SequenceId add_sequence(std::vector<SequenceStep> steps, std::uint32_t rounds = 1) {
    const SequenceId number{next()};
    const std::string id = "sequence-" + std::to_string(number.value);
    project_.sequences.push_back({.number = number, .id = id, .name = id, .steps = std::move(steps), .rounds = rounds});
    return number;
  }
  Sequence& sequence(SequenceId number) { return one_of(project_.sequences, number); }

  /// As HomeBuilder gives them.
  static LedId led_of(ButtonId button) { return LedId{button.value + 1}; }

  /// For objects that are added by hand.
  std::uint32_t next_number() { return next(); }
  Project& project() { return project_; }
  ProjectPtr build() const {
    auto built = std::make_shared<Project>(project_);
    built->build_index();
    return built;
  }

 private:
  std::uint32_t next() { return next_++; }
  template <class T, class Id>
  static T& one_of(std::vector<T>& objects, Id number) {
    return *std::find_if(objects.begin(), objects.end(), [&](const T& it) { return it.number == number; });
  }
  Area& area_of(AreaId id) {
    const auto& areas = project_.areas;
    const auto found = std::find_if(areas.rbegin(), areas.rend(), [&](const Area& it) { return it.number == id; });
    return project_.areas[static_cast<std::size_t>(areas.rend() - found) - 1];
  }

  Project project_;
  std::uint32_t next_ = kFirstNumber;
};

}  // namespace candela::engine
