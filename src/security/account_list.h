#pragma once

#include <algorithm>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

#include "model/account.h"

namespace candela {

/// Who may log in. A value of the server thread; the store keeps it durable.
class AccountList {
 public:
  explicit AccountList(std::vector<Account> accounts = {}) : accounts_(std::move(accounts)) {}

  /// The account of that name that is not removed; nullptr if there is none.
  const Account* named(std::string_view name) const {
    const auto found = std::find_if(accounts_.begin(), accounts_.end(),
                                    [&](const Account& it) { return !it.removed && it.name == name; });
    return found == accounts_.end() ? nullptr : &*found;
  }
  const std::vector<Account>& all() const { return accounts_; }

  /// Adds, or replaces the account of the same number.
  void put(Account account) {
    const auto found = std::find_if(accounts_.begin(), accounts_.end(),
                                    [&](const Account& it) { return it.number == account.number; });
    if (found == accounts_.end()) {
      accounts_.push_back(std::move(account));
    } else {
      *found = std::move(account);
    }
  }

 private:
  std::vector<Account> accounts_;
};

}  // namespace candela
