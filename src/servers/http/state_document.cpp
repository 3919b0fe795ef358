#include "servers/http/state_document.h"

#include <algorithm>
#include <boost/json/array.hpp>
#include <boost/json/object.hpp>
#include <boost/json/value.hpp>
#include <set>
#include <utility>

#include "base/colour_math.h"
#include "base/overloaded.h"
#include "model/tuning.h"
#include "model/words.h"
#include "servers/house_document.h"
#include "servers/house_words.h"

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

json::object variable_state(const Variable& variable, const View& view) {
  const std::size_t position = view.variable(variable.number);
  return {{"id", variable.id}, {"state", position < variable.states.size() ? variable.states[position] : ""}};
}

/// A sequence or a show.
template <class Program>
json::object running_state(const Program& program, const View& view) {
  return {{"id", program.id}, {"running", view.is_running(program.number)}};
}

json::object occupancy_state(const OccupancyGroup& group, const View& view) {
  return {{"id", group.id},
          {"state", word(view.occupancy(group.number))},
          {"mode", word(view.occupancy_mode(group.number))}};
}

json::object level_state(const Fade& fade, MonoTime now) {
  json::object state{{"level", fade.at(now).percent()}, {"target", fade.to.percent()}};
  if (fade.moving(now)) {
    state["fade"] = {{"from", fade.from.percent()},
                     {"elapsed", to_seconds(now - fade.start)},
                     {"duration", to_seconds(fade.duration)}};
  }
  return state;
}

/// Where the colour goes, with what a screen shows for it, and how long it still takes; null = none was set.
json::value colour_state(const Zone& zone, const View::ZoneState& it, MonoTime now) {
  json::value state = colour_document(it.colour);
  if (state.is_null()) return state;
  const HueSaturation shown = to_hue_saturation(seen_colour(zone, it.fade.to, it.colour));
  json::object& members = state.get_object();
  members["hue"] = shown.hue;
  members["saturation"] = shown.saturation;
  const MonoTime end = it.colour_start + it.colour_duration;
  if (now < end) members["seconds_left"] = to_seconds(end - now);
  return state;
}

/// Which objects a batch of changes touched, each once.
struct Touched {
  std::set<ZoneId> zones;
  std::set<LedId> leds;
  std::set<AreaId> areas;
  std::set<DeviceId> devices;
  std::set<LinkId> links;
  std::set<VariableId> variables;
  std::set<SequenceId> sequences;
  std::set<ShowId> shows;
  std::set<OccupancyGroupId> groups;
  std::set<FacadeId> facades;
  bool house = false;
};

/// Notes which state the change is about.
void note(const Change& change, Touched& touched) {
  const auto house = [&](const auto&) { touched.house = true; };
  std::visit(overloaded{
                 [&](const ZoneTargeted& it) { touched.zones.insert(it.zone); },
                 [&](const ZoneTilted& it) { touched.zones.insert(it.zone); },
                 [&](const ZoneColoured& it) { touched.zones.insert(it.zone); },
                 [&](const ClimateChanged& it) { touched.zones.insert(it.zone); },
                 [&](const LedChanged& it) { touched.leds.insert(it.led); },
                 [&](const SceneChanged& it) { touched.areas.insert(it.area); },
                 [&](const PresenceChanged& it) { touched.devices.insert(it.device); },
                 [&](const LinkChanged& it) { touched.links.insert(it.link); },
                 [&](const VariableChanged& it) { touched.variables.insert(it.variable); },
                 [&](const SequenceChanged& it) { touched.sequences.insert(it.sequence); },
                 [&](const ShowChanged& it) { touched.shows.insert(it.show); },
                 [&](const FacadeChanged& it) { touched.facades.insert(it.facade); },
                 [&](const FacadeMoved& it) { touched.facades.insert(it.facade); },
                 [&](const OccupancyChanged& it) { touched.groups.insert(it.group); },
                 [&](const OccupancyModeChanged& it) { touched.groups.insert(it.group); },
                 [&](const ModeChanged& it) { house(it); },
                 [&](const NightChanged& it) { house(it); },
                 [&](const AwayChanged& it) { house(it); },
                 [&](const EmergencyChanged& it) { house(it); },
                 [&](const LoadShed& it) { house(it); },
                 [&](const ClockChanged& it) { house(it); },
                 [](const auto&) {},
             },
             change.what);
}

