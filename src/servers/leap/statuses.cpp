#include "servers/leap/statuses.h"

#include <algorithm>
#include <array>
#include <utility>

#include "servers/leap/status_text.h"

namespace candela::leap {
namespace {

constexpr std::array<std::pair<std::string_view, LedState>, 4> kLedStates{{
    {"Off", LedState::off},
    {"On", LedState::on},
    {"NormalFlash", LedState::flash},
    {"RapidFlash", LedState::rapid_flash},
}};

std::string_view event_type(ButtonMove move) {
  switch (move) {
    case ButtonMove::press: return "Press";
    case ButtonMove::release: return "Release";
    case ButtonMove::hold: return "LongHold";
    case ButtonMove::multi_tap: return "MultiTap";
  }
  return "Unknown";
}

/// Programs know no room that is partly occupied; somebody is there.
std::string_view occupancy_word(Occupancy occupancy) {
  switch (occupancy) {
    case Occupancy::unknown: return "Unknown";
    case Occupancy::unoccupied: return "Unoccupied";
    case Occupancy::occupied:
    case Occupancy::partial: return "Occupied";
  }
  return "Unknown";
}

/// An area without a sensor is never known.
Occupancy occupancy_of(const View& view, const Area& area) {
  for (const OccupancyGroup& group : view.project()->occupancy_groups) {
    if (group.area == area.number) return view.occupancy(group.number);
  }
  return Occupancy::unknown;
}

/// The brightest of an area's lights; negative when it has none.
int highest_level(const View& view, const Area& area, MonoTime now) {
  int highest = -1;
  for (const ZoneId id : area.zones) {
    const Zone* const zone = view.project()->find(id);
    if (zone != nullptr && is_light(*zone)) highest = std::max(highest, shown_level(view, id, now).whole_percent());
  }
  return highest;
}

void append_area_status(std::string& out, const View& view, const Area& area, MonoTime now, Use use) {
  open_status(out, "area", area.number.value);
  if (const int highest = use == Use::snapshot ? highest_level(view, area, now) : -1; highest >= 0) {
    append_member(out, "Level", highest);
  }
  append_member(out, "OccupancyStatus", occupancy_word(occupancy_of(view, area)));
  if (const SceneId scene = view.scene(area.number)) {
    append_href(out, "CurrentScene", "areascene", scene.value);
    out += '}';
  } else {
    out += R"("CurrentScene":null})";
  }
}

void append_occupancy_status(std::string& out, const View& view, const OccupancyGroup& group) {
  open_status(out, "occupancygroup", group.number.value);
  append_href(out, "OccupancyGroup", "occupancygroup", group.number.value);
  out += ',';
  append_member(out, "OccupancyStatus", occupancy_word(view.occupancy(group.number)));
  close_object(out);
}

void append_timeclock_status(std::string& out, const View& view, const Timeclock& timeclock) {
  open_status(out, "timeclock", timeclock.number.value);
  append_href(out, "Timeclock", "timeclock", timeclock.number.value);
  out += ',';
  append_member(out, "EnabledState", enabled_word(view.is_enabled(timeclock.number)));
  close_object(out);
}

/// The statuses of those that the project has.
template <class Id, class Append>
Content list_of(std::string_view type, std::string_view key, const View& view, std::span<const Id> ids, Append append) {
  Content list = Content::list(type, key);
  for (const Id id : ids) {
    const auto* const object = view.project()->find(id);
    if (object == nullptr) continue;
    append(list.text(), *object);
    list.end_item();
  }
  return list;
}

}  // namespace

void append_device_status(std::string& out, const View& view, const Device& device) {
  const View::DeviceState& state = view.device(device.number);
  open_status(out, "device", device.number.value);
  append_href(out, "Device", "device", device.number.value);
  out += R"(,"ConfigurationTransferStatus":"NotRequired","Availability":")";
  out += !state.known ? "Unknown" : state.present ? "Available" : "Unavailable";
  out += R"(","BatteryStatus":{"LevelState":"Unknown"},"StatusAccuracy":"Good"})";
}

Content zone_statuses(const View& view, std::span<const ZoneId> zones, MonoTime now, Use use) {
  return list_of("MultipleZoneStatus", "ZoneStatuses", view, zones, [&](std::string& out, const Zone& zone) {
    append_zone_status(out, view, zone, look_of(view, zone, now), use);
  });
}

