// candela simulate: what a home would do from one moment to another.

#include <fmt/core.h>
#include <unistd.h>

#include <algorithm>
#include <boost/json.hpp>
#include <chrono>

#include "apps/candela/project_reading.h"
#include "apps/candela/rehearsal_commands.h"
#include "base/json.h"
#include "model/describe.h"
#include "rehearsal/changes.h"
#include "rehearsal/simulation.h"

namespace candela::apps {
namespace {

namespace json = boost::json;
using rehearsal::Calendar;
using Clock = std::chrono::steady_clock;

int fail(const std::string& reason) {
  fmt::print(stderr, "candela: {}\n", reason);
  return 1;
}

Result<std::vector<rehearsal::Step>> read_script(const std::filesystem::path& file) {
  if (file.empty()) return std::vector<rehearsal::Step>{};
  const auto text = read_text(file);
  if (!text) return text.error();
  auto events = rehearsal::read_events(*text);
  std::string problems;
  for (const auto& it : events.problems) {
    problems += fmt::format("{}{}:{}: {}", problems.empty() ? "" : "\n", file.string(), it.line, it.message);
  }
  if (!problems.empty()) return Error{problems};
  return std::move(events.scenarios.front().steps);
}

Result<UtcTime> read_time(const std::string& text, const Calendar& calendar) {
  const auto moment = rehearsal::read_moment(text);
  if (!moment) return moment.error();
  return *calendar.find(*moment, {});
}

/// Says on a terminal how far a long run is.
class Progress {
 public:
  Progress(UtcTime from, UtcTime to) : from_(from), to_(to), shown_(isatty(STDERR_FILENO) == 1) {}
  ~Progress() {
    if (said_) fmt::print(stderr, "\r\033[K");
  }
  Progress(const Progress&) = delete;
  Progress& operator=(const Progress&) = delete;

  void so_far(UtcTime time) {
    constexpr std::chrono::milliseconds kPause{500};
    if (!shown_ || Clock::now() < last_ + kPause) return;
    last_ = Clock::now();
    said_ = true;
    fmt::print(stderr, "\r{} %", (time - from_) * 100 / (to_ - from_));
  }

 private:
  const UtcTime from_;
  const UtcTime to_;
  const bool shown_;
  bool said_ = false;
  Clock::time_point last_ = Clock::now();
};

/// Prints what happens, a line each.
class Printer {
 public:
  Printer(const Setting& setting, const SimulateRequest& request, const Calendar& calendar)
      : setting_(setting), request_(request), calendar_(calendar) {}

  void show(const Change& change, const Project& project) const {
    if (request_.quiet || is_left_out(change, project)) return;
    const std::string text = describe(change, project);
    if (text.empty()) return;
    if (setting_.json) {
      const Zone* zone = project.find(rehearsal::zone_of(change));
      json::object line{{"time", calendar_.iso_text(change.at.utc)},
                        {"text", text},
                        {"because", rehearsal::because(change.cause, project)}};
      if (zone != nullptr) line["zone"] = zone->id;
      fmt::print("{}\n", to_text(line));
      return;
    }
    fmt::print("{}  {}\n", calendar_.text(change.at.utc), text);
    if (request_.why) fmt::print("{:25}because {}\n", "", rehearsal::because(change.cause, project));
  }

 private:
  bool is_left_out(const Change& change, const Project& project) const {
    if (!request_.zone.empty()) {
      const Zone* zone = project.find(rehearsal::zone_of(change));
      return zone == nullptr || zone->id != request_.zone;
    }
    const auto* button = std::get_if<ButtonActed>(&change.what);
    const bool released = button != nullptr && button->move == ButtonMove::release;
    return !request_.all && (released || std::holds_alternative<LedChanged>(change.what));
  }

