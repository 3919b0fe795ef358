#include <algorithm>
#include <boost/json.hpp>

#include "model/words.h"
#include "security/client_list.h"
#include "servers/requests/administration.h"

namespace candela::servers::requests {
namespace {

namespace asio = boost::asio;
namespace json = boost::json;

json::value to_json(const Account& account) {
  json::array uses;
  if (account.lip) uses.emplace_back("lip");
  if (account.leap) uses.emplace_back("leap");
  return {{"name", account.name},     {"role", to_word(account.role)},    {"uses", std::move(uses)},
          {"prompt", account.prompt}, {"added", iso_text(account.added)}, {"removed", account.removed}};
}

bool is_account(const std::string& name, const Asking& asking) {
  const std::vector<Account> accounts = asking.administration.accounts();
  return std::any_of(accounts.begin(), accounts.end(),
                     [&](const Account& it) { return !it.removed && it.name == name; });
}

}  // namespace

asio::awaitable<Answer> add_account(const json::object& request, const Asking& asking) {
  Account account;
  if (!from_word(text_of(request, "role"), account.role)) {
    co_return Error{"the role must be monitor, control or admin"};
  }
  account.name = text_of(request, "name");
  if (is_account(account.name, asking)) {
    co_return Refusal{Refusal::Kind::conflict,
                      "there is an account \"" + account.name + "\" already; remove it first or choose another name"};
  }
  account.lip = flag_of(request, "lip");
  account.leap = flag_of(request, "leap");
  if (std::string prompt = text_of(request, "prompt"); !prompt.empty()) account.prompt = std::move(prompt);
  auto added = co_await ask<Account>([&](auto answered) {
    asking.administration.add_account(account, text_of(request, "password"), std::move(answered));
  });
  if (!added) co_return added.error();
  co_return to_json(*added);
}

asio::awaitable<Answer> remove_account(const json::object& request, const Asking& asking) {
  const std::string name = text_of(request, "name");
  if (!is_account(name, asking)) {
    co_return Refusal{Refusal::Kind::unknown, "there is no account \"" + name + "\"; `candela account list` shows all"};
  }
  auto removed = co_await ask<std::monostate>(
      [&](auto answered) { asking.administration.remove_account(name, std::move(answered)); });
  if (!removed) co_return failed(removed.error());
  co_return json::value(nullptr);
}

Answer list_accounts(const json::object&, const Asking& asking) {
  json::array accounts;
  for (const Account& account : asking.administration.accounts()) accounts.push_back(to_json(account));
  return json::value(std::move(accounts));
}

}  // namespace candela::servers::requests
