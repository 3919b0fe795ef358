#pragma once

#include <optional>
#include <string>
#include <variant>
#include <vector>

#include "model/client.h"
#include "model/commands.h"
#include "model/condition.h"

namespace candela {

/// What one zone does in a preset.
struct Assignment {
  ZoneId zone;
  Level level;
  Duration fade{};
  Duration delay{};
  bool keeps_level = false;  ///< only tilt or colour are set
  std::optional<Level> tilt;
  Colour colour;

  friend bool operator==(const Assignment&, const Assignment&) = default;
};

struct Branch;
/// The first branch whose condition holds is run; none may.
struct Conditional {
  std::vector<Branch> branches;
};
/// Moves zones until they are told to stop, or are as far as they go.
struct MoveZones {
  std::vector<ZoneId> zones;
  Movement movement = Movement::stop;
};
/// What a preset does besides setting zones.
using Action = std::variant<MoveZones, Conditional, SetLed, ButtonMoved, SetVariable, SetMode, ControlSequence,
                            EnableTimeclock, EnableTimeclockEvent, RunTimeclockEvent, SetOccupancyMode, EnableSensor,
                            SetAway, SetEmergency, ShedLoad, ControlShow, ControlFacade, SetClimate, SaveScene>;

/// What happens together: zones go to levels, whole scenes are recalled, then the actions in their order.
struct Preset {
  std::vector<Assignment> zones;
  std::vector<SceneId> scenes;
  std::vector<Action> actions = {};

  bool empty() const { return zones.empty() && scenes.empty() && actions.empty(); }
};

struct Branch {
  Condition when;
  Preset preset;
};

// Buttons

/// Press: its zones go to the preset, or off when the LED is lit.
struct Toggle {
  Preset on;
  Duration off_fade = std::chrono::seconds(2);
};
/// Press: the first preset while the LED is dark, the second while it is lit.
struct AdvancedToggle {
  Preset dark;
  Preset lit;
};
/// Every press runs the preset.
struct SingleAction {
  Preset preset;
  bool stops_shades = false;  ///< a press while one of its shades moves only stops them
};
/// Two presets: going down, coming up.
struct DualAction {
  Preset press;
  Preset release;
};
/// Each press goes on: open, (stop,) close, (stop,) ...
struct OpenStopClose {
  std::vector<ZoneId> shades;
};
/// Ramps its zones while held; release stops.
struct RaiseLower {
  bool raise = true;
  std::vector<ZoneId> zones;
};
/// Ramps the zones of the button used last on its keypad.
struct MasterRaiseLower {
  bool raise = true;
};
/// Tap: as a toggle. Hold: ramps up and down in turns, until released.
struct CycleDim {
  Preset on;
  Duration off_fade = std::chrono::seconds(2);
};
/// Press: starts the sequence, or stops it while it runs.
struct StartStopSequence {
  SequenceId sequence;
};
using Programming = std::variant<std::monostate, Toggle, AdvancedToggle, SingleAction, DualAction, OpenStopClose,
                                 RaiseLower, MasterRaiseLower, CycleDim, StartStopSequence>;

/// When a button's LED is lit, by target levels (so that it answers at the press, not at the end of the fade).
enum class LedLogic : std::uint8_t {
  none,         ///< never, unless somebody sets it
  room,         ///< at least one zone of the preset is on
  scene,        ///< every zone of the preset is at its programmed level
  pathway,      ///< every zone of the preset is on
  integration,  ///< set by a client
  sequence,     ///< set by the steps of a sequence; goes out when that ends
  condition,    ///< while Button::led_condition holds
  shade,        ///< at least one of its shades is not closed
  local_load,   ///< the dimmer's own zone is on
};

struct Button {
  ButtonId number;
  LedId led;
  std::string id;  ///< keypad id, ".", and the button's position
  DeviceId keypad;
  std::uint8_t position = 1;  ///< as clients see it; 1 is the top button, 18 and 19 are raise and lower
  std::string name;
  std::string engraving;
  Programming programming;
  std::optional<Preset> hold;        ///< runs when held for Settings::hold_time
  std::optional<Preset> double_tap;  ///< runs at a second press within Settings::tap_time
  LedLogic led_logic = LedLogic::room;
  Condition led_condition;                ///< for LedLogic::condition
  bool led_reversed = false;              ///< lit when its logic says dark
  bool keeps_raise_lower_target = false;  ///< master raise and lower go on acting on the button before
  bool contact = false;                   ///< a contact input: press is closed, release is open
  bool locked = false;                    ///< the installer does not want it edited by the owner's app
};

// Things that run by themselves

/// A named set of states, such as "time of day": morning, day, evening, night.
struct Variable {
  VariableId number;
  std::string id;
  std::string name;
  std::vector<std::string> states;  ///< their ids; at least 2
  std::uint8_t initial = 0;         ///< its state before anything set it
  bool kept = true;                 ///< over a restart; otherwise it begins anew
};

/// How the house is used: normal, away, vacation. One mode holds at a time; the first is the usual one.
struct Mode {
  ModeId number;
  std::string id;
  std::string name;
};

struct SequenceStep {
  Preset preset;
  Duration then_wait{};
};
/// Steps one after the other. After a restart every sequence is stopped.
struct Sequence {
  enum class StartedAgain : std::uint8_t { ignore, restart, stop };

