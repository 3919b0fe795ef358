#include "engine/almanac.h"

#include "base/time_zone.h"
#include "engine/sun.h"

namespace candela::engine {
namespace {

using std::chrono::days;
using std::chrono::floor;
using std::chrono::local_days;
using std::chrono::local_seconds;
using std::chrono::seconds;
using std::chrono::sys_seconds;

local_days midnight(std::int32_t date) { return local_days{days{date}}; }

}  // namespace

struct Almanac::Impl {
  explicit Impl(const Location& location) : zone(location.time_zone), sun(location.latitude, location.longitude) {}

  /// The day of the sun that belongs to a date is the one whose noon is next to the clock's.
  std::optional<UtcTime> sun_event(std::int32_t date, TimeOfDay::Kind kind) const {
    const sys_seconds noon = zone.first(midnight(date) + std::chrono::hours{12});
    switch (kind) {
      case TimeOfDay::Kind::sunrise: return sun.rise(noon, Sun::kHorizon);
      case TimeOfDay::Kind::sunset: return sun.set(noon, Sun::kHorizon);
      case TimeOfDay::Kind::dawn: return sun.rise(noon, Sun::kCivilTwilight);
      case TimeOfDay::Kind::dusk: return sun.set(noon, Sun::kCivilTwilight);
      case TimeOfDay::Kind::fixed: break;
    }
    return std::nullopt;
  }

  std::optional<UtcTime> moment(std::int32_t date, const TimeOfDay& time) const {
    if (time.kind == TimeOfDay::Kind::fixed) return zone.first(midnight(date) + time.offset);
    const std::optional<UtcTime> event = sun_event(date, time.kind);
    if (!event) return std::nullopt;
    return *event + time.offset;
  }

  TimeZone zone;
  Sun sun;
};

Almanac::Almanac(const Location& location) : impl_(std::make_unique<const Impl>(location)) {}
Almanac::~Almanac() = default;
Almanac::Almanac(Almanac&&) noexcept = default;
Almanac& Almanac::operator=(Almanac&&) noexcept = default;

Almanac::Local Almanac::local(UtcTime utc) const {
  const sys_seconds whole = floor<seconds>(utc);
  const local_seconds clock{(whole + impl_->zone.offset(whole)).time_since_epoch()};
  const local_days day = floor<days>(clock);
  const std::chrono::weekday weekday{day};
  return {static_cast<std::int32_t>(day.time_since_epoch().count()), clock - day,
          static_cast<std::uint8_t>(1U << (weekday.iso_encoding() - 1))};
}

std::optional<UtcTime> Almanac::moment(std::int32_t date, const TimeOfDay& time) const {
  return impl_->moment(date, time);
}

bool Almanac::is_within(UtcTime now, const TimeOfDay& from, const TimeOfDay& to) const {
  const std::int32_t today = local(now).date;
  // Yesterday's window may reach into today; so may tomorrow's, by an offset that crosses midnight.
  for (std::int32_t date = today - 1; date <= today + 1; ++date) {
    const std::optional<UtcTime> begin = moment(date, from);
    if (!begin || now < *begin) continue;
    std::optional<UtcTime> end = moment(date, to);
    if (!end || *end <= *begin) end = moment(date + 1, to);
    if (end && now < *end) return true;
  }
  return false;
}

double Almanac::sun_elevation(UtcTime utc) const { return impl_->sun.position(utc).elevation; }
double Almanac::sun_azimuth(UtcTime utc) const { return impl_->sun.position(utc).azimuth; }

}  // namespace candela::engine
