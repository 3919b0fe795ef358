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

namespace candela {

/// Where the home is: for local time, and later sunrise and sunset.
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

/// What hangs on a zone's output. More kinds come with the programming model.
enum class LoadType : std::uint8_t { dimmed, switched };

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
  std::uint16_t slot = 1;  ///< 1 to 512; the first of the two for 16 bits
  bool sixteen_bit = false;
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
  std::optional<Point> position;  ///< on the floor plan
};

struct Assignment {
  ZoneId zone;
  Level level;
  Duration fade{};
  Duration delay{};
};

/// What happens together: zones go to levels, whole area scenes are recalled.
struct Preset {
  std::vector<Assignment> zones;
  std::vector<SceneId> scenes;
};

struct Scene {
  SceneId number;
  std::string id;  ///< area id, ".", and the id within the area
  std::string name;
  AreaId area;
  std::uint8_t order = 0;  ///< 0 is the area's "off" scene
  Preset preset;
};

/// Press: its zones go to the preset, or off when the LED is lit.
struct Toggle {
  Preset on;
  Duration off_fade = std::chrono::seconds(2);
};
/// Every press runs the preset.
struct SingleAction {
  Preset preset;
};
/// Ramps its zones while held; release stops.
struct RaiseLower {
  bool raise = true;
  std::vector<ZoneId> zones;
};
using Programming = std::variant<std::monostate, Toggle, SingleAction, RaiseLower>;

/// When a button's LED is lit, by target levels (so that it answers at the press, not at the end of the fade).
enum class LedLogic : std::uint8_t {
  none,         ///< never
  room,         ///< at least one zone of the preset is on
  scene,        ///< every zone of the preset is at its programmed level
  integration,  ///< set by a client
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
  LedLogic led_logic = LedLogic::room;
};

/// Anything that has an address on a link: keypads (with buttons), dimmers, switches.
struct Device {
  DeviceId number;
  ControlStationId station;    ///< keypads only
  ButtonGroupId button_group;  ///< keypads only
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

  bool is_keypad() const { return static_cast<bool>(station); }
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

  /// What a number or an id stands for. nullptr = no such object.
  const Processor* find(ProcessorId id) const { return at(processors, Kind::processor, id.value); }
  const Link* find(LinkId id) const { return at(links, Kind::link, id.value); }
  const Gateway* find(GatewayId id) const { return at(gateways, Kind::gateway, id.value); }
  const Area* find(AreaId id) const { return at(areas, Kind::area, id.value); }
  const Zone* find(ZoneId id) const { return at(zones, Kind::zone, id.value); }
  const Scene* find(SceneId id) const { return at(scenes, Kind::scene, id.value); }
  const Device* find(DeviceId id) const { return at(devices, Kind::device, id.value); }
  const Button* find(ButtonId id) const { return at(buttons, Kind::button, id.value); }
  const Device* find(ControlStationId id) const { return at(devices, Kind::control_station, id.value); }
  const Device* find(ButtonGroupId id) const { return at(devices, Kind::button_group, id.value); }
  const Button* find(LedId id) const { return at(buttons, Kind::led, id.value); }
  const Zone* find_zone(std::string_view id) const { return named(zones, Kind::zone, id); }
  const Button* find_button(std::string_view id) const { return named(buttons, Kind::button, id); }
  const Scene* find_scene(std::string_view id) const { return named(scenes, Kind::scene, id); }
  const Area* find_area(std::string_view id) const { return named(areas, Kind::area, id); }
  const Device* find_device(std::string_view id) const { return named(devices, Kind::device, id); }
  const Link* find_link(std::string_view id) const { return named(links, Kind::link, id); }

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
    led
  };
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
  std::array<std::unordered_map<std::string, std::uint32_t, IdHash, std::equal_to<>>, 12> by_id_;
};

using ProjectPtr = std::shared_ptr<const Project>;

}  // namespace candela
