#include "random_programs.h"

#include <array>
#include <utility>

namespace candela::simulation {

using namespace std::chrono_literals;

namespace {

constexpr int kDeepest = 2;
/// What has a higher number was made later; buttons, then sequences, then timeclock events.
constexpr std::uint32_t kAnybody = 0;

}  // namespace

std::vector<ZoneId> RandomPrograms::some_zones(std::uint32_t most) {
  std::vector<ZoneId> zones;
  for (std::uint32_t count = dice_.below(most + 1); count > 0; --count) zones.push_back(zone());
  return zones;
}

Colour RandomPrograms::colour() {
  switch (dice_.below(4)) {
    case 0: return {};
    case 1: {
      Colour colour =
          Colour::xy(static_cast<std::uint16_t>(dice_.below(9000)), static_cast<std::uint16_t>(dice_.below(9000)));
      colour.vibrancy = static_cast<std::int8_t>(dice_.below(102)) - 1;
      return colour;
    }
    default: return Colour::white(static_cast<std::uint16_t>(1000 + dice_.below(9000)));
  }
}

Assignment RandomPrograms::assignment() {
  Assignment it{.zone = zone(), .level = dice_.level(), .fade = dice_.time()};
  if (dice_.one_in(4)) it.delay = dice_.time();
  if (dice_.one_in(3)) it.tilt = dice_.level();
  if (dice_.one_in(2)) it.colour = colour();
  it.keeps_level = (it.tilt || it.colour) && dice_.one_in(4);
  return it;
}

Preset RandomPrograms::preset(std::uint32_t rank, int depth) {
  Preset preset;
  for (std::uint32_t count = dice_.below(5); count > 0; --count) preset.zones.push_back(assignment());
  if (!project_.scenes.empty() && dice_.one_in(6)) preset.scenes.push_back(number(project_.scenes));
  if (dice_.one_in(2)) {
    for (std::uint32_t count = dice_.below(3); count > 0; --count) preset.actions.push_back(action(rank, depth));
  }
  return preset;
}

Action RandomPrograms::action(std::uint32_t rank, int depth) {
  if (depth < kDeepest && dice_.one_in(5)) {
    Conditional choice;
    for (std::uint32_t count = 1 + dice_.below(3); count > 0; --count) {
      choice.branches.push_back({condition(kAnyLed), preset(rank, depth + 1)});
    }
    return choice;
  }
  return dice_.one_in(wild_ ? 2 : 4) ? call(rank) : command();
}

/// Another program is set off.
Action RandomPrograms::call(std::uint32_t rank) {
  const std::uint32_t from = wild_ ? kAnybody : rank + 1;
  switch (dice_.below(3)) {
    case 0: {
      const ButtonId button = number(project_.buttons);
      if (button.value >= from) return ButtonMoved{button, dice_.any<ButtonMove>(4)};
      break;
    }
    case 1: {
      const SequenceId sequence = number(project_.sequences);
      if (sequence.value >= from) return ControlSequence{sequence, dice_.any<Control>(3)};
      break;
    }
    default: {
      const TimeclockEventId event = number(project_.timeclock_events);
      if (event.value >= from) return RunTimeclockEvent{event};
    }
  }
  return command();
}

Action RandomPrograms::command() {
  switch (dice_.below(16)) {
    case 0: return MoveZones{some_zones(3), dice_.any<Movement>(3)};
    case 1: {
      const ButtonId button = number(project_.buttons);
      return SetLed{project_.find(button) == nullptr ? LedId{} : project_.find(button)->led, dice_.any<LedState>(4)};
    }
    case 2:
    case 3: return SetVariable{number(project_.variables), static_cast<std::uint8_t>(dice_.below(4))};
    case 4: return SetMode{number(project_.modes)};
    case 5: return EnableTimeclock{number(project_.timeclocks), !dice_.one_in(3)};
    case 6: return EnableTimeclockEvent{number(project_.timeclock_events), !dice_.one_in(3)};
    case 7: return SetOccupancyMode{number(project_.occupancy_groups), dice_.any<OccupancyMode>(4)};
    case 8: return EnableSensor{number(project_.devices), !dice_.one_in(3)};
    case 9: return SetAway{dice_.one_in(3)};
    case 10: return SetEmergency{dice_.one_in(4)};
    case 11: return ShedLoad{static_cast<std::uint8_t>(dice_.one_in(2) ? 0 : dice_.below(110))};
    case 12: return ControlShow{number(project_.shows), dice_.any<Control>(3)};
    case 13: return ControlFacade{number(project_.facades), dice_.any<Control>(3)};
    case 14: {
      SetClimate climate{.zone = zone()};
      if (dice_.one_in(2)) climate.mode = dice_.any<ClimateMode>(4);
      if (dice_.one_in(2)) climate.heat_to = static_cast<std::int16_t>(1500 + dice_.below(1000));
      if (dice_.one_in(2)) climate.cool_to = static_cast<std::int16_t>(1500 + dice_.below(1500));
      return climate;
    }
    default:
      if (project_.scenes.empty() || !dice_.one_in(3)) return SetVariable{number(project_.variables), 1};
      return SaveScene{number(project_.scenes)};
  }
}

Programming RandomPrograms::programming(std::uint32_t rank) {
  switch (dice_.below(11)) {
    case 0:
    case 1: return Toggle{preset(rank), dice_.time()};
    case 2: return AdvancedToggle{preset(rank), preset(rank)};
    case 3: return SingleAction{preset(rank), dice_.one_in(2)};
    case 4: return DualAction{preset(rank), preset(rank)};
    case 5: return OpenStopClose{some_zones(3)};
    case 6: return RaiseLower{dice_.one_in(2), some_zones(4)};
    case 7: return MasterRaiseLower{dice_.one_in(2)};
    case 8: return CycleDim{preset(rank), dice_.time()};
    case 9: return StartStopSequence{number(project_.sequences)};
    default: return std::monostate{};
  }
}

Condition RandomPrograms::condition(std::uint32_t leds_below, int depth) {
  using Kind = Condition::Kind;
  Condition it;
  it.kind = dice_.any<Kind>(16);
  if (depth >= kDeepest && it.kind <= Kind::none) it.kind = Kind::variable;
  it.comparison = dice_.any<Condition::Comparison>(3);
  it.state = static_cast<std::uint8_t>(dice_.below(4));
  it.level = dice_.level();
  switch (it.kind) {
    case Kind::all:
    case Kind::any:
    case Kind::none:
      for (std::uint32_t count = dice_.below(4); count > 0; --count)
        it.parts.push_back(condition(leds_below, depth + 1));
      break;
    case Kind::zone: it.object = zone().value; break;
    case Kind::scene: it.object = number(project_.scenes).value; break;
    case Kind::occupancy: it.object = number(project_.occupancy_groups).value; break;
    case Kind::led:
      if (const Button* button = project_.find(number(project_.buttons)); button != nullptr) {
        if (button->number.value < leds_below) it.object = button->led.value;
      }
      break;
    case Kind::variable: it.object = number(project_.variables).value; break;
    case Kind::mode: it.object = number(project_.modes).value; break;
    case Kind::sequence: it.object = number(project_.sequences).value; break;
    case Kind::time_window:
      it.from = time_of_day();
      it.to = time_of_day();
      break;
    case Kind::weekday: it.state = static_cast<std::uint8_t>(dice_.below(128)); break;
    case Kind::sun: it.degrees = -20 + 0.5 * dice_.below(120); break;
    default: break;
  }
  return it;
}

TimeOfDay RandomPrograms::time_of_day() {
  TimeOfDay time;
  time.kind = dice_.any<TimeOfDay::Kind>(5);
  if (time.kind == TimeOfDay::Kind::fixed || dice_.one_in(3)) {
    time.kind = TimeOfDay::Kind::fixed;
    time.offset = std::chrono::minutes(dice_.below(24 * 60));
    if (dice_.one_in(3)) time.offset = std::chrono::minutes(60 + dice_.below(150));  // when clocks change
  } else if (dice_.one_in(2)) {
    time.offset = std::chrono::minutes(dice_.below(600)) - 300min;
  }
  return time;
}

std::vector<std::chrono::year_month_day> RandomPrograms::some_dates() {
  std::vector<std::chrono::year_month_day> dates;
  const std::chrono::sys_days first = std::chrono::year{2026} / 1 / 1;
  for (std::uint32_t count = dice_.below(30); count > 0; --count) {
    dates.emplace_back(first + std::chrono::days(dice_.below(5 * 366)));
  }
  return dates;
}

Schedule RandomPrograms::schedule() {
  static const std::array<const char*, 6> rules{"FREQ=DAILY",
                                                "FREQ=DAILY;INTERVAL=3",
                                                "FREQ=WEEKLY;BYDAY=MO,TH",
                                                "FREQ=MONTHLY;BYDAY=-1FR",
                                                "FREQ=YEARLY;BYMONTH=3,10;BYDAY=-1SU",
                                                "FREQ=DAILY;COUNT=40"};
  Schedule it;
  const auto holidays = [&] { return std::vector<std::uint32_t>{dice_.below(project_.holidays.size())}; };
  if (!dice_.one_in(3))
    it.weekdays = dice_.one_in(2) ? Schedule::kEveryDay : static_cast<std::uint8_t>(dice_.below(128));
  if (dice_.one_in(4)) it.dates = some_dates();
  if (dice_.one_in(4)) {
    for (std::uint32_t count = dice_.below(9); count > 0; --count) {
      it.annual.push_back(std::chrono::month{dice_.between(1, 12)} / std::chrono::day{dice_.between(1, 28)});
    }
    it.annual.push_back(std::chrono::month{2} / std::chrono::day{29});
  }
  const std::chrono::sys_days first = std::chrono::year{2025} / 12 / 1;
  if (dice_.one_in(4)) it.rule = rules[dice_.below(rules.size())];
  if (!it.rule.empty() || dice_.one_in(8)) it.begin = first + std::chrono::days(dice_.below(900));
  if (dice_.one_in(8)) it.end = first + std::chrono::days(dice_.below(1800));
  if (dice_.one_in(6)) it.except = some_dates();
  if (dice_.one_in(8)) it.except_annual.push_back(std::chrono::month{dice_.between(1, 12)} / std::chrono::day{1});
  if (!project_.holidays.empty() && dice_.one_in(6)) it.except_holidays = holidays();
  if (!project_.holidays.empty() && dice_.one_in(6)) it.holidays = holidays();
  return it;
}

std::vector<ModeId> RandomPrograms::modes() {
  std::vector<ModeId> modes;
  if (dice_.one_in(4)) modes.push_back(number(project_.modes));
  return modes;
}

std::vector<SequenceStep> RandomPrograms::steps(std::uint32_t rank, bool endless) {
  std::vector<SequenceStep> steps;
  for (std::uint32_t count = dice_.below(5); count > 0; --count) {
    // What goes on for ever has to be slow, or it is all that the house does.
    Duration wait = endless || wild_ ? Duration(10min) + dice_.time() : dice_.time();
    if (wild_ && !endless && dice_.one_in(2)) wait = Duration::zero();
    steps.push_back({preset(rank), wait});
  }
  return steps;
}

OccupancyPreset RandomPrograms::occupancy_preset(std::uint32_t rank) {
  OccupancyPreset it{.preset = preset(rank)};
  if (dice_.one_in(3)) {
    it.from = time_of_day();
    it.to = time_of_day();
  }
  it.modes = modes();
  return it;
}

}  // namespace candela::simulation
