#pragma once

#include <string>

#include "servers/leap/call.h"

/// /login: name and password instead of a certificate (leap.md §3.2), where the owner wants that.
namespace candela::leap {

/// Whether it has to be answered here. The service refuses it where no logins are taken.
bool asks_to_log_in(const Request& request);
/// Name and password; the error says what is missing.
Result<servers::Credentials> read_login(const Request& request);

/// The answer when name and password were right.
Answer logged_in(const Request& request, const std::string& name);
Answer login_refused();

}  // namespace candela::leap
