#include <fmt/format.h>

#include <algorithm>
#include <array>
#include <map>
#include <tuple>
#include <unordered_map>

#include "project/draft.h"
#include "project/loads.h"

namespace candela::project {
namespace {

constexpr std::size_t kSlots = 512;
using Universe = std::array<const Zone*, kSlots + 1>;  ///< who has each slot; slots begin at 1

/// Calls `visit` with each output of each zone and the place where it is written.
template <class Visit>
void for_each_output(const Draft& draft, Visit visit) {
  for (std::size_t i = 0; i < draft.project.zones.size(); ++i) {
    const Zone& zone = draft.project.zones[i];
    const Node& node = *draft.zone_nodes[i];
    const Node* output = node.find("output");
    if (output != nullptr) visit(zone, zone.output, output->mark);
    const Node* also = node.find("also");
    for (const Output& other : zone.also) visit(zone, other, also->mark);
  }
}

void check_device_outputs(const Draft& draft, Complaints& complaints) {
  std::map<std::pair<DeviceId, std::uint8_t>, const Zone*> owners;
  for_each_output(draft, [&](const Zone& zone, const Output& any, Mark mark) {
    const auto* output = std::get_if<DeviceOutput>(&any);
    if (output == nullptr) return;
    const auto [owner, is_new] = owners.try_emplace({output->device, output->output}, &zone);
    if (is_new) return;
    complaints.error(mark, "output-taken",
                     fmt::format("output {} of '{}' lights both '{}' and '{}'", output->output,
                                 draft.project.find(output->device)->id, owner->second->id, zone.id),
                     "choose another output for one of them");
  });
}

void check_slots(const Draft& draft, Complaints& complaints) {
  std::unordered_map<GatewayId, Universe> universes;
  for_each_output(draft, [&](const Zone& zone, const Output& any, Mark mark) {
    const auto* output = std::get_if<DmxOutput>(&any);
    if (output == nullptr) return;
    Universe& universe = universes[output->gateway];
    const Zone* other = nullptr;
    const std::size_t end = std::min(output->slot + slot_count(*output), universe.size());
    for (std::size_t slot = output->slot; slot < end; ++slot) {
      if (universe[slot] != nullptr && other == nullptr) {
        other = universe[slot];
        complaints.error(mark, "slot-taken",
                         fmt::format("slot {} of '{}' belongs to both '{}' and '{}'", slot,
                                     draft.project.find(output->gateway)->id, other->id, zone.id),
                         "choose other slots for one of them; 16 bits and colours take several");
      }
      universe[slot] = &zone;
    }
  });
}

/// How an output behaves while it fades: by the family of its device, or by its channels.
std::string_view nature_of(const Draft& draft, const Output& any) {
  if (const auto* output = std::get_if<DeviceOutput>(&any)) return draft.project.find(output->device)->family;
  if (const auto* output = std::get_if<DmxOutput>(&any)) return word_for(output->channels);
  return {};
}

/// Lamps of one zone on unlike outputs dim differently, and people see it.
void check_groups(const Draft& draft, const Catalogue& catalogue, Complaints& complaints) {
  const std::uint32_t limit = catalogue.system.outputs_per_zone.limit;
  for (std::size_t i = 0; i < draft.project.zones.size(); ++i) {
    const Zone& zone = draft.project.zones[i];
    if (zone.also.empty()) continue;
    const Mark mark = draft.zone_nodes[i]->find("also")->mark;
    const std::string_view first = nature_of(draft, zone.output);
    const auto unlike = std::find_if(zone.also.begin(), zone.also.end(),
                                     [&](const Output& it) { return nature_of(draft, it) != first; });
    if (unlike != zone.also.end() && !first.empty()) {
      complaints.warning(
          mark, "unlike-outputs",
          fmt::format("the outputs of '{}' are unlike: {} and {}", zone.id, first, nature_of(draft, *unlike)),
          "use outputs of one kind, or a zone for each");
    }
    if (zone.also.size() + 1 > limit) {
      complaints.warning(mark, "zone-capacity",
                         fmt::format("zone '{}' has {} outputs; more than {} may not work everywhere", zone.id,
                                     zone.also.size() + 1, limit),
                         "divide it into several zones");
    }
  }
}

/// Two gateways that send one universe to one place would fight each other.
void check_universes(const Draft& draft, Complaints& complaints) {
  std::map<std::tuple<std::uint16_t, std::string_view>, const Gateway*> owners;
  for (std::size_t i = 0; i < draft.project.gateways.size(); ++i) {
    const Gateway& gateway = draft.project.gateways[i];
    const auto [owner, is_new] = owners.try_emplace({gateway.sacn.universe, gateway.sacn.destination}, &gateway);
    if (is_new) continue;
    complaints.error(draft.gateway_nodes[i]->mark, "universe-taken",
                     fmt::format("gateways '{}' and '{}' both send universe {}", owner->second->id, gateway.id,
                                 gateway.sacn.universe),
                     "give one of them another universe");
  }
}

}  // namespace

void check_outputs(const Draft& draft, const Catalogue& catalogue, Complaints& complaints) {
  check_groups(draft, catalogue, complaints);
  check_device_outputs(draft, complaints);
  check_slots(draft, complaints);
  check_universes(draft, complaints);
}

}  // namespace candela::project
