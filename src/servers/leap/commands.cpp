#include "servers/leap/command_body.h"
#include "servers/leap/handlers.h"

namespace candela::leap::commands {
namespace {

namespace json = boost::json;

Answer go_to_scene(Call& call, const Area& area, const json::object& command) {
  const json::object* const parameters = object_member(command, "GoToSceneParameters");
  if (parameters == nullptr) return missing_property("GoToSceneParameters");
  const json::object* const current = object_member(*parameters, "CurrentScene");
  const auto number = current == nullptr ? std::nullopt : read_href(text_member(*current, "href"), "areascene");
  const Scene* const scene = number ? call.project().find(SceneId{*number}) : nullptr;
  if (scene == nullptr || scene->area != area.number) return refuse_command(kInvalidParameters);
  return accepted(call.submit(ActivateScene{scene->number}));
}

Answer go_to_group_level(Call& call, const Area& area, const json::object& command) {
  const json::object* const object = object_member(command, "GroupLightingLevelParameters");
  if (object == nullptr) return missing_property("GroupLightingLevelParameters");
  const auto parameters = read_parameters(*object);
  if (!parameters) return refuse_command(kInvalidParameters);
  if (!parameters->level) return missing_property("Level");
  return accepted(
      call.submit(SetArea{area.number, Level::from_percent(*parameters->level), parameters->fade, parameters->delay}));
}

template <Movement movement>
Answer move_area(Call& call, const Area& area, const json::object&) {
  return accepted(call.submit(MoveArea{area.number, movement}));
}

constexpr Command<Area> kAreaCommands[] = {
    {"GoToScene", go_to_scene},
    {"GoToGroupLightingLevel", go_to_group_level},
    {"Raise", move_area<Movement::raise>},
    {"Lower", move_area<Movement::lower>},
    {"Stop", move_area<Movement::stop>},
};

template <bool (PressedButtons::*move)(ButtonId)>
Answer finger(Call& call, const Button& button, const json::object&) {
  return accepted((call.caller.pressed.*move)(button.number));
}

constexpr Command<Button> kButtonCommands[] = {
    {"PressAndRelease", finger<&PressedButtons::tap>},
    {"PressAndHold", finger<&PressedButtons::press>},
    {"Press", finger<&PressedButtons::press>},
    {"Release", finger<&PressedButtons::release>},
    {"MultiTap",
     [](Call& call, const Button& button, const json::object&) {
       return accepted(call.submit(ButtonMoved{button.number, ButtonMove::multi_tap}));
     }},
};

Answer recall(Call& call, const Scene& scene, const json::object&) {
  return accepted(call.submit(ActivateScene{scene.number}));
}
/// There is no finger on a virtual button that could go away.
Answer nothing(Call&, const Scene&, const json::object&) { return {}; }

constexpr Command<Scene> kVirtualButtonCommands[] = {
    {"PressAndRelease", recall},
    {"PressAndHold", recall},
    {"Press", recall},
    {"Release", nothing},
};

template <Control control>
Answer control_sequence(Call& call, const Sequence& sequence, const json::object&) {
  return accepted(call.submit(ControlSequence{sequence.number, control}));
}

constexpr Command<Sequence> kSequenceCommands[] = {
    {"Start", control_sequence<Control::start>},
    {"Stop", control_sequence<Control::stop>},
};

}  // namespace

Answer area(Call& call, const Area& area) { return carry_out(call, area, kAreaCommands); }
Answer button(Call& call, const Button& button) { return carry_out(call, button, kButtonCommands); }
Answer virtual_button(Call& call, const Scene& scene) { return carry_out(call, scene, kVirtualButtonCommands); }
Answer sequence(Call& call, const Sequence& sequence) { return carry_out(call, sequence, kSequenceCommands); }

}  // namespace candela::leap::commands
