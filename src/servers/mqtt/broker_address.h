#pragma once

#include <cstdint>
#include <string>
#include <string_view>

#include "base/result.h"

namespace candela::servers::mqtt {

struct BrokerAddress {
  bool tls = true;
  std::string host;  ///< a name or an IP address, without the brackets of IPv6
  std::uint16_t port = 8883;

  /// As it is written in logs.
  std::string text() const;
  friend bool operator==(const BrokerAddress&, const BrokerAddress&) = default;
};

/// "mqtts://HOST[:PORT]" (8883 unless said), or "mqtt://HOST[:PORT]" (1883): that one is not encrypted, so it is only
/// for brokers on this machine ("localhost", 127.0.0.0/8, ::1) unless `plain_allowed`. The error says what is wrong,
/// and what is refused, why.
Result<BrokerAddress> read_broker_address(std::string_view text, bool plain_allowed);

}  // namespace candela::servers::mqtt
