#pragma once

#include <boost/json/array.hpp>
#include <string_view>

#include "model/project.h"

/// Values that client programs compare with. They are facts about those programs, gathered here so that the rest of
/// the server is free of them (leap.md §3.2, §4).
namespace candela::leap::compatibility {

/// Makes clients walk areas, control stations and zones, as homes of this size need.
inline constexpr std::string_view kProductType = "Lutron HWQS Project";
/// Home Assistant offers long presses for this processor type only.
inline constexpr std::string_view kProcessorType = "HWQSProcessor";
inline constexpr double kProtocolVersion = 3.249;
inline constexpr std::string_view kProtocolVersionText = "03.249";
inline constexpr int kProtocolMajor = 3;
inline constexpr int kProtocolMinor = 249;

/// DeviceType of a device; "Unknown" is legal and makes clients pass over it.
std::string_view device_type(const Device& device);
/// DeviceClass.HexadecimalEncoding that goes with a DeviceType.
std::string_view device_class(std::string_view device_type);
/// The same for a processor, by its model.
std::string_view processor_class(std::string_view model);
std::string_view link_type(LinkType type);
/// What a zone is to clients. Where they show nothing for the exact type, the nearest that they show: a warm-dim load
/// is a dimmed one, a shade with slats a shade.
std::string_view control_type(LoadType load);
/// All types of commands that it takes, the exact type included.
boost::json::array control_types(LoadType load);

}  // namespace candela::leap::compatibility
