#include <fmt/format.h>

#include <algorithm>
#include <array>
#include <string>

#include "project/builder.h"
#include "project/loads.h"
#include "project/values.h"

namespace candela::project {
namespace {

constexpr double kFullPercent = 100;

/// A key of zones that means something for some loads only.
struct LoadKey {
  std::string_view key;
  bool (*fits)(LoadType load);
  std::string_view loads;  ///< in words, for the complaint
};
constexpr bool is_travelling(LoadType load) { return is_shade(load); }
constexpr bool can_be_left_on(LoadType load) {
  return is_dimmed(load) || load == LoadType::switched || load == LoadType::fan || load == LoadType::contact;
}
constexpr bool has_white(LoadType load) { return has_colour(load) || load == LoadType::warm_dim; }
constexpr bool has_level(LoadType load) { return load != LoadType::climate; }
constexpr bool keeps_level(LoadType load) { return has_level(load) && load != LoadType::pulsed_contact; }

constexpr std::array<LoadKey, 11> kLoadKeys{{
    {"trims", is_dimmed, "dimmed loads"},
    {"curve", is_dimmed, "dimmed loads"},
    {"minimum_on", can_be_left_on, "dimmed and switched loads, fans and contacts"},
    {"pulse", [](LoadType load) { return load == LoadType::pulsed_contact; }, "pulsed contacts"},
    {"travel", is_travelling, "shades"},
    {"tilt_travel", [](LoadType load) { return load == LoadType::tilting_shade; }, "tilting shades"},
    {"kelvin", has_white, "white tuning, spectrum and warm dim"},
    {"warm_dim", [](LoadType load) { return load == LoadType::warm_dim; }, "warm dim"},
    {"emergency", has_level, "all loads but thermostats"},
    {"sheds", is_dimmed, "dimmed loads"},
    {"after_power_failure", keeps_level, "loads that keep a level"},
}};

/// Two numbers in a list.
struct Pair {
  double first = 0;
  double second = 0;
};
std::optional<Pair> pair_of(const Node& node) {
  const auto point = to_point(node);
  return point ? std::optional(Pair{point->x, point->y}) : std::nullopt;
}

}  // namespace

void Builder::fill_zones() {
  for (std::size_t i = 0; i < project().zones.size(); ++i) {
    const Node& node = *draft_.zone_nodes[i];
    Zone& zone = project().zones[i];
    zone.load = load_named(node.text_of("load")).value_or(LoadType::dimmed);
    zone.fade = duration_of(node, "fade").value_or(zone.fade);
    zone.position = point_of(node, "at");
    check_load_keys(node, zone);
    fill_trims(node, zone);
    fill_curve(node, zone);
    fill_times(node, zone);
    fill_white(node, zone);
    fill_in_need(node, zone);
    fill_outputs(node, zone);
  }
}

void Builder::check_load_keys(const Node& node, const Zone& zone) {
  for (const LoadKey& it : kLoadKeys) {
    const Node* written = node.find(it.key);
    if (written == nullptr || it.fits(zone.load)) continue;
    complaints_.error(
        written->mark, "load-key",
        fmt::format("'{}' means nothing for '{}', whose load is {}", it.key, zone.id, word_for(zone.load)),
        fmt::format("remove it; it is for {}", it.loads));
  }
}

void Builder::fill_trims(const Node& node, Zone& zone) {
  const Node* trims = node.find("trims");
  if (trims == nullptr) return;
  const double low = number_of(*trims, "low").value_or(0);
  const double high = number_of(*trims, "high").value_or(kFullPercent);
  if (low >= high) {
    complaints_.error(trims->mark, "trims",
                      fmt::format("the low trim of '{}' ({}) is not below the high trim ({})", zone.id, low, high),
                      "set low below high");
    return;
  }
  zone.trims = {Level::from_percent(low), Level::from_percent(high)};
}

void Builder::fill_curve(const Node& node, Zone& zone) {
  const Node* curve = node.find("curve");
  if (curve == nullptr || curve->kind == Node::Kind::null || curve->is_map()) return;
  if (curve->is_list()) {
    fill_knots(*curve, zone);
  } else if (curve->text == "square") {
    zone.curve.kind = Curve::Kind::square;
  } else if (curve->text != "linear") {
    complaints_.error(curve->mark, "curve", fmt::format("there is no curve '{}'", curve->text),
                      "write linear, square, or a list of points such as [[10, 2], [50, 30]]");
  }
}

/// The ends, from 0 to 0 and from 100 to 100, need not be written.
void Builder::fill_knots(const Node& list, Zone& zone) {
  std::vector<Curve::Knot> knots{{Level::off(), Level::off()}};
  Pair before{};
  for (const Node& item : list.items) {
    const auto knot = pair_of(item);
    if (!knot) return;  // the schema has complained
    const bool is_start = knot->first == 0 && knot->second == 0 && knots.size() == 1;
    if (is_start) continue;
    const bool is_end = knot->first == kFullPercent && knot->second == kFullPercent;
    const bool rises = knot->first > before.first && knot->second >= before.second;
    const bool is_inside = knot->first < kFullPercent && knot->second <= kFullPercent;
    if (!rises || !(is_inside || is_end)) {
      complaints_.error(item.mark, "curve",
                        fmt::format("the curve of '{}' does not rise to [{}, {}] and on to [100, 100]", zone.id,
                                    knot->first, knot->second),
                        "give each point a level above that of the point before, and an output not below");
      return;
    }
    before = *knot;
    if (!is_end) knots.push_back({Level::from_percent(knot->first), Level::from_percent(knot->second)});
  }
  knots.push_back({Level::full(), Level::full()});
  zone.curve = {Curve::Kind::custom, std::move(knots)};
}

void Builder::fill_times(const Node& node, Zone& zone) {
  zone.minimum_on = duration_of(node, "minimum_on").value_or(zone.minimum_on);
  zone.travel = duration_of(node, "travel").value_or(zone.travel);
  zone.tilt_travel = duration_of(node, "tilt_travel").value_or(zone.tilt_travel);
  const auto pulse = duration_of(node, "pulse");
  if (!pulse) return;
  constexpr Duration kShortest = std::chrono::milliseconds(50);
  constexpr Duration kLongest = std::chrono::minutes(1);
  if (*pulse < kShortest || *pulse > kLongest) {
    complaints_.error(node.find("pulse")->mark, "pulse",
                      fmt::format("the pulse of '{}' is too short or too long for a contact", zone.id),
                      "choose 50ms to 60s");
    return;
  }
  zone.pulse = *pulse;
}

void Builder::fill_white(const Node& node, Zone& zone) {
  constexpr std::int64_t kMostKelvin = 20000;
  if (const Node* kelvin = node.find("kelvin")) {
    const auto warmest = whole_of(*kelvin, "warmest", 1, kMostKelvin).value_or(zone.warmest);
    const auto coolest = whole_of(*kelvin, "coolest", 1, kMostKelvin).value_or(zone.coolest);
    if (warmest >= coolest) {
      complaints_.error(
          kelvin->mark, "kelvin",
          fmt::format("the warmest white of '{}' ({} K) is not below the coolest ({} K)", zone.id, warmest, coolest),
          "set warmest below coolest; a candle has 1800 K, an overcast sky 6500 K");
    } else {
      zone.warmest = static_cast<std::uint16_t>(warmest);
      zone.coolest = static_cast<std::uint16_t>(coolest);
    }
  }
  if (const Node* knots = node.find("warm_dim"); knots != nullptr && knots->is_list()) fill_warm_dim(*knots, zone);
}

void Builder::fill_warm_dim(const Node& list, Zone& zone) {
  double before = -1;
  std::vector<Zone::WarmDimKnot> curve;
  for (const Node& item : list.items) {
    const auto knot = pair_of(item);
    if (!knot) return;
    if (knot->first <= before || knot->first > kFullPercent) {
      complaints_.error(item.mark, "warm-dim",
                        fmt::format("the warm dim of '{}' does not rise to {} %", zone.id, knot->first),
                        "write [level, Kelvin] with rising levels from 0 to 100, such as [[1, 1800], [100, 2900]]");
      return;
    }
    if (knot->second < zone.warmest || knot->second > zone.coolest) {
      complaints_.error(
          item.mark, "warm-dim",
          fmt::format("'{}' cannot show {} K: it has {} to {} K", zone.id, knot->second, zone.warmest, zone.coolest),
          "stay within its 'kelvin', or widen that");
      return;
    }
    before = knot->first;
    curve.push_back({Level::from_percent(knot->first), static_cast<std::uint16_t>(knot->second)});
  }
  zone.warm_dim = std::move(curve);
}

void Builder::fill_in_need(const Node& node, Zone& zone) {
  if (const auto level = number_of(node, "emergency")) zone.emergency = Level::from_percent(*level);
  zone.sheds = flag_of(node, "sheds").value_or(false);
  const std::string_view after = node.text_of("after_power_failure");
  if (after == "off") zone.after_power_failure = AfterPowerFailure::off;
  if (after == "full") zone.after_power_failure = AfterPowerFailure::full;
}

}  // namespace candela::project
