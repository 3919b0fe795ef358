#include "random_house.h"

#include <array>
#include <string>
#include <utility>

#include "engine/home_builder.h"
#include "random_programs.h"

namespace candela::simulation {
namespace {

using namespace std::chrono_literals;
using engine::HomeBuilder;

/// Clocks that change in both hemispheres, by half an hour, the other way round, or not at all; and places where the
/// sun does not set for weeks.
const std::vector<Location> kPlaces{{52.5, 13.4, "Europe/Berlin"},        {51.5, -0.1, "Europe/London"},
                                    {40.7, -74.0, "America/New_York"},    {-33.9, 151.2, "Australia/Sydney"},
                                    {-36.8, 174.8, "Pacific/Auckland"},   {22.6, 88.4, "Asia/Kolkata"},
                                    {47.6, -52.7, "America/St_Johns"},    {-31.6, 159.1, "Australia/Lord_Howe"},
                                    {69.6, 18.9, "Europe/Oslo"},          {78.2, 15.6, "Arctic/Longyearbyen"},
                                    {-77.8, 166.7, "Antarctica/McMurdo"}, {-33.4, -70.7, "America/Santiago"},
                                    {21.3, -157.9, "Pacific/Honolulu"},   {33.6, -7.6, "Africa/Casablanca"},
                                    {-44.0, -176.5, "Pacific/Chatham"},   {0, 0, "UTC"}};

Curve random_curve(Dice& dice) {
  Curve curve{.kind = dice.any<Curve::Kind>(3)};
  if (curve.kind != Curve::Kind::custom) return curve;
  curve.knots = {{Level::off(), Level::off()},
                 {Level::from_percent(20.0 + dice.below(60)), Level::from_percent(10.0 + dice.below(80))},
                 {Level::full(), Level::full()}};
  return curve;
}

/// Everything of a zone but what it is called and where.
void tune(Zone& zone, Dice& dice) {
  zone.load = dice.any<LoadType>(11);
  if (dice.one_in(3)) {
    const std::uint32_t low = dice.below(60);
    zone.trims = {Level::from_percent(low), Level::from_percent(low + 1 + dice.below(100 - low))};
  }
  zone.curve = random_curve(dice);
  zone.fade = dice.time();
  zone.minimum_on = dice.one_in(5) ? dice.time() : Duration::zero();
  zone.pulse = std::chrono::milliseconds(1 + dice.below(3000));
  zone.travel = dice.one_in(3) ? Duration::zero() : Duration(std::chrono::seconds(5 + dice.below(60)));
  zone.tilt_travel = std::chrono::milliseconds(dice.below(4000));
  zone.warmest = static_cast<std::uint16_t>(1800 + dice.below(1000));
  zone.coolest = static_cast<std::uint16_t>(4000 + dice.below(2500));
  if (dice.one_in(2)) zone.warm_dim = {{Level::from_percent(1), 1900}, {Level::full(), 2900}};
  zone.emergency = dice.one_in(4) ? std::optional(dice.level()) : std::nullopt;
  zone.sheds = dice.one_in(4);
  zone.after_power_failure = dice.one_in(2) ? AfterPowerFailure::restore : dice.any<AfterPowerFailure>(3);
}

class HouseMaker {
 public:
  explicit HouseMaker(Dice& dice) : dice_(dice), wild_(dice.one_in(12)) {}

  RandomHouse make() {
    add_things();
    project().location = dice_.one_of(kPlaces);
    write_programs();
    RandomHouse house;
    house.versions = {home_.build(), with_less(), programmed_otherwise(), programmed_otherwise()};
    house.probes = probes_;
    return house;
  }

 private:
  Project& project() { return home_.project(); }
  std::uint32_t number() { return home_.next_number(); }
  AreaId some_area() { return dice_.one_of(areas_); }

  // First all objects get their numbers, as programs may speak of any of them.

