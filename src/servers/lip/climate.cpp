#include <fmt/format.h>

#include <cmath>

#include "protocols/lip/report.h"
#include "servers/lip/call.h"

namespace candela::lip {
namespace {

constexpr std::uint32_t kFahrenheit = 1;
constexpr std::uint32_t kSetPointsFahrenheit = 2;
constexpr std::uint32_t kMode = 3;
constexpr std::uint32_t kSensors = 8;
constexpr std::uint32_t kDoes = 14;
constexpr std::uint32_t kCelsius = 15;
constexpr std::uint32_t kSetPointsCelsius = 16;

constexpr double kUnchanged = 255;
constexpr std::uint32_t kAllSensors = 1;

int fahrenheit(std::int16_t hundredths) { return static_cast<int>(std::lround(hundredths / 100.0 * 9 / 5 + 32)); }

/// "20.5": as few decimals as it needs, two at most.
std::string celsius(std::int16_t hundredths) { return fmt::format("{:g}", hundredths / 100.0); }

std::optional<std::int16_t> set_point(double value, bool in_fahrenheit) {
  if (value == kUnchanged) return std::nullopt;
  const double degrees = in_fahrenheit ? (value - 32) * 5 / 9 : value;
  return static_cast<std::int16_t>(std::lround(degrees * 100));
}

/// 0 idle after heating, 1 heats, 5 idle after cooling, 6 cools, 8 off. By its set points, for drives do not tell.
std::uint32_t what_it_does(const View::ClimateState& it) {
  const bool may_heat = it.mode == ClimateMode::heat || it.mode == ClimateMode::automatic;
  const bool may_cool = it.mode == ClimateMode::cool || it.mode == ClimateMode::automatic;
  if (it.mode == ClimateMode::off) return 8;
  if (may_heat && it.temperature < it.heat_to) return 1;
  if (may_cool && it.temperature > it.cool_to) return 6;
  return may_heat ? 0 : 5;
}

std::string line(const View::ClimateState& it, std::uint32_t id, std::uint32_t action) {
  const auto say = [&](const std::string& text) { return line_of("HVAC", id, action, text); };
  switch (action) {
    case kFahrenheit: return say(std::to_string(fahrenheit(it.temperature)));
    case kSetPointsFahrenheit: return say(fmt::format("{},{}", fahrenheit(it.heat_to), fahrenheit(it.cool_to)));
    case kMode: return line_of("HVAC", id, action, static_cast<std::uint32_t>(it.mode) + 1);
    case kSensors: return line_of("HVAC", id, action, kAllSensors);
    case kDoes: return line_of("HVAC", id, action, what_it_does(it));
    case kCelsius: return say(celsius(it.temperature));
    default: return say(celsius(it.heat_to) + "," + celsius(it.cool_to));
  }
}

}  // namespace

std::string climate_lines(const View& view, ZoneId zone) {
  std::string lines;
  for (const std::uint32_t action : {kFahrenheit, kSetPointsFahrenheit, kMode, kDoes, kCelsius, kSetPointsCelsius}) {
    lines += line(view.climate(zone), zone.value, action);
  }
  return lines;
}

Fault climate(Call& call) {
  const ZoneId zone{call.id()};
  if (call.is_query()) {
    call.out += line(call.view().climate(zone), call.id(), call.command.action);
    return Fault::none;
  }
  SetClimate set{zone, {}, {}, {}};
  if (call.command.action == kMode) {
    const std::uint32_t number = call.values.whole(0);
    if (number > static_cast<std::uint32_t>(ClimateMode::automatic) + 1) return Fault::range;
    set.mode = static_cast<ClimateMode>(number - 1);
  } else {
    const bool in_fahrenheit = call.command.action == kSetPointsFahrenheit;
    set.heat_to = set_point(call.values.numbers[0], in_fahrenheit);
    set.cool_to = set_point(call.values.numbers[1], in_fahrenheit);
  }
  return call.submit(set);
}

}  // namespace candela::lip
