#pragma once

#include <boost/asio/io_context.hpp>
#include <boost/asio/thread_pool.hpp>
#include <functional>
#include <string>
#include <vector>

#include "base/clock.h"
#include "model/numbering.h"
#include "model/project.h"
#include "project/project_file.h"
#include "security/certificate_authority.h"
#include "security/client_list.h"
#include "servers/administration.h"
#include "store/store.h"

namespace candela::runtime {

/// Clients, projects and the processor's health. Belongs to the server thread; reading a project happens on a thread
/// of its own, so that the servers answer while it lasts.
class Administrator final : public servers::Administration {
 public:
  struct Ports {
    boost::asio::io_context& loop;  ///< the server thread's
    const Clock& clock;
    ClientList& clients;
    Store* store;                     ///< null: nothing can be kept, so nothing is taken
    CertificateAuthority* authority;  ///< null: no clients can be added
    /// Takes a project into force on the core thread; calls back (on any thread) when servers can see it.
    std::function<void(ProjectPtr, std::vector<project::File>, std::function<void()>)> activate;
    std::function<void(ClientId)> end_sessions;
  };

  Administrator(Ports ports, Numbering numbering, std::uint32_t active_version, std::vector<std::string> warnings);

  void add_client(std::string name, Role role, Done<servers::IssuedClient> done) override;
  void revoke_client(std::string name, Done<std::monostate> done) override;
  std::vector<Client> clients() const override { return ports_.clients.all(); }
  servers::Health health() const override;
  void transfer(std::vector<servers::ProjectFile> files, std::string note, Done<servers::TransferReport> done) override;
  void versions(Done<std::vector<servers::ProjectVersion>> done) override;
  void rollback(std::uint32_t version, Done<servers::TransferReport> done) override;

  /// A sentence while the store cannot write; empty when it can again.
  void set_store_trouble(std::string trouble) { store_trouble_ = std::move(trouble); }
  /// Waits for a project that is being read.
  void stop() { reader_.join(); }

 private:
  struct Reading {
    project::Reading outcome;
    Numbering numbering;
  };
  using Files = std::vector<project::File>;

  void read(Files files, std::string note, Done<servers::TransferReport> done);
  void keep(Reading reading, Files files, std::string note, Done<servers::TransferReport> done);
  void put_into_force(Reading reading, Files files, std::uint32_t version, Done<servers::TransferReport> done);

  Ports ports_;
  Numbering numbering_;
  std::uint32_t active_version_;
  const std::vector<std::string> start_warnings_;
  std::string store_trouble_;
  bool transferring_ = false;
  boost::asio::thread_pool reader_{1};
};

/// Every complaint of a severity, a line each.
std::vector<std::string> texts(const std::vector<project::Complaint>& complaints,
                               project::Complaint::Severity severity);

}  // namespace candela::runtime
