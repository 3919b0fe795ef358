#pragma once

#include <array>
#include <cstdint>
#include <optional>
#include <span>
#include <utility>
#include <vector>

#include "model/tuning.h"
#include "model/view.h"

namespace candela::links {

/// The 512 slots of a DMX universe as the zones bound to it fill them. No I/O.
class Universe {
 public:
  using Slots = std::array<std::uint8_t, 512>;
  struct Sample {
    bool changed = false;  ///< at least one slot differs from the sample before
    bool moving = false;   ///< at least one zone is still fading, in level or colour
  };

  /// From now on the slots are those of the zones that the project binds to the gateway; all others are 0.
  void bind(const Project& project, GatewayId gateway);

  bool empty() const { return bindings_.empty(); }
  /// True when one of the changes sets the level or the colour of a bound zone on its way.
  bool concerned_by(std::span<const Change> changes) const;

  /// Fills the slots with what the zones put out at this moment.
  Sample sample(const View& view, MonoTime now);
  const Slots& slots() const { return slots_; }

 private:
  /// One of a zone's outputs: one value for an intensity, as many as there are channels for a colour.
  struct Binding {
    ZoneId zone;
    Tuning tuning;
    std::size_t slot = 0;  ///< from 0
    bool sixteen_bit = false;
    DmxOutput::Channels channels = DmxOutput::Channels::intensity;
    std::uint16_t warmest = 0;
    std::uint16_t coolest = 0;
    std::optional<Zone> coloured;  ///< what its colour at a level goes by

    bool moving(const View::ZoneState& state, MonoTime now) const;
    Colour colour(const View::ZoneState& state, MonoTime now) const;
    Level level(const Fade& fade, MonoTime now) const;
    void fill(Slots& slots, const View::ZoneState& state, MonoTime now) const;
    void put(Slots& slots, std::span<const Level> values) const;
  };

  void bind(const Zone& zone, const Output& output, GatewayId gateway);
  bool is_bound(ZoneId zone) const;

  std::vector<Binding> bindings_;  ///< sorted by zone
  Slots slots_{};
};

/// An output level on the scale of one slot (0 to 255) and of two (0 to 65535), rounded.
std::uint8_t to_8_bit(Level output);
std::uint16_t to_16_bit(Level output);

}  // namespace candela::links
