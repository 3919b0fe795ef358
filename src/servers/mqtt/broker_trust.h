#pragma once

#include <boost/asio/ssl/context.hpp>
#include <string>

#include "base/result.h"
#include "base/time.h"
#include "servers/leap/tls.h"
#include "servers/mqtt/settings.h"

namespace candela::servers::mqtt {

/// TLS for a client of the broker: 1.2 or 1.3, the broker's certificate signed by who is trusted. Nothing can switch
/// the check off. The error names the file that cannot be used.
Result<boost::asio::ssl::context> make_trust(const Settings& settings);

/// The certificate has to be of this name or address, and to be valid at that time.
void expect_broker(leap::Stream& stream, const std::string& host, UtcTime now);

/// The first line of the file. Refused when everybody on this machine can read it.
Result<std::string> read_password(const std::filesystem::path& file);

}  // namespace candela::servers::mqtt
