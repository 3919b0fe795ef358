#include <fmt/format.h>

#include <algorithm>
#include <array>

#include "project/builder.h"
#include "project/programming_values.h"
#include "project/values.h"

namespace candela::project {
namespace {

constexpr Words<LedState, 4> kLedStates{
    {{"off", LedState::off}, {"on", LedState::on}, {"flash", LedState::flash}, {"rapid_flash", LedState::rapid_flash}}};
constexpr Words<Occupancy, 4> kOccupancies{{{"occupied", Occupancy::occupied},
                                            {"unoccupied", Occupancy::unoccupied},
                                            {"partial", Occupancy::partial},
                                            {"unknown", Occupancy::unknown}}};
constexpr Words<std::uint8_t, 7> kWeekdays{
    {{"mon", 0x01}, {"tue", 0x02}, {"wed", 0x04}, {"thu", 0x08}, {"fri", 0x10}, {"sat", 0x20}, {"sun", 0x40}}};

Condition of_object(Condition::Kind kind, std::uint32_t object, std::uint8_t state = 0) {
  Condition condition;
  condition.kind = kind;
  condition.object = object;
  condition.state = state;
  return condition;
}

Condition negated(Condition part) {
  Condition condition;
  condition.kind = Condition::Kind::none;
  condition.parts.push_back(std::move(part));
  return condition;
}

bool says_on(std::string_view word) { return word == "on" || word == "open"; }

}  // namespace

Condition Builder::condition(const Node& node, AreaId area) {
  using Reader = Condition (Builder::*)(const Node& map, const Node& value, AreaId area);
  static constexpr std::array<std::pair<std::string_view, Reader>, 17> kReaders{{
      {"zone", &Builder::zone_condition},
      {"scene", &Builder::scene_condition},
      {"occupied", &Builder::occupied_condition},
      {"unoccupied", &Builder::unoccupied_condition},
      {"occupancy", &Builder::occupancy_condition},
      {"led", &Builder::led_condition},
      {"variable", &Builder::variable_condition},
      {"mode", &Builder::mode_condition},
      {"running", &Builder::running_condition},
      {"time", &Builder::time_condition},
      {"weekday", &Builder::weekday_condition},
      {"sun", &Builder::sun_condition},
      {"night", &Builder::night_condition},
      {"away", &Builder::away_condition},
      {"all", &Builder::all_condition},
      {"any", &Builder::any_condition},
      {"not", &Builder::not_condition},
  }};
  if (!node.is_map()) return {};
  const auto is_there = [&](const auto& reader) { return node.find(reader.first) != nullptr; };
  const auto reader = std::find_if(kReaders.begin(), kReaders.end(), is_there);
  if (std::count_if(kReaders.begin(), kReaders.end(), is_there) != 1) {
    complaints_.error(node.mark, "condition-form",
                      reader == kReaders.end() ? "this condition asks nothing" : "this condition asks several things",
                      "write one question, such as {variable: time-of-day, is: night}; join several with all or any");
    return {};
  }
  const Nesting nesting(nesting_);
  if (!fits_nesting(node)) return {};
  return (this->*reader->second)(node, *node.find(reader->first), area);
}

const Node* Builder::comparand(const Node& map) {
  const Node* is = map.find("is");
  if (is == nullptr || !is->is_scalar()) {
    complaints_.error(map.mark, "condition-form", "this condition does not say what it compares with", "add 'is'");
    return nullptr;
  }
  return is;
}

Condition Builder::zone_condition(const Node& map, const Node& value, AreaId /*area*/) {
  using Comparison = Condition::Comparison;
  constexpr Words<Comparison, 3> kComparisons{
      {{"is", Comparison::is}, {"above", Comparison::above}, {"below", Comparison::below}}};
  const Zone* zone = zone_of(value);
  if (zone == nullptr) return {};
  Condition condition = of_object(Condition::Kind::zone, zone->number.value);
  int comparisons = 0;
  for (const auto& [key, comparison] : kComparisons) {
    const Node* level = map.find(key);
    if (level == nullptr) continue;
    ++comparisons;
    condition.comparison = comparison;
    condition.level = compared_level(*level, *zone);
    // People call a light on at any level, and a shade open that is not closed.
    if (comparison == Comparison::is && says_on(level->text)) {
      condition.comparison = Comparison::above;
      condition.level = Level::off();
    }
  }
  if (comparisons != 1) {
    complaints_.error(map.mark, "condition-form", fmt::format("what shall the level of '{}' be?", zone->id),
                      "add one of 'is', 'above' and 'below'");
  }
  return condition;
}

Level Builder::compared_level(const Node& node, const Zone& zone) {
  // Any percent may be compared with, also one that the load never has.
  if (zone.load != LoadType::climate && node.is_scalar() && !node.quoted) {
    if (const auto percent = parse_number(node.text)) return Level::from_percent(*percent);
  }
  return level_of(node, zone, complaints_).value_or(Level());
}

Condition Builder::scene_condition(const Node& /*map*/, const Node& value, AreaId area) {
  const Names::Named* scene = value.is_scalar() ? resolve_scene(value, area) : nullptr;
  return scene != nullptr ? of_object(Condition::Kind::scene, project().scenes[scene->index].number.value)
                          : Condition{};
}

Condition Builder::occupancy_of(const Node& area, Occupancy state) {
  const OccupancyGroup* group = occupancy_group(area);
  return group != nullptr ? of_object(Condition::Kind::occupancy, group->number.value, static_cast<std::uint8_t>(state))
                          : Condition{};
}

Condition Builder::occupied_condition(const Node& /*map*/, const Node& value, AreaId /*area*/) {
  return occupancy_of(value, Occupancy::occupied);
}

Condition Builder::unoccupied_condition(const Node& /*map*/, const Node& value, AreaId /*area*/) {
  return occupancy_of(value, Occupancy::unoccupied);
}

Condition Builder::occupancy_condition(const Node& map, const Node& value, AreaId /*area*/) {
  const Node* is = comparand(map);
  const auto state = is != nullptr ? meaning_of(*is, kOccupancies, complaints_) : std::nullopt;
  return state ? occupancy_of(value, *state) : Condition{};
}

Condition Builder::led_condition(const Node& map, const Node& value, AreaId /*area*/) {
  const LedId led = led_of(value);
  const Node* is = comparand(map);
  const auto state = is != nullptr ? meaning_of(*is, kLedStates, complaints_) : std::nullopt;
  return led && state ? of_object(Condition::Kind::led, led.value, static_cast<std::uint8_t>(*state)) : Condition{};
}

Condition Builder::variable_condition(const Node& map, const Node& value, AreaId /*area*/) {
  const Variable* variable = variable_of(value);
  const Node* is = comparand(map);
  if (variable == nullptr || is == nullptr) return {};
  const auto state = state_of(*variable, is->text, is->mark);
  return state ? of_object(Condition::Kind::variable, variable->number.value, *state) : Condition{};
}

Condition Builder::mode_condition(const Node& /*map*/, const Node& value, AreaId /*area*/) {
  const Names::Named* mode = named(value, ObjectKind::mode);
  return mode != nullptr ? of_object(Condition::Kind::mode, project().modes[mode->index].number.value) : Condition{};
}

Condition Builder::running_condition(const Node& /*map*/, const Node& value, AreaId /*area*/) {
  const Names::Named* sequence = named(value, ObjectKind::sequence);
  return sequence != nullptr ? of_object(Condition::Kind::sequence, project().sequences[sequence->index].number.value)
                             : Condition{};
}

Condition Builder::time_condition(const Node& /*map*/, const Node& value, AreaId /*area*/) {
  Condition condition;
  condition.kind = Condition::Kind::time_window;
  condition.from = time_of(value, "from").value_or(TimeOfDay{});
  condition.to = time_of(value, "to").value_or(TimeOfDay{});
  if (value.find("from") != nullptr && condition.from == condition.to) {
    complaints_.error(value.mark, "condition-form", "this window of time is empty", "let it end later than it begins");
  }
  return condition;
}

Condition Builder::weekday_condition(const Node& /*map*/, const Node& value, AreaId /*area*/) {
  Condition condition;
  condition.kind = Condition::Kind::weekday;
  for_each(value,
           [&](const Node& day) { condition.state |= known_meaning_of(day, kWeekdays).value_or(std::uint8_t{0}); });
  return condition;
}

Condition Builder::sun_condition(const Node& /*map*/, const Node& value, AreaId /*area*/) {
  Condition condition;
  condition.kind = Condition::Kind::sun;
  const auto above = number_of(value, "above");
  const auto below = number_of(value, "below");
  condition.comparison = above ? Condition::Comparison::above : Condition::Comparison::below;
  condition.degrees = above.value_or(below.value_or(0));
  if (above.has_value() == below.has_value()) {
    complaints_.error(value.mark, "condition-form", "where shall the sun be?",
                      "add either 'above' or 'below', in degrees over the horizon");
  }
  return condition;
}

Condition Builder::night_condition(const Node& map, const Node& /*value*/, AreaId /*area*/) {
  // Without words of its own about it, night is from sunset to sunrise.
  if (!project().day_night) project().day_night.emplace();
  const Condition night = of_object(Condition::Kind::night, 0);
  return flag_of(map, "night").value_or(true) ? night : negated(night);
}

Condition Builder::away_condition(const Node& map, const Node& /*value*/, AreaId /*area*/) {
  const Condition away = of_object(Condition::Kind::away, 0);
  return flag_of(map, "away").value_or(true) ? away : negated(away);
}

Condition Builder::parts_of(Condition::Kind kind, const Node& list, AreaId area) {
  Condition condition;
  condition.kind = kind;
  if (!list.is_list()) return condition;
  for (const Node& part : list.items) condition.parts.push_back(this->condition(part, area));
  return condition;
}

Condition Builder::all_condition(const Node& /*map*/, const Node& value, AreaId area) {
  return parts_of(Condition::Kind::all, value, area);
}

Condition Builder::any_condition(const Node& /*map*/, const Node& value, AreaId area) {
  return parts_of(Condition::Kind::any, value, area);
}

Condition Builder::not_condition(const Node& /*map*/, const Node& value, AreaId area) {
  return negated(condition(value, area));
}

}  // namespace candela::project
