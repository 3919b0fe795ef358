#include "servers/lip/components.h"

#include <array>
#include <utility>

namespace candela::lip {
namespace {

constexpr std::uint32_t kLedsOfKeypad = 80;
constexpr std::uint32_t kLedsOfPhantom = 100;

// Where this processor counts raise and lower of keypads; LIP has them the other way round.
constexpr std::uint32_t kRaise = 18;
constexpr std::uint32_t kLower = 19;
/// A Pico begins at 2 with its top button (of two, three or five buttons), at 8 with four equal ones.
constexpr std::uint32_t kFirstOfPico = 2;
constexpr std::uint32_t kFirstOfPico4 = 7;

constexpr std::array<std::pair<std::string_view, std::string_view>, 6> kKeypads{{
    {"PalladiomKeypad", "PALLADIOM_KEYPAD"},
    {"SeeTouchKeypad", "SEETOUCH_KEYPAD"},
    {"SunnataKeypad", "SEETOUCH_KEYPAD"},
    {"SeeTouchHybridKeypad", "HYBRID_SEETOUCH_KEYPAD"},
    {"SunnataHybridKeypad", "HYBRID_SEETOUCH_KEYPAD"},
    {"HomeownerKeypad", "HOMEOWNER_KEYPAD"},
}};

bool is_pico(const Device& device) { return device.integration_type.starts_with("Pico"); }

bool has_contacts(const Project& project, const Device& device) {
  for (const ButtonId id : device.buttons) {
    const Button* const button = project.find(id);
    if (button != nullptr && button->contact) return true;
  }
  return false;
}

}  // namespace

std::uint32_t component_of(const Device& device, const Button& button) {
  if (device.integration_type == "Pico4Button") return button.position + kFirstOfPico4;
  if (is_pico(device)) return button.position + kFirstOfPico;
  if (device.is_virtual() || button.contact) return button.position;
  if (button.position == kRaise) return kLower;
  if (button.position == kLower) return kRaise;
  return button.position;
}

std::uint32_t led_component_of(const Device& device, const Button& button) {
  const bool is_phantom = device.presence == Device::Presence::phantom;
  return button.position + (is_phantom ? kLedsOfPhantom : kLedsOfKeypad);
}

Part find_part(const Project& project, const Device& device, std::uint32_t component) {
  for (const ButtonId id : device.buttons) {
    const Button* const button = project.find(id);
    if (button == nullptr) continue;
    if (component_of(device, *button) == component) return {button, false};
    if (button->led && led_component_of(device, *button) == component) return {button, true};
  }
  return {};
}

std::string_view device_type(const Project& project, const Device& device) {
  if (device.presence == Device::Presence::phantom) return "MAIN_REPEATER";
  if (is_pico(device)) return "PICO_KEYPAD";
  for (const auto& [ours, theirs] : kKeypads) {
    if (device.integration_type == ours) return theirs;
  }
  if (device.senses_occupancy) return "MOTION_SENSOR";
  if (has_contacts(project, device)) return "QS_IO_INTERFACE";
  if (device.buttons.empty()) return {};
  return device.is_keypad() ? "SEETOUCH_KEYPAD" : "MAESTRO_DIMMER";
}

std::string_view output_type(LoadType load) {
  switch (load) {
    case LoadType::dimmed:
    case LoadType::white_tuning:
    case LoadType::spectrum:
    case LoadType::warm_dim: return "INC";
    case LoadType::switched: return "NON_DIM";
    case LoadType::fan: return "CEILING_FAN_TYPE";
    case LoadType::shade: return "SYSTEM_SHADE";
    case LoadType::tilting_shade: return "VENETIAN_BLIND";
    case LoadType::contact: return "CCO_MAINTAINED";
    case LoadType::pulsed_contact: return "CCO_PULSED";
    case LoadType::climate: return {};
  }
  return {};
}

bool is_battery_powered(const Project& project, const Device& device) {
  if (is_pico(device)) return true;
  const Link* const link = project.find(device.link);
  return link != nullptr && link->type == LinkType::clear_connect_a && (device.senses_occupancy || device.senses_light);
}

std::vector<ZoneId> shades_of(const Project& project, const Area& area) {
  std::vector<ZoneId> shades;
  for (const ZoneId id : area.zones) {
    const Zone* const zone = project.find(id);
    if (zone != nullptr && is_shade(zone->load)) shades.push_back(id);
  }
  return shades;
}

std::vector<ZoneId> shades_of(const Project& project, std::uint32_t id) {
  if (const Area* const area = project.find(AreaId{id})) return shades_of(project, *area);
  if (const Facade* const facade = project.find(FacadeId{id})) return facade->shades;
  return {};
}

}  // namespace candela::lip
