#pragma once

#include <cstdint>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "servers/context.h"

namespace candela::servers::discovery {

/// What is said of a processor by multicast DNS, in the forms that client programs look for (leap.md §1.4, observed).
struct Announcement {
  struct Service {
    std::string type;  ///< "_leap._tcp"
    std::uint16_t port = 0;
    std::vector<std::string> text;  ///< KEY=value
  };
  std::string instance;                ///< what people see in a list of services
  std::string host;                    ///< with ".local"
  std::vector<std::string> addresses;  ///< IPv4, of the host
  std::vector<Service> services;
};

/// What there is to announce.
struct Served {
  std::optional<std::uint16_t> leap;
  std::optional<std::uint16_t> pairing;
};

/// `device_class` is that of the processor's model; `mac` may be empty.
Announcement announcement_of(const Identity& identity, const Served& served, std::vector<std::string> addresses,
                             std::string_view device_class, std::string_view mac);

/// An address of this machine where it can be reached.
struct Reachable {
  std::string address;
  std::string mac;  ///< lower case, with colons; empty if it has none
};
/// The addresses behind a listening address: itself, or for 0.0.0.0 all of this machine that are not loopback.
std::vector<Reachable> reachable_at(const std::string& listen);

}  // namespace candela::servers::discovery
