#include <algorithm>
#include <boost/json.hpp>
#include <cmath>
#include <span>

#include "model/names.h"
#include "model/story.h"
#include "model/words.h"
#include "servers/requests/administration.h"
#include "servers/requests/house.h"
#include "servers/requests/when.h"

namespace candela::servers::requests {
namespace {

namespace asio = boost::asio;
namespace json = boost::json;

constexpr std::uint32_t kUsualStory = 2;
constexpr std::uint32_t kUsualHistory = 100;
constexpr std::uint32_t kMaxLimit = 10'000;
constexpr double kMaxDays = 3650;
constexpr double kMinMegabytes = 1;
constexpr double kMaxMegabytes = 1'000'000;

UtcOffset offset_of(const Asking& asking) {
  return [&asking, zone = asking.view.project()->location.time_zone](UtcTime at) {
    return asking.administration.utc_offset(zone, at);
  };
}

Result<std::uint32_t> whole_number(const json::object& request, std::string_view key, double least, double most,
                                   std::uint32_t otherwise) {
  if (!request.contains(key)) return otherwise;
  const auto number = number_of(request, key);
  if (number && *number >= least && *number <= most && std::floor(*number) == *number) {
    return static_cast<std::uint32_t>(*number);
  }
  return Error{std::string(key) + " must be a whole number from " + candela::number(least) + " to " +
               candela::number(most)};
}

Result<std::optional<UtcTime>> moment(const json::object& request, std::string_view key, const Asking& asking) {
  const std::string said = text_of(request, key);
  if (said.empty()) return std::optional<UtcTime>();
  const auto time = read_when(said, asking.clock.now().utc, offset_of(asking));
  if (!time) return time.error();
  return std::optional(*time);
}

json::value to_json(const Happening& it, const Asking& asking) {
  json::object event{{"time", iso_text(it.time)}, {"local", local_text(it.time, offset_of(asking))},
                     {"kind", word(it.kind)},     {"object", it.object},
                     {"text", it.text},           {"because", it.reason}};
  if (it.kind == Happening::Kind::zone || it.kind == Happening::Kind::tilt) {
    event["level"] = it.fade.to.percent();
    event["fade"] = to_seconds(it.fade.duration);
  }
  return event;
}

json::array to_json(std::span<const Happening> happenings, const Asking& asking) {
  json::array events;
  for (const Happening& it : happenings) events.push_back(to_json(it, asking));
  return events;
}

asio::awaitable<Result<std::vector<Happening>>> find(HistoryQuery query, const Asking& asking) {
  co_return co_await ask<std::vector<Happening>>(
      [&](auto answered) { asking.administration.history(std::move(query), std::move(answered)); });
}

/// "at 40 %", and where it is going.
std::string at_level(Level now, Level target) {
  const std::string text = "at " + number(now.percent()) + " %";
  return now == target ? text : text + ", on its way to " + number(target.percent()) + " %";
}

/// What the running house itself knows, when there is no history to ask.
json::value explain_by_view(const Zone& zone, const Asking& asking) {
  const Project& project = *asking.view.project();
  const View::ZoneState& state = asking.view.zone(zone.number);
  if (state.cause.step_count == 0) {
    return {{"zone", zone.id},
            {"text", zone.name + " is off"},
            {"because", "nothing has set it yet"},
            {"story", name_of(zone.number, project) + " is off. Nothing has set it yet."},
            {"events", json::array()}};
  }
  const Change last{{{}, state.changed}, state.cause, ZoneTargeted{zone.number, state.fade}};
  const std::string text = describe(last, project);
  const std::string because = describe(state.cause, project, client_names(asking));
  return {
      {"zone", zone.id},
      {"level", state.fade.at(asking.clock.now().mono).percent()},
      {"time", iso_text(state.changed)},
      {"text", text},
      {"because", because},
      {"story", text + ". " + say_when(state.changed, asking.clock.now().utc, offset_of(asking)) + " " + because + "."},
      {"events", json::array()}};
}

json::value explain_by_history(const Zone& zone, std::optional<UtcTime> at, const std::vector<Happening>& past,
                               const Asking& asking) {
  const Now now = asking.clock.now();
  Fade fade = asking.view.zone(zone.number).fade;
  MonoTime moment = now.mono;
  if (at) {
    fade = past.front().fade;
    moment = fade.start + std::chrono::duration_cast<Duration>(*at - past.front().time);
  }
  const Level level = fade.at(moment);
  const auto when = [&](UtcTime time) { return say_when(time, now.utc, offset_of(asking)); };
  const std::string state =
      at ? "was " + at_level(level, fade.to) + " at " + when(*at) : "is " + at_level(level, fade.to);
  return {{"zone", zone.id},
          {"level", level.percent()},
          {"time", iso_text(past.front().time)},
          {"text", past.front().text},
          {"because", past.front().reason},
          {"story", candela::explain(name_of(zone.number, *asking.view.project()), state, past, when)},
          {"events", to_json(past, asking)}};
}

/// The area and all within it.
void add_areas(const Project& project, AreaId id, std::vector<AreaId>& areas) {
  areas.push_back(id);
  for (const AreaId child : project.find(id)->children) add_areas(project, child, areas);
}

std::optional<Happening::Kind> kind_of(std::string_view wanted) {
  for (std::uint8_t number = 1; !word(static_cast<Happening::Kind>(number)).empty(); ++number) {
    if (word(static_cast<Happening::Kind>(number)) == wanted) return static_cast<Happening::Kind>(number);
  }
  return std::nullopt;
}

Reply<HistoryQuery> read_query(const json::object& request, const Asking& asking) {
  const Project& project = *asking.view.project();
  HistoryQuery query;
  if (const std::string id = text_of(request, "zone"); !id.empty()) {
    const Zone* zone = project.find_zone(id);
    if (zone == nullptr) return no_such("zone", id);
    query.object = zone->number.value;
  }
  if (const std::string id = text_of(request, "area"); !id.empty()) {
    const Area* area = project.find_area(id);
    if (area == nullptr) return no_such("area", id);
    // Of the whole home, so that what is in no area is told too.
    if (area->parent) add_areas(project, area->number, query.areas);
  }
  if (const std::string kind = text_of(request, "kind"); !kind.empty()) {
    query.kind = kind_of(kind);
    if (!query.kind) return Error{"the history tells of no \"" + kind + "\"; of zone, button, device or access, say"};
  }
  const auto from = moment(request, "from", asking);
  if (!from) return from.error();
  const auto to = moment(request, "to", asking);
  if (!to) return to.error();
  const auto limit = whole_number(request, "limit", 1, kMaxLimit, kUsualHistory);
  if (!limit) return limit.error();
  query.from = *from;
  query.to = *to;
  query.limit = *limit;
  return query;
}

}  // namespace

asio::awaitable<Answer> explain(const json::object& request, const Asking& asking) {
  const std::string id = text_of(request, "zone");
  // The project may be another one when the history answers.
  const ProjectPtr project = asking.view.project();
  const Zone* zone = project->find_zone(id);
  if (zone == nullptr) co_return no_such("zone", id);
  const auto at = moment(request, "at", asking);
  if (!at) co_return at.error();
  const auto last = whole_number(request, "last", 1, kMaxLimit, kUsualStory);
  if (!last) co_return last.error();
  HistoryQuery query;
  query.object = zone->number.value;
  query.kind = Happening::Kind::zone;
  query.to = *at;
  query.limit = *last;
  const auto past = co_await find(std::move(query), asking);
  if (past && !past->empty()) co_return explain_by_history(*zone, *at, *past, asking);
  if (!*at) co_return explain_by_view(*zone, asking);
  if (!past) co_return failed(past.error());
  co_return Refusal{Refusal::Kind::unknown,
                    "the history does not reach back to that time for " + name_of(zone->number, *project)};
}

asio::awaitable<Answer> history(const json::object& request, const Asking& asking) {
  auto query = read_query(request, asking);
  if (!query) co_return query.error();
  const auto skip = whole_number(request, "skip", 0, kMaxLimit - query->limit, 0);
  if (!skip) co_return skip.error();
  query->limit += *skip;
  const auto found = co_await find(std::move(*query), asking);
  if (!found) co_return failed(found.error());
  const auto rest = std::span(*found).subspan(std::min<std::size_t>(*skip, found->size()));
  co_return json::value(to_json(rest, asking));
}

asio::awaitable<Answer> limit_history(const json::object& request, const Asking& asking) {
  const auto days = whole_number(request, "days", 1, kMaxDays, 0);
  if (!days) co_return days.error();
  const auto megabytes = whole_number(request, "megabytes", kMinMegabytes, kMaxMegabytes, 0);
  if (!megabytes) co_return megabytes.error();
  const auto given = [](std::uint32_t value) { return value == 0 ? std::nullopt : std::optional(value); };
  const auto limited = co_await ask<std::monostate>([&](auto answered) {
    asking.administration.limit_history(given(*days), given(*megabytes), std::move(answered));
  });
  if (!limited) co_return failed(limited.error());
  co_return json::value(nullptr);
}

}  // namespace candela::servers::requests
