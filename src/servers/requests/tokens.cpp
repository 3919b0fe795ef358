#include <boost/json.hpp>

#include "model/words.h"
#include "security/client_list.h"
#include "servers/requests/administration.h"

namespace candela::servers::requests {
namespace {

namespace asio = boost::asio;
namespace json = boost::json;

constexpr std::size_t kDateLength = 10;  // of "2026-12-03T..."

json::object to_json(const Token& token) {
  return {{"name", token.name},
          {"role", to_word(token.role)},
          {"added", iso_text(token.added)},
          {"expires", token.expires ? json::value(iso_text(*token.expires)) : json::value(nullptr)},
          {"last_used",
           token.last_used ? json::value(iso_text(*token.last_used).substr(0, kDateLength)) : json::value(nullptr)},
          {"removed", token.removed}};
}

bool is_token(const std::string& name, const Asking& asking) {
  for (const Token& token : asking.administration.tokens()) {
    if (!token.removed && token.name == name) return true;
  }
  return false;
}

}  // namespace

asio::awaitable<Answer> add_token(const json::object& request, const Asking& asking) {
  constexpr double kMaxDays = 36500;
  constexpr double kSecondsOfDay = 86400;
  Role role = Role::control;
  if (request.contains("role") && !from_word(text_of(request, "role"), role)) {
    co_return Error{"the role must be monitor, control or admin"};
  }
  std::optional<Duration> lasts;
  if (const json::value* given = request.if_contains("expires_in_days"); given != nullptr && !given->is_null()) {
    const auto days = number_of(request, "expires_in_days");
    if (!days || !(*days > 0 && *days <= kMaxDays)) {
      co_return Error{"the days must be a number above 0, at most 36500; without it the token lasts for ever"};
    }
    lasts = from_seconds(*days * kSecondsOfDay);
  }
  const std::string name = text_of(request, "name");
  if (is_token(name, asking)) {
    co_return Refusal{Refusal::Kind::conflict,
                      "there is a token \"" + name + "\" already; remove it first or choose another name"};
  }
  const auto issued = co_await ask<IssuedToken>(
      [&](auto answered) { asking.administration.add_token(name, role, lasts, std::move(answered)); });
  if (!issued) co_return issued.error();
  json::object told = to_json(issued->token);
  told["token"] = issued->secret;
  co_return json::value(std::move(told));
}

Answer list_tokens(const json::object&, const Asking& asking) {
  json::array tokens;
  for (const Token& token : asking.administration.tokens()) tokens.push_back(to_json(token));
  return json::value(std::move(tokens));
}

asio::awaitable<Answer> remove_token(const json::object& request, const Asking& asking) {
  const std::string name = text_of(request, "name");
  if (!is_token(name, asking)) {
    co_return Refusal{Refusal::Kind::unknown, "there is no token \"" + name + "\"; `candela token list` shows all"};
  }
  const auto removed = co_await ask<std::monostate>(
      [&](auto answered) { asking.administration.remove_token(name, std::move(answered)); });
  if (!removed) co_return failed(removed.error());
  co_return json::value(nullptr);
}

}  // namespace candela::servers::requests
