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
    device.position = point_of(node, "at");
    const Family* family = node.find("kind") != nullptr ? virtual_family(node, device) : real_family(node, device);
    draft_.device_families.push_back(family);
    if (family == nullptr) continue;
    device.family = family->name;
    device.outputs = family->outputs;
    device.integration_type = family->leap.device_type;
    device.senses_occupancy = family->senses_occupancy;
    device.senses_light = family->senses_light;
    const bool has_buttons = !node.list_of("buttons").empty() || !node.list_of("inputs").empty();
    if (has_buttons && !device.button_group) device.button_group = {number("button_group", device.id)};
  }
}

/// A keypad that is nowhere but in programs or apps.
const Family* Builder::virtual_family(const Node& node, Device& device) {
  const std::string_view kind = node.text_of("kind");
  if (kind != "phantom" && kind != "homeowner") return nullptr;
  device.presence = kind == "phantom" ? Device::Presence::phantom : Device::Presence::homeowner;
  for (const std::string_view key : {"family", "link", "serial", "address", "inputs"}) {
    const Node* written = node.find(key);
    if (written == nullptr) continue;
    complaints_.error(written->mark, "virtual-keypad",
                      fmt::format("'{}' is a {} keypad and has no '{}'", device.id, kind, key),
                      fmt::format("remove '{}', or 'kind' if the keypad is in the wall", key));
  }
  return catalogue_.find_virtual(kind == "phantom" ? Family::Kind::phantom : Family::Kind::homeowner);
}

const Family* Builder::real_family(const Node& node, Device& device) {
  device.family = node.text_of("family");
  device.serial = static_cast<std::uint32_t>(whole_of(node, "serial", 1, 0xFFFFFFFF).value_or(0));
  device.address = static_cast<std::uint8_t>(whole_of(node, "address", 1, 254).value_or(0));
  if (const Names::Named* link = reference(node, "link", ObjectKind::link)) {
    device.link = project().links[link->index].number;
  }
  if (device.is_keypad()) complain_of_missing(node, {"family", "link"});
  if (device.family.empty()) return nullptr;
  const Mark mark = node.find("family")->mark;
  const Family* family = catalogue_.find_family(device.family);
  if (family == nullptr) {
    const std::string near = did_you_mean(device.family, names_of(catalogue_.families));
    complaints_.error(mark, "unknown-family", fmt::format("the catalogue has no device family '{}'", device.family),
                      near.empty() ? "see catalogue/devices.yaml" : near);
    return nullptr;
  }
  if (family->is_virtual()) {
    complaints_.error(mark, "virtual-keypad", fmt::format("'{}' is on no link", family->name),
                      "write it in the keypads of an area, with kind: homeowner or kind: phantom and without family");
    return nullptr;
  }
  if (device.is_keypad() != family->is_keypad()) {
    complaints_.error(
        mark, "keypad-family", fmt::format("'{}' is {}a keypad", family->name, device.is_keypad() ? "not " : ""),
        device.is_keypad() ? "move it to the devices of the project" : "move it to the keypads of the area it is in");
  }
  return family;
}

/// What a virtual keypad does not need, a real one does; the schema cannot say so in words that help.
void Builder::complain_of_missing(const Node& node, std::initializer_list<std::string_view> keys) {
  for (const std::string_view key : keys) {
    if (node.find(key) != nullptr) continue;
    complaints_.error(node.mark, "missing-key", fmt::format("this keypad '{}' has no '{}'", node.text_of("id"), key),
                      fmt::format("add '{}', or kind: homeowner or kind: phantom if it is not in a wall", key));
  }
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
