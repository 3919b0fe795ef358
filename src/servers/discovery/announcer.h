#pragma once

#include <memory>

#include "servers/discovery/announcement.h"

namespace candela::servers::discovery {

/// Has the machine's Avahi daemon announce the processor, for as long as this lives. It talks to Avahi over D-Bus on a
/// thread of its own, since a bus that hangs must not hold up clients. Where there is no Avahi, or none yet, or it is
/// started again, it goes on by itself; the log says so.
class Announcer {
 public:
  explicit Announcer(Announcement announcement);
  /// Takes the announcement back.
  ~Announcer();
  Announcer(const Announcer&) = delete;
  Announcer& operator=(const Announcer&) = delete;

 private:
  class Impl;
  std::unique_ptr<Impl> impl_;
};

}  // namespace candela::servers::discovery