  SequenceId number;
  std::string id;
  std::string name;
  std::vector<SequenceStep> steps;
  std::uint32_t rounds = 1;  ///< 0 = until stopped
  StartedAgain started_again = StartedAgain::restart;
  bool stops_on_command = false;  ///< when anything else sets one of its zones
  std::vector<SequenceId> stops;  ///< those that its start stops
  std::optional<Preset> at_stop;  ///< runs when it is stopped before its end
};

struct Timeclock {
  TimeclockId number;
  std::string id;
  std::string name;
  bool enabled = true;
};

/// What happens to an event whose moment passed while the processor was off or its time could not be trusted.
enum class Missed : std::uint8_t { skip, run };

struct TimeclockEvent {
  TimeclockEventId number;
  std::string id;
  std::string name;
  TimeclockId timeclock;
  Schedule schedule;
  TimeOfDay at;
  std::vector<ModeId> modes;  ///< in which it happens; none = in all
  Preset preset;
  bool enabled = true;  ///< until somebody says otherwise
  Missed missed = Missed::skip;
};

/// When it is day and when night, for what shall be dimmer then.
struct DayNight {
  TimeOfDay day{TimeOfDay::Kind::sunrise, {}};
  TimeOfDay night{TimeOfDay::Kind::sunset, {}};
  friend bool operator==(const DayNight&, const DayNight&) = default;
};

/// Runs only within its times and modes.
struct OccupancyPreset {
  Preset preset;
  std::optional<TimeOfDay> from;  ///< with `to`: only within this window of the day
  std::optional<TimeOfDay> to;
  std::vector<ModeId> modes;  ///< none = in all
};

enum class Occupancy : std::uint8_t { unknown, occupied, unoccupied, partial };
inline constexpr bool is_in_use(Occupancy state) { return state == Occupancy::occupied || state == Occupancy::partial; }

/// The people sensors of an area. A group is occupied while one of its sensors or of its child groups is.
struct OccupancyGroup {
  OccupancyGroupId number;
  std::string id;
  std::string name;
  AreaId area;
  OccupancyGroupId parent;  ///< none for most
  std::vector<DeviceId> sensors;
  std::vector<ButtonId> contacts;  ///< contact inputs that are occupancy sensors
  OccupancyMode mode = OccupancyMode::automatic;
  Duration timeout = std::chrono::minutes(5);  ///< from the last sensor's "nobody" to unoccupied
  std::uint16_t dark_below = 10;               ///< lux, for automatic_low_light
  OccupancyPreset occupied;
  OccupancyPreset unoccupied;
};

/// A movable wall: while its contact is open, the areas are one room, and their occupancy groups one group.
struct Partition {
  std::string id;
  std::string name;
  std::vector<AreaId> areas;
  ButtonId contact;  ///< closed = the wall is closed
};

/// What lights do while nobody is at home.
struct AwaySettings {
  enum class Method : std::uint8_t {
    random,  ///< zones go on and off by chance
    replay,  ///< what people did 14 days before, some minutes earlier or later
  };
  Method method = Method::replay;
  std::vector<ZoneId> zones;
  TimeOfDay from{TimeOfDay::Kind::sunset, {}};
  TimeOfDay to{TimeOfDay::Kind::fixed, std::chrono::hours(23)};
  std::uint32_t seed = 1;  ///< of the chance
  ModeId mode;             ///< away begins and ends with this mode; none = by command only
};

/// A day-long course of colour and level, between points of the day.
struct NaturalShow {
  struct At {
    TimeOfDay time;
    Colour colour;
    std::optional<Level> level;  ///< none = the level stays as people set it
  };
  ShowId number;
  std::string id;
  std::string name;
  std::vector<ZoneId> zones;
  std::vector<At> course;  ///< in the order of the day
};

/// Shades on one side of the house that keep the sun from reaching too deep into the rooms, by where the sun is and not
/// by what it does: clouds are not asked. Lengths in metres above the floor; what is not said in feet by any project is
/// near the 60 and 30 inches, five moves a day and half an hour between them that such systems begin with (observed in
/// a designer's database, system.md 4.12).
struct Facade {
  FacadeId number;
  std::string id;
  std::string name;
  double azimuth = 180;         ///< where its windows look, degrees from north over east: 0 to under 360
  std::vector<ZoneId> shades;   ///< they close from above; slats keep their tilt
  double head = 2.4;            ///< upper edge of the windows: where the open part ends when the shade is open
  double sill = 0;              ///< lower edge of the windows, below the head: where it ends when the shade is closed
  double surface = 0.75;        ///< of the desks and tables that shall have no sun
  double depth = 1.5;           ///< how far from the window the sun may lie on that surface; 0 or more
  double lowest_elevation = 0;  ///< degrees; below it something hides the sun: -5 to 60
  Level open = Level::full();   ///< how far shades are open while nothing asks for less
  std::uint8_t most_moves = 5;  ///< a day; 2 to kMostMoves
  Duration apart = std::chrono::minutes(30);  ///< from one move to the next, at least: 10 min to 4 h
  bool enabled = true;                        ///< until somebody says otherwise

  static constexpr std::uint8_t kMostMoves = 24;
  /// Drives tell where they have stopped, which is not quite where they were sent. No hand moves a shade by so little.
  static constexpr bool is_near(Level a, Level b) {
    constexpr int kNear = Level::kFullRaw / 50;
    const int distance = static_cast<int>(a.raw()) - static_cast<int>(b.raw());
    return distance <= kNear && distance >= -kNear;
  }
  friend bool operator==(const Facade&, const Facade&) = default;
};

/// What holds for the whole project where nothing else is said.
struct Settings {
  Duration hold_time = std::chrono::milliseconds(500);
  Duration tap_time = std::chrono::milliseconds(500);
  Duration full_ramp = std::chrono::seconds(5);  ///< from off to full while a raise button is held
  /// Timeclocks run although nobody vouches for the time, after a power loss without a clock that kept going.
  bool runs_on_untrusted_time = false;
  ButtonId pairing_button;            ///< held, it lets one program pair; none = only `candela pair` does
  Role pairing_role = Role::control;  ///< what that program may do
};

}  // namespace candela
