#include "engine/sun.h"

#include <algorithm>
#include <cmath>
#include <numbers>

namespace candela::engine {
namespace {

constexpr double kDegree = std::numbers::pi / 180;
constexpr double kMinutesOfDay = 1440;
constexpr double kMinutesOfDegree = 4;  // the earth turns by one degree
constexpr double kDaysOfCentury = 36525;
constexpr double kNoon = kMinutesOfDay / 2;
/// 2000-01-01 12:00, from which the equations count.
constexpr double kEpoch = 10957.5 * kMinutesOfDay;  // minutes after 1970

double sine(double degrees) { return std::sin(degrees * kDegree); }
double cosine(double degrees) { return std::cos(degrees * kDegree); }
double arc_sine(double value) { return std::asin(std::clamp(value, -1.0, 1.0)) / kDegree; }
double arc_cosine(double value) { return std::acos(std::clamp(value, -1.0, 1.0)) / kDegree; }

/// What changes slowly over the year.
struct Season {
  double declination = 0;       ///< degrees
  double equation_of_time = 0;  ///< minutes by which a sundial is ahead of a clock
};

/// The numbers are the coefficients of Meeus' series, `t` are centuries since 2000.
Season season(double minutes) {
  const double t = (minutes - kEpoch) / kMinutesOfDay / kDaysOfCentury;
  const double mean_longitude = 280.46646 + t * (36000.76983 + t * 0.0003032);
  const double anomaly = 357.52911 + t * (35999.05029 - t * 0.0001537);
  const double eccentricity = 0.016708634 - t * (0.000042037 + t * 0.0000001267);
  const double centre = sine(anomaly) * (1.914602 - t * (0.004817 + t * 0.000014)) +
                        sine(2 * anomaly) * (0.019993 - t * 0.000101) + sine(3 * anomaly) * 0.000289;
  const double node = 125.04 - 1934.136 * t;
  const double longitude = mean_longitude + centre - 0.00569 - 0.00478 * sine(node);
  const double mean_obliquity = 23 + (26 + (21.448 - t * (46.815 + t * (0.00059 - t * 0.001813))) / 60) / 60;
  const double obliquity = mean_obliquity + 0.00256 * cosine(node);

  const double tangent = std::tan(obliquity / 2 * kDegree);
  const double y = tangent * tangent;
  const double equation = y * sine(2 * mean_longitude) - 2 * eccentricity * sine(anomaly) +
                          4 * eccentricity * y * sine(anomaly) * cosine(2 * mean_longitude) -
                          y * y * sine(4 * mean_longitude) / 2 - 1.25 * eccentricity * eccentricity * sine(2 * anomaly);
  return {arc_sine(sine(obliquity) * sine(longitude)), kMinutesOfDegree * equation / kDegree};
}

double minutes_since_1970(Sun::Utc utc) {
  return std::chrono::duration<double, std::ratio<60>>(utc.time_since_epoch()).count();
}

}  // namespace

Sun::Position Sun::position(Utc utc) const {
  const double minutes = minutes_since_1970(utc);
  const Season now = season(minutes);
  const double solar = minutes + now.equation_of_time + kMinutesOfDegree * longitude_;
  const double hour_angle = std::remainder(solar - kNoon, kMinutesOfDay) / kMinutesOfDegree;

  const double up =
      sine(latitude_) * sine(now.declination) + cosine(latitude_) * cosine(now.declination) * cosine(hour_angle);
  const double east = -cosine(now.declination) * sine(hour_angle);
  const double north =
      cosine(latitude_) * sine(now.declination) - sine(latitude_) * cosine(now.declination) * cosine(hour_angle);
  const double azimuth = std::atan2(east, north) / kDegree;
  return {arc_sine(up), azimuth < 0 ? azimuth + 360 : azimuth};
}

std::optional<Sun::Utc> Sun::passes(Utc noon, double zenith, Side side) const {
  // The day whose noon by the mean sun is next to the given one; the true sun is never 17 minutes away from it.
  const double from_greenwich = kNoon - kMinutesOfDegree * longitude_;
  const double day = std::round((minutes_since_1970(noon) - from_greenwich) / kMinutesOfDay);
  const double mean_noon = day * kMinutesOfDay + from_greenwich;

  // The season is that of the moment we look for, so it is looked for again until it stands.
  constexpr int kAttempts = 12;
  constexpr double kExact = 0.1 / 60;
  double moment = mean_noon;
  double ratio = 0;
  for (int attempt = 0; attempt < kAttempts; ++attempt) {
    const Season then = season(moment);
    ratio =
        (cosine(zenith) - sine(latitude_) * sine(then.declination)) / (cosine(latitude_) * cosine(then.declination));
    const double before = moment;
    moment = mean_noon - then.equation_of_time + static_cast<int>(side) * kMinutesOfDegree * arc_cosine(ratio);
    if (std::abs(moment - before) < kExact) break;
  }
  // Written so that the poles, where the ratio is no number, have no event.
  if (!(std::abs(ratio) <= 1)) return std::nullopt;
  return Utc{std::chrono::seconds{std::llround(moment * 60)}};
}

}  // namespace candela::engine
