#include "servers/requests/request.h"

#include <array>

#include "base/spelling.h"

namespace candela::servers::requests {

namespace json = boost::json;

std::string text_of(const json::object& request, std::string_view key) {
  const json::value* value = request.if_contains(key);
  return value != nullptr && value->is_string() ? std::string(value->get_string()) : std::string();
}
std::optional<double> number_of(const json::object& request, std::string_view key) {
  const json::value* value = request.if_contains(key);
  if (value == nullptr || !value->is_number()) return std::nullopt;
  return value->to_number<double>();
}

bool flag_of(const json::object& request, std::string_view key) {
  const json::value* const value = request.if_contains(key);
  return value != nullptr && value->is_bool() && value->get_bool();
}

Result<std::optional<Duration>> read_fade(const json::object& request) {
  constexpr double kLongest = 86400;
  if (!request.contains("fade")) return std::optional<Duration>();
  const auto fade = number_of(request, "fade");
  if (!fade || !(*fade >= 0 && *fade <= kLongest)) return Error{"the fade must be from 0 to 86400 seconds"};
  return std::optional(from_seconds(*fade));
}

Result<LevelAndFade> read_level(const json::object& request) {
  constexpr double kFull = 100;
  const auto level = number_of(request, "level");
  if (!level || !(*level >= 0 && *level <= kFull)) {
    return Error{"the level must be a number from 0 to 100 (percent)"};
  }
  const auto fade = read_fade(request);
  if (!fade) return fade.error();
  return LevelAndFade{Level::from_percent(*level), *fade};
}

Result<Movement> read_direction(const json::object& request) {
  constexpr std::array<std::pair<std::string_view, Movement>, 3> kWords = {
      {{"raise", Movement::raise}, {"lower", Movement::lower}, {"stop", Movement::stop}}};
  const std::string given = text_of(request, "direction");
  for (const auto& [word, movement] : kWords) {
    if (given == word) return movement;
  }
  return Error{"the direction must be raise, lower or stop"};
}

ClientNames client_names(const Context& context) {
  return [&context](ClientId id) { return context.administration.name_of(id); };
}

Refusal no_such(std::string_view kind, const std::string& id) {
  return Refusal{Refusal::Kind::unknown,
                 "there is no " + std::string(kind) + " \"" + id + "\" in this project; `candela status` lists them"};
}

Refusal no_such(std::string_view kind, const std::string& id, const std::vector<std::string_view>& known) {
  constexpr std::size_t kFew = 8;
  std::string sentence = "there is no " + std::string(kind) + " \"" + id + "\" in this project";
  if (known.empty()) return Refusal{Refusal::Kind::unknown, sentence + ", nor any other"};
  if (const std::string_view near = nearest(id, known); !near.empty()) {
    return Refusal{Refusal::Kind::unknown, sentence + "; did you mean \"" + std::string(near) + "\"?"};
  }
  if (known.size() > kFew) return no_such(kind, id);
  sentence += "; there is ";
  for (std::size_t i = 0; i < known.size(); ++i) sentence.append(i == 0 ? "" : ", ").append(known[i]);
  return Refusal{Refusal::Kind::unknown, sentence};
}

Refusal busy() { return {Refusal::Kind::busy, "the processor is too busy to take this; try again"}; }
Refusal failed(const Error& error) { return {Refusal::Kind::failed, error.message}; }

Answer submit(decltype(Event::what) what, const Asking& asking) {
  if (!asking.events.submit({asking.source, std::move(what)})) return busy();
  return boost::json::value(nullptr);
}

}  // namespace candela::servers::requests
