#include "base/overloaded.h"
#include "servers/leap/handlers.h"

namespace candela::leap::scenes {
namespace {

namespace json = boost::json;

/// A preset has no number of its own. A scene's goes by the scene's number (observed); a button's first by the
/// button's, and the second preset of a toggle by its LED's: all numbers are one space, so none is taken twice.
struct PresetOwner {
  const Scene* scene = nullptr;
  const Button* button = nullptr;
};

PresetOwner preset_owner(const Call& call) {
  if (const Scene* const scene = call.project().find(SceneId{call.ids[0]})) return {scene, nullptr};
  const Button* button = call.project().find(ButtonId{call.ids[0]});
  if (button == nullptr) {
    button = call.project().find(LedId{call.ids[0]});
    if (button != nullptr && !std::holds_alternative<Toggle>(button->programming)) button = nullptr;
  }
  if (button != nullptr && model_type(*button).empty()) button = nullptr;
  return {nullptr, button};
}

}  // namespace

json::object definition(const Scene& scene) {
  json::object object = href("areascene", scene.number);
  object["Name"] = scene.name;
  object["Parent"] = href("area", scene.area);
  object["Preset"] = href("preset", scene.number);
  object["SortOrder"] = scene.order;
  return object;
}

std::string_view model_type(const Button& button) {
  return std::visit(overloaded{
                        [](const Toggle&) -> std::string_view { return "AdvancedToggleProgrammingModel"; },
                        [](const SingleAction&) -> std::string_view { return "SingleActionProgrammingModel"; },
                        [](const auto&) -> std::string_view { return ""; },
                    },
                    button.programming);
}

Answer one(Call&, const Scene& scene) { return ok("OneAreaSceneDefinition", "AreaScene", definition(scene)); }

Answer preset(Call& call) {
  const PresetOwner owner = preset_owner(call);
  if (owner.scene == nullptr && owner.button == nullptr) return missing(call);
  json::object object = href("preset", call.ids[0]);
  object["Parent"] =
      owner.scene != nullptr ? href("areascene", owner.scene->number) : href("programmingmodel", owner.button->number);
  return ok("OnePresetDefinition", "Preset", object);
}

Answer preset_assignments(Call& call) {
  const PresetOwner owner = preset_owner(call);
  return owner.scene == nullptr && owner.button == nullptr ? missing(call) : Answer();
}

Answer programming_model(Call& call, const Button& button) {
  const std::string_view type = model_type(button);
  if (type.empty()) return missing(call);
  json::object object = href("programmingmodel", button.number);
  object["Parent"] = href("button", button.number);
  object["ProgrammingModelType"] = type;
  if (std::holds_alternative<Toggle>(button.programming)) {
    json::object presets{{"PrimaryPreset", href("preset", button.number)}};
    if (button.led) presets["SecondaryPreset"] = href("preset", button.led);
    object["AdvancedToggleProperties"] = std::move(presets);
  } else {
    object["Preset"] = href("preset", button.number);
  }
  return ok("OneProgrammingModelDefinition", "ProgrammingModel", object);
}

}  // namespace candela::leap::scenes
