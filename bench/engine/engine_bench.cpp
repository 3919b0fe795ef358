// The engine alone: how many events it takes in a second, and whether an event costs the same in a small home and in a
// large one. Events and home are drawn from a fixed seed; nothing is read or written while the clock runs. Time is CPU
// time, so that neighbours on the machine count less.
//
// Two ways in which a home is busy: in eight rooms that lie scattered over it, as people use one; and everywhere, each
// event in another room. The second shows the price of state that no longer fits the processor's caches, which is paid
// whatever the engine does; the instructions for an event stay the same.
//
//   engine_bench [--json]                 all figures, for people or one JSON object for each line
//   engine_bench --callgrind ZONES COUNT  COUNT events and nothing else, to count instructions:
//     valgrind --tool=callgrind --collect-atstart=no --toggle-collect='candela::Engine::on*' engine_bench --callgrind
//     1024 100000 (the activation of the project is one more call: subtract a run with COUNT 0)

#include <algorithm>
#include <array>
#include <cstdio>
#include <cstdlib>
#include <ctime>
#include <random>
#include <string_view>
#include <vector>

#include "engine/engine.h"
#include "engine/home_builder.h"

namespace candela {
namespace {

using namespace std::chrono_literals;

constexpr std::size_t kZonesPerRoom = 8;
constexpr std::size_t kBusyRooms = 8;
constexpr std::size_t kEventCount = 1 << 16;
constexpr int kRuns = 9;

struct Room {
  std::vector<ZoneId> zones;
  std::vector<ButtonId> buttons;
};
struct Home {
  ProjectPtr project;
  std::vector<Room> rooms;
};

std::vector<Assignment> all_at(const std::vector<ZoneId>& zones, double percent) {
  std::vector<Assignment> assignments;
  assignments.reserve(zones.size());
  for (const ZoneId zone : zones) assignments.push_back({zone, Level::from_percent(percent), 2s, 0s});
  return assignments;
}

/// Rooms as the villa has them: eight zones, four scenes, a keypad with six buttons.
Room add_room(engine::HomeBuilder& builder) {
  const AreaId area = builder.add_area("room", builder.home());
  Room room;
  std::vector<ZoneId>& zones = room.zones;
  for (std::size_t i = 0; i < kZonesPerRoom; ++i) zones.push_back(builder.add_zone(area));
  std::vector<SceneId> scenes;
  for (const double percent : {0., 100., 50., 20.}) {
    scenes.push_back(builder.add_scene(area, static_cast<std::uint8_t>(scenes.size()), all_at(zones, percent)));
  }
  const auto add = [&](Programming programming, LedLogic logic) {
    room.buttons.push_back(builder.add_button(std::move(programming), logic));
  };
  add(Toggle{{{}, {scenes[1]}}, 2s}, LedLogic::room);
  add(Toggle{{all_at({zones[0], zones[1]}, 60), {}}, 2s}, LedLogic::room);
  add(SingleAction{{{}, {scenes[2]}}}, LedLogic::scene);
  add(SingleAction{{{}, {scenes[0]}}}, LedLogic::scene);
  add(RaiseLower{true, zones}, LedLogic::none);
  add(RaiseLower{false, zones}, LedLogic::none);
  return room;
}

Home home_with(std::size_t zone_count) {
  engine::HomeBuilder builder;
  Home home;
  while (home.rooms.size() * kZonesPerRoom < zone_count) home.rooms.push_back(add_room(builder));
  home.project = builder.build();
  return home;
}

/// What happens in so many rooms of a home: clients set zones, fingers press buttons, devices report.
std::vector<Event> events_for(const Home& home, std::size_t busy_rooms) {
  std::mt19937 random(20260101);
  const std::size_t distance = home.rooms.size() / busy_rooms;
  const auto pick = [&](const auto& list) { return list[random() % list.size()]; };
  const auto level = [&] { return Level::from_percent(random() % 5 * 25); };
  std::vector<Event> events;
  while (events.size() < kEventCount) {
    const Room& room = home.rooms[random() % busy_rooms * distance];
    const auto kind = random() % 16;
    if (kind < 9) {
      events.push_back({{}, SetZone{pick(room.zones), level(), 1s, 0s}});
    } else if (kind < 10) {
      events.push_back({{}, SetZone{pick(room.zones), level(), {}, 500ms}});
    } else if (kind < 13) {
      events.push_back({{}, LevelReported{pick(room.zones), level()}});
    } else {
      const ButtonId button = pick(room.buttons);
      events.push_back({{Source::Kind::device, {}}, ButtonMoved{button, ButtonMove::press}});
      events.push_back({{Source::Kind::device, {}}, ButtonMoved{button, ButtonMove::release}});
    }
  }
  return events;
}

/// Feeds an engine with events, a millisecond of the home's time between them.
class Feeder {
 public:
  Feeder(const Home& home, std::size_t busy_rooms) : events_(events_for(home, busy_rooms)) {
    engine_.on({{}, ActivateProject{home.project}}, now_);
  }

