#pragma once

#include <algorithm>
#include <array>
#include <cstdint>
#include <memory>
#include <optional>
#include <string>
#include <string_view>
#include <unordered_map>
#include <variant>
#include <vector>

#include "base/ids.h"
#include "base/level.h"
#include "base/time.h"
#include "model/programming.h"
#include "model/schedule.h"

namespace candela {

/// Where the home is: for local time, sunrise and sunset.
struct Location {
  double latitude = 0;            ///< degrees, north positive
  double longitude = 0;           ///< degrees, east positive
  std::string time_zone = "UTC";  ///< IANA name
};

struct Point {
  double x = 0;
  double y = 0;
};

struct Processor {
  ProcessorId number;
  std::string id;
  std::string name;
  std::string model;  ///< a name from catalogue/processors.yaml, e.g. "HQP7-2"
  AreaId area;
};

enum class LinkType : std::uint8_t { qs_wired, clear_connect_a };
enum class LinkDriver : std::uint8_t {
  simulated,  ///< the processor starts candela-devices, which plays the link's devices
  serial,     ///< a serial port with a real bus (experimental) or a candela-devices started by hand
};

struct Link {
  LinkId number;
  std::string id;
  std::string name;
  ProcessorId processor;
  LinkType type = LinkType::qs_wired;
  LinkDriver driver = LinkDriver::simulated;
  std::string port;            ///< serial only: the device file
  std::uint32_t baud = 62500;  ///< serial only; the true rate is not public (qs-link.md §2)

  friend bool operator==(const Link&, const Link&) = default;
};

/// Where sACN packets go.
struct SacnSettings {
  std::uint16_t universe = 1;   ///< 1 to 63999 (E1.31)
  std::uint8_t priority = 100;  ///< 0 to 200 (E1.31)
  std::string destination;      ///< IPv4 address for unicast; empty = the universe's multicast group
  std::string interface;        ///< IPv4 address of the interface multicast leaves by; empty = the system's choice

  friend bool operator==(const SacnSettings&, const SacnSettings&) = default;
};

/// A way to lights over Ethernet.
struct Gateway {
  GatewayId number;
  std::string id;
  std::string name;
  ProcessorId processor;
  SacnSettings sacn;

  friend bool operator==(const Gateway&, const Gateway&) = default;
};

struct Area {
  AreaId number;
  std::string id;  ///< the root area's id is "home"
  std::string name;
  AreaId parent;  ///< none for the root
  std::vector<AreaId> children;
  std::vector<ZoneId> zones;
  std::vector<SceneId> scenes;
  std::vector<DeviceId> devices;
  std::vector<Point> outline;  ///< the room on the floor plan; empty = not drawn
};

/// What hangs on a zone's output.
enum class LoadType : std::uint8_t {
  dimmed,
  switched,
  fan,             ///< off, low, medium, medium-high, high: 0, 25, 50, 75, 100 %
  shade,           ///< 0 % is closed, 100 % is open
  tilting_shade,   ///< a shade whose slats tilt
  contact,         ///< a contact output that stays closed or open
  pulsed_contact,  ///< a contact output that closes for a moment
  white_tuning,    ///< dimmed, with a white that is warmer or cooler
  spectrum,        ///< dimmed, with any colour
  warm_dim,        ///< dimmed, and warmer the dimmer it is
  climate,         ///< a thermostat; it has set points and no level
};
inline constexpr bool is_shade(LoadType load) { return load == LoadType::shade || load == LoadType::tilting_shade; }
/// Goes to any level over any time.
inline constexpr bool is_dimmed(LoadType load) {
  return load == LoadType::dimmed || load == LoadType::white_tuning || load == LoadType::spectrum ||
         load == LoadType::warm_dim;
}
/// Goes to a colour that is asked for.
inline constexpr bool has_colour(LoadType load) { return load == LoadType::white_tuning || load == LoadType::spectrum; }
/// Raise and lower mean something.
inline constexpr bool is_ramped(LoadType load) { return is_dimmed(load) || is_shade(load); }

/// How the output follows the level.
struct Curve {
  enum class Kind : std::uint8_t { linear, square, custom };
  struct Knot {
    Level level;
    Level output;
    friend bool operator==(const Knot&, const Knot&) = default;
  };
  Kind kind = Kind::linear;
  std::vector<Knot> knots;  ///< custom: from 0 to full, both rising; straight lines between them

  friend bool operator==(const Curve&, const Curve&) = default;
};

/// What a zone does when power comes back.
enum class AfterPowerFailure : std::uint8_t { restore, off, full };

/// The limits of what a dimmer puts out, set for the lamp. A zone's level is what people see and say (100 % = as
/// bright as this lamp shall be); its output is that level mapped onto low..high. Off is always 0.
struct Trims {
  Level low = Level::from_percent(0);
  Level high = Level::full();

