#include <fmt/format.h>

#include <algorithm>
#include <string>

#include "project/builder.h"
#include "project/loads.h"
#include "project/values.h"

namespace candela::project {

void Builder::make_facades() {
  for (const Node& node : root_.list_of("facades")) {
    if (!declare(node, ObjectKind::facade, project().facades.size())) continue;
    Facade facade;
    facade.id = node.text_of("id");
    facade.number = {number("facade", facade.id)};
    facade.name = name_of(node);
    project().facades.push_back(std::move(facade));
    draft_.facade_nodes.push_back(&node);
  }
}

void Builder::fill_facades() {
  for (std::size_t i = 0; i < project().facades.size(); ++i) {
    fill_facade(*draft_.facade_nodes[i], project().facades[i]);
  }
}

void Builder::fill_facade(const Node& node, Facade& facade) {
  const auto set = [&](std::string_view key, double& value) { value = number_of(node, key).value_or(value); };
  set("azimuth", facade.azimuth);
  set("head", facade.head);
  set("sill", facade.sill);
  set("surface", facade.surface);
  set("depth", facade.depth);
  set("lowest_elevation", facade.lowest_elevation);
  if (const auto open = number_of(node, "open")) facade.open = Level::from_percent(*open);
  constexpr std::int64_t kFewestMoves = 2;
  facade.most_moves = static_cast<std::uint8_t>(
      whole_of(node, "most_moves", kFewestMoves, Facade::kMostMoves).value_or(facade.most_moves));
  if (const auto apart = duration_of(node, "apart")) {
    if (*apart >= std::chrono::minutes(10) && *apart <= std::chrono::hours(4)) {
      facade.apart = *apart;
    } else {
      complaints_.error(node.find("apart")->mark, "setting", "'apart' is too short or too long", "choose 10m to 4h");
    }
  }
  facade.enabled = flag_of(node, "enabled").value_or(true);
  for (const Node& item : node.list_of("shades")) add_facade_shade(item, facade);
  check_facade_window(node, facade);
}

void Builder::add_facade_shade(const Node& reference, Facade& facade) {
  const Names::Named* named =
      reference.is_scalar() ? names_.resolve(reference.text, ObjectKind::zone, reference.mark) : nullptr;
  if (named == nullptr) return;
  const Zone& zone = project().zones[named->index];
  if (!is_shade(zone.load)) {
    complaints_.error(reference.mark, "not-a-shade",
                      fmt::format("zone '{}' is {} and no shade", zone.id, word_for(zone.load)),
                      "name shades, or remove it here");
    return;
  }
  const auto has_it = [&](const Facade& it) {
    return std::find(it.shades.begin(), it.shades.end(), zone.number) != it.shades.end();
  };
  const auto& facades = project().facades;
  const auto other = std::find_if(facades.begin(), facades.end(), has_it);
  if (other == facades.end()) {
    facade.shades.push_back(zone.number);
  } else {
    complaints_.error(reference.mark, "facade-shade",
                      fmt::format("the shade '{}' is already one of the facade '{}'", zone.id, other->id),
                      "let each shade follow the sun once");
  }
}

void Builder::check_facade_window(const Node& node, const Facade& facade) {
  if (facade.sill < facade.head) return;
  complaints_.error(
      node.mark, "facade-window",
      fmt::format("the windows of '{}' begin at {:g} m and end at {:g} m", facade.id, facade.sill, facade.head),
      "let 'head', their upper edge, be above 'sill', their lower edge");
}

}  // namespace candela::project
