#include <fmt/format.h>

#include <array>
#include <unordered_map>

#include "project/draft.h"
#include "project/values.h"

namespace candela::project {
namespace {

/// Serial numbers that are made up begin here; the schema allows only smaller ones in files.
constexpr std::uint32_t kMadeUpSerials = 0xF0000000;

/// The addresses of one link and who has them.
class LinkAddresses {
 public:
  explicit LinkAddresses(const LinkTypeFacts& link_type) : link_type_(link_type) {}

  const AddressRange& range(const Family& family) const {
    return family.kind == Family::Kind::repeater ? link_type_.repeaters : link_type_.addresses;
  }
  const LinkTypeFacts& link_type() const { return link_type_; }
  /// The device that has the address already, or nullptr.
  const Device* take(const Device& device) {
    const Device*& owner = owners_[device.address];
    if (owner == nullptr) {
      owner = &device;
      return nullptr;
    }
    return owner;
  }
  /// The lowest free address for this family; 0 = none is free.
  std::uint8_t free(const Family& family) const {
    const AddressRange& range_of_family = range(family);
    if (range_of_family.first == 0) return 0;
    for (unsigned address = range_of_family.first; address <= range_of_family.last; ++address) {
      if (owners_[address] == nullptr) return static_cast<std::uint8_t>(address);
    }
    return 0;
  }
  /// True once: a full link is complained about at its first device without an address only.
  bool first_failure() { return std::exchange(first_failure_, false); }

 private:
  const LinkTypeFacts& link_type_;
  std::array<const Device*, 256> owners_{};
  bool first_failure_ = true;
};

void take_written_address(const Device& device, const Family& family, const Node& node, LinkAddresses& addresses,
                          Complaints& complaints) {
  const Mark mark = node.find("address")->mark;
  const AddressRange& range = addresses.range(family);
  if (!range.has(device.address)) {
    complaints.error(
        mark, "device-address",
        fmt::format("address {} is not for '{}' on a {}", device.address, device.id, addresses.link_type().title),
        fmt::format("choose {} to {}, or leave it out", range.first, range.last));
  } else if (const Device* owner = addresses.take(device)) {
    complaints.error(mark, "duplicate-address",
                     fmt::format("'{}' and '{}' have the address {} on one link", owner->id, device.id, device.address),
                     "change one of them, or leave it out");
  }
}

void give_serials(Draft& draft, Complaints& complaints) {
  std::unordered_map<std::uint32_t, const Device*> owners;
  for (std::size_t i = 0; i < draft.project.devices.size(); ++i) {
    Device& device = draft.project.devices[i];
    if (device.serial == 0) {
      const Link* link = draft.project.find(device.link);
      if (link != nullptr && link->driver == LinkDriver::serial) {
        complaints.warning(draft.device_nodes[i]->mark, "missing-serial",
                           fmt::format("'{}' is on a real link and has no serial number", device.id),
                           "add 'serial', as printed on the device");
      }
      device.serial = kMadeUpSerials | device.number.value;
      continue;
    }
    const auto [owner, is_new] = owners.try_emplace(device.serial, &device);
    if (is_new) continue;
    complaints.error(draft.device_nodes[i]->find("serial")->mark, "duplicate-serial",
                     fmt::format("'{}' and '{}' have the same serial number", owner->second->id, device.id),
                     "look at the number printed on each device");
  }
}

}  // namespace

void give_addresses(Draft& draft, const Catalogue& catalogue, Complaints& complaints) {
  std::unordered_map<LinkId, LinkAddresses> links;
  for (const Link& link : draft.project.links) links.try_emplace(link.number, catalogue.link_type(link.type));
  const auto for_each_on_a_link = [&](auto visit) {
    for (std::size_t i = 0; i < draft.project.devices.size(); ++i) {
      Device& device = draft.project.devices[i];
      const Family* family = draft.device_families[i];
      const auto link = links.find(device.link);
      if (family != nullptr && link != links.end()) visit(device, *family, *draft.device_nodes[i], link->second);
    }
  };
  for_each_on_a_link([&](Device& device, const Family& family, const Node& node, LinkAddresses& addresses) {
    if (device.address != 0) take_written_address(device, family, node, addresses, complaints);
  });
  for_each_on_a_link([&](Device& device, const Family& family, const Node& node, LinkAddresses& addresses) {
    if (device.address != 0) return;
    device.address = addresses.free(family);
    if (device.address != 0) {
      addresses.take(device);
    } else if (addresses.range(family).first != 0 && addresses.first_failure()) {
      const AddressRange& range = addresses.range(family);
      complaints.error(node.mark, "link-addresses",
                       fmt::format("no address is left for '{}' on its {}: {} to {} are taken", device.id,
                                   addresses.link_type().title, range.first, range.last),
                       "move devices to another link");
    }
  });
  give_serials(draft, complaints);
}

}  // namespace candela::project
