#pragma once

#include <functional>
#include <string>
#include <utility>
#include <vector>

#include "servers/leap/service.h"
#include "servers/test_administration.h"

/// A small house for tests, with numbers far enough apart to be read at a glance.
namespace candela::leap::test {

inline Zone zone(std::uint32_t number, std::string id, std::string name, AreaId area, LoadType load, DeviceId device,
                 std::uint8_t output) {
  Zone it;
  it.number = ZoneId{number};
  it.id = std::move(id);
  it.name = std::move(name);
  it.area = area;
  it.load = load;
  it.output = DeviceOutput{device, output};
  return it;
}

inline Button button(std::uint32_t number, std::uint32_t led, std::uint8_t position, std::string name,
                     Programming programming) {
  Button it;
  it.number = ButtonId{number};
  it.led = LedId{led};
  it.id = "front-door." + std::to_string(position);
  it.keypad = DeviceId{851};
  it.position = position;
  it.name = std::move(name);
  it.programming = std::move(programming);
  return it;
}

/// Harbour House: a foyer with two zones, a keypad and two scenes; a store room with a fan.
inline ProjectPtr house() {
  Project home;
  home.name = "Harbour House";
  home.location = {40.5, -75.4, "America/New_York"};
  home.processors = {{ProcessorId{799}, "main", "Enclosure Device 001", "HQP7-1", AreaId{805}}};
  Link link;
  link.number = LinkId{835};
  link.id = "wired";
  link.processor = ProcessorId{799};
  home.links = {link};

  Area root{AreaId{3}, "home", "Harbour House", {}, {AreaId{804}, AreaId{805}}, {}, {}, {}, {}};
  Area foyer{AreaId{804},     "foyer", "Foyer", AreaId{3}, {}, {ZoneId{816}, ZoneId{817}}, {SceneId{810}, SceneId{811}},
             {DeviceId{851}}, {}};
  Area store{AreaId{805}, "store", "Store", AreaId{3}, {}, {ZoneId{1387}}, {}, {DeviceId{900}}, {}};
  home.areas = {root, foyer, store};

  home.zones = {zone(816, "ceiling", "Ceiling Light", AreaId{804}, LoadType::dimmed, DeviceId{900}, 1),
                zone(817, "table", "Table Lamp", AreaId{804}, LoadType::dimmed, DeviceId{900}, 2),
                zone(1387, "fan", "Exhaust Fan", AreaId{805}, LoadType::switched, DeviceId{900}, 3)};
  const Assignment bright{ZoneId{816}, Level::full(), {}, {}};
  home.scenes = {{SceneId{810}, "foyer.off", "Off", AreaId{804}, 0, {}},
                 {SceneId{811}, "foyer.bright", "Bright", AreaId{804}, 1, {{bright}, {}}}};

  Device keypad;
  keypad.number = DeviceId{851};
  keypad.station = ControlStationId{849};
  keypad.button_group = ButtonGroupId{860};
  keypad.id = "front-door";
  keypad.name = "Front Door";
  keypad.family = "HQWT-U-P4W";
  keypad.integration_type = "PalladiomKeypad";
  keypad.area = AreaId{804};
  keypad.link = LinkId{835};
  keypad.serial = 38011234;
  keypad.address = 1;
  keypad.buttons = {ButtonId{861}, ButtonId{862}, ButtonId{873}};
  Device dimmer;
  dimmer.number = DeviceId{900};
  dimmer.id = "dimmer";
  dimmer.name = "Dimmer";
  dimmer.family = "LQSE-4A5-120-D";
  dimmer.area = AreaId{805};
  dimmer.link = LinkId{835};
  dimmer.outputs = 4;
  dimmer.address = 2;
  home.devices = {keypad, dimmer};
  home.buttons = {button(861, 856, 1, "Foyer", Toggle{{{bright}, {}}, std::chrono::seconds(2)}),
                  button(862, 857, 2, "", SingleAction{{{}, {SceneId{810}}}}),
                  button(873, 0, 18, "Raise", RaiseLower{true, {ZoneId{816}}})};
  home.buttons[0].engraving = "Foyer\nlights";
  home.build_index();
  return std::make_shared<const Project>(std::move(home));
}

class CollectedEvents final : public EventSink {
 public:
  bool submit(Event event) override {
    if (full) return false;
    events.push_back(std::move(event));
    return true;
  }
  /// The last event's content. REQUIRES: there is one of that kind.
  template <class What>
  const What& last() const {
    return std::get<What>(events.at(events.size() - 1).what);
  }

  std::vector<Event> events;
  bool full = false;
};

class NoAdministration final : public servers::IdleAdministration {
 public:
  /// Knows one account, whose password is "right". The answers wait for answer_logins().
  void check_login(servers::Credentials credentials, AccountUse use, Done<Account> done) override {
    const bool good = is_for(account, use) && credentials.name == account.name && credentials.password == "right";
    logins.push_back([this, good, done = std::move(done)] { done(good ? Result<Account>(account) : Error{"no"}); });
  }
  void answer_logins() {
    for (const auto& answer : std::exchange(logins, {})) answer();
  }
  std::vector<Client> clients() const override { return known; }

  std::vector<Client> known;
  Account account;
  std::vector<std::function<void()>> logins;
};

/// Everything a server stands on, in memory.
struct Surroundings {
  boost::asio::io_context loop{1};
  View view{house()};
  CollectedEvents events;
  ManualClock clock;
  NoAdministration administration;
  servers::Identity identity{12345678, "0.1.0"};
  AttemptLimiter attempts;
  servers::Context context{loop, view, events, clock, administration, identity, attempts};

  /// Makes it so, as the engine would.
  Change change(decltype(Change::what) what, Cause cause = {}) {
    Change made{clock.now(), cause, std::move(what)};
    view.apply(made);
    return made;
  }
  Change set_zone(ZoneId id, double percent, Duration fade = {}) {
    const Level from = view.level(id, clock.now().mono);
    return change(ZoneTargeted{id, {from, Level::from_percent(percent), clock.now().mono, fade}, false});
  }
};

}  // namespace candela::leap::test