  std::size_t feed(std::size_t count) {
    std::size_t changes = 0;
    for (std::size_t i = 0; i < count; ++i) {
      now_.mono += 1ms;
      now_.utc += 1ms;
      changes += engine_.on(events_[i % events_.size()], now_).size();
    }
    return changes;
  }

 private:
  std::vector<Event> events_;
  Engine engine_;
  Now now_{};
};

struct Figure {
  double ns_per_event = 0;
  double changes_per_event = 0;
};

double cpu_seconds() { return static_cast<double>(std::clock()) / CLOCKS_PER_SEC; }

/// The median of some runs, homes of all sizes in turn so that a slow spell of the machine hits all of them.
std::vector<Figure> measure(std::vector<Feeder> feeders) {
  std::vector<std::vector<double>> times(feeders.size());
  std::vector<Figure> figures(feeders.size());
  for (int run = -1; run < kRuns; ++run) {  // the first warms up
    for (std::size_t i = 0; i < feeders.size(); ++i) {
      const double start = cpu_seconds();
      const std::size_t changes = feeders[i].feed(kEventCount);
      const double took = cpu_seconds() - start;
      if (run >= 0) times[i].push_back(took * 1e9 / kEventCount);
      figures[i].changes_per_event = static_cast<double>(changes) / kEventCount;
    }
  }
  for (std::size_t i = 0; i < feeders.size(); ++i) {
    std::nth_element(times[i].begin(), times[i].begin() + kRuns / 2, times[i].end());
    figures[i].ns_per_event = times[i][kRuns / 2];
  }
  return figures;
}

void run(bool json) {
  constexpr std::array<std::size_t, 4> kSizes{64, 1024, 8192, 65536};
  std::vector<Feeder> busy_in_few;
  std::vector<Feeder> busy_everywhere;
  for (const std::size_t size : kSizes) {
    const Home home = home_with(size);
    busy_in_few.emplace_back(home, kBusyRooms);
    busy_everywhere.emplace_back(home, home.rooms.size());
  }
  const std::vector<Figure> few = measure(std::move(busy_in_few));
  const std::vector<Figure> everywhere = measure(std::move(busy_everywhere));
  const char* const format =
      json ? "{\"bench\": \"engine\", \"zones\": %zu, \"events_per_second\": %.0f, \"ns_per_event\": %.1f, "
             "\"changes_per_event\": %.2f, \"ratio_to_64_zones\": %.3f, \"everywhere_ns_per_event\": %.1f, "
             "\"everywhere_ratio_to_64_zones\": %.3f}\n"
           : "%6zu zones: %8.0f events/s, %6.1f ns/event, %.2f changes/event, %.2f times 64 zones; "
             "busy everywhere %6.1f ns/event, %.2f times\n";
  for (std::size_t i = 0; i < kSizes.size(); ++i) {
    std::printf(format, kSizes[i], 1e9 / few[i].ns_per_event, few[i].ns_per_event, few[i].changes_per_event,
                few[i].ns_per_event / few[0].ns_per_event, everywhere[i].ns_per_event,
                everywhere[i].ns_per_event / everywhere[0].ns_per_event);
  }
}

}  // namespace

int bench(const std::vector<std::string_view>& arguments) {
  if (arguments.size() == 3 && arguments[0] == "--callgrind") {
    const Home home = home_with(std::strtoul(arguments[1].data(), nullptr, 10));
    Feeder feeder(home, kBusyRooms);
    const std::size_t count = std::strtoul(arguments[2].data(), nullptr, 10);
    std::printf("{\"bench\": \"engine\", \"events\": %zu, \"changes\": %zu}\n", count, feeder.feed(count));
    return 0;
  }
  if (arguments.size() > 1 || (arguments.size() == 1 && arguments[0] != "--json")) {
    std::fprintf(stderr, "usage: engine_bench [--json] | --callgrind ZONES COUNT\n");
    return 2;
  }
  run(!arguments.empty());
  return 0;
}

}  // namespace candela

int main(int argc, char** argv) { return candela::bench({argv + 1, argv + argc}); }
