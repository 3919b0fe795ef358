#pragma once

#include <array>
#include <cstdint>
#include <optional>
#include <string_view>

#include "servers/leap/call.h"

namespace candela::leap {

/// What a subscription follows.
enum class Topic : std::uint8_t {
  none,           ///< answered once, nothing follows
  zone_statuses,  ///< all zones
  area_statuses,  ///< all areas
  area_status,
  led_status,
  button_event,
  device_statuses,  ///< all devices
};

/// What can be asked of a url. A verb without a handler is answered with 405.
struct Resource {
  Handler read = nullptr;
  Handler subscribe = nullptr;  ///< gives the snapshot
  Handler create = nullptr;
  Handler update = nullptr;
  Topic topic = Topic::none;
  /// Reads depend on nothing but the project: they are kept as text until another one is activated.
  bool fixed = false;
  /// Creating and updating are about the session and not the house: every role may.
  bool about_session = false;
};

struct Place {
  const Resource* resource = nullptr;  ///< nullptr: no such url
  std::array<std::uint32_t, 2> ids{};
};

/// Finds the resource of a path such as "/zone/816/status".
Place find_resource(std::string_view path);

}  // namespace candela::leap
