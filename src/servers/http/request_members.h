#pragma once

#include <boost/json/object.hpp>
#include <boost/json/value.hpp>
#include <string_view>
#include <variant>

#include "servers/http/message.h"
#include "servers/http/operations.h"

namespace candela::servers::http {

/// What the request says to the operation: the members of its body, or of its query for GET, with the operation's own.
/// The error is a finished answer: 400 for what is no JSON object or has members that are not the operation's, 415 for
/// a body that does not say that it is JSON. No body is as an empty object.
std::variant<boost::json::object, Response> members_of(const Request& request, const Operation& operation);

/// A text that is a whole number from 0 to 10^9 as that, every other as it is.
boost::json::value number_or_text(std::string_view text);

}  // namespace candela::servers::http
