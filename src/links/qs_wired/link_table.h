#pragma once

#include <optional>
#include <span>
#include <unordered_map>
#include <vector>

#include "base/fade.h"
#include "model/project.h"
#include "model/tuning.h"
#include "protocols/qs/master.h"

namespace candela::links {

/// What of a project hangs on one link, by the names used on the wire (device, output, position) and by the project's.
class LinkTable {
 public:
  struct Output {
    std::size_t device = 0;
    std::uint8_t output = 1;
    ZoneId zone;
    Tuning tuning;

    /// What the device shall put out for a zone's fade.
    Fade to_output(const Fade& zone_fade) const { return tuning.output(zone_fade); }
    /// The zone's level for what the device puts out.
    Level to_level(Level output_level) const { return tuning.level(output_level); }
  };
  struct Led {
    std::size_t device = 0;
    std::uint8_t position = 1;
    LedId led;
  };

  LinkTable() = default;
  LinkTable(const Project& project, LinkId link);

  std::span<const qs::DeviceEntry> devices() const { return entries_; }
  std::span<const Output> outputs() const { return outputs_; }
  /// The outputs on this link that the zone drives; they follow each other in outputs().
  std::span<const Output> outputs_of(ZoneId zone) const;
  std::span<const Led> leds() const { return leds_; }

  /// None or nullptr for what is not on this link, or not bound to anything.
  DeviceId device(std::size_t place) const { return place < ids_.size() ? ids_[place] : DeviceId{}; }
  /// The zone's first output on this link: the one whose word about its level counts.
  const Output* find(ZoneId zone) const;
  const Output* find_output(std::size_t device, std::uint8_t output) const;
  const Led* find(LedId led) const;
  ButtonId find_button(std::size_t device, std::uint8_t position) const;

 private:
  void add_device(const Project& project, const Device& device);
  void add_zone(const Zone& zone);
  void add_output(const candela::Output& output, const Zone& zone);

  std::vector<qs::DeviceEntry> entries_;
  std::vector<DeviceId> ids_;
  std::vector<Output> outputs_;  ///< those of a zone one after the other
  std::vector<Led> leds_;
  std::unordered_map<DeviceId, std::size_t> place_of_device_;
  std::unordered_map<ZoneId, std::size_t> output_of_zone_;  ///< the first
  std::unordered_map<LedId, std::size_t> place_of_led_;
  std::unordered_map<std::size_t, std::size_t> output_by_terminal_;  ///< key: terminal()
  std::unordered_map<std::size_t, ButtonId> button_by_terminal_;
};

}  // namespace candela::links
