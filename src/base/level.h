#pragma once

#include <cmath>
#include <compare>
#include <cstdint>

namespace candela {

/// How bright a zone is, or how far a shade is open: 0 (off, closed) to full.
/// Kept in the 16-bit scale of the device links, where full is 0xFEFF (observed on Clear Connect frames), so that
/// 50 % is 0x7F7F on every wire and a percent with two decimals survives the round trip.
class Level {
 public:
  static constexpr std::uint16_t kFullRaw = 0xFEFF;

  constexpr Level() = default;

  /// Values above full become full.
  static constexpr Level from_raw(std::uint32_t raw) {
    Level level;
    level.raw_ = static_cast<std::uint16_t>(raw > kFullRaw ? kFullRaw : raw);
    return level;
  }
  /// Percent, 0 to 100; what lies outside is clamped, not-a-number is 0.
  static Level from_percent(double percent) {
    if (!(percent > 0)) return off();
    if (percent >= 100) return full();
    return from_raw(static_cast<std::uint32_t>(percent * kFullRaw / 100));
  }
  static constexpr Level off() { return Level(); }
  static constexpr Level full() { return from_raw(kFullRaw); }

  constexpr std::uint16_t raw() const { return raw_; }
  /// Percent rounded to two decimals, the resolution of the text protocols.
  double percent() const { return std::round(raw_ * 10000.0 / kFullRaw) / 100; }
  /// Whole percent for protocols with integers only: a zone that is on never reads 0, one that is not full never 100.
  int whole_percent() const {
    if (raw_ == 0) return 0;
    if (raw_ == kFullRaw) return 100;
    const auto rounded = static_cast<int>(std::lround(raw_ * 100.0 / kFullRaw));
    return rounded < 1 ? 1 : rounded > 99 ? 99 : rounded;
  }
  constexpr bool is_on() const { return raw_ != 0; }

  friend constexpr auto operator<=>(Level, Level) = default;

 private:
  std::uint16_t raw_ = 0;
};

}  // namespace candela
