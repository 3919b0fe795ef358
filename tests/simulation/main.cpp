// Houses that nobody thought of, through days that nobody planned.
#include <fmt/format.h>
#include <sys/time.h>
#include <unistd.h>

#include <chrono>
#include <csignal>
#include <cstdlib>
#include <cstring>
#include <fstream>
#include <iostream>
#include <string>
#include <string_view>

#include "simulation.h"

namespace {

using namespace candela::simulation;

/// Of the processor, not of the wall: other programs may be busy too.
constexpr long kSecondsPerHouse = 20;
/// What a run may need more at its end than after its first tenth.
constexpr long kMostGrowth = 48L * 1024 * 1024;

struct Options {
  std::uint64_t first_seed = 1;
  std::uint32_t houses = 500;
  std::uint32_t days = 20;
  bool traces = false;     ///< tell all that happens
  bool everything = true;  ///< each kind of event and change has to occur
};

/// For the signal handler, which may do next to nothing.
std::string hangs;

void say_that_it_hangs(int /*signal*/) {
  const ssize_t ignored = write(STDERR_FILENO, hangs.data(), hangs.size());
  _exit(ignored < 0 ? 2 : 1);
}

std::string again(std::uint64_t seed, std::uint32_t days) {
  return fmt::format("Again with: candela_simulation --seed {} --days {}\n", seed, days);
}

/// 0 = never mind.
void say_so_if_it_takes(long seconds) {
  const itimerval timer{{0, 0}, {seconds, 0}};
  setitimer(ITIMER_PROF, &timer, nullptr);
}

long resident_bytes() {
  std::ifstream file("/proc/self/statm");
  long whole = 0;
  long resident = 0;
  file >> whole >> resident;
  return resident * sysconf(_SC_PAGESIZE);
}

bool live(std::uint64_t seed, std::uint32_t days, bool traces, Tally& tally) {
  hangs = fmt::format("FAILED seed {}: not over within {} s\n{}", seed, kSecondsPerHouse, again(seed, days));
  say_so_if_it_takes(days <= 400 ? kSecondsPerHouse : 0);
  try {
    Simulation(seed, traces, tally).live(days);
    say_so_if_it_takes(0);
    return true;
  } catch (const std::exception& broken) {
    say_so_if_it_takes(0);
    std::cout << fmt::format("FAILED seed {}, {}\n{}", seed, broken.what(), again(seed, days)) << std::flush;
    return false;
  }
}

int run(const Options& options) {
  Tally tally;
  std::uint32_t failures = 0;
  long resident_early = 0;
  const auto begin = std::chrono::steady_clock::now();
  for (std::uint32_t house = 0; house < options.houses; ++house) {
    if (house == options.houses / 10) resident_early = resident_bytes();
    constexpr std::uint32_t kEnough = 10;
    if (!live(options.first_seed + house, options.days, options.traces, tally) && ++failures >= kEnough) break;
  }
  const std::chrono::duration<double> took = std::chrono::steady_clock::now() - begin;
  const long growth = resident_bytes() - resident_early;
  const double house_days = static_cast<double>(options.houses) * options.days;
  std::cout << tally.text()
            << fmt::format("\n{} house-days in {:.1f} s: {:.0f} simulated hours per second; memory grew by {} kB\n",
                           house_days, took.count(), house_days * 24 / took.count(), growth / 1024);
  if (growth > kMostGrowth) std::cout << "FAILED: memory grows\n", ++failures;
  if (const std::string missing = tally.missing(); options.everything && !missing.empty()) {
    std::cout << "FAILED: this never happened:" << missing << "\n";
    ++failures;
  }
  return failures == 0 ? EXIT_SUCCESS : EXIT_FAILURE;
}

}  // namespace

int main(int count, char** words) {
  Options options;
  for (int i = 1; i + 1 < count; i += 2) {
    const std::string_view word = words[i];
    const auto number = std::strtoull(words[i + 1], nullptr, 10);
    if (word == "--seed") {
      options.first_seed = number;
      options.houses = 1;
      options.everything = false;
    } else if (word == "--first-seed") {
      options.first_seed = number;
    } else if (word == "--houses") {
      options.houses = static_cast<std::uint32_t>(number);
      options.everything = number >= 300;
    } else if (word == "--days") {
      options.days = static_cast<std::uint32_t>(number);
    } else if (word == "--trace") {
      options.traces = number != 0;
    }
  }
  if (count % 2 == 0 || (count > 1 && words[1][0] != '-')) {
    std::cerr << "candela_simulation [--houses H] [--days D] [--first-seed S] | --seed N [--days D] [--trace 1]\n";
    return 2;
  }
  std::signal(SIGPROF, say_that_it_hangs);
  return run(options);
}
