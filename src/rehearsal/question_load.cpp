#include "rehearsal/question_load.h"

#include <fmt/format.h>

#include <algorithm>
#include <cmath>

#include "base/colour_math.h"
#include "rehearsal/lookup.h"

namespace candela::rehearsal {
namespace {

using Kind = Check::Kind;

constexpr double kHundredths = 100;  // of a degree

Colour colour_now(const Zone& zone, const Home& home) {
  const View::ZoneState& state = home.view().zone(zone.number);
  return between(state.colour_from, state.colour, (home.now().mono - state.colour_start).count(),
                 state.colour_duration.count());
}

Answer ask_white(const Check& check, const Zone& zone, const Home& home) {
  constexpr double kKelvinTolerance = 25;
  const Colour colour = colour_now(zone, home);
  const bool is_white = colour.kind == Colour::Kind::white;
  const bool so = is_white && std::abs(colour.kelvin - check.named.number) <= kKelvinTolerance;
  return plain(so, check.named.negated, is_white ? fmt::format("it is at {} K", colour.kelvin) : "it has no white");
}

/// On a circle of 360 degrees, and the less saturated, the less the hue matters: that of white is anything.
Answer ask_tint(const Check& check, const Zone& zone, const Home& home) {
  constexpr double kTolerance = 1;  // degrees of the full colours, percent of saturation
  const Colour colour = colour_now(zone, home);
  if (colour.kind == Colour::Kind::none) return plain(false, check.named.negated, "no colour was set");
  const HueSaturation is = to_hue_saturation(colour);
  const double apart = std::abs(std::remainder(is.hue - check.named.number, 360)) * is.saturation / 100;
  const bool so = apart <= kTolerance && std::abs(is.saturation - check.named.level.percent()) <= kTolerance;
  return plain(so, check.named.negated,
               fmt::format("it is at hue {:.0f} and saturation {:.0f} %", is.hue, is.saturation));
}

Answer ask_tilted(const Check& check, const Zone& zone, const Home& home) {
  const Fade& tilt = home.view().zone(zone.number).tilt;
  const Level now = tilt.at(home.now().mono);
  std::string found = fmt::format("{} is tilted to {:.4g} %", zone.id, now.percent());
  if (tilt.moving(home.now().mono)) found += fmt::format(", going to {:.4g} %", tilt.to.percent());
  return plain(is_same(now, check.named.level), check.named.negated, std::move(found));
}

Result<Answer> ask_fan(const Check& check, const Zone& zone, const Home& home) {
  constexpr double kStep = 25;  // percent
  const auto wanted = position_of(kFanWords, check.named.state, "a fan");
  if (!wanted) return wanted.error();
  const auto speed =
      static_cast<std::size_t>(std::lround(home.view().level(zone.number, home.now().mono).percent() / kStep));
  return plain(speed == *wanted, check.named.negated, fmt::format("{} is at {}", zone.id, kFanWords.at(speed)));
}

Answer ask_contact(const Check& check, const Zone& zone, const Home& home) {
  const bool closed = home.view().level(zone.number, home.now().mono).is_on();
  return plain(closed == (check.kind == Kind::closed), check.named.negated,
               fmt::format("{} is {}", zone.id, closed ? "closed" : "open"));
}

Result<Answer> ask_thermostat(const Check& check, const Zone& zone, const Home& home) {
  const View::ClimateState& climate = home.view().climate(zone.number);
  if (check.kind == Kind::thermostat) {
    const auto wanted = position_of(kClimateWords, check.named.state, "a thermostat");
    if (!wanted) return wanted.error();
    const auto mode = static_cast<std::size_t>(climate.mode);
    return plain(mode == *wanted, check.named.negated, fmt::format("{} is set to {}", zone.id, kClimateWords.at(mode)));
  }
  const bool heats = check.kind == Kind::heat_to;
  const std::int16_t point = heats ? climate.heat_to : climate.cool_to;
  return plain(point == std::lround(check.named.number * kHundredths), check.named.negated,
               fmt::format("{} is set to {} to {:g} degrees", zone.id, heats ? "heat" : "cool", point / kHundredths));
}

Result<Answer> ask_shade_of_facade(const Check& check, const Facade& facade, const Home& home) {
  const auto shade = look_up(home.project().zones, "zone", check.named.state);
  if (!shade) return shade.error();
  if (std::find(facade.shades.begin(), facade.shades.end(), (*shade)->number) == facade.shades.end()) {
    return Error{fmt::format("the zone '{}' is no shade of the facade '{}'", (*shade)->id, facade.id)};
  }
  const auto elsewhere = home.view().shades_elsewhere(facade.number);
  const bool so = std::find(elsewhere.begin(), elsewhere.end(), (*shade)->number) != elsewhere.end();
  return plain(so, check.named.negated, so ? "it is moved elsewhere" : "it is where the facade wants it");
}

Result<Answer> ask_facade(const Check& check, const Home& home) {
  const auto facade = look_up(home.project().facades, "facade", check.named.object);
  if (!facade) return facade.error();
  const FacadeId number = (*facade)->number;
  const bool enabled = home.view().is_enabled(number);
  if (check.kind == Kind::facade_leaves) return ask_shade_of_facade(check, **facade, home);
  if (check.kind != Kind::facade_wants) {
    return plain(enabled == (check.kind == Kind::facade_enabled), false, enabled ? "it is enabled" : "it is disabled");
  }
  const auto wanted = home.view().wanted(number);
  return plain(wanted && is_same(*wanted, check.named.level), check.named.negated,
               wanted    ? fmt::format("it asks for {:.4g} %", wanted->percent())
               : enabled ? "it asks for nothing yet"
                         : "it is disabled");
}

}  // namespace

bool is_same(Level a, Level b) {
  constexpr double kTolerance = 0.5;
  return std::abs(a.percent() - b.percent()) <= kTolerance;
}

Answer plain(bool so, bool negated, std::string found) { return {so != negated, std::move(found), {}}; }

Result<Answer> ask_load(const Check& check, const Home& home) {
  const auto any = [](LoadType) { return true; };
  const auto zone = [&](std::string_view kind, bool (*fits)(LoadType)) {
    return look_up_load(home.project(), kind, check.named.object, fits);
  };
  const auto about = [&](const Result<const Zone*>& found, auto question) -> Result<Answer> {
    if (!found) return found.error();
    return question(check, **found, home);
  };
  switch (check.kind) {
    case Kind::white: return about(zone("lamp", any), ask_white);
    case Kind::tint: return about(zone("lamp", any), ask_tint);
    case Kind::tilted: return about(zone("tilting shade", is_tilting), ask_tilted);
    case Kind::fan: return about(zone("fan", is_fan), ask_fan);
    case Kind::closed:
    case Kind::open: return about(zone("contact", is_contact), ask_contact);
    case Kind::thermostat:
    case Kind::heat_to:
    case Kind::cool_to: return about(zone("thermostat", is_thermostat), ask_thermostat);
    default: return ask_facade(check, home);
  }
}

}  // namespace candela::rehearsal
