#pragma once

#include <cstdint>
#include <filesystem>
#include <functional>
#include <string>

#include "servers/mqtt/broker_address.h"

namespace candela::servers::mqtt {

/// How the broker is reached, and what it is told.
struct Settings {
  BrokerAddress broker;
  std::filesystem::path ca;           ///< who signs the broker's certificate (PEM); empty = whom this machine trusts
  std::filesystem::path certificate;  ///< our own, for brokers that ask for one (PEM, with its issuers); empty = none
  std::filesystem::path key;          ///< its private key (PEM)
  std::string user;                   ///< empty = no login
  std::filesystem::path password_file;
  std::string prefix = "candela";  ///< of all topics; one for each processor at a broker
  std::string discovery_prefix = "homeassistant";
  bool discovery = true;   ///< Home Assistant is told what there is
  bool read_only = false;  ///< commands are refused
  /// Where a local socket may stand for a moment at each connecting; at most 107 bytes.
  std::filesystem::path socket;
  /// Told, on the server thread, why the broker cannot be used, and with an empty sentence when it can again.
  std::function<void(std::string)> on_trouble = [](const std::string&) {};
  std::uint32_t seed = 1;  ///< of the chance that spreads attempts to connect
};

}  // namespace candela::servers::mqtt
