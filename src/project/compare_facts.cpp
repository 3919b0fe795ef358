#include "project/compare_facts.h"

#include <fmt/format.h>

#include <array>

#include "project/compare_words.h"

namespace candela::project {
namespace {

constexpr std::array kLoads{"dimmed",         "switched",     "fan",      "shade",    "tilting shade", "contact",
                            "pulsed contact", "white tuning", "spectrum", "warm dim", "climate"};
constexpr std::array kLedLogics{"none",     "room",      "scene", "pathway",   "integration",
                                "sequence", "condition", "shade", "local load"};
constexpr std::array kOccupancyModes{"automatic", "vacancy", "low light", "disabled"};

template <class Enum, std::size_t size>
std::string word(Enum value, const std::array<const char*, size>& words) {
  return words.at(static_cast<std::size_t>(value));
}

std::string yes(bool value) { return value ? "yes" : "no"; }

std::string in_its_area(const std::string& name, AreaId number, const Project& project) {
  const Area* area = project.find(number);
  if (area == nullptr || !area->parent || name.starts_with(area->name)) return name;
  return area->name + " " + name;
}

std::string points_text(const std::vector<Point>& points) {
  return list_text(points, [](Point it) { return fmt::format("[{:g} {:g}]", it.x, it.y); });
}

/// Collects facts; what is not said is left out, so that it reads "was 3 s, now not set".
class FactList {
 public:
  FactList& add(std::string aspect, std::string value) {
    if (!value.empty()) facts_.push_back({std::move(aspect), std::move(value)});
    return *this;
  }
  FactList& add(std::string aspect, const std::optional<Point>& point) {
    return add(std::move(aspect), point ? points_text({*point}) : std::string());
  }
  FactList& add_time(std::string aspect, Duration time) {
    return add(std::move(aspect), time == Duration::zero() ? std::string() : duration_text(time));
  }
  Facts take() { return std::move(facts_); }

