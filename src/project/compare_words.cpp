#include "project/compare_words.h"

#include <fmt/format.h>

#include <array>

#include "base/overloaded.h"

namespace candela::project {
namespace {

template <class Enum, std::size_t size>
std::string_view word(Enum value, const std::array<std::string_view, size>& words) {
  const auto index = static_cast<std::size_t>(value);
  return index < size ? words.at(index) : "?";
}

constexpr std::array<std::string_view, 3> kMovements{"raise", "lower", "stop"};
constexpr std::array<std::string_view, 4> kLeds{"off", "on", "flashing", "flashing rapidly"};
constexpr std::array<std::string_view, 3> kControls{"start", "stop", "toggle"};
constexpr std::array<std::string_view, 4> kMoves{"press", "release", "hold", "tap twice"};
constexpr std::array<std::string_view, 4> kOccupancies{"unknown", "occupied", "unoccupied", "partial"};
constexpr std::array<std::string_view, 4> kOccupancyModes{"automatic", "vacancy", "low light", "disabled"};
constexpr std::array<std::string_view, 4> kClimateModes{"off", "heat", "cool", "automatic"};
constexpr std::array<std::string_view, 3> kComparisons{"is", "is above", "is below"};

std::string date_text(std::chrono::year_month_day date) {
  return fmt::format("{:04}-{:02}-{:02}", int{date.year()}, unsigned{date.month()}, unsigned{date.day()});
}
std::string annual_text(std::chrono::month_day date) {
  return fmt::format("{:02}-{:02}", unsigned{date.month()}, unsigned{date.day()});
}

std::string weekdays_text(std::uint8_t weekdays) {
  constexpr std::array kDays{"Mon", "Tue", "Wed", "Thu", "Fri", "Sat", "Sun"};
  if (weekdays == Schedule::kEveryDay) return "every day";
  std::string text;
  for (std::size_t i = 0; i < kDays.size(); ++i) {
    if ((weekdays >> i & 1U) != 0) text.append(text.empty() ? "" : " ").append(kDays.at(i));
  }
  return text;
}

std::string holidays_text(std::uint32_t index, const Project& project) {
  return index < project.holidays.size() ? project.holidays[index].id : "nothing";
}

std::string enabled(bool on) { return on ? "enable " : "disable "; }
std::string degrees(std::int16_t hundredths) { return fmt::format("{:.4g} degrees", hundredths / 100.0); }

std::string climate_text(const SetClimate& it, const Project& project) {
  std::string text = "climate of " + id_text(it.zone, project);
  if (it.mode) text += fmt::format(" {}", word(*it.mode, kClimateModes));
  if (it.heat_to) text += " heat to " + degrees(*it.heat_to);
  if (it.cool_to) text += " cool to " + degrees(*it.cool_to);
  return text;
}

std::string conditional_text(const Conditional& it, const Project& project) {
  std::string text;
  for (const Branch& branch : it.branches) {
    text += fmt::format("{}if {}: {}", text.empty() ? "" : "; else ", condition_text(branch.when, project),
                        preset_text(branch.preset, project));
  }
  return text;
}

std::string variable_text(VariableId number, std::uint8_t state, const Project& project) {
  const Variable* variable = project.find(number);
  if (variable == nullptr) return "nothing";
  return variable->id + " = " + (state < variable->states.size() ? variable->states[state] : "?");
}

std::string action_text(const Action& action, const Project& project) {
  const auto id = [&](auto number) { return id_text(number, project); };
  return std::visit(
      overloaded{
          [&](const MoveZones& it) {
            return fmt::format("{} {}", word(it.movement, kMovements), list_text(it.zones, id));
          },
          [&](const Conditional& it) { return conditional_text(it, project); },
          [&](const SetLed& it) { return fmt::format("LED of {} {}", id(it.led), word(it.state, kLeds)); },
          [&](const ButtonMoved& it) { return fmt::format("{} {}", word(it.move, kMoves), id(it.button)); },
          [&](const SetVariable& it) { return variable_text(it.variable, it.state, project); },
          [&](const SetMode& it) { return "mode " + id(it.mode); },
          [&](const ControlSequence& it) { return fmt::format("{} {}", word(it.control, kControls), id(it.sequence)); },
          [&](const EnableTimeclock& it) { return enabled(it.enabled) + id(it.timeclock); },
          [&](const EnableTimeclockEvent& it) { return enabled(it.enabled) + id(it.event); },
          [&](const RunTimeclockEvent& it) { return "run " + id(it.event); },
          [&](const SetOccupancyMode& it) {
            return fmt::format("occupancy of {} {}", id(it.group), word(it.mode, kOccupancyModes));
          },
          [&](const EnableSensor& it) { return enabled(it.enabled) + id(it.sensor); },
          [&](const SetAway& it) { return std::string(it.away ? "away begins" : "away ends"); },
          [&](const SetEmergency& it) { return std::string(it.emergency ? "emergency begins" : "emergency ends"); },
          [&](const ShedLoad& it) { return fmt::format("shed {} % of the load", it.percent); },
          [&](const ControlShow& it) { return fmt::format("{} {}", word(it.control, kControls), id(it.show)); },
          [&](const ControlFacade& it) { return fmt::format("{} {}", word(it.control, kControls), id(it.facade)); },
          [&](const SetClimate& it) { return climate_text(it, project); },
          [&](const SaveScene& it) { return "save " + id(it.scene); },
      },
      action);
}

std::string parts_text(const Condition& condition, const Project& project, std::string_view between) {
  std::string text;
  for (const Condition& part : condition.parts) {
    if (!text.empty()) text.append(between);
    text += condition_text(part, project);
  }
  return text.empty() ? std::string("nothing") : "(" + text + ")";
}

}  // namespace

std::string percent_text(Level level) { return fmt::format("{:.4g} %", level.percent()); }

std::string duration_text(Duration time) {
  constexpr double kMinute = 60;
  constexpr double kHour = 3600;
  const double seconds = to_seconds(time);
  const auto is_whole = [&](double unit) { return seconds >= unit && time % from_seconds(unit) == Duration::zero(); };
  if (is_whole(kHour)) return fmt::format("{:g} h", seconds / kHour);
  if (is_whole(kMinute)) return fmt::format("{:g} m", seconds / kMinute);
  return fmt::format("{:g} s", seconds);
}

std::string colour_text(const Colour& colour) {
  constexpr double kScale = 10'000;
  std::string text = colour.kind == Colour::Kind::white ? fmt::format("{} K", colour.kelvin)
                     : colour.kind == Colour::Kind::xy
                         ? fmt::format("xy {:g} {:g}", colour.x / kScale, colour.y / kScale)
                     : colour.kind == Colour::Kind::warm_dim ? std::string("warm dimming")
                                                             : std::string("no colour");
  if (colour.vibrancy != Colour::kAutomatic) text += fmt::format(" vibrancy {}", colour.vibrancy);
  return text;
}

std::string time_text(const TimeOfDay& time) {
  constexpr std::array<std::string_view, 5> kKinds{"", "sunrise", "sunset", "dawn", "dusk"};
  if (time.kind == TimeOfDay::Kind::fixed) {
    const std::chrono::hh_mm_ss clock{time.offset};
    std::string text = fmt::format("{:02}:{:02}", clock.hours().count(), clock.minutes().count());
    if (clock.seconds().count() != 0) text += fmt::format(":{:02}", clock.seconds().count());
    return text;
  }
  std::string text{word(time.kind, kKinds)};
  if (time.offset.count() != 0) {
    text += (time.offset.count() > 0 ? " + " : " - ") + duration_text(std::chrono::abs(time.offset));
  }
  return text;
}

std::string schedule_text(const Schedule& schedule, const Project& project) {
  const auto holidays = [&](std::uint32_t index) { return holidays_text(index, project); };
  std::string text = weekdays_text(schedule.weekdays);
  const auto add = [&](std::string_view what, const std::string& list) {
    if (!list.empty()) text += fmt::format("{}{}{}", text.empty() ? "" : ", ", what, list);
  };
  add("on ", list_text(schedule.dates, date_text));
  add("each year on ", list_text(schedule.annual, annual_text));
  add("by the rule ", schedule.rule);
  add("on holidays ", list_text(schedule.holidays, holidays));
  if (schedule.begin) add("from ", date_text(*schedule.begin));
  if (schedule.end) add("to ", date_text(*schedule.end));
  add("not on ", list_text(schedule.except, date_text));
  add("never on ", list_text(schedule.except_annual, annual_text));
  add("not on holidays ", list_text(schedule.except_holidays, holidays));
  return text;
}

std::string condition_text(const Condition& condition, const Project& project) {
  using Kind = Condition::Kind;
  const std::string_view comparison = word(condition.comparison, kComparisons);
  const auto id = [&](auto number) { return id_text(number, project); };
  switch (condition.kind) {
    case Kind::always: return "always";
    case Kind::all: return parts_text(condition, project, " and ");
    case Kind::any: return parts_text(condition, project, " or ");
    case Kind::none: return "none of " + parts_text(condition, project, ", ");
    case Kind::zone:
      return fmt::format("{} {} {}", id(ZoneId{condition.object}), comparison, percent_text(condition.level));
    case Kind::scene: return id(SceneId{condition.object}) + " is active";
    case Kind::occupancy:
      return fmt::format("{} is {}", id(OccupancyGroupId{condition.object}), word(condition.state, kOccupancies));
    case Kind::led: return fmt::format("LED of {} is {}", id(LedId{condition.object}), word(condition.state, kLeds));
    case Kind::variable: return variable_text(VariableId{condition.object}, condition.state, project);
    case Kind::mode: return "mode is " + id(ModeId{condition.object});
    case Kind::sequence: return id(SequenceId{condition.object}) + " runs";
    case Kind::time_window: return "from " + time_text(condition.from) + " to " + time_text(condition.to);
    case Kind::weekday: return weekdays_text(condition.state);
    case Kind::sun: return fmt::format("sun {} {:g} degrees", comparison, condition.degrees);
    case Kind::night: return "night";
    case Kind::away: return "away";
  }
  return "";
}

std::string assignment_text(const Assignment& assignment) {
  std::string text = assignment.keeps_level ? std::string() : percent_text(assignment.level);
  const auto add = [&](const std::string& what) { text += (text.empty() ? "" : " ") + what; };
  if (assignment.tilt) add("tilt " + percent_text(*assignment.tilt));
  if (assignment.colour.kind != Colour::Kind::none) add(colour_text(assignment.colour));
  if (assignment.fade > Duration::zero()) add("over " + duration_text(assignment.fade));
  if (assignment.delay > Duration::zero()) add("after " + duration_text(assignment.delay));
  return text;
}

std::string preset_text(const Preset& preset, const Project& project) {
  std::string text = list_text(preset.scenes, [&](SceneId it) { return id_text(it, project); });
  const auto add = [&](const std::string& what) { text += (text.empty() ? "" : ", ") + what; };
  for (const Assignment& it : preset.zones) add(id_text(it.zone, project) + " " + assignment_text(it));
  for (const Action& it : preset.actions) add(action_text(it, project));
  return text.empty() ? "nothing" : text;
}

std::string programming_text(const Button& button, const Project& project) {
  const auto preset = [&](const Preset& it) { return preset_text(it, project); };
  const auto zones = [&](const std::vector<ZoneId>& it) {
    return list_text(it, [&](ZoneId zone) { return id_text(zone, project); });
  };
  const auto off_fade = [](Duration fade) { return ", off over " + duration_text(fade); };
  return std::visit(
      overloaded{
          [](std::monostate) { return std::string("nothing"); },
          [&](const Toggle& it) { return "toggle " + preset(it.on) + off_fade(it.off_fade); },
          [&](const AdvancedToggle& it) { return "toggle " + preset(it.dark) + "; when lit " + preset(it.lit); },
          [&](const SingleAction& it) {
            return "single action " + preset(it.preset) + (it.stops_shades ? ", stops shades" : "");
          },
          [&](const DualAction& it) {
            return "dual action: press " + preset(it.press) + "; release " + preset(it.release);
          },
          [&](const OpenStopClose& it) { return "open, stop, close " + zones(it.shades); },
          [&](const RaiseLower& it) { return (it.raise ? "raise " : "lower ") + zones(it.zones); },
          [&](const MasterRaiseLower& it) { return std::string(it.raise ? "master raise" : "master lower"); },
          [&](const CycleDim& it) { return "cycle dim " + preset(it.on) + off_fade(it.off_fade); },
          [&](const StartStopSequence& it) { return "start and stop " + id_text(it.sequence, project); },
      },
      button.programming);
}

std::string output_text(const Output& output, const Project& project) {
  constexpr std::array<std::string_view, 4> kChannels{"", " warm and cool", " RGB", " RGBW"};
  return std::visit(
      overloaded{
          [](std::monostate) { return std::string("nothing"); },
          [&](const DeviceOutput& it) { return fmt::format("{} output {}", id_text(it.device, project), it.output); },
          [&](const DmxOutput& it) {
            return fmt::format("{} slot {}{}{}", id_text(it.gateway, project), it.slot,
                               it.sixteen_bit ? " with 16 bits" : "", word(it.channels, kChannels));
          },
      },
      output);
}

}  // namespace candela::project
