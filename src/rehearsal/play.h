#pragma once

#include <filesystem>
#include <string>
#include <vector>

#include "base/result.h"
#include "rehearsal/script.h"

namespace candela::rehearsal {

/// Plays the script in virtual time and gives what came of each step, as expectations are written.
/// Errors name the line: a project that is refused, a command or id that is not known, and an engine whose LEDs, scenes
/// or view do not agree with its levels.
Result<std::vector<std::vector<std::string>>> play(const Script& script, const std::filesystem::path& folder);

}  // namespace candela::rehearsal
