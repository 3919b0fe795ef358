#pragma once

#include <cstdint>
#include <functional>
#include <string>
#include <vector>

#include "base/result.h"
#include "model/client.h"

namespace candela::servers {

/// A file of a project, as it goes over the wire.
struct ProjectFile {
  std::string name;
  std::string text;
};

/// What a new client is given. The private key is not kept by the processor.
struct IssuedClient {
  Client client;
  std::string key_pem;
  std::string certificate_pem;
  std::string ca_pem;
};

struct ProjectVersion {
  std::uint32_t version = 0;
  UtcTime saved{};
  std::string note;
  std::string project_name;
  bool active = false;
};

struct TransferReport {
  std::uint32_t version = 0;
  std::vector<std::string> warnings;
};

/// How the processor itself is.
struct Health {
  std::uint32_t project_version = 0;  ///< 0 = the store keeps none
  std::vector<std::string> warnings;  ///< what is wrong right now, a sentence each; empty = all is well
};

/// What the processor offers to its administrators; servers carry it to them, the runtime does it.
/// Everything answers through its callback, on the server thread; what is acknowledged there is durable.
class Administration {
 public:
  template <class T>
  using Done = std::function<void(Result<T>)>;

  virtual ~Administration() = default;
  virtual void add_client(std::string name, Role role, Done<IssuedClient> done) = 0;
  /// The client's live sessions end before `done` is called.
  virtual void revoke_client(std::string name, Done<std::monostate> done) = 0;
  virtual std::vector<Client> clients() const = 0;
  virtual Health health() const = 0;
  /// Checks, keeps and activates a project. The error holds every complaint, a line each.
  virtual void transfer(std::vector<ProjectFile> files, std::string note, Done<TransferReport> done) = 0;
  virtual void versions(Done<std::vector<ProjectVersion>> done) = 0;
  virtual void rollback(std::uint32_t version, Done<TransferReport> done) = 0;
};

}  // namespace candela::servers