  const Setting& setting_;
  const SimulateRequest& request_;
  const Calendar& calendar_;
};

using ZoneUsage = std::pair<const Zone*, rehearsal::Usage::Zone>;

/// Those that were lit longest come first.
std::vector<ZoneUsage> by_lit_time(const rehearsal::Usage& usage, const Project& project, UtcTime end) {
  std::vector<ZoneUsage> zones;
  const auto used = usage.until(end);
  for (const Zone& zone : project.zones) {
    const auto found = used.find(zone.number);
    if (found != used.end() && !is_shade(zone.load)) zones.emplace_back(&zone, found->second);
  }
  std::stable_sort(zones.begin(), zones.end(),
                   [](const ZoneUsage& a, const ZoneUsage& b) { return a.second.lit > b.second.lit; });
  return zones;
}

double hours(UtcTime::duration time) { return std::chrono::duration<double, std::ratio<3600>>(time).count(); }

void print_summary(const Setting& setting, const rehearsal::SimulationSummary& summary,
                   const std::vector<ZoneUsage>& zones, UtcTime::duration simulated, double seconds) {
  if (setting.json) {
    json::array used;
    for (const auto& [zone, usage] : zones) {
      used.push_back({{"zone", zone->id}, {"switched_on", usage.switched_on}, {"hours_on", hours(usage.lit)}});
    }
    const json::object all{{"summary",
                            {{"hours", hours(simulated)},
                             {"events", summary.deeds},
                             {"wakes", summary.wakes},
                             {"changes", summary.changes},
                             {"seconds", seconds},
                             {"zones", std::move(used)}}}};
    fmt::print("{}\n", to_text(all));
    return;
  }
  constexpr double kHoursPerDay = 24;
  fmt::print("\n{:.4g} days in {:.2f} s: {} events, {} wakes of the house, {} changes\n",
             hours(simulated) / kHoursPerDay, seconds, summary.deeds, summary.wakes, summary.changes);
  if (zones.empty()) return;
  fmt::print("{:32} {:>12} {:>10}\n", "zone", "switched on", "hours on");
  for (const auto& [zone, usage] : zones) {
    fmt::print("{:32} {:>12} {:>10.1f}\n", zone->id, usage.switched_on, hours(usage.lit));
  }
}

}  // namespace

int simulate(const Setting& setting, const SimulateRequest& request) {
  Numbering numbering;
  const auto project = read_project(request.project, numbering);
  if (!project) return fail(project.error().message);
  auto events = read_script(request.events);
  if (!events) return fail(events.error().message);
  const Calendar calendar((*project)->location);
  const auto from = read_time(request.from, calendar);
  if (!from) return fail("--from: " + from.error().message);
  const auto to = read_time(request.to, calendar);
  if (!to) return fail("--to: " + to.error().message);
  if (*to <= *from) return fail("--to must be later than --from");
  if (!request.zone.empty() && (*project)->find_zone(request.zone) == nullptr) {
    return fail("the project has no zone '" + request.zone + "'");
  }

  const Printer printer(setting, request, calendar);
  const auto began = Clock::now();
  const auto summary = [&] {
    Progress progress(*from, *to);
    rehearsal::SimulationListener listener;
    listener.on_change = [&](const Change& change, const Project& now) { printer.show(change, now); };
    listener.on_progress = [&](UtcTime time) { progress.so_far(time); };
    const rehearsal::Actor actor(
        [&](const std::string& file) { return read_project(request.events.parent_path() / file, numbering); });
    return rehearsal::simulate({*project, *from, *to, std::move(*events), request.seed}, actor, listener);
  }();
  if (!summary) return fail((request.events.empty() ? "" : request.events.string() + ":") + summary.error().message);
  const double seconds = std::chrono::duration<double>(Clock::now() - began).count();
  auto zones = by_lit_time(summary->usage, **project, *to);
  std::erase_if(zones, [&](const ZoneUsage& it) { return !request.zone.empty() && it.first->id != request.zone; });
  print_summary(setting, *summary, zones, *to - *from, seconds);
  return 0;
}

}  // namespace candela::apps