 private:
  Facts facts_;
};

std::string curve_text(const Curve& curve) {
  if (curve.kind == Curve::Kind::linear) return "linear";
  if (curve.kind == Curve::Kind::square) return "square";
  return list_text(curve.knots,
                   [](const Curve::Knot& it) { return percent_text(it.level) + " to " + percent_text(it.output); });
}

std::string power_failure_text(AfterPowerFailure policy) {
  constexpr std::array kWords{"restore", "off", "full"};
  return word(policy, kWords);
}

Facts facts_of(const Zone& zone, const Project& project) {
  FactList facts;
  facts.add("area", id_text(zone.area, project))
      .add("load", word(zone.load, kLoads))
      .add("output", output_text(zone.output, project))
      .add("further outputs", list_text(zone.also, [&](const Output& it) { return output_text(it, project); }))
      .add("trims", percent_text(zone.trims.low) + " to " + percent_text(zone.trims.high))
      .add("curve", curve_text(zone.curve))
      .add("fade", duration_text(zone.fade))
      .add_time("minimum on", zone.minimum_on)
      .add_time("travel", zone.travel)
      .add_time("tilt travel", zone.tilt_travel)
      .add("emergency level", zone.emergency ? percent_text(*zone.emergency) : std::string())
      .add("sheds load", yes(zone.sheds))
      .add("after a power failure", power_failure_text(zone.after_power_failure))
      .add("warm dim", list_text(zone.warm_dim,
                                 [](const Zone::WarmDimKnot& it) {
                                   return fmt::format("{} at {} K", percent_text(it.level), it.kelvin);
                                 }))
      .add("place on the plan", zone.position);
  if (zone.load == LoadType::pulsed_contact) facts.add("pulse", duration_text(zone.pulse));
  const bool has_colour =
      zone.load == LoadType::white_tuning || zone.load == LoadType::spectrum || zone.load == LoadType::warm_dim;
  if (has_colour) facts.add("white", fmt::format("{} to {} K", zone.warmest, zone.coolest));
  return facts.take();
}

Facts facts_of(const Area& area, const Project& project) {
  return FactList().add("within", id_text(area.parent, project)).add("outline", points_text(area.outline)).take();
}

/// A line for each zone, so that only those that differ are shown.
Facts facts_of(const Scene& scene, const Project& project) {
  FactList facts;
  for (const Assignment& it : scene.preset.zones) facts.add(id_text(it.zone, project), assignment_text(it));
  const Preset rest{{}, scene.preset.scenes, scene.preset.actions};
  return facts.add("also", rest.empty() ? std::string() : preset_text(rest, project)).take();
}

Facts facts_of(const Device& device, const Project& project) {
  constexpr std::array kPresences{"real", "phantom", "homeowner"};
  return FactList()
      .add("family", device.family)
      .add("area", id_text(device.area, project))
      .add("link", device.link ? id_text(device.link, project) : std::string())
      .add("serial", device.serial == 0 ? std::string() : fmt::format("0x{:08X}", device.serial))
      .add("address", device.address == 0 ? std::string() : std::to_string(device.address))
      .add("kind", word(device.presence, kPresences))
      .add("place on the plan", device.position)
      .take();
}

Facts facts_of(const Button& button, const Project& project) {
  const auto preset = [&](const std::optional<Preset>& it) { return it ? preset_text(*it, project) : std::string(); };
  FactList facts;
  facts.add("programming", programming_text(button, project))
      .add("hold", preset(button.hold))
      .add("double tap", preset(button.double_tap))
      .add("LED", word(button.led_logic, kLedLogics) + (button.led_reversed ? ", reversed" : ""))
      .add("engraving", button.engraving)
      .add("contact input", yes(button.contact))
      .add("locked", yes(button.locked))
      .add("keeps the target of raise and lower", yes(button.keeps_raise_lower_target));
  if (button.led_logic == LedLogic::condition)
    facts.add("LED is lit while", condition_text(button.led_condition, project));
  return facts.take();
}

Facts facts_of(const Processor& processor, const Project& project) {
  return FactList().add("model", processor.model).add("area", id_text(processor.area, project)).take();
}

Facts facts_of(const Link& link, const Project& project) {
  constexpr std::array kTypes{"qs_wired", "clear_connect_a"};
  constexpr std::array kDrivers{"simulated", "serial"};
  return FactList()
      .add("processor", id_text(link.processor, project))
      .add("type", word(link.type, kTypes))
      .add("driver", word(link.driver, kDrivers))
      .add("port", link.port)
      .add("baud", link.driver == LinkDriver::serial ? std::to_string(link.baud) : std::string())
      .take();
}

Facts facts_of(const Gateway& gateway, const Project& project) {
  return FactList()
      .add("processor", id_text(gateway.processor, project))
      .add("universe", std::to_string(gateway.sacn.universe))
      .add("priority", std::to_string(gateway.sacn.priority))
      .add("destination", gateway.sacn.destination.empty() ? "multicast" : gateway.sacn.destination)
      .add("interface", gateway.sacn.interface)
      .take();
}

Facts facts_of(const Variable& variable, const Project&) {
  const bool has_initial = variable.initial < variable.states.size();
  return FactList()
      .add("states", list_text(variable.states, [](const std::string& it) { return it; }))
      .add("begins as", has_initial ? variable.states[variable.initial] : std::string())
      .add("kept over a restart", yes(variable.kept))
      .take();
}

Facts facts_of(const Mode&, const Project&) { return {}; }

Facts facts_of(const Sequence& sequence, const Project& project) {
  constexpr std::array kStartedAgain{"ignored", "begins anew", "stops"};
  FactList facts;
  std::size_t number = 0;
  for (const SequenceStep& step : sequence.steps) {
    facts.add(fmt::format("step {}", ++number),
              preset_text(step.preset, project) + ", then wait " + duration_text(step.then_wait));
  }
  return facts.add("rounds", sequence.rounds == 0 ? "until stopped" : std::to_string(sequence.rounds))
      .add("when started again", word(sequence.started_again, kStartedAgain))
      .add("stops on a command", yes(sequence.stops_on_command))
      .add("stops", list_text(sequence.stops, [&](SequenceId it) { return id_text(it, project); }))
      .add("at its stop", sequence.at_stop ? preset_text(*sequence.at_stop, project) : std::string())
      .take();
}

Facts facts_of(const Holidays& holidays, const Project&) {
  Schedule days;
  days.dates = holidays.dates;
  days.annual = holidays.annual;
  return FactList()
      .add("days", schedule_text(days, {}))
      .add("rules", list_text(holidays.rules, [](const std::string& it) { return it; }))
      .add("days after Easter", list_text(holidays.easter, [](int it) { return std::to_string(it); }))
      .take();
}

Facts facts_of(const Timeclock& timeclock, const Project&) {
  return FactList().add("enabled", yes(timeclock.enabled)).take();
}

std::string modes_text(const std::vector<ModeId>& modes, const Project& project) {
  return list_text(modes, [&](ModeId it) { return id_text(it, project); });
}

Facts facts_of(const TimeclockEvent& event, const Project& project) {
  return FactList()
      .add("timeclock", id_text(event.timeclock, project))
      .add("days", schedule_text(event.schedule, project))
      .add("time", time_text(event.at))
      .add("modes", modes_text(event.modes, project))
      .add("does", preset_text(event.preset, project))
      .add("enabled", yes(event.enabled))
      .add("when missed", event.missed == Missed::run ? "runs late" : "is skipped")
      .take();
}

std::string occupancy_text(const OccupancyPreset& it, const Project& project) {
  std::string text = preset_text(it.preset, project);
  if (it.from && it.to) text += ", from " + time_text(*it.from) + " to " + time_text(*it.to);
  if (!it.modes.empty()) text += ", in " + modes_text(it.modes, project);
  return text;
}

Facts facts_of(const OccupancyGroup& group, const Project& project) {
  return FactList()
      .add("area", id_text(group.area, project))
      .add("within", group.parent ? id_text(group.parent, project) : std::string())
      .add("sensors", list_text(group.sensors, [&](DeviceId it) { return id_text(it, project); }))
      .add("contacts", list_text(group.contacts, [&](ButtonId it) { return id_text(it, project); }))
      .add("mode", word(group.mode, kOccupancyModes))
      .add("timeout", duration_text(group.timeout))
      .add("dark below", fmt::format("{} lux", group.dark_below))
      .add("when occupied", occupancy_text(group.occupied, project))
      .add("when unoccupied", occupancy_text(group.unoccupied, project))
      .take();
}

Facts facts_of(const Partition& partition, const Project& project) {
  return FactList()
      .add("areas", list_text(partition.areas, [&](AreaId it) { return id_text(it, project); }))
      .add("contact", id_text(partition.contact, project))
      .take();
}

Facts facts_of(const NaturalShow& show, const Project& project) {
  FactList facts;
  facts.add("zones", list_text(show.zones, [&](ZoneId it) { return id_text(it, project); }));
  for (const NaturalShow::At& it : show.course) {
    facts.add("at " + time_text(it.time), colour_text(it.colour) + (it.level ? " at " + percent_text(*it.level) : ""));
  }
  return facts.take();
}

Facts facts_of(const Facade& facade, const Project& project) {
  return FactList()
      .add("shades", list_text(facade.shades, [&](ZoneId it) { return id_text(it, project); }))
      .add("azimuth", fmt::format("{:g} degrees", facade.azimuth))
      .add("windows", fmt::format("from {:g} m to {:g} m", facade.sill, facade.head))
      .add("surface", fmt::format("{:g} m", facade.surface))
      .add("depth", fmt::format("{:g} m", facade.depth))
      .add("lowest elevation", fmt::format("{:g} degrees", facade.lowest_elevation))
      .add("open", percent_text(facade.open))
      .add("moves", fmt::format("{} a day", facade.most_moves))
      .add("apart", duration_text(facade.apart))
      .add("enabled", yes(facade.enabled))
      .take();
}

Facts facts_of(const Project& project) {
  const Location& place = project.location;
  const AwaySettings& away = project.away;
  return FactList()
      .add("location", fmt::format("{:g}, {:g}, {}", place.latitude, place.longitude, place.time_zone))
      .add("floor plan", fmt::format("{:g} by {:g}", project.plan_size.x, project.plan_size.y))
      .add("day and night", project.day_night
                                ? time_text(project.day_night->day) + " to " + time_text(project.day_night->night)
                                : std::string())
      .add("away",
           fmt::format("{} from {} to {}, seed {}", away.method == AwaySettings::Method::random ? "random" : "replay",
                       time_text(away.from), time_text(away.to), away.seed))
      .add("away in mode", away.mode ? id_text(away.mode, project) : std::string())
      .add("away zones", list_text(away.zones, [&](ZoneId it) { return id_text(it, project); }))
      .add("hold time", duration_text(project.settings.hold_time))
      .add("tap time", duration_text(project.settings.tap_time))
      .add("full ramp", duration_text(project.settings.full_ramp))
      .add("runs on untrusted time", yes(project.settings.runs_on_untrusted_time))
      .add("pairing button",
           project.settings.pairing_button ? id_text(project.settings.pairing_button, project) : std::string())
      .add("paired programs may", project.settings.pairing_role == Role::monitor ? "monitor" : "control")
      .take();
}

template <class Object>
std::string full_name(const Object& object, const Project& project) {
  if constexpr (requires { object.area; }) return in_its_area(object.name, object.area, project);
  return object.name;
}

std::string full_name(const Button& button, const Project& project) {
  const Device* keypad = project.find(button.keypad);
  const std::string on = keypad == nullptr ? std::string("a keypad") : full_name(*keypad, project);
  return fmt::format("button {} of {}", button.position, on);
}

template <class Object>
void append(std::vector<Described>& all, const std::string& kind, const std::vector<Object>& objects,
            const Project& project) {
  for (const Object& it : objects) all.push_back({kind, it.id, it.name, full_name(it, project), facts_of(it, project)});
}

}  // namespace

std::vector<Described> describe_all(const Project& project) {
  std::vector<Described> all{{"project", "project", project.name, project.name, facts_of(project)}};
  append(all, "processor", project.processors, project);
  append(all, "link", project.links, project);
  append(all, "gateway", project.gateways, project);
  append(all, "device", project.devices, project);
  append(all, "area", project.areas, project);
  append(all, "zone", project.zones, project);
  append(all, "scene", project.scenes, project);
  append(all, "button", project.buttons, project);
  append(all, "variable", project.variables, project);
  append(all, "mode", project.modes, project);
  append(all, "sequence", project.sequences, project);
  append(all, "set of holidays", project.holidays, project);
  append(all, "timeclock", project.timeclocks, project);
  append(all, "timeclock event", project.timeclock_events, project);
  append(all, "occupancy group", project.occupancy_groups, project);
  append(all, "partition", project.partitions, project);
  append(all, "natural show", project.shows, project);
  append(all, "facade", project.facades, project);
  return all;
}

}  // namespace candela::project
