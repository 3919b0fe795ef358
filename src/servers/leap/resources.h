#pragma once

#include <array>
#include <cstdint>
#include <optional>
#include <string_view>

#include "servers/leap/call.h"

namespace candela::leap {

/// What a subscription follows. News of one moment is told in this order.
enum class Topic : std::uint8_t {
  none,           ///< answered once, nothing follows
  button_event,   ///< before what it does
  zone_statuses,  ///< all zones
  led_status,
  area_status,
  area_statuses,       ///< all areas
  device_statuses,     ///< all devices
  occupancy_statuses,  ///< all occupancy groups
  timeclock_statuses,  ///< all timeclocks
  timeclock_status,
  timeclock_event_status,
  away,
  load_shedding,
  emergency,
};
/// Topics of many objects are pushed in one list; the others have one object, or one for the whole house.
constexpr bool is_list(Topic topic) {
  return topic == Topic::zone_statuses || topic == Topic::area_statuses || topic == Topic::device_statuses ||
         topic == Topic::occupancy_statuses || topic == Topic::timeclock_statuses;
}
/// What the house has one of.
constexpr bool is_of_house(Topic topic) {
  return topic == Topic::away || topic == Topic::load_shedding || topic == Topic::emergency;
}

/// What can be asked of a url. A verb without a handler is answered with 405.
struct Resource {
  Handler read = nullptr;
  Handler subscribe = nullptr;  ///< gives the snapshot
  Handler create = nullptr;
  Handler update = nullptr;
  Topic topic = Topic::none;
  /// Reads depend on nothing but the project: they are kept as text until another one is activated.
  bool fixed = false;
  /// It is about the session and not the house: every role may create and update, and who has not logged in may ask.
  bool about_session = false;
};

struct Place {
  const Resource* resource = nullptr;  ///< nullptr: no such url
  std::array<std::uint32_t, 2> ids{};
};

/// Finds the resource of a path such as "/zone/816/status".
Place find_resource(std::string_view path);

}  // namespace candela::leap
