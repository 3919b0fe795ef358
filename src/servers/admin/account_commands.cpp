#include "servers/admin/account_commands.h"

#include "model/words.h"
#include "security/client_list.h"

namespace candela::servers::admin {
namespace {

namespace asio = boost::asio;
namespace json = boost::json;

bool flag_of(const json::object& request, std::string_view key) {
  const json::value* const value = request.if_contains(key);
  return value != nullptr && value->is_bool() && value->get_bool();
}

json::value to_json(const Account& account) {
  json::array uses;
  if (account.lip) uses.emplace_back("lip");
  if (account.leap) uses.emplace_back("leap");
  return {{"name", account.name},     {"role", to_word(account.role)},    {"uses", std::move(uses)},
          {"prompt", account.prompt}, {"added", iso_text(account.added)}, {"removed", account.removed}};
}

asio::awaitable<Answer> add(const json::object& request, const Context& context) {
  Account account;
  if (!from_word(text_of(request, "role"), account.role)) {
    co_return Error{"the role must be monitor, control or admin"};
  }
  account.name = text_of(request, "name");
  account.lip = flag_of(request, "lip");
  if (std::string prompt = text_of(request, "prompt"); !prompt.empty()) account.prompt = std::move(prompt);
  auto added = co_await ask<Account>([&](auto answered) {
    context.administration.add_account(account, text_of(request, "password"), std::move(answered));
  });
  if (!added) co_return added.error();
  co_return to_json(*added);
}

asio::awaitable<Answer> remove(const json::object& request, const Context& context) {
  auto removed = co_await ask<std::monostate>(
      [&](auto answered) { context.administration.remove_account(text_of(request, "name"), std::move(answered)); });
  if (!removed) co_return removed.error();
  co_return json::value(nullptr);
}

Answer list(const Context& context) {
  json::array accounts;
  for (const Account& account : context.administration.accounts()) accounts.push_back(to_json(account));
  return json::value(std::move(accounts));
}

}  // namespace

asio::awaitable<std::optional<Answer>> account_command(std::string_view command, const json::object& request,
                                                       const Context& context) {
  if (command == "account add") co_return co_await add(request, context);
  if (command == "account list") co_return list(context);
  if (command == "account remove") co_return co_await remove(request, context);
  co_return std::nullopt;
}

}  // namespace candela::servers::admin
