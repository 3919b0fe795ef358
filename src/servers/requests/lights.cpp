#include <algorithm>
#include <array>
#include <boost/json.hpp>

#include "servers/house_document.h"
#include "servers/requests/house.h"

namespace candela::servers::requests {
namespace {

namespace json = boost::json;

Reply<const Zone*> zone_of(const json::object& request, const Asking& asking) {
  return look_up(asking.view.project()->zones, "zone", text_of(request, "zone"));
}
Reply<const Area*> area_of(const json::object& request, const Asking& asking) {
  return look_up(asking.view.project()->areas, "area", text_of(request, "area"));
}
Reply<const Button*> button_of(const json::object& request, const Asking& asking) {
  return look_up(asking.view.project()->buttons, "button", text_of(request, "button"));
}

/// Of the area and those in it.
void add_shades(const Area& area, const Project& project, std::vector<ZoneId>& shades) {
  for (const ZoneId id : area.zones) {
    const Zone* zone = project.find(id);
    if (zone != nullptr && is_shade(zone->load)) shades.push_back(id);
  }
  for (const AreaId child : area.children) add_shades(*project.find(child), project, shades);
}

Reply<std::vector<ZoneId>> shades_of(const json::object& request, const Asking& asking) {
  const Project& project = *asking.view.project();
  std::vector<ZoneId> shades;
  if (request.contains("facade")) {
    const auto facade = look_up(project.facades, "facade", text_of(request, "facade"));
    if (!facade) return facade.error();
    shades = (*facade)->shades;
  } else {
    const auto area = area_of(request, asking);
    if (!area) return area.error();
    add_shades(**area, project, shades);
  }
  if (shades.empty()) return Refusal{Refusal::Kind::conflict, "it has no shades"};
  return shades;
}

/// Asks the same of each.
template <class Command>
Answer submit_all(const std::vector<ZoneId>& zones, const Asking& asking, Command command) {
  for (const ZoneId zone : zones) {
    if (Answer asked = submit(command(zone), asking); !asked) return asked;
  }
  return json::value(nullptr);
}

}  // namespace

Answer set_zone(const json::object& request, const Asking& asking) {
  const auto zone = zone_of(request, asking);
  if (!zone) return zone.error();
  const auto to = read_level(request);
  if (!to) return to.error();
  return submit(SetZone{(*zone)->number, to->level, to->fade, {}}, asking);
}

Answer move_zone(const json::object& request, const Asking& asking) {
  const auto zone = zone_of(request, asking);
  if (!zone) return zone.error();
  const auto direction = read_direction(request);
  if (!direction) return direction.error();
  return submit(MoveZone{(*zone)->number, *direction}, asking);
}

Answer fan(const json::object& request, const Asking& asking) {
  constexpr std::array<std::pair<std::string_view, double>, 5> kSpeeds = {
      {{"off", 0}, {"low", 25}, {"medium", 50}, {"medium_high", 75}, {"high", 100}}};
  const auto zone = zone_of(request, asking);
  if (!zone) return zone.error();
  if ((*zone)->load != LoadType::fan) return Error{"the zone \"" + (*zone)->id + "\" has no fan"};
  const std::string speed = text_of(request, "speed");
  for (const auto& [word, percent] : kSpeeds) {
    if (word == speed) return submit(SetZone{(*zone)->number, Level::from_percent(percent), std::nullopt, {}}, asking);
  }
  return Error{"the speed must be off, low, medium, medium_high or high"};
}

Answer set_area(const json::object& request, const Asking& asking) {
  const auto area = area_of(request, asking);
  if (!area) return area.error();
  const auto to = read_level(request);
  if (!to) return to.error();
  return submit(SetArea{(*area)->number, to->level, to->fade, {}}, asking);
}

Answer move_area(const json::object& request, const Asking& asking) {
  const auto area = area_of(request, asking);
  if (!area) return area.error();
  const auto direction = read_direction(request);
  if (!direction) return direction.error();
  return submit(MoveArea{(*area)->number, *direction}, asking);
}

Answer shades(const json::object& request, const Asking& asking) {
  const auto shades = shades_of(request, asking);
  if (!shades) return shades.error();
  if (request.contains("direction")) {
    const auto direction = read_direction(request);
    if (!direction) return direction.error();
    return submit_all(*shades, asking, [&](ZoneId zone) { return MoveZone{zone, *direction}; });
  }
  const auto to = read_level(request);
  if (!to) return to.error();
  return submit_all(*shades, asking, [&](ZoneId zone) { return SetZone{zone, to->level, to->fade, {}}; });
}

Answer double_tap(const json::object& request, const Asking& asking) {
  const auto button = button_of(request, asking);
  if (!button) return button.error();
  return submit(ButtonMoved{(*button)->number, ButtonMove::multi_tap}, asking);
}

Answer led(const json::object& request, const Asking& asking) {
  constexpr std::array<std::pair<std::string_view, LedState>, 4> kStates = {{{"off", LedState::off},
                                                                             {"on", LedState::on},
                                                                             {"flash", LedState::flash},
                                                                             {"rapid_flash", LedState::rapid_flash}}};
  const auto button = button_of(request, asking);
  if (!button) return button.error();
  if (!(*button)->led) return Error{"the button \"" + (*button)->id + "\" has no LED"};
  const std::string state = text_of(request, "state");
  for (const auto& [word, it] : kStates) {
    if (word == state) return submit(SetLed{(*button)->led, it}, asking);
  }
  return Error{"the state must be off, on, flash or rapid_flash"};
}

Answer scene_assignments(const json::object& request, const Asking& asking) {
  const Project& project = *asking.view.project();
  const auto found = look_up(project.scenes, "scene", text_of(request, "scene"));
  if (!found) return found.error();
  const Scene& scene = **found;
  const View::Assignments edited = asking.view.scene_edit(scene.number);
  json::array assignments;
  for (const Assignment& it : edited ? *edited : project.expand(scene.preset)) {
    const Zone* zone = project.find(it.zone);
    if (zone == nullptr) continue;
    json::object told{{"zone", zone->id}, {"fade", to_seconds(it.fade)}, {"delay", to_seconds(it.delay)}};
    if (!it.keeps_level) told["level"] = it.level.percent();
    if (it.tilt) told["tilt"] = it.tilt->percent();
    if (it.colour) told["colour"] = colour_document(it.colour);
    assignments.push_back(std::move(told));
  }
  return json::value{{"id", scene.id},
                     {"name", scene.name},
                     {"area", scene.shared ? json::value(nullptr) : json::value(project.find(scene.area)->id)},
                     {"active", !scene.shared && asking.view.scene(scene.area) == scene.number},
                     {"edited", edited != nullptr},
                     {"assignments", std::move(assignments)}};
}

}  // namespace candela::servers::requests
