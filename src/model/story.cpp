#include "model/story.h"

#include <array>

#include "base/overloaded.h"
#include "model/names.h"
#include "model/people.h"

namespace candela {
namespace {

using Kind = CauseStep::Kind;

constexpr std::uint8_t kRaisePosition = 18;
constexpr std::uint8_t kLowerPosition = 19;

/// "the second button of Hall Keypad"
std::string button_name(ButtonId id, const Project& project) {
  const Button* button = project.find(id);
  if (button == nullptr) return "the deleted button " + std::to_string(id.value);
  static constexpr std::array kOrdinals{"first", "second",  "third",  "fourth", "fifth",
                                        "sixth", "seventh", "eighth", "ninth",  "tenth"};
  std::string text = "the ";
  if (button->position == kRaisePosition) {
    text += "raise button";
  } else if (button->position == kLowerPosition) {
    text += "lower button";
  } else if (button->position >= 1 && button->position <= kOrdinals.size()) {
    text += kOrdinals[button->position - 1U];
    text += " button";
  } else {
    text += "button " + std::to_string(button->position);
  }
  return text + " of " + name_of(button->keypad, project);
}

/// What a button's preset is called: as it is engraved.
std::string preset_name(ButtonId id, const Project& project) {
  const Button* button = project.find(id);
  if (button == nullptr || button->engraving.empty()) return "its preset";
  return button->engraving;
}

template <class Id>
std::string called(const char* kind, Id id, const Project& project) {
  return std::string("the ") + kind + " " + plain_name(id, kind, project);
}
std::string scene_name(SceneId id, const Project& project) { return "the scene " + name_of(id, project); }

/// What somebody, or something, did in this step: the predicate of a sentence. Empty when there is nothing to tell
/// besides what came of it.
std::string doing_at_buttons(CauseStep step, const Project& project) {
  const ButtonId button{step.object};
  switch (step.kind) {
    case Kind::button_pressed: return "pressed " + button_name(button, project);
    case Kind::button_released: return "released " + button_name(button, project);
    case Kind::button_held: return "held " + button_name(button, project);
    case Kind::button_tapped: return "tapped " + button_name(button, project) + " twice";
    case Kind::toggled_on: return "switched " + preset_name(button, project) + " on";
    case Kind::toggled_off: return "switched " + preset_name(button, project) + " off";
    case Kind::preset_run: return "ran " + preset_name(button, project);
    case Kind::released_preset: return "ran the preset of its release";
    case Kind::raise_started: return "began to raise";
    case Kind::lower_started: return "began to lower";
    case Kind::ramp_stopped: return "stopped the ramp";
    case Kind::shades_stopped: return "stopped the shades";
    default: return {};
  }
}

std::string doing_of_programs(CauseStep step, const Project& project) {
  switch (step.kind) {
    case Kind::scene_activated: return "recalled " + scene_name(SceneId{step.object}, project);
    case Kind::scene_saved: return "saved " + scene_name(SceneId{step.object}, project);
    case Kind::scene_edited: return "edited " + scene_name(SceneId{step.object}, project);
    case Kind::sequence_started: return "started " + called("sequence", SequenceId{step.object}, project);
    case Kind::sequence_ended: return "ended " + called("sequence", SequenceId{step.object}, project);
    case Kind::timeclock_run: return "ran " + called("timeclock event", TimeclockEventId{step.object}, project);
    case Kind::timeclock_set: return "changed the timeclock";
    case Kind::variable_set: return "set " + plain_name(VariableId{step.object}, "variable", project);
    case Kind::mode_set: return "chose " + called("mode", ModeId{step.object}, project);
    case Kind::show_course: return "went on with " + called("show", ShowId{step.object}, project);
    case Kind::facade_moved: return "let " + plain_name(FacadeId{step.object}, "facade", project) + " follow the sun";
    default: return {};
  }
}

std::string doing(CauseStep step, const Project& project) {
  if (std::string at_buttons = doing_at_buttons(step, project); !at_buttons.empty()) return at_buttons;
  if (std::string of_programs = doing_of_programs(step, project); !of_programs.empty()) return of_programs;
  switch (step.kind) {
    case Kind::area_commanded: return "set the area " + name_of(AreaId{step.object}, project);
    case Kind::zone_raised: return "told it to raise";
    case Kind::zone_lowered: return "told it to lower";
    case Kind::zone_stopped: return "told it to stop";
    case Kind::occupancy_set:
      return "changed the mode of " + plain_name(OccupancyGroupId{step.object}, "group", project);
    case Kind::sensor_set: return "switched the sensor " + name_of(DeviceId{step.object}, project);
    case Kind::emergency_began: return "told of an emergency";
    case Kind::emergency_ended: return "ended the emergency";
    case Kind::load_shed: return step.object == 0 ? "ended load shedding" : "shed load";
    case Kind::away_began: return "began away";
    case Kind::away_ended: return "ended away";
    case Kind::loop_stopped: return "ran in a circle";
    default: return {};
  }
}

/// What stands aside of the sentence.
std::string remark(CauseStep step) {
  switch (step.kind) {
    case Kind::branch_taken: return " (condition " + std::to_string(step.object) + " held)";
    case Kind::delay_elapsed: return " (after its delay)";
    default: return {};
  }
}

/// How a sentence begins that nobody in particular began.
struct Beginning {
  std::string text;
  bool whole = false;  ///< a sentence of its own; else only who did it
};

Beginning beginning_at_button(CauseStep step, bool alone, const Project& project) {
  const std::string button = button_name(ButtonId{step.object}, project);
  switch (step.kind) {
    case Kind::button_pressed: return alone ? Beginning{button + " was pressed", true} : Beginning{button};
    case Kind::button_released: return {button + " was released", true};
    case Kind::button_held: return {button + " was held", true};
    default: return {button + " was tapped twice", true};
  }
}

Beginning beginning(CauseStep step, bool alone, const Project& project) {
  switch (step.kind) {
    case Kind::button_pressed:
    case Kind::button_released:
    case Kind::button_held:
    case Kind::button_tapped: return beginning_at_button(step, alone, project);
    case Kind::timeclock_due:
    case Kind::timeclock_run: return {called("timeclock event", TimeclockEventId{step.object}, project)};
    case Kind::sequence_started:
    case Kind::sequence_step:
    case Kind::sequence_ended: return {called("sequence", SequenceId{step.object}, project)};
    case Kind::show_course: return {"the natural show " + plain_name(ShowId{step.object}, "show", project)};
    case Kind::facade_moved: return {plain_name(FacadeId{step.object}, "facade", project) + ", which follows the sun,"};
    case Kind::seen_occupied:
      return {"somebody was seen in " + plain_name(OccupancyGroupId{step.object}, "group", project), true};
    case Kind::seen_unoccupied:
      return {"nobody was seen any more in " + plain_name(OccupancyGroupId{step.object}, "group", project), true};
    case Kind::sun_moved: return {"day and night changed", true};
    case Kind::level_reported: return {"its own device"};
    case Kind::presence_reported:
    case Kind::fault_reported: return {"the link"};
    case Kind::restored: return {"the processor started again", true};
    case Kind::power_returned: return {"power returned", true};
    case Kind::project_activated: return {"a project came into force", true};
    case Kind::pulse_ended: return {"the end of its pulse"};
    case Kind::minimum_on_over: return {"its minimum time on was over", true};
    case Kind::emergency_began: return {"an emergency began", true};
    case Kind::emergency_ended: return {"the emergency ended", true};
    case Kind::away_chance: return {"away, by chance,"};
    case Kind::away_replay: return {"away, which repeats an earlier day,"};
    case Kind::away_began: return {"away began", true};
    case Kind::away_ended: return {"away ended", true};
    default: return {"the house by itself"};
  }
}

std::string person(Source source, const ClientNames& clients) {
  switch (source.kind) {
    case Source::Kind::client: return "client " + clients(source.client);
    case Source::Kind::page: return "the page";
    case Source::Kind::command: return "the candela command";
    case Source::Kind::mqtt: return "MQTT";
    default: return {};
  }
}

void tell_reason(const Cause& cause, const Project& project, const ClientNames& clients, Happening& told) {
  const auto steps = std::span(cause.steps).first(cause.step_count);
  Beginning begun{person(cause.source, clients)};
  std::size_t next = 0;
  if (begun.text.empty()) {
    if (steps.empty()) {
      begun = {cause.source.kind == Source::Kind::system ? "the processor" : "the house by itself"};
    } else {
      begun = beginning(steps[0], steps.size() == 1, project);
      next = 1;
    }
  }
  told.reason = std::move(begun.text);
  for (const CauseStep step : steps.subspan(next)) {
    if (const std::string did = doing(step, project); !did.empty()) {
      told.reason += (begun.whole ? ", which " : " ") + did;
      begun.whole = true;
    }
    told.reason += remark(step);
  }
  told.by_doer = !begun.whole;
}

AreaId area_of(const Project& project, ZoneId id) {
  const Zone* zone = project.find(id);
  return zone == nullptr ? AreaId{} : zone->area;
}
AreaId area_of(const Project& project, DeviceId id) {
  const Device* device = project.find(id);
  return device == nullptr ? AreaId{} : device->area;
}
AreaId area_of(const Project& project, ButtonId id) {
  const Button* button = project.find(id);
  return button == nullptr ? AreaId{} : area_of(project, button->keypad);
}
AreaId area_of(const Project& project, SceneId id) {
  const Scene* scene = project.find(id);
  return scene == nullptr ? AreaId{} : scene->area;
}
AreaId area_of(const Project& project, OccupancyGroupId id) {
  const OccupancyGroup* group = project.find(id);
  return group == nullptr ? AreaId{} : group->area;
}

/// What it is about; false when that is not worth telling later.
bool tell_object(const Change& change, const Project& project, Happening& told) {
  using What = Happening::Kind;
  const auto about = [&](What kind, std::uint32_t object = 0, AreaId area = {}) {
    told.kind = kind;
    told.object = object;
    told.area = area;
    return true;
  };
  const auto placed = [&](What kind, auto id) { return about(kind, id.value, area_of(project, id)); };
  return std::visit(overloaded{
                        [&](const ZoneTargeted& it) {
                          told.fade = {it.fade.from, it.fade.to, {}, it.fade.duration};
                          return placed(What::zone, it.zone);
                        },
                        [&](const ZoneTilted& it) {
                          told.fade = {it.fade.from, it.fade.to, {}, it.fade.duration};
                          return placed(What::tilt, it.zone);
                        },
                        [](const LedChanged&) { return false; },
                        [&](const SceneChanged& it) { return it.scene && about(What::scene, it.scene.value, it.area); },
                        [&](const ButtonActed& it) { return placed(What::button, it.button); },
                        [&](const PresenceChanged& it) { return placed(What::device, it.device); },
                        [&](const LinkChanged& it) { return about(What::link, it.link.value); },
                        [&](const ProjectActivated&) { return about(What::project); },
                        [&](const ZoneColoured& it) { return placed(What::colour, it.zone); },
                        [&](const ClimateChanged& it) { return placed(What::climate, it.zone); },
                        [&](const SceneEdited& it) { return placed(What::scene_edit, it.scene); },
                        [&](const VariableChanged& it) { return about(What::variable, it.variable.value); },
                        [&](const ModeChanged& it) { return about(What::mode, it.mode.value); },
                        [&](const NightChanged&) { return about(What::night); },
                        [&](const SequenceChanged& it) { return about(What::sequence, it.sequence.value); },
                        [&](const TimeclockEnabled& it) { return about(What::timeclock, it.timeclock.value); },
                        [&](const TimeclockEventEnabled& it) { return about(What::timeclock_event, it.event.value); },
                        [&](const TimeclockEventPassed& it) { return about(What::timeclock_event, it.event.value); },
                        [&](const OccupancyChanged& it) { return placed(What::occupancy, it.group); },
                        [&](const OccupancyModeChanged& it) { return placed(What::occupancy, it.group); },
                        [&](const SensorEnabled& it) { return placed(What::sensor, it.sensor); },
                        [&](const AwayChanged&) { return about(What::away); },
                        [&](const EmergencyChanged&) { return about(What::emergency); },
                        [&](const LoadShed&) { return about(What::load); },
                        [&](const ShowChanged& it) { return about(What::show, it.show.value); },
                        [&](const ProgramStopped& it) { return about(What::program, it.object); },
                        [&](const ClockChanged&) { return about(What::clock); },
                        [&](const FacadeChanged& it) { return about(What::facade, it.facade.value); },
                        [](const FacadeMoved&) { return false; },  // its shades' own stories tell of it
                    },
                    change.what);
}

/// "set it to 40 % over 3 s"
std::string effect(const Happening& it) {
  const std::string level = number(it.fade.to.percent()) + " %";
  if (it.fade.from == it.fade.to) return "left it at " + level;
  std::string text = it.fade.to.is_on() ? "set it to " + level : "switched it off";
  if (it.fade.duration > Duration::zero()) text += " over " + seconds(it.fade.duration);
  return text;
}

}  // namespace

std::string_view word(Happening::Kind kind) {
  static constexpr std::array<std::string_view, 28> kWords{
      "",           "zone",     "tilt",  "colour",    "climate",  "button",    "scene",
      "scene_edit", "variable", "mode",  "night",     "sequence", "timeclock", "timeclock_event",
      "occupancy",  "sensor",   "away",  "emergency", "load",     "show",      "device",
      "link",       "program",  "clock", "project",   "gap",      "facade",    "access"};
  const auto place = static_cast<std::size_t>(kind);
  return place < kWords.size() ? kWords[place] : kWords[0];
}

namespace {

/// After a restart or transfer every zone is told again.
bool is_as_before(const Change& change) {
  const auto* zone = std::get_if<ZoneTargeted>(&change.what);
  if (zone == nullptr || zone->fade.from != zone->fade.to || change.cause.step_count == 0) return false;
  const Kind last = change.cause.steps[change.cause.step_count - 1U].kind;
  return last == Kind::restored || last == Kind::project_activated;
}

}  // namespace

std::optional<Happening> happening(const Change& change, const Project& project, const ClientNames& clients) {
  Happening told;
  if (is_as_before(change) || !tell_object(change, project, told)) return std::nullopt;
  told.time = change.at.utc;
  told.text = describe(change, project);
  told.by_people = is_doing_of_people(change.cause);
  tell_reason(change.cause, project, clients, told);
  return told;
}

std::string explain(std::string_view zone, std::string_view state, std::span<const Happening> past,
                    const std::function<std::string(UtcTime)>& when) {
  std::string text = std::string(zone) + " " + std::string(state) + ".";
  const char* joint = " ";
  for (const Happening& it : past) {
    text += joint + when(it.time) + " " + it.reason + (it.by_doer ? " " : ", which ") + effect(it) + ".";
    joint = " Before: ";
  }
  return text;
}

}  // namespace candela
