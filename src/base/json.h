#pragma once

#include <boost/json/fwd.hpp>
#include <string>

namespace candela {

/// Compact JSON text. Unlike the library's own writer, doubles print as people write them: 240.5, not 2.405E2.
std::string to_text(const boost::json::value& value);

}  // namespace candela
