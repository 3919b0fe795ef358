#include <fmt/format.h>

#include <array>
#include <map>
#include <tuple>
#include <unordered_map>

#include "project/draft.h"

namespace candela::project {
namespace {

constexpr std::size_t kSlots = 512;
using Universe = std::array<const Zone*, kSlots + 1>;  ///< who has each slot; slots begin at 1

void check_device_outputs(const Draft& draft, Complaints& complaints) {
  std::map<std::pair<DeviceId, std::uint8_t>, const Zone*> owners;
  for (std::size_t i = 0; i < draft.project.zones.size(); ++i) {
    const Zone& zone = draft.project.zones[i];
    const auto* output = std::get_if<DeviceOutput>(&zone.output);
    if (output == nullptr) continue;
    const auto [owner, is_new] = owners.try_emplace({output->device, output->output}, &zone);
    if (is_new) continue;
    complaints.error(draft.zone_nodes[i]->find("output")->mark, "output-taken",
                     fmt::format("output {} of '{}' lights both '{}' and '{}'", output->output,
                                 draft.project.find(output->device)->id, owner->second->id, zone.id),
                     "choose another output for one of them");
  }
}

void check_slots(const Draft& draft, Complaints& complaints) {
  std::unordered_map<GatewayId, Universe> universes;
  for (std::size_t i = 0; i < draft.project.zones.size(); ++i) {
    const Zone& zone = draft.project.zones[i];
    const auto* output = std::get_if<DmxOutput>(&zone.output);
    if (output == nullptr) continue;
    Universe& universe = universes[output->gateway];
    const Zone* other = nullptr;
    for (std::size_t slot = output->slot; slot <= output->slot + (output->sixteen_bit ? 1U : 0U); ++slot) {
      if (universe[slot] != nullptr && other == nullptr) {
        other = universe[slot];
        complaints.error(draft.zone_nodes[i]->find("output")->mark, "slot-taken",
                         fmt::format("slot {} of '{}' belongs to both '{}' and '{}'", slot,
                                     draft.project.find(output->gateway)->id, other->id, zone.id),
                         "choose other slots for one of them; 16 bits take two");
      }
      universe[slot] = &zone;
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

void check_outputs(const Draft& draft, Complaints& complaints) {
  check_device_outputs(draft, complaints);
  check_slots(draft, complaints);
  check_universes(draft, complaints);
}

}  // namespace candela::project