  /// What is on never comes out as off, however low the trims.
  Level output(Level level) const {
    if (!level.is_on()) return Level::off();
    const std::uint32_t span = high.raw() - low.raw();
    const std::uint32_t above_low = (span * level.raw() + Level::kFullRaw / 2) / Level::kFullRaw;
    return Level::from_raw(std::max<std::uint32_t>(low.raw() + above_low, 1));
  }
};

/// A dimmer's or switch's terminal on a link.
struct DeviceOutput {
  DeviceId device;
  std::uint8_t output = 1;  ///< 1 is the first
};
/// One DMX slot, or two for 16 bits (coarse first).
struct DmxOutput {
  GatewayId gateway;
  std::uint16_t slot = 1;  ///< 1 to 512; the first of its slots
  bool sixteen_bit = false;
  /// What the slots mean, in this order.
  enum class Channels : std::uint8_t { intensity, warm_cool, rgb, rgbw } channels = Channels::intensity;
};
using Output = std::variant<std::monostate, DeviceOutput, DmxOutput>;

struct Zone {
  ZoneId number;
  std::string id;
  std::string name;
  AreaId area;
  LoadType load = LoadType::dimmed;
  Trims trims;
  Duration fade = std::chrono::seconds(1);  ///< when a command names none
  Output output;
  std::vector<Output> also;       ///< further outputs that do the same
  std::optional<Point> position;  ///< on the floor plan

  Curve curve;
  Duration minimum_on{};                            ///< once on, it stays on for that long
  Duration pulse = std::chrono::milliseconds(500);  ///< pulsed contacts
  Duration travel{};                                ///< shades: from closed to open; 0 = the drive tells where it is
  Duration tilt_travel{};                           ///< tilting shades: from one end of the slats to the other
  std::uint16_t warmest = 1800;                     ///< Kelvin; loads with colour
  std::uint16_t coolest = 6500;
  struct WarmDimKnot {
    Level level;
    std::uint16_t kelvin = 0;
    friend bool operator==(const WarmDimKnot&, const WarmDimKnot&) = default;
  };
  std::vector<WarmDimKnot> warm_dim;  ///< rising levels; empty = our own curve
  std::optional<Level> emergency;     ///< where it goes in an emergency
  bool sheds = false;                 ///< gives up a share of its level when load is shed
  AfterPowerFailure after_power_failure = AfterPowerFailure::restore;
};

struct Scene {
  SceneId number;
  std::string id;  ///< area id, ".", and the id within the area
  std::string name;
  AreaId area;
  std::uint8_t order = 0;  ///< 0 is the area's "off" scene
  Preset preset;
  bool shared = false;  ///< of the whole project; it is in no area's list, and its area is the root
};

/// Anything that has an address on a link: keypads (with buttons), dimmers, switches.
struct Device {
  DeviceId number;
  ControlStationId station;    ///< keypads only
  ButtonGroupId button_group;  ///< keypads, and what else has buttons or contact inputs
  std::string id;
  std::string name;
  std::string family;  ///< a name from catalogue/devices.yaml
  /// The name by which existing client programs know this family ("PalladiomKeypad"); filled by the project reader from
  /// the catalogue. Clients choose by it what to show, so it is a fact about them and not about us.
  std::string integration_type;
  AreaId area;
  LinkId link;
  std::uint32_t serial = 0;
  std::uint8_t address = 0;  ///< on its link, 1 to 99
  std::uint8_t outputs = 0;  ///< from the catalogue
  std::vector<ButtonId> buttons;
  std::optional<Point> position;
  /// Phantom keypads are there for programs, homeowner keypads for apps; neither has a link.
  enum class Presence : std::uint8_t { real, phantom, homeowner } presence = Presence::real;
  bool senses_occupancy = false;
  bool senses_light = false;

  bool is_keypad() const { return static_cast<bool>(station); }
  bool is_virtual() const { return presence != Presence::real; }
};

/// Everything an integrator says about a home. Made by project/, then never changed: whoever needs it holds a
/// shared_ptr<const Project>.
struct Project {
  std::string name;
  Location location;
  Point plan_size;  ///< of the floor plan; 0,0 = none
  std::vector<Processor> processors;
  std::vector<Link> links;
  std::vector<Gateway> gateways;
  std::vector<Area> areas;  ///< parents before children; the root is first
  std::vector<Zone> zones;
  std::vector<Scene> scenes;
  std::vector<Device> devices;
  std::vector<Button> buttons;
  std::vector<Variable> variables;
  std::vector<Mode> modes;
  std::vector<Sequence> sequences;
  std::vector<Holidays> holidays;
  std::vector<Timeclock> timeclocks;
  std::vector<TimeclockEvent> timeclock_events;
  std::vector<OccupancyGroup> occupancy_groups;  ///< parents before children
  std::vector<Partition> partitions;
  std::vector<NaturalShow> shows;
  std::vector<Facade> facades;
  std::optional<DayNight> day_night;  ///< none where nothing asks for it
  AwaySettings away;
  Settings settings;

