#pragma once

#include <set>

#include "model/view.h"
#include "servers/mqtt/topics.h"

namespace candela::servers::mqtt {

/// The objects whose topics may say something else after the change.
void note(const Change& change, const Project& project, std::set<Object>& touched);

}  // namespace candela::servers::mqtt
