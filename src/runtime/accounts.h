#pragma once

#include <boost/asio/io_context.hpp>
#include <boost/asio/thread_pool.hpp>
#include <string>

#include "base/clock.h"
#include "security/account_list.h"
#include "servers/administration.h"
#include "store/history.h"
#include "store/store.h"

namespace candela::runtime {

/// Who may log in by name and password. Belongs to the server thread; passwords are hashed on a thread of its own, one
/// at a time, because each takes 64 MiB and a good while.
class Accounts {
 public:
  template <class T>
  using Done = servers::Administration::Done<T>;
  /// Logins that wait for the thread; further ones are refused.
  static constexpr std::size_t kWaitingMax = 32;

  struct Ports {
    boost::asio::io_context& loop;  ///< the server thread's
    const Clock& clock;
    Store* store;      ///< null: nothing can be kept, so no account is taken
    History* history;  ///< null: none is kept
    std::function<void(ClientId)> end_sessions;
    std::function<ClientId()> next_number;
  };

  Accounts(Ports ports, std::vector<Account> accounts) : ports_(std::move(ports)), list_(std::move(accounts)) {}

  void add(Account account, std::string password, Done<Account> done);
  void remove(const std::string& name, Done<std::monostate> done);
  void check(servers::Credentials credentials, AccountUse use, Done<Account> done);
  const AccountList& list() const { return list_; }
  /// Waits for passwords that are being hashed.
  void stop() { hasher_.join(); }

 private:
  void keep(Account account, Done<Account> done);

  Ports ports_;
  AccountList list_;
  std::size_t waiting_ = 0;
  boost::asio::thread_pool hasher_{1};
};

}  // namespace candela::runtime
