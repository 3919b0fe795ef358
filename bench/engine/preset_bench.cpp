// A press that sets 512 zones, beside a plain loop that writes 512 levels; and what a home costs in memory.
//
//   preset_bench                            one JSON object: nanoseconds for a zone, bytes for an object
//   preset_bench --callgrind press|loop N   N of one of the two and nothing else, to count instructions:
//     valgrind --tool=callgrind --collect-atstart=no --toggle-collect='candela::bench::*' preset_bench --callgrind
//     press 100

#include <malloc.h>

#include <algorithm>
#include <cstdio>
#include <cstdlib>
#include <ctime>
#include <string_view>
#include <vector>

#include "engine/engine.h"
#include "engine/home_builder.h"

namespace candela {
namespace {

using namespace std::chrono_literals;

constexpr std::size_t kZones = 512;

/// One button sets all zones, another all to something else, so that each press changes every zone.
struct Home {
  engine::HomeBuilder builder;
  std::vector<ZoneId> zones;
  ButtonId one;
  ButtonId other;
};

Preset all_at(const std::vector<ZoneId>& zones, double percent) {
  Preset preset;
  for (const ZoneId zone : zones) preset.zones.push_back({zone, Level::from_percent(percent), 2s, 0s});
  return preset;
}

Home home_with(std::size_t zone_count) {
  Home home;
  for (std::size_t i = 0; i < zone_count; ++i) home.zones.push_back(home.builder.add_zone(home.builder.home()));
  home.one = home.builder.add_button(SingleAction{all_at(home.zones, 80)}, LedLogic::scene);
  home.other = home.builder.add_button(SingleAction{all_at(home.zones, 20)}, LedLogic::scene);
  return home;
}

class Presser {
 public:
  explicit Presser(const Home& home) : one_(home.one), other_(home.other) {
    engine_.on({{}, ActivateProject{home.builder.build()}}, now_);
  }
  std::size_t press() {
    now_.mono += 10s;
    now_.utc += 10s;
    std::swap(one_, other_);
    return engine_.on({{Source::Kind::device, {}}, ButtonMoved{one_, ButtonMove::press}}, now_).size();
  }

 private:
  ButtonId one_;
  ButtonId other_;
  Engine engine_;
  Now now_{};
};

/// The least that 512 fades cost: write each down.
class PlainLoop {
 public:
  std::size_t press() {
    now_ += 10s;
    level_ = level_ == Level::full() ? Level::off() : Level::full();
    for (Fade& fade : fades_) fade = {fade.at(now_), level_, now_, 2s};
    return fades_.size();
  }

 private:
  std::vector<Fade> fades_ = std::vector<Fade>(kZones);
  Level level_;
  MonoTime now_{};
};

}  // namespace

namespace bench {

/// Not inlined, so that callgrind can be told to count this alone.
template <class Pressed>
[[gnu::noinline]] std::size_t press_often(Pressed& pressed, std::size_t count) {
  std::size_t written = 0;
  for (std::size_t i = 0; i < count; ++i) written += pressed.press();
  return written;
}

}  // namespace bench

namespace {

/// The best of some runs: what else the machine does only adds.
template <class Pressed>
double nanoseconds_for_a_zone(Pressed pressed) {
  constexpr std::size_t kPresses = 2000;
  constexpr int kRuns = 7;
  double best = 1e18;
  for (int run = 0; run < kRuns; ++run) {
    const std::clock_t start = std::clock();
    bench::press_often(pressed, kPresses);
    const double took = static_cast<double>(std::clock() - start) / CLOCKS_PER_SEC;
    best = std::min(best, took * 1e9 / (kPresses * kZones));
  }
  return best;
}

std::size_t used_memory() { return mallinfo2().uordblks + mallinfo2().hblkhd; }

std::size_t memory_of(engine::HomeBuilder& builder, std::size_t delays) {
  const ProjectPtr project = builder.build();
  const std::size_t before = used_memory();
  Engine engine;
  engine.on({{}, ActivateProject{project}}, {});
  for (std::size_t i = 0; i < delays; ++i) {
    engine.on({{}, SetZone{project->zones[i].number, Level::full(), {}, 1h}}, {});
  }
  return used_memory() - before;
}

void run() {
  constexpr std::size_t kMany = 4096;
  engine::HomeBuilder empty;
  engine::HomeBuilder zones;
  engine::HomeBuilder buttons;
  for (std::size_t i = 0; i < kMany; ++i) {
    zones.add_zone(zones.home());
    buttons.add_button(std::monostate{});
  }
  const double base = static_cast<double>(memory_of(empty, 0));
  const double with_zones = static_cast<double>(memory_of(zones, 0));
  const double with_delays = static_cast<double>(memory_of(zones, kMany));
  const double with_buttons = static_cast<double>(memory_of(buttons, 0));
  std::printf(
      "{\"press_ns_per_zone\": %.2f, \"loop_ns_per_zone\": %.2f, \"bytes_per_zone\": %.0f, \"bytes_per_button\": %.0f, "
      "\"bytes_per_timer\": %.0f}\n",
      nanoseconds_for_a_zone(Presser(home_with(kZones))), nanoseconds_for_a_zone(PlainLoop()),
      (with_zones - base) / kMany, (with_buttons - base) / kMany, (with_delays - with_zones) / kMany);
}

}  // namespace

int preset_bench(const std::vector<std::string_view>& arguments) {
  if (arguments.size() == 3 && arguments[0] == "--callgrind") {
    const std::size_t count = std::strtoul(arguments[2].data(), nullptr, 10);
    if (arguments[1] == "press") {
      Presser presser(home_with(kZones));
      presser.press();
      presser.press();
      return bench::press_often(presser, count) > 0 || count == 0 ? 0 : 1;
    }
    PlainLoop loop;
    return bench::press_often(loop, count) > 0 || count == 0 ? 0 : 1;
  }
  if (!arguments.empty()) {
    std::fprintf(stderr, "usage: preset_bench | preset_bench --callgrind press|loop COUNT\n");
    return 2;
  }
  run();
  return 0;
}

}  // namespace candela

int main(int argc, char** argv) { return candela::preset_bench({argv + 1, argv + argc}); }
