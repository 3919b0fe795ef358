#include "servers/http/state_document.h"

#include <boost/json/array.hpp>
#include <boost/json/object.hpp>
#include <boost/json/value.hpp>
#include <set>
#include <utility>

#include "base/overloaded.h"
#include "model/words.h"

namespace candela::servers::http {
namespace {

namespace json = boost::json;

json::object led_state(const Button& button, const View& view) {
  return {{"button", button.id}, {"state", word(view.led(button.led))}};
}

json::object scene_state(const Area& area, const View& view) {
  const Scene* scene = view.project()->find(view.scene(area.number));
  return {{"area", area.id}, {"scene", scene == nullptr ? json::value(nullptr) : json::value(scene->id)}};
}

json::object device_state(const Device& device, const View& view) {
  const View::DeviceState& state = view.device(device.number);
  const char* presence = !state.known ? "unknown" : state.present ? "present" : "lost";
  return {{"id", device.id}, {"presence", presence}, {"fault", word(state.fault)}};
}

json::object link_state(const Link& link, const View& view) {
  return {{"id", link.id}, {"fault", word(view.link(link.number))}};
}

/// Which objects a batch of changes touched, each once.
struct Touched {
  std::set<ZoneId> zones;
  std::set<LedId> leds;
  std::set<AreaId> areas;
  std::set<DeviceId> devices;
  std::set<LinkId> links;
};

template <class Id, class Write>
void put(json::object& document, const char* name, const std::set<Id>& ids, const Project& project, Write write) {
  if (ids.empty()) return;
  json::array all;
  for (const Id id : ids) {
    if (const auto* object = project.find(id)) all.push_back(write(*object));
  }
  document[name] = std::move(all);
}

}  // namespace

json::object zone_state(const Zone& zone, const View& view, MonoTime now) {
  const Fade& fade = view.zone(zone.number).fade;
  json::object state{{"id", zone.id}, {"level", fade.at(now).percent()}, {"target", fade.to.percent()}};
  if (fade.moving(now)) {
    state["fade"] = {{"from", fade.from.percent()},
                     {"elapsed", to_seconds(now - fade.start)},
                     {"duration", to_seconds(fade.duration)}};
  }
  return state;
}

json::object state_document(const View& view, MonoTime now) {
  const Project& project = *view.project();
  json::array zones, leds, scenes, devices, links;
  for (const Zone& zone : project.zones) zones.push_back(zone_state(zone, view, now));
  for (const Button& button : project.buttons) leds.push_back(led_state(button, view));
  for (const Area& area : project.areas) scenes.push_back(scene_state(area, view));
  for (const Device& device : project.devices) devices.push_back(device_state(device, view));
  for (const Link& link : project.links) links.push_back(link_state(link, view));
  return {{"zones", std::move(zones)},
          {"leds", std::move(leds)},
          {"scenes", std::move(scenes)},
          {"devices", std::move(devices)},
          {"links", std::move(links)}};
}

json::object changes_document(std::span<const Change> changes, const View& view, MonoTime now) {
  const Project& project = *view.project();
  Touched touched;
  json::array buttons;
  for (const Change& change : changes) {
    std::visit(overloaded{
                   [&](const ZoneTargeted& it) { touched.zones.insert(it.zone); },
                   [&](const LedChanged& it) { touched.leds.insert(it.led); },
                   [&](const SceneChanged& it) { touched.areas.insert(it.area); },
                   [&](const ButtonActed& it) {
                     if (const Button* button = project.find(it.button)) {
                       buttons.push_back({{"id", button->id}, {"move", word(it.move)}});
                     }
                   },
                   [&](const PresenceChanged& it) { touched.devices.insert(it.device); },
                   [&](const LinkChanged& it) { touched.links.insert(it.link); },
                   [](const auto&) {},
               },
               change.what);
  }
  json::object document;
  put(document, "zones", touched.zones, project, [&](const Zone& it) { return zone_state(it, view, now); });
  put(document, "leds", touched.leds, project, [&](const Button& it) { return led_state(it, view); });
  put(document, "scenes", touched.areas, project, [&](const Area& it) { return scene_state(it, view); });
  put(document, "devices", touched.devices, project, [&](const Device& it) { return device_state(it, view); });
  put(document, "links", touched.links, project, [&](const Link& it) { return link_state(it, view); });
  if (!buttons.empty()) document["buttons"] = std::move(buttons);
  return document;
}

}  // namespace candela::servers::http
