#pragma once

#include <boost/asio/awaitable.hpp>
#include <boost/json/object.hpp>
#include <optional>
#include <string_view>

#include "servers/admin/request.h"

namespace candela::servers::admin {

/// "account add", "account list" and "account remove"; nothing for every other command.
boost::asio::awaitable<std::optional<Answer>> account_command(std::string_view command,
                                                              const boost::json::object& request,
                                                              const Context& context);

}  // namespace candela::servers::admin
