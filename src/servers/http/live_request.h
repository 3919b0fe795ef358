#pragma once

#include <string>
#include <string_view>

namespace candela::servers::http {

/// A message of a page or program over /api/live ("PageMessage" of schema/api.yaml).
struct LiveRequest {
  enum class Kind { press, release, authorise, nonsense };
  Kind kind = Kind::nonsense;
  std::string object;  ///< the button's id, or the token; for nonsense: what is wrong with it
};

LiveRequest read_live_request(std::string_view message);

}  // namespace candela::servers::http
