#pragma once

#include <cstdint>
#include <filesystem>
#include <memory>
#include <optional>
#include <string>

#include "base/clock.h"
#include "base/result.h"
#include "model/client.h"
#include "servers/mqtt/settings.h"

namespace candela::runtime {

struct Settings {
  std::filesystem::path project;  ///< the file or folder to start with
  std::filesystem::path state;    ///< the directory that remembers
  std::string listen = "127.0.0.1";
  std::optional<std::uint16_t> leap_port = 8081;  ///< none = off, 0 = a free one
  bool leap_login = false;                        ///< clients without a certificate may log in
  std::optional<std::uint16_t> pairing_port = 8083;
  std::filesystem::path pairing_certificate;  ///< the owner's, for the pairing port; empty = our own
  std::filesystem::path pairing_key;
  bool announce = true;  ///< by multicast DNS, where `listen` can be reached from the network
  std::optional<std::uint16_t> http_port = 8080;
  std::optional<Role> http_open_role = Role::control;  ///< of requests there without a token; none = they get nothing
  std::string api_listen = "127.0.0.1";                ///< of the HTTP API over TLS
  std::optional<std::uint16_t> api_port;
  std::string lip_listen = "127.0.0.1";  ///< not encrypted, so it has an address of its own
  std::optional<std::uint16_t> lip_port;
  std::optional<std::uint16_t> lip_xml_port;
  std::optional<servers::mqtt::Settings> mqtt;  ///< none = no broker is told anything
  std::filesystem::path devices_program;        ///< candela-devices
  std::filesystem::path page;                   ///< the built page
};

/// The whole processor, wired: the core thread (the caller's), the server thread and the store's writer.
class Processor {
 public:
  /// Opens everything, takes the project into force and starts the servers. What is broken but can be done without
  /// (store, certificates, a port in use) is logged and shown as a warning by `candela status`; an error means that
  /// there is no project to run, or that another processor runs on the state directory.
  static Result<std::unique_ptr<Processor>> start(const Settings& settings, const Clock& clock);
  ~Processor();

  /// Runs until SIGTERM or SIGINT, then stops cleanly.
  void run();

 private:
  class Impl;
  explicit Processor(std::unique_ptr<Impl> impl);
  std::unique_ptr<Impl> impl_;
};

}  // namespace candela::runtime
