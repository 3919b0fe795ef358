#pragma once

#include <gtest/gtest.h>

#include <boost/asio/io_context.hpp>
#include <string>
#include <utility>
#include <vector>

#include "base/overloaded.h"
#include "servers/lip/service.h"
#include "servers/test_administration.h"

/// A house with one of everything that LIP knows, with numbers that are told apart at a glance.
namespace candela::lip::test {

inline Zone zone(std::uint32_t number, const char* name, LoadType load, std::uint32_t area = 12) {
  Zone it;
  it.number = ZoneId{number};
  it.id = name;
  it.name = name;
  it.area = AreaId{area};
  it.load = load;
  return it;
}

inline Button button(std::uint32_t number, std::uint32_t led, std::uint32_t keypad, std::uint8_t position,
                     Programming programming = {}) {
  Button it;
  it.number = ButtonId{number};
  it.led = LedId{led};
  it.id = "button-" + std::to_string(number);
  it.keypad = DeviceId{keypad};
  it.position = position;
  it.programming = std::move(programming);
  return it;
}

inline Device device(std::uint32_t number, const char* name, const char* type, std::vector<ButtonId> buttons = {},
                     Device::Presence presence = Device::Presence::real) {
  Device it;
  it.number = DeviceId{number};
  it.id = it.name = name;
  it.integration_type = type;
  it.area = AreaId{12};
  it.link = presence == Device::Presence::real ? LinkId{5} : LinkId{};
  it.serial = presence == Device::Presence::real ? 0x02440000 + number : 0;
  it.presence = presence;
  it.buttons = std::move(buttons);
  return it;
}

inline void add_equipment(Project& home) {
  Link wired;
  wired.number = LinkId{5};
  wired.id = "wired";
  home.links = {wired};
  Device keypad = device(20, "Keypad", "SeeTouchKeypad", {ButtonId{201}, ButtonId{202}, ButtonId{203}, ButtonId{204}});
  keypad.station = ControlStationId{209};
  Device sensor = device(21, "Sensor", "RPSOccupancySensor");
  sensor.senses_occupancy = true;
  home.devices = {keypad,
                  sensor,
                  device(22, "Phantom", "PhantomKeypad", {ButtonId{221}}, Device::Presence::phantom),
                  device(23, "Contacts", "Unknown", {ButtonId{231}}),
                  device(24, "Pico", "Pico3ButtonRaiseLower", {ButtonId{240}, ButtonId{243}, ButtonId{244}}),
                  device(25, "Module", "Unknown")};
  home.buttons = {button(201, 301, 20, 1, Toggle{}),
                  button(202, 302, 20, 2, SingleAction{}),
                  button(203, 0, 20, 18, MasterRaiseLower{true}),
                  button(204, 0, 20, 19, MasterRaiseLower{false}),
                  button(221, 321, 22, 1, SingleAction{}),
                  button(231, 0, 23, 1),
                  button(240, 0, 24, 0, SingleAction{}),
                  button(243, 0, 24, 3, RaiseLower{true, {ZoneId{30}}}),
                  button(244, 0, 24, 4, RaiseLower{false, {ZoneId{30}}})};
  home.buttons[0].engraving = "All <on> & \"bright\"";
  home.buttons[5].contact = true;
}

inline void add_programs(Project& home) {
  home.scenes = {{SceneId{91}, "studio.off", "Off", AreaId{12}, 0, {}},
                 {SceneId{92}, "studio.work", "Work", AreaId{12}, 3, {}}};
  home.modes = {{ModeId{70}, "normal", "Normal"}, {ModeId{71}, "away", "Away"}};
  home.variables = {{VariableId{60}, "guests", "Guests", {"none", "some"}, 0, true}};
  home.timeclocks = {{TimeclockId{50}, "garden", "Garden", true}, {TimeclockId{51}, "other", "Other", true}};
  home.timeclock_events.resize(3);
  for (std::uint32_t i = 0; i < 3; ++i) {
    home.timeclock_events[i].number = TimeclockEventId{500 + i};
    home.timeclock_events[i].id = home.timeclock_events[i].name = "event-" + std::to_string(i);
    home.timeclock_events[i].timeclock = TimeclockId{i == 0 ? 51U : 50U};
  }
  OccupancyGroup group;
  group.number = OccupancyGroupId{80};
  group.id = "studio";
  group.area = AreaId{12};
  group.sensors = {DeviceId{21}};
  home.occupancy_groups = {group};
  Facade south;
  south.number = FacadeId{33};
  south.id = "south";
  south.name = "South";
  south.shades = {ZoneId{32}, ZoneId{35}};
  home.facades = {south};
}

inline ProjectPtr house() {
  Project home;
  home.name = "Demo & House";
  home.location = {37.5, -122.3, "America/Los_Angeles"};
  Area root{AreaId{2}, "home", "Demo House", {}, {AreaId{11}}, {}, {}, {}, {}};
  Area floor{AreaId{11}, "floor", "Floor", AreaId{2}, {AreaId{12}}, {}, {}, {}, {}};
  Area studio{AreaId{12}, "studio", "Studio", AreaId{11}, {}, {}, {SceneId{91}, SceneId{92}}, {}, {}};
  home.zones = {zone(30, "Pendant", LoadType::dimmed),      zone(31, "Relay", LoadType::switched),
                zone(32, "Shade", LoadType::shade),         zone(34, "Fan", LoadType::fan),
                zone(35, "Blind", LoadType::tilting_shade), zone(36, "Gate", LoadType::contact),
                zone(37, "Door", LoadType::pulsed_contact), zone(40, "Air", LoadType::climate)};
  for (const Zone& it : home.zones) studio.zones.push_back(it.number);
  home.areas = {root, floor, studio};
  add_equipment(home);
  add_programs(home);
  home.build_index();
  return std::make_shared<const Project>(std::move(home));
}

class CollectedEvents final : public EventSink {
 public:
  bool submit(Event event) override {
    if (!full) events.push_back(std::move(event));
    return !full;
  }
  std::vector<Event> events;
  bool full = false;
};

/// In California, at 18:33:16 on 17 November 2024; sunrise 06:42, sunset 17:02.
class Office final : public servers::IdleAdministration {
 public:
  servers::Health health() const override {
    return {7, at(2026, 1, 31, std::chrono::hours(16) + std::chrono::minutes(15)), {}};
  }
  std::chrono::seconds utc_offset(const std::string&, UtcTime) const override { return std::chrono::hours(-8); }
  servers::SunTimes sun_of(const Location&, UtcTime) const override {
    return {at(2024, 11, 17, std::chrono::hours(14) + std::chrono::minutes(42)),
            at(2024, 11, 18, std::chrono::hours(1) + std::chrono::minutes(2))};
  }
  static UtcTime at(int year, unsigned month, unsigned day, std::chrono::seconds time) {
    return std::chrono::sys_days(std::chrono::year(year) / static_cast<int>(month) / static_cast<int>(day)) + time;
  }
};

/// Everything a service stands on, in memory.
struct Surroundings {
  Surroundings() {
    clock.set(
        {MonoTime(std::chrono::hours(1)), Office::at(2024, 11, 18, std::chrono::seconds(2 * 3600 + 33 * 60 + 16))});
  }

