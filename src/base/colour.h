#pragma once

#include <cstdint>

namespace candela {

/// The colour of a light: none (the load has no say in it), a white on the black-body curve, a point of CIE 1931, or
/// whatever white its level gives by the zone's warm-dim curve.
/// Whole numbers, so that two colours are equal or not and a replay gives the same bytes.
struct Colour {
  enum class Kind : std::uint8_t { none, white, xy, warm_dim };

  Kind kind = Kind::none;
  std::int8_t vibrancy = kAutomatic;  ///< 0 to 100, or kAutomatic; spectrum loads only
  std::uint16_t kelvin = 0;           ///< for white
  std::uint16_t x = 0;                ///< for xy: CIE 1931 x times 10 000
  std::uint16_t y = 0;                ///< for xy: CIE 1931 y times 10 000

  static constexpr std::int8_t kAutomatic = -1;
  static constexpr Colour white(std::uint16_t kelvin) { return {Kind::white, kAutomatic, kelvin, 0, 0}; }
  static constexpr Colour xy(std::uint16_t x, std::uint16_t y) { return {Kind::xy, kAutomatic, 0, x, y}; }

  static constexpr Colour warm_dim() { return {Kind::warm_dim, kAutomatic, 0, 0, 0}; }

  /// Known without the level.
  constexpr bool is_fixed() const { return kind == Kind::white || kind == Kind::xy; }
  constexpr explicit operator bool() const { return kind != Kind::none; }
  friend constexpr bool operator==(const Colour&, const Colour&) = default;
};

}  // namespace candela
