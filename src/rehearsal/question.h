#pragma once

#include <deque>
#include <string>

#include "base/result.h"
#include "rehearsal/home.h"
#include "rehearsal/sentence.h"

namespace candela::rehearsal {

/// The answer to a check.
struct Answer {
  bool holds = false;
  std::string found;    ///< what is so instead: "Hall Ceiling is at 35 %"
  std::string because;  ///< the cause of that; may be empty
};

/// What of a home's past a check may ask for: changes since the step before.
struct Past {
  std::deque<Change> changes;  ///< oldest first
  UtcTime begin{};             ///< of the scenario
};

/// Whether it is so now. Errors: an id or a state that the project does not have.
Result<Answer> ask(const Check& check, const Home& home, const Past& past);

}  // namespace candela::rehearsal