  void add_things() {
    areas_ = {home_.home()};
    for (std::uint32_t count = dice_.below(5); count > 0; --count)
      areas_.push_back(home_.add_area("area", some_area()));
    for (std::uint32_t count = dice_.between(1, 14); count > 0; --count) {
      zones_.push_back(home_.add_zone(some_area()));
      tune(home_.zone(zones_.back()), dice_);
    }
    add_probes();
    for (std::uint32_t count = dice_.below(6); count > 0; --count) {
      home_.add_scene(some_area(), static_cast<std::uint8_t>(dice_.below(4)), {});
    }
    for (std::uint32_t count = dice_.below(2); count > 0; --count) add_shared_scene();
    for (std::uint32_t count = dice_.below(3); count > 0; --count) add_keypad();
    for (std::uint32_t count = dice_.below(4); count > 0; --count) add_sensor();
    for (std::uint32_t count = dice_.between(1, 12); count > 0; --count) add_button();
    for (std::uint32_t count = dice_.below(4); count > 0; --count) add_variable();
    for (std::uint32_t count = dice_.below(4); count > 0; --count) home_.add_mode("mode");
    for (std::uint32_t count = dice_.below(4); count > 0; --count) home_.add_sequence({});
    for (std::uint32_t count = dice_.below(3); count > 0; --count) {
      project().timeclocks.push_back({TimeclockId{number()}, "timeclock", "Timeclock", !dice_.one_in(6)});
    }
    for (std::uint32_t count = dice_.below(7); count > 0; --count) add_timeclock_event();
    for (std::uint32_t count = dice_.below(4); count > 0; --count) add_occupancy_group();
    for (std::uint32_t count = dice_.below(2); count > 0; --count) {
      project().shows.push_back({.number = ShowId{number()}, .id = "show", .name = "Show"});
    }
    for (std::uint32_t count = dice_.below(3); count > 0; --count) {
      project().facades.push_back({.number = FacadeId{number()}, .id = "facade", .name = "Facade"});
    }
    for (std::uint32_t count = dice_.below(3); count > 0; --count) add_holidays();
  }

  void add_probes() {
    probes_.area = home_.add_area("probes", home_.home());
    for (const LoadType load : {LoadType::dimmed, LoadType::switched, LoadType::fan, LoadType::shade}) {
      const ZoneId zone = home_.add_zone(probes_.area, load);
      home_.zone(zone).fade = dice_.time();
      if (load == LoadType::shade) home_.zone(zone).travel = 30s;
      probes_.zones.push_back(zone);
    }
    TimeclockEvent noon{.number = TimeclockEventId{number()}, .id = "noon", .name = "Noon"};
    const TimeclockId timeclock{number()};
    noon.timeclock = timeclock;
    noon.schedule.weekdays = Schedule::kEveryDay;
    noon.at.offset = 12h;
    probes_.event = noon.number;
    probe_clock_ = {timeclock, "probe", "Probe", true};
    probe_event_ = noon;
  }

  void add_shared_scene() {
    Scene scene{.number = SceneId{number()}, .id = "shared", .name = "Shared", .area = home_.home()};
    scene.shared = true;
    project().scenes.push_back(scene);
  }

  void add_keypad() {
    Device keypad{.number = DeviceId{number()}, .station = ControlStationId{number()}};
    keypad.button_group = ButtonGroupId{number()};
    keypad.id = keypad.name = "keypad-" + std::to_string(keypad.number.value);
    keypad.area = some_area();
    keypad.presence = dice_.any<Device::Presence>(3);
    if (!keypad.is_virtual()) keypad.link = home_.link();
    project().devices.push_back(keypad);
  }

  void add_sensor() {
    Device sensor{.number = DeviceId{number()}};
    sensor.id = sensor.name = "sensor-" + std::to_string(sensor.number.value);
    sensor.area = some_area();
    sensor.link = home_.link();
    sensor.senses_occupancy = true;
    sensor.senses_light = dice_.one_in(2);
    project().devices.push_back(sensor);
    sensors_.push_back(sensor.number);
  }

  void add_button() {
    const ButtonId number = home_.add_button({});
    Button& button = home_.button(number);
    std::vector<Device*> keypads;
    for (Device& device : project().devices) {
      if (device.is_keypad()) keypads.push_back(&device);
    }
    Device& keypad = *dice_.one_of(keypads);
    project().devices[0].buttons.pop_back();
    keypad.buttons.push_back(number);
    button.keypad = keypad.number;
    button.contact = dice_.one_in(5);
    if (button.contact) contacts_.push_back(number);
  }

  void add_variable() {
    static const std::vector<std::string> names{"a", "b", "c", "d"};
    const std::uint32_t states = dice_.between(2, 4);
    home_.add_variable({names.begin(), names.begin() + states});
    project().variables.back().initial = static_cast<std::uint8_t>(dice_.below(states));
    project().variables.back().kept = !dice_.one_in(4);
  }

  void add_timeclock_event() {
    TimeclockEvent event{.number = TimeclockEventId{number()}, .id = "event", .name = "Event"};
    if (!project().timeclocks.empty()) event.timeclock = dice_.one_of(project().timeclocks).number;
    event.enabled = !dice_.one_in(6);
    event.missed = dice_.any<Missed>(2);
    project().timeclock_events.push_back(event);
  }