  boost::asio::io_context loop{1};
  View view{house()};
  CollectedEvents events;
  ManualClock clock;
  Office administration;
  servers::Identity identity{12345678, "0.1.0"};
  AttemptLimiter attempts;
  servers::Context context{loop, view, events, clock, administration, identity, attempts};
};

/// A service with one client that may do everything.
class ServiceTest {
 public:
  void wait(Duration time) { home_.clock.advance(time); }
  Answer answer(std::string_view line) { return service_.answer(line, false, caller_); }
  /// The answer's text without line ends, several lines joined by "|".
  std::string ask(std::string_view line) { return joined(answer(line).text); }
  /// What was asked of the house since the last time.
  std::string asked() {
    std::string all;
    for (const Event& event : std::exchange(home_.events.events, {})) all += (all.empty() ? "" : "; ") + text_of(event);
    return all;
  }
  /// Makes it so, as the engine would; the reports as "type:line".
  std::string happens(decltype(Change::what) what, Cause cause = {}) {
    const Change change{home_.clock.now(), cause, std::move(what)};
    home_.view.apply(change);
    std::vector<Report> reports;
    service_.on_change(change, reports);
    return told(reports);
  }
  std::string catches_up() {
    std::vector<Report> reports;
    service_.catch_up(reports);
    return told(reports);
  }
  /// What is reported, then what is asked of the house.
  std::string catches_up_and_asks() {
    std::string all = catches_up();
    return all + asked();
  }
  static std::string told(const std::vector<Report>& reports) {
    std::string all;
    for (const Report& it : reports) {
      all += (all.empty() ? "" : "; ") + std::to_string(static_cast<int>(it.type)) + ":" + joined(it.text);
    }
    return all;
  }
  ZoneTargeted targeted(std::uint32_t number, double percent, Duration duration = {}) const {
    const MonoTime now = home_.clock.now().mono;
    const Level from = home_.view.level(ZoneId{number}, now);
    return {ZoneId{number}, {from, Level::from_percent(percent), now, duration}, false};
  }
  Cause cause(CauseStep::Kind kind, std::uint32_t object) const {
    Cause it;
    it.source = caller_.source();
    return it.then(kind, object);
  }
  static std::string joined(std::string_view lines) {
    std::string text;
    while (!lines.empty()) {
      const std::size_t end = lines.find("\r\n");
      EXPECT_NE(end, std::string_view::npos) << "a line without an end";
      text += (text.empty() ? "" : "|") + std::string(lines.substr(0, end));
      lines.remove_prefix(end + 2);
    }
    return text;
  }

