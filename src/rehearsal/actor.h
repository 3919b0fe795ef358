#pragma once

#include <functional>
#include <string>

#include "base/result.h"
#include "rehearsal/home.h"
#include "rehearsal/sentence.h"

namespace candela::rehearsal {

/// The project that a file holds, as it would be if it were transferred now; or why there is none.
using ReadProject = std::function<Result<ProjectPtr>(const std::string& file)>;

/// Carries out deeds in a home: what people, sensors, clients and the power company do. Pressing takes a moment and
/// holding as long as it says; so much time has then passed.
class Actor {
 public:
  explicit Actor(ReadProject read_project = {}) : read_project_(std::move(read_project)) {}

  /// Errors: an id that the home's project does not have, with the nearest one it has; a state that the object has not.
  Outcome perform(const Deed& deed, Home& home) const;

 private:
  Outcome move_button(const Deed& deed, Home& home) const;
  Outcome command(const Deed& deed, Home& home) const;
  Outcome report(const Deed& deed, Home& home) const;
  Outcome trouble(const Deed& deed, Home& home) const;
  Outcome transfer(const std::string& file, Home& home) const;

  ReadProject read_project_;
};

}  // namespace candela::rehearsal
