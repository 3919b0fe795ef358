#include "protocols/leap/message.h"
#include "servers/leap/handlers.h"
#include "servers/leap/statuses.h"

namespace candela::leap::buttons {
namespace {

namespace json = boost::json;

json::object definition(const Button& button, ButtonGroupId group) {
  json::object object = href("button", button.number);
  object["ButtonNumber"] = button.position;
  if (const std::string_view type = scenes::model_type(button); !type.empty()) {
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
  std::string status;
  append_led_status(status, call.view(), button.led);
  return ok(Content::one("OneLEDStatus", "LEDStatus", std::move(status)));
}

Answer set_led(Call& call, const Button& button) {
  const json::value* const status =
      call.request.body == nullptr ? nullptr : call.request.body->if_contains("LEDStatus");
  if (status == nullptr || !status->is_object()) {
    return refuse(Status::bad_request, "The body is missing a required property : LEDStatus");
  }
  const json::value* const word = status->get_object().if_contains("State");
  if (word == nullptr) return refuse(Status::bad_request, "The body is missing a required property : State");
  LedState state{};
  if (!word->is_string() || !from_word(std::string_view(word->get_string()), state)) {
    return refuse(Status::bad_request, kInvalidParameters);
  }
  if (!call.submit(SetLed{button.led, state})) return busy();
  std::string text;
  append_led_status(text, button.led, state);
  return ok(Content::one("OneLEDStatus", "LEDStatus", std::move(text)));
}

}  // namespace candela::leap::buttons
