// From a button's frame to the load's frame: how long the processor takes, beside the bare round trip of a byte through
// a pseudo-terminal to a program that only sends it back.
//
//   press_bench PRESSES
//
// Prints the port on which it plays the wired link, then reads a line with the path of the project, in which that link
// has this port; the processor is started meanwhile by the caller. Prints one JSON object with the times of both trips
// in microseconds. Presses and bare trips take turns, so that what the machine does meanwhile hits both.

#include <sys/prctl.h>
#include <unistd.h>

#include <algorithm>
#include <chrono>
#include <csignal>
#include <cstdio>
#include <cstdlib>
#include <iostream>
#include <optional>
#include <string>
#include <unordered_set>
#include <vector>

#include "apps/devices/simulated_bus.h"
#include "press/pseudo_terminal.h"
#include "project/project_file.h"
#include "protocols/qs/message.h"

namespace candela::bench {
namespace {

using namespace std::chrono_literals;
using Clock = std::chrono::steady_clock;

constexpr int kQuietMs = 5;      // both trips begin when everybody sleeps
constexpr int kSettledMs = 300;  // rounds of status requests are a second apart
constexpr auto kDeadline = 30s;
constexpr std::size_t kWarmUp = 50;

[[noreturn]] void fail(const std::string& why) {
  std::fprintf(stderr, "press_bench: %s\n", why.c_str());
  std::exit(1);
}

double microseconds(Clock::duration time) { return std::chrono::duration<double, std::micro>(time).count(); }

MonoTime mono_now() { return MonoTime(std::chrono::duration_cast<Duration>(Clock::now().time_since_epoch())); }

/// A button on the wired link and the devices whose loads it moves.
struct Trigger {
  std::string button;
  std::unordered_set<std::uint32_t> loads;  ///< serials
};

/// The first toggle whose preset has zones on the link itself: every press of it sets loads.
Trigger find_trigger(const Project& project, LinkId link) {
  for (const Button& button : project.buttons) {
    const auto* toggle = std::get_if<Toggle>(&button.programming);
    if (toggle == nullptr || project.find(button.keypad)->link != link) continue;
    Trigger trigger{button.id, {}};
    for (const Assignment& assignment : project.expand(toggle->on)) {
      const auto* output = std::get_if<DeviceOutput>(&project.find(assignment.zone)->output);
      if (output == nullptr) continue;
      const Device* device = project.find(output->device);
      if (device->link == link) trigger.loads.insert(device->serial);
    }
    if (!trigger.loads.empty()) return trigger;
  }
  fail("no keypad of the wired link toggles zones of that link");
}

/// All devices of the wired link on a terminal, with somebody who watches the wire.
class Bus {
 public:
  Bus(PseudoTerminal& terminal, const Project& project, LinkId link)
      : terminal_(terminal), trigger_(find_trigger(project, link)), devices_(project, link, mono_now()) {}

  /// Answers the processor until nothing was on the wire for a while.
  void run_until_quiet(int quiet_ms) {
    const auto deadline = Clock::now() + kDeadline;
    while (step(quiet_ms)) {
      if (Clock::now() > deadline) fail("the processor does not become quiet");
    }
  }

  bool has_been_asked() const { return asked_; }

  /// A press and the release; how long until the first load was told.
  double press() {
    load_told_.reset();
    prepare(ButtonMove::press);
    const auto begin = Clock::now();
    flush();
    while (!load_told_) {
      step(10);
      if (Clock::now() > begin + kDeadline) fail("no load frame follows the press of " + trigger_.button);
    }
    const double trip = microseconds(*load_told_ - begin);
    prepare(ButtonMove::release);
    flush();
    return trip;
  }

 private:
  /// Makes the frame, which does not belong to the trip.
  void prepare(ButtonMove move) {
    if (const auto moved = devices_.move_button(trigger_.button, move); !moved) fail(moved.error().message);
  }

  /// One read and its answers. False when nothing came in time.
  bool step(int timeout_ms) {
    const std::size_t size = terminal_.read(in_, timeout_ms);
    const auto arrival = Clock::now();
    devices_.wake(mono_now());
    if (size != 0) {
      asked_ = true;
      const std::span<const std::uint8_t> bytes(in_.data(), size);
      watch(bytes, arrival);
      devices_.receive(bytes, mono_now());
    }
    flush();
    return size != 0;
  }