Content area_statuses(const View& view, std::span<const AreaId> areas, MonoTime now, Use use) {
  return list_of("MultipleAreaStatus", "AreaStatuses", view, areas,
                 [&](std::string& out, const Area& area) { append_area_status(out, view, area, now, use); });
}

Content device_statuses(const View& view, std::span<const DeviceId> devices) {
  return list_of("MultipleDeviceStatus", "DeviceStatuses", view, devices,
                 [&](std::string& out, const Device& device) { append_device_status(out, view, device); });
}

Content occupancy_statuses(const View& view, std::span<const OccupancyGroupId> groups) {
  return list_of("MultipleOccupancyGroupStatus", "OccupancyGroupStatuses", view, groups,
                 [&](std::string& out, const OccupancyGroup& group) { append_occupancy_status(out, view, group); });
}

Content timeclock_statuses(const View& view, std::span<const TimeclockId> timeclocks) {
  return list_of("MultipleTimeclockStatus", "TimeclockStatuses", view, timeclocks,
                 [&](std::string& out, const Timeclock& timeclock) { append_timeclock_status(out, view, timeclock); });
}

Content timeclock_status(const View& view, TimeclockId timeclock) {
  const Timeclock* const found = view.project()->find(timeclock);
  if (found == nullptr) return {};
  std::string text;
  append_timeclock_status(text, view, *found);
  return Content::one("OneTimeclockStatus", "TimeclockStatus", std::move(text));
}

Content timeclock_event_status(const View& view, TimeclockEventId event) {
  std::string text;
  open_status(text, "timeclockevent", event.value);
  append_href(text, "TimeclockEvent", "timeclockevent", event.value);
  text += ',';
  append_member(text, "EnableState", enabled_word(view.is_enabled(event)));
  close_object(text);
  return Content::one("OneTimeclockEventStatus", "TimeclockEventStatus", std::move(text));
}

Content area_status(const View& view, const Area& area, MonoTime now, Use use) {
  std::string text;
  append_area_status(text, view, area, now, use);
  return Content::one("OneAreaStatus", "AreaStatus", std::move(text));
}

Content led_status(LedId led, LedState state) {
  std::string text;
  open_status(text, "led", led.value);
  append_href(text, "LED", "led", led.value);
  text += ',';
  append_member(text, "State", to_word(state));
  close_object(text);
  return Content::one("OneLEDStatus", "LEDStatus", std::move(text));
}

Content away_status(bool away) {
  std::string text = R"({"href":"/system/away/1/status",)";
  append_member(text, "EnabledState", enabled_word(away));
  close_object(text);
  return Content::one("OneAwayStatus", "AwayStatus", std::move(text));
}

Content load_shedding_status(std::uint8_t percent) {
  std::string text = R"({"href":"/system/loadshedding/status",)";
  append_member(text, "State", enabled_word(percent > 0));
  close_object(text);
  return Content::one("OneSystemLoadSheddingStatus", "SystemLoadSheddingStatus", std::move(text));
}

Content emergency_status(bool emergency) {
  std::string text = R"({"href":"/emergency/flash/status","Emergency":{"href":"/emergency/flash"},)";
  append_member(text, "ActiveState", emergency ? "Active" : "Inactive");
  close_object(text);
  return Content::one("OneEmergencyStatus", "EmergencyStatus", std::move(text));
}

Content button_event(ButtonId button, ButtonMove move) {
  std::string body = "{";
  append_href(body, "Button", "button", button.value);
  body += R"(,"ButtonEvent":{"EventType":")";
  body += event_type(move);
  body += R"("}})";
  return Content::one("OneButtonStatusEvent", "ButtonStatus", std::move(body));
}

std::string_view enabled_word(bool enabled) { return enabled ? "Enabled" : "Disabled"; }

std::string_view to_word(LedState state) {
  const auto* const row =
      std::find_if(kLedStates.begin(), kLedStates.end(), [&](const auto& it) { return it.second == state; });
  return row == kLedStates.end() ? "Unknown" : row->first;
}

bool from_word(std::string_view word, LedState& state) {
  const auto* const row =
      std::find_if(kLedStates.begin(), kLedStates.end(), [&](const auto& it) { return it.first == word; });
  if (row == kLedStates.end()) return false;
  state = row->second;
  return true;
}

}  // namespace candela::leap
