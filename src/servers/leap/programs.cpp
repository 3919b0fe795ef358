#include <algorithm>
#include <cmath>

#include "base/overloaded.h"
#include "protocols/leap/timespan.h"
#include "servers/leap/command_body.h"
#include "servers/leap/handlers.h"
#include "servers/leap/statuses.h"

namespace candela::leap::programs {
namespace {

namespace json = boost::json;

/// A preset has no number of its own: it goes by its owner's (observed for scenes). The second preset of a button or an
/// occupancy group goes by this much more, which no object's number reaches.
constexpr std::uint32_t kSecond = 1'000'000'000;
constexpr std::uint8_t kFirstRaisePosition = 16;

struct AssignmentKind {
  std::string_view url;   ///< the last part of the url
  std::string_view name;  ///< of the kind
  std::string_view type;  ///< of the answer
  std::string_view key;
};
constexpr AssignmentKind kAssignmentKinds[] = {
    {"dimmedlevelassignment", "DimmedLevelAssignment", "MultipleDimmedLevelAssignmentDefinition",
     "DimmedLevelAssignments"},
    {"switchedlevelassignment", "SwitchedLevelAssignment", "MultipleSwitchedLevelAssignmentDefinition",
     "SwitchedLevelAssignments"},
    {"fanspeedassignment", "FanSpeedAssignment", "MultipleFanSpeedAssignmentDefinition", "FanSpeedAssignments"},
    {"shadelevelassignment", "ShadeLevelAssignment", "MultipleShadeLevelAssignmentDefinition", "ShadeLevelAssignments"},
    {"shadelevelwithtiltassignment", "ShadeLevelWithTiltAssignment", "MultipleShadeLevelWithTiltAssignmentDefinition",
     "ShadeLevelWithTiltAssignments"},
    {"tiltassignment", "TiltAssignment", "MultipleTiltAssignmentDefinition", "TiltAssignments"},
    {"ccolevelassignment", "CCOLevelAssignment", "MultipleCCOLevelAssignmentDefinition", "CCOLevelAssignments"},
    {"whitetuninglevelassignment", "WhiteTuningLevelAssignment", "MultipleWhiteTuningLevelAssignmentDefinition",
     "WhiteTuningLevelAssignments"},
    {"spectrumtuninglevelassignment", "SpectrumTuningLevelAssignment",
     "MultipleSpectrumTuningLevelAssignmentDefinition", "SpectrumTuningLevelAssignments"},
    {"warmdimassignment", "WarmDimAssignment", "MultipleWarmDimAssignmentDefinition", "WarmDimAssignments"},
};

struct PresetOwner {
  const Preset* preset = nullptr;
  std::string_view kind;  ///< of the parent
  std::uint32_t number = 0;
};

struct ButtonPresets {
  std::string_view model;
  const Preset* first = nullptr;
  const Preset* second = nullptr;
};

/// A preset that only chooses between others is a conditional to clients.
std::string_view single_action_model(const Preset& preset) {
  if (!preset.zones.empty() || !preset.scenes.empty() || preset.actions.size() != 1) {
    return "SingleActionProgrammingModel";
  }
  const auto* const conditional = std::get_if<Conditional>(&preset.actions.front());
  if (conditional == nullptr) return "SingleActionProgrammingModel";
  return conditional->branches.size() <= 2 ? "SimpleConditionalProgrammingModel"
                                           : "AdvancedConditionalProgrammingModel";
}

ButtonPresets presets_of(const Button& button) {
  return std::visit(overloaded{
                        [](const Toggle& it) -> ButtonPresets {
                          return {"AdvancedToggleProgrammingModel", &it.on, &it.on};
                        },
                        [](const AdvancedToggle& it) -> ButtonPresets {
                          return {"AdvancedToggleProgrammingModel", &it.dark, &it.lit};
                        },
                        [](const SingleAction& it) -> ButtonPresets {
                          return {single_action_model(it.preset), &it.preset, nullptr};
                        },
                        [](const DualAction& it) -> ButtonPresets {
                          return {"DualActionProgrammingModel", &it.press, &it.release};
                        },
                        [](const CycleDim& it) -> ButtonPresets {
                          return {"AdvancedToggleProgrammingModel", &it.on, &it.on};
                        },
                        [&](const RaiseLower& it) -> ButtonPresets {
                          // The keypad's own raise and lower buttons have no programming to clients (observed).
                          if (button.position >= kFirstRaisePosition) return {};
                          return {it.raise ? "SingleSceneRaiseProgrammingModel" : "SingleSceneLowerProgrammingModel",
                                  nullptr, nullptr};
                        },
                        [](const OpenStopClose&) -> ButtonPresets {
                          return {"OpenStopCloseStopProgrammingModel", nullptr, nullptr};
                        },
                        [](const auto&) -> ButtonPresets { return {}; },
                    },
                    button.programming);
}

PresetOwner preset_owner(const Call& call) {
  const bool second = call.ids[0] >= kSecond;
  const std::uint32_t number = second ? call.ids[0] - kSecond : call.ids[0];
  const Project& project = call.project();
  if (const Button* const button = project.find(ButtonId{number})) {
    const ButtonPresets presets = presets_of(*button);
    return {second ? presets.second : presets.first, "programmingmodel", number};
  }
  if (const OccupancyGroup* const group = project.find(OccupancyGroupId{number})) {
    return {second ? &group->unoccupied.preset : &group->occupied.preset, "programmingmodel", number};
  }
  if (second) return {};
  if (const Scene* const scene = project.find(SceneId{number})) return {&scene->preset, "areascene", number};
  if (const TimeclockEvent* const event = project.find(TimeclockEventId{number})) {
    return {&event->preset, "programmingmodel", number};
  }
  return {};
}

std::string_view assignment_kind(const Zone& zone, const Assignment& assignment) {
  const bool tilts = assignment.tilt && zone.load == LoadType::tilting_shade;
  switch (zone.load) {
    case LoadType::dimmed: return "DimmedLevelAssignment";
    case LoadType::switched: return "SwitchedLevelAssignment";
    case LoadType::fan: return "FanSpeedAssignment";
    case LoadType::shade:
    case LoadType::tilting_shade:
      return !tilts                   ? "ShadeLevelAssignment"
             : assignment.keeps_level ? "TiltAssignment"
                                      : "ShadeLevelWithTiltAssignment";
    case LoadType::contact:
    case LoadType::pulsed_contact: return "CCOLevelAssignment";
    case LoadType::white_tuning: return "WhiteTuningLevelAssignment";
    case LoadType::spectrum: return "SpectrumTuningLevelAssignment";
    case LoadType::warm_dim: return "WarmDimAssignment";
    case LoadType::climate: break;
  }
  return {};
}

json::object assignment_definition(const Call& call, const Zone& zone, const Assignment& it) {
  json::object object{{"href", std::string(call.path) + "/" + std::to_string(zone.number.value)},
                      {"Parent", href("preset", call.ids[0])},
                      {"AssignableResource", href("zone", zone.number)}};
  const int level = it.level.whole_percent();
  switch (zone.load) {
    case LoadType::switched: object["SwitchedLevel"] = level > 0 ? "On" : "Off"; break;
    case LoadType::fan: object["Speed"] = fan_speed(it.level); break;
    case LoadType::contact:
    case LoadType::pulsed_contact: object["CCOLevel"] = level > 0 ? "Closed" : "Open"; break;
    default:
      if (!it.keeps_level) object["Level"] = level;
  }
  if (it.tilt) object["Tilt"] = it.tilt->whole_percent();
  if (it.colour.kind == Colour::Kind::white) object["WhiteTuningLevel"] = {{"Kelvin", it.colour.kelvin}};
  object["FadeTime"] = format_timespan(it.fade);
  object["DelayTime"] = format_timespan(it.delay);
  return object;
}

/// What the preset does with zones, its scenes' zones included. A scene that was saved since counts as it was saved.
std::vector<Assignment> assignments_of(const Call& call, const PresetOwner& owner) {
  if (owner.kind == "areascene") {
    if (const View::Assignments edited = call.view().scene_edit(SceneId{owner.number})) return *edited;
  }
  return call.project().expand(*owner.preset);
}

json::object model_definition(std::uint32_t number, std::string_view parent, std::string_view type) {
  json::object object = href("programmingmodel", number);
  object["Parent"] = href(parent, number);
  object["ProgrammingModelType"] = type;
  return object;
}

json::object two_presets(std::uint32_t number, std::string_view first, std::string_view second) {
  return {{first, href("preset", number)}, {second, href("preset", kSecond + number)}};
}

json::object button_model(const Button& button) {
  const ButtonPresets presets = presets_of(button);
  json::object object = model_definition(button.number.value, "button", presets.model);
  if (presets.second == nullptr) {
    if (presets.first != nullptr) object["Preset"] = href("preset", button.number);
  } else if (std::holds_alternative<DualAction>(button.programming)) {
    object["DualActionProperties"] = two_presets(button.number.value, "PressPreset", "ReleasePreset");
  } else {
    object["AdvancedToggleProperties"] = two_presets(button.number.value, "PrimaryPreset", "SecondaryPreset");
  }
  return object;
}

json::object facade_definition(const Facade& facade) {
  json::object object = href("facade", facade.number);
  object["Name"] = facade.name;
  object["FacingDirection"] = {{"Degrees", std::lround(facade.azimuth)}};
  object["AssociatedZones"] = hrefs("zone", facade.shades);
  return object;
}

json::object show_definition(const NaturalShow& show) {
  json::object object = href("naturalshow", show.number);
  object["Name"] = show.name;
  object["AssociatedZones"] = hrefs("zone", show.zones);
  return object;
}

Answer show_status(const NaturalShow& show, bool runs) {
  return ok("OneNaturalShowStatus", "NaturalShowStatus",
            {{"href", path_of("naturalshow", show.number.value, "/status")},
             {"NaturalShow", href("naturalshow", show.number)},
             {"ActiveState", runs ? "Active" : "Inactive"}});
}

json::object sequence_definition(const Call& call, const Sequence& sequence) {
  json::object object = href("sequence", sequence.number);
  object["Name"] = sequence.name;
  object["ActiveState"] = call.view().is_running(sequence.number) ? "Active" : "Inactive";
  return object;
}

}  // namespace

std::string_view model_type(const Button& button) { return presets_of(button).model; }

Answer preset(Call& call) {
  const PresetOwner owner = preset_owner(call);
  if (owner.preset == nullptr) return missing(call);
  json::object object = href("preset", call.ids[0]);
  object["Parent"] = href(owner.kind, owner.number);
  return ok("OnePresetDefinition", "Preset", object);
}

Answer preset_assignments(Call& call) {
  const PresetOwner owner = preset_owner(call);
  if (owner.preset == nullptr) return missing(call);
  std::vector<json::object> items;
  for (const Assignment& it : assignments_of(call, owner)) {
    if (it.keeps_level) continue;
    json::object object{{"href", path_of("preset", call.ids[0], "/presetassignment/" + std::to_string(it.zone.value))},
                        {"Parent", href("preset", call.ids[0])},
                        {"AffectedZone", href("zone", it.zone)}};
    object["Fade"] = to_seconds(it.fade);
    object["Delay"] = to_seconds(it.delay);
    object["Level"] = it.level.whole_percent();
    items.push_back(std::move(object));
  }
  return ok("MultiplePresetAssignmentDefinition", "PresetAssignments", items);
}

Answer assignments(Call& call) {
  const PresetOwner owner = preset_owner(call);
  if (owner.preset == nullptr) return missing(call);
  const std::string_view url = call.path.substr(call.path.rfind('/') + 1);
  const auto* const wanted = std::find_if(std::begin(kAssignmentKinds), std::end(kAssignmentKinds),
                                          [&](const AssignmentKind& kind) { return kind.url == url; });
  if (wanted == std::end(kAssignmentKinds)) return {};
  std::vector<json::object> items;
  for (const Assignment& it : assignments_of(call, owner)) {
    const Zone* const zone = call.project().find(it.zone);
    if (zone == nullptr || assignment_kind(*zone, it) != wanted->name) continue;
    items.push_back(assignment_definition(call, *zone, it));
  }
  return ok(wanted->type, wanted->key, items);
}

Answer programming_model(Call& call) {
  const std::uint32_t number = call.ids[0];
  const auto answer = [](const json::object& model) {
    return ok("OneProgrammingModelDefinition", "ProgrammingModel", model);
  };
  const auto single = [&](std::string_view parent) {
    json::object object = model_definition(number, parent, "SingleActionProgrammingModel");
    object["Preset"] = href("preset", number);
    return answer(object);
  };
  if (const Button* const button = call.project().find(ButtonId{number})) {
    return model_type(*button).empty() ? missing(call) : answer(button_model(*button));
  }
  if (call.project().find(TimeclockEventId{number}) != nullptr) return single("timeclockevent");
  if (call.project().find(SceneId{number}) != nullptr) return single("virtualbutton");
  if (call.project().find(OccupancyGroupId{number}) != nullptr) {
    json::object object = model_definition(number, "occupancygroup", "DualActionProgrammingModel");
    object["DualActionProperties"] = two_presets(number, "PressPreset", "ReleasePreset");
    return answer(object);
  }
  return missing(call);
}

Answer facades(Call& call) {
  std::vector<json::object> items;
  for (const Facade& facade : call.project().facades) items.push_back(facade_definition(facade));
  return ok("MultipleFacadeDefinition", "Facades", items);
}

Answer facade(Call&, const Facade& facade) { return ok("OneFacadeDefinition", "Facade", facade_definition(facade)); }

Answer natural_shows(Call& call) {
  std::vector<json::object> items;
  for (const NaturalShow& show : call.project().shows) items.push_back(show_definition(show));
  return ok("MultipleNaturalShowDefinition", "NaturalShows", items);
}

Answer natural_show(Call&, const NaturalShow& show) {
  return ok("OneNaturalShowDefinition", "NaturalShow", show_definition(show));
}

Answer natural_show_status(Call& call, const NaturalShow& show) {
  return show_status(show, call.view().is_running(show.number));
}

Answer set_natural_show(Call& call, const NaturalShow& show) {
  const Switch runs = read_switch(call, "NaturalShowStatus", "ActiveState", "Active", "Inactive");
  if (runs.refusal) return *runs.refusal;
  if (!call.submit(ControlShow{show.number, runs.on ? Control::start : Control::stop})) return busy();
  return show_status(show, runs.on);
}

Answer natural_show_of(Call& call, const Zone& zone) {
  for (const NaturalShow& show : call.project().shows) {
    if (std::find(show.zones.begin(), show.zones.end(), zone.number) != show.zones.end()) {
      return natural_show(call, show);
    }
  }
  return {};
}

Answer sequences(Call& call) {
  std::vector<json::object> items;
  for (const Sequence& sequence : call.project().sequences) items.push_back(sequence_definition(call, sequence));
  return ok("MultipleSequenceDefinition", "Sequences", items);
}

Answer sequence(Call& call, const Sequence& sequence) {
  return ok("OneSequenceDefinition", "Sequence", sequence_definition(call, sequence));
}

}  // namespace candela::leap::programs
