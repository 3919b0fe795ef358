#include "servers/mqtt/entities.h"

#include <fmt/format.h>

#include <boost/json/array.hpp>
#include <boost/json/serialize.hpp>
#include <boost/json/value.hpp>

#include "base/json.h"

namespace candela::servers::mqtt {
namespace {

namespace json = boost::json;

/// Ids are lower case there too, so this letter cannot be met otherwise.
constexpr std::string_view kDot = "_DOT_";

std::string without_dots(std::string_view id) {
  std::string text;
  for (const char it : id) text += it == '.' ? std::string(kDot) : std::string(1, it);
  return text;
}

/// What the entity is called within its device: without the device's own name, which is put before it; null when
/// nothing else is left.
json::value name_within(std::string_view name, const Entities::Device& device) {
  for (const std::string& whose : {device.name, device.plain_name}) {
    if (name == whose) return nullptr;
    if (name.starts_with(whose) && name.substr(whose.size()).starts_with(' ')) {
      return json::value(std::string(name.substr(whose.size() + 1)));
    }
  }
  return json::value(std::string(name));
}

}  // namespace

std::string node_of(const Identity& identity) { return fmt::format("candela_{:08x}", identity.serial); }

std::string translation(const std::vector<std::pair<std::string, std::string>>& words) {
  std::string text = "{{ {";
  for (const auto& [from, to] : words) {
    if (!text.ends_with('{')) text += ", ";
    text += json::serialize(json::value(from)) + ": " + json::serialize(json::value(to));
  }
  return text + "}.get(value) }}";
}

std::string discovery_filter(const Identity& identity, const Settings& settings) {
  return fmt::format("{}/+/{}/+/config", settings.discovery_prefix, node_of(identity));
}

bool is_discovery_topic(std::string_view topic, const Identity& identity, const Settings& settings) {
  return topic.starts_with(settings.discovery_prefix + '/') && topic.ends_with("/config") &&
         topic.find('/' + node_of(identity) + '/') != std::string_view::npos;
}

std::vector<Message> discovery(const Project& project, const Identity& identity, const Settings& settings) {
  Entities entities(project, identity, settings);
  add_zones(entities);
  add_equipment(entities);
  add_programs(entities);
  return entities.take();
}

Entities::Entities(const Project& project, const Identity& identity, const Settings& settings)
    : project_(project), identity_(identity), settings_(settings), node_(node_of(identity)) {
  for (const Area& it : project.areas) ++areas_[it.name];
  for (const candela::Device& it : project.devices) ++devices_[it.name];
}

/// Two bathrooms are told apart by the wing they are in.
std::string Entities::name_of(const Area& area) const {
  const Area* const parent = project_.find(area.parent);
  const bool alone = areas_.find(area.name)->second == 1;
  return alone || parent == nullptr || !parent->parent ? area.name : parent->name + " " + area.name;
}

/// Keypads are often all called "Keypad", or as the room is.
std::string Entities::name_of(const candela::Device& device) const {
  if (areas_.contains(device.name)) return device.name + (device.is_keypad() ? " keypad" : " device");
  const Area* const area = project_.find(device.area);
  const bool alone = devices_.find(device.name)->second == 1;
  return alone || area == nullptr || device.name.starts_with(area->name) ? device.name : area->name + " " + device.name;
}

Entities::Device Entities::of_processor() const {
  const Processor* const processor = project_.processors.empty() ? nullptr : &project_.processors.front();
  json::object document{{"identifiers", json::array{node_}},
                        {"name", project_.name},
                        {"manufacturer", "Candela"},
                        {"model", processor == nullptr ? std::string("Processor") : processor->model},
                        {"sw_version", identity_.version}};
  return {project_.name, project_.name, std::move(document)};
}

Entities::Device Entities::of_area(const Area& area) const {
  if (!area.parent) return of_processor();
  const std::string name = name_of(area);
  json::object document{{"identifiers", json::array{node_ + "_areas_" + area.id}},
                        {"name", name},
                        {"manufacturer", "Candela"},
                        {"model", "Area"},
                        {"suggested_area", name},
                        {"via_device", node_}};
  return {name, area.name, std::move(document)};
}

Entities::Device Entities::of_device(const candela::Device& device) const {
  const Area* const area = project_.find(device.area);
  const std::string name = name_of(device);
  json::object document{{"identifiers", json::array{node_ + "_devices_" + device.id}},
                        {"name", name},
                        {"manufacturer", "Candela"},
                        {"model", device.family.empty() ? std::string("Virtual keypad") : device.family},
                        {"via_device", node_}};
  if (area != nullptr && area->parent) document["suggested_area"] = name_of(*area);
  return {name, device.name, std::move(document)};
}

void Entities::add(std::string_view component, Kind kind, std::string_view id, std::string_view what,
                   const Device& device, std::string_view name, json::object more) {
  if (kind != Kind::house && !is_topic_word(id)) return;
  const std::string object = fmt::format("{}_{}_{}", segment(kind), without_dots(id), what);
  json::object document{{"name", name_within(name, device)},
                        {"unique_id", node_ + "_" + object + "_" + std::string(component)},
                        {"availability_topic", settings_.prefix + "/status"},
                        {"device", device.document},
                        {"origin", {{"name", "Candela"}, {"sw_version", identity_.version}}}};
  for (auto& member : more) document[member.key()] = std::move(member.value());
  documents_.push_back(
      {fmt::format("{}/{}/{}/{}/config", settings_.discovery_prefix, component, node_, object), to_text(document)});
}

}  // namespace candela::servers::mqtt
