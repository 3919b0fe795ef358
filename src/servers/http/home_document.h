#pragma once

#include <boost/json/fwd.hpp>
#include <string>

#include "model/project.h"

namespace candela::servers::http {

/// The home as the page draws it (schema/api.yaml, Home): what the project says, nothing that changes by itself.
boost::json::object home_document(const Project& project, const std::string& version);

}  // namespace candela::servers::http
