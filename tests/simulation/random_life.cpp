#include "random_life.h"

#include <algorithm>
#include <utility>

namespace candela::simulation {

using namespace std::chrono_literals;

namespace {

constexpr std::uint32_t kFewestActs = 12;
constexpr std::uint32_t kMostActs = 60;

}  // namespace

const std::vector<Happening>& RandomLife::day(Duration begin) {
  day_.clear();
  for (std::uint32_t count = dice_.between(kFewestActs, kMostActs); count > 0; --count) {
    act(begin + dice_.from_to(0h, 24h));
  }
  std::stable_sort(day_.begin(), day_.end(), [](const Happening& a, const Happening& b) { return a.at < b.at; });
  return day_;
}

void RandomLife::act(Duration at) {
  switch (dice_.below(24)) {
    case 0:
    case 1:
    case 2:
    case 3:
    case 4:
    case 5:
    case 6: return use_button(at);
    case 7:
    case 8:
    case 9: return walk(at);
    case 10:
    case 11:
    case 12: return add(at, device_report(), Source::Kind::device);
    case 13: return dice_.one_in(3) ? break_link(at) : lose_device(at);
    case 14: return dice_.one_in(8) ? jump(at) : add(at, rare_command(), Source::Kind::client);
    case 15:
      if (dice_.one_in(12)) return add(at, ActivateProject{dice_.one_of(house_.versions)}, Source::Kind::command);
      return add(at, rare_command(), Source::Kind::page);
    case 16:
      if (dice_.one_in(10)) {
        day_.push_back(
            {at, Restart{dice_.one_in(4) ? dice_.from_to(0h, 60h) : dice_.from_to(0s, 10min), dice_.one_in(3)}});
        return;
      }
      return add(at, command(), Source::Kind::client);
    case 17: return add(at, rare_command(), Source::Kind::client);
    default: return add(at, command(), Source::Kind::client);
  }
}

void RandomLife::use_button(Duration at) {
  const ButtonId button = number(project_.buttons);
  const auto source = dice_.one_in(4) ? Source::Kind::client : Source::Kind::device;
  const auto move = [&](Duration when, ButtonMove what) { add(when, ButtonMoved{button, what}, source); };
  const Duration tap = dice_.from_to(40ms, 250ms);
  move(at, ButtonMove::press);
  switch (dice_.below(7)) {
    case 0: return;  // the release is lost
    case 1: return move(at + dice_.from_to(300ms, 4s), ButtonMove::release);
    case 2: {  // twice, more or less quickly
      const Duration second = at + tap + dice_.from_to(20ms, 900ms);
      move(at + tap, ButtonMove::release);
      move(second, ButtonMove::press);
      return move(second + tap, ButtonMove::release);
    }
    case 3: {  // a keypad that tells gestures itself, or a confused one
      move(at + tap, dice_.any<ButtonMove>(4));
      return move(at + 2 * tap, dice_.any<ButtonMove>(4));
    }
    default: return move(at + tap, ButtonMove::release);
  }
}

void RandomLife::walk(Duration at) {
  const DeviceId sensor = number(project_.devices);
  if (dice_.one_in(3)) {
    add(at, LightReported{sensor, static_cast<std::uint16_t>(dice_.below(400))}, Source::Kind::device);
  }
  add(at, OccupancyReported{sensor, true}, Source::Kind::device);
  if (!dice_.one_in(8)) add(at + dice_.from_to(1s, 40min), OccupancyReported{sensor, false}, Source::Kind::device);
}

void RandomLife::lose_device(Duration at) {
  const DeviceId device = number(project_.devices);
  const DeviceFault fault = dice_.one_in(2) ? DeviceFault::silent : DeviceFault::duplicate_address;
  add(at, PresenceReported{device, false, fault}, Source::Kind::device);
  if (!dice_.one_in(4)) add(at + dice_.from_to(1s, 3h), PresenceReported{device, true}, Source::Kind::device);
}

void RandomLife::break_link(Duration at) {
  const LinkId link = number(project_.links);
  add(at, LinkReported{link, dice_.any<LinkFault>(5)}, Source::Kind::device);
  add(at + dice_.from_to(1s, 3h), LinkReported{link, LinkFault::none}, Source::Kind::device);
}

void RandomLife::jump(Duration at) {
  ClockJump jump;
  switch (dice_.below(4)) {
    case 0: jump.by = std::chrono::milliseconds(dice_.below(4000)) - 2000ms; break;
    case 1: jump.by = std::chrono::seconds(dice_.below(7000)) - 3500s; break;
    case 2: jump.by = std::chrono::minutes(dice_.below(6000)) - 50h; break;
    default: jump.by = std::chrono::hours(dice_.below(24 * 40)) - 24h * 20; break;
  }
  if (!dice_.one_in(4)) jump.told = !dice_.one_in(4);
  day_.push_back({at, jump});
  // What was wrong is put right some time later, mostly.
  if (!dice_.one_in(5)) day_.push_back({at + dice_.from_to(1s, 10h), ClockJump{-jump.by, true}});
}

RandomLife::What RandomLife::device_report() {
  switch (dice_.below(4)) {
    case 0: return TiltReported{zone(), dice_.level()};
    case 1: return TemperatureReported{zone(), static_cast<std::int16_t>(dice_.below(4000) - 500)};
    default: return LevelReported{zone(), dice_.level()};
  }
}

RandomLife::What RandomLife::command() {
  const auto fade = [&] { return dice_.one_in(2) ? std::optional(dice_.time()) : std::nullopt; };
  const auto delay = [&] { return dice_.one_in(2) ? dice_.time() : Duration::zero(); };
  switch (dice_.below(12)) {
    case 0: return MoveZone{zone(), dice_.any<Movement>(3)};
    case 1: return ActivateScene{number(project_.scenes)};
    case 2: return SetArea{number(project_.areas), dice_.level(), fade(), delay()};
    case 3: return MoveArea{number(project_.areas), dice_.any<Movement>(3)};
    case 4: return SetTilt{zone(), dice_.level(), fade()};
    case 5: {
      const auto kelvin = static_cast<std::uint16_t>(1500 + dice_.below(6000));
      return SetColour{zone(), dice_.one_in(3) ? Colour::xy(3000, 4000) : Colour::white(kelvin), fade()};
    }
    case 6: {
      const auto led =
          project_.buttons.empty() || dice_.one_in(20) ? LedId{kNobody} : dice_.one_of(project_.buttons).led;
      return SetLed{led, dice_.any<LedState>(4)};
    }
    case 7: return SetVariable{number(project_.variables), static_cast<std::uint8_t>(dice_.below(5))};
    default: return SetZone{zone(), dice_.level(), fade(), delay()};
  }
}

RandomLife::What RandomLife::rare_command() {
  const bool mostly = !dice_.one_in(4);
  switch (dice_.below(17)) {
    case 0: return SaveScene{number(project_.scenes)};
    case 1: return scene_edit();
    case 2: return SetMode{number(project_.modes)};
    case 3:
    case 4: return ControlSequence{number(project_.sequences), dice_.any<Control>(3)};
    case 5: return EnableTimeclock{number(project_.timeclocks), mostly};
    case 6: return EnableTimeclockEvent{number(project_.timeclock_events), mostly};
    case 7: return RunTimeclockEvent{number(project_.timeclock_events)};
    case 8: return SetOccupancyMode{number(project_.occupancy_groups), dice_.any<OccupancyMode>(4)};
    case 9: return EnableSensor{number(project_.devices), mostly};
    case 10: return SetAway{dice_.one_in(2)};
    case 11: return SetEmergency{!mostly};
    case 12: return ShedLoad{static_cast<std::uint8_t>(mostly ? 0 : dice_.below(120))};
    case 13: return ControlShow{number(project_.shows), dice_.any<Control>(3)};
    case 14: {
      SetClimate climate{.zone = zone()};
      if (dice_.one_in(2)) climate.mode = dice_.any<ClimateMode>(4);
      if (dice_.one_in(2)) climate.heat_to = static_cast<std::int16_t>(1500 + dice_.below(1000));
      if (dice_.one_in(2)) climate.cool_to = static_cast<std::int16_t>(1500 + dice_.below(1500));
      return climate;
    }
    case 15: return ControlFacade{number(project_.facades), dice_.any<Control>(3)};
    default: return ClockReported{mostly};
  }
}

EditScene RandomLife::scene_edit() {
  EditScene edit{.scene = number(project_.scenes)};
  const Scene* scene = project_.find(edit.scene);
  if (scene == nullptr) return edit;
  for (const Assignment& it : project_.expand(scene->preset)) {
    if (dice_.one_in(5)) continue;
    edit.assignments.push_back(it);
    edit.assignments.back().level = dice_.level();
    if (dice_.one_in(3)) edit.assignments.back().fade = dice_.time();
  }
  return edit;
}

void RandomLife::add(Duration at, What what, Source::Kind kind) {
  Source source{kind};
  if (kind == Source::Kind::client) source.client = ClientId{dice_.between(2, 5)};
  day_.push_back({at, Event{source, std::move(what)}});
}

ZoneId RandomLife::zone() { return dice_.one_in(4) ? dice_.one_of(house_.probes.zones) : number(project_.zones); }

}  // namespace candela::simulation
