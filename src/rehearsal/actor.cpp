#include "rehearsal/actor.h"

#include <cmath>

#include "base/colour_math.h"
#include "rehearsal/lookup.h"

namespace candela::rehearsal {
namespace {

using Kind = Deed::Kind;

/// How long a finger stays on a button it only presses, and from one tap to the next.
constexpr std::chrono::milliseconds kPress{150};
constexpr std::chrono::milliseconds kBetweenTaps{100};

constexpr Source kHouse{Source::Kind::device, {}};
constexpr Source kCommand{Source::Kind::command, {}};

void let_pass(Home& home, Duration time) { home.go_to(home.now().utc + std::chrono::floor<UtcTime::duration>(time)); }

void move(Home& home, const Button& button, ButtonMove move) { home.send({kHouse, ButtonMoved{button.number, move}}); }

void press(Home& home, const Button& button, Duration time) {
  move(home, button, ButtonMove::press);
  let_pass(home, time);
  move(home, button, ButtonMove::release);
}

/// Hundredths of a degree.
std::int16_t temperature(double degrees) {
  constexpr double kLimit = 300;
  return static_cast<std::int16_t>(std::lround(std::clamp(degrees, -kLimit, kLimit) * 100));
}

std::uint16_t whole(double number) { return static_cast<std::uint16_t>(std::lround(std::clamp(number, 0.0, 65535.0))); }

/// Sends the command if the object is there.
template <class Object, class Make>
Outcome send(Home& home, const Result<const Object*>& object, Source source, Make make) {
  if (!object) return object.error();
  home.send({source, make(**object)});
  return done();
}

Outcome move_place(const Deed& deed, Home& home) {
  const auto place = look_up_place(home.project(), deed.named.object);
  if (!place) return place.error();
  const Movement movement = deed.kind == Kind::raise   ? Movement::raise
                            : deed.kind == Kind::lower ? Movement::lower
                                                       : Movement::stop;
  if (const auto* zone = std::get_if<const Zone*>(&*place)) {
    home.send({kCommand, MoveZone{(*zone)->number, movement}});
  } else {
    home.send({kCommand, MoveArea{std::get<const Area*>(*place)->number, movement}});
  }
  return done();
}

Outcome set_place(const Named& named, Home& home) {
  const auto place = look_up_place(home.project(), named.object);
  if (!place) return place.error();
  if (const auto* zone = std::get_if<const Zone*>(&*place)) {
    home.send({kCommand, SetZone{(*zone)->number, named.level, named.fade, named.delay}});
  } else {
    home.send({kCommand, SetArea{std::get<const Area*>(*place)->number, named.level, named.fade, named.delay}});
  }
  return done();
}

/// How the home came to be as it is given does not matter: it is so at once, shades too, which no command can hurry.
void put(Home& home, const Zone& zone, Level level) {
  if (is_shade(zone.load)) {
    home.send({kHouse, LevelReported{zone.number, level}});
  } else {
    home.send({kCommand, SetZone{zone.number, level, Duration::zero(), {}}});
  }
}

Outcome be_at(const Named& named, Home& home) {
  const auto place = look_up_place(home.project(), named.object);
  if (!place) return place.error();
  if (const auto* zone = std::get_if<const Zone*>(&*place)) {
    put(home, **zone, named.level);
  } else {
    home.send({kCommand, SetArea{std::get<const Area*>(*place)->number, named.level, Duration::zero(), {}}});
  }
  return done();
}

/// All of the scene's zones are where it wants them, as if it had been recalled long ago.
Outcome be_in_scene(const Named& named, Home& home) {
  const auto scene = look_up(home.project().scenes, "scene", named.object);
  if (!scene) return scene.error();
  for (const Assignment& it : home.project().expand((*scene)->preset)) {
    const Zone* zone = home.project().find(it.zone);
    if (zone != nullptr && !it.keeps_level) put(home, *zone, it.level);
    if (it.tilt) home.send({kCommand, SetTilt{it.zone, *it.tilt, Duration::zero()}});
    if (it.colour) home.send({kCommand, SetColour{it.zone, it.colour, Duration::zero()}});
  }
  return done();
}

Outcome set_variable(const Named& named, Home& home) {
  const auto variable = look_up(home.project().variables, "variable", named.object);
  if (!variable) return variable.error();
  const auto state = position_of((*variable)->states, named.state, "the variable " + named.object);
  if (!state) return state.error();
  home.send({kCommand, SetVariable{(*variable)->number, *state}});
  return done();
}

Outcome set_led(const Named& named, Home& home) {
  const auto button = look_up(home.project().buttons, "button", named.object);
  if (!button) return button.error();
  const auto state = position_of(kLedWords, named.state, "an LED");
  if (!state) return state.error();
  home.send({kCommand, SetLed{(*button)->led, static_cast<LedState>(*state)}});
  return done();
}

Outcome set_occupancy_mode(const Named& named, Home& home) {
  const auto group = look_up(home.project().occupancy_groups, "occupancy group", named.object);
  if (!group) return group.error();
  const auto mode = position_of(kOccupancyModeWords, named.state, "the occupancy of a group");
  if (!mode) return mode.error();
  home.send({kCommand, SetOccupancyMode{(*group)->number, static_cast<OccupancyMode>(*mode)}});
  return done();
}

Outcome set_fan(const Named& named, Home& home) {
  const auto fan = look_up_load(home.project(), "fan", named.object, is_fan);
  if (!fan) return fan.error();
  const auto speed = position_of(kFanWords, named.state, "a fan");
  if (!speed) return speed.error();
  constexpr double kStep = 25;  // percent
  home.send({kCommand, SetZone{(*fan)->number, Level::from_percent(kStep * *speed), std::nullopt, {}}});
  return done();
}

Outcome set_contact(const Deed& deed, Home& home) {
  const Level level = deed.kind == Kind::close_contact ? Level::full() : Level::off();
  return send(home, look_up_load(home.project(), "contact", deed.named.object, is_contact), kCommand,
              [&](const Zone& it) {
                return SetZone{it.number, level, std::nullopt, {}};
              });
}

Outcome set_thermostat(const Deed& deed, Home& home) {
  const auto zone = look_up_load(home.project(), "thermostat", deed.named.object, is_thermostat);
  if (!zone) return zone.error();
  SetClimate set{(*zone)->number, std::nullopt, std::nullopt, std::nullopt};
  if (deed.kind == Kind::set_thermostat) {
    const auto mode = position_of(kClimateWords, deed.named.state, "a thermostat");
    if (!mode) return mode.error();
    set.mode = static_cast<ClimateMode>(*mode);
  } else {
    (deed.kind == Kind::heat_to ? set.heat_to : set.cool_to) = temperature(deed.named.number);
  }
  home.send({kCommand, set});
  return done();
}

Outcome control_facade(const Deed& deed, Home& home) {
  const auto facade = look_up(home.project().facades, "facade", deed.named.object);
  if (!facade) return facade.error();
  if (deed.kind == Kind::resume_facade && !home.view().is_enabled((*facade)->number)) {
    return Error{"the facade '" + (*facade)->id + "' is disabled, so that there is nothing to resume"};
  }
  const Control control = deed.kind == Kind::disable_facade ? Control::stop : Control::start;
  home.send({kCommand, ControlFacade{(*facade)->number, control}});
  return done();
}

}  // namespace

Outcome Actor::perform(const Deed& deed, Home& home) const {
  switch (deed.kind) {
    case Kind::press:
    case Kind::hold:
    case Kind::tap_twice:
    case Kind::push_down:
    case Kind::let_go: return move_button(deed, home);
    case Kind::see_somebody:
    case Kind::see_nobody:
    case Kind::measure_light:
    case Kind::measure_temperature:
    case Kind::report:
    case Kind::lose_device:
    case Kind::find_device:
    case Kind::doubt_clock:
    case Kind::trust_clock: return report(deed, home);
    case Kind::pass_time:
    case Kind::restart:
    case Kind::fail_power_for:
    case Kind::fail_power:
    case Kind::return_power:
    case Kind::transfer: return trouble(deed, home);
    default: return command(deed, home);
  }
}

Outcome Actor::move_button(const Deed& deed, Home& home) const {
  const auto found = look_up(home.project().buttons, "button", deed.named.object);
  if (!found) return found.error();
  const Button& button = **found;
  switch (deed.kind) {
    case Kind::hold: press(home, button, deed.named.time); break;
    case Kind::push_down: move(home, button, ButtonMove::press); break;
    case Kind::let_go: move(home, button, ButtonMove::release); break;
    case Kind::tap_twice:
      press(home, button, kPress);
      let_pass(home, kBetweenTaps);
      press(home, button, kPress);
      break;
    default: press(home, button, kPress);
  }
  return done();
}

Outcome Actor::command(const Deed& deed, Home& home) const {
  const Project& project = home.project();
  const std::string& id = deed.named.object;
  const auto zone = [&] { return look_up(project.zones, "zone", id); };
  const auto scene = [&] { return look_up(project.scenes, "scene", id); };
  const auto sequence = [&] { return look_up(project.sequences, "sequence", id); };
  const auto timeclock = [&] { return look_up(project.timeclocks, "timeclock", id); };
  const auto event = [&] { return look_up(project.timeclock_events, "timeclock event", id); };
  const auto show = [&] { return look_up(project.shows, "natural show", id); };
  const auto ask = [&](const auto& object, auto make) { return send(home, object, kCommand, make); };
  const auto simply = [&](auto what) {
    home.send({kCommand, what});
    return done();
  };
  switch (deed.kind) {
    case Kind::set: return set_place(deed.named, home);
    case Kind::be_at: return be_at(deed.named, home);
    case Kind::raise:
    case Kind::lower:
    case Kind::stop: return move_place(deed, home);
    case Kind::tilt:
      return ask(zone(), [&](const Zone& it) { return SetTilt{it.number, deed.named.level, deed.named.fade}; });
    case Kind::whiten:
      return ask(zone(), [&](const Zone& it) {
        return SetColour{it.number, Colour::white(whole(deed.named.number)), deed.named.fade};
      });
    case Kind::tint:
      return ask(zone(), [&](const Zone& it) {
        const Colour colour = from_hue_saturation(deed.named.number, deed.named.level.percent());
        return SetColour{it.number, colour, deed.named.fade};
      });
    case Kind::set_fan: return set_fan(deed.named, home);
    case Kind::close_contact:
    case Kind::open_contact: return set_contact(deed, home);
    case Kind::set_thermostat:
    case Kind::heat_to:
    case Kind::cool_to: return set_thermostat(deed, home);
    case Kind::enable_facade:
    case Kind::disable_facade:
    case Kind::resume_facade: return control_facade(deed, home);
    case Kind::recall_scene: return ask(scene(), [](const Scene& it) { return ActivateScene{it.number}; });
    case Kind::be_in_scene: return be_in_scene(deed.named, home);
    case Kind::save_scene: return ask(scene(), [](const Scene& it) { return SaveScene{it.number}; });
    case Kind::set_led: return set_led(deed.named, home);
    case Kind::set_variable: return set_variable(deed.named, home);
    case Kind::set_mode:
      return ask(look_up(project.modes, "mode", id), [](const Mode& it) { return SetMode{it.number}; });
    case Kind::start_sequence:
      return ask(sequence(), [](const Sequence& it) { return ControlSequence{it.number, Control::start}; });
    case Kind::stop_sequence:
      return ask(sequence(), [](const Sequence& it) { return ControlSequence{it.number, Control::stop}; });
    case Kind::enable_timeclock:
      return ask(timeclock(), [](const Timeclock& it) { return EnableTimeclock{it.number, true}; });
    case Kind::disable_timeclock:
      return ask(timeclock(), [](const Timeclock& it) { return EnableTimeclock{it.number, false}; });
    case Kind::enable_event:
      return ask(event(), [](const TimeclockEvent& it) { return EnableTimeclockEvent{it.number, true}; });
    case Kind::disable_event:
      return ask(event(), [](const TimeclockEvent& it) { return EnableTimeclockEvent{it.number, false}; });
    case Kind::run_event: return ask(event(), [](const TimeclockEvent& it) { return RunTimeclockEvent{it.number}; });
    case Kind::start_show:
      return ask(show(), [](const NaturalShow& it) { return ControlShow{it.number, Control::start}; });
    case Kind::stop_show:
      return ask(show(), [](const NaturalShow& it) { return ControlShow{it.number, Control::stop}; });
    case Kind::set_occupancy_mode: return set_occupancy_mode(deed.named, home);
    case Kind::begin_away: return simply(SetAway{true});
    case Kind::end_away: return simply(SetAway{false});
    case Kind::begin_emergency: return simply(SetEmergency{true});
    case Kind::end_emergency: return simply(SetEmergency{false});
    case Kind::shed_load: return simply(ShedLoad{static_cast<std::uint8_t>(std::lround(deed.named.level.percent()))});
    default: return done();
  }
}

Outcome Actor::report(const Deed& deed, Home& home) const {
  const Project& project = home.project();
  const std::string& id = deed.named.object;
  const auto sensor = [&] { return look_up(project.devices, "sensor", id); };
  const auto device = [&] { return look_up(project.devices, "device", id); };
  const auto zone = [&] { return look_up(project.zones, "zone", id); };
  const auto tell = [&](const auto& object, auto make) { return send(home, object, kHouse, make); };
  switch (deed.kind) {
    case Kind::see_somebody: return tell(sensor(), [](const Device& it) { return OccupancyReported{it.number, true}; });
    case Kind::see_nobody: return tell(sensor(), [](const Device& it) { return OccupancyReported{it.number, false}; });
    case Kind::measure_light:
      return tell(sensor(), [&](const Device& it) { return LightReported{it.number, whole(deed.named.number)}; });
    case Kind::measure_temperature:
      return tell(zone(), [&](const Zone& it) {
        return TemperatureReported{it.number, temperature(deed.named.number)};
      });
    case Kind::report: return tell(zone(), [&](const Zone& it) { return LevelReported{it.number, deed.named.level}; });
    case Kind::lose_device:
      return tell(device(), [](const Device& it) { return PresenceReported{it.number, false, DeviceFault::silent}; });
    case Kind::find_device: return tell(device(), [](const Device& it) { return PresenceReported{it.number}; });
    default: home.send({{}, ClockReported{deed.kind == Kind::trust_clock}}); return done();
  }
}

Outcome Actor::trouble(const Deed& deed, Home& home) const {
  switch (deed.kind) {
    case Kind::restart:
      home.power_off();
      home.power_on();
      break;
    case Kind::fail_power_for:
      home.power_off();
      let_pass(home, deed.named.time);
      home.power_on();
      break;
    case Kind::fail_power: home.power_off(); break;
    case Kind::return_power: home.power_on(); break;
    case Kind::transfer: return transfer(deed.named.object, home);
    default: let_pass(home, deed.named.time);
  }
  return done();
}

Outcome Actor::transfer(const std::string& file, Home& home) const {
  if (!read_project_) return Error{"projects cannot be transferred here"};
  const auto project = read_project_(file);
  if (!project) return project.error();
  home.send({kCommand, ActivateProject{*project}});
  return done();
}

}  // namespace candela::rehearsal
