#include <fmt/format.h>

#include <algorithm>
#include <cstdint>
#include <optional>
#include <string>
#include <unordered_map>
#include <vector>

#include "base/overloaded.h"
#include "project/draft.h"

namespace candela::project {
namespace {

/// One thing can begin others: a press, a start of a sequence, a run of an event.
struct Way {
  std::uint32_t to = 0;
  bool certain = true;  ///< always, and not only when a condition holds or the LED is lit
};

struct Program {
  std::string name;
  std::optional<Mark> mark;
  std::vector<Way> ways;  ///< to what it begins in the same moment
};

/// All programs of a project and what each begins without any time passing.
class ProgramGraph {
 public:
  explicit ProgramGraph(const Draft& draft) : project_(draft.project) {
    for (std::size_t i = 0; i < project_.buttons.size(); ++i) add_button(project_.buttons[i], *draft.button_nodes[i]);
    for (std::size_t i = 0; i < project_.sequences.size(); ++i) {
      add_sequence(project_.sequences[i], *draft.sequence_nodes[i]);
    }
    for (std::size_t i = 0; i < project_.timeclock_events.size(); ++i) {
      Program& program = at(event(project_.timeclock_events[i].number));
      program.name = fmt::format("event '{}'", project_.timeclock_events[i].id);
      program.mark = draft.timeclock_event_nodes[i]->mark;
      add_ways(event(project_.timeclock_events[i].number), project_.timeclock_events[i].preset, true);
    }
  }

  const std::vector<Program>& programs() const { return programs_; }

 private:
  // What a key of a program is: its object's number, and which of its programs it is.
  enum Part : std::uint64_t {
    press_part,
    release_part,
    hold_part,
    double_tap_part,
    start_part,
    stop_part,
    run_part,
    parts
  };
  static std::uint64_t key(std::uint32_t number, Part part) { return number * std::uint64_t{parts} + part; }
  static std::uint64_t part_of(ButtonMove move) {
    switch (move) {
      case ButtonMove::press: return press_part;
      case ButtonMove::release: return release_part;
      case ButtonMove::hold: return hold_part;
      case ButtonMove::multi_tap: return double_tap_part;
    }
    return press_part;
  }

  std::uint32_t program(std::uint64_t key) {
    const auto [entry, is_new] = indices_.try_emplace(key, static_cast<std::uint32_t>(programs_.size()));
    if (is_new) programs_.emplace_back();
    return entry->second;
  }
  std::uint32_t button(ButtonId number, std::uint64_t part) {
    return program(key(number.value, static_cast<Part>(part)));
  }
  std::uint32_t sequence(SequenceId number, Part part) { return program(key(number.value, part)); }
  std::uint32_t event(TimeclockEventId number) { return program(key(number.value, run_part)); }
  Program& at(std::uint32_t index) { return programs_[index]; }

  void describe(std::uint32_t index, std::string name, const Node& node) {
    at(index).name = std::move(name);
    at(index).mark = node.mark;
  }

  void add_button(const Button& button, const Node& node) {
    const std::uint32_t press = this->button(button.number, press_part);
    const std::uint32_t release = this->button(button.number, release_part);
    const std::uint32_t hold = this->button(button.number, hold_part);
    const std::uint32_t double_tap = this->button(button.number, double_tap_part);
    describe(press, fmt::format("a press of '{}'", button.id), node);
    describe(release, fmt::format("a release of '{}'", button.id), node);
    describe(hold, fmt::format("holding '{}'", button.id), node);
    describe(double_tap, fmt::format("a double tap of '{}'", button.id), node);
    std::visit(overloaded{
                   [](const auto& /*does nothing else*/) {},
                   [&](const Toggle& it) { add_ways(press, it.on, false); },
                   [&](const AdvancedToggle& it) {
                     add_ways(press, it.dark, false);
                     add_ways(press, it.lit, false);
                   },
                   // After a press that might become a double tap, time passes.
                   [&](const SingleAction& it) { add_ways(press, it.preset, !it.stops_shades && !button.double_tap); },
                   [&](const DualAction& it) {
                     add_ways(press, it.press, true);
                     add_ways(release, it.release, true);
                   },
                   [&](const CycleDim& it) { add_ways(release, it.on, false); },
                   [&](const StartStopSequence& it) {
                     add_way(press, sequence(it.sequence, start_part), false);
                     add_way(press, sequence(it.sequence, stop_part), false);
                   },
               },
               button.programming);
    if (button.hold) add_ways(hold, *button.hold, true);
    if (button.double_tap) add_ways(double_tap, *button.double_tap, true);
  }

  void add_sequence(const Sequence& it, const Node& node) {
    const std::uint32_t start = sequence(it.number, start_part);
    const std::uint32_t stop = sequence(it.number, stop_part);
    describe(start, fmt::format("sequence '{}'", it.id), node);
    describe(stop, fmt::format("the stop of '{}'", it.id), node);
    for (const SequenceStep& step : it.steps) {
      // One that runs already does not begin again, unless it is told to.
      add_ways(start, step.preset, it.started_again == Sequence::StartedAgain::restart);
      if (step.then_wait > Duration{}) break;
    }
    for (const SequenceId other : it.stops) add_way(start, sequence(other, stop_part), false);
    if (it.at_stop) add_ways(stop, *it.at_stop, false);
  }

