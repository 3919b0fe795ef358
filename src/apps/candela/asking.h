#pragma once

#include <boost/json/fwd.hpp>
#include <functional>
#include <string>
#include <string_view>

#include "apps/candela/commands.h"

namespace candela::apps {

/// Prints why something was not done; the exit status for that.
int fail(const std::string& reason);

/// Asks the processor one thing and shows the result: as JSON if wanted, else by `show`. The exit status.
int ask(const Setting& setting, const boost::json::object& request,
        const std::function<void(const boost::json::value&)>& show = {});

/// A member that is a text.
std::string text(const boost::json::value& object, std::string_view key);

}  // namespace candela::apps
