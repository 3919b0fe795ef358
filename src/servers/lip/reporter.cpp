#include "servers/lip/reporter.h"

#include <algorithm>

#include "base/overloaded.h"
#include "protocols/lip/report.h"
#include "servers/leap/statuses.h"
#include "servers/lip/components.h"

namespace candela::lip {
namespace {

constexpr std::uint32_t kPress = 3;
constexpr std::uint32_t kRelease = 4;
constexpr std::uint32_t kHold = 5;
constexpr std::uint32_t kDoubleTap = 6;
constexpr std::uint32_t kHoldRelease = 32;

/// From 1, within its timeclock, in the order of the project.
std::uint32_t index_of(const Project& project, const TimeclockEvent& event) {
  std::uint32_t index = 1;
  for (const TimeclockEvent& other : project.timeclock_events) {
    if (other.number == event.number) break;
    if (other.timeclock == event.timeclock) ++index;
  }
  return index;
}

bool contains(const std::vector<ZoneId>& zones, ZoneId zone) {
  return std::find(zones.begin(), zones.end(), zone) != zones.end();
}

}  // namespace

void Reporter::on_change(const Change& change, Effects& effects, std::vector<Report>& reports) {
  std::visit(
      overloaded{
          [&](const ZoneTargeted& it) { tell(it, change.cause, effects, reports); },
          [&](const ZoneTilted& it) { reports.emplace_back(Monitor::zone, tilt_line(it.zone.value, it.fade.to)); },
          [&](const ButtonActed& it) { tell(it, reports); },
          [&](const LedChanged& it) {
            const Button* const button = project().find(it.led);
            const Device* const device = button == nullptr ? nullptr : project().find(button->keypad);
            if (device == nullptr) return;
            reports.emplace_back(Monitor::led,
                                 led_line(device->number.value, led_component_of(*device, *button), it.state));
          },
          [&](const SceneChanged& it) { tell(it, reports); },
          [&](const OccupancyChanged& it) { tell(it, reports); },
          [&](const VariableChanged& it) {
            reports.emplace_back(Monitor::variable, line_of("SYSVAR", it.variable.value, 1, it.state + 1U));
          },
          [&](const ModeChanged&) { tell_mode(reports); },
          [&](const TimeclockEventPassed& it) { tell(it, reports); },
          [&](const TimeclockEventEnabled& it) { tell(it, reports); },
          [&](const ClimateChanged& it) {
            reports.emplace_back(Monitor::climate, climate_lines(context_.view, it.zone));
          },
          [&](const ProjectActivated&) {
            effects.clear();
            forget_what_is_gone();
          },
          [](const auto&) {},
      },
      change.what);
}

void Reporter::tell(const ZoneTargeted& it, const Cause& cause, Effects& effects, std::vector<Report>& reports) {
  const Zone* const zone = project().find(it.zone);
  if (zone == nullptr || zone->load == LoadType::climate) return;
  ramping_.erase(it.zone);
  if (leap::is_ramping(context_.view, it.zone, context_.clock.now().mono)) {
    ramping_[it.zone] = it.fade.end();
    return;
  }
  if (effects.is_news(it, cause)) tell_arrival(it.zone, it.fade.to, reports);
}

void Reporter::tell_arrival(ZoneId zone, Level level, std::vector<Report>& reports) const {
  reports.emplace_back(Monitor::zone, output_line(zone.value, level));
  const auto tell_group = [&](std::uint32_t id, const std::vector<ZoneId>& shades) {
    if (!contains(shades, zone)) return;
    std::string text;
    append_level(text, shade_group_level(context_.view, shades, context_.clock.now().mono));
    reports.emplace_back(Monitor::shade_group, line_of("SHADEGRP", id, 1, text));
  };
  const Zone* const its = project().find(zone);
  if (its == nullptr || !is_shade(its->load)) return;
  if (const Area* const area = project().find(its->area)) tell_group(area->number.value, shades_of(project(), *area));
  for (const Facade& facade : project().facades) tell_group(facade.number.value, facade.shades);
}

void Reporter::tell(const ButtonActed& it, std::vector<Report>& reports) {
  const Button* const button = project().find(it.button);
  const Device* const device = button == nullptr ? nullptr : project().find(button->keypad);
  if (device == nullptr) return;
  const std::uint32_t component = component_of(*device, *button);
  const auto say = [&](std::uint32_t action) {
    reports.emplace_back(Monitor::button, device_line(device->number.value, component, action),
                         button->contact ? std::optional(Monitor::event) : std::nullopt);
  };
  if (button->contact) move_contact(it.button, it.move);
  switch (it.move) {
    case ButtonMove::press: return say(kPress);
    case ButtonMove::multi_tap: return say(kDoubleTap);
    case ButtonMove::hold: held_.insert(it.button); return say(kHold);
    case ButtonMove::release:
      // Clients that know holds wait for the one, the others for the other.
      if (held_.erase(it.button) > 0) say(kHoldRelease);
      return say(kRelease);
  }
}

void Reporter::move_contact(ButtonId button, ButtonMove move) {
  std::erase(closed_, button);
  if (move != ButtonMove::release) closed_.push_back(button);
}

/// Sensors tell only their group: each of it is reported as the group is.
void Reporter::tell(const OccupancyChanged& it, std::vector<Report>& reports) const {
  const OccupancyGroup* const group = project().find(it.group);
  const Area* const area = group == nullptr ? nullptr : project().find(group->area);
  if (area == nullptr) return;
  if (it.state != Occupancy::unknown) {
    const std::uint32_t action = it.state == Occupancy::unoccupied ? kRelease : kPress;
    for (const DeviceId sensor : group->sensors) {
      reports.emplace_back(Monitor::occupancy, device_line(sensor.value, kSensorComponent, action));
    }
  }
  const std::uint32_t code = occupancy_code(context_.view, *area);
  reports.emplace_back(Monitor::occupancy, line_of("GROUP", area->number.value, 3, code), Monitor::occupancy_group);
  reports.emplace_back(Monitor::occupancy, line_of("AREA", area->number.value, 8, code));
}

void Reporter::tell(const SceneChanged& it, std::vector<Report>& reports) const {
  const Scene* const scene = project().find(it.scene);
  if (scene != nullptr) reports.emplace_back(Monitor::scene, line_of("AREA", it.area.value, 6, scene->order));
}

void Reporter::tell(const TimeclockEventPassed& it, std::vector<Report>& reports) const {
  using How = TimeclockEventPassed::How;
  const TimeclockEvent* const event = project().find(it.event);
  if (event == nullptr || it.how == How::missed || it.how == How::no_sun) return;
  reports.emplace_back(Monitor::timeclock,
                       line_of("TIMECLOCK", event->timeclock.value, 5, index_of(project(), *event)));
}

void Reporter::tell(const TimeclockEventEnabled& it, std::vector<Report>& reports) const {
  const TimeclockEvent* const event = project().find(it.event);
  if (event == nullptr) return;
  const std::string text = std::to_string(index_of(project(), *event)) + (it.enabled ? ",1" : ",2");
  reports.emplace_back(Monitor::timeclock, line_of("TIMECLOCK", event->timeclock.value, 6, text));
}

void Reporter::tell_mode(std::vector<Report>& reports) const {
  const std::uint32_t index = mode_index(context_.view);
  reports.emplace_back(Monitor::mode, line_of("MODE", kHouse, 1, index));
  for (const Timeclock& timeclock : project().timeclocks) {
    reports.emplace_back(Monitor::timeclock, line_of("TIMECLOCK", timeclock.number.value, 1, index));
  }
}

std::optional<MonoTime> Reporter::next_due() const {
  const auto next = std::min_element(ramping_.begin(), ramping_.end(),
                                     [](const auto& a, const auto& b) { return a.second < b.second; });
  return next == ramping_.end() ? std::nullopt : std::optional(next->second);
}

void Reporter::catch_up(MonoTime now, std::vector<Report>& reports) {
  for (auto it = ramping_.begin(); it != ramping_.end();) {
    if (it->second > now) {
      ++it;
      continue;
    }
    tell_arrival(it->first, context_.view.level(it->first, now), reports);
    it = ramping_.erase(it);
  }
}

void Reporter::forget_what_is_gone() {
  std::erase_if(ramping_, [this](const auto& it) { return project().find(it.first) == nullptr; });
  std::erase_if(held_, [this](ButtonId it) { return project().find(it) == nullptr; });
  std::erase_if(closed_, [this](ButtonId it) { return project().find(it) == nullptr; });
}

}  // namespace candela::lip