/// A shade that moves may be where its facade wants it, or no longer.
void note_facades(const Project& project, Touched& touched) {
  for (const Facade& facade : project.facades) {
    const bool moved = std::any_of(facade.shades.begin(), facade.shades.end(),
                                   [&](ZoneId shade) { return touched.zones.contains(shade); });
    if (moved) touched.facades.insert(facade.number);
  }
}

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
  const View::ZoneState& it = view.zone(zone.number);
  json::object state = level_state(it.fade, now);
  state["id"] = zone.id;
  if (zone.load == LoadType::tilting_shade) state["tilt"] = level_state(it.tilt, now);
  if (zone.load == LoadType::white_tuning || zone.load == LoadType::spectrum)
    state["colour"] = colour_state(zone, it, now);
  if (zone.load == LoadType::climate) state["climate"] = climate_document(view.climate(zone.number));
  return state;
}

json::object state_document(const View& view, MonoTime now) {
  const Project& project = *view.project();
  json::object document;
  const auto tell = [&](const char* name, const auto& objects, auto write) {
    json::array all;
    for (const auto& object : objects) all.push_back(write(object));
    document[name] = std::move(all);
  };
  tell("zones", project.zones, [&](const Zone& it) { return zone_state(it, view, now); });
  tell("leds", project.buttons, [&](const Button& it) { return led_state(it, view); });
  tell("scenes", project.areas, [&](const Area& it) { return scene_state(it, view); });
  tell("devices", project.devices, [&](const Device& it) { return device_state(it, view); });
  tell("links", project.links, [&](const Link& it) { return link_state(it, view); });
  tell("variables", project.variables, [&](const Variable& it) { return variable_state(it, view); });
  tell("sequences", project.sequences, [&](const Sequence& it) { return running_state(it, view); });
  tell("shows", project.shows, [&](const NaturalShow& it) { return running_state(it, view); });
  tell("occupancy", project.occupancy_groups, [&](const OccupancyGroup& it) { return occupancy_state(it, view); });
  tell("facades", project.facades, [&](const Facade& it) { return facade_document(it, view); });
  document["house"] = house_document(view);
  return document;
}

json::object changes_document(std::span<const Change> changes, const View& view, MonoTime now) {
  const Project& project = *view.project();
  Touched touched;
  json::array buttons;
  for (const Change& change : changes) {
    note(change, touched);
    const auto* acted = std::get_if<ButtonActed>(&change.what);
    const Button* button = acted == nullptr ? nullptr : project.find(acted->button);
    if (button != nullptr) buttons.push_back({{"id", button->id}, {"move", word(acted->move)}});
  }
  note_facades(project, touched);
  json::object document;
  put(document, "zones", touched.zones, project, [&](const Zone& it) { return zone_state(it, view, now); });
  put(document, "leds", touched.leds, project, [&](const Button& it) { return led_state(it, view); });
  put(document, "scenes", touched.areas, project, [&](const Area& it) { return scene_state(it, view); });
  put(document, "devices", touched.devices, project, [&](const Device& it) { return device_state(it, view); });
  put(document, "links", touched.links, project, [&](const Link& it) { return link_state(it, view); });
  put(document, "variables", touched.variables, project, [&](const Variable& it) { return variable_state(it, view); });
  put(document, "sequences", touched.sequences, project, [&](const Sequence& it) { return running_state(it, view); });
  put(document, "shows", touched.shows, project, [&](const NaturalShow& it) { return running_state(it, view); });
  put(document, "occupancy", touched.groups, project,
      [&](const OccupancyGroup& it) { return occupancy_state(it, view); });
  put(document, "facades", touched.facades, project, [&](const Facade& it) { return facade_document(it, view); });
  if (touched.house) document["house"] = house_document(view);
  if (!buttons.empty()) document["buttons"] = std::move(buttons);
  return document;
}

}  // namespace candela::servers::http
