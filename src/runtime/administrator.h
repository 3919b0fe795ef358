#pragma once

#include <boost/asio/io_context.hpp>
#include <boost/asio/thread_pool.hpp>
#include <functional>
#include <optional>
#include <string>
#include <utility>
#include <vector>

#include "base/clock.h"
#include "base/time_zone.h"
#include "model/numbering.h"
#include "model/project.h"
#include "project/project_file.h"
#include "runtime/accounts.h"
#include "runtime/tokens.h"
#include "security/certificate_authority.h"
#include "security/client_list.h"
#include "servers/administration.h"
#include "store/history.h"
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
    History* history;                 ///< null: none is kept
    /// Takes a project into force on the core thread; calls back (on any thread) when servers can see it.
    std::function<void(ProjectPtr, std::vector<project::File>, std::function<void()>)> activate;
    std::function<void(ClientId)> end_sessions;
    /// The ids of the scenes that were edited while running.
    std::function<std::vector<std::string>()> edited_scenes;
  };

  /// What was remembered.
  struct Memory {
    Numbering numbering;
    std::uint32_t active_version = 0;
    UtcTime active_saved{};
    std::vector<Account> accounts;
    std::vector<Token> tokens;
    std::vector<std::string> warnings;
    History::Limits history_limits;
  };

  Administrator(Ports ports, Memory memory);

  void add_client(std::string name, Role role, Done<servers::IssuedClient> done) override;
  void enrol_client(std::string request_pem, std::string name, Role role, Done<servers::IssuedClient> done) override;
  void revoke_client(std::string name, Done<std::monostate> done) override;
  std::vector<Client> clients() const override { return ports_.clients.all(); }
  void add_account(Account account, std::string password, Done<Account> done) override {
    accounts_.add(std::move(account), std::move(password), std::move(done));
  }
  void remove_account(std::string name, Done<std::monostate> done) override { accounts_.remove(name, std::move(done)); }
  std::vector<Account> accounts() const override { return accounts_.list().all(); }
  void check_login(servers::Credentials credentials, AccountUse use, Done<Account> done) override {
    accounts_.check(std::move(credentials), use, std::move(done));
  }
  void add_token(std::string name, Role role, std::optional<Duration> lasts, Done<servers::IssuedToken> done) override {
    tokens_.add(std::move(name), role, lasts, std::move(done));
  }
  void remove_token(std::string name, Done<std::monostate> done) override { tokens_.remove(name, std::move(done)); }
  std::vector<Token> tokens() const override { return tokens_.list().all(); }
  std::optional<Token> check_token(std::string_view text) override { return tokens_.check(text); }
  bool is_valid_token(ClientId number) const override {
    return tokens_.list().is_valid(number, ports_.clock.now().utc);
  }
  servers::Health health() const override;
  void check(std::vector<servers::ProjectFile> files, Done<servers::CheckReport> done) override;
  void plan(std::vector<servers::ProjectFile> files, Done<boost::json::object> done) override;
  void transfer(std::vector<servers::ProjectFile> files, std::string note, Done<servers::TransferReport> done) override;
  void versions(Done<std::vector<servers::ProjectVersion>> done) override;
  void read_version(std::uint32_t version, Done<std::vector<servers::ProjectFile>> done) override;
  void rollback(std::uint32_t version, Done<servers::TransferReport> done) override;
  void history(HistoryQuery query, Done<std::vector<Happening>> done) override;
  void limit_history(std::optional<std::uint32_t> days, std::optional<std::uint32_t> megabytes,
                     Done<std::monostate> done) override;
  std::chrono::seconds utc_offset(const std::string& time_zone, UtcTime at) const override;
  servers::SunTimes sun_of(const Location& location, UtcTime at) const override;
  std::vector<std::optional<UtcTime>> next_times(const Project& project) const override;
  std::vector<std::optional<double>> sun_on_facades(const Project& project) const override;

  /// A sentence while the store cannot write; empty when it can again.
  void set_store_trouble(std::string trouble) { store_trouble_ = std::move(trouble); }
  /// The same of the history.
  void set_history_trouble(std::string trouble) { history_trouble_ = std::move(trouble); }
  /// What somebody should do about the clock; empty = nothing.
  void record_access(const std::string& what, Source by) override;
  void set_clock_warning(std::string warning) { clock_warning_ = std::move(warning); }
  void set_mqtt_trouble(std::string trouble) { mqtt_trouble_ = std::move(trouble); }
  void warn(std::string sentence) { start_warnings_.push_back(std::move(sentence)); }
  /// Waits for a project that is being read.
  void stop() {
    reader_.join();
    accounts_.stop();
  }

 private:
  struct Reading {
    project::Reading outcome;
    Numbering numbering;
  };
  using Files = std::vector<project::File>;

  /// Above all numbers of clients, accounts and tokens.
  ClientId next_number() const;
  /// What stands in the way of any new client; empty = nothing.
  std::string no_new_clients() const;
  void keep_client(servers::IssuedClient issued, Done<servers::IssuedClient> done);
  void read(Files files, std::string note, Done<servers::TransferReport> done);
  void keep(Reading reading, Files files, std::string note, Done<servers::TransferReport> done);
  void put_into_force(Reading reading, Files files, std::uint32_t version, Done<servers::TransferReport> done);

  Ports ports_;
  Numbering numbering_;
  std::uint32_t active_version_;
  UtcTime active_saved_;
  std::vector<std::string> start_warnings_;
  std::string store_trouble_;
  std::string history_trouble_;
  std::string clock_warning_;
  std::string mqtt_trouble_;
  History::Limits history_limits_;
  Accounts accounts_;
  Tokens tokens_;
  /// The one asked for last: reading its table takes a while.
  mutable std::optional<std::pair<std::string, TimeZone>> time_zone_;
  bool transferring_ = false;  ///< or checking, or planning
  boost::asio::thread_pool reader_{1};
};

/// The names of the store's settings for History::Limits.
inline constexpr const char* kHistoryDays = "history_days";
inline constexpr const char* kHistoryMegabytes = "history_megabytes";

/// Every complaint of a severity, a line each.
std::vector<std::string> texts(const std::vector<project::Complaint>& complaints,
                               project::Complaint::Severity severity);

}  // namespace candela::runtime
