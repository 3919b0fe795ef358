#pragma once

#include <boost/json/fwd.hpp>
#include <string>
#include <vector>

#include "base/result.h"
#include "project/compare.h"
#include "project/project_file.h"

namespace candela::project {

/// A project as it is in force, and the scenes that were edited since.
struct InForce {
  std::vector<File> files;
  std::vector<std::string> edited_scenes;
};

/// What putting a project into force would change.
struct TransferPlan {
  Comparison comparison;
  std::vector<std::string> replaced_edits;  ///< scenes that were edited while running, and get what the project says
  std::vector<std::string> warnings;        ///< of the new project
};

/// Errors: the new project is refused, with every complaint; the old one cannot be read any more.
Result<TransferPlan> plan_transfer(const InForce& old, const std::vector<File>& files);

/// {"summary", "differences", "restarts", "replaced_edits", "warnings"}, for programs.
boost::json::object to_json(const TransferPlan& plan);

}  // namespace candela::project
