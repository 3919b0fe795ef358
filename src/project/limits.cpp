#include <fmt/format.h>

#include <algorithm>
#include <map>
#include <unordered_map>

#include "project/draft.h"
#include "project/values.h"

namespace candela::project {
namespace {

/// What one link carries.
struct Load {
  std::uint32_t devices = 0;
  std::uint32_t zones = 0;
};

std::unordered_map<LinkId, Load> loads_of(const Draft& draft) {
  std::unordered_map<LinkId, Load> loads;
  const Project& project = draft.project;
  for (std::size_t i = 0; i < project.devices.size(); ++i) {
    const Device& device = project.devices[i];
    const Family* family = draft.device_families[i];
    if (device.is_virtual()) continue;
    Load& load = loads[device.link];
    ++load.devices;
    if (family != nullptr && family->counts_all_outputs) load.zones += family->outputs;
  }
  const auto count_bound = [&](const Output& any) {
    const auto* output = std::get_if<DeviceOutput>(&any);
    const Device* device = output != nullptr ? project.find(output->device) : nullptr;
    if (device == nullptr) return;
    const Family* family = draft.device_families[static_cast<std::size_t>(device - project.devices.data())];
    if (family != nullptr && !family->counts_all_outputs) ++loads[device->link].zones;
  };
  for (const Zone& zone : project.zones) {
    count_bound(zone.output);
    for (const Output& other : zone.also) count_bound(other);
  }
  return loads;
}

/// The limits of the link's processor, with what the project says in their place.
LinkLimits limits_of(const Link& link, const Node& node, const ProcessorModel& model, Complaints& complaints) {
  LinkLimits limits = model.limits(link.type);
  const Node* own = node.find("limits");
  if (own == nullptr) return limits;
  if (limits.origin.sure == Origin::Sure::high) {
    complaints.error(own->mark, "link-limits",
                     fmt::format("the limits of model {} are certain: {} devices, {} zones", model.name, limits.devices,
                                 limits.zones),
                     "remove 'limits'; only numbers that the catalogue is not sure of can be replaced");
    return limits;
  }
  limits.devices = static_cast<std::uint32_t>(whole_of(*own, "devices", 1, 254).value_or(limits.devices));
  limits.zones = static_cast<std::uint32_t>(whole_of(*own, "zones", 1, 10000).value_or(limits.zones));
  return limits;
}

void check_link(const Link& link, const Node& node, const ProcessorModel& model, const Load& load,
                const Catalogue& catalogue, Complaints& complaints) {
  const LinkLimits limits = limits_of(link, node, model, complaints);
  const auto complain = [&](std::string_view what, std::uint32_t count, std::uint32_t limit) {
    complaints.error(node.mark, "link-capacity",
                     fmt::format("link '{}' has {} {}, and a {} of model {} carries {}", link.id, count, what,
                                 catalogue.link_type(link.type).title, model.name, limit),
                     fmt::format("move {} {} to another link or processor", count - limit, what));
  };
  if (load.devices > limits.devices) complain("devices", load.devices, limits.devices);
  if (load.zones > limits.zones) complain("zones", load.zones, limits.zones);
}

void check_links(const Draft& draft, const Catalogue& catalogue, Complaints& complaints) {
  const auto loads = loads_of(draft);
  for (std::size_t i = 0; i < draft.project.links.size(); ++i) {
    const Link& link = draft.project.links[i];
    const Processor* processor = draft.project.find(link.processor);
    const ProcessorModel* model = processor != nullptr ? catalogue.find_processor(processor->model) : nullptr;
    const auto load = loads.find(link.number);
    if (model == nullptr) continue;
    check_link(link, *draft.link_nodes[i], *model, load == loads.end() ? Load{} : load->second, catalogue, complaints);
  }
}

void check_link_counts(const Draft& draft, const Catalogue& catalogue, Complaints& complaints) {
  std::unordered_map<ProcessorId, std::uint32_t> counts;
  for (const Link& link : draft.project.links) ++counts[link.processor];
  for (std::size_t i = 0; i < draft.project.processors.size(); ++i) {
    const Processor& processor = draft.project.processors[i];
    const ProcessorModel* model = catalogue.find_processor(processor.model);
    const std::uint32_t count = counts[processor.number];
    if (model == nullptr || count <= model->links) continue;
    complaints.error(
        draft.processor_nodes[i]->mark, "link-count",
        fmt::format("processor '{}' has {} links, and model {} has {}", processor.id, count, model->name, model->links),
        "remove a link, choose another model, or add a processor");
  }
}

/// A device hangs on the kind of link that its family is made for.
void check_link_types(const Draft& draft, const Catalogue& catalogue, Complaints& complaints) {
  for (std::size_t i = 0; i < draft.project.devices.size(); ++i) {
    const Device& device = draft.project.devices[i];
    const Family* family = draft.device_families[i];
    const Link* link = draft.project.find(device.link);
    if (family == nullptr || link == nullptr || family->fits(link->type)) continue;
    complaints.error(
        draft.device_nodes[i]->find("link")->mark, "wrong-link-type",
        fmt::format("'{}' ({}) does not work on a {}", device.id, family->name, catalogue.link_type(link->type).title),
        fmt::format("put it on a {}", catalogue.link_type(family->link_types.front()).title));
  }
}

/// Of some families a link takes only a few.
void check_families(const Draft& draft, Complaints& complaints) {
  std::map<std::pair<LinkId, const Family*>, std::uint32_t> counts;
  for (std::size_t i = 0; i < draft.project.devices.size(); ++i) {
    const Family* family = draft.device_families[i];
    const Link* link = draft.project.find(draft.project.devices[i].link);
    if (family == nullptr || link == nullptr || family->per_link.limit == 0) continue;
    if (++counts[{link->number, family}] != family->per_link.limit + 1) continue;
    complaints.warning(draft.device_nodes[i]->mark, "family-capacity",
                       fmt::format("link '{}' has more than {} devices of the family {}; that may not work everywhere",
                                   link->id, family->per_link.limit, family->name),
                       "move some to another link");
  }
}

void check_ports(const Draft& draft, Complaints& complaints) {
  std::unordered_map<std::string_view, const Link*> owners;
  for (std::size_t i = 0; i < draft.project.links.size(); ++i) {
    const Link& link = draft.project.links[i];
    if (link.driver != LinkDriver::serial || link.port.empty()) continue;
    const auto [owner, is_new] = owners.try_emplace(link.port, &link);
    if (is_new) continue;
    complaints.error(draft.link_nodes[i]->mark, "port-taken",
                     fmt::format("links '{}' and '{}' use the same port {}", owner->second->id, link.id, link.port),
                     "give each link a port of its own");
  }
}

void check_system(const Draft& draft, const Catalogue& catalogue, Complaints& complaints) {
  const Project& project = draft.project;
  const auto check = [&](std::string_view what, std::size_t count, const SystemLimit& limit) {
    if (count <= limit.limit) return;
    complaints.error({}, "system-capacity",
                     fmt::format("the project has {} {}, and a system has at most {}", count, what, limit.limit),
                     "split the project into two systems");
  };
  const auto radio_links = std::count_if(project.links.begin(), project.links.end(),
                                         [](const Link& it) { return it.type == LinkType::clear_connect_a; });
  check("processors", project.processors.size(), catalogue.system.processors);
  check("links", project.links.size(), catalogue.system.links);
  check("Clear Connect Type A links", static_cast<std::size_t>(radio_links), catalogue.system.clear_connect_a_links);
}

/// Nobody has published these for certain, so they are warnings; but a scene's order must fit into its byte.
void check_areas(const Draft& draft, const Catalogue& catalogue, Complaints& complaints) {
  constexpr std::size_t kMostScenes = 255;
  for (std::size_t i = 0; i < draft.project.areas.size(); ++i) {
    const Area& area = draft.project.areas[i];
    const Mark mark = draft.area_nodes[i] != nullptr ? draft.area_nodes[i]->mark : Mark{};
    const auto warn = [&](std::string_view what, std::size_t count, const SystemLimit& limit) {
      if (count <= limit.limit) return;
      complaints.warning(
          mark, "area-capacity",
          fmt::format("area '{}' has {} {}; more than {} may not work everywhere", area.id, count, what, limit.limit),
          "divide it into smaller areas");
    };
    warn("zones", area.zones.size(), catalogue.system.zones_per_area);
    const std::size_t scenes = area.scenes.empty() ? 0 : area.scenes.size() - 1;
    warn("scenes", scenes, catalogue.system.scenes_per_area);
    if (scenes > kMostScenes) {
      complaints.error(mark, "area-capacity", fmt::format("area '{}' has more than {} scenes", area.id, kMostScenes),
                       "divide it into smaller areas");
    }
  }
}

}  // namespace

void check_limits(const Draft& draft, const Catalogue& catalogue, Complaints& complaints) {
  check_link_counts(draft, catalogue, complaints);
  check_links(draft, catalogue, complaints);
  check_link_types(draft, catalogue, complaints);
  check_families(draft, complaints);
  check_ports(draft, complaints);
  check_system(draft, catalogue, complaints);
  check_areas(draft, catalogue, complaints);
}

}  // namespace candela::project
