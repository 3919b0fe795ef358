#include "runtime/accounts.h"

#include <spdlog/spdlog.h>

#include <algorithm>
#include <boost/asio/post.hpp>
#include <utility>

#include "security/passwords.h"

namespace candela::runtime {
namespace {

namespace asio = boost::asio;

constexpr std::size_t kNameMax = 64;
constexpr std::size_t kPromptMax = 32;

const Error kNoStore{
    "the state directory cannot be used, so nothing can be kept; see the warnings of `candela status`"};

bool is_printable(std::string_view text) {
  return std::all_of(text.begin(), text.end(), [](unsigned char c) { return c >= 0x20 && c < 0x7F; });
}

Outcome check_account(const Account& account, const AccountList& list) {
  if (account.name.empty() || account.name.size() > kNameMax || !is_printable(account.name)) {
    return Error{"an account's name has 1 to 64 letters, digits or signs"};
  }
  if (account.name.front() == ' ' || account.name.back() == ' ') return Error{"a name has no spaces at its ends"};
  if (list.named(account.name) != nullptr) {
    return Error{"there is an account \"" + account.name + "\" already; remove it first or choose another name"};
  }
  if (!account.lip && !account.leap) return Error{"an account is for something: say --lip or --leap"};
  if (account.prompt.empty() || account.prompt.size() > kPromptMax || !is_printable(account.prompt)) {
    return Error{"a prompt has 1 to 32 letters, digits or signs"};
  }
  return done();
}

}  // namespace

void Accounts::add(Account account, std::string password, Done<Account> done) {
  if (ports_.store == nullptr) return done(kNoStore);
  if (const Outcome good = check_account(account, list_); !good) return done(good.error());
  if (const Outcome good = check_password(password); !good) return done(good.error());
  asio::post(
      hasher_, [this, account = std::move(account), password = std::move(password), done = std::move(done)]() mutable {
        auto hash = hash_password(password);
        asio::post(ports_.loop,
                   [this, account = std::move(account), hash = std::move(hash), done = std::move(done)]() mutable {
                     if (!hash) return done(hash.error());
                     account.password_hash = std::move(*hash);
                     keep(std::move(account), std::move(done));
                   });
      });
}

void Accounts::keep(Account account, Done<Account> done) {
  // Another one may have come by that name while this one's password was hashed.
  if (const Outcome good = check_account(account, list_); !good) return done(good.error());
  account.number = ports_.next_number();
  account.added = ports_.clock.now().utc;
  account.removed = false;
  list_.put(account);
  if (ports_.history != nullptr) ports_.history->know({.number = account.number, .name = account.name});
  ports_.store->save_account(account, [this, account, done = std::move(done)](const Outcome& saved) {
    asio::post(ports_.loop, [this, saved, account, done] {
      if (saved) {
        spdlog::info("account \"{}\" added", account.name);
        return done(account);
      }
      Account unkept = account;
      unkept.removed = true;
      list_.put(unkept);
      done(saved.error());
    });
  });
}

void Accounts::remove(const std::string& name, Done<std::monostate> done) {
  const Account* const found = list_.named(name);
  if (found == nullptr) return done(Error{"there is no account \"" + name + "\"; `candela account list` shows all"});
  Account account = *found;
  account.removed = true;
  account.password_hash.clear();
  list_.put(account);
  ports_.end_sessions(account.number);
  spdlog::info("account \"{}\" removed", name);
  const Error until_restart{"\"" + name + "\" is removed, but only until the next restart: it could not be saved: "};
  if (ports_.store == nullptr) return done(Error{until_restart.message + kNoStore.message});
  ports_.store->save_account(account, [this, until_restart, done = std::move(done)](const Outcome& saved) {
    asio::post(ports_.loop, [until_restart, saved, done] {
      if (saved) return done(std::monostate{});
      done(Error{until_restart.message + saved.error().message});
    });
  });
}

void Accounts::check(servers::Credentials credentials, AccountUse use, Done<Account> done) {
  if (waiting_ >= kWaitingMax) return done(Error{"too many log in at once"});
  ++waiting_;
  const Account* const found = list_.named(credentials.name);
  std::string hash = found != nullptr && is_for(*found, use) ? found->password_hash : std::string();
  asio::post(hasher_, [this, credentials = std::move(credentials), hash = std::move(hash), use,
                       done = std::move(done)]() mutable {
    const bool good = has_password(hash, credentials.password);
    asio::post(ports_.loop,
               [this, good, name = std::move(credentials.name), hash = std::move(hash), use, done = std::move(done)] {
                 --waiting_;
                 // It may have been removed meanwhile.
                 const Account* const account = list_.named(name);
                 if (!good || account == nullptr || !is_for(*account, use) || account->password_hash != hash) {
                   return done(Error{"wrong name or password"});
                 }
                 done(*account);
               });
  });
}

}  // namespace candela::runtime
