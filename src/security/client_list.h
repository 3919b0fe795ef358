#pragma once

#include <string>
#include <string_view>
#include <vector>

#include "model/client.h"

namespace candela {

/// Who may connect: the allow-list, keyed by public key. A value of the server thread; the store keeps it durable.
class ClientList {
 public:
  explicit ClientList(std::vector<Client> clients = {}) : clients_(std::move(clients)) {}

  /// nullptr for an unknown key and for a revoked client.
  const Client* allowed(std::string_view key_fingerprint) const;
  /// The client of that name that is not revoked; nullptr if there is none.
  const Client* named(std::string_view name) const;
  /// Whether it is, or was, any client's.
  bool knows_key(std::string_view key_fingerprint) const;
  const Client* find(ClientId number) const;
  const std::vector<Client>& all() const { return clients_; }

  /// Adds, or replaces the client of the same number.
  void put(Client client);
  ClientId next_number() const;

 private:
  std::vector<Client> clients_;
};

std::string_view to_word(Role role);
/// False if the word is no role.
bool from_word(std::string_view word, Role& role);

}  // namespace candela