  /// What a number or an id stands for. nullptr = no such object.
  const Processor* find(ProcessorId id) const { return at(processors, Kind::processor, id.value); }
  const Link* find(LinkId id) const { return at(links, Kind::link, id.value); }
  const Gateway* find(GatewayId id) const { return at(gateways, Kind::gateway, id.value); }
  const Area* find(AreaId id) const { return at(areas, Kind::area, id.value); }
  const Zone* find(ZoneId id) const { return at(zones, Kind::zone, id.value); }
  const Scene* find(SceneId id) const { return at(scenes, Kind::scene, id.value); }
  const Device* find(DeviceId id) const { return at(devices, Kind::device, id.value); }
  const Button* find(ButtonId id) const { return at(buttons, Kind::button, id.value); }
  const Variable* find(VariableId id) const { return at(variables, Kind::variable, id.value); }
  const Mode* find(ModeId id) const { return at(modes, Kind::mode, id.value); }
  const Sequence* find(SequenceId id) const { return at(sequences, Kind::sequence, id.value); }
  const Timeclock* find(TimeclockId id) const { return at(timeclocks, Kind::timeclock, id.value); }
  const TimeclockEvent* find(TimeclockEventId id) const {
    return at(timeclock_events, Kind::timeclock_event, id.value);
  }
  const OccupancyGroup* find(OccupancyGroupId id) const {
    return at(occupancy_groups, Kind::occupancy_group, id.value);
  }
  const NaturalShow* find(ShowId id) const { return at(shows, Kind::show, id.value); }
  const Facade* find(FacadeId id) const { return at(facades, Kind::facade, id.value); }
  const Device* find(ControlStationId id) const { return at(devices, Kind::control_station, id.value); }
  const Device* find(ButtonGroupId id) const { return at(devices, Kind::button_group, id.value); }
  const Button* find(LedId id) const { return at(buttons, Kind::led, id.value); }
  const Zone* find_zone(std::string_view id) const { return named(zones, Kind::zone, id); }
  const Button* find_button(std::string_view id) const { return named(buttons, Kind::button, id); }
  const Scene* find_scene(std::string_view id) const { return named(scenes, Kind::scene, id); }
  const Area* find_area(std::string_view id) const { return named(areas, Kind::area, id); }
  const Device* find_device(std::string_view id) const { return named(devices, Kind::device, id); }
  const Link* find_link(std::string_view id) const { return named(links, Kind::link, id); }
  const Variable* find_variable(std::string_view id) const { return named(variables, Kind::variable, id); }
  const Mode* find_mode(std::string_view id) const { return named(modes, Kind::mode, id); }
  const Sequence* find_sequence(std::string_view id) const { return named(sequences, Kind::sequence, id); }
  const Timeclock* find_timeclock(std::string_view id) const { return named(timeclocks, Kind::timeclock, id); }
  const TimeclockEvent* find_timeclock_event(std::string_view id) const {
    return named(timeclock_events, Kind::timeclock_event, id);
  }
  const OccupancyGroup* find_occupancy_group(std::string_view id) const {
    return named(occupancy_groups, Kind::occupancy_group, id);
  }
  const NaturalShow* find_show(std::string_view id) const { return named(shows, Kind::show, id); }
  const Facade* find_facade(std::string_view id) const { return named(facades, Kind::facade, id); }

  /// Makes the find functions work. Called once, when all numbers are assigned.
  void build_index();

  /// The preset with its scenes replaced by their zones, one assignment for each zone (the last one wins).
  std::vector<Assignment> expand(const Preset& preset) const;

 private:
  enum class Kind : std::uint8_t {
    none,
    processor,
    link,
    gateway,
    area,
    zone,
    scene,
    device,
    control_station,
    button_group,
    button,
    led,
    variable,
    mode,
    sequence,
    timeclock,
    timeclock_event,
    occupancy_group,
    show,
    facade
  };
  static constexpr std::size_t kKinds = 20;
  struct Slot {
    Kind kind = Kind::none;
    std::uint32_t index = 0;
  };
  struct IdHash {
    using is_transparent = void;
    std::size_t operator()(std::string_view id) const noexcept { return std::hash<std::string_view>{}(id); }
  };

  template <class T>
  const T* at(const std::vector<T>& objects, Kind kind, std::uint32_t number) const {
    if (number >= by_number_.size() || by_number_[number].kind != kind) return nullptr;
    return &objects[by_number_[number].index];
  }
  template <class T>
  const T* named(const std::vector<T>& objects, Kind kind, std::string_view id) const {
    const auto& names = by_id_[static_cast<std::size_t>(kind)];
    const auto found = names.find(id);
    return found == names.end() ? nullptr : &objects[found->second];
  }
  void index_number(std::uint32_t number, Kind kind, std::uint32_t index);

  std::vector<Slot> by_number_;
  std::array<std::unordered_map<std::string, std::uint32_t, IdHash, std::equal_to<>>, kKinds> by_id_;
};

using ProjectPtr = std::shared_ptr<const Project>;

}  // namespace candela
