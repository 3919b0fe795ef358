#pragma once

#include <boost/asio/awaitable.hpp>
#include <boost/json/fwd.hpp>

#include "base/result.h"
#include "servers/context.h"

namespace candela::servers::admin {

// Commands about what happened. Times are given and told as when.h says.

/// Why a zone is as it is, or was: {"zone", "at" (now), "last" (2)} -> {"zone", "level", "text", "because", "story",
/// "events"}; "story" is for people, of "events" the newest is the first.
boost::asio::awaitable<Result<boost::json::value>> explain(const boost::json::object& request, const Context& context);

/// {"zone", "area", "from", "to", "limit" (100)} -> the happenings, the newest first. An area is told with those in it.
boost::asio::awaitable<Result<boost::json::value>> history(const boost::json::object& request, const Context& context);

/// {"days", "megabytes"}: how much is kept; kept itself over restarts.
boost::asio::awaitable<Result<boost::json::value>> limit_history(const boost::json::object& request,
                                                                 const Context& context);

}  // namespace candela::servers::admin
