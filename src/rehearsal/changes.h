#pragma once

#include <string>

#include "model/change.h"

namespace candela::rehearsal {

/// Whether people in the home would notice it, or miss it later.
bool is_noticed(const Change& change);
/// The zone that it is about; none for most.
ZoneId zone_of(const Change& change);
/// Why, oldest first. The clients of a rehearsal have no names.
std::string because(const Cause& cause, const Project& project);

}  // namespace candela::rehearsal
