#pragma once

#include <cstdint>
#include <functional>
#include <optional>
#include <vector>

#include "rehearsal/actor.h"
#include "rehearsal/scenario.h"
#include "rehearsal/usage.h"

namespace candela::rehearsal {

struct SimulationRequest {
  ProjectPtr project;
  UtcTime from{};
  UtcTime to{};
  std::vector<Step> events;           ///< of read_events()
  std::optional<std::uint64_t> seed;  ///< of people who press buttons by chance; none = nobody is at home
};

struct SimulationSummary {
  std::uint64_t deeds = 0;    ///< of the script and of people
  std::uint64_t wakes = 0;    ///< of the house by itself
  std::uint64_t changes = 0;  ///< that came of both
  Usage usage;
};

struct SimulationListener {
  /// What is so from now on, with the project as it is by then. Not called for what the power's return brings.
  std::function<void(const Change&, const Project&)> on_change;
  /// Time has come so far.
  std::function<void(UtcTime)> on_progress;
};

/// Runs a home from one moment to another. Errors name the line of the event that cannot happen.
Result<SimulationSummary> simulate(const SimulationRequest& request, const Actor& actor,
                                   const SimulationListener& listener);

}  // namespace candela::rehearsal
