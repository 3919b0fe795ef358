#pragma once

#include <cstdint>
#include <optional>
#include <vector>

#include "base/time.h"
#include "engine/almanac.h"
#include "engine/rows.h"
#include "model/project.h"
#include "model/saved_state.h"

namespace candela::engine {

/// Whether the window and the modes of an occupancy preset let it run.
bool runs_now(const OccupancyPreset& preset, const Almanac& almanac, UtcTime now, ModeId mode);

/// Which groups of people sensors are occupied.
///
/// A sensor (or a contact input that is one: closed = somebody) says "somebody" or "nobody"; until it has said
/// anything, and from when it is lost until it speaks again, it says nothing. A sensor that is switched off says
/// nothing either; switched on again, its last word counts at once.
///
/// A group is
///   occupied    while one of its own sensors says so, and until its timeout after the last of them said "nobody";
///               or while a child group is in use and none is known to be empty
///   partial     while its own sensors see nobody, and some of its child groups are in use and others are not
///   unoccupied  when nobody was seen for its timeout, counted from the last "nobody" of its own and its child groups'
///               sensors, and no child group is in use
///   unknown     while no sensor says anything; also from the first "nobody" after that until the timeout
/// (system.md §4.9 names the states, their meaning is ours.) Occupied and partial are both "in use". A group leaves use
/// only by its timeout: when its sensors are lost, switched off or taken away while others go on saying "nobody", the
/// timeout runs from then. Only when nobody says anything any more does it become unknown at once.
///
/// An open wall (Partition) gives the groups of its areas one common set of sensors, and the longest of their timeouts;
/// child groups are not merged, they have walls of their own. A wall whose contact has said nothing is closed.
///
/// Presets: the occupied one runs when the group becomes in use, the unoccupied one when it becomes unoccupied, as its
/// mode allows; but not when the group is found again as it was last known (a lost sensor speaks again, or the
/// processor was restarted): the lights of whoever sits in the room stay as they are. A group of which nothing was ever
/// known lights up for the first who comes. In vacancy mode what people switch on while nobody is seen is theirs: only
/// the next time that the group becomes unoccupied does anything run. In low-light mode the darkest reading of the
/// sensors decides, at the moment when somebody comes; without a reading it counts as dark.
///
/// Times: all calls are made in the order of time, and what is due by `now` is advanced to first. Nothing ticks.
/// Unknown devices, buttons and groups are ignored.
class OccupancyGroups {
 public:
  enum class Runs : std::uint8_t { nothing, occupied, unoccupied };
  struct Transition {
    Slot group = kNoSlot;  ///< in Project::occupancy_groups
    Occupancy before = Occupancy::unknown;
    Occupancy state = Occupancy::unknown;
    Runs runs = Runs::nothing;  ///< which preset, if its window and modes let it (runs_now)

    friend bool operator==(const Transition&, const Transition&) = default;
  };
  /// What one call adds is in the order of the project: parents first, so that the preset of the smaller group has the
  /// last word. The caller clears it.
  using Transitions = std::vector<Transition>;

  OccupancyGroups() = default;
  explicit OccupancyGroups(ProjectPtr project);

  /// Modes and switched-off sensors as they were, and whether the groups were in use; every state begins unknown.
  /// Before the first report.
  void restore(const SavedState& saved);
  /// What is known of groups, sensors and walls that are in this project too, by number. No preset runs, and no group
  /// that is in use becomes unoccupied at once: a timeout that would be over by the new project runs from now.
  void carry_over(const OccupancyGroups& old, MonoTime now, Transitions& out);

  void sensor_reported(DeviceId sensor, bool occupied, MonoTime now, Transitions& out);
  /// Of sensors and of walls; other buttons are ignored.
  void contact_reported(ButtonId contact, bool closed, MonoTime now, Transitions& out);
  /// Changes no state; it counts when somebody comes.
  void light_reported(DeviceId sensor, std::uint16_t lux);
  /// The device, or the one that has the contacts, is lost.
  void lost(DeviceId device, MonoTime now, Transitions& out);

  /// Both: true when that is news.
  bool set_mode(OccupancyGroupId group, OccupancyMode mode);
  bool enable_sensor(DeviceId sensor, bool enabled, MonoTime now, Transitions& out);

  /// When a timeout is next over; never in the past once advanced.
  std::optional<MonoTime> next_due() const { return next_; }
  /// Timeouts that are over at `now` have their effect.
  void advance(MonoTime now, Transitions& out);

  Occupancy state(Slot group) const { return groups_[group].state; }
  OccupancyMode mode(Slot group) const;
  /// True also for what is no sensor of a group.
  bool is_enabled(DeviceId sensor) const;

 private:
  enum class Word : std::uint8_t { nothing, somebody, nobody };
  /// A sensor, or a contact input.
  struct Sensor {
    DeviceId device;
    ButtonId contact;  ///< none for a sensor
    Word word = Word::nothing;
    bool enabled = true;
    std::optional<std::uint16_t> lux;

    Word says() const { return enabled ? word : Word::nothing; }
  };
  struct Group {
    Occupancy state = Occupancy::unknown;
    Occupancy last_known = Occupancy::unknown;
    std::optional<OccupancyMode> mode;      ///< as somebody set it
    Word word = Word::nothing;              ///< of its own sensors together
    bool lingers = false;                   ///< "nobody", after "somebody": in use until the timeout
    MonoTime quiet_since{};                 ///< for Word::nobody
    Duration timeout{};                     ///< while walls are open, the longest of the merged groups
    Slot merged = kNoSlot;                  ///< the first of the groups that are one with this one; often itself
    std::optional<MonoTime> last_nobody;    ///< of its own and its child groups' sensors
    MonoTime not_before = MonoTime::min();  ///< it does not become unoccupied earlier
  };
  struct Wall {
    ButtonId contact;
    bool open = false;
  };
  enum class Trigger : std::uint8_t { event, time };
  /// What the child groups tell.
  struct Below {
    bool in_use = false;
    bool empty = false;
    bool known = false;
    std::optional<MonoTime> last_nobody;
  };

  void add_sensors();
  Slot sensor_slot(DeviceId device, ButtonId contact);
  void add_walls();
  bool hear(DeviceId device, ButtonId contact, Word word);
  bool move_wall(ButtonId contact, bool open);
  void merge();
  void unite(Slot a, Slot b);
  void share_words();
  void listen(MonoTime now);
  Below below(Slot slot) const;
  Occupancy weigh(Slot slot, MonoTime now);
  Occupancy weigh_quiet(Slot slot, const Below& below, MonoTime now);
  void settle(MonoTime now, Trigger trigger, Transitions& out);
  void note_due(MonoTime time);
  Runs preset_of(Slot slot) const;
  bool is_dark(Slot slot) const;

  ProjectPtr project_;
  std::vector<Group> groups_;
  std::vector<Sensor> sensors_;
  std::vector<Wall> walls_;
  Rows<Slot> sensors_of_;    ///< by group, positions in sensors_
  Rows<Slot> children_;      ///< by group
  Rows<Slot> wall_groups_;   ///< by wall
  std::vector<Word> heard_;  ///< by the first of merged groups; kept only for its memory
  std::optional<MonoTime> next_;
};

}  // namespace candela::engine
