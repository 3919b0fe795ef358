#pragma once

#include <optional>
#include <string_view>
#include <vector>

#include "model/numbering.h"
#include "model/project.h"
#include "project/catalogue.h"
#include "project/complaints.h"
#include "project/tree.h"

namespace candela::project {

/// A project in the making, with the place in the files of each of its objects: zone_nodes[i] is where zones[i] is
/// written. A scene that is not written (an area's off scene) has a nullptr.
struct Draft {
  Project project;
  std::vector<const Node*> processor_nodes;
  std::vector<const Node*> link_nodes;
  std::vector<const Node*> gateway_nodes;
  std::vector<const Node*> area_nodes;  ///< nullptr for the root
  std::vector<const Node*> zone_nodes;
  std::vector<const Node*> scene_nodes;
  std::vector<const Node*> device_nodes;
  std::vector<const Node*> button_nodes;
  std::vector<const Node*> sequence_nodes;
  std::vector<const Node*> holidays_nodes;
  std::vector<const Node*> timeclock_nodes;
  std::vector<const Node*> timeclock_event_nodes;
  std::vector<const Node*> occupancy_nodes;  ///< what is written under the area's `occupancy`
  std::vector<const Node*> partition_nodes;
  std::vector<const Node*> show_nodes;
  std::vector<const Node*> facade_nodes;
  std::vector<const Family*> device_families;  ///< nullptr when the catalogue does not know it
};

/// Makes the objects of a project and joins them by their ids, complaining about what does not fit together. Takes any
/// tree: what the schema has complained about is passed over. Each object gets its number from `numbering`.
Draft build(const Node& root, const Catalogue& catalogue, Numbering& numbering, Complaints& complaints);

/// Gives each device without an address or a serial number one, and complains about those that cannot be.
void give_addresses(Draft& draft, const Catalogue& catalogue, Complaints& complaints);

/// Complains about what no home of this hardware can have: limits of links and of the system, outputs and slots used
/// twice, and about what is likely a mistake.
void check_limits(const Draft& draft, const Catalogue& catalogue, Complaints& complaints);
void check_outputs(const Draft& draft, const Catalogue& catalogue, Complaints& complaints);
void check_plan(const Draft& draft, Complaints& complaints);

/// Complains about programs that begin each other in a ring without any time passing: an error when nothing can break
/// the ring, a warning when a condition, an LED or a running sequence may. Needs the project's index.
void check_loops(const Draft& draft, Complaints& complaints);

}  // namespace candela::project
