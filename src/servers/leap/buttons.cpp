#include "protocols/leap/message.h"
#include "servers/leap/command_body.h"
#include "servers/leap/handlers.h"
#include "servers/leap/statuses.h"

namespace candela::leap::buttons {
namespace {

namespace json = boost::json;

json::object definition(const Button& button, ButtonGroupId group) {
  json::object object = href("button", button.number);
  object["ButtonNumber"] = button.position;
  if (const std::string_view type = programs::model_type(button); !type.empty()) {
    json::object model = href("programmingmodel", button.number);
    model["ProgrammingModelType"] = type;
    object["ProgrammingModel"] = std::move(model);
  }
  object["Parent"] = href("buttongroup", group);
  object["Name"] = button.name.empty() ? "Button " + std::to_string(button.position) : button.name;
  if (!button.engraving.empty()) object["Engraving"] = {{"Text", button.engraving}};
  if (button.led) object["AssociatedLED"] = href("led", button.led);
  return object;
}

template <class Describe>
json::object describe_group(const Call& call, const Device& keypad, Describe describe) {
  json::array buttons;
  for (const ButtonId id : keypad.buttons) {
    if (const Button* const button = call.project().find(id)) buttons.push_back(describe(*button));
  }
  json::object object = href("buttongroup", keypad.button_group);
  object["Buttons"] = std::move(buttons);
  object["Parent"] = href("device", keypad.number);
  object["SortOrder"] = 0;
  object["Category"] = {{"Type", "Lights"}};
  object["ProgrammingType"] = "Freeform";
  return object;
}

ButtonGroupId group_of(const Call& call, const Button& button) {
  const Device* const keypad = call.project().find(button.keypad);
  return keypad == nullptr ? ButtonGroupId() : keypad->button_group;
}

}  // namespace

json::object group(const Call& call, const Device& keypad) {
  return describe_group(call, keypad, [](const Button& button) { return href("button", button.number); });
}

json::object group_expanded(const Call& call, const Device& keypad) {
  return describe_group(call, keypad, [&](const Button& button) { return definition(button, keypad.button_group); });
}

Answer bare(Call&) { return ok(Content::bare("MultipleButtonDefinition", "{}")); }

Answer one(Call& call, const Button& button) {
  return ok("OneButtonDefinition", "Button", definition(button, group_of(call, button)));
}

Answer one_group(Call& call, const Device& keypad) {
  return ok("OneButtonGroupDefinition", "ButtonGroup", group(call, keypad));
}

Answer of_group(Call& call, const Device& keypad) {
  std::vector<json::object> items;
  for (const ButtonId id : keypad.buttons) {
    if (const Button* const button = call.project().find(id)) items.push_back(definition(*button, keypad.button_group));
  }
  return ok("MultipleButtonDefinition", "Buttons", items);
}

Answer no_event_yet(Call&, const Button&) { return {}; }

Answer led(Call&, const Button& button) {
  json::object object = href("led", button.led);
  object["Parent"] = href("device", button.keypad);
  return ok("OneLEDDefinition", "LED", object);
}

Answer led_status(Call& call, const Button& button) {
  return ok(leap::led_status(button.led, call.view().led(button.led)));
}

Answer set_led(Call& call, const Button& button) {
  const Word word = read_word(call, "LEDStatus", "State");
  if (word.refusal) return *word.refusal;
  LedState state{};
  if (!from_word(word.text, state)) return refuse_command(kInvalidParameters);
  if (!call.submit(SetLed{button.led, state})) return busy();
  return ok(leap::led_status(button.led, state));
}

}  // namespace candela::leap::buttons
