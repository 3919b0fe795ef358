#include <algorithm>
#include <boost/json.hpp>

#include "model/words.h"
#include "security/client_list.h"
#include "servers/requests/administration.h"

namespace candela::servers::requests {
namespace {

namespace asio = boost::asio;
namespace json = boost::json;

json::value to_json(const Client& client) {
  return {{"name", client.name},
          {"role", to_word(client.role)},
          {"added", iso_text(client.added)},
          {"revoked", client.revoked},
          {"fingerprint", client.key_fingerprint}};
}

bool is_client(const std::string& name, const Asking& asking) {
  const std::vector<Client> clients = asking.administration.clients();
  return std::any_of(clients.begin(), clients.end(), [&](const Client& it) { return !it.revoked && it.name == name; });
}

}  // namespace

asio::awaitable<Answer> add_client(const json::object& request, const Asking& asking) {
  Role role{};
  if (!from_word(text_of(request, "role"), role)) co_return Error{"the role must be monitor, control or admin"};
  const std::string name = text_of(request, "name");
  if (is_client(name, asking)) {
    co_return Refusal{Refusal::Kind::conflict,
                      "there is a client \"" + name + "\" already; revoke it first or choose another name"};
  }
  auto issued = co_await ask<IssuedClient>(
      [&](auto answered) { asking.administration.add_client(name, role, std::move(answered)); });
  if (!issued) co_return issued.error();
  co_return json::value{{"client", to_json(issued->client)},
                        {"key", issued->key_pem},
                        {"certificate", issued->certificate_pem},
                        {"ca", issued->ca_pem}};
}

asio::awaitable<Answer> revoke_client(const json::object& request, const Asking& asking) {
  const std::string name = text_of(request, "name");
  if (!is_client(name, asking)) {
    co_return Refusal{Refusal::Kind::unknown, "there is no client \"" + name + "\"; `candela client list` shows all"};
  }
  auto revoked = co_await ask<std::monostate>(
      [&](auto answered) { asking.administration.revoke_client(name, std::move(answered)); });
  if (!revoked) co_return failed(revoked.error());
  co_return json::value(nullptr);
}

Answer list_clients(const json::object&, const Asking& asking) {
  json::array clients;
  for (const Client& client : asking.administration.clients()) clients.push_back(to_json(client));
  return json::value(std::move(clients));
}

}  // namespace candela::servers::requests
