#pragma once

#include <boost/json/fwd.hpp>
#include <span>

#include "model/view.h"

namespace candela::servers::http {

/// How the home is at this moment (schema/api.yaml, State).
boost::json::object state_document(const View& view, MonoTime now);

/// The same shape with only what the changes changed, each object at its newest.
/// REQUIRES: the view has the changes already.
boost::json::object changes_document(std::span<const Change> changes, const View& view, MonoTime now);

/// One zone of those documents. A fade is told as a formula with the time it has run already, so that no two clocks
/// have to agree.
boost::json::object zone_state(const Zone& zone, const View& view, MonoTime now);

}  // namespace candela::servers::http