  void add_occupancy_group() {
    OccupancyGroup group{.number = OccupancyGroupId{number()}, .id = "group", .name = "Group"};
    group.area = some_area();
    if (!project().occupancy_groups.empty() && dice_.one_in(2)) {
      group.parent = dice_.one_of(project().occupancy_groups).number;
    }
    if (!sensors_.empty()) {
      for (std::uint32_t count = dice_.below(3); count > 0; --count) group.sensors.push_back(dice_.one_of(sensors_));
    }
    if (!contacts_.empty() && dice_.one_in(3)) group.contacts.push_back(dice_.one_of(contacts_));
    group.mode = dice_.any<OccupancyMode>(4);
    group.timeout =
        wild_ && dice_.one_in(3) ? Duration::zero() : Duration(std::chrono::seconds(dice_.between(30, 1800)));
    group.dark_below = static_cast<std::uint16_t>(dice_.below(300));
    project().occupancy_groups.push_back(group);
  }

  void add_holidays() {
    Holidays holidays{.id = "holidays", .name = "Holidays"};
    holidays.annual = {std::chrono::month{12} / std::chrono::day{25}, std::chrono::month{1} / std::chrono::day{1}};
    holidays.rules = {"FREQ=YEARLY;BYMONTH=11;BYDAY=4TH"};
    holidays.easter = {-2, 1};
    project().holidays.push_back(holidays);
  }

  // Then they get their programs.

  void write_programs() {
    RandomPrograms programs(built(), zones_, wild_, dice_);
    for (Scene& scene : project().scenes) write(scene, programs);
    for (Button& button : project().buttons) write(button, programs);
    for (Sequence& sequence : project().sequences) write(sequence, programs);
    for (TimeclockEvent& event : project().timeclock_events) write(event, programs);
    for (OccupancyGroup& group : project().occupancy_groups) {
      group.occupied = programs.occupancy_preset(0);
      group.unoccupied = programs.occupancy_preset(0);
    }
    for (NaturalShow& show : project().shows) write(show, programs);
    for (Facade& facade : project().facades) write(facade, programs);
    write_house(programs);
    // They come last, so that no program has them among its objects.
    project().timeclocks.push_back(probe_clock_);
    project().timeclock_events.push_back(probe_event_);
  }

  void write(Scene& scene, RandomPrograms& programs) {
    scene.preset = programs.preset(0);
    // A scene may recall others; that is settled when it is expanded and must not go in circles.
    scene.preset.scenes.clear();
    if (!dice_.one_in(4)) scene.preset.actions.clear();
  }

  void write(Button& button, RandomPrograms& programs) {
    button.programming = programs.programming(button.number.value);
    // In a house that calls itself, what takes half a second could go on twice a second for ever.
    if (wild_ && std::holds_alternative<CycleDim>(button.programming)) button.programming = {};
    if (!wild_ && dice_.one_in(4)) button.hold = programs.preset(button.number.value);
    if (!wild_ && dice_.one_in(4)) button.double_tap = programs.preset(button.number.value);
    button.led_logic = dice_.any<LedLogic>(9);
    if (button.led_logic == LedLogic::condition) button.led_condition = programs.condition(button.number.value);
    button.led_reversed = dice_.one_in(6);
    button.keeps_raise_lower_target = dice_.one_in(6);
  }

  void write(Sequence& sequence, RandomPrograms& programs) {
    sequence.rounds = dice_.below(4);
    sequence.steps = programs.steps(sequence.number.value, sequence.rounds == 0);
    sequence.started_again = dice_.any<Sequence::StartedAgain>(3);
    sequence.stops_on_command = dice_.one_in(3);
    if (dice_.one_in(3)) sequence.stops.push_back(dice_.one_of(project().sequences).number);
    if (dice_.one_in(3)) sequence.at_stop = programs.preset(sequence.number.value);
  }

  void write(TimeclockEvent& event, RandomPrograms& programs) {
    event.schedule = programs.schedule();
    event.at = programs.time_of_day();
    event.modes = programs.modes();
    event.preset = programs.preset(event.number.value);
  }

  void write(NaturalShow& show, RandomPrograms& programs) {
    show.zones = programs.some_zones(4);
    for (std::uint32_t count = dice_.below(6); count > 0; --count) {
      NaturalShow::At at{.time = programs.time_of_day(), .colour = programs.colour()};
      if (dice_.one_in(2)) at.level = dice_.level();
      show.course.push_back(at);
    }
  }

  void write(Facade& facade, RandomPrograms& programs) {
    facade.azimuth = dice_.below(360);
    facade.shades = programs.some_zones(6);
    facade.surface = 0.1 * dice_.below(20);
    facade.depth = 0.1 * dice_.below(40);
    facade.lowest_elevation = dice_.one_in(2) ? 0.0 : dice_.below(65) - 5.0;
    facade.open = dice_.one_in(2) ? Level::full() : dice_.level();
    facade.most_moves = static_cast<std::uint8_t>(dice_.between(2, Facade::kMostMoves));
    facade.apart = std::chrono::minutes(dice_.between(10, 240));
    facade.enabled = !dice_.one_in(4);
  }

