#pragma once

#include <string>

#include "engine/lights.h"

namespace candela::engine {

/// Works out every LED and scene from the project and the zones' targets alone, the slow and obvious way, and compares
/// with what Watches counted. Empty = equal; otherwise one line for each difference.
std::string inconsistency(const Lights& lights);

}  // namespace candela::engine