  static std::string text_of(const Event& event) {
    const auto number = [](double value) {
      std::string text = std::to_string(value);
      text.erase(text.find_last_not_of('0') + 1);
      if (text.ends_with('.')) text.pop_back();
      return text;
    };
    const auto of = [](auto id) { return std::to_string(id.value); };
    const auto fade = [&](const std::optional<Duration>& it) { return it ? " fade " + number(to_seconds(*it)) : ""; };
    const auto delay = [&](Duration it) { return it.count() == 0 ? "" : " delay " + number(to_seconds(it)); };
    const auto percent = [&](Level it) { return " " + number(it.percent()); };
    return std::visit(
        overloaded{
            [&](const SetZone& it) {
              return "zone " + of(it.zone) + percent(it.level) + fade(it.fade) + delay(it.delay);
            },
            [&](const MoveZone& it) {
              return "move " + of(it.zone) + " " + std::to_string(static_cast<int>(it.movement));
            },
            [&](const SetTilt& it) { return "tilt " + of(it.zone) + percent(it.tilt) + fade(it.fade); },
            [&](const SetArea& it) {
              return "area " + of(it.area) + percent(it.level) + fade(it.fade) + delay(it.delay);
            },
            [&](const MoveArea& it) {
              return "move area " + of(it.area) + " " + std::to_string(static_cast<int>(it.movement));
            },
            [&](const ActivateScene& it) { return "scene " + of(it.scene); },
            [&](const SetLed& it) { return "led " + of(it.led) + " " + std::to_string(static_cast<int>(it.state)); },
            [&](const ButtonMoved& it) {
              return "button " + of(it.button) + " " + std::to_string(static_cast<int>(it.move));
            },
            [&](const SetVariable& it) { return "variable " + of(it.variable) + " " + std::to_string(it.state); },
            [&](const SetMode& it) { return "mode " + of(it.mode); },
            [&](const RunTimeclockEvent& it) { return "run " + of(it.event); },
            [&](const EnableTimeclockEvent& it) {
              return std::string(it.enabled ? "enable " : "disable ") + of(it.event);
            },
            [&](const SetClimate& it) {
              std::string text = "climate " + of(it.zone);
              if (it.mode) text += " mode " + std::to_string(static_cast<int>(*it.mode));
              if (it.heat_to) text += " heat " + std::to_string(*it.heat_to);
              if (it.cool_to) text += " cool " + std::to_string(*it.cool_to);
              return text;
            },
            [](const auto&) { return std::string("something else"); },
        },
        event.what);
  }

 protected:
  Surroundings home_;
  servers::PressedButtons pressed_{home_.loop.get_executor(), home_.events, Source{Source::Kind::client, ClientId{9}}};
  Caller caller_{
      Account{.number = ClientId{9}, .name = "tester", .role = Role::control, .lip = true}, pressed_, "192.0.2.1", {}};
  Service service_{home_.context};
};

}  // namespace candela::lip::test
