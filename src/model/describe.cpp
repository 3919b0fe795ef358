#include "model/describe.h"

#include "base/overloaded.h"
#include "model/names.h"

namespace candela {
namespace {

std::string_view word(LedState state) {
  switch (state) {
    case LedState::off: return "goes out";
    case LedState::on: return "lights";
    case LedState::flash: return "flashes";
    case LedState::rapid_flash: return "flashes rapidly";
  }
  return "";
}

std::string_view word(ButtonMove move) {
  switch (move) {
    case ButtonMove::press: return "pressed";
    case ButtonMove::release: return "released";
    case ButtonMove::hold: return "held";
    case ButtonMove::multi_tap: return "tapped twice";
  }
  return "";
}

std::string_view word(LinkFault fault) {
  switch (fault) {
    case LinkFault::none: return "works";
    case LinkFault::port_closed: return "cannot be reached: its port does not open";
    case LinkFault::no_devices: return "is silent: no device answers";
    case LinkFault::corrupted_frames: return "is disturbed: frames arrive damaged";
    case LinkFault::reversed_pair: return "has its data pair reversed";
  }
  return "";
}

std::string_view word(Occupancy state) {
  switch (state) {
    case Occupancy::unknown: return "not known to be occupied";
    case Occupancy::occupied: return "occupied";
    case Occupancy::unoccupied: return "unoccupied";
    case Occupancy::partial: return "occupied in part";
  }
  return "";
}

std::string_view word(OccupancyMode mode) {
  switch (mode) {
    case OccupancyMode::automatic: return "automatic";
    case OccupancyMode::vacancy: return "off by itself, on by hand";
    case OccupancyMode::automatic_low_light: return "automatic when dark";
    case OccupancyMode::disabled: return "disabled";
  }
  return "";
}

std::string_view word(ClimateMode mode) {
  switch (mode) {
    case ClimateMode::off: return "off";
    case ClimateMode::heat: return "heating";
    case ClimateMode::cool: return "cooling";
    case ClimateMode::automatic: return "automatic";
  }
  return "";
}

std::string_view word(TimeclockEventPassed::How how) {
  using How = TimeclockEventPassed::How;
  switch (how) {
    case How::ran: return "ran";
    case How::ran_late: return "ran late";
    case How::by_command: return "ran by command";
    case How::missed: return "was missed";
    case How::no_sun: return "was left out: the sun does not rise or set";
  }
  return "";
}

std::string describe_colour(const Colour& colour) {
  switch (colour.kind) {
    case Colour::Kind::none: return "no colour";
    case Colour::Kind::white: return std::to_string(colour.kelvin) + " K";
    case Colour::Kind::warm_dim: return "warm dimming";
    case Colour::Kind::xy: return "colour x " + number(colour.x / 10000.0) + " y " + number(colour.y / 10000.0);
  }
  return "";
}

std::string degrees(std::int16_t hundredths) { return number(hundredths / 100.0) + " degrees"; }

std::string describe_tilt(const ZoneTilted& it, const Project& project) {
  std::string text = name_of(it.zone, project) + " tilts to " + number(it.fade.to.percent()) + " %";
  if (it.fade.duration > Duration::zero()) text += " over " + seconds(it.fade.duration);
  return text;
}

std::string describe_climate(const ClimateChanged& it, const Project& project) {
  return name_of(it.zone, project) + " is " + std::string(word(it.mode)) + ", heats to " + degrees(it.heat_to) +
         ", cools to " + degrees(it.cool_to) + ", has " + degrees(it.temperature);
}

std::string describe_variable(const VariableChanged& it, const Project& project) {
  const Variable* variable = project.find(it.variable);
  const bool known = variable != nullptr && it.state < variable->states.size();
  return plain_name(it.variable, "variable", project) + " is " +
         (known ? variable->states[it.state] : std::to_string(it.state));
}

std::string_view running(bool runs) { return runs ? " runs" : " has stopped"; }
std::string_view enabled(bool is_enabled) { return is_enabled ? " is enabled" : " is disabled"; }

std::string describe_zone(const ZoneTargeted& it, const Project& project) {
  const std::string level = number(it.fade.to.percent()) + " %";
  std::string text = name_of(it.zone, project);
  if (it.fade.from == it.fade.to) return text + " is at " + level;
  text += it.fade.to.is_on() ? " goes to " + level : " goes off";
  if (it.fade.duration > Duration::zero()) text += " over " + seconds(it.fade.duration);
  return text;
}

std::string describe_presence(const PresenceChanged& it, const Project& project) {
  const std::string name = name_of(it.device, project);
  if (it.fault == DeviceFault::duplicate_address) return name + " shares its link address with another device";
  return name + (it.present ? " answers" : " is silent");
}

std::string describe_step(CauseStep step, const Project& project) {
  using Kind = CauseStep::Kind;
  const std::uint32_t object = step.object;
  const auto zone = [&] { return name_of(ZoneId{object}, project); };
  const auto button = [&] { return name_of(project.find(ButtonId{object}), object, project); };
  switch (step.kind) {
    case Kind::button_pressed: return button() + " was pressed";
    case Kind::button_released: return button() + " was released";
    case Kind::toggled_on: return "it toggled its preset on";
    case Kind::toggled_off: return "it toggled its zones off";
    case Kind::preset_run: return "it ran its preset";
    case Kind::raise_started: return "it began to raise";
    case Kind::lower_started: return "it began to lower";
    case Kind::ramp_stopped: return "the ramp stopped";
    case Kind::scene_activated: return "the scene " + name_of(SceneId{object}, project) + " was recalled";
    case Kind::zone_commanded: return zone() + " was set";
    case Kind::zone_raised: return zone() + " was told to raise";
    case Kind::zone_lowered: return zone() + " was told to lower";
    case Kind::zone_stopped: return zone() + " was told to stop";
    case Kind::area_commanded: return "the area " + name_of(AreaId{object}, project) + " was set";
    case Kind::button_held: return button() + " was held";
    case Kind::button_tapped: return button() + " was tapped twice";
    case Kind::released_preset: return "it ran the preset of its release";
    case Kind::shades_stopped: return "it stopped the shades";
    case Kind::branch_taken: return "condition " + std::to_string(object) + " held";
    case Kind::sequence_started:
      return "the sequence " + plain_name(SequenceId{object}, "sequence", project) + " started";
    case Kind::sequence_step: return "the sequence " + plain_name(SequenceId{object}, "sequence", project) + " went on";
    case Kind::sequence_ended: return "the sequence " + plain_name(SequenceId{object}, "sequence", project) + " ended";
    case Kind::timeclock_due:
      return "the time of " + plain_name(TimeclockEventId{object}, "timeclock event", project) + " came";
    case Kind::timeclock_run:
      return plain_name(TimeclockEventId{object}, "timeclock event", project) + " was run by command";
    case Kind::sun_moved: return "day and night changed";
    case Kind::seen_occupied: return "somebody was seen in " + plain_name(OccupancyGroupId{object}, "group", project);
    case Kind::seen_unoccupied:
      return "nobody was seen any more in " + plain_name(OccupancyGroupId{object}, "group", project);
    case Kind::variable_set: return plain_name(VariableId{object}, "variable", project) + " was set";
    case Kind::mode_set: return "the mode " + plain_name(ModeId{object}, "mode", project) + " was chosen";
    case Kind::condition_changed: return "its condition changed";
    case Kind::zone_tilted: return zone() + " was tilted";
    case Kind::zone_coloured: return zone() + " was given a colour";
    case Kind::pulse_ended: return "the pulse of " + zone() + " ended";
    case Kind::minimum_on_over: return zone() + " had been on for its minimum time";
    case Kind::scene_saved: return "the scene " + name_of(SceneId{object}, project) + " was saved";
    case Kind::scene_edited: return "the scene " + name_of(SceneId{object}, project) + " was edited";
    case Kind::emergency_began: return "an emergency began";
    case Kind::emergency_ended: return "the emergency ended";
    case Kind::load_shed: return object == 0 ? std::string("load shedding ended") : "load was shed";
    case Kind::away_began: return "away began";
    case Kind::away_ended: return "away ended";
    case Kind::away_chance: return "away chose " + zone() + " by chance";
    case Kind::away_replay: return "away repeated what " + zone() + " did before";
    case Kind::show_course:
      return "the natural show " + plain_name(ShowId{object}, "show", project) + " took its course";
    case Kind::facade_moved:
      return "the shades of " + plain_name(FacadeId{object}, "facade", project) + " followed the sun";
    case Kind::occupancy_set: return plain_name(OccupancyGroupId{object}, "group", project) + " was given another mode";
    case Kind::sensor_set: return "the sensor " + name_of(DeviceId{object}, project) + " was switched";
    case Kind::timeclock_set: return "the timeclock was changed";
    case Kind::climate_set: return "the climate of " + zone() + " was set";
    case Kind::clock_reported: return "the clock reported";
    case Kind::power_returned: return "power returned";
    case Kind::loop_stopped: return "the program ran in a circle";
    case Kind::led_commanded: return "the LED was set";
    case Kind::delay_elapsed: return "its delay was over";
    case Kind::level_reported: return zone() + "'s device changed the level by itself";
    case Kind::presence_reported: return "the link noticed " + name_of(DeviceId{object}, project);
    case Kind::fault_reported: return "the link " + name_of(LinkId{object}, project) + " reported its state";
    case Kind::member_changed: return zone() + " changed";
    case Kind::restored: return "the state from before the restart was restored";
    case Kind::project_activated: return "a project was activated";
  }
  return "";
}

std::string describe_source(Source source, const ClientNames& clients) {
  switch (source.kind) {
    case Source::Kind::system: return "the processor";
    case Source::Kind::device: return "the house";
    case Source::Kind::client: return "client " + clients(source.client);
    case Source::Kind::page: return "the page";
    case Source::Kind::command: return "the candela command";
    case Source::Kind::timer: return "the house by itself";
    case Source::Kind::mqtt: return "MQTT";
  }
  return "";
}

}  // namespace

std::string describe(const Change& change, const Project& project) {
  return std::visit(
      overloaded{
          [&](const ZoneTargeted& it) { return describe_zone(it, project); },
          [&](const LedChanged& it) {
            return "the LED of " + name_of(project.find(it.led), it.led.value, project) + " " +
                   std::string(word(it.state));
          },
          [&](const SceneChanged& it) {
            if (!it.scene) return name_of(it.area, project) + " is in no scene";
            const Scene* scene = project.find(it.scene);
            return name_of(it.area, project) + " is in scene " +
                   (scene == nullptr ? std::to_string(it.scene.value) : scene->name);
          },
          [&](const ButtonActed& it) {
            return name_of(project.find(it.button), it.button.value, project) + " was " + std::string(word(it.move));
          },
          [&](const PresenceChanged& it) { return describe_presence(it, project); },
          [&](const LinkChanged& it) {
            return "the link " + name_of(it.link, project) + " " + std::string(word(it.fault));
          },
          [&](const ProjectActivated& it) { return "the project " + it.project->name + " is active"; },
          [&](const ZoneTilted& it) { return describe_tilt(it, project); },
          [&](const ZoneColoured& it) { return name_of(it.zone, project) + " goes to " + describe_colour(it.to); },
          [&](const ClimateChanged& it) { return describe_climate(it, project); },
          [&](const SceneEdited& it) {
            return "the scene " + name_of(it.scene, project) +
                   (it.assignments ? " was changed" : " is as in the project again");
          },
          [&](const VariableChanged& it) { return describe_variable(it, project); },
          [&](const ModeChanged& it) { return "the house is in mode " + plain_name(it.mode, "mode", project); },
          [](const NightChanged& it) { return std::string(it.night ? "night begins" : "day begins"); },
          [&](const SequenceChanged& it) {
            return "the sequence " + plain_name(it.sequence, "sequence", project) + std::string(running(it.running));
          },
          [&](const TimeclockEnabled& it) {
            return "the timeclock " + plain_name(it.timeclock, "timeclock", project) + std::string(enabled(it.enabled));
          },
          [&](const TimeclockEventEnabled& it) {
            return "the timeclock event " + plain_name(it.event, "timeclock event", project) +
                   std::string(enabled(it.enabled));
          },
          [&](const TimeclockEventPassed& it) {
            return "the timeclock event " + plain_name(it.event, "timeclock event", project) + " " +
                   std::string(word(it.how));
          },
          [&](const OccupancyChanged& it) {
            return plain_name(it.group, "occupancy group", project) + " is " + std::string(word(it.state));
          },
          [&](const OccupancyModeChanged& it) {
            return plain_name(it.group, "occupancy group", project) + " is now " + std::string(word(it.mode));
          },
          [&](const SensorEnabled& it) {
            return "the sensor " + name_of(it.sensor, project) + std::string(enabled(it.enabled));
          },
          [](const AwayChanged& it) {
            return std::string(it.away ? "the house looks lived in while all are away" : "away has ended");
          },
          [](const EmergencyChanged& it) {
            return std::string(it.emergency ? "an emergency began" : "the emergency is over");
          },
          [](const LoadShed& it) {
            if (it.percent == 0) return std::string("no load is shed any more");
            return std::to_string(it.percent) + " % of the load is shed";
          },
          [&](const ShowChanged& it) {
            return "the natural show " + plain_name(it.show, "show", project) + std::string(running(it.running));
          },
          [&](const FacadeChanged& it) {
            return "the shades of " + plain_name(it.facade, "facade", project) +
                   (it.enabled ? " follow the sun" : " stay as they are");
          },
          [](const FacadeMoved&) { return std::string(); },  // what becomes of each shade is told
          [](const ProgramStopped&) { return std::string("a program that called itself for ever was stopped"); },
          [](const ClockChanged& it) {
            return std::string(it.trusted ? "the time is trusted" : "nobody vouches for the time");
          },
      },
      change.what);
}

std::string describe(const Cause& cause, const Project& project, const ClientNames& clients) {
  std::string text = describe_source(cause.source, clients);
  const char* joint = ": ";
  for (std::size_t i = 0; i < cause.step_count; ++i) {
    text += joint + describe_step(cause.steps[i], project);
    joint = ", then ";
  }
  return text;
}

}  // namespace candela
