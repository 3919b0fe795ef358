#pragma once

#include <cstdint>
#include <map>
#include <string>
#include <string_view>

#include "base/ids.h"

namespace candela {

/// Which number each object has been given, for ever: numbers of deleted objects are kept too, so that an object that
/// comes back gets its old number and no other ever gets it.
class Numbering {
 public:
  /// The number of an object, given now if it has none. `kind` is a word such as "zone".
  std::uint32_t number_of(std::string_view kind, std::string_view id) {
    const auto [entry, is_new] = numbers_.try_emplace(std::string(kind) + ":" + std::string(id), next_);
    if (is_new) ++next_;
    return entry->second;
  }

  /// All that was given, by "kind:id"; for the store.
  const std::map<std::string, std::uint32_t>& all() const { return numbers_; }
  /// What the store kept. The next new number is above all of these.
  void restore(std::string key, std::uint32_t number) {
    if (number >= next_) next_ = number + 1;
    numbers_[std::move(key)] = number;
  }

 private:
  std::map<std::string, std::uint32_t> numbers_;
  std::uint32_t next_ = kFirstNumber;
};

}  // namespace candela
