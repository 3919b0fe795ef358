#include "servers/leap/compatibility.h"

#include <algorithm>
#include <array>
#include <utility>

namespace candela::leap::compatibility {
namespace {

using Row = std::pair<std::string_view, std::string_view>;

constexpr std::array<Row, 16> kDeviceClasses{{
    {"PalladiomKeypad", "1210101"},
    {"HomeownerKeypad", "11f0101"},
    {"SunnataKeypad", "1270101"},
    {"SunnataHybridKeypad", "1290201"},
    {"Pico1Button", "1070201"},
    {"Pico2Button", "1070201"},
    {"Pico2ButtonRaiseLower", "1070201"},
    {"Pico3Button", "1070201"},
    {"Pico3ButtonRaiseLower", "1070206"},
    {"Pico4Button", "1070201"},
    {"SunnataDimmer", "45e0101"},
    {"SunnataSwitch", "45f0101"},
    {"PlugInDimmer", "4140201"},
    {"MaestroDimmer", "40c0201"},
    {"Shade", "3010101"},
    {"RPSCeilingMountedOccupancySensor", "6080101"},
}};

// The class of the two-link wired processor is not public; the one-link processor's is.
constexpr std::array<Row, 3> kProcessorClasses{{
    {"HQP7-1", "8110201"},
    {"HQP7-2", "8110201"},
    {"HQP7-RF", "8100101"},
}};

template <std::size_t size>
std::string_view look_up(const std::array<Row, size>& table, std::string_view name, std::string_view otherwise) {
  const auto* const row = std::find_if(table.begin(), table.end(), [&](const Row& it) { return it.first == name; });
  return row == table.end() ? otherwise : row->second;
}

}  // namespace

std::string_view device_type(const Device& device) {
  return device.integration_type.empty() ? std::string_view("Unknown") : std::string_view(device.integration_type);
}
std::string_view device_class(std::string_view device_type) { return look_up(kDeviceClasses, device_type, "0"); }
std::string_view processor_class(std::string_view model) { return look_up(kProcessorClasses, model, "8110201"); }

std::string_view link_type(LinkType type) {
  switch (type) {
    case LinkType::qs_wired: return "QS";
    case LinkType::clear_connect_a: return "RF";
  }
  return "QS";
}

std::string_view control_type(LoadType load) {
  switch (load) {
    case LoadType::dimmed:
    case LoadType::warm_dim: return "Dimmed";
    case LoadType::switched: return "Switched";
    case LoadType::fan: return "FanSpeed";
    case LoadType::shade:
    case LoadType::tilting_shade: return "Shade";
    case LoadType::contact:
    case LoadType::pulsed_contact: return "CCO";
    case LoadType::white_tuning: return "WhiteTune";
    case LoadType::spectrum: return "SpectrumTune";
    case LoadType::climate: return "HVAC";
  }
  return "Dimmed";
}

boost::json::array control_types(LoadType load) {
  switch (load) {
    case LoadType::warm_dim: return {"Dimmed", "WarmDim"};
    case LoadType::tilting_shade: return {"Shade", "ShadeWithTilt", "Tilt"};
    case LoadType::spectrum: return {"SpectrumTune", "WhiteTune", "WarmDim"};
    case LoadType::white_tuning: return {"WhiteTune", "WarmDim"};
    default: return {control_type(load)};
  }
}

}  // namespace candela::leap::compatibility
