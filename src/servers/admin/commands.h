#pragma once

#include <boost/asio/awaitable.hpp>
#include <boost/json/fwd.hpp>
#include <string>

#include "servers/context.h"
#include "servers/pressed_buttons.h"
#include "servers/requests/request.h"

namespace candela::servers::admin {

/// The candela command, as the source of what it asks for.
inline constexpr Source kCommandSource{Source::Kind::command, {}};

/// Carries out one request of the `candela` command (all but "watch"). The error is a sentence for the person.
boost::asio::awaitable<requests::Answer> carry_out(const boost::json::object& request, const Context& context,
                                                   PressedButtons& pressed);

/// A line of the feed: {"time", "text", "because"}; null for changes that nobody wants to read.
boost::json::value feed_entry(const Change& change, const Context& context);

}  // namespace candela::servers::admin
