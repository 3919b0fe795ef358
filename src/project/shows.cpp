#include <fmt/format.h>

#include <algorithm>
#include <string>

#include "project/builder.h"
#include "project/loads.h"
#include "project/programming_values.h"
#include "project/values.h"

namespace candela::project {
namespace {

/// What all lights of a show that have colour can do: the colours of the show are judged by this.
void narrow(Zone& common, const Zone& zone) {
  if (!has_colour(zone.load)) return;
  if (!has_colour(common.load)) {
    common.load = zone.load;
    common.warmest = zone.warmest;
    common.coolest = zone.coolest;
    return;
  }
  if (zone.load == LoadType::white_tuning) common.load = LoadType::white_tuning;
  common.warmest = std::min(common.warmest, zone.warmest);
  common.coolest = std::max(common.coolest, zone.coolest);
}

}  // namespace

void Builder::fill_shows() {
  for (std::size_t i = 0; i < project().shows.size(); ++i) {
    const Node& node = *draft_.show_nodes[i];
    NaturalShow& show = project().shows[i];
    Zone common;
    common.id = show.id;
    for (const Node& item : node.list_of("zones")) {
      const Names::Named* named = item.is_scalar() ? names_.resolve(item.text, ObjectKind::zone, item.mark) : nullptr;
      if (named == nullptr) continue;
      const Zone& zone = project().zones[named->index];
      add_show_zone(item, zone, show);
      narrow(common, zone);
    }
    for (const Node& item : node.list_of("course")) {
      if (auto point = show_point(item, common)) show.course.push_back(*point);
    }
    check_course(node, show);
  }
}

void Builder::add_show_zone(const Node& reference, const Zone& zone, NaturalShow& show) {
  if (!is_dimmed(zone.load)) {
    complaints_.error(reference.mark, "not-dimmed",
                      fmt::format("zone '{}' is {} and cannot follow a natural show", zone.id, word_for(zone.load)),
                      "remove it here, or let the zone be dimmed");
  } else if (std::find(show.zones.begin(), show.zones.end(), zone.number) == show.zones.end()) {
    show.zones.push_back(zone.number);
  }
}

std::optional<NaturalShow::At> Builder::show_point(const Node& node, const Zone& common) {
  if (!node.is_map()) return std::nullopt;
  const auto time = time_of(node, "at");
  NaturalShow::At point;
  point.colour = colour_of(node, common, complaints_);
  if (const auto level = number_of(node, "level")) point.level = Level::from_percent(*level);
  if (!time) return std::nullopt;
  point.time = *time;
  const bool says_something =
      std::any_of(node.keys.begin(), node.keys.end(), [](const Node::Key& key) { return key.name != "at"; });
  if (!says_something) {
    complaints_.error(node.mark, "show-course", "this point of the show has neither level nor colour",
                      "add 'level', 'kelvin' or another colour");
  }
  return point;
}

/// Times of one kind can be compared now; how noon and sunset lie is for the day to say.
void Builder::check_course(const Node& node, const NaturalShow& show) {
  for (std::size_t i = 1; i < show.course.size(); ++i) {
    const TimeOfDay& before = show.course[i - 1].time;
    const TimeOfDay& time = show.course[i].time;
    if (before.kind != time.kind || before.offset < time.offset) continue;
    complaints_.error(node.find("course")->items[i].mark, "show-course",
                      fmt::format("the course of '{}' goes back in time here", show.id),
                      "write its points in the order of the day");
    return;
  }
}

}  // namespace candela::project
