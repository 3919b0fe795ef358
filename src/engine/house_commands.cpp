#include <utility>

#include "engine/house.h"

namespace candela::engine {

using Kind = CauseStep::Kind;

void House::handle(const ButtonMoved& it, const Moment& why) {
  const Slot button = plan().slot(it.button);
  if (button != kNoSlot && may_run(why)) {
    buttons_.move(button, it.move, *this, why, changes_);
    leave_run();
    if (plan().project().buttons[button].contact) hear_contact(it, why);
  }
}

/// A contact may be a people sensor, or a wall that stands open.
void House::hear_contact(const ButtonMoved& it, const Moment& why) {
  if (it.move != ButtonMove::press && it.move != ButtonMove::release) return;
  occupancy_.contact_reported(it.button, it.move == ButtonMove::press, why.at.mono, transitions_);
  tell_occupancy(why);
}

void House::handle(const SetZone& it, const Moment& why) {
  const Slot zone = plan().slot(it.zone);
  if (zone != kNoSlot) set(zone, it.level, it.fade, it.delay, why.then(Kind::zone_commanded, it.zone.value));
}

void House::handle(const SetArea& it, const Moment& why) {
  const Slot area = plan().slot(it.area);
  if (area == kNoSlot) return;
  const Moment commanded = why.then(Kind::area_commanded, it.area.value);
  for (const Slot zone : plan().zones_within(area)) {
    // Whoever puts the lights of a room off does not mean its shades.
    const LoadType load = lights_.zone(zone).load;
    if (is_dimmed(load) || load == LoadType::switched) set(zone, it.level, it.fade, it.delay, commanded);
  }
}

void House::handle(const MoveZone& it, const Moment& why) {
  const Slot zone = plan().slot(it.zone);
  if (zone != kNoSlot) move(zone, it.movement, why);
}

void House::handle(const MoveArea& it, const Moment& why) {
  const Slot area = plan().slot(it.area);
  if (area == kNoSlot) return;
  const Moment commanded = why.then(Kind::area_commanded, it.area.value);
  for (const Slot zone : plan().zones_within(area)) {
    if (is_dimmed(lights_.zone(zone).load)) move(zone, it.movement, commanded);
  }
}

void House::handle(const MoveZones& it, const Moment& why) {
  for (const ZoneId zone : it.zones) handle(MoveZone{zone, it.movement}, why);
}

void House::handle(const ActivateScene& it, const Moment& why) {
  const Slot scene = plan().slot(it.scene);
  if (scene != kNoSlot) run(scene, why.then(Kind::scene_activated, it.scene.value));
}

void House::handle(const SetLed& it, const Moment& why) {
  const Slot button = plan().slot(it.led);
  if (button != kNoSlot) lights_.set_led(button, it.state, why.then(Kind::led_commanded, it.led.value), changes_);
}

void House::handle(const SetVariable& it, const Moment& why) {
  const Slot slot = plan().slot(it.variable);
  if (slot == kNoSlot || it.state >= plan().project().variables[slot].states.size()) return;
  if (std::exchange(variables_[slot], it.state) == it.state) return;
  changes_.add(why.then(Kind::variable_set, it.variable.value), VariableChanged{it.variable, it.state});
}

void House::handle(const SetMode& it, const Moment& why) {
  if (plan().slot(it.mode) == kNoSlot || std::exchange(mode_, it.mode) == it.mode) return;
  const Moment chosen = why.then(Kind::mode_set, it.mode.value);
  changes_.add(chosen, ModeChanged{it.mode});
  if (const ModeId away = plan().project().away.mode) handle(SetAway{it.mode == away}, chosen);
}

void House::handle(const ControlSequence& it, const Moment& why) {
  const Slot sequence = plan().slot(it.sequence);
  if (sequence == kNoSlot) return;
  const bool runs = sequences_.is_running(sequence);
  switch (it.control) {
    case Control::start: return start_sequence(sequence, why);
    case Control::stop: return stop_sequence(sequence, why);
    case Control::toggle: return runs ? stop_sequence(sequence, why) : start_sequence(sequence, why);
  }
}

void House::handle(const SaveScene& it, const Moment& why) {
  if (plan().slot(it.scene) != kNoSlot) scenes_to_save_.push_back({it.scene, why});
}

void House::handle(const LevelReported& it, const Moment& why) {
  const Slot zone = plan().slot(it.zone);
  if (zone != kNoSlot) lights_.report(zone, it.level, why.then(Kind::level_reported, it.zone.value), changes_);
}

void House::handle(const PresenceReported& it, const Moment& why) {
  const Slot device = plan().slot(it.device);
  if (device == kNoSlot || !presence_.device_reported(device, it.present, it.fault)) return;
  const Moment reported = why.then(Kind::presence_reported, it.device.value);
  changes_.add(reported, PresenceChanged{it.device, it.present, it.fault});
  if (it.present) return;
  buttons_.lose_keypad(device, *this, reported, changes_);
  occupancy_.lost(it.device, why.at.mono, transitions_);
  tell_occupancy(reported);
}

void House::handle(const LinkReported& it, const Moment& why) {
  const Slot link = plan().slot(it.link);
  if (link == kNoSlot || !presence_.link_reported(link, it.fault)) return;
  changes_.add(why.then(Kind::fault_reported, it.link.value), LinkChanged{it.link, it.fault});
}

void House::set(Slot zone, Level level, std::optional<Duration> fade, Duration delay, const Moment& why) {
  lights_.command(zone, level, fade.value_or(lights_.zone(zone).own_fade), delay, why, changes_);
}

void House::move(Slot zone, Movement movement, const Moment& why) {
  const std::uint32_t number = lights_.zone(zone).number.value;
  switch (movement) {
    case Movement::raise: return lights_.ramp(zone, true, ButtonId{}, why.then(Kind::zone_raised, number), changes_);
    case Movement::lower: return lights_.ramp(zone, false, ButtonId{}, why.then(Kind::zone_lowered, number), changes_);
    case Movement::stop: return lights_.stop(zone, why.then(Kind::zone_stopped, number), changes_);
  }
}

// Tilt, colour, climate

void House::handle(const SetTilt& it, const Moment& why) {
  const Slot zone = plan().slot(it.zone);
  if (zone != kNoSlot) lights_.tilt(zone, it.tilt, why.then(Kind::zone_tilted, it.zone.value), changes_);
}

void House::handle(const SetColour& it, const Moment& why) {
  const Slot zone = plan().slot(it.zone);
  if (zone == kNoSlot) return;
  const Duration fade = it.fade.value_or(lights_.zone(zone).own_fade);
  lights_.set_colour(zone, it.colour, fade, why.then(Kind::zone_coloured, it.zone.value), changes_);
}

void House::handle(const SetClimate& it, const Moment& why) {
  const Slot zone = plan().slot(it.zone);
  if (zone != kNoSlot) lights_.set_climate(zone, it, why.then(Kind::climate_set, it.zone.value), changes_);
}

void House::handle(const TiltReported& it, const Moment& why) {
  const Slot zone = plan().slot(it.zone);
  if (zone != kNoSlot) lights_.report_tilt(zone, it.tilt, why.then(Kind::level_reported, it.zone.value), changes_);
}

void House::handle(const TemperatureReported& it, const Moment& why) {
  const Slot zone = plan().slot(it.zone);
  if (zone == kNoSlot) return;
  lights_.report_temperature(zone, it.temperature, why.then(Kind::level_reported, it.zone.value), changes_);
}

void House::handle(const SetEmergency& it, const Moment& why) { lights_.set_emergency(it.emergency, why, changes_); }
void House::handle(const ShedLoad& it, const Moment& why) { lights_.shed(it.percent, why, changes_); }

void House::handle(const ControlShow& it, const Moment& why) {
  const Slot show = plan().slot(it.show);
  if (show != kNoSlot) shows_.control(show, it.control, almanac_, lights_, why, changes_);
}

void House::handle(const ControlFacade& it, const Moment& why) {
  const Slot facade = plan().slot(it.facade);
  if (facade != kNoSlot) facades_.control(facade, it.control, almanac_, lights_, why, changes_);
}

// Timeclock

void House::handle(const EnableTimeclock& it, const Moment& why) {
  if (plan().slot(it.timeclock) == kNoSlot || !timeclock_.enable(it.timeclock, it.enabled)) return;
  changes_.add(why.then(Kind::timeclock_set, it.timeclock.value), TimeclockEnabled{it.timeclock, it.enabled});
}

void House::handle(const EnableTimeclockEvent& it, const Moment& why) {
  if (plan().slot(it.event) == kNoSlot || !timeclock_.enable(it.event, it.enabled)) return;
  changes_.add(why.then(Kind::timeclock_set, it.event.value), TimeclockEventEnabled{it.event, it.enabled});
}

void House::handle(const RunTimeclockEvent& it, const Moment& why) {
  const auto due = timeclock_.run(it.event, why.at);
  if (due) pass_timeclock(*due, why.then(Kind::timeclock_run, it.event.value));
}

void House::handle(const ClockReported& it, const Moment& why) {
  const bool was_trusted = timeclock_.is_trusted();
  timeclock_.clock_reported(it.trusted);
  if (was_trusted != it.trusted) changes_.add(why.then(Kind::clock_reported), ClockChanged{it.trusted});
  fire_calendar(why.at);
}

// People

void House::handle(const SetOccupancyMode& it, const Moment& why) {
  if (plan().slot(it.group) == kNoSlot || !occupancy_.set_mode(it.group, it.mode)) return;
  changes_.add(why.then(Kind::occupancy_set, it.group.value), OccupancyModeChanged{it.group, it.mode});
}

void House::handle(const EnableSensor& it, const Moment& why) {
  if (plan().slot(it.sensor) == kNoSlot) return;
  const bool is_news = occupancy_.enable_sensor(it.sensor, it.enabled, why.at.mono, transitions_);
  const Moment set = why.then(Kind::sensor_set, it.sensor.value);
  if (is_news) changes_.add(set, SensorEnabled{it.sensor, it.enabled});
  tell_occupancy(set);
}

void House::handle(const OccupancyReported& it, const Moment& why) {
  occupancy_.sensor_reported(it.sensor, it.occupied, why.at.mono, transitions_);
  tell_occupancy(why);
}

void House::handle(const LightReported& it, const Moment& /*why*/) { occupancy_.light_reported(it.sensor, it.lux); }

void House::handle(const SetAway& it, const Moment& why) {
  if (it.away == away_.is_active()) return;
  if (it.away) {
    away_.begin(almanac_, why.at.utc);
    changes_.add(why.then(Kind::away_began), AwayChanged{true});
    return;
  }
  const Moment ended = why.then(Kind::away_ended);
  changes_.add(ended, AwayChanged{false});
  away_.end(away_commands_);
  carry_out_away(ended);
}

}  // namespace candela::engine
