#include "project/catalogue.h"

#include <fmt/format.h>

#include <algorithm>
#include <stdexcept>

#include "project/loads.h"
#include "project/tree.h"
#include "project/values.h"

namespace candela::embedded {
extern const std::string_view kProcessorsCatalogue;
extern const std::string_view kDevicesCatalogue;
}  // namespace candela::embedded

namespace candela::project {
namespace {

/// The catalogue is part of the program, so a mistake in it is a mistake in the program.
[[noreturn]] void broken(std::string_view file, std::uint32_t line, std::string_view what) {
  throw std::logic_error(fmt::format("catalogue/{}:{}: {}", file, line, what));
}

/// Reads one of the two files; every accessor insists on what must be there.
class CatalogueFile {
 public:
  CatalogueFile(std::string_view name, std::string_view text) : name_(name) {
    const File file{std::string(name), std::string(text)};
    Complaints complaints({&file, 1});
    std::size_t nodes = TreeLimits{}.nodes;
    auto tree = parse(file, 0, nodes, complaints);
    if (!tree || complaints.has_errors()) broken(name, 0, complaints.take().front().text());
    root_ = std::move(*tree);
  }

  const Node& root() const { return root_; }

  const Node& section(const Node& map, std::string_view key) const {
    const Node* node = map.find(key);
    if (node == nullptr) broken(name_, map.mark.line, fmt::format("'{}' is missing", key));
    return *node;
  }
  std::string text(const Node& map, std::string_view key) const {
    const Node& node = section(map, key);
    if (!node.is_scalar()) broken(name_, node.mark.line, fmt::format("'{}' must be a text", key));
    return node.text;
  }
  double number(const Node& map, std::string_view key) const {
    const auto value = number_of(map, key);
    if (!value) broken(name_, map.mark.line, fmt::format("'{}' must be a number", key));
    return *value;
  }
  std::uint32_t count(const Node& map, std::string_view key, std::uint32_t most = 1'000'000) const {
    const auto value = whole_of(map, key, 0, most);
    if (!value) broken(name_, map.mark.line, fmt::format("'{}' must be a number up to {}", key, most));
    return static_cast<std::uint32_t>(*value);
  }
  std::uint8_t small_count(const Node& map, std::string_view key) const {
    return static_cast<std::uint8_t>(count(map, key, 254));
  }
  bool flag(const Node& map, std::string_view key) const { return map.text_of(key) == "true"; }

  template <class Word>
  Word one_of(const Node& node, std::initializer_list<std::pair<std::string_view, Word>> words) const {
    for (const auto& [name, word] : words) {
      if (node.is_scalar() && node.text == name) return word;
    }
    broken(name_, node.mark.line, fmt::format("unknown word '{}'", node.text));
  }

  Origin origin(const Node& map) const {
    using Sure = Origin::Sure;
    return {text(map, "source"),
            one_of<Sure>(section(map, "sure"), {{"high", Sure::high}, {"medium", Sure::medium}, {"low", Sure::low}})};
  }
  LinkType link_type(const Node& node) const {
    return one_of<LinkType>(node, {{"qs_wired", LinkType::qs_wired}, {"clear_connect_a", LinkType::clear_connect_a}});
  }
  LeapNames leap(const Node& map) const {
    const Node& node = section(map, "leap");
    return {text(node, "device_type"), text(node, "device_class"), origin(node)};
  }
  Power power(const Node& map) const {
    const Node& node = section(map, "power");
    const Node* heat = map.find("heat");
    return {number(node, "pdu"), heat == nullptr ? 0 : number(*heat, "btu_per_hour"), origin(node)};
  }
  AddressRange addresses(const Node& node) const {
    return {small_count(node, "first"), small_count(node, "last"), origin(node)};
  }
  LinkLimits limits(const Node& node) const { return {count(node, "devices"), count(node, "zones"), origin(node)}; }
  SystemLimit system_limit(std::string_view key) const {
    const Node& node = section(section(root_, "system"), key);
    return {count(node, "limit"), origin(node)};
  }