  void watch(std::span<const std::uint8_t> bytes, Clock::time_point arrival) {
    while (const auto packet = decoder_.next(bytes)) {
      if (!qs::parse_header(*packet)) continue;
      qs::ItemReader items(*packet);
      while (const auto item = items.next()) {
        const auto command = qs::parse_command(*item);
        if (!command || load_told_ || qs::as_set_led(*command)) continue;
        const auto level = qs::as_go_to_level(*command);
        if (level && trigger_.loads.contains(level->serial)) load_told_ = arrival;
      }
    }
  }

  void flush() {
    const auto bytes = devices_.output();
    if (bytes.empty()) return;
    terminal_.write(bytes);
    devices_.consumed(bytes.size());
  }

  PseudoTerminal& terminal_;
  const Trigger trigger_;
  devices::SimulatedBus devices_;
  qs::Decoder decoder_;
  std::array<std::uint8_t, 16384> in_;
  std::optional<Clock::time_point> load_told_;
  bool asked_ = false;
};

/// A process that sends back what it reads, until this one ends.
class Echo {
 public:
  Echo() {
    const pid_t child = fork();
    if (child < 0) fail("cannot fork");
    if (child == 0) send_back();
  }

  double trip() {
    std::array<std::uint8_t, 1> byte{0x55};
    const auto begin = Clock::now();
    terminal_.write(byte);
    if (terminal_.read(byte, 1000) != 1) fail("the echo does not answer");
    return microseconds(Clock::now() - begin);
  }

 private:
  [[noreturn]] void send_back() {
    prctl(PR_SET_PDEATHSIG, SIGKILL);
    std::array<std::uint8_t, 64> bytes;
    for (;;) {
      const ssize_t size = ::read(terminal_.port_descriptor(), bytes.data(), bytes.size());
      if (size <= 0 || ::write(terminal_.port_descriptor(), bytes.data(), static_cast<std::size_t>(size)) != size)
        _exit(1);
    }
  }

  PseudoTerminal terminal_;
};

Project read_project(const std::string& path) {
  const auto files = project::load_files(path);
  if (!files) fail(files.error().message);
  Numbering numbering;
  auto reading = project::read(*files, numbering);
  if (!reading.project) fail(reading.complaints.front().text());
  return std::move(*reading.project);
}

const Link& link_on(const Project& project, const std::string& port) {
  for (const Link& link : project.links) {
    if (link.port == port) return link;
  }
  fail("no link of the project has the port " + port);
}

double percentile(const std::vector<double>& sorted, double percent) {
  return sorted[static_cast<std::size_t>(static_cast<double>(sorted.size() - 1) * percent / 100)];
}

void print(const char* name, std::vector<double>& times, const char* end) {
  std::sort(times.begin(), times.end());
  std::printf("\"%s\": {\"p50\": %.1f, \"p99\": %.1f, \"max\": %.1f}%s", name, percentile(times, 50),
              percentile(times, 99), times.back(), end);
}

int run(std::size_t presses) {
  Echo echo;
  PseudoTerminal terminal;
  std::printf("%s\n", terminal.port().c_str());
  std::fflush(stdout);
  std::string path;
  if (!std::getline(std::cin, path)) fail("no project");
  const Project project = read_project(path);
  Bus bus(terminal, project, link_on(project, terminal.port()).number);

  const auto deadline = Clock::now() + kDeadline;
  while (!bus.has_been_asked()) {
    bus.run_until_quiet(kQuietMs);
    if (Clock::now() > deadline) fail("no processor on " + terminal.port());
  }
  bus.run_until_quiet(kSettledMs);

  std::vector<double> pressed;
  std::vector<double> bare;
  for (std::size_t i = 0; i < kWarmUp + presses; ++i) {
    bus.run_until_quiet(kQuietMs);
    const double press = bus.press();
    bus.run_until_quiet(kQuietMs);
    const double trip = echo.trip();
    if (i < kWarmUp) continue;
    pressed.push_back(press);
    bare.push_back(trip);
  }
  std::printf("{");
  print("press", pressed, ", ");
  print("bare", bare, "}\n");
  return 0;
}

}  // namespace
}  // namespace candela::bench

int main(int argc, char** argv) {
  const long presses = argc == 2 ? std::atol(argv[1]) : 0;
  if (presses <= 0) {
    std::fprintf(stderr, "usage: press_bench PRESSES\n");
    return 2;
  }
  return candela::bench::run(static_cast<std::size_t>(presses));
}
