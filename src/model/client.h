#pragma once

#include <cstdint>
#include <string>

#include "base/ids.h"
#include "base/time.h"

namespace candela {

/// What a client may do. Each role includes those before it.
enum class Role : std::uint8_t {
  monitor,  ///< read and follow
  control,  ///< and set levels, press buttons, recall scenes
  admin,    ///< and administer: clients, projects
};

/// A program or person that may connect, known by its public key.
struct Client {
  ClientId number;
  std::string name;
  Role role = Role::control;
  std::string key_fingerprint;  ///< SHA-256 of the SubjectPublicKeyInfo, lower-case hex
  std::string certificate;      ///< PEM, as issued
  UtcTime added{};
  bool revoked = false;  ///< kept in the list for the record
};

}  // namespace candela