  void write_house(RandomPrograms& programs) {
    Project& house = project();
    house.partitions.clear();
    if (!contacts_.empty() && dice_.one_in(2)) {
      house.partitions.push_back({"wall", "Wall", {some_area(), some_area()}, dice_.one_of(contacts_)});
    }
    house.day_night.reset();
    if (dice_.one_in(2)) house.day_night = DayNight{programs.time_of_day(), programs.time_of_day()};
    house.away.method = dice_.any<AwaySettings::Method>(2);
    house.away.zones = programs.some_zones(6);
    if (dice_.one_in(2)) house.away.from = programs.time_of_day();
    if (dice_.one_in(2)) house.away.to = programs.time_of_day();
    house.away.seed = dice_.below(1000);
    house.away.mode = house.modes.empty() || dice_.one_in(2) ? ModeId{} : dice_.one_of(house.modes).number;
    house.settings.hold_time = std::chrono::milliseconds(dice_.between(200, 900));
    house.settings.tap_time = std::chrono::milliseconds(dice_.between(200, 900));
    house.settings.full_ramp = std::chrono::milliseconds(dice_.between(100, 9000));
    house.settings.runs_on_untrusted_time = dice_.one_in(2);
  }

  const Project& built() {
    objects_ = home_.build();
    return *objects_;
  }

  // Later versions.

  bool is_probe(ZoneId zone) const {
    return std::find(probes_.zones.begin(), probes_.zones.end(), zone) != probes_.zones.end();
  }

  /// The home after somebody took things out of it; what named them still does.
  ProjectPtr with_less() {
    HomeBuilder less = home_;
    const auto thin_out = [&](auto& objects) { std::erase_if(objects, [&](const auto&) { return dice_.one_in(3); }); };
    Project& house = less.project();
    std::erase_if(house.zones, [&](const Zone& zone) { return !is_probe(zone.number) && dice_.one_in(3); });
    std::erase_if(house.timeclock_events,
                  [&](const TimeclockEvent& event) { return event.number != probes_.event && dice_.one_in(3); });
    std::erase_if(house.devices, [&](const Device& device) { return !device.is_keypad() && dice_.one_in(3); });
    thin_out(house.scenes);
    thin_out(house.buttons);
    thin_out(house.variables);
    thin_out(house.modes);
    thin_out(house.sequences);
    thin_out(house.occupancy_groups);
    thin_out(house.partitions);
    thin_out(house.shows);
    thin_out(house.facades);
    return less.build();
  }

  ProjectPtr programmed_otherwise() {
    const HomeBuilder before = home_;
    for (Zone& zone : project().zones) {
      if (!is_probe(zone.number) && dice_.one_in(3)) tune(zone, dice_);
    }
    project().timeclocks.pop_back();
    project().timeclock_events.pop_back();
    RandomPrograms programs(built(), zones_, wild_, dice_);
    const auto rewrite_some = [&](auto& objects) {
      for (auto& it : objects) {
        if (dice_.one_in(3)) write(it, programs);
      }
    };
    for (Button& button : project().buttons) button.hold.reset(), button.double_tap.reset();
    rewrite_some(project().scenes);
    rewrite_some(project().buttons);
    rewrite_some(project().sequences);
    rewrite_some(project().timeclock_events);
    rewrite_some(project().shows);
    rewrite_some(project().facades);
    write_house(programs);
    rearrange();
    project().timeclocks.push_back(probe_clock_);
    project().timeclock_events.push_back(probe_event_);
    ProjectPtr otherwise = home_.build();
    home_ = before;
    return otherwise;
  }

  void rearrange() {
    for (Variable& variable : project().variables) {
      if (dice_.one_in(2)) std::swap(variable.states.front(), variable.states.back());
    }
    for (OccupancyGroup& group : project().occupancy_groups) {
      if (dice_.one_in(2)) group.timeout = std::chrono::minutes(dice_.between(1, 60));
      if (dice_.one_in(3)) group.sensors.clear();
    }
    if (dice_.one_in(3)) std::swap(project().zones.front(), project().zones.back());
    if (dice_.one_in(4)) project().location = dice_.one_of(kPlaces);
  }

  Dice& dice_;
  const bool wild_;
  HomeBuilder home_;
  ProjectPtr objects_;  ///< what the programs choose from
  std::vector<AreaId> areas_;
  std::vector<ZoneId> zones_;  ///< without the probes
  std::vector<DeviceId> sensors_;
  std::vector<ButtonId> contacts_;
  Probes probes_;
  Timeclock probe_clock_;
  TimeclockEvent probe_event_;
};

}  // namespace

RandomHouse random_house(Dice& dice) { return HouseMaker(dice).make(); }

}  // namespace candela::simulation
