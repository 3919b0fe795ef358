#include "servers/house_document.h"

#include <boost/json.hpp>
#include <cmath>
#include <optional>
#include <string>
#include <string_view>

#include "base/colour_math.h"
#include "servers/house_words.h"

namespace candela::servers {
namespace {

namespace json = boost::json;

constexpr double kXyScale = 10000;
constexpr double kHundredths = 100;  // of a degree

Result<double> number(const json::object& members, std::string_view key, double lowest, double highest) {
  const json::value* value = members.if_contains(key);
  const double it = value != nullptr && value->is_number() ? value->to_number<double>() : std::nan("");
  if (it >= lowest && it <= highest) return it;
  const auto bound = [](double limit) { return std::to_string(std::lround(limit)); };
  return Error{"\"" + std::string(key) + "\" must be a number from " + bound(lowest) + " to " + bound(highest)};
}

template <class Make>
Result<Colour> of_two(const Result<double>& a, const Result<double>& b, Make make) {
  if (!a) return a.error();
  if (!b) return b.error();
  return make(*a, *b);
}

}  // namespace

json::object house_document(const View& view) {
  const View::HouseState& state = view.house();
  const Mode* mode = view.project()->find(state.mode);
  const bool has_night = view.project()->day_night.has_value();
  return {{"mode", mode == nullptr ? json::value(nullptr) : json::value(mode->id)},
          {"night", has_night ? json::value(state.night) : json::value(nullptr)},
          {"away", state.away},
          {"emergency", state.emergency},
          {"shed_percent", state.shed_percent},
          {"clock_trusted", state.clock_trusted}};
}

json::object facade_document(const Facade& facade, const View& view) {
  const std::optional<Level> wanted = view.wanted(facade.number);
  json::array elsewhere;
  for (const ZoneId shade : view.shades_elsewhere(facade.number)) {
    if (const Zone* zone = view.project()->find(shade)) elsewhere.emplace_back(zone->id);
  }
  return {{"id", facade.id},
          {"enabled", view.is_enabled(facade.number)},
          {"wanted", wanted ? json::value(wanted->percent()) : json::value(nullptr)},
          {"elsewhere", std::move(elsewhere)}};
}

json::object climate_document(const View::ClimateState& state) {
  return {{"mode", word(state.mode)},
          {"heat", state.heat_to / kHundredths},
          {"cool", state.cool_to / kHundredths},
          {"temperature", state.temperature / kHundredths}};
}

json::value colour_document(const Colour& colour) {
  switch (colour.kind) {
    case Colour::Kind::none: return nullptr;
    case Colour::Kind::white: return {{"kelvin", colour.kelvin}};
    case Colour::Kind::warm_dim: return {{"warm_dim", true}};
    case Colour::Kind::xy: return {{"x", colour.x / kXyScale}, {"y", colour.y / kXyScale}};
  }
  return nullptr;
}

Result<Colour> read_colour(const json::object& members) {
  const bool white = members.contains("kelvin");
  const bool point = members.contains("x") || members.contains("y");
  const bool hue = members.contains("hue") || members.contains("saturation");
  const json::value* const warm_dim = members.if_contains("warm_dim");
  if (white + point + hue + (warm_dim != nullptr) != 1) {
    return Error{
        "say one colour: as \"kelvin\", as \"x\" and \"y\", as \"hue\" and \"saturation\", or \"warm_dim\": true"};
  }
  if (warm_dim != nullptr) {
    if (*warm_dim != true) return Error{"\"warm_dim\" has to be true; another colour ends it"};
    return Colour::warm_dim();
  }
  if (white) {
    const auto kelvin = number(members, "kelvin", kWarmestKelvin, kCoolestKelvin);
    if (!kelvin) return kelvin.error();
    return Colour::white(static_cast<std::uint16_t>(std::lround(*kelvin)));
  }
  if (hue) return of_two(number(members, "hue", 0, 360), number(members, "saturation", 0, 100), from_hue_saturation);
  return of_two(number(members, "x", 0, 1), number(members, "y", 0, 1), [](double x, double y) {
    return Colour::xy(static_cast<std::uint16_t>(std::lround(x * kXyScale)),
                      static_cast<std::uint16_t>(std::lround(y * kXyScale)));
  });
}

}  // namespace candela::servers
