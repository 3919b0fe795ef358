#include "runtime/tokens.h"

#include <spdlog/spdlog.h>

#include <algorithm>
#include <boost/asio/post.hpp>
#include <utility>

#include "security/client_list.h"

namespace candela::runtime {
namespace {

namespace asio = boost::asio;

constexpr std::size_t kNameMax = 64;

const Error kNoStore{
    "the state directory cannot be used, so nothing can be kept; see the warnings of `candela status`"};

Outcome check_name(const std::string& name, const TokenList& list) {
  const bool printable = std::all_of(name.begin(), name.end(), [](unsigned char c) { return c >= 0x20 && c < 0x7F; });
  if (name.empty() || name.size() > kNameMax || !printable) {
    return Error{"a token's name has 1 to 64 letters, digits or signs"};
  }
  if (name.front() == ' ' || name.back() == ' ') return Error{"a name has no spaces at its ends"};
  if (list.named(name) != nullptr) {
    return Error{"there is a token \"" + name + "\" already; remove it first or choose another name"};
  }
  const auto in_use = std::count_if(list.all().begin(), list.all().end(), [](const Token& it) { return !it.removed; });
  if (static_cast<std::size_t>(in_use) >= Tokens::kMax) {
    return Error{"there are " + std::to_string(Tokens::kMax) + " tokens already; remove some first"};
  }
  return done();
}

}  // namespace

void Tokens::add(std::string name, Role role, std::optional<Duration> lasts, Done<servers::IssuedToken> done) {
  if (ports_.store == nullptr) return done(kNoStore);
  if (const Outcome good = check_name(name, list_); !good) return done(good.error());
  if (lasts && (*lasts <= Duration::zero() || *lasts > kLongest)) {
    return done(Error{"a token lasts for more than 0 and at most 36500 days, or for ever"});
  }
  const std::string secret = new_token();
  const UtcTime now = ports_.clock.now().utc;
  Token token{ports_.next_number(), std::move(name), role, token_hash(secret), now};
  if (lasts) token.expires = now + std::chrono::duration_cast<std::chrono::milliseconds>(*lasts);
  list_.put(token);
  if (ports_.history != nullptr) ports_.history->know({.number = token.number, .name = token.name});
  ports_.store->save_token(token, [this, token, secret, done = std::move(done)](const Outcome& saved) {
    asio::post(ports_.loop, [this, saved, token, secret, done] {
      if (saved) {
        spdlog::info("token \"{}\" added as {}", token.name, to_word(token.role));
        return done(servers::IssuedToken{token, secret});
      }
      Token unkept = token;
      unkept.removed = true;
      unkept.hash.clear();
      list_.put(unkept);
      done(saved.error());
    });
  });
}

void Tokens::remove(const std::string& name, Done<std::monostate> done) {
  const Token* const found = list_.named(name);
  if (found == nullptr) return done(Error{"there is no token \"" + name + "\"; `candela token list` shows all"});
  Token token = *found;
  token.removed = true;
  token.hash.clear();
  list_.put(token);
  ports_.end_sessions(token.number);
  spdlog::info("token \"{}\" removed", name);
  const Error until_restart{"\"" + name + "\" is removed, but only until the next restart: it could not be saved: "};
  if (ports_.store == nullptr) return done(Error{until_restart.message + kNoStore.message});
  ports_.store->save_token(token, [this, until_restart, done = std::move(done)](const Outcome& saved) {
    asio::post(ports_.loop, [until_restart, saved, done] {
      if (saved) return done(std::monostate{});
      done(Error{until_restart.message + saved.error().message});
    });
  });
}

std::optional<Token> Tokens::check(std::string_view text) {
  const UtcTime now = ports_.clock.now().utc;
  const Token* const found = list_.valid(text, now);
  if (found == nullptr) return std::nullopt;
  Token token = *found;
  const UtcTime today = std::chrono::floor<std::chrono::days>(now);
  if (token.last_used == today) return token;
  token.last_used = today;
  list_.put(token);
  // Nobody waits for it: if it cannot be saved, the day is forgotten at the next restart.
  if (ports_.store != nullptr) ports_.store->save_token(token, [](const Outcome&) {});
  return token;
}

}  // namespace candela::runtime
