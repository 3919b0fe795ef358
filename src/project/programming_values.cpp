#include "project/programming_values.h"

#include <fmt/format.h>

#include <algorithm>
#include <cmath>

#include "base/colour_math.h"
#include "project/loads.h"
#include "project/values.h"

namespace candela::project {
namespace {

constexpr double kFullPercent = 100;
constexpr Words<double, 5> kFanSpeeds{{{"off", 0}, {"low", 25}, {"medium", 50}, {"medium-high", 75}, {"high", 100}}};
constexpr Words<double, 4> kOpenings{{{"open", 100}, {"closed", 0}, {"on", 100}, {"off", 0}}};
/// A contact that is closed is on: current flows.
constexpr Words<double, 4> kContacts{{{"on", 100}, {"off", 0}, {"closed", 100}, {"open", 0}}};
constexpr Words<double, 2> kOnAndOff{{{"on", 100}, {"off", 0}}};
/// CIE coordinates are kept in these parts.
constexpr double kColourParts = 10000;

bool is_contact(LoadType load) { return load == LoadType::contact || load == LoadType::pulsed_contact; }

std::optional<double> percent_of(const Node& node, const Zone& zone, Complaints& complaints) {
  if (!node.quoted) {
    if (const auto percent = parse_number(node.text)) return percent;
  }
  if (zone.load == LoadType::fan) return meaning_of(node, kFanSpeeds, complaints);
  if (is_shade(zone.load)) return meaning_of(node, kOpenings, complaints);
  if (is_contact(zone.load)) return meaning_of(node, kContacts, complaints);
  return meaning_of(node, kOnAndOff, complaints);
}

/// What is wrong with a level for this load; empty when nothing is.
std::string_view objection(double percent, LoadType load) {
  const bool is_end = percent == 0 || percent == kFullPercent;
  if (load == LoadType::climate) return "set its temperatures with a 'climate' action";
  if ((load == LoadType::switched || is_contact(load)) && !is_end) return "write on or off";
  const auto has_speed = [&](const auto& it) { return it.second == percent; };
  if (load == LoadType::fan && std::none_of(kFanSpeeds.begin(), kFanSpeeds.end(), has_speed)) {
    return "write off, low, medium, medium-high or high";
  }
  return {};
}

/// x and y of a colour, as it is written; complains when there is no such colour.
std::optional<Colour> point_of_colour(const Node& node, Complaints& complaints) {
  const auto x = number_of(node, "x");
  const auto y = number_of(node, "y");
  if (!x || !y) return std::nullopt;  // the schema has said so
  if (*x >= 0 && *y > 0 && *x + *y <= 1) {
    return Colour::xy(static_cast<std::uint16_t>(std::lround(*x * kColourParts)),
                      static_cast<std::uint16_t>(std::lround(*y * kColourParts)));
  }
  complaints.error(node.mark, "bad-colour", fmt::format("there is no colour with x {} and y {}", *x, *y),
                   "y must be above 0, and both together at most 1 (CIE 1931)");
  return std::nullopt;
}

std::optional<Colour> white_of(const Node& map, double kelvin, const Zone& zone, Complaints& complaints) {
  const Node& node = *map.find("kelvin");
  if (kelvin < zone.warmest || kelvin > zone.coolest) {
    complaints.warning(node.mark, "colour-range",
                       fmt::format("zone '{}' goes from {} to {} K", zone.id, zone.warmest, zone.coolest),
                       "stay within that; beyond it the light is as warm or cool as it can be");
  }
  constexpr double kMost = 65535;
  return Colour::white(static_cast<std::uint16_t>(std::lround(std::clamp(kelvin, 0.0, kMost))));
}

std::optional<Colour> written_colour(const Node& map, const Zone& zone, Complaints& complaints) {
  if (const Node* point = map.find("colour")) return point_of_colour(*point, complaints);
  if (const auto kelvin = number_of(map, "kelvin")) return white_of(map, *kelvin, zone, complaints);
  if (const auto hue = number_of(map, "hue")) {
    return from_hue_saturation(*hue, number_of(map, "saturation").value_or(kFullPercent));
  }
  return std::nullopt;
}

/// The key by which a map says a colour; nullptr when it says none.
const Node* colour_key(const Node& map, Complaints& complaints) {
  const Node* found = nullptr;
  for (const std::string_view key : {"colour", "kelvin", "hue"}) {
    const Node* node = map.find(key);
    if (node != nullptr && found != nullptr) {
      complaints.error(node->mark, "bad-colour", "a light can have only one colour",
                       "keep one of 'colour', 'kelvin' and 'hue'");
    } else if (node != nullptr) {
      found = node;
    }
  }
  for (const std::string_view key : {"saturation", "vibrancy"}) {
    const Node* node = map.find(key);
    if (node == nullptr || (found != nullptr && (key != "saturation" || map.find("hue") != nullptr))) continue;
    complaints.error(node->mark, "bad-colour", fmt::format("'{}' alone is no colour", key),
                     key == "saturation" ? "add 'hue'" : "add 'colour', 'kelvin' or 'hue'");
  }
  return found;
}

}  // namespace

void complain_of_word(const Node& node, std::span<const std::string_view> known, Complaints& complaints) {
  std::string remedy = did_you_mean(node.text, known);
  if (remedy.empty()) remedy = fmt::format("write {}", alternatives(known));
  complaints.error(node.mark, "unknown-word", fmt::format("'{}' is not {}", node.text, alternatives(known)),
                   std::move(remedy));
}

std::optional<Level> level_of(const Node& node, const Zone& zone, Complaints& complaints) {
  if (!node.is_scalar()) return std::nullopt;
  const auto percent = percent_of(node, zone, complaints);
  if (!percent) return std::nullopt;
  if (const std::string_view remedy = objection(*percent, zone.load); !remedy.empty()) {
    complaints.error(node.mark, "load-level",
                     fmt::format("zone '{}' is {} and cannot be at '{}'", zone.id, word_for(zone.load), node.text),
                     std::string(remedy));
    return std::nullopt;
  }
  return Level::from_percent(*percent);
}

Colour colour_of(const Node& map, const Zone& zone, Complaints& complaints) {
  const Node* key = colour_key(map, complaints);
  if (key == nullptr) return {};
  if (!has_colour(zone.load) || (zone.load == LoadType::white_tuning && map.find("kelvin") == nullptr)) {
    complaints.error(key->mark, "load-colour",
                     fmt::format("zone '{}' is {} and does not take this colour", zone.id, word_for(zone.load)),
                     has_colour(zone.load) ? "write 'kelvin'" : "remove it, or mend the 'load' of the zone");
    return {};
  }
  Colour colour = written_colour(map, zone, complaints).value_or(Colour{});
  const Node* vibrancy = map.find("vibrancy");
  if (vibrancy == nullptr || !colour) return colour;
  if (zone.load != LoadType::spectrum) {
    complaints.error(vibrancy->mark, "load-colour", fmt::format("zone '{}' has no vibrancy", zone.id),
                     "only spectrum loads have; remove it");
  } else if (const auto value = whole_of(map, "vibrancy", 0, static_cast<std::int64_t>(kFullPercent))) {
    colour.vibrancy = static_cast<std::int8_t>(*value);
  }
  return colour;
}

std::optional<Level> tilt_of(const Node& map, const Zone& zone, Complaints& complaints) {
  const Node* node = map.find("tilt");
  const auto tilt = number_of(map, "tilt");
  if (!tilt) return std::nullopt;
  if (zone.load == LoadType::tilting_shade) return Level::from_percent(*tilt);
  complaints.error(node->mark, "load-tilt",
                   fmt::format("zone '{}' is {} and has no slats", zone.id, word_for(zone.load)),
                   "remove 'tilt', or let the zone be a tilting_shade");
  return std::nullopt;
}

}  // namespace candela::project
