#include <algorithm>
#include <boost/json/array.hpp>
#include <boost/json/value.hpp>

#include "servers/mqtt/entities.h"

namespace candela::servers::mqtt {
namespace {

namespace json = boost::json;

std::string plain_label(const Button& button) {
  if (!button.engraving.empty()) return button.engraving;
  if (!button.name.empty()) return button.name;
  return (button.contact ? "Input " : "Button ") + std::to_string(button.position);
}

/// Two buttons that are called the same are told apart by where they are.
std::string label_of(const Project& project, const candela::Device& keypad, const Button& button) {
  const std::string label = plain_label(button);
  const auto alike = std::count_if(keypad.buttons.begin(), keypad.buttons.end(), [&](ButtonId id) {
    const Button* const other = project.find(id);
    return other != nullptr && plain_label(*other) == label;
  });
  return alike > 1 ? label + " (" + std::to_string(button.position) + ")" : label;
}

/// What nobody but a program sets.
bool is_set_by_programs(const Button& button) {
  return button.led_logic == LedLogic::integration || button.led_logic == LedLogic::none ||
         button.led_logic == LedLogic::sequence;
}

void add_led(Entities& entities, const Button& button, const Entities::Device& device, const std::string& label) {
  const std::string state = entities.state(Kind::button, button.id, "led");
  if (entities.may_operate() && is_set_by_programs(button)) {
    return entities.add("select", Kind::button, button.id, "led", device, label + " LED",
                        {{"state_topic", state},
                         {"command_topic", entities.command(Kind::button, button.id, "led")},
                         {"options", json::array{"off", "on", "flash", "rapid_flash"}}});
  }
  entities.add("binary_sensor", Kind::button, button.id, "led", device, label + " LED",
               {{"state_topic", state},
                {"value_template", "{{ 'OFF' if value == 'off' else 'ON' }}"},
                {"entity_category", "diagnostic"},
                {"enabled_by_default", false}});
}

void add_button(Entities& entities, const Button& button, const Entities::Device& device, const std::string& label) {
  if (button.contact) {
    return entities.add("binary_sensor", Kind::button, button.id, "contact", device, label,
                        {{"state_topic", entities.state(Kind::button, button.id, "contact")},
                         {"value_template", translation({{"closed", "ON"}, {"open", "OFF"}})}});
  }
  entities.add("event", Kind::button, button.id, "event", device, label,
               {{"state_topic", entities.state(Kind::button, button.id, "event")},
                {"event_types", json::array{"press", "release", "hold", "multi_tap"}},
                {"value_template", R"({"event_type": "{{ value }}"})"},
                {"device_class", "button"}});
  if (entities.may_operate()) {
    entities.add("button", Kind::button, button.id, "event", device, label,
                 {{"command_topic", entities.command(Kind::button, button.id, "event")}, {"payload_press", "tap"}});
  }
  if (button.led) add_led(entities, button, device, label);
}

void add_presence(Entities& entities, const candela::Device& it, const Entities::Device& device) {
  entities.add("binary_sensor", Kind::device, it.id, "presence", device, "Connection",
               {{"state_topic", entities.state(Kind::device, it.id, "presence")},
                {"value_template", translation({{"present", "ON"}, {"lost", "OFF"}})},
                {"device_class", "connectivity"},
                {"entity_category", "diagnostic"}});
}

}  // namespace

void add_equipment(Entities& entities) {
  const Project& project = entities.project();
  for (const candela::Device& it : project.devices) {
    const Entities::Device device = entities.of_device(it);
    for (const ButtonId id : it.buttons) {
      if (const Button* const button = project.find(id)) {
        add_button(entities, *button, device, label_of(project, it, *button));
      }
    }
    if (!it.is_virtual()) add_presence(entities, it, device);
    if (it.senses_occupancy && entities.may_operate()) {
      entities.add("switch", Kind::device, it.id, "enabled", device, "Enabled",
                   {{"state_topic", entities.state(Kind::device, it.id, "enabled")},
                    {"command_topic", entities.command(Kind::device, it.id, "enabled")},
                    {"entity_category", "config"}});
    }
  }
  for (const Link& link : project.links) {
    entities.add("binary_sensor", Kind::link, link.id, "fault", entities.of_processor(), link.name,
                 {{"state_topic", entities.state(Kind::link, link.id, "fault")},
                  {"value_template", "{{ 'OFF' if value == 'none' else 'ON' }}"},
                  {"device_class", "problem"},
                  {"entity_category", "diagnostic"}});
  }
}

}  // namespace candela::servers::mqtt