 private:
  std::string_view name_;
  Node root_;
};

ProcessorModel read_processor(const CatalogueFile& file, const Node& node) {
  ProcessorModel model;
  model.name = file.text(node, "model");
  model.title = file.text(node, "title");
  const Node& links = file.section(node, "links");
  model.links = file.count(links, "count");
  model.links_origin = file.origin(links);
  model.multi_dwelling = file.flag(node, "multi_dwelling");
  const Node& limits = file.section(node, "limits");
  model.qs_wired = file.limits(file.section(limits, "qs_wired"));
  model.clear_connect_a = file.limits(file.section(limits, "clear_connect_a"));
  model.power = file.power(node);
  model.leap = file.leap(node);
  return model;
}

/// Words for loads, the same as in project files.
LoadType read_load(const Node& node) {
  const auto load = load_named(node.text);
  if (!load) broken("devices.yaml", node.mark.line, fmt::format("unknown load '{}'", node.text));
  return *load;
}

Family::Kind read_kind(const CatalogueFile& file, const Node& node) {
  using Kind = Family::Kind;
  return file.one_of<Kind>(node, {{"keypad", Kind::keypad},
                                  {"dimmer", Kind::dimmer},
                                  {"switch", Kind::switching},
                                  {"repeater", Kind::repeater},
                                  {"shade", Kind::shade},
                                  {"fan", Kind::fan},
                                  {"contacts", Kind::contacts},
                                  {"dmx", Kind::dmx},
                                  {"sensor", Kind::sensor},
                                  {"thermostat", Kind::thermostat},
                                  {"phantom", Kind::phantom},
                                  {"homeowner", Kind::homeowner}});
}

std::vector<std::uint8_t> read_positions(const Node& node) {
  std::vector<std::uint8_t> positions;
  for (const Node& position : node.list_of("positions")) {
    positions.push_back(static_cast<std::uint8_t>(parse_whole(position.text).value_or(0)));
  }
  return positions;
}

void read_outputs(const CatalogueFile& file, const Node& node, Family& family) {
  family.outputs = file.small_count(node, "count");
  for (const Node& load : node.list_of("loads")) family.loads.push_back(read_load(load));
  family.counts_all_outputs = file.one_of<bool>(file.section(node, "counted"), {{"all", true}, {"bound", false}});
  family.outputs_origin = file.origin(node);
}

void read_buttons(const CatalogueFile& file, const Node& node, Family& family) {
  family.buttons = read_positions(node);
  if (node.find("raise") != nullptr) family.raise = file.small_count(node, "raise");
  if (node.find("lower") != nullptr) family.lower = file.small_count(node, "lower");
  family.leds = file.flag(node, "leds");
  family.buttons_origin = file.origin(node);
}

void read_senses(const CatalogueFile& file, const Node& node, Family& family) {
  family.senses_occupancy = file.flag(node, "occupancy");
  family.senses_light = file.flag(node, "light");
  family.senses_origin = file.origin(node);
}

LinkTypeFacts read_link_type(const CatalogueFile& file, const Node& node) {
  LinkTypeFacts kind;
  kind.type = file.link_type(file.section(node, "type"));
  kind.name = file.text(node, "type");
  kind.title = file.text(node, "title");
  kind.addresses = file.addresses(file.section(node, "addresses"));
  if (const Node* repeaters = node.find("repeaters")) kind.repeaters = file.addresses(*repeaters);
  return kind;
}

Family read_family(const CatalogueFile& file, const Node& node) {
  Family family;
  family.name = file.text(node, "family");
  family.title = file.text(node, "title");
  family.kind = read_kind(file, file.section(node, "kind"));
  for (const Node& type : node.list_of("link_types")) family.link_types.push_back(file.link_type(type));
  if (const Node* outputs = node.find("outputs")) read_outputs(file, *outputs, family);
  if (const Node* buttons = node.find("buttons")) read_buttons(file, *buttons, family);
  if (const Node* inputs = node.find("inputs")) {
    family.inputs = read_positions(*inputs);
    family.inputs_origin = file.origin(*inputs);
  }
  if (const Node* senses = node.find("senses")) read_senses(file, *senses, family);
  if (const Node* per_link = node.find("per_link")) {
    family.per_link = {file.count(*per_link, "limit"), file.origin(*per_link)};
  }
  family.power = file.power(node);
  family.leap = file.leap(node);
  return family;
}

Catalogue read_catalogue() {
  Catalogue catalogue;
  const CatalogueFile processors("processors.yaml", embedded::kProcessorsCatalogue);
  for (const Node& node : processors.root().list_of("processors")) {
    catalogue.processors.push_back(read_processor(processors, node));
  }
  for (const Node& node : processors.root().list_of("link_types")) {
    catalogue.link_types.push_back(read_link_type(processors, node));
  }
  catalogue.system.processors = processors.system_limit("processors");
  catalogue.system.links = processors.system_limit("links");
  catalogue.system.clear_connect_a_links = processors.system_limit("clear_connect_a_links");
  catalogue.system.zones = processors.system_limit("zones");
  catalogue.system.zones_per_area = processors.system_limit("zones_per_area");
  catalogue.system.scenes_per_area = processors.system_limit("scenes_per_area");
  catalogue.system.outputs_per_zone = processors.system_limit("outputs_per_zone");
  const CatalogueFile devices("devices.yaml", embedded::kDevicesCatalogue);
  for (const Node& node : devices.root().list_of("families")) catalogue.families.push_back(read_family(devices, node));
  return catalogue;
}

template <class T>
const T* by_name(const std::vector<T>& all, std::string_view name) {
  const auto found = std::find_if(all.begin(), all.end(), [&](const T& it) { return it.name == name; });
  return found == all.end() ? nullptr : &*found;
}

}  // namespace

bool Family::fits(LinkType type) const {
  return std::find(link_types.begin(), link_types.end(), type) != link_types.end();
}
bool Family::takes(LoadType load) const { return std::find(loads.begin(), loads.end(), load) != loads.end(); }

const ProcessorModel* Catalogue::find_processor(std::string_view model) const { return by_name(processors, model); }
const Family* Catalogue::find_family(std::string_view name) const { return by_name(families, name); }
const Family* Catalogue::find_virtual(Family::Kind kind) const {
  const auto found = std::find_if(families.begin(), families.end(), [&](const Family& it) { return it.kind == kind; });
  return found == families.end() ? nullptr : &*found;
}
const LinkTypeFacts& Catalogue::link_type(LinkType type) const {
  const auto found =
      std::find_if(link_types.begin(), link_types.end(), [&](const LinkTypeFacts& it) { return it.type == type; });
  if (found == link_types.end()) broken("processors.yaml", 0, "a link type is missing");
  return *found;
}

const Catalogue& catalogue() {
  static const Catalogue built_in = read_catalogue();
  return built_in;
}

}  // namespace candela::project
