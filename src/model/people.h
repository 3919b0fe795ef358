#pragma once

#include "model/cause.h"

namespace candela {

/// Whether away did that.
bool is_doing_of_away(const Cause& cause);

/// Whether people did that, by hand or by being there: what away may repeat on another day. What the house does by the
/// clock, by itself or because it must is not.
bool is_doing_of_people(const Cause& cause);

}  // namespace candela
