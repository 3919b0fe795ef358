#pragma once

#include <cstdint>
#include <optional>
#include <string>
#include <string_view>
#include <unordered_map>
#include <vector>

#include "project/draft.h"
#include "project/names.h"

namespace candela::project {

/// Builds the draft in two passes: first every object that has an id is made, then all are filled in and joined, so
/// that the order of the files does not matter.
class Builder {
 public:
  Builder(const Node& root, const Catalogue& catalogue, Numbering& numbering, Complaints& complaints)
      : root_(root), catalogue_(catalogue), numbering_(numbering), complaints_(complaints), names_(complaints) {}

  Draft build();

 private:
  static constexpr std::string_view kRootId = "home";
  static constexpr std::string_view kOffId = "off";
  /// What all buttons together may set. A few lines can name an area or scene many times over, so the size of the text
  /// is no bound for it.
  static constexpr std::size_t kMaxProgrammed = 1'000'000;

  // First pass, builder.cpp
  void make_root_area();
  void make_processors();
  void make_links(const Node& node, ProcessorId processor);
  void make_gateways(const Node& node, ProcessorId processor);
  void make_devices();
  void make_areas(const Node& parent, std::uint32_t parent_index);
  void make_area_contents(const Node& node, std::uint32_t area);
  void make_scenes(const Node& node, std::uint32_t area);
  void make_device(const Node& node, std::uint32_t area, bool is_keypad);
  /// Registers the id of an object that will have this index in its list. False = leave the object out.
  bool declare(const Node& node, ObjectKind kind, std::size_t index);

  // Second pass: equipment.cpp
  void fill_home();
  void fill_processors();
  void fill_links();
  void fill_gateways();
  void fill_devices();
  void fill_zones();
  void fill_trims(const Node& node, Zone& zone);
  void fill_output(const Node& node, Zone& zone);
  void fill_device_output(const Node& output, Zone& zone);
  void fill_dmx_output(const Node& output, Zone& zone);
  void fill_outlines();

  // Second pass: programming.cpp
  void fill_scenes();
  void warn_of_zones_outside(const Scene& scene, const Node& node);
  bool is_within(AreaId inner, AreaId outer) const;
  void fill_off_scene(Scene& scene, const Node* node);
  void fill_buttons();
  void fill_button(const Node& node, std::uint32_t keypad);
  std::optional<std::uint8_t> position_of(const Node& node, const Family& family, bool is_raise, bool is_lower);
  Programming programming_of(const Node& node, AreaId area);
  /// Counts what a button sets; false when it is all together too much.
  bool take_programmed(std::size_t count, Mark mark);
  void warn_if_empty(const Node& node);
  void fill_led(const Node& node, const Family& family, Button& button);
  Preset preset(const Node& node, AreaId area);
  std::optional<Assignment> assignment(const Node& preset, const Node::Key& zone, const Node& value);
  std::vector<ZoneId> dimmed_zones(const Node& list);
  void add_dimmed_zone(const Node& reference, std::uint32_t zone, std::vector<ZoneId>& zones);
  void add_dimmed_zones_of(const Node& reference, std::uint32_t area, std::vector<ZoneId>& zones);
  const Names::Named* resolve_scene(const Node& node, AreaId area);

  // What goes by the day, both passes: schedules.cpp
  void make_holidays();
  void make_timeclocks();
  void make_timeclock_events(const Node& timeclock, TimeclockId number);
  void make_shows();
  void fill_holidays();
  void fill_timeclocks();
  void fill_timeclock_event(const Node& node, TimeclockEvent& event);
  Schedule schedule_of(const Node& node);
  void fill_days(const Node& node, Schedule& schedule);
  void fill_shows();
  std::optional<NaturalShow::At> show_point(const Node& node, const NaturalShow& show);
  void fill_day_night();
  void fill_settings();
  /// A recurrence rule that stands under this key; empty when there is none or it was complained about.
  std::string rule_of(const Node& node);
  std::vector<std::uint32_t> holidays_of(const Node& map, std::string_view key);

  // Who is at home, both passes: occupancy.cpp
  void make_occupancy_group(const Node& area_node, std::uint32_t area);
  void make_partitions();
  void fill_occupancy();
  void fill_occupancy_group(const Node& node, OccupancyGroup& group);
  OccupancyPreset occupancy_preset(const Node& node, std::string_view key, AreaId area);
  void fill_partitions();
  void fill_away();
  /// The group of the area that is named; nullptr, and a complaint, when it has none.
  const OccupancyGroup* occupancy_group(const Node& reference);

  // Values
  std::optional<TimeOfDay> time_of(const Node& map, std::string_view key);
  std::vector<ModeId> modes_of(const Node& map);
  std::uint32_t number(std::string_view kind, std::string_view id) { return numbering_.number_of(kind, id); }
  std::optional<Duration> duration_of(const Node& map, std::string_view key);
  std::optional<Point> point_of(const Node& map, std::string_view key);
  /// What a reference under a key stands for; nullptr when there is none or it was complained about.
  const Names::Named* reference(const Node& map, std::string_view key, ObjectKind kind);
  /// The area under the key `area`, or else the root.
  std::uint32_t area_index(const Node& map);
  std::uint32_t index_of(AreaId area) const;
  Project& project() { return draft_.project; }

  const Node& root_;
  const Catalogue& catalogue_;
  Numbering& numbering_;
  Complaints& complaints_;
  Names names_;
  Draft draft_;
  std::size_t programmed_ = 0;
  std::unordered_map<AreaId, std::uint32_t> area_indices_;
  std::unordered_map<AreaId, std::uint32_t> occupancy_of_area_;                  ///< by index in the project's list
  std::unordered_map<std::uint32_t, std::vector<std::uint32_t>> zones_of_area_;  ///< by index, without child areas
};

/// The name that people read, or else the id.
std::string name_of(const Node& node);
/// A point as two numbers in a list.
std::optional<Point> to_point(const Node& node);

}  // namespace candela::project
