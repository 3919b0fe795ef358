#include <fmt/format.h>

#include <algorithm>
#include <filesystem>
#include <system_error>

#include "project/builder.h"
#include "project/values.h"

namespace candela::project {
namespace {

/// Where Linux keeps the rules of all time zones.
constexpr const char* kZoneInfo = "/usr/share/zoneinfo";

bool looks_like_time_zone(std::string_view name) {
  const auto is_allowed = [](char c) {
    return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || (c >= '0' && c <= '9') || c == '_' || c == '-' ||
           c == '+' || c == '/';
  };
  return !name.empty() && name.front() != '/' && name.back() != '/' &&
         std::all_of(name.begin(), name.end(), is_allowed);
}

/// A machine without time zones (a small container) knows none; there the form must do.
bool is_time_zone(std::string_view name) {
  namespace fs = std::filesystem;
  std::error_code ignored;
  if (!looks_like_time_zone(name)) return false;
  if (!fs::is_directory(kZoneInfo, ignored)) return true;
  return fs::is_regular_file(fs::path(kZoneInfo) / name, ignored);
}

template <class Word>
Word word_of(const Node& map, std::string_view key, Word otherwise, std::string_view name, Word word) {
  return map.text_of(key) == name ? word : otherwise;
}

template <class Named>
std::vector<std::string_view> names_of(const std::vector<Named>& all) {
  std::vector<std::string_view> names;
  for (const Named& it : all) names.emplace_back(it.name);
  return names;
}

}  // namespace

void Builder::fill_home() {
  if (const Node* location = root_.find("location")) {
    project().location.latitude = number_of(*location, "latitude").value_or(0);
    project().location.longitude = number_of(*location, "longitude").value_or(0);
    const Node* zone = location->find("time_zone");
    if (zone != nullptr && zone->is_scalar()) {
      project().location.time_zone = zone->text;
      if (!is_time_zone(zone->text)) {
        complaints_.error(zone->mark, "time-zone", fmt::format("'{}' is not a time zone", zone->text),
                          "write an IANA name such as Europe/Stockholm or America/New_York");
      }
    }
  }
  if (const Node* plan = root_.find("floor_plan")) {
    project().plan_size = {number_of(*plan, "width").value_or(0), number_of(*plan, "height").value_or(0)};
  }
}

void Builder::fill_processors() {
  for (std::size_t i = 0; i < project().processors.size(); ++i) {
    const Node& node = *draft_.processor_nodes[i];
    Processor& processor = project().processors[i];
    processor.area = project().areas[area_index(node)].number;
    processor.model = node.text_of("model");
    if (processor.model.empty() || catalogue_.find_processor(processor.model) != nullptr) continue;
    complaints_.error(node.find("model")->mark, "unknown-model",
                      fmt::format("there is no processor '{}'", processor.model),
                      "the models are " + alternatives(names_of(catalogue_.processors)));
  }
}

void Builder::fill_links() {
  for (std::size_t i = 0; i < project().links.size(); ++i) {
    const Node& node = *draft_.link_nodes[i];
    Link& link = project().links[i];
    link.type = word_of(node, "type", LinkType::qs_wired, "clear_connect_a", LinkType::clear_connect_a);
    link.driver = word_of(node, "driver", LinkDriver::simulated, "serial", LinkDriver::serial);
    link.port = node.text_of("port");
    link.baud = static_cast<std::uint32_t>(whole_of(node, "baud", 1, 10'000'000).value_or(link.baud));
    if (link.driver == LinkDriver::serial && link.port.empty()) {
      complaints_.error(node.mark, "link-port", fmt::format("the serial link '{}' has no port", link.id),
                        "add 'port', such as /dev/ttyUSB0");
    }
  }
}

void Builder::fill_gateways() {
  for (std::size_t i = 0; i < project().gateways.size(); ++i) {
    const Node& node = *draft_.gateway_nodes[i];
    SacnSettings& sacn = project().gateways[i].sacn;
    sacn.universe = static_cast<std::uint16_t>(whole_of(node, "universe", 1, 63999).value_or(1));
    sacn.priority = static_cast<std::uint8_t>(whole_of(node, "priority", 0, 200).value_or(sacn.priority));
    sacn.destination = node.text_of("destination");
    sacn.interface = node.text_of("interface");
    for (const char* key : {"destination", "interface"}) {
      const Node* address = node.find(key);
      if (address == nullptr || !address->is_scalar() || is_ipv4(address->text)) continue;
      complaints_.error(address->mark, "bad-address", fmt::format("'{}' is not an IPv4 address", address->text),
                        "write four numbers such as 192.168.1.20");
    }
  }
}

void Builder::fill_devices() {
  for (std::size_t i = 0; i < project().devices.size(); ++i) {
    const Node& node = *draft_.device_nodes[i];
    Device& device = project().devices[i];
    const std::uint32_t area = device.is_keypad() ? index_of(device.area) : area_index(node);
    device.area = project().areas[area].number;
    project().areas[area].devices.push_back(device.number);
    device.family = node.text_of("family");
    device.serial = static_cast<std::uint32_t>(whole_of(node, "serial", 1, 0xFFFFFFFF).value_or(0));
    device.address = static_cast<std::uint8_t>(whole_of(node, "address", 1, 254).value_or(0));
    device.position = point_of(node, "at");
    if (const Names::Named* link = reference(node, "link", ObjectKind::link)) {
      device.link = project().links[link->index].number;
    }
    const Family* family = catalogue_.find_family(device.family);
    draft_.device_families.push_back(family);
    if (device.family.empty()) continue;
    const Mark mark = node.find("family")->mark;
    if (family == nullptr) {
      const std::string near = did_you_mean(device.family, names_of(catalogue_.families));
      complaints_.error(mark, "unknown-family", fmt::format("the catalogue has no device family '{}'", device.family),
                        near.empty() ? "see catalogue/devices.yaml" : near);
      continue;
    }
    device.outputs = family->outputs;
    device.integration_type = family->leap.device_type;
    if (device.is_keypad() != (family->kind == Family::Kind::keypad)) {
      complaints_.error(
          mark, "keypad-family", fmt::format("'{}' is {}a keypad", family->name, device.is_keypad() ? "not " : ""),
          device.is_keypad() ? "move it to the devices of the project" : "move it to the keypads of the area it is in");
    }
  }
}

void Builder::fill_zones() {
  for (std::size_t i = 0; i < project().zones.size(); ++i) {
    const Node& node = *draft_.zone_nodes[i];
    Zone& zone = project().zones[i];
    zone.load = word_of(node, "load", LoadType::dimmed, "switched", LoadType::switched);
    zone.fade = duration_of(node, "fade").value_or(zone.fade);
    zone.position = point_of(node, "at");
    fill_trims(node, zone);
    fill_output(node, zone);
  }
}

void Builder::fill_trims(const Node& node, Zone& zone) {
  const Node* trims = node.find("trims");
  if (trims == nullptr) return;
  const double low = number_of(*trims, "low").value_or(0);
  const double high = number_of(*trims, "high").value_or(100);
  if (low >= high) {
    complaints_.error(trims->mark, "trims",
                      fmt::format("the low trim of '{}' ({}) is not below the high trim ({})", zone.id, low, high),
                      "set low below high");
    return;
  }
  zone.trims = {Level::from_percent(low), Level::from_percent(high)};
}

void Builder::fill_output(const Node& node, Zone& zone) {
  const Node* output = node.find("output");
  if (output == nullptr) {
    complaints_.warning(node.mark, "unbound-zone", fmt::format("zone '{}' has no output", zone.id),
                        "add 'output' to light something with it");
    return;
  }
  if (!output->is_map()) return;
  const bool on_device = output->find("device") != nullptr;
  const bool on_gateway = output->find("gateway") != nullptr;
  const bool has_slot = output->find("slot") != nullptr || output->find("bits") != nullptr;
  const bool mixed = on_device ? has_slot : output->find("output") != nullptr;
  if (on_device == on_gateway || mixed) {
    complaints_.error(output->mark, "output-form",
                      fmt::format("the output of '{}' is neither a device's nor a gateway's", zone.id),
                      "write {device: ..., output: ...} or {gateway: ..., slot: ..., bits: ...}");
  } else if (on_device) {
    fill_device_output(*output, zone);
  } else {
    fill_dmx_output(*output, zone);
  }
}

void Builder::fill_device_output(const Node& output, Zone& zone) {
  const Names::Named* named = reference(output, "device", ObjectKind::device);
  if (named == nullptr) return;
  const Device& device = project().devices[named->index];
  const Family* family = draft_.device_families[named->index];
  const Node* which = output.find("output");
  if (which == nullptr && device.outputs != 1) {
    complaints_.error(output.mark, "output-form", fmt::format("the output of '{}' has no number", zone.id),
                      fmt::format("add 'output', 1 to {}", device.outputs));
    return;
  }
  const auto number = which == nullptr ? std::optional<std::int64_t>(1) : whole_of(output, "output", 1, 255);
  if (!number || family == nullptr) return;
  const Mark mark = which != nullptr ? which->mark : output.mark;
  if (*number > device.outputs) {
    complaints_.error(
        mark, "output-range",
        fmt::format("'{}' ({}) has {} outputs, not {}", device.id, family->name, device.outputs, *number),
        device.outputs == 0 ? "choose a dimmer or switch" : fmt::format("choose 1 to {}", device.outputs));
    return;
  }
  if (!family->takes(zone.load)) {
    complaints_.error(
        mark, "output-load",
        fmt::format("'{}' ({}) can only switch, and zone '{}' is dimmed", device.id, family->name, zone.id),
        "write load: switched, or choose an output of a dimmer");
  }
  zone.output = DeviceOutput{device.number, static_cast<std::uint8_t>(*number)};
}

void Builder::fill_dmx_output(const Node& output, Zone& zone) {
  const Names::Named* named = reference(output, "gateway", ObjectKind::gateway);
  if (named == nullptr) return;
  const auto slot = whole_of(output, "slot", 1, 512);
  if (output.find("slot") == nullptr) {
    complaints_.error(output.mark, "output-form", fmt::format("the output of '{}' has no slot", zone.id),
                      "add 'slot', 1 to 512");
  }
  if (!slot) return;
  const bool sixteen_bit = whole_of(output, "bits", 8, 16).value_or(8) == 16;
  if (sixteen_bit && *slot == 512) {
    complaints_.error(output.find("slot")->mark, "output-range", "16 bits need two slots, and 512 is the last",
                      "choose 1 to 511, or 8 bits");
    return;
  }
  zone.output = DmxOutput{project().gateways[named->index].number, static_cast<std::uint16_t>(*slot), sixteen_bit};
}

void Builder::fill_outlines() {
  for (std::size_t i = 0; i < project().areas.size(); ++i) {
    if (draft_.area_nodes[i] == nullptr) continue;
    for (const Node& corner : draft_.area_nodes[i]->list_of("outline")) {
      if (const auto point = to_point(corner)) project().areas[i].outline.push_back(*point);
    }
  }
}

}  // namespace candela::project
