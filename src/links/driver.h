#pragma once

#include "model/ports.h"

namespace candela::links {

/// A way to reach devices. It turns changes into frames and frames into events; it owns addresses and presence.
/// Lives on the core thread.
class Driver : public ChangeSink {
 public:
  /// Opens the port or socket and begins. What goes wrong is reported as an event (LinkReported), tried again, and
  /// never thrown.
  virtual void start() = 0;
  /// Says good-bye on the wire where the protocol has a word for it, and closes.
  virtual void stop() = 0;
};

}  // namespace candela::links