  void add_way(std::uint32_t from, std::uint32_t to, bool certain) { at(from).ways.push_back({to, certain}); }

  void add_ways(std::uint32_t from, const Preset& preset, bool certain) {
    for (const Action& action : preset.actions) add_ways(from, action, certain);
    for (const SceneId number : preset.scenes) {
      const Scene* scene = project_.find(number);
      if (scene == nullptr) continue;
      for (const Action& action : scene->preset.actions) add_ways(from, action, certain);
    }
  }

  void add_ways(std::uint32_t from, const Action& action, bool certain) {
    std::visit(overloaded{
                   [](const auto& /*begins nothing*/) {},
                   [&](const Conditional& it) {
                     for (const Branch& branch : it.branches) add_ways(from, branch.preset, false);
                   },
                   [&](const ButtonMoved& it) { add_way(from, button(it.button, part_of(it.move)), certain); },
                   [&](const ControlSequence& it) { add_control(from, it, certain); },
                   [&](const RunTimeclockEvent& it) { add_way(from, event(it.event), certain); },
               },
               action);
  }

  void add_control(std::uint32_t from, const ControlSequence& it, bool certain) {
    const bool toggles = it.control == Control::toggle;
    if (it.control != Control::stop) add_way(from, sequence(it.sequence, start_part), certain && !toggles);
    if (it.control != Control::start) add_way(from, sequence(it.sequence, stop_part), false);
  }

  const Project& project_;
  std::vector<Program> programs_;
  std::unordered_map<std::uint64_t, std::uint32_t> indices_;
};

/// Goes through all programs, depth first, and hands over each way round that it meets.
class LoopSearch {
 public:
  LoopSearch(const std::vector<Program>& programs, bool only_certain)
      : programs_(programs), only_certain_(only_certain), states_(programs.size(), State::fresh) {}

  template <class Use>
  void run(Use use) {
    for (std::uint32_t begin = 0; begin < programs_.size(); ++begin) {
      if (states_[begin] != State::fresh) continue;
      enter(begin, true);
      while (!path_.empty()) advance(use);
    }
  }

  struct Step {
    std::uint32_t program = 0;
    bool certain = true;  ///< of the way that led here
    std::size_t next_way = 0;
  };

 private:
  enum class State : std::uint8_t { fresh, on_the_path, done };

  void enter(std::uint32_t program, bool certain) {
    states_[program] = State::on_the_path;
    path_.push_back({program, certain, 0});
  }

  template <class Use>
  void advance(Use use) {
    Step& step = path_.back();
    const std::vector<Way>& ways = programs_[step.program].ways;
    if (step.next_way == ways.size()) {
      states_[step.program] = State::done;
      path_.pop_back();
      return;
    }
    const Way way = ways[step.next_way++];
    if (only_certain_ && !way.certain) return;
    if (states_[way.to] == State::fresh) {
      enter(way.to, way.certain);
    } else if (states_[way.to] == State::on_the_path) {
      const auto is_it = [&](const Step& it) { return it.program == way.to; };
      const auto first = std::find_if(path_.begin(), path_.end(), is_it);
      use(std::vector<Step>(first, path_.end()), way.certain);
    }
  }

  const std::vector<Program>& programs_;
  const bool only_certain_;
  std::vector<State> states_;
  std::vector<Step> path_;
};

std::string way_round(const std::vector<Program>& programs, const std::vector<LoopSearch::Step>& loop) {
  constexpr std::size_t kMostShown = 8;
  std::string text;
  for (std::size_t i = 0; i < std::min(loop.size(), kMostShown); ++i) {
    text += programs[loop[i].program].name + " -> ";
  }
  if (loop.size() > kMostShown) text += "... -> ";
  return text + programs[loop.front().program].name;
}

Mark place_of(const std::vector<Program>& programs, const std::vector<LoopSearch::Step>& loop) {
  for (const LoopSearch::Step& step : loop) {
    if (programs[step.program].mark) return *programs[step.program].mark;
  }
  return {};
}

}  // namespace

void check_loops(const Draft& draft, Complaints& complaints) {
  constexpr std::string_view kRemedy = "take one of them out, or wait in a sequence in between";
  const ProgramGraph graph(draft);
  const std::vector<Program>& programs = graph.programs();
  LoopSearch(programs, true).run([&](const std::vector<LoopSearch::Step>& loop, bool /*certain*/) {
    if (complaints.full()) return;
    complaints.error(place_of(programs, loop), "programming-loop",
                     "these go round and round without any time passing: " + way_round(programs, loop),
                     std::string(kRemedy));
  });
  LoopSearch(programs, false).run([&](const std::vector<LoopSearch::Step>& loop, bool last_is_certain) {
    const auto is_certain = [](const LoopSearch::Step& step) { return step.certain; };
    if (complaints.full() || (last_is_certain && std::all_of(loop.begin() + 1, loop.end(), is_certain))) return;
    complaints.warning(place_of(programs, loop), "programming-loop",
                       "these can go round and round without any time passing: " + way_round(programs, loop),
                       std::string(kRemedy));
  });
}

}  // namespace candela::project
