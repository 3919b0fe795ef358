#pragma once

#include <cstddef>
#include <map>
#include <string>

#include "base/time.h"

namespace candela {

/// Keeps whoever guesses passwords from guessing on: after some failures an address has to wait, each time twice as
/// long, until it has been good for an hour. A good login clears its name.
/// Memory: a fixed number of addresses; when there are more, the one that failed longest ago is forgotten.
class AttemptLimiter {
 public:
  static constexpr int kFree = 5;  ///< failures that cost nothing
  static constexpr Duration kFirstWait = std::chrono::seconds(1);
  static constexpr Duration kLongestWait = std::chrono::minutes(5);
  static constexpr Duration kForgotten = std::chrono::hours(1);
  static constexpr std::size_t kAddresses = 1024;

  bool may_try(const std::string& address, MonoTime now) const;
  /// How long the address has to wait from now on; 0 = not at all.
  Duration failed(const std::string& address, MonoTime now);
  void succeeded(const std::string& address) { failures_.erase(address); }

 private:
  struct Failures {
    int count = 0;
    MonoTime last{};
    MonoTime until{};
  };
  std::map<std::string, Failures> failures_;
};

}  // namespace candela
