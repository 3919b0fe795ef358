#include "rehearsal/wording.h"

#include <fmt/format.h>

#include <array>

#include "base/overloaded.h"
#include "model/describe.h"

namespace candela::rehearsal {
namespace {

template <class Id>
std::string id_text(const Project& project, Id number) {
  const auto* object = project.find(number);
  return object == nullptr ? fmt::format("unknown {}", number.value) : object->id;
}

const char* word(LedState state) {
  constexpr std::array kWords{"off", "on", "flash", "rapid_flash"};
  return kWords[static_cast<std::size_t>(state)];
}
const char* word(ButtonMove move) {
  constexpr std::array kWords{"pressed", "released", "held", "tapped"};
  return kWords[static_cast<std::size_t>(move)];
}
const char* word(LinkFault fault) {
  constexpr std::array kWords{"works", "port_closed", "no_devices", "corrupted_frames", "reversed_pair"};
  return kWords[static_cast<std::size_t>(fault)];
}
const char* word(DeviceFault fault) {
  constexpr std::array kWords{"", " (silent)", " (duplicate_address)"};
  return kWords[static_cast<std::size_t>(fault)];
}

std::string zone_text(const ZoneTargeted& it, const Project& project) {
  const std::string id = id_text(project, it.zone);
  const std::string level = percent_text(it.fade.to);
  if (it.reported) return fmt::format("{} is at {}, it says", id, level);
  if (it.fade.duration == Duration::zero()) return fmt::format("{} -> {}", id, level);
  return fmt::format("{} {} -> {} over {}", id, percent_text(it.fade.from), level, time_text(it.fade.duration));
}

std::string change_text(const Change& change, const Project& project) {
  return std::visit(
      overloaded{
          [&](const ZoneTargeted& it) { return zone_text(it, project); },
          [&](const LedChanged& it) { return fmt::format("led {} {}", id_text(project, it.led), word(it.state)); },
          [&](const SceneChanged& it) {
            return fmt::format("scene of {}: {}", id_text(project, it.area),
                               it.scene ? id_text(project, it.scene) : "none");
          },
          [&](const ButtonActed& it) { return fmt::format("{} {}", id_text(project, it.button), word(it.move)); },
          [&](const PresenceChanged& it) {
            return fmt::format("{} {}{}", id_text(project, it.device), it.present ? "present" : "absent",
                               word(it.fault));
          },
          [&](const LinkChanged& it) { return fmt::format("link {} {}", id_text(project, it.link), word(it.fault)); },
          [&](const ProjectActivated& it) { return fmt::format("project {} active", it.project->name); },
          [&](const auto&) { return describe(change, project); },
      },
      change.what);
}

std::string why(const Cause& cause, const Project& project) {
  return "  because: " + describe(cause, project, [](ClientId) { return std::string("somebody"); });
}

}  // namespace

std::string percent_text(Level level) { return fmt::format("{} %", level.percent()); }
std::string time_text(Duration time) {
  return fmt::format("{} s", to_seconds(std::chrono::round<std::chrono::milliseconds>(time)));
}

std::vector<std::string> outcome(std::span<const Change> changes, const Project& project, MonoTime begin,
                                 MonoTime now) {
  std::vector<std::string> lines;
  std::string because;  // of the lines before
  for (const Change& change : changes) {
    const std::string text = change_text(change, project);
    if (text.empty()) continue;
    std::string its = why(change.cause, project);
    if (!because.empty() && its != because) lines.push_back(because);
    because = std::move(its);
    const std::string when = change.at.mono == now ? "" : time_text(change.at.mono - begin) + ": ";
    lines.push_back(when + text);
  }
  if (!because.empty()) lines.push_back(because);
  return lines;
}

}  // namespace candela::rehearsal
