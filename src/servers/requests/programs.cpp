#include <array>
#include <boost/json.hpp>

#include "model/words.h"
#include "servers/house_document.h"
#include "servers/house_words.h"
#include "servers/requests/house.h"
#include "servers/requests/request.h"
#include "servers/requests/when.h"

namespace candela::servers::requests {
namespace {

namespace json = boost::json;

/// A line for each object of the project.
template <class Object, class Tell>
json::array list(const std::vector<Object>& objects, Tell tell) {
  json::array all;
  for (const Object& object : objects) {
    json::object it{{"id", object.id}, {"name", object.name}};
    tell(it, object);
    all.push_back(std::move(it));
  }
  return all;
}

json::array modes(const Asking& asking) {
  return list(asking.view.project()->modes,
              [&](json::object& it, const Mode& mode) { it["active"] = asking.view.house().mode == mode.number; });
}

json::object state_of(const Variable& variable, const Asking& asking) {
  json::array states;
  for (const std::string& state : variable.states) states.emplace_back(state);
  const std::size_t position = asking.view.variable(variable.number);
  return {{"id", variable.id},
          {"name", variable.name},
          {"state", position < variable.states.size() ? variable.states[position] : ""},
          {"states", std::move(states)}};
}

json::array variables(const Asking& asking) {
  json::array all;
  for (const Variable& variable : asking.view.project()->variables) all.push_back(state_of(variable, asking));
  return all;
}

Result<Control> control_of(const json::object& request) {
  constexpr std::array<std::pair<std::string_view, Control>, 3> kWords{
      {{"start", Control::start}, {"stop", Control::stop}, {"toggle", Control::toggle}}};
  const std::string given = text_of(request, "control");
  for (const auto& [word, control] : kWords) {
    if (word == given) return control;
  }
  return Error{"say start, stop or toggle"};
}

/// Sequences and shows are told, started and stopped alike.
template <class Command, class Object>
Answer run(const char* kind, const std::vector<Object>& objects, const json::object& request, const Asking& asking) {
  const auto tell = [&](json::object& it, const Object& object) {
    it["running"] = asking.view.is_running(object.number);
  };
  const std::string id = text_of(request, kind);
  if (id.empty()) return json::value(list(objects, tell));
  const auto object = look_up(objects, kind, id);
  if (!object) return object.error();
  if (!request.contains("control")) return json::value(list(std::vector<Object>{**object}, tell));
  const auto control = control_of(request);
  if (!control) return control.error();
  return submit(Command{(*object)->number, *control}, asking);
}

json::array scenes(const Asking& asking) {
  const Project& project = *asking.view.project();
  return list(project.scenes, [&](json::object& it, const Scene& scene) {
    it["area"] = scene.shared ? json::value(nullptr) : json::value(project.find(scene.area)->id);
    it["active"] = !scene.shared && asking.view.scene(scene.area) == scene.number;
    it["edited"] = asking.view.scene_edit(scene.number) != nullptr;
  });
}

/// A moment for programs, and as people of the home say it.
json::value told(std::optional<UtcTime> time, const Asking& asking) {
  if (!time) return nullptr;
  const UtcOffset offset = [&asking](UtcTime at) {
    return asking.administration.utc_offset(asking.view.project()->location.time_zone, at);
  };
  return {{"time", iso_text(*time)}, {"local", say_when(*time, asking.clock.now().utc, offset)}};
}

json::array events_of(const Timeclock& timeclock, const std::vector<std::optional<UtcTime>>& next,
                      const Asking& asking) {
  const Project& project = *asking.view.project();
  json::array events;
  for (std::size_t i = 0; i < project.timeclock_events.size(); ++i) {
    const TimeclockEvent& event = project.timeclock_events[i];
    if (event.timeclock != timeclock.number) continue;
    const View::TimeclockEventState& state = asking.view.timeclock_event(event.number);
    json::array modes;
    for (const ModeId id : event.modes) modes.emplace_back(project.find(id)->id);
    const bool passed = state.last.has_value();
    events.push_back({{"id", event.id},
                      {"name", event.name},
                      {"enabled", asking.view.is_enabled(event.number)},
                      {"modes", std::move(modes)},
                      {"next", told(i < next.size() ? next[i] : std::nullopt, asking)},
                      {"last", told(passed ? std::optional(state.passed) : std::nullopt, asking)},
                      {"how", passed ? json::value(word(state.last->how)) : json::value(nullptr)}});
  }
  return events;
}

json::object timeclocks(const Asking& asking) {
  const Project& project = *asking.view.project();
  const std::vector<std::optional<UtcTime>> next = asking.administration.next_times(project);
  json::array all = list(project.timeclocks, [&](json::object& it, const Timeclock& timeclock) {
    it["enabled"] = asking.view.is_enabled(timeclock.number);
    it["events"] = events_of(timeclock, next, asking);
  });
  return {{"clock_trusted", asking.view.house().clock_trusted}, {"timeclocks", std::move(all)}};
}

/// A timeclock, or one of its events.
Answer enable(const std::string& id, bool enabled, const Asking& asking) {
  const Project& project = *asking.view.project();
  if (const Timeclock* timeclock = project.find_timeclock(id)) {
    return submit(EnableTimeclock{timeclock->number, enabled}, asking);
  }
  if (const TimeclockEvent* event = project.find_timeclock_event(id)) {
    return submit(EnableTimeclockEvent{event->number, enabled}, asking);
  }
  std::vector<std::string_view> known;
  for (const Timeclock& it : project.timeclocks) known.push_back(it.id);
  for (const TimeclockEvent& it : project.timeclock_events) known.push_back(it.id);
  return no_such("timeclock or event", id, known);
}

json::array facades(const Asking& asking) {
  const Project& project = *asking.view.project();
  const std::vector<std::optional<double>> sun = asking.administration.sun_on_facades(project);
  json::array all;
  for (std::size_t i = 0; i < project.facades.size(); ++i) {
    json::object it = facade_document(project.facades[i], asking.view);
    it["name"] = project.facades[i].name;
    it["sun"] = i < sun.size() && sun[i] ? json::value(*sun[i]) : json::value(nullptr);
    all.push_back(std::move(it));
  }
  return all;
}

}  // namespace

Answer mode(const json::object& request, const Asking& asking) {
  const std::string id = text_of(request, "mode");
  if (id.empty()) return json::value(modes(asking));
  const auto mode = look_up(asking.view.project()->modes, "mode", id);
  if (!mode) return mode.error();
  return submit(SetMode{(*mode)->number}, asking);
}

Answer variable(const json::object& request, const Asking& asking) {
  const std::string id = text_of(request, "variable");
  if (id.empty()) return json::value(variables(asking));
  const auto variable = look_up(asking.view.project()->variables, "variable", id);
  if (!variable) return variable.error();
  const std::string state = text_of(request, "state");
  if (state.empty()) return json::value(json::array{state_of(**variable, asking)});
  const std::vector<std::string>& states = (*variable)->states;
  for (std::size_t i = 0; i < states.size(); ++i) {
    if (states[i] == state) return submit(SetVariable{(*variable)->number, static_cast<std::uint8_t>(i)}, asking);
  }
  const std::vector<std::string_view> known(states.begin(), states.end());
  return no_such("state of " + id, state, known);
}

Answer sequence(const json::object& request, const Asking& asking) {
  return run<ControlSequence>("sequence", asking.view.project()->sequences, request, asking);
}

Answer show(const json::object& request, const Asking& asking) {
  return run<ControlShow>("show", asking.view.project()->shows, request, asking);
}

Answer activate(const json::object& request, const Asking& asking) {
  const auto scene = look_up(asking.view.project()->scenes, "scene", text_of(request, "scene"));
  if (!scene) return scene.error();
  return submit(ActivateScene{(*scene)->number}, asking);
}

Answer scene(const json::object& request, const Asking& asking) {
  const std::string id = text_of(request, "scene");
  if (id.empty()) return json::value(scenes(asking));
  const auto scene = look_up(asking.view.project()->scenes, "scene", id);
  if (!scene) return scene.error();
  const json::value* save = request.if_contains("save");
  if (save != nullptr && *save == true) return submit(SaveScene{(*scene)->number}, asking);
  return submit(ActivateScene{(*scene)->number}, asking);
}

Answer timeclock(const json::object& request, const Asking& asking) {
  const std::string what = text_of(request, "do");
  const std::string id = text_of(request, "id");
  if (what.empty() || what == "list") return json::value(timeclocks(asking));
  if (what == "enable" || what == "disable") return enable(id, what == "enable", asking);
  if (what != "run") return Error{"say list, enable, disable or run"};
  const auto event = look_up(asking.view.project()->timeclock_events, "timeclock event", id);
  if (!event) return event.error();
  return submit(RunTimeclockEvent{(*event)->number}, asking);
}

Answer facade(const json::object& request, const Asking& asking) {
  const std::string what = text_of(request, "do");
  if (what.empty() || what == "list") return json::value(facades(asking));
  if (what != "enable" && what != "disable" && what != "resume") return Error{"say list, enable, disable or resume"};
  const auto facade = look_up(asking.view.project()->facades, "facade", text_of(request, "id"));
  if (!facade) return facade.error();
  const FacadeId number = (*facade)->number;
  if (what == "resume" && !asking.view.is_enabled(number)) {
    return Refusal{Refusal::Kind::conflict, "the facade \"" + (*facade)->id + "\" is disabled; enable it instead"};
  }
  return submit(ControlFacade{number, what == "disable" ? Control::stop : Control::start}, asking);
}

json::object program_status(const Asking& asking) {
  json::array sequences;
  for (const Sequence& sequence : asking.view.project()->sequences) {
    if (asking.view.is_running(sequence.number)) sequences.emplace_back(sequence.id);
  }
  json::array shows;
  for (const NaturalShow& show : asking.view.project()->shows) {
    if (asking.view.is_running(show.number)) shows.emplace_back(show.id);
  }
  return {{"variables", variables(asking)},
          {"sequences_running", std::move(sequences)},
          {"shows_running", std::move(shows)},
          {"facades", facades(asking)}};
}

}  // namespace candela::servers::requests
