#pragma once

#include <algorithm>
#include <cstdint>
#include <unordered_set>
#include <utility>
#include <vector>

namespace candela::runtime {

/// Of the values with the same key only the last stays, where it stands. Those whose key is 0 all stay. In order.
template <class T, class Key>
void keep_newest_of_each(std::vector<T>& values, Key key) {
  std::vector<T> newest;
  newest.reserve(values.size());
  std::unordered_set<std::uint64_t> seen;
  for (auto value = values.rbegin(); value != values.rend(); ++value) {
    const std::uint64_t its_key = key(*value);
    if (its_key == 0 || seen.insert(its_key).second) newest.push_back(std::move(*value));
  }
  std::reverse(newest.begin(), newest.end());
  values = std::move(newest);
}

}  // namespace candela::runtime
