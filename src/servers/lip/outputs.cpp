#include "protocols/lip/report.h"
#include "servers/leap/statuses.h"
#include "servers/lip/call.h"

namespace candela::lip {
namespace {

constexpr std::uint32_t kLevel = 1;
constexpr std::uint32_t kRaise = 2;
constexpr std::uint32_t kLower = 3;
constexpr std::uint32_t kStop = 4;
constexpr std::uint32_t kFlash = 5;
constexpr std::uint32_t kPulse = 6;
constexpr std::uint32_t kTilt = 9;
constexpr std::uint32_t kLiftAndTilt = 10;
constexpr std::uint32_t kRaiseTilt = 11;
constexpr std::uint32_t kLowerTilt = 12;
constexpr std::uint32_t kRaiseLift = 14;
constexpr std::uint32_t kLowerLift = 15;
constexpr std::uint32_t kStopLift = 16;

bool is_on_or_off(LoadType load) {
  return load == LoadType::switched || load == LoadType::contact || load == LoadType::pulsed_contact;
}

Fault set_level(Call& call, const Zone& zone, Level level, std::optional<Duration> fade, Duration delay) {
  call.effects.stop(zone.number);
  if (is_on_or_off(zone.load) && level.is_on()) level = Level::full();
  if (is_shade(zone.load)) fade.reset();
  return call.submit(SetZone{zone.number, level, fade, delay});
}

Fault move(Call& call, const Zone& zone, Movement movement) {
  if (!is_ramped(zone.load)) return Fault::action;
  call.effects.stop(zone.number);
  const bool stands = !call.view().zone(zone.number).fade.moving(call.now());
  const Fault fault = call.submit(MoveZone{zone.number, movement});
  // The house has nothing to say of a zone that stands already; the client waits to hear where it is.
  if (fault == Fault::none && movement == Movement::stop && stands) {
    call.told.emplace_back(Monitor::zone, output_line(call.id(), call.view().level(zone.number, call.now())));
  }
  return fault;
}

Fault flash(Call& call, const Zone& zone) {
  if (!is_dimmed(zone.load) && zone.load != LoadType::switched) return Fault::action;
  const Duration delay = call.time(1).value_or(Duration::zero());
  call.effects.flash(zone.number, call.caller.source(), call.time(0).value_or(Duration::zero()), call.now() + delay);
  return Fault::none;
}

Fault pulse(Call& call, const Zone& zone) {
  if (is_shade(zone.load) || zone.load == LoadType::fan) return Fault::action;
  const Duration delay = call.time(1).value_or(Duration::zero());
  if (zone.load == LoadType::pulsed_contact && !call.values.has(0)) {
    return call.submit(SetZone{zone.number, Level::full(), Duration::zero(), delay});
  }
  const Duration length = call.time(0).value_or(std::chrono::seconds(1));
  call.effects.pulse(zone.number, call.caller.source(), length, call.now() + delay);
  return Fault::none;
}

Fault tilt(Call& call, const Zone& zone, Level level, std::size_t fade) {
  if (zone.load != LoadType::tilting_shade) return Fault::action;
  if (call.values.has(fade + 1) && call.values.time(fade + 1) > Duration::zero()) return Fault::range;
  return call.submit(SetTilt{zone.number, level, call.time(fade)});
}

Fault lift_and_tilt(Call& call, const Zone& zone) {
  if (const Fault fault = tilt(call, zone, call.values.level(1), 2); fault != Fault::none) return fault;
  return set_level(call, zone, call.values.level(0), {}, {});
}

/// Slats go all the way in a second or two; to stop them is to send them where they are.
Fault move_tilt(Call& call, const Zone& zone) {
  switch (call.command.action) {
    case kRaiseTilt: return tilt(call, zone, Level::full(), 0);
    case kLowerTilt: return tilt(call, zone, Level::off(), 0);
    default: return tilt(call, zone, call.view().zone(zone.number).tilt.at(call.now()), 0);
  }
}

Fault ask(Call& call, const Zone& zone) {
  const Level level = leap::shown_level(call.view(), zone.number, call.now());
  if (call.command.action == kLevel) {
    call.out += output_line(call.id(), level);
    return Fault::none;
  }
  if (zone.load != LoadType::tilting_shade) return Fault::action;
  const Level slats = call.view().zone(zone.number).tilt.to;
  if (call.command.action == kTilt) {
    call.out += tilt_line(call.id(), slats);
    return Fault::none;
  }
  std::string text;
  append_level(text, level);
  text += ',';
  append_level(text, slats);
  call.out += line_of("OUTPUT", call.id(), kLiftAndTilt, text);
  return Fault::none;
}

}  // namespace

Fault output(Call& call) {
  const Zone& zone = *call.project().find(ZoneId{call.id()});
  if (call.is_query()) return ask(call, zone);
  switch (call.command.action) {
    case kLevel:
      return set_level(call, zone, call.values.level(0), call.time(1), call.time(2).value_or(Duration::zero()));
    case kRaise:
    case kRaiseLift: return move(call, zone, Movement::raise);
    case kLower:
    case kLowerLift: return move(call, zone, Movement::lower);
    case kStop:
    case kStopLift: return move(call, zone, Movement::stop);
    case kFlash: return flash(call, zone);
    case kPulse: return pulse(call, zone);
    case kTilt: return tilt(call, zone, call.values.level(0), 1);
    case kLiftAndTilt: return lift_and_tilt(call, zone);
    default: return move_tilt(call, zone);
  }
}

}  // namespace candela::lip
