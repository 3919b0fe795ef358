#include <fmt/format.h>

#include <string>

#include "project/builder.h"
#include "project/loads.h"
#include "project/values.h"

namespace candela::project {
namespace {

constexpr std::int64_t kLastSlot = 512;

}  // namespace

void Builder::fill_outputs(const Node& node, Zone& zone) {
  const Node* output = node.find("output");
  if (output == nullptr) {
    complaints_.warning(node.mark, "unbound-zone", fmt::format("zone '{}' has no output", zone.id),
                        "add 'output' to light something with it");
  } else {
    zone.output = output_of(*output, zone);
  }
  const std::vector<Node>& others = node.list_of("also");
  for (const Node& other : others) {
    Output also = output_of(other, zone);
    if (!std::holds_alternative<std::monostate>(also)) zone.also.push_back(also);
  }
  if (output == nullptr && !others.empty()) {
    complaints_.error(others.front().mark, "output-form", fmt::format("'{}' has 'also' and no 'output'", zone.id),
                      "write its first output as 'output'");
  }
}

Output Builder::output_of(const Node& output, const Zone& zone) {
  if (!output.is_map()) return {};
  const bool on_device = output.find("device") != nullptr;
  const bool on_gateway = output.find("gateway") != nullptr;
  const bool has_slot =
      output.find("slot") != nullptr || output.find("bits") != nullptr || output.find("channels") != nullptr;
  const bool mixed = on_device ? has_slot : output.find("output") != nullptr;
  if (on_device == on_gateway || mixed) {
    complaints_.error(output.mark, "output-form",
                      fmt::format("the output of '{}' is neither a device's nor a gateway's", zone.id),
                      "write {device: ..., output: ...} or {gateway: ..., slot: ..., bits: ..., channels: ...}");
    return {};
  }
  return on_device ? device_output(output, zone) : dmx_output(output, zone);
}

Output Builder::device_output(const Node& output, const Zone& zone) {
  const Names::Named* named = reference(output, "device", ObjectKind::device);
  if (named == nullptr) return {};
  const Device& device = project().devices[named->index];
  const Family* family = draft_.device_families[named->index];
  const Node* which = output.find("output");
  if (which == nullptr && device.outputs > 1) {
    complaints_.error(output.mark, "output-form", fmt::format("the output of '{}' has no number", zone.id),
                      fmt::format("add 'output', 1 to {}", device.outputs));
    return {};
  }
  const auto number = which == nullptr ? std::optional<std::int64_t>(1) : whole_of(output, "output", 1, 255);
  if (!number || family == nullptr) return {};
  const Mark mark = which != nullptr ? which->mark : output.mark;
  if (*number > device.outputs) {
    complaints_.error(
        mark, "output-range",
        fmt::format("'{}' ({}) has {} outputs, not {}", device.id, family->name, device.outputs, *number),
        device.outputs == 0 ? "choose a device with outputs" : fmt::format("choose 1 to {}", device.outputs));
    return {};
  }
  if (!family->takes(zone.load)) {
    const std::string loads = words_for(family->loads);
    complaints_.error(mark, "output-load",
                      fmt::format("'{}' ({}) drives {}, and zone '{}' is {}", device.id, family->name, loads, zone.id,
                                  word_for(zone.load)),
                      fmt::format("write load: {}, or choose an output of another device", loads));
  }
  return DeviceOutput{device.number, static_cast<std::uint8_t>(*number)};
}

Output Builder::dmx_output(const Node& output, const Zone& zone) {
  const Names::Named* named = reference(output, "gateway", ObjectKind::gateway);
  if (named == nullptr) return {};
  const Node* slot_node = output.find("slot");
  const auto slot = whole_of(output, "slot", 1, kLastSlot);
  if (slot_node == nullptr) {
    complaints_.error(output.mark, "output-form", fmt::format("the output of '{}' has no slot", zone.id),
                      "add 'slot', 1 to 512");
  }
  if (!slot) return {};
  DmxOutput result{project().gateways[named->index].number, static_cast<std::uint16_t>(*slot)};
  result.sixteen_bit = whole_of(output, "bits", 8, 16).value_or(8) == 16;
  result.channels = channels_named(output.text_of("channels")).value_or(usual_channels(zone.load));
  if (!can_show(result.channels, zone.load)) {
    complain_of_channels(output, zone, result.channels);
    return {};
  }
  const auto slots = static_cast<std::int64_t>(slot_count(result));
  if (*slot + slots - 1 > kLastSlot) {
    complaints_.error(slot_node->mark, "output-range",
                      fmt::format("the output of '{}' takes {} slots, and {} is the last", zone.id, slots, kLastSlot),
                      fmt::format("choose 1 to {}", kLastSlot - slots + 1));
    return {};
  }
  return result;
}

void Builder::complain_of_channels(const Node& output, const Zone& zone, Channels channels) {
  const bool is_light = is_dimmed(zone.load) || zone.load == LoadType::switched;
  if (!is_light) {
    complaints_.error(output.mark, "output-load",
                      fmt::format("DMX drives lights, and zone '{}' is {}", zone.id, word_for(zone.load)),
                      "choose an output of a device");
    return;
  }
  complaints_.error(
      output.find("channels") != nullptr ? output.find("channels")->mark : output.mark, "output-channels",
      fmt::format("{} channels do not suit '{}', whose load is {}", word_for(channels), zone.id, word_for(zone.load)),
      "dimmed and switched loads have intensity; white tuning and warm dim warm_cool, rgb or rgbw; spectrum rgb or "
      "rgbw");
}

}  // namespace candela::project
