#pragma once

#include <string>
#include <vector>

#include "model/project.h"

namespace candela::project {

/// What a project says of one of its objects.
struct Fact {
  std::string aspect;  ///< "fade"
  std::string value;   ///< "2 s"
};
using Facts = std::vector<Fact>;

/// An object with all that is said of it, its name apart.
struct Described {
  std::string kind;
  std::string id;
  std::string name;       ///< as it is written
  std::string full_name;  ///< with the place where it is
  Facts facts;
};

/// All objects of a project, in the order of a Comparison.
std::vector<Described> describe_all(const Project& project);

}  // namespace candela::project
