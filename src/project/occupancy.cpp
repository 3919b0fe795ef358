#include <fmt/format.h>

#include <string>

#include "project/builder.h"
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

}  // namespace candela::project
