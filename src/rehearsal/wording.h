#pragma once

#include <span>
#include <string>
#include <vector>

#include "model/change.h"

namespace candela::rehearsal {

/// "40 %", "33.33 %"
std::string percent_text(Level level);
/// "3 s", to the millisecond
std::string time_text(Duration time);

/// One line for each change, in ids, and beneath each run of changes with the same cause a line that says why.
/// Changes that were due earlier than `now` (since `begin`) say when.
std::vector<std::string> outcome(std::span<const Change> changes, const Project& project, MonoTime begin, MonoTime now);

}  // namespace candela::rehearsal
