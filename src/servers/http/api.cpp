#include "servers/http/api.h"

#include <algorithm>
#include <array>
#include <boost/json/object.hpp>
#include <boost/json/parse.hpp>
#include <boost/json/value.hpp>
#include <optional>
#include <tuple>
#include <utility>

#include "base/json.h"
#include "servers/house_document.h"
#include "servers/http/home_document.h"
#include "servers/http/state_document.h"

namespace candela::servers::http {
namespace {

namespace json = boost::json;

constexpr double kLongestFade = 4 * 60 * 60;  // seconds; four hours is the longest a preset can say
constexpr std::size_t kMaxSegments = 4;       // of a path after /api/
constexpr std::size_t kMaxNesting = 8;
constexpr std::string_view kBusy = "the processor has too much to do right now; try again";

std::optional<char> hex_pair(std::string_view text) {
  int value = 0;
  for (const char digit : text) {
    value *= 16;
    if (digit >= '0' && digit <= '9') {
      value += digit - '0';
    } else if (digit >= 'a' && digit <= 'f') {
      value += digit - 'a' + 10;
    } else if (digit >= 'A' && digit <= 'F') {
      value += digit - 'A' + 10;
    } else {
      return std::nullopt;
    }
  }
  return static_cast<char>(value);
}

std::optional<std::string> percent_decoded(std::string_view text) {
  std::string plain;
  for (std::size_t i = 0; i < text.size(); ++i) {
    if (text[i] != '%') {
      plain += text[i];
      continue;
    }
    if (i + 2 >= text.size()) return std::nullopt;
    const auto character = hex_pair(text.substr(i + 1, 2));
    if (!character) return std::nullopt;
    plain += *character;
    i += 2;
  }
  return plain;
}

/// "zones", "hall.ceiling", "level" of /api/zones/hall.ceiling/level; empty when it is no path of ours.
std::vector<std::string> segments_of(std::string_view path) {
  constexpr std::string_view kRoot = "/api/";
  path.remove_prefix(kRoot.size());
  std::vector<std::string> segments;
  while (segments.size() < kMaxSegments) {
    const auto slash = path.find('/');
    auto segment = percent_decoded(path.substr(0, slash));
    if (!segment) return {};
    segments.push_back(*std::move(segment));
    if (slash == std::string_view::npos) return segments;
    path.remove_prefix(slash + 1);
  }
  return {};
}

Response nothing_here() {
  return problem(404, "the API has nothing at this address; schema/api.yaml lists what it has");
}
Response unknown(std::string_view kind, const std::string& id) {
  return problem(404, "this home has no " + std::string(kind) + " \"" + id + "\"");
}
/// What follows from a command arrives as changes, over /api/live.
Response accepted() {
  Response response;
  response.status = 202;
  response.headers.emplace_back("Cache-Control", "no-store");
  return response;
}

/// The body as a JSON object with no other members than these. The error is a finished answer.
using Members = std::variant<json::object, Response>;
Members members_of(const Request& request, std::initializer_list<std::string_view> known) {
  // Browsers send a foreign page's request with this content type only after asking us first, which we refuse.
  if (request.content_type.substr(0, request.content_type.find(';')) != "application/json") {
    return problem(415, "the body has to be application/json");
  }
  json::parse_options options;
  options.max_depth = kMaxNesting;
  json::error_code error;
  json::value body = json::parse(request.body, error, {}, options);
  if (error) return problem(400, "the body is no JSON: " + error.message());
  if (!body.is_object()) return problem(400, "the body has to be a JSON object");
  for (const auto& member : body.get_object()) {
    const std::string_view name(member.key().data(), member.key().size());
    if (std::find(known.begin(), known.end(), name) == known.end()) {
      return problem(400, "\"" + std::string(name) + "\" is not known here");
    }
  }
  return std::move(body.get_object());
}

/// The member as a number within 0..most; nothing when it is something else or missing.
std::optional<double> number_in(const json::object& members, std::string_view name, double most) {
  const json::value* value = members.if_contains(name);
  if (value == nullptr || !value->is_number()) return std::nullopt;
  const auto number = value->to_number<double>();
  if (!(number >= 0 && number <= most)) return std::nullopt;
  return number;
}

/// The member "fade", of which none may be there; nothing when it is wrong.
std::optional<std::optional<Duration>> fade_of(const json::object& members) {
  if (!members.contains("fade")) return std::optional<Duration>();
  const auto fade = number_in(members, "fade", kLongestFade);
  if (!fade) return std::nullopt;
  return std::optional(from_seconds(*fade));
}
Response wrong_fade() { return problem(400, "\"fade\" has to be a number of seconds, 0 to 14400"); }

Event from_page(decltype(Event::what) what) { return {{Source::Kind::page, {}}, std::move(what)}; }

}  // namespace

Response Api::answer(const Request& request, HeldButtons::Holder holder) {
  const std::vector<std::string> path = segments_of(request.path);
  if (path.empty()) return nothing_here();
  if (!context_.view.project()) return problem(503, "the processor has no project yet");
  if (request.method == "GET" || request.method == "HEAD") return read(path);
  if (request.method == "POST") return command(path, request, holder);
  Response refused = problem(405, "the API knows GET and POST");
  refused.headers.emplace_back("Allow", "GET, HEAD, POST");
  return refused;
}

Response Api::read(const std::vector<std::string>& path) {
  const MonoTime now = context_.clock.now().mono;
  if (path.size() == 1) {
    if (path[0] == "home") {
      return json_response(to_text(home_document(*context_.view.project(), context_.identity.version)));
    }
    if (path[0] == "state") return json_response(to_text(state_document(context_.view, now)));
    if (path[0] == "feed") return json_response(to_text(json::object{{"entries", feed_.newest(Feed::kMaxEntries)}}));
    if (path[0] == "live") {
      Response response = problem(426, "live changes come over a WebSocket");
      response.headers.emplace_back("Upgrade", "websocket");
      return response;
    }
  }
  if (path.size() == 2 && path[0] == "zones") return read_zone(path[1]);
  return nothing_here();
}

Response Api::read_zone(const std::string& id) {
  const Zone* zone = context_.view.project()->find_zone(id);
  if (zone == nullptr) return unknown("zone", id);
  json::object document = zone_state(*zone, context_.view, context_.clock.now().mono);
  document["because"] = feed_.because(context_.view.zone(zone->number).cause, *context_.view.project());
  return json_response(to_text(document));
}

Response Api::command(const std::vector<std::string>& path, const Request& request, HeldButtons::Holder holder) {
  if (path.size() != 3) return nothing_here();
  const Project& project = *context_.view.project();
  const auto& [kind, id, verb] = std::tie(path[0], path[1], path[2]);
  if (kind == "zones") {
    const Zone* zone = project.find_zone(id);
    return zone == nullptr ? unknown("zone", id) : zone_command(*zone, verb, request);
  }
  if (kind == "buttons" && (verb == "press" || verb == "release")) {
    const auto refused = move_button(id, verb, holder);
    return refused ? problem(refused->status, refused->detail) : accepted();
  }
  if (kind == "scenes" && verb == "activate") {
    const Scene* scene = project.find_scene(id);
    return scene == nullptr ? unknown("scene", id) : submit(from_page(ActivateScene{scene->number}));
  }
  if (kind == "modes" && verb == "activate") {
    const Mode* mode = project.find_mode(id);
    return mode == nullptr ? unknown("mode", id) : submit(from_page(SetMode{mode->number}));
  }
  if (kind == "sequences" && (verb == "start" || verb == "stop")) {
    const Sequence* sequence = project.find_sequence(id);
    const Control control = verb == "start" ? Control::start : Control::stop;
    return sequence == nullptr ? unknown("sequence", id)
                               : submit(from_page(ControlSequence{sequence->number, control}));
  }
  if (kind == "facades" && (verb == "enable" || verb == "disable" || verb == "resume")) {
    const Facade* facade = project.find_facade(id);
    return facade == nullptr ? unknown("facade", id) : facade_command(*facade, verb);
  }
  return nothing_here();
}

Response Api::facade_command(const Facade& facade, std::string_view verb) {
  if (verb == "resume" && !context_.view.is_enabled(facade.number)) {
    return problem(409, "this facade is switched off; enable it instead");
  }
  return submit(from_page(ControlFacade{facade.number, verb == "disable" ? Control::stop : Control::start}));
}

Response Api::zone_command(const Zone& zone, std::string_view verb, const Request& request) {
  if (verb == "level") return set_level(zone, request);
  if (verb == "move") return move(zone, request);
  if (verb == "tilt") return set_tilt(zone, request);
  if (verb == "colour") return set_colour(zone, request);
  return nothing_here();
}

Response Api::set_level(const Zone& zone, const Request& request) {
  const Members body = members_of(request, {"level", "fade"});
  if (const auto* refused = std::get_if<Response>(&body)) return *refused;
  const auto& members = std::get<json::object>(body);
  const auto level = number_in(members, "level", 100);
  if (!level) return problem(400, "\"level\" has to be a number of percent, 0 to 100");
  const auto fade = fade_of(members);
  if (!fade) return wrong_fade();
  return submit(from_page(SetZone{zone.number, Level::from_percent(*level), *fade, Duration::zero()}));
}

Response Api::set_tilt(const Zone& zone, const Request& request) {
  if (zone.load != LoadType::tilting_shade) return problem(400, "this zone has no slats to tilt");
  const Members body = members_of(request, {"level", "fade"});
  if (const auto* refused = std::get_if<Response>(&body)) return *refused;
  const auto& members = std::get<json::object>(body);
  const auto level = number_in(members, "level", 100);
  if (!level) return problem(400, "\"level\" has to be a number of percent, 0 to 100");
  const auto fade = fade_of(members);
  if (!fade) return wrong_fade();
  return submit(from_page(SetTilt{zone.number, Level::from_percent(*level), *fade}));
}

Response Api::set_colour(const Zone& zone, const Request& request) {
  if (zone.load != LoadType::white_tuning && zone.load != LoadType::spectrum) {
    return problem(400, "this zone has no colour of its own");
  }
  const Members body = members_of(request, {"kelvin", "x", "y", "hue", "saturation", "fade"});
  if (const auto* refused = std::get_if<Response>(&body)) return *refused;
  const auto& members = std::get<json::object>(body);
  const auto colour = read_colour(members);
  if (!colour) return problem(400, colour.error().message);
  const auto fade = fade_of(members);
  if (!fade) return wrong_fade();
  return submit(from_page(SetColour{zone.number, *colour, *fade}));
}

Response Api::move(const Zone& zone, const Request& request) {
  const Members body = members_of(request, {"direction"});
  if (const auto* refused = std::get_if<Response>(&body)) return *refused;
  const json::value* direction = std::get<json::object>(body).if_contains("direction");
  constexpr std::array<std::pair<std::string_view, Movement>, 3> kWords = {
      {{"raise", Movement::raise}, {"lower", Movement::lower}, {"stop", Movement::stop}}};
  for (const auto& [word, movement] : kWords) {
    if (direction != nullptr && direction->is_string() && direction->get_string() == word) {
      return submit(from_page(MoveZone{zone.number, movement}));
    }
  }
  return problem(400, "\"direction\" has to be \"raise\", \"lower\" or \"stop\"");
}

std::optional<Api::Refusal> Api::move_button(const std::string& id, std::string_view move, HeldButtons::Holder holder) {
  const Button* button = context_.view.project()->find_button(id);
  if (button == nullptr) return Refusal{404, "this home has no button \"" + id + "\""};
  switch (move == "press" ? held_.press(button->number, holder) : held_.release(button->number)) {
    case HeldButtons::Answer::done: return std::nullopt;
    case HeldButtons::Answer::held_already: return Refusal{409, "somebody holds this button down already"};
    case HeldButtons::Answer::not_held: return Refusal{409, "this button is not held down"};
    case HeldButtons::Answer::busy: break;
  }
  return Refusal{503, std::string(kBusy)};
}

std::string Api::hear(std::string_view message, HeldButtons::Holder holder) {
  const auto refused = [](std::string_view why, std::string_view button = {}) {
    return to_text(json::object{{"type", "refused"}, {"button", button}, {"detail", why}});
  };
  json::parse_options options;
  options.max_depth = kMaxNesting;
  json::error_code error;
  const json::value parsed = json::parse(message, error, {}, options);
  if (error || !parsed.is_object()) return refused("a message is a JSON object");
  const json::value* type = parsed.get_object().if_contains("type");
  const json::value* button = parsed.get_object().if_contains("button");
  if (type == nullptr || button == nullptr || !button->is_string() || (*type != "press" && *type != "release")) {
    return refused("a message is {\"type\": \"press\" or \"release\", \"button\": id}");
  }
  if (!context_.view.project()) return refused("the processor has no project yet");
  const std::string id(button->get_string());
  const auto refusal = move_button(id, *type == "press" ? "press" : "release", holder);
  return refusal ? refused(refusal->detail, id) : std::string();
}

Response Api::submit(Event event) {
  return context_.events.submit(std::move(event)) ? accepted() : problem(503, kBusy);
}

}  // namespace candela::servers::http
