#pragma once

#include <array>
#include <cstdint>
#include <span>
#include <utility>
#include <vector>

#include "model/view.h"

namespace candela::links {

/// The 512 slots of a DMX universe as the zones bound to it fill them. No I/O.
class Universe {
 public:
  using Slots = std::array<std::uint8_t, 512>;
  struct Sample {
    bool changed = false;  ///< at least one slot differs from the sample before
    bool moving = false;   ///< at least one zone is still fading
  };

  /// From now on the slots are those of the zones that the project binds to the gateway; all others are 0.
  void bind(const Project& project, GatewayId gateway);

  bool empty() const { return bindings_.empty(); }
  /// True when one of the changes sets a bound zone on its way.
  bool concerned_by(std::span<const Change> changes) const;

  /// Fills the slots with what the zones put out at this moment.
  Sample sample(const View& view, MonoTime now);
  const Slots& slots() const { return slots_; }

 private:
  struct Binding {
    ZoneId zone;
    Trims trims;
    std::size_t slot;  ///< from 0
    bool sixteen_bit;
    bool switched;  ///< knows only off and full, at once

    bool moving(const Fade& fade, MonoTime now) const { return !switched && fade.moving(now); }
    Level output(const Fade& fade, MonoTime now) const;
  };

  bool is_bound(ZoneId zone) const;

  std::vector<Binding> bindings_;  ///< sorted by zone
  Slots slots_{};
};

/// An output level on the scale of one slot (0 to 255) and of two (0 to 65535), rounded.
std::uint8_t to_8_bit(Level output);
std::uint16_t to_16_bit(Level output);

}  // namespace candela::links
