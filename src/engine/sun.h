#pragma once

#include <chrono>
#include <optional>

namespace candela::engine {

/// Where the sun is, by the equations of NOAA's solar calculator (after Meeus, Astronomical Algorithms, chapters 25 and
/// 28): within some seconds of the truth from 1900 to 2100 below the polar circles, and within one minute of it there.
class Sun {
 public:
  using Utc = std::chrono::sys_time<std::chrono::milliseconds>;

  /// Of the sun's centre from the point overhead, in degrees, as the sun disappears: half a disc and the refraction at
  /// the horizon below it. The second is the end of civil twilight.
  static constexpr double kHorizon = 90.833;
  static constexpr double kCivilTwilight = 96;

  struct Position {
    double elevation = 0;  ///< degrees, without refraction
    double azimuth = 0;    ///< degrees from north over east, 0 to under 360
  };

  /// Degrees; north and east positive.
  Sun(double latitude, double longitude) : latitude_(latitude), longitude_(longitude) {}

  Position position(Utc utc) const;
  /// When the sun passes that zenith distance before and after the noon that lies next to `noon`; to the second.
  /// Nothing when it does not pass it between the midnights beside that noon.
  std::optional<Utc> rise(Utc noon, double zenith) const { return passes(noon, zenith, Side::before_noon); }
  std::optional<Utc> set(Utc noon, double zenith) const { return passes(noon, zenith, Side::after_noon); }

 private:
  enum class Side : int { before_noon = -1, after_noon = 1 };

  std::optional<Utc> passes(Utc noon, double zenith, Side side) const;

  double latitude_;
  double longitude_;
};

}  // namespace candela::engine
