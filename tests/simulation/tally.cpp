#include "tally.h"

#include <fmt/format.h>

namespace candela::simulation {
namespace {

/// In the order of Event::what.
constexpr std::array<std::string_view, Tally::kEvents> kEventNames{"TimePassed",
                                                                   "ButtonMoved",
                                                                   "SetZone",
                                                                   "MoveZone",
                                                                   "ActivateScene",
                                                                   "SetArea",
                                                                   "MoveArea",
                                                                   "SetLed",
                                                                   "LevelReported",
                                                                   "PresenceReported",
                                                                   "LinkReported",
                                                                   "ActivateProject",
                                                                   "SetTilt",
                                                                   "SetColour",
                                                                   "SaveScene",
                                                                   "EditScene",
                                                                   "SetVariable",
                                                                   "SetMode",
                                                                   "ControlSequence",
                                                                   "EnableTimeclock",
                                                                   "EnableTimeclockEvent",
                                                                   "RunTimeclockEvent",
                                                                   "SetOccupancyMode",
                                                                   "EnableSensor",
                                                                   "SetAway",
                                                                   "SetEmergency",
                                                                   "ShedLoad",
                                                                   "ControlShow",
                                                                   "ControlFacade",
                                                                   "SetClimate",
                                                                   "OccupancyReported",
                                                                   "LightReported",
                                                                   "TiltReported",
                                                                   "TemperatureReported",
                                                                   "ClockReported"};
/// In the order of Change::what.
constexpr std::array<std::string_view, Tally::kChanges> kChangeNames{"ZoneTargeted",
                                                                     "LedChanged",
                                                                     "SceneChanged",
                                                                     "ButtonActed",
                                                                     "PresenceChanged",
                                                                     "LinkChanged",
                                                                     "ProjectActivated",
                                                                     "ZoneTilted",
                                                                     "ZoneColoured",
                                                                     "ClimateChanged",
                                                                     "SceneEdited",
                                                                     "VariableChanged",
                                                                     "ModeChanged",
                                                                     "NightChanged",
                                                                     "SequenceChanged",
                                                                     "TimeclockEnabled",
                                                                     "TimeclockEventEnabled",
                                                                     "TimeclockEventPassed",
                                                                     "OccupancyChanged",
                                                                     "OccupancyModeChanged",
                                                                     "SensorEnabled",
                                                                     "AwayChanged",
                                                                     "EmergencyChanged",
                                                                     "LoadShed",
                                                                     "ShowChanged",
                                                                     "ProgramStopped",
                                                                     "ClockChanged",
                                                                     "FacadeChanged",
                                                                     "FacadeMoved"};
constexpr std::array<std::string_view, 5> kPassedNames{"ran", "ran late", "by command", "missed", "no sun"};
/// In the order of CauseStep::Kind.
constexpr std::array<std::string_view, Tally::kCauses> kCauseNames{
    "button_pressed",  "button_released",   "toggled_on",        "toggled_off",     "preset_run",
    "raise_started",   "lower_started",     "ramp_stopped",      "scene_activated", "zone_commanded",
    "zone_raised",     "zone_lowered",      "zone_stopped",      "area_commanded",  "led_commanded",
    "delay_elapsed",   "level_reported",    "presence_reported", "fault_reported",  "member_changed",
    "restored",        "project_activated", "button_held",       "button_tapped",   "released_preset",
    "shades_stopped",  "branch_taken",      "sequence_started",  "sequence_step",   "sequence_ended",
    "timeclock_due",   "timeclock_run",     "sun_moved",         "seen_occupied",   "seen_unoccupied",
    "variable_set",    "mode_set",          "condition_changed", "zone_tilted",     "zone_coloured",
    "pulse_ended",     "minimum_on_over",   "scene_saved",       "scene_edited",    "emergency_began",
    "emergency_ended", "load_shed",         "away_began",        "away_ended",      "away_chance",
    "away_replay",     "show_course",       "occupancy_set",     "sensor_set",      "timeclock_set",
    "climate_set",     "clock_reported",    "power_returned",    "loop_stopped",    "facade_moved"};

template <std::size_t size, class Add>
void for_each(const std::array<std::string_view, size>& names, const std::array<std::uint64_t, size>& counts, Add add) {
  for (std::size_t i = 0; i < size; ++i) add(names[i], counts[i]);
}

}  // namespace

std::string_view name_of(const Event& event) { return kEventNames[event.what.index()]; }

void Tally::note(const Change& change) {
  ++changes[change.what.index()];
  if (change.cause.step_count > 0)
    ++causes[static_cast<std::size_t>(change.cause.steps[change.cause.step_count - 1U].kind)];
  if (const auto* event = std::get_if<TimeclockEventPassed>(&change.what))
    ++passed[static_cast<std::size_t>(event->how)];
}

std::string Tally::text() const {
  std::string text = "events:";
  const auto add = [&](std::string_view name, std::uint64_t count) { text += fmt::format(" {} {}", name, count); };
  for_each(kEventNames, events, add);
  text += fmt::format(" ClockJump {} Restart {}\nchanges:", jumps, restarts);
  for_each(kChangeNames, changes, add);
  text += "\ntimeclock events:";
  for_each(kPassedNames, passed, add);
  text += "\nlast causes:";
  for_each(kCauseNames, causes, add);
  return text + fmt::format("\ndelays of probes that elapsed: {}; occupancy groups found as they were: {}",
                            probe_delays, groups_found_as_they_were);
}

std::string Tally::missing() const {
  std::string missing;
  const auto add = [&](std::string_view name, std::uint64_t count) {
    if (count == 0) missing += fmt::format(" {}", name);
  };
  for_each(kEventNames, events, add);
  for_each(kChangeNames, changes, add);
  for_each(kPassedNames, passed, add);
  for_each(kCauseNames, causes, [&](std::string_view name, std::uint64_t count) {
    // A program that goes in a circle has long filled its cause when it is stopped; ProgramStopped tells.
    if (name != "loop_stopped") add(name, count);
  });
  add("ClockJump", jumps);
  add("Restart", restarts);
  add("delays of probes", probe_delays);
  add("occupancy groups found as they were", groups_found_as_they_were);
  return missing;
}

}  // namespace candela::simulation
