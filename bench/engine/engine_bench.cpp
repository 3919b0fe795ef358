// The engine alone: how many events it takes in a second, and whether an event costs the same in a small home and in a
// large one. Events and home are drawn from a fixed seed; nothing is read or written while the clock runs.
//
//   engine_bench [--json]                 all figures, for people or one JSON object for each line
//   engine_bench --callgrind ZONES COUNT  COUNT events and nothing else, to count instructions:
//     valgrind --tool=callgrind --collect-atstart=no --toggle-collect='candela::Engine::on*' engine_bench --callgrind
//     1024 100000 (the activation of the project is one more call: subtract a run with COUNT 0)

#include <algorithm>
#include <array>
#include <chrono>
#include <cstdio>
#include <cstdlib>
#include <cstring>
#include <random>
#include <string_view>
#include <vector>

#include "engine/engine.h"
#include "engine/home_builder.h"

namespace {

using namespace candela;
using namespace std::chrono_literals;

constexpr std::size_t kZonesPerRoom = 8;
constexpr std::size_t kEventCount = 1 << 16;
constexpr int kRuns = 9;

struct Home {
  ProjectPtr project;
  std::vector<ZoneId> zones;
  std::vector<ButtonId> buttons;
};

std::vector<Assignment> all_at(const std::vector<ZoneId>& zones, double percent) {
  std::vector<Assignment> assignments;
  for (const ZoneId zone : zones) assignments.push_back({zone, Level::from_percent(percent), 2s, 0s});
  return assignments;
}

/// Rooms as the villa has them: eight zones, four scenes, a keypad with six buttons.
void add_room(engine::HomeBuilder& builder, Home& home) {
  const AreaId room = builder.add_area("room", builder.home());
  std::vector<ZoneId> zones;
  for (std::size_t i = 0; i < kZonesPerRoom; ++i) zones.push_back(builder.add_zone(room));
  home.zones.insert(home.zones.end(), zones.begin(), zones.end());
  std::vector<SceneId> scenes;
  for (const double percent : {0., 100., 50., 20.}) {
    scenes.push_back(builder.add_scene(room, static_cast<std::uint8_t>(scenes.size()), all_at(zones, percent)));
  }
  const auto add = [&](Programming programming, LedLogic logic) {
    home.buttons.push_back(builder.add_button(std::move(programming), logic));
  };
  add(Toggle{{{}, {scenes[1]}}, 2s}, LedLogic::room);
  add(Toggle{{all_at({zones[0], zones[1]}, 60), {}}, 2s}, LedLogic::room);
  add(SingleAction{{{}, {scenes[2]}}}, LedLogic::scene);
  add(SingleAction{{{}, {scenes[0]}}}, LedLogic::scene);
  add(RaiseLower{true, zones}, LedLogic::none);
  add(RaiseLower{false, zones}, LedLogic::none);
}

Home home_with(std::size_t zone_count) {
  engine::HomeBuilder builder;
  Home home;
  while (home.zones.size() < zone_count) add_room(builder, home);
  home.project = builder.build();
  return home;
}

/// What a busy home sees: clients that set zones, fingers on keypads, devices that report.
std::vector<Event> events_for(const Home& home) {
  std::mt19937 random(20260101);
  const auto pick = [&](const auto& list) { return list[random() % list.size()]; };
  const auto level = [&] { return Level::from_percent(random() % 5 * 25); };
  std::vector<Event> events;
  while (events.size() < kEventCount) {
    const auto kind = random() % 16;
    if (kind < 9) {
      events.push_back({{}, SetZone{pick(home.zones), level(), 1s, 0s}});
    } else if (kind < 10) {
      events.push_back({{}, SetZone{pick(home.zones), level(), {}, 500ms}});
    } else if (kind < 13) {
      events.push_back({{}, LevelReported{pick(home.zones), level()}});
    } else {
      const ButtonId button = pick(home.buttons);
      events.push_back({{Source::Kind::device, {}}, ButtonMoved{button, ButtonMove::press}});
      events.push_back({{Source::Kind::device, {}}, ButtonMoved{button, ButtonMove::release}});
    }
  }
  return events;
}

/// Feeds an engine with events, a millisecond of the home's time between them.
class Feeder {
 public:
  explicit Feeder(const Home& home) : events_(events_for(home)) {
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
  std::size_t zones = 0;
  double ns_per_event = 0;
  double changes_per_event = 0;
};

/// The median of some runs, homes of all sizes in turn so that a slow spell of the machine hits all of them.
template <std::size_t kSizes>
std::array<Figure, kSizes> measure(const std::array<std::size_t, kSizes>& sizes) {
  std::vector<Feeder> feeders;
  for (const std::size_t size : sizes) feeders.emplace_back(home_with(size));
  std::array<std::vector<double>, kSizes> times;
  std::array<Figure, kSizes> figures;
  for (int run = -1; run < kRuns; ++run) {  // the first warms up
    for (std::size_t i = 0; i < kSizes; ++i) {
      const auto start = std::chrono::steady_clock::now();
      const std::size_t changes = feeders[i].feed(kEventCount);
      const std::chrono::duration<double, std::nano> took = std::chrono::steady_clock::now() - start;
      if (run >= 0) times[i].push_back(took.count() / kEventCount);
      figures[i].changes_per_event = static_cast<double>(changes) / kEventCount;
    }
  }
  for (std::size_t i = 0; i < kSizes; ++i) {
    std::nth_element(times[i].begin(), times[i].begin() + kRuns / 2, times[i].end());
    figures[i].zones = sizes[i];
    figures[i].ns_per_event = times[i][kRuns / 2];
  }
  return figures;
}

void print(bool json) {
  const auto figures = measure(std::array<std::size_t, 4>{64, 1024, 8192, 65536});
  for (const Figure& it : figures) {
    const double ratio = it.ns_per_event / figures[0].ns_per_event;
    const double per_second = 1e9 / it.ns_per_event;
    if (json) {
      std::printf(
          "{\"bench\": \"engine\", \"zones\": %zu, \"events_per_second\": %.0f, \"ns_per_event\": %.1f, "
          "\"changes_per_event\": %.2f, \"ratio_to_64_zones\": %.3f}\n",
          it.zones, per_second, it.ns_per_event, it.changes_per_event, ratio);
    } else {
      std::printf("%6zu zones: %8.0f events/s, %6.1f ns/event, %.2f changes/event, %.3f of the cost with 64 zones\n",
                  it.zones, per_second, it.ns_per_event, it.changes_per_event, ratio);
    }
  }
}

}  // namespace

int main(int argc, char** argv) {
  const std::vector<std::string_view> arguments(argv + 1, argv + argc);
  if (arguments.size() == 3 && arguments[0] == "--callgrind") {
    Feeder feeder(home_with(std::strtoul(argv[2], nullptr, 10)));
    const std::size_t count = std::strtoul(argv[3], nullptr, 10);
    std::printf("{\"bench\": \"engine\", \"events\": %zu, \"changes\": %zu}\n", count, feeder.feed(count));
    return 0;
  }
  if (arguments.size() > 1 || (arguments.size() == 1 && arguments[0] != "--json")) {
    std::fprintf(stderr, "usage: engine_bench [--json] | --callgrind ZONES COUNT\n");
    return 2;
  }
  print(!arguments.empty());
  return 0;
}
