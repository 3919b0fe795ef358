#pragma once

#include <compare>
#include <cstdint>
#include <functional>

namespace candela {

/// The number by which programs know an object (LEAP hrefs, integration ids). Numbers are one space over all kinds of
/// objects, are given once and never reused, because other programs hang their own ids on them. 0 means "none", 1 is
/// never given: clients use /device/1 for "the processor".
template <class Kind>
struct Number {
  std::uint32_t value = 0;

  constexpr explicit operator bool() const { return value != 0; }
  friend constexpr auto operator<=>(Number, Number) = default;
};

using AreaId = Number<struct AreaKind>;
using ZoneId = Number<struct ZoneKind>;
using SceneId = Number<struct SceneKind>;  ///< an area scene and its preset share the number
using ProcessorId = Number<struct ProcessorKind>;
using LinkId = Number<struct LinkKind>;
using GatewayId = Number<struct GatewayKind>;
using DeviceId = Number<struct DeviceKind>;
using ControlStationId = Number<struct ControlStationKind>;
using ButtonGroupId = Number<struct ButtonGroupKind>;
using ButtonId = Number<struct ButtonKind>;
using LedId = Number<struct LedKind>;
using VariableId = Number<struct VariableKind>;
using ModeId = Number<struct ModeKind>;
using SequenceId = Number<struct SequenceKind>;
using TimeclockId = Number<struct TimeclockKind>;
using TimeclockEventId = Number<struct TimeclockEventKind>;
using OccupancyGroupId = Number<struct OccupancyGroupKind>;
using ShowId = Number<struct ShowKind>;
using FacadeId = Number<struct FacadeKind>;
/// A program or person that may connect; a space of its own, kept by the store.
using ClientId = Number<struct ClientKind>;

inline constexpr std::uint32_t kFirstNumber = 2;

}  // namespace candela

template <class Kind>
struct std::hash<candela::Number<Kind>> {
  std::size_t operator()(candela::Number<Kind> id) const noexcept { return id.value; }
};
