#include "servers/mqtt/payload.h"

#include <fmt/format.h>

#include <algorithm>
#include <boost/json/parse.hpp>
#include <charconv>

#include "model/names.h"

namespace candela::servers::mqtt {
namespace {

namespace json = boost::json;

constexpr std::size_t kMaxNesting = 4;
constexpr double kLongest = 4 * 60 * 60;  // seconds; four hours is the longest a preset can say

std::optional<double> number_of(std::string_view text) {
  double value = 0;
  const auto read = std::from_chars(text.data(), text.data() + text.size(), value);
  if (text.empty() || read.ec != std::errc() || read.ptr != text.data() + text.size()) return std::nullopt;
  return value;
}

Error not_in(double lowest, double highest) {
  return Error{fmt::format("it has to be a number from {} to {}", number(lowest), number(highest))};
}

}  // namespace

std::string_view on_or_off(bool on) { return on ? "ON" : "OFF"; }

Result<bool> read_on_or_off(std::string_view payload, bool now) {
  if (payload == "ON" || payload == "on") return true;
  if (payload == "OFF" || payload == "off") return false;
  if (payload == "TOGGLE" || payload == "toggle") return !now;
  return Error{"it has to be ON, OFF or TOGGLE"};
}

Result<Control> read_control(std::string_view payload) {
  if (payload == "TOGGLE" || payload == "toggle") return Control::toggle;
  const auto on = read_on_or_off(payload, false);
  if (!on) return on.error();
  return *on ? Control::start : Control::stop;
}

Result<Movement> read_movement(std::string_view payload) {
  if (payload == "raise") return Movement::raise;
  if (payload == "lower") return Movement::lower;
  if (payload == "stop") return Movement::stop;
  return Error{"it has to be raise, lower or stop"};
}

Result<Level> read_level(std::string_view payload) {
  const auto percent = number_of(payload);
  if (!percent || !(*percent >= 0 && *percent <= 100)) return not_in(0, 100);
  return Level::from_percent(*percent);
}

Result<json::object> read_object(std::string_view payload, std::initializer_list<std::string_view> known) {
  json::parse_options options;
  options.max_depth = kMaxNesting;
  json::error_code error;
  json::value value = json::parse(payload, error, {}, options);
  if (error || !value.is_object()) return Error{"it is no JSON object"};
  for (const auto& member : value.get_object()) {
    if (std::find(known.begin(), known.end(), std::string_view(member.key())) == known.end()) {
      return Error{fmt::format("\"{}\" is not known here", std::string_view(member.key()))};
    }
  }
  return std::move(value.get_object());
}

Result<std::optional<double>> read_number(const json::object& members, std::string_view name, double lowest,
                                          double highest) {
  const json::value* const value = members.if_contains(name);
  if (value == nullptr) return std::optional<double>();
  const double it = value->is_number() ? value->to_number<double>() : lowest - 1;
  if (it >= lowest && it <= highest) return std::optional(it);
  return Error{fmt::format("\"{}\": {}", name, not_in(lowest, highest).message)};
}

Result<std::optional<Duration>> read_seconds(const json::object& members, std::string_view name) {
  const auto seconds = read_number(members, name, 0, kLongest);
  if (!seconds) return seconds.error();
  return *seconds ? std::optional(from_seconds(**seconds)) : std::nullopt;
}

Result<LevelOrder> read_level_order(std::string_view payload) {
  if (!payload.starts_with('{')) {
    const auto level = read_level(payload);
    if (!level) return level.error();
    return LevelOrder{*level, std::nullopt, {}};
  }
  const auto members = read_object(payload, {"level", "fade", "delay"});
  if (!members) return members.error();
  const auto level = read_number(*members, "level", 0, 100);
  if (!level) return level.error();
  if (!*level) return Error{"\"level\" is missing"};
  const auto fade = read_seconds(*members, "fade");
  if (!fade) return fade.error();
  const auto delay = read_seconds(*members, "delay");
  if (!delay) return delay.error();
  return LevelOrder{Level::from_percent(**level), *fade, delay->value_or(Duration::zero())};
}

}  // namespace candela::servers::mqtt
