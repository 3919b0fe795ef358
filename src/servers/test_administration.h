#pragma once

#include "servers/administration.h"

namespace candela::servers {

/// Administers nothing: who asks it to gets no answer. Tests say what of it theirs does.
class IdleAdministration : public Administration {
 public:
  void add_client(std::string, Role, Done<IssuedClient>) override {}
  void enrol_client(std::string, std::string, Role, Done<IssuedClient>) override {}
  void revoke_client(std::string, Done<std::monostate>) override {}
  std::vector<Client> clients() const override { return {}; }
  void add_account(Account, std::string, Done<Account>) override {}
  void remove_account(std::string, Done<std::monostate>) override {}
  std::vector<Account> accounts() const override { return {}; }
  void check_login(Credentials, AccountUse, Done<Account>) override {}
  void add_token(std::string, Role, std::optional<Duration>, Done<IssuedToken>) override {}
  void remove_token(std::string, Done<std::monostate>) override {}
  std::vector<Token> tokens() const override { return {}; }
  std::optional<Token> check_token(std::string_view) override { return std::nullopt; }
  bool is_valid_token(ClientId) const override { return false; }
  Health health() const override { return {}; }
  void check(std::vector<ProjectFile>, Done<CheckReport>) override {}
  void plan(std::vector<ProjectFile>, Done<boost::json::object>) override {}
  void transfer(std::vector<ProjectFile>, std::string, Done<TransferReport>) override {}
  void versions(Done<std::vector<ProjectVersion>>) override {}
  void read_version(std::uint32_t, Done<std::vector<ProjectFile>>) override {}
  void rollback(std::uint32_t, Done<TransferReport>) override {}
  void history(HistoryQuery, Done<std::vector<Happening>>) override {}
  void limit_history(std::optional<std::uint32_t>, std::optional<std::uint32_t>, Done<std::monostate>) override {}
};

}  // namespace candela::servers
