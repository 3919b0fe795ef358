#pragma once

#include <boost/asio/io_context.hpp>
#include <cstdint>
#include <string>

#include "base/clock.h"
#include "model/ports.h"
#include "model/view.h"
#include "security/attempt_limiter.h"
#include "security/pairing_window.h"
#include "servers/administration.h"

namespace candela::servers {

/// How the processor names itself to clients; kept over restarts.
struct Identity {
  std::uint32_t serial = 0;  ///< 32 bits, made at first start
  std::string version;       ///< Candela's
};

/// What every server stands on. All of it belongs to the server thread, on whose loop the servers run.
struct Context {
  boost::asio::io_context& loop;
  const View& view;  ///< already holds the changes that on_changes brings
  EventSink& events;
  const Clock& clock;
  Administration& administration;
  const Identity& identity;
  AttemptLimiter& attempts;          ///< passwords that were wrong, whatever protocol they came by
  PairingWindow* pairing = nullptr;  ///< null = pairing is not served
};

/// Where a server listens. Port 0 takes a free one.
struct Endpoint {
  std::string address = "127.0.0.1";
  std::uint16_t port = 0;
};

}  // namespace candela::servers
