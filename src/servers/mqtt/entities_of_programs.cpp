#include <algorithm>
#include <boost/json/array.hpp>
#include <boost/json/value.hpp>

#include "servers/mqtt/entities.h"

namespace candela::servers::mqtt {
namespace {

namespace json = boost::json;

using Words = std::vector<std::pair<std::string, std::string>>;

/// Something on or off that can be switched; a reading for those who may only look.
void add_switch(Entities& entities, Kind kind, std::string_view id, std::string_view what,
                const Entities::Device& device, std::string_view name, std::string_view category = {}) {
  json::object document{{"state_topic", entities.state(kind, id, what)}};
  if (!category.empty()) document["entity_category"] = entities.may_operate() ? category : "diagnostic";
  if (entities.may_operate()) document["command_topic"] = entities.command(kind, id, what);
  entities.add(entities.may_operate() ? "switch" : "binary_sensor", kind, id, what, device, name, std::move(document));
}

/// One of several, each called by a word of its own on the topics.
void add_choice(Entities& entities, Kind kind, std::string_view id, std::string_view what,
                const Entities::Device& device, std::string_view name, const Words& words,
                std::string_view category = {}) {
  json::object document{{"state_topic", entities.state(kind, id, what)}, {"value_template", translation(words)}};
  if (!entities.may_operate()) return entities.add("sensor", kind, id, what, device, name, std::move(document));
  json::array options;
  Words back;
  for (const auto& [value, label] : words) {
    options.emplace_back(label);
    back.emplace_back(label, value);
  }
  document["options"] = std::move(options);
  document["command_topic"] = entities.command(kind, id, what);
  document["command_template"] = translation(back);
  if (!category.empty()) document["entity_category"] = category;
  entities.add("select", kind, id, what, device, name, std::move(document));
}

/// Ids and names; where a name is not the only one, the id is put behind it.
template <class Objects>
Words words_of(const Objects& objects) {
  Words words;
  for (const auto* it : objects) {
    const auto alike =
        std::count_if(objects.begin(), objects.end(), [&](const auto* o) { return o->name == it->name; });
    words.emplace_back(it->id, alike > 1 ? it->name + " (" + it->id + ")" : it->name);
  }
  return words;
}

void add_scenes(Entities& entities, const Area& area) {
  const Entities::Device device = entities.of_area(area);
  std::vector<const Scene*> scenes;
  for (const SceneId id : area.scenes) {
    if (const Scene* const scene = entities.project().find(id)) scenes.push_back(scene);
  }
  if (scenes.empty()) return;
  Words words = words_of(scenes);
  words.emplace_back("none", "None");
  entities.add("sensor", Kind::area, area.id, "scene", device, "Scene",
               {{"state_topic", entities.state(Kind::area, area.id, "scene")},
                {"value_template", translation(words)},
                {"icon", "mdi:palette"}});
}

void add_recall(Entities& entities, const Scene& scene) {
  if (!entities.may_operate()) return;
  const Area* const area = entities.project().find(scene.area);
  const Entities::Device device = area == nullptr ? entities.of_processor() : entities.of_area(*area);
  entities.add("scene", Kind::scene, scene.id, "recall", device, scene.name,
               {{"command_topic", entities.command(Kind::scene, scene.id, "recall")}, {"payload_on", "ON"}});
}

void add_people(Entities& entities, const OccupancyGroup& group) {
  const Area* const area = entities.project().find(group.area);
  const Entities::Device device = area == nullptr ? entities.of_processor() : entities.of_area(*area);
  entities.add("binary_sensor", Kind::occupancy, group.id, "state", device, "Occupancy",
               {{"state_topic", entities.state(Kind::occupancy, group.id, "state")},
                {"value_template", translation({{"occupied", "ON"}, {"partial", "ON"}, {"unoccupied", "OFF"}})},
                {"device_class", "occupancy"}});
  add_choice(entities, Kind::occupancy, group.id, "mode", device, "Occupancy mode",
             {{"automatic", "Automatic"},
              {"vacancy", "Vacancy"},
              {"automatic_low_light", "Automatic in low light"},
              {"disabled", "Disabled"}},
             "config");
}

void add_reading(Entities& entities, std::string_view what, std::string_view name, json::object more) {
  more["state_topic"] = entities.state(Kind::house, {}, what);
  entities.add("binary_sensor", Kind::house, "home", what, entities.of_processor(), name, std::move(more));
}

void add_house(Entities& entities) {
  const Project& project = entities.project();
  const Entities::Device device = entities.of_processor();
  std::vector<const Mode*> modes;
  for (const Mode& it : project.modes) modes.push_back(&it);
  if (!modes.empty()) add_choice(entities, Kind::house, "home", "mode", device, "Mode", words_of(modes));
  add_switch(entities, Kind::house, "home", "away", device, "Away");
  add_reading(entities, "emergency", "Emergency", {{"device_class", "safety"}});
  if (project.day_night) add_reading(entities, "night", "Night", {{"icon", "mdi:weather-night"}});
  add_reading(
      entities, "clock_trusted", "Clock",
      {{"device_class", "problem"}, {"entity_category", "diagnostic"}, {"payload_on", "OFF"}, {"payload_off", "ON"}});
  if (!entities.may_operate()) return;
  entities.add("number", Kind::house, "home", "shed_percent", device, "Load shedding",
               {{"state_topic", entities.state(Kind::house, {}, "shed_percent")},
                {"command_topic", entities.command(Kind::house, {}, "shed_percent")},
                {"min", 0},
                {"max", 100},
                {"unit_of_measurement", "%"},
                {"entity_category", "config"}});
}

}  // namespace

void add_programs(Entities& entities) {
  const Project& project = entities.project();
  const Entities::Device processor = entities.of_processor();
  for (const Area& it : project.areas) add_scenes(entities, it);
  for (const Scene& it : project.scenes) add_recall(entities, it);
  for (const OccupancyGroup& it : project.occupancy_groups) add_people(entities, it);
  for (const Variable& it : project.variables) {
    Words words;
    for (const std::string& state : it.states) words.emplace_back(state, state);
    add_choice(entities, Kind::variable, it.id, "state", processor, it.name, words);
  }
  for (const Sequence& it : project.sequences) {
    add_switch(entities, Kind::sequence, it.id, "running", processor, it.name);
  }
  for (const NaturalShow& it : project.shows) add_switch(entities, Kind::show, it.id, "running", processor, it.name);
  for (const Facade& it : project.facades) {
    add_switch(entities, Kind::facade, it.id, "enabled", processor, it.name, "config");
  }
  for (const Timeclock& it : project.timeclocks) {
    add_switch(entities, Kind::timeclock, it.id, "enabled", processor, it.name, "config");
  }
  for (const TimeclockEvent& it : project.timeclock_events) {
    add_switch(entities, Kind::timeclock_event, it.id, "enabled", processor, it.name, "config");
  }
  add_house(entities);
}

}  // namespace candela::servers::mqtt
