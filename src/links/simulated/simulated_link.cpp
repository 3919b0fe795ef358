#include "links/simulated/simulated_link.h"

#include <algorithm>
#include <tuple>

#include "links/qs_wired/qs_wired.h"
#include "links/simulated/devices_process.h"

namespace candela::links {
namespace {

/// What candela-devices makes of a device: when that changes, it has to be started anew.
std::vector<std::string> fingerprint(const Project& project, LinkId link) {
  std::vector<std::string> devices;
  for (const Device& device : project.devices) {
    if (device.link != link) continue;
    std::string text = device.id + ' ' + std::to_string(device.serial) + ' ' + std::to_string(device.outputs);
    for (const ButtonId id : device.buttons) {
      if (const Button* button = project.find(id)) text += ' ' + std::to_string(button->position);
    }
    devices.push_back(std::move(text));
  }
  return devices;
}

class SimulatedLink final : public Driver {
 public:
  SimulatedLink(boost::asio::io_context& loop, const Clock& clock, const View& view, EventSink& events, LinkId link,
                const std::filesystem::path& program, const std::filesystem::path& project,
                const std::filesystem::path& control_socket)
      : view_(view),
        link_(link),
        terminal_(std::filesystem::path(control_socket).replace_extension(".pty")),
        bus_(make_qs_wired(loop, clock, view, events, link, terminal_.string())),
        process_(loop, {program.string(),
                        {"--project", project.string(), "--link", view.project()->find(link)->id, "--pty",
                         terminal_.string(), "--control", control_socket.string(), "--until-stdin-closes"},
                        [this] { on_ready(); },
                        [this] { remove_terminal(); }}) {}

  void start() override {
    devices_ = fingerprint(*view_.project(), link_);
    remove_terminal();
    process_.start();
  }

  void stop() override {
    bus_->stop();
    bus_started_ = false;
    process_.stop();
    remove_terminal();
  }

  void on_changes(std::span<const Change> changes) override {
    bus_->on_changes(changes);
    const auto activates = [](const Change& change) { return std::holds_alternative<ProjectActivated>(change.what); };
    if (!std::ranges::any_of(changes, activates)) return;
    auto devices = fingerprint(*view_.project(), link_);
    if (devices == devices_) return;
    devices_ = std::move(devices);
    remove_terminal();
    process_.restart();
  }

 private:
  void on_ready() {
    if (!std::exchange(bus_started_, true)) bus_->start();
  }

  /// The number of a terminal that is gone may become anybody's: its name must not lead there.
  void remove_terminal() {
    std::error_code ignored;
    std::filesystem::remove(terminal_, ignored);
  }

  const View& view_;
  const LinkId link_;
  const std::filesystem::path terminal_;
  const std::unique_ptr<Driver> bus_;
  DevicesProcess process_;
  std::vector<std::string> devices_;
  bool bus_started_ = false;
};

}  // namespace

std::unique_ptr<Driver> make_simulated_link(boost::asio::io_context& loop, const Clock& clock, const View& view,
                                            EventSink& events, LinkId link, const std::filesystem::path& program,
                                            const std::filesystem::path& project,
                                            const std::filesystem::path& control_socket) {
  return std::make_unique<SimulatedLink>(loop, clock, view, events, link, program, project, control_socket);
}

}  // namespace candela::links
