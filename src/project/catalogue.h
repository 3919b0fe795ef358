#pragma once

#include <cstdint>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "model/project.h"

namespace candela::project {

/// Where a number about hardware comes from and how far to trust it.
struct Origin {
  enum class Sure : std::uint8_t { low, medium, high };
  std::string source;
  Sure sure = Sure::low;
};

/// How LEAP clients know a kind of device.
struct LeapNames {
  std::string device_type;   ///< such as "PalladiomKeypad"; decides what clients make of it
  std::string device_class;  ///< hexadecimal without 0x; "0" = not known
  Origin origin;
};

/// What a device takes from its link, and how warm it gets.
struct Power {
  double pdu = 0;           ///< power draw units
  double btu_per_hour = 0;  ///< 0 = not known
  Origin origin;            ///< of the power draw units
};

/// How much one link may carry.
struct LinkLimits {
  std::uint32_t devices = 0;
  std::uint32_t zones = 0;
  Origin origin;
};

struct ProcessorModel {
  std::string name;  ///< as in project files: "HQP7-2"
  std::string title;
  std::uint32_t links = 0;
  Origin links_origin;
  bool multi_dwelling = false;
  LinkLimits qs_wired;
  LinkLimits clear_connect_a;
  Power power;
  LeapNames leap;

  const LinkLimits& limits(LinkType type) const { return type == LinkType::qs_wired ? qs_wired : clear_connect_a; }
};

struct AddressRange {
  std::uint8_t first = 0;  ///< 0 = there is no such range
  std::uint8_t last = 0;
  Origin origin;

  bool has(std::int64_t address) const { return first > 0 && address >= first && address <= last; }
};

struct LinkTypeFacts {
  LinkType type = LinkType::qs_wired;
  std::string name;  ///< as in project files: "qs_wired"
  std::string title;
  AddressRange addresses;  ///< for all devices but repeaters
  AddressRange repeaters;
};

struct SystemLimit {
  std::uint32_t limit = 0;
  Origin origin;
};
struct SystemLimits {
  SystemLimit processors;
  SystemLimit links;
  SystemLimit clear_connect_a_links;
  SystemLimit zones;
  SystemLimit zones_per_area;
  SystemLimit scenes_per_area;  ///< the off scene not counted
  SystemLimit outputs_per_zone;
};

/// A family of devices: everything with this name is alike.
struct Family {
  enum class Kind : std::uint8_t {
    keypad,
    dimmer,
    switching,
    repeater,
    shade,
    fan,
    contacts,  ///< contact outputs, mostly with inputs
    dmx,       ///< DMX channels on a link
    sensor,
    thermostat,
    phantom,    ///< a keypad for programs only
    homeowner,  ///< a keypad for apps only
  };

  std::string name;  ///< as in project files: "LQSE-4A-120-D"
  std::string title;
  Kind kind = Kind::dimmer;
  std::vector<LinkType> link_types;  ///< it fits these

  std::uint8_t outputs = 0;
  std::vector<LoadType> loads;     ///< what may hang on an output
  bool counts_all_outputs = true;  ///< against the zones of the link; false: only those in use count
  Origin outputs_origin;

  std::vector<std::uint8_t> buttons;  ///< positions, as clients number them; of a dimmer, those beside its lights
  std::optional<std::uint8_t> raise;  ///< position of the raise button
  std::optional<std::uint8_t> lower;
  bool leds = false;  ///< its buttons (but never raise and lower) have LEDs
  Origin buttons_origin;

  std::vector<std::uint8_t> inputs;  ///< positions of its contact inputs, in one row with the buttons
  Origin inputs_origin;

  bool senses_occupancy = false;
  bool senses_light = false;
  Origin senses_origin;

  SystemLimit per_link;  ///< so many of them on one link; 0 = no limit but that of the link

  Power power;
  LeapNames leap;

  bool fits(LinkType type) const;
  bool takes(LoadType load) const;
  /// A keypad that is in the wall, not only in programs and apps.
  bool is_keypad() const { return kind == Kind::keypad; }
  bool is_virtual() const { return kind == Kind::phantom || kind == Kind::homeowner; }
};

/// What is known about hardware: the files in catalogue/, built in.
struct Catalogue {
  std::vector<ProcessorModel> processors;
  std::vector<LinkTypeFacts> link_types;
  SystemLimits system;
  std::vector<Family> families;

  const ProcessorModel* find_processor(std::string_view model) const;
  const Family* find_family(std::string_view name) const;
  /// The family of virtual keypads of this kind.
  const Family* find_virtual(Family::Kind kind) const;
  const LinkTypeFacts& link_type(LinkType type) const;
};

/// The built-in catalogue. Read once; safe to call from any thread.
const Catalogue& catalogue();

}  // namespace candela::project
