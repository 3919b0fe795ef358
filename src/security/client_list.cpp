#include "security/client_list.h"

#include <algorithm>
#include <array>

namespace candela {
namespace {

constexpr std::array<std::string_view, 3> kRoleWords = {"monitor", "control", "admin"};

template <class Condition>
const Client* first(const std::vector<Client>& clients, Condition condition) {
  const auto found = std::find_if(clients.begin(), clients.end(), condition);
  return found == clients.end() ? nullptr : &*found;
}

}  // namespace

const Client* ClientList::allowed(std::string_view key_fingerprint) const {
  if (key_fingerprint.empty()) return nullptr;
  // A key that was revoked once stays out, even if it was added a second time under another name.
  const auto has_key = [&](const Client& it) { return it.key_fingerprint == key_fingerprint; };
  if (first(clients_, [&](const Client& it) { return it.revoked && has_key(it); }) != nullptr) return nullptr;
  return first(clients_, has_key);
}

const Client* ClientList::named(std::string_view name) const {
  return first(clients_, [&](const Client& it) { return !it.revoked && it.name == name; });
}

bool ClientList::knows_key(std::string_view key_fingerprint) const {
  return std::any_of(clients_.begin(), clients_.end(),
                     [&](const Client& client) { return client.key_fingerprint == key_fingerprint; });
}

const Client* ClientList::find(ClientId number) const {
  return first(clients_, [&](const Client& it) { return it.number == number; });
}

void ClientList::put(Client client) {
  for (Client& known : clients_) {
    if (known.number != client.number) continue;
    known = std::move(client);
    return;
  }
  clients_.push_back(std::move(client));
}

ClientId ClientList::next_number() const {
  ClientId next{1};
  for (const Client& client : clients_) next.value = std::max(next.value, client.number.value + 1);
  return next;
}

std::string_view to_word(Role role) { return kRoleWords[static_cast<std::size_t>(role)]; }

bool from_word(std::string_view word, Role& role) {
  const auto found = std::find(kRoleWords.begin(), kRoleWords.end(), word);
  if (found == kRoleWords.end()) return false;
  role = static_cast<Role>(found - kRoleWords.begin());
  return true;
}

}  // namespace candela
