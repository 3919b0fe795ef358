#pragma once

#include "servers/http/message.h"

namespace candela::servers::http {

/// schema/api.yaml, as it was when this was built.
Response api_description();

}  // namespace candela::servers::http
