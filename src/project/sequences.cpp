#include <fmt/format.h>

#include <algorithm>
#include <array>
#include <limits>

#include "project/builder.h"
#include "project/programming_values.h"
#include "project/values.h"

namespace candela::project {
namespace {

using StartedAgain = Sequence::StartedAgain;
constexpr Words<StartedAgain, 3> kStartedAgain{
    {{"ignore", StartedAgain::ignore}, {"restart", StartedAgain::restart}, {"stop", StartedAgain::stop}}};
constexpr std::string_view kForever = "forever";
/// A round of an endless sequence that is shorter than this keeps devices and links busy for nothing.
constexpr Duration kShortestRound = std::chrono::milliseconds(250);

Duration length_of(const Sequence& sequence) {
  Duration length{};
  for (const SequenceStep& step : sequence.steps) length += step.then_wait;
  return length;
}

}  // namespace

void Builder::make_variables() {
  for (const Node& node : root_.list_of("variables")) {
    if (!declare(node, ObjectKind::variable, project().variables.size())) continue;
    Variable variable;
    variable.id = node.text_of("id");
    variable.number = {number("variable", variable.id)};
    variable.name = name_of(node);
    variable.kept = flag_of(node, "kept").value_or(true);
    for (const Node& state : node.list_of("states")) add_state(state, variable);
    const Node* initial = node.find("initial");
    if (initial != nullptr && initial->is_scalar()) {
      variable.initial = state_of(variable, initial->text, initial->mark).value_or(0);
    }
    project().variables.push_back(std::move(variable));
  }
}

void Builder::add_state(const Node& node, Variable& variable) {
  if (!node.is_scalar() || variable.states.size() == std::numeric_limits<std::uint8_t>::max()) return;
  names_.check_form(node.text, node.mark);
  if (std::find(variable.states.begin(), variable.states.end(), node.text) != variable.states.end()) {
    complaints_.error(node.mark, "duplicate-state",
                      fmt::format("'{}' is already a state of variable '{}'", node.text, variable.id),
                      "keep one of them");
    return;
  }
  variable.states.push_back(node.text);
}

std::optional<std::uint8_t> Builder::state_of(const Variable& variable, std::string_view text, Mark mark) {
  const auto found = std::find(variable.states.begin(), variable.states.end(), text);
  if (found != variable.states.end()) return static_cast<std::uint8_t>(found - variable.states.begin());
  const std::vector<std::string_view> known(variable.states.begin(), variable.states.end());
  complaints_.error(mark, "unknown-state", fmt::format("variable '{}' has no state '{}'", variable.id, text),
                    known.empty() ? "give it states" : "its states are " + alternatives(known));
  return std::nullopt;
}

void Builder::make_modes() {
  for (const Node& node : root_.list_of("modes")) {
    if (!declare(node, ObjectKind::mode, project().modes.size())) continue;
    Mode mode;
    mode.id = node.text_of("id");
    mode.number = {number("mode", mode.id)};
    mode.name = name_of(node);
    project().modes.push_back(std::move(mode));
  }
}

void Builder::make_sequences() {
  for (const Node& node : root_.list_of("sequences")) {
    if (!declare(node, ObjectKind::sequence, project().sequences.size())) continue;
    Sequence sequence;
    sequence.id = node.text_of("id");
    sequence.number = {number("sequence", sequence.id)};
    sequence.name = name_of(node);
    project().sequences.push_back(std::move(sequence));
    draft_.sequence_nodes.push_back(&node);
  }
}

void Builder::make_shared_scenes() {
  for (const Node& node : root_.list_of("shared_scenes")) {
    if (!declare(node, ObjectKind::scene, project().scenes.size())) continue;
    Scene scene;
    scene.id = node.text_of("id");
    scene.number = {number("scene", scene.id)};
    scene.name = name_of(node);
    scene.area = project().areas.front().number;
    scene.shared = true;
    project().scenes.push_back(std::move(scene));
    draft_.scene_nodes.push_back(&node);
  }
}

void Builder::fill_sequences() {
  for (std::size_t i = 0; i < project().sequences.size(); ++i) {
    fill_sequence(*draft_.sequence_nodes[i], project().sequences[i]);
  }
}

void Builder::fill_sequence(const Node& node, Sequence& sequence) {
  const AreaId home = project().areas.front().number;
  for (const Node& step : node.list_of("steps")) {
    sequence.steps.push_back({preset(step, home), duration_of(step, "wait").value_or(Duration{})});
    if (step.is_map() && step.keys.empty()) {
      complaints_.warning(step.mark, "empty-preset", "this step does nothing", "add 'zones', 'actions' or 'wait'");
    }
  }
  sequence.rounds = rounds_of(node);
  if (const Node* word = node.find("started_again")) {
    sequence.started_again = known_meaning_of(*word, kStartedAgain).value_or(sequence.started_again);
  }
  sequence.stops_on_command = flag_of(node, "stops_on_command").value_or(false);
  if (const Node* others = node.find("stops")) {
    for_each(*others, [&](const Node& item) {
      const Names::Named* other = named(item, ObjectKind::sequence);
      if (other != nullptr) sequence.stops.push_back(project().sequences[other->index].number);
    });
  }
  if (const Node* at_stop = node.find("at_stop")) sequence.at_stop = preset(*at_stop, home);
  check_pace(node, sequence);
}

std::uint32_t Builder::rounds_of(const Node& node) {
  const Node* rounds = node.find("rounds");
  if (rounds == nullptr || !rounds->is_scalar()) return 1;
  if (rounds->text == kForever) return 0;
  constexpr std::int64_t kMost = 1'000'000;
  if (const auto count = whole_of(node, "rounds", 1, kMost)) return static_cast<std::uint32_t>(*count);
  if (rounds->quoted || !parse_whole(rounds->text)) {
    complaints_.error(rounds->mark, "unknown-word", fmt::format("'{}' is no number of rounds", rounds->text),
                      "write a number, or forever");
  }
  return 1;
}

void Builder::check_pace(const Node& node, const Sequence& sequence) {
  const Duration length = length_of(sequence);
  if (sequence.rounds == 1 || sequence.steps.empty() || length >= kShortestRound) return;
  const Mark mark = node.find("rounds")->mark;
  if (length == Duration{}) {
    complaints_.error(mark, "programming-loop",
                      fmt::format("sequence '{}' goes round and round without any time passing", sequence.id),
                      "add 'wait' to one of its steps");
  } else if (sequence.rounds == 0) {
    complaints_.warning(mark, "hasty-sequence",
                        fmt::format("sequence '{}' begins a new round more than four times a second", sequence.id),
                        "wait longer in its steps; devices and links cannot follow that fast");
  }
}

}  // namespace candela::project
