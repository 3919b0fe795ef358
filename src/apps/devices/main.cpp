#include <sys/stat.h>
#include <unistd.h>

#include <CLI/CLI.hpp>
#include <boost/asio/buffer.hpp>
#include <boost/asio/io_context.hpp>
#include <boost/asio/posix/stream_descriptor.hpp>
#include <boost/asio/signal_set.hpp>
#include <csignal>
#include <iostream>
#include <memory>

#include "apps/devices/bus_terminal.h"
#include "apps/devices/commands.h"
#include "apps/devices/control_server.h"
#include "project/project_file.h"
#include "runtime/machine_clock.h"

/// candela-devices: plays the devices of one link of a project on a pseudo-terminal.
namespace candela::devices {
namespace {

namespace fs = std::filesystem;

struct Options {
  std::string project;
  std::string link;
  std::string pty;
  std::string control;
  bool until_stdin_closes = false;
};

std::optional<Project> read_project(const std::string& path) {
  const auto files = project::load_files(path);
  if (!files) {
    std::cerr << files.error().message << '\n';
    return std::nullopt;
  }
  Numbering numbering;
  project::Reading reading = project::read(*files, numbering);
  if (!reading.project) {
    for (const auto& complaint : reading.complaints) std::cerr << complaint.text() << '\n';
  }
  return std::move(reading.project);
}

/// A name for the terminal that stays the same from start to start, as long as this lives.
class TerminalName {
 public:
  TerminalName(const fs::path& name, const fs::path& target) : name_(name) {
    if (fs::is_symlink(name_)) fs::remove(name_);
    fs::create_symlink(target, name_);
  }
  ~TerminalName() {
    std::error_code ignored;
    fs::remove(name_, ignored);
  }
  TerminalName(const TerminalName&) = delete;
  TerminalName& operator=(const TerminalName&) = delete;

 private:
  const fs::path name_;
};

void stop_at_end_of_input(boost::asio::posix::stream_descriptor& input, boost::asio::io_context& loop) {
  static std::array<char, 64> ignored;
  input.async_read_some(boost::asio::buffer(ignored), [&](const boost::system::error_code& ended, std::size_t) {
    if (ended) return loop.stop();
    stop_at_end_of_input(input, loop);
  });
}

int run(const Options& options) {
  // The control socket is for the user who started this only.
  ::umask(077);
  const auto project = read_project(options.project);
  if (!project) return 1;
  const Link* link = project->find_link(options.link);
  if (link == nullptr) {
    std::cerr << "no link \"" << options.link << "\" in " << options.project << '\n';
    return 1;
  }
  boost::asio::io_context loop(1);
  const runtime::MachineClock clock;
  SimulatedBus bus(*project, link->number, clock.now().mono);
  BusTerminal terminal(loop, clock, bus);

  std::unique_ptr<TerminalName> name;
  if (!options.pty.empty()) name = std::make_unique<TerminalName>(options.pty, terminal.path());
  std::unique_ptr<ControlServer> control;
  if (!options.control.empty()) {
    control = std::make_unique<ControlServer>(loop, options.control, [&](std::string_view line) {
      std::string answer = execute(bus, line, clock.now().mono);
      terminal.flush();
      return answer;
    });
  }
  boost::asio::signal_set signals(loop, SIGINT, SIGTERM);
  signals.async_wait([&](const boost::system::error_code&, int) { loop.stop(); });
  boost::asio::posix::stream_descriptor input(loop);
  if (options.until_stdin_closes) {
    input.assign(::dup(STDIN_FILENO));
    stop_at_end_of_input(input, loop);
  }
  // The first line says that the devices listen, and where.
  std::cout << (options.pty.empty() ? terminal.path() : options.pty) << std::endl;
  loop.run();
  return 0;
}

}  // namespace
}  // namespace candela::devices

int main(int argc, char** argv) {
  candela::devices::Options options;
  CLI::App app{"Plays the devices of one link of a project on a pseudo-terminal, for a processor to drive."};
  app.add_option("--project", options.project, "the project: a file, or a folder of files")->required();
  app.add_option("--link", options.link, "the id of the link")->required();
  app.add_option("--pty", options.pty, "a name for the pseudo-terminal; it is printed when there is none");
  app.add_option("--control", options.control,
                 "a Unix socket for commands: press, release, tap, hold KEYPAD.POSITION; level, tilt DEVICE.OUTPUT "
                 "PERCENT; occupied, vacant SENSOR; lux SENSOR N; close, open DEVICE.POSITION; silent, speak, "
                 "duplicate DEVICE; corrupt, drop N; reverse on|off; state");
  app.add_flag("--until-stdin-closes", options.until_stdin_closes, "end when the standard input ends");
  try {
    app.parse(argc, argv);
  } catch (const CLI::ParseError& error) {
    return app.exit(error) == 0 ? 0 : 2;
  }
  try {
    return candela::devices::run(options);
  } catch (const std::exception& error) {
    std::cerr << "candela-devices: " << error.what() << '\n';
    return 1;
  }
}
