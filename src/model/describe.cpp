#include "model/describe.h"

#include <array>
#include <charconv>
#include <cmath>

#include "base/overloaded.h"

namespace candela {
namespace {

std::string number(double value) {
  std::array<char, 32> digits{};
  const auto end = std::to_chars(digits.begin(), digits.end(), value);
  return std::string(digits.begin(), end.ptr);
}

std::string seconds(Duration duration) { return number(std::round(to_seconds(duration) * 100) / 100) + " s"; }

/// "Kitchen Island" for the zone Island of the area Kitchen; the number when the project no longer has the object.
template <class Object>
std::string in_its_area(const Object* object, std::uint32_t object_number, const char* kind, const Project& project) {
  if (object == nullptr) return std::string("deleted ") + kind + " " + std::to_string(object_number);
  const Area* area = project.find(object->area);
  // People often name a room's only keypad after the room.
  if (area == nullptr || !area->parent || object->name.starts_with(area->name)) return object->name;
  return area->name + " " + object->name;
}

std::string name_of(ZoneId id, const Project& project) {
  return in_its_area(project.find(id), id.value, "zone", project);
}
std::string name_of(SceneId id, const Project& project) {
  return in_its_area(project.find(id), id.value, "scene", project);
}
std::string name_of(DeviceId id, const Project& project) {
  return in_its_area(project.find(id), id.value, "device", project);
}
std::string name_of(AreaId id, const Project& project) {
  const Area* area = project.find(id);
  return area == nullptr ? "deleted area " + std::to_string(id.value) : area->name;
}
std::string name_of(LinkId id, const Project& project) {
  const Link* link = project.find(id);
  return link == nullptr ? "deleted link " + std::to_string(id.value) : link->name;
}
std::string name_of(const Button* button, std::uint32_t object_number, const Project& project) {
  if (button == nullptr) return "deleted button " + std::to_string(object_number);
  std::string text = "button " + std::to_string(button->position);
  if (!button->engraving.empty()) text += " (" + button->engraving + ")";
  return text + " of " + name_of(button->keypad, project);
}

std::string_view word(LedState state) {
  switch (state) {
    case LedState::off: return "goes out";
    case LedState::on: return "lights";
    case LedState::flash: return "flashes";
    case LedState::rapid_flash: return "flashes rapidly";
  }
  return "";
}

std::string_view word(ButtonMove move) {
  switch (move) {
    case ButtonMove::press: return "pressed";
    case ButtonMove::release: return "released";
    case ButtonMove::hold: return "held";
    case ButtonMove::multi_tap: return "tapped twice";
  }
  return "";
}

std::string_view word(LinkFault fault) {
  switch (fault) {
    case LinkFault::none: return "works";
    case LinkFault::port_closed: return "cannot be reached: its port does not open";
    case LinkFault::no_devices: return "is silent: no device answers";
    case LinkFault::corrupted_frames: return "is disturbed: frames arrive damaged";
    case LinkFault::reversed_pair: return "has its data pair reversed";
  }
  return "";
}

std::string describe_zone(const ZoneTargeted& it, const Project& project) {
  const std::string level = number(it.fade.to.percent()) + " %";
  std::string text = name_of(it.zone, project);
  if (it.fade.from == it.fade.to) return text + " is at " + level;
  text += it.fade.to.is_on() ? " goes to " + level : " goes off";
  if (it.fade.duration > Duration::zero()) text += " over " + seconds(it.fade.duration);
  return text;
}

std::string describe_presence(const PresenceChanged& it, const Project& project) {
  const std::string name = name_of(it.device, project);
  if (it.fault == DeviceFault::duplicate_address) return name + " shares its link address with another device";
  return name + (it.present ? " answers" : " is silent");
}

std::string describe_step(CauseStep step, const Project& project) {
  using Kind = CauseStep::Kind;
  const std::uint32_t object = step.object;
  const auto zone = [&] { return name_of(ZoneId{object}, project); };
  const auto button = [&] { return name_of(project.find(ButtonId{object}), object, project); };
  switch (step.kind) {
    case Kind::button_pressed: return button() + " was pressed";
    case Kind::button_released: return button() + " was released";
    case Kind::toggled_on: return "it toggled its preset on";
    case Kind::toggled_off: return "it toggled its zones off";
    case Kind::preset_run: return "it ran its preset";
    case Kind::raise_started: return "it began to raise";
    case Kind::lower_started: return "it began to lower";
    case Kind::ramp_stopped: return "the ramp stopped";
    case Kind::scene_activated: return "the scene " + name_of(SceneId{object}, project) + " was recalled";
    case Kind::zone_commanded: return zone() + " was set";
    case Kind::zone_raised: return zone() + " was told to raise";
    case Kind::zone_lowered: return zone() + " was told to lower";
    case Kind::zone_stopped: return zone() + " was told to stop";
    case Kind::area_commanded: return "the area " + name_of(AreaId{object}, project) + " was set";
    case Kind::led_commanded: return "the LED was set";
    case Kind::delay_elapsed: return "its delay was over";
    case Kind::level_reported: return zone() + "'s device changed the level by itself";
    case Kind::presence_reported: return "the link noticed " + name_of(DeviceId{object}, project);
    case Kind::fault_reported: return "the link " + name_of(LinkId{object}, project) + " reported its state";
    case Kind::member_changed: return zone() + " changed";
    case Kind::restored: return "the state from before the restart was restored";
    case Kind::project_activated: return "a project was activated";
  }
  return "";
}

std::string describe_source(Source source, const ClientNames& clients) {
  switch (source.kind) {
    case Source::Kind::system: return "the processor";
    case Source::Kind::device: return "the house";
    case Source::Kind::client: return "client " + clients(source.client);
    case Source::Kind::page: return "the page";
    case Source::Kind::command: return "the candela command";
  }
  return "";
}

}  // namespace

std::string describe(const Change& change, const Project& project) {
  return std::visit(overloaded{
                        [&](const ZoneTargeted& it) { return describe_zone(it, project); },
                        [&](const LedChanged& it) {
                          return "the LED of " + name_of(project.find(it.led), it.led.value, project) + " " +
                                 std::string(word(it.state));
                        },
                        [&](const SceneChanged& it) {
                          if (!it.scene) return name_of(it.area, project) + " is in no scene";
                          const Scene* scene = project.find(it.scene);
                          return name_of(it.area, project) + " is in scene " +
                                 (scene == nullptr ? std::to_string(it.scene.value) : scene->name);
                        },
                        [&](const ButtonActed& it) {
                          return name_of(project.find(it.button), it.button.value, project) + " was " +
                                 std::string(word(it.move));
                        },
                        [&](const PresenceChanged& it) { return describe_presence(it, project); },
                        [&](const LinkChanged& it) {
                          return "the link " + name_of(it.link, project) + " " + std::string(word(it.fault));
                        },
                        [&](const ProjectActivated& it) { return "the project " + it.project->name + " is active"; },
                    },
                    change.what);
}

std::string describe(const Cause& cause, const Project& project, const ClientNames& clients) {
  std::string text = describe_source(cause.source, clients);
  const char* joint = ": ";
  for (std::size_t i = 0; i < cause.step_count; ++i) {
    text += joint + describe_step(cause.steps[i], project);
    joint = ", then ";
  }
  return text;
}

}  // namespace candela
