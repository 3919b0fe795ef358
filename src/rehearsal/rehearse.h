#pragma once

#include <optional>
#include <string>
#include <vector>

#include "rehearsal/actor.h"
#include "rehearsal/scenario.h"

namespace candela::rehearsal {

/// Where and why a scenario failed.
struct Failure {
  int line = 0;
  std::string step;      ///< the line as written
  std::string expected;  ///< empty when the line could not be played at all
  std::string found;     ///< what is so instead, or why the line could not be played
  std::string because;   ///< why it is so; empty = nothing is known to have caused it
  std::string when;      ///< local time
};

/// What came of one scenario. It ends at its first failure: what follows would only follow from that.
struct Verdict {
  std::string name;
  int line = 0;
  std::size_t steps = 0;  ///< played
  Duration virtual_time{};
  std::optional<Failure> failure;

  bool passed() const { return !failure; }
};

/// Plays the scenario in a home of its own that begins with every light off.
Verdict rehearse(const Scenario& scenario, const ProjectPtr& project, const Actor& actor);

}  // namespace candela::rehearsal
