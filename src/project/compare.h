#pragma once

#include <cstdint>
#include <string>
#include <vector>

#include "model/project.h"

namespace candela::project {

/// One thing that a new project makes different.
struct Difference {
  enum class What : std::uint8_t { added, removed, renamed, changed };

  What what = What::changed;
  std::string kind;    ///< "zone"; "project" for what holds for the whole home
  std::string id;      ///< as in the files
  std::string name;    ///< for people: "Hall Downlights", "button 2 of Hall Front door"
  std::string aspect;  ///< what of it changed: "programming"; empty unless changed
  std::string was;     ///< changed and renamed; empty = it had none
  std::string now;

  /// "button 2 of Hall Front door (front-door.2): programming was toggle hall.bright, now single action hall.evening"
  std::string text() const;
};

/// What a transfer would change, old beside new.
struct Comparison {
  std::vector<Difference> differences;  ///< in the order of kinds: the home, its hardware, its rooms, its programming
  std::vector<std::string> restarts;    ///< links and gateways whose drivers begin anew; all others go on undisturbed

  bool same() const { return differences.empty(); }
  /// "3 zones added, 1 button changed"; "nothing changes".
  std::string summary() const;
};

/// Objects are the same when their kinds and ids are: then they keep their numbers, levels and states.
/// Values name other objects by their ids, so that a new name is one difference and not one wherever it is used.
Comparison compare(const Project& old, const Project& now);

}  // namespace candela::project
