#pragma once

#include <cstdint>
#include <initializer_list>
#include <optional>
#include <string>
#include <string_view>
#include <unordered_map>
#include <utility>
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
  /// To judge a recurrence rule takes milliseconds.
  static constexpr std::size_t kMostRules = 1000;

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
  const Family* virtual_family(const Node& node, Device& device);
  const Family* real_family(const Node& node, Device& device);
  void complain_of_missing(const Node& node, std::initializer_list<std::string_view> keys);
  void fill_outlines();

  // Second pass: zones.cpp, zone_outputs.cpp
  void fill_zones();
  void check_load_keys(const Node& node, const Zone& zone);
  void fill_trims(const Node& node, Zone& zone);
  void fill_curve(const Node& node, Zone& zone);
  void fill_knots(const Node& list, Zone& zone);
  void fill_times(const Node& node, Zone& zone);
  void fill_white(const Node& node, Zone& zone);
  void fill_warm_dim(const Node& list, Zone& zone);
  void fill_in_need(const Node& node, Zone& zone);
  void fill_outputs(const Node& node, Zone& zone);
  Output output_of(const Node& output, const Zone& zone);
  Output device_output(const Node& output, const Zone& zone);
  Output dmx_output(const Node& output, const Zone& zone);
  void complain_of_channels(const Node& output, const Zone& zone, DmxOutput::Channels channels);

  // Second pass: presets and scenes, programming.cpp
  void fill_scenes();
  void warn_of_zones_outside(const Scene& scene, const Node& node);
  bool is_within(AreaId inner, AreaId outer) const;
  void fill_off_scene(Scene& scene, const Node* node);
  Preset preset(const Node& node, AreaId area);
  /// The same, with a warning when there is nothing in it.
  Preset filled_preset(const Node& node, AreaId area);
  void warn_if_empty(const Node& node);
  std::optional<Assignment> assignment(const Node& preset, const Node::Key& zone, const Node& value);
  /// Counts what a button sets; false when it is all together too much.
  bool take_programmed(std::size_t count, Mark mark);
  /// All zones that a preset sets, those of its scenes too; some perhaps twice.
  std::vector<Assignment> expand(const Preset& preset);
  std::vector<ZoneId> ramped_zones(const Node& value, AreaId area);
  void add_ramped(const Node& item, std::vector<ZoneId>& zones);
  void add_ramped_zone(const Node& reference, const Zone& zone, std::vector<ZoneId>& zones);
  void add_ramped_zones_of(const Node& reference, std::uint32_t area, std::vector<ZoneId>& zones);
  static void sort_out(std::vector<ZoneId>& zones);
  const Names::Named* resolve_scene(const Node& node, AreaId area);

  // Buttons, both passes: programming_buttons.cpp
  void make_buttons();
  void make_button(const Node& node, std::uint32_t device, const Family& family);
  void make_input(const Node& node, std::uint32_t device, const Family& family);
  void add_button(const Node& node, std::uint32_t device, std::uint8_t position, bool is_contact);
  std::optional<std::uint8_t> position_of(const Node& node, const Family& family);
  void fill_buttons();
  void fill_button(const Node& node, Button& button);
  void fill_led(const Node& node, AreaId area, Button& button);
  void warn_of_set_leds();
  Programming programming_of(const Node& node, AreaId area);
  Programming toggle_of(const Node& value, AreaId area);
  Programming advanced_toggle_of(const Node& value, AreaId area);
  Programming single_action_of(const Node& value, AreaId area);
  Programming dual_action_of(const Node& value, AreaId area);
  Programming open_stop_close_of(const Node& value, AreaId area);
  Programming raise_of(const Node& value, AreaId area);
  Programming lower_of(const Node& value, AreaId area);
  Programming master_raise_of(const Node& value, AreaId area);
  Programming master_lower_of(const Node& value, AreaId area);
  Programming cycle_dim_of(const Node& value, AreaId area);
  Programming start_stop_of(const Node& value, AreaId area);
  Programming by_variable_action_of(const Node& value, AreaId area);
  Programming conditional_action_of(const Node& value, AreaId area);
  /// The LED of the button that is named; none, and a complaint, when it has none.
  LedId led_of(const Node& reference);

  // What presets do besides setting zones: actions.cpp
  void add_action(const Node& node, AreaId area, std::vector<Action>& actions);
  void add_set(const Node& value, AreaId area, std::vector<Action>& actions);
  void add_mode(const Node& value, AreaId area, std::vector<Action>& actions);
  void add_raise(const Node& value, AreaId area, std::vector<Action>& actions);
  void add_lower(const Node& value, AreaId area, std::vector<Action>& actions);
  void add_start(const Node& value, AreaId area, std::vector<Action>& actions);
  void add_stop(const Node& value, AreaId area, std::vector<Action>& actions);
  void add_toggle(const Node& value, AreaId area, std::vector<Action>& actions);
  void add_controls(const Node& value, Control control, std::vector<Action>& actions);
  void add_control(const Node& item, Control control, std::vector<Action>& actions);
  void add_led(const Node& value, AreaId area, std::vector<Action>& actions);
  void add_press(const Node& value, AreaId area, std::vector<Action>& actions);
  void add_release(const Node& value, AreaId area, std::vector<Action>& actions);
  void add_hold(const Node& value, AreaId area, std::vector<Action>& actions);
  void add_double_tap(const Node& value, AreaId area, std::vector<Action>& actions);
  void add_moves(const Node& value, std::initializer_list<ButtonMove> moves, std::vector<Action>& actions);
  void add_enable(const Node& value, AreaId area, std::vector<Action>& actions);
  void add_disable(const Node& value, AreaId area, std::vector<Action>& actions);
  void add_enabling(const Node& value, bool enabled, std::vector<Action>& actions);
  void add_run(const Node& value, AreaId area, std::vector<Action>& actions);
  void add_occupancy(const Node& value, AreaId area, std::vector<Action>& actions);
  void add_away(const Node& value, AreaId area, std::vector<Action>& actions);
  void add_emergency(const Node& value, AreaId area, std::vector<Action>& actions);
  void add_shed(const Node& value, AreaId area, std::vector<Action>& actions);
  void add_climate(const Node& value, AreaId area, std::vector<Action>& actions);
  SetClimate set_climate(const Node& node, const Zone& zone);
  void add_save_scene(const Node& value, AreaId area, std::vector<Action>& actions);
  void add_conditional(const Node& value, AreaId area, std::vector<Action>& actions);
  Conditional conditional_of(const Node& list, AreaId area);
  Conditional by_variable_of(const Node& node, AreaId area);
  void warn_if_unreachable(const Node& node, const Branch& branch, const Conditional& before, bool is_complete);

  // conditions.cpp
  Condition condition(const Node& node, AreaId area);
  /// What stands under `is`; nullptr, and a complaint, when nothing does.
  const Node* comparand(const Node& map);
  Condition zone_condition(const Node& map, const Node& value, AreaId area);
  Level compared_level(const Node& node, const Zone& zone);
  Condition scene_condition(const Node& map, const Node& value, AreaId area);
  Condition occupancy_of(const Node& area, Occupancy state);
  Condition occupied_condition(const Node& map, const Node& value, AreaId area);
  Condition unoccupied_condition(const Node& map, const Node& value, AreaId area);
  Condition occupancy_condition(const Node& map, const Node& value, AreaId area);
  Condition led_condition(const Node& map, const Node& value, AreaId area);
  Condition variable_condition(const Node& map, const Node& value, AreaId area);
  Condition mode_condition(const Node& map, const Node& value, AreaId area);
  Condition running_condition(const Node& map, const Node& value, AreaId area);
  Condition time_condition(const Node& map, const Node& value, AreaId area);
  Condition weekday_condition(const Node& map, const Node& value, AreaId area);
  Condition sun_condition(const Node& map, const Node& value, AreaId area);
  Condition night_condition(const Node& map, const Node& value, AreaId area);
  Condition away_condition(const Node& map, const Node& value, AreaId area);
  Condition parts_of(Condition::Kind kind, const Node& list, AreaId area);
  Condition all_condition(const Node& map, const Node& value, AreaId area);
  Condition any_condition(const Node& map, const Node& value, AreaId area);
  Condition not_condition(const Node& map, const Node& value, AreaId area);

  // Variables, modes, sequences, shared scenes, both passes: sequences.cpp
  void make_variables();
  void add_state(const Node& node, Variable& variable);
  std::optional<std::uint8_t> state_of(const Variable& variable, std::string_view text, Mark mark);
  void make_modes();
  void make_sequences();
  void make_shared_scenes();
  void fill_sequences();
  void fill_sequence(const Node& node, Sequence& sequence);
  std::uint32_t rounds_of(const Node& node);
  void check_pace(const Node& node, const Sequence& sequence);

  /// How deep presets and conditions are within others.
  class Nesting {
   public:
    explicit Nesting(int& depth) : depth_(depth) { ++depth_; }
    ~Nesting() { --depth_; }
    Nesting(const Nesting&) = delete;
    Nesting& operator=(const Nesting&) = delete;

   private:
    int& depth_;
  };
  /// False, with a complaint, when this is too deep.
  bool fits_nesting(const Node& node);

  // What goes by the day, both passes: schedules.cpp
  void make_holidays();
  void make_timeclocks();
  void make_timeclock_events(const Node& timeclock, TimeclockId number);
  void make_shows();
  void fill_holidays();
  void fill_timeclocks();
  void fill_timeclock_event(const Node& node, TimeclockEvent& event);
  Schedule schedule_of(const Node& node);
  void check_schedule(const Node& node, const Schedule& schedule);
  void fill_day_night();
  void fill_settings();
  /// A recurrence rule that stands under this key; empty when there is none or it was complained about.
  std::string rule_of(const Node& node);
  std::vector<std::uint32_t> holidays_of(const Node& map, std::string_view key);

  // Natural shows: shows.cpp
  void fill_shows();
  void add_show_zone(const Node& reference, const Zone& zone, NaturalShow& show);
  std::optional<NaturalShow::At> show_point(const Node& node, const Zone& common);
  void check_course(const Node& node, const NaturalShow& show);

  // Shades that follow the sun, both passes: facades.cpp
  void make_facades();
  void fill_facades();
  void fill_facade(const Node& node, Facade& facade);
  void add_facade_shade(const Node& reference, Facade& facade);
  void check_facade_window(const Node& node, const Facade& facade);

  // Who is at home, both passes: occupancy.cpp
  void make_occupancy_group(const Node& area_node, std::uint32_t area);
  void make_partitions();
  void fill_occupancy();
  void fill_occupancy_group(const Node& node, OccupancyGroup& group);
  OccupancyPreset occupancy_preset(const Node& node, std::string_view key, AreaId area);
  void fill_sensors(const Node& node, OccupancyGroup& group);
  void fill_contacts(const Node& node, OccupancyGroup& group);
  void fill_parent(const Node& node, OccupancyGroup& group);
  void warn_of_silence(const Node& node, const OccupancyGroup& group);
  void warn_of_haste(const Node& node, const OccupancyGroup& group);
  /// The contact input that is named; nullptr, and a complaint, when that is none.
  const Button* contact_input(const Node& reference);
  void fill_partitions();
  void fill_away();
  std::vector<ZoneId> away_zones(const Node& list);
  /// The group of the area that is named; nullptr, and a complaint, when it has none.
  const OccupancyGroup* occupancy_group(const Node& reference);

  // Values
  /// Calls `use` for a scalar, or for each scalar of a list.
  template <class Use>
  static void for_each(const Node& value, Use use) {
    if (value.is_scalar()) use(value);
    if (!value.is_list()) return;
    for (const Node& item : value.items) {
      if (item.is_scalar()) use(item);
    }
  }
  /// The object whose id this is; nullptr, and a complaint, when there is none of this kind.
  const Names::Named* named(const Node& value, ObjectKind kind);
  const Zone* zone_of(const Node& reference);
  const Variable* variable_of(const Node& reference);
  const Zone& zone_with(ZoneId number);
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
  std::size_t rules_ = 0;
  int nesting_ = 0;
  /// LEDs that programs set: the button's place in the project's list, and where that is written.
  std::vector<std::pair<std::uint32_t, Mark>> set_leds_;
  std::unordered_map<ZoneId, std::uint32_t> zone_indices_;
  std::unordered_map<SceneId, std::uint32_t> scene_indices_;
  std::unordered_map<AreaId, std::uint32_t> area_indices_;
  std::unordered_map<AreaId, std::uint32_t> occupancy_of_area_;                  ///< by index in the project's list
  std::unordered_map<std::uint32_t, std::vector<std::uint32_t>> zones_of_area_;  ///< by index, without child areas
};

/// The name that people read, or else the id.
std::string name_of(const Node& node);
/// A point as two numbers in a list.
std::optional<Point> to_point(const Node& node);

}  // namespace candela::project
