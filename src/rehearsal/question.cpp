#include "rehearsal/question.h"

#include <fmt/format.h>

#include <algorithm>
#include <cmath>

#include "model/describe.h"
#include "rehearsal/changes.h"
#include "rehearsal/lookup.h"
#include "rehearsal/question_load.h"

namespace candela::rehearsal {
namespace {

using Kind = Check::Kind;

/// So many zones of a place are named when they are not as they should be.
constexpr std::size_t kMaxNamed = 3;

/// Whether what a zone does is what the check wants, before "not" is thought of.
bool is_so(const Check& check, const Fade& fade, MonoTime now) {
  const Level level = fade.at(now);
  switch (check.kind) {
    case Kind::on: return level.is_on();
    case Kind::off:
    case Kind::all_off: return !level.is_on();
    case Kind::above: return level > check.named.level;
    case Kind::below: return level < check.named.level;
    case Kind::between: return level >= check.named.level && level <= check.named.upper;
    case Kind::going_to: return is_same(fade.to, check.named.level);
    default: return is_same(level, check.named.level);
  }
}

std::string state_of(const Zone& zone, const Fade& fade, MonoTime now) {
  std::string text = fmt::format("{} is at {:.4g} %", zone.id, fade.at(now).percent());
  if (fade.moving(now)) text += fmt::format(", going to {:.4g} %", fade.to.percent());
  return text;
}

/// Of a place with several zones, all have to be so; but it is on as soon as one of them is.
Answer ask_zones(const Check& check, const std::vector<const Zone*>& zones, const Home& home) {
  const MonoTime now = home.now().mono;
  const bool any_suffices = check.kind == Kind::on;
  Answer answer;
  std::size_t right = 0;
  std::size_t named = 0;
  for (const Zone* zone : zones) {
    const View::ZoneState& state = home.view().zone(zone->number);
    const bool so = is_so(check, state.fade, now);
    right += so ? 1U : 0U;
    if (so != check.named.negated || ++named > kMaxNamed) continue;
    answer.found += (answer.found.empty() ? "" : "; ") + state_of(*zone, state.fade, now);
    if (answer.because.empty() && state.changed != UtcTime{}) answer.because = because(state.cause, home.project());
  }
  if (named > kMaxNamed) answer.found += fmt::format("; and {} more", named - kMaxNamed);
  answer.holds = (any_suffices ? right > 0 : right == zones.size()) != check.named.negated;
  return answer;
}

Result<Answer> ask_place(const Check& check, const Home& home) {
  const auto place = look_up_place(home.project(), check.named.object);
  if (!place) return place.error();
  auto zones = zones_of(*place, home.project());
  if (zones.empty()) return Error{"the area '" + check.named.object + "' has no zones"};
  // Whoever says that a room is off means its lights; a blind is asked about by its own name.
  const bool is_of_room = zones.size() > 1;
  if (is_of_room)
    std::erase_if(zones, [](const Zone* it) { return is_shade(it->load) || it->load == LoadType::climate; });
  return ask_zones(check, zones, home);
}

Answer ask_everything(const Check& check, const Home& home) {
  std::vector<const Zone*> zones;
  for (const Zone& zone : home.project().zones) {
    if (is_dimmed(zone.load) || zone.load == LoadType::switched) zones.push_back(&zone);
  }
  return ask_zones(check, zones, home);
}

template <class Matters>
Answer ask_past(const Past& past, const Project& project, Matters matters) {
  for (const Change& change : past.changes) {
    if (!is_noticed(change) || !matters(change)) continue;
    return {false, describe(change, project), because(change.cause, project)};
  }
  return {true, "nothing changed", {}};
}

Result<Answer> ask_unchanged(const Check& check, const Home& home, const Past& past) {
  const auto place = look_up_place(home.project(), check.named.object);
  if (!place) return place.error();
  const auto zones = zones_of(*place, home.project());
  return ask_past(past, home.project(), [&](const Change& change) {
    const ZoneId changed = zone_of(change);
    return std::any_of(zones.begin(), zones.end(), [&](const Zone* zone) { return zone->number == changed; });
  });
}

Result<Answer> ask_scene(const Check& check, const Home& home) {
  const auto scene = look_up(home.project().scenes, "scene", check.named.object);
  if (!scene) return scene.error();
  const Scene* active = home.project().find(home.view().scene((*scene)->area));
  const std::string found = active == nullptr ? std::string("no scene is active there") : active->id + " is active";
  return plain(active == *scene, check.named.negated, found);
}

Result<Answer> ask_no_scene(const Check& check, const Home& home) {
  const auto area = look_up(home.project().areas, "area", check.named.object);
  if (!area) return area.error();
  const Scene* active = home.project().find(home.view().scene((*area)->number));
  return plain(active == nullptr, false, active == nullptr ? "" : active->id + " is active");
}

Result<Answer> ask_led(const Check& check, const Home& home) {
  const auto button = look_up(home.project().buttons, "button", check.named.object);
  if (!button) return button.error();
  const auto wanted = position_of(kLedWords, check.named.state, "an LED");
  if (!wanted) return wanted.error();
  const auto state = static_cast<std::size_t>(home.view().led((*button)->led));
  return plain(state == *wanted, check.named.negated, fmt::format("it is {}", kLedWords.at(state)));
}

Result<Answer> ask_occupancy(const Check& check, const Home& home) {
  const auto group = look_up(home.project().occupancy_groups, "occupancy group", check.named.object);
  if (!group) return group.error();
  const auto wanted = position_of(kOccupancyWords, check.named.state, "the occupancy of a group");
  if (!wanted) return wanted.error();
  const auto state = static_cast<std::size_t>(home.view().occupancy((*group)->number));
  return plain(state == *wanted, check.named.negated, fmt::format("it is {}", kOccupancyWords.at(state)));
}

Result<Answer> ask_mode(const Check& check, const Home& home) {
  const auto mode = look_up(home.project().modes, "mode", check.named.object);
  if (!mode) return mode.error();
  const Mode* now = home.project().find(home.view().house().mode);
  return plain(now == *mode, check.named.negated, now == nullptr ? "no mode holds" : "the mode is " + now->id);
}

Result<Answer> ask_variable(const Check& check, const Home& home) {
  const auto variable = look_up(home.project().variables, "variable", check.named.object);
  if (!variable) return variable.error();
  const auto& states = (*variable)->states;
  const auto wanted = position_of(states, check.named.state, "the variable " + check.named.object);
  if (!wanted) return wanted.error();
  const std::uint8_t now = home.view().variable((*variable)->number);
  return plain(now == *wanted, check.named.negated, "it is " + (now < states.size() ? states[now] : "in no state"));
}

template <class Object, class Holds>
Result<Answer> ask_object(const Check& check, const Result<const Object*>& object, Holds holds,
                          std::string_view otherwise) {
  if (!object) return object.error();
  const bool so = holds(**object);
  return plain(so, check.named.negated, std::string(so ? "it is so" : otherwise));
}

Result<Answer> ask_event(const Check& check, const Home& home, const Past& past) {
  using How = TimeclockEventPassed::How;
  const auto event = look_up(home.project().timeclock_events, "timeclock event", check.named.object);
  return ask_object(
      check, event,
      [&](const TimeclockEvent& it) {
        const auto& state = home.view().timeclock_event(it.number);
        const bool passed = state.last && state.passed >= past.begin;
        return passed && state.last->how != How::missed && state.last->how != How::no_sun;
      },
      "it has not run");
}

Result<Answer> ask_programming(const Check& check, const Home& home, const Past& past) {
  const Project& project = home.project();
  const View& view = home.view();
  const std::string& id = check.named.object;
  switch (check.kind) {
    case Kind::sequence:
      return ask_object(
          check, look_up(project.sequences, "sequence", id),
          [&](const Sequence& it) { return view.is_running(it.number); }, "it does not run");
    case Kind::show:
      return ask_object(
          check, look_up(project.shows, "natural show", id),
          [&](const NaturalShow& it) { return view.is_running(it.number); }, "it does not run");
    case Kind::timeclock_enabled:
    case Kind::timeclock_disabled:
      return ask_object(
          check, look_up(project.timeclocks, "timeclock", id),
          [&](const Timeclock& it) { return view.is_enabled(it.number) == (check.kind == Kind::timeclock_enabled); },
          "it is not");
    case Kind::event_enabled:
    case Kind::event_disabled:
      return ask_object(
          check, look_up(project.timeclock_events, "timeclock event", id),
          [&](const TimeclockEvent& it) { return view.is_enabled(it.number) == (check.kind == Kind::event_enabled); },
          "it is not");
    default: return ask_event(check, home, past);
  }
}

}  // namespace

Result<Answer> ask(const Check& check, const Home& home, const Past& past) {
  const View::HouseState& house = home.view().house();
  const bool negated = check.named.negated;
  switch (check.kind) {
    case Kind::nothing_changed: return ask_past(past, home.project(), [](const Change&) { return true; });
    case Kind::unchanged: return ask_unchanged(check, home, past);
    case Kind::all_off: return ask_everything(check, home);
    case Kind::scene: return ask_scene(check, home);
    case Kind::no_scene: return ask_no_scene(check, home);
    case Kind::led: return ask_led(check, home);
    case Kind::occupancy: return ask_occupancy(check, home);
    case Kind::mode: return ask_mode(check, home);
    case Kind::variable: return ask_variable(check, home);
    case Kind::night: return plain(house.night, negated, house.night ? "it is night" : "it is day");
    case Kind::day: return plain(!house.night, negated, house.night ? "it is night" : "it is day");
    case Kind::away: return plain(house.away, negated, house.away ? "away is on" : "away is off");
    case Kind::emergency:
      return plain(house.emergency, negated, house.emergency ? "there is an emergency" : "there is none");
    case Kind::sequence:
    case Kind::show:
    case Kind::timeclock_enabled:
    case Kind::timeclock_disabled:
    case Kind::event_enabled:
    case Kind::event_disabled:
    case Kind::event_run: return ask_programming(check, home, past);
    case Kind::white:
    case Kind::tint:
    case Kind::tilted:
    case Kind::fan:
    case Kind::closed:
    case Kind::open:
    case Kind::thermostat:
    case Kind::heat_to:
    case Kind::cool_to:
    case Kind::facade_enabled:
    case Kind::facade_disabled:
    case Kind::facade_wants:
    case Kind::facade_leaves: return ask_load(check, home);
    default: return ask_place(check, home);
  }
}

}  // namespace candela::rehearsal
