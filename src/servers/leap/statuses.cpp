#include "servers/leap/statuses.h"

#include <algorithm>
#include <array>
#include <charconv>
#include <utility>

namespace candela::leap {
namespace {

constexpr std::array<std::pair<std::string_view, LedState>, 4> kLedStates{{
    {"Off", LedState::off},
    {"On", LedState::on},
    {"NormalFlash", LedState::flash},
    {"RapidFlash", LedState::rapid_flash},
}};

void append_number(std::string& out, std::uint32_t number) {
  std::array<char, 12> digits{};
  out.append(digits.data(), std::to_chars(digits.data(), digits.data() + digits.size(), number).ptr);
}

/// "key":{"href":"/kind/number"}
void append_href(std::string& out, std::string_view key, std::string_view kind, std::uint32_t number) {
  out += '"';
  out += key;
  out += R"(":{"href":"/)";
  out += kind;
  out += '/';
  append_number(out, number);
  out += R"("})";
}

/// {"href":"/kind/number/status",
void open_status(std::string& out, std::string_view kind, std::uint32_t number) {
  out += R"({"href":"/)";
  out += kind;
  out += '/';
  append_number(out, number);
  out += R"(/status",)";
}

bool is_light(const Zone& zone) { return zone.load == LoadType::dimmed || zone.load == LoadType::switched; }

std::string_view event_type(ButtonMove move) {
  switch (move) {
    case ButtonMove::press: return "Press";
    case ButtonMove::release: return "Release";
    case ButtonMove::hold: return "LongHold";
    case ButtonMove::multi_tap: return "MultiTap";
  }
  return "Unknown";
}

}  // namespace

bool is_ramping(const View& view, ZoneId zone, MonoTime now) {
  const View::ZoneState& state = view.zone(zone);
  if (state.cause.step_count == 0 || !state.fade.moving(now)) return false;
  switch (state.cause.steps[state.cause.step_count - 1].kind) {
    case CauseStep::Kind::raise_started:
    case CauseStep::Kind::lower_started:
    case CauseStep::Kind::zone_raised:
    case CauseStep::Kind::zone_lowered: return true;
    default: return false;
  }
}

Level shown_level(const View& view, ZoneId zone, MonoTime now) {
  const Fade& fade = view.zone(zone).fade;
  return is_ramping(view, zone, now) ? fade.at(now) : fade.to;
}

bool is_confirmed(const View& view, const Zone& zone) {
  const auto* const output = std::get_if<DeviceOutput>(&zone.output);
  if (output == nullptr) return true;
  const View::DeviceState& device = view.device(output->device);
  return device.present || !device.known;
}

void append_zone_status(std::string& out, const View& view, const Zone& zone, Level level, Use use) {
  const bool on = level.is_on();
  open_status(out, "zone", zone.number.value);
  out += R"("Level":)";
  if (zone.load == LoadType::switched) {
    out += on ? R"(100,"SwitchedLevel":"On",)" : R"(0,"SwitchedLevel":"Off",)";
  } else {
    append_number(out, static_cast<std::uint32_t>(level.whole_percent()));
    out += ',';
  }
  append_href(out, "Zone", "zone", zone.number.value);
  const bool confirmed = is_confirmed(view, zone);
  out += confirmed ? R"(,"StatusAccuracy":"Good")" : R"(,"StatusAccuracy":"Bad")";
  if (use == Use::snapshot) out += R"(,"ZoneLockState":"Unlocked")";
  if (use == Use::command) out += confirmed ? R"(,"Availability":"Available")" : R"(,"Availability":"Unavailable")";
  out += '}';
}

void append_area_status(std::string& out, const View& view, const Area& area, MonoTime now, Use use) {
  open_status(out, "area", area.number.value);
  if (use == Use::snapshot) {
    int highest = -1;
    for (const ZoneId id : area.zones) {
      const Zone* const zone = view.project()->find(id);
      if (zone != nullptr && is_light(*zone)) highest = std::max(highest, shown_level(view, id, now).whole_percent());
    }
    if (highest >= 0) {
      out += R"("Level":)";
      append_number(out, static_cast<std::uint32_t>(highest));
      out += ',';
    }
    out += R"("OccupancyStatus":"Unknown",)";
  }
  if (const SceneId scene = view.scene(area.number)) {
    append_href(out, "CurrentScene", "areascene", scene.value);
    out += '}';
  } else {
    out += R"("CurrentScene":null})";
  }
}

void append_led_status(std::string& out, const View& view, LedId led) { append_led_status(out, led, view.led(led)); }

void append_led_status(std::string& out, LedId led, LedState state) {
  open_status(out, "led", led.value);
  append_href(out, "LED", "led", led.value);
  out += R"(,"State":")";
  out += to_word(state);
  out += R"("})";
}

void append_device_status(std::string& out, const View& view, const Device& device) {
  const View::DeviceState& state = view.device(device.number);
  open_status(out, "device", device.number.value);
  append_href(out, "Device", "device", device.number.value);
  out += R"(,"ConfigurationTransferStatus":"NotRequired","Availability":")";
  out += !state.known ? "Unknown" : state.present ? "Available" : "Unavailable";
  out += R"(","BatteryStatus":{"LevelState":"Unknown"},"StatusAccuracy":"Good"})";
}

Content zone_statuses(const View& view, std::span<const ZoneId> zones, MonoTime now, Use use) {
  Content list = Content::list("MultipleZoneStatus", "ZoneStatuses");
  for (const ZoneId id : zones) {
    const Zone* const zone = view.project()->find(id);
    if (zone == nullptr) continue;
    append_zone_status(list.text(), view, *zone, shown_level(view, id, now), use);
    list.end_item();
  }
  return list;
}

Content area_statuses(const View& view, std::span<const AreaId> areas, MonoTime now, Use use) {
  Content list = Content::list("MultipleAreaStatus", "AreaStatuses");
  for (const AreaId id : areas) {
    const Area* const area = view.project()->find(id);
    if (area == nullptr) continue;
    append_area_status(list.text(), view, *area, now, use);
    list.end_item();
  }
  return list;
}

Content device_statuses(const View& view, std::span<const DeviceId> devices) {
  Content list = Content::list("MultipleDeviceStatus", "DeviceStatuses");
  for (const DeviceId id : devices) {
    const Device* const device = view.project()->find(id);
    if (device == nullptr) continue;
    append_device_status(list.text(), view, *device);
    list.end_item();
  }
  return list;
}

Content button_event(ButtonId button, ButtonMove move) {
  std::string body = "{";
  append_href(body, "Button", "button", button.value);
  body += R"(,"ButtonEvent":{"EventType":")";
  body += event_type(move);
  body += R"("}})";
  return Content::one("OneButtonStatusEvent", "ButtonStatus", std::move(body));
}

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
