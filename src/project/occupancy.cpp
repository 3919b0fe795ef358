#include <fmt/format.h>

#include <algorithm>
#include <string>

#include "project/builder.h"
#include "project/loads.h"
#include "project/values.h"

namespace candela::project {

/// An area has one group at most, so that the area's id says which group is meant.
void Builder::make_occupancy_group(const Node& area_node, std::uint32_t area_index) {
  const Node* node = area_node.find("occupancy");
  if (node == nullptr || !node->is_map()) return;
  const Area& area = project().areas[area_index];
  const auto index = static_cast<std::uint32_t>(project().occupancy_groups.size());
  if (!occupancy_of_area_.try_emplace(area.number, index).second) return;
  OccupancyGroup group;
  group.id = area.id;
  group.number = {number("occupancy_group", group.id)};
  group.name = node->find("name") != nullptr ? std::string(node->text_of("name")) : area.name;
  group.area = area.number;
  project().occupancy_groups.push_back(std::move(group));
  draft_.occupancy_nodes.push_back(node);
}

const OccupancyGroup* Builder::occupancy_group(const Node& reference) {
  if (!reference.is_scalar() || reference.text.empty()) return nullptr;
  const Names::Named* named = names_.resolve(reference.text, ObjectKind::area, reference.mark);
  if (named == nullptr) return nullptr;
  const auto found = occupancy_of_area_.find(project().areas[named->index].number);
  if (found != occupancy_of_area_.end()) return &project().occupancy_groups[found->second];
  complaints_.error(reference.mark, "no-occupancy", fmt::format("area '{}' has no occupancy", reference.text),
                    "add 'occupancy' to that area, with the sensors that tell of people in it");
  return nullptr;
}

void Builder::make_partitions() {
  for (const Node& node : root_.list_of("partitions")) {
    if (!declare(node, ObjectKind::partition, project().partitions.size())) continue;
    Partition partition;
    partition.id = node.text_of("id");
    partition.name = name_of(node);
    project().partitions.push_back(std::move(partition));
    draft_.partition_nodes.push_back(&node);
  }
}

void Builder::fill_occupancy() {
  for (std::size_t i = 0; i < project().occupancy_groups.size(); ++i) {
    fill_occupancy_group(*draft_.occupancy_nodes[i], project().occupancy_groups[i]);
  }
  for (std::size_t i = 0; i < project().occupancy_groups.size(); ++i) {
    warn_of_silence(*draft_.occupancy_nodes[i], project().occupancy_groups[i]);
    warn_of_haste(*draft_.occupancy_nodes[i], project().occupancy_groups[i]);
  }
}

void Builder::fill_occupancy_group(const Node& node, OccupancyGroup& group) {
  const std::string_view mode = node.text_of("mode");
  if (mode == "vacancy") group.mode = OccupancyMode::vacancy;
  if (mode == "automatic_low_light") group.mode = OccupancyMode::automatic_low_light;
  if (mode == "disabled") group.mode = OccupancyMode::disabled;
  constexpr std::int64_t kMostLux = 65535;
  group.timeout = duration_of(node, "timeout").value_or(group.timeout);
  group.dark_below = static_cast<std::uint16_t>(whole_of(node, "dark_below", 1, kMostLux).value_or(group.dark_below));
  fill_sensors(node, group);
  fill_contacts(node, group);
  fill_parent(node, group);
  group.occupied = occupancy_preset(node, "occupied", group.area);
  group.unoccupied = occupancy_preset(node, "unoccupied", group.area);
}

void Builder::fill_sensors(const Node& node, OccupancyGroup& group) {
  bool senses_light = false;
  for (const Node& item : node.list_of("sensors")) {
    const Names::Named* named = item.is_scalar() ? names_.resolve(item.text, ObjectKind::device, item.mark) : nullptr;
    if (named == nullptr) continue;
    const Device& device = project().devices[named->index];
    senses_light |= device.senses_light;
    if (device.senses_occupancy || device.senses_light) {
      group.sensors.push_back(device.number);
    } else {
      complaints_.error(item.mark, "not-a-sensor", fmt::format("'{}' ({}) is no sensor", device.id, device.family),
                        "write a sensor; contacts that tell of people are in 'contacts'");
    }
  }
  if (group.mode == OccupancyMode::automatic_low_light && !senses_light) {
    complaints_.error(node.mark, "low-light", fmt::format("no sensor of '{}' knows how dark it is", group.id),
                      "add a sensor that senses light, or let the mode be automatic");
  }
}

void Builder::fill_contacts(const Node& node, OccupancyGroup& group) {
  for (const Node& item : node.list_of("contacts")) {
    if (const Button* input = contact_input(item)) group.contacts.push_back(input->number);
  }
}

const Button* Builder::contact_input(const Node& reference) {
  if (!reference.is_scalar() || reference.text.empty()) return nullptr;
  const Names::Named* named = names_.resolve(reference.text, ObjectKind::button, reference.mark);
  if (named == nullptr) return nullptr;
  const Button& button = project().buttons[named->index];
  if (button.contact) return &button;
  complaints_.error(reference.mark, "not-a-contact", fmt::format("'{}' is a button and no contact input", button.id),
                    "write one of the 'inputs' of a device");
  return nullptr;
}

/// Only groups of areas around this one, so that no group can be its own parent.
void Builder::fill_parent(const Node& node, OccupancyGroup& group) {
  const Node* reference = node.find("parent");
  if (reference == nullptr) return;
  const OccupancyGroup* parent = occupancy_group(*reference);
  if (parent == nullptr) return;
  if (parent->area != group.area && is_within(group.area, parent->area)) {
    group.parent = parent->number;
    return;
  }
  complaints_.error(reference->mark, "occupancy-parent",
                    fmt::format("'{}' is not within '{}', whose occupancy it shall be part of", group.id, parent->id),
                    "write an area around this one");
}

/// A sensor says "nobody" when it has seen nobody for some minutes by itself; a contact says so as soon as it opens.
void Builder::warn_of_haste(const Node& node, const OccupancyGroup& group) {
  const Node* timeout = node.find("timeout");
  if (timeout == nullptr || group.timeout > Duration::zero() || group.contacts.empty()) return;
  complaints_.warning(
      timeout->mark, "no-timeout",
      fmt::format("'{}' is unoccupied as soon as a contact opens: contacts have no timeout of their own", group.id),
      "write how long nobody must be there, such as 5m");
}

void Builder::warn_of_silence(const Node& node, const OccupancyGroup& group) {
  const auto& groups = project().occupancy_groups;
  const bool has_children =
      std::any_of(groups.begin(), groups.end(), [&](const OccupancyGroup& it) { return it.parent == group.number; });
  if (!group.sensors.empty() || !group.contacts.empty() || has_children) return;
  complaints_.warning(node.mark, "silent-occupancy", fmt::format("nothing tells whether somebody is in '{}'", group.id),
                      "add 'sensors' or 'contacts', or let groups within it have it as 'parent'");
}

OccupancyPreset Builder::occupancy_preset(const Node& node, std::string_view key, AreaId area) {
  const Node* written = node.find(key);
  if (written == nullptr || !written->is_map()) return {};
  OccupancyPreset result;
  result.preset = preset(*written, area);
  result.from = time_of(*written, "from");
  result.to = time_of(*written, "to");
  result.modes = modes_of(*written);
  const bool is_half = (written->find("from") == nullptr) != (written->find("to") == nullptr);
  if (is_half) {
    complaints_.error(written->mark, "time-window", "'from' and 'to' belong together",
                      "write both, or neither for the whole day");
  }
  if (result.preset.empty()) {
    complaints_.warning(written->mark, "empty-preset", fmt::format("'{}' does nothing", key),
                        "add 'zones', 'scenes' or 'actions', or remove it");
  }
  return result;
}

void Builder::fill_partitions() {
  for (std::size_t i = 0; i < project().partitions.size(); ++i) {
    const Node& node = *draft_.partition_nodes[i];
    Partition& partition = project().partitions[i];
    for (const Node& item : node.list_of("areas")) {
      if (const OccupancyGroup* group = occupancy_group(item)) partition.areas.push_back(group->area);
    }
    const Node* contact = node.find("contact");
    const Button* input = contact != nullptr ? contact_input(*contact) : nullptr;
    if (input != nullptr) partition.contact = input->number;
  }
}

void Builder::fill_away() {
  const Node* node = root_.find("away");
  if (node == nullptr || !node->is_map()) return;
  AwaySettings& away = project().away;
  if (node->text_of("method") == "random") away.method = AwaySettings::Method::random;
  if (const Node* zones = node->find("zones"); zones != nullptr && zones->is_list()) away.zones = away_zones(*zones);
  away.from = time_of(*node, "from").value_or(away.from);
  away.to = time_of(*node, "to").value_or(away.to);
  constexpr std::int64_t kMostSeed = 0xFFFFFFFF;
  away.seed = static_cast<std::uint32_t>(whole_of(*node, "seed", 0, kMostSeed).value_or(away.seed));
  if (const Names::Named* mode = reference(*node, "mode", ObjectKind::mode)) {
    away.mode = project().modes[mode->index].number;
  }
  if (away.from == away.to) {
    complaints_.error(node->mark, "time-window", "away begins and ends at the same time", "let 'to' be another time");
  }
}

/// Lights by themselves, or all lights of an area and of those within it.
std::vector<ZoneId> Builder::away_zones(const Node& list) {
  std::vector<ZoneId> zones;
  const auto is_light = [](const Zone& zone) { return is_dimmed(zone.load) || zone.load == LoadType::switched; };
  for (const Node& item : list.items) {
    if (!item.is_scalar()) continue;
    const Names::Named* named = names_.find(item.text);
    if (named != nullptr && named->kind == ObjectKind::area) {
      if (!take_programmed(project().zones.size(), item.mark)) break;
      const AreaId area = project().areas[named->index].number;
      for (const Zone& zone : project().zones) {
        if (is_light(zone) && is_within(zone.area, area)) zones.push_back(zone.number);
      }
    } else if ((named = names_.resolve(item.text, ObjectKind::zone, item.mark)) != nullptr) {
      const Zone& zone = project().zones[named->index];
      if (is_light(zone)) {
        zones.push_back(zone.number);
      } else {
        complaints_.error(item.mark, "not-a-light", fmt::format("zone '{}' is {}", zone.id, word_for(zone.load)),
                          "write lights only");
      }
    }
  }
  std::sort(zones.begin(), zones.end());
  zones.erase(std::unique(zones.begin(), zones.end()), zones.end());
  return zones;
}

}  // namespace candela::project
