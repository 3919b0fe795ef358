#pragma once

#include <cstddef>
#include <cstdint>
#include <span>
#include <vector>

namespace candela::engine {

/// A position in one of the project's lists (zones, scenes, buttons...). Slots are dense, so state lives in flat
/// arrays.
using Slot = std::uint32_t;
inline constexpr Slot kNoSlot = 0xFFFFFFFF;

/// Lists of different lengths in one flat array: row i holds what belongs to slot i. The rows stay as they were built.
template <class T>
class Rows {
 public:
  struct Entry {
    Slot row;
    T value;
  };

  Rows() = default;
  explicit Rows(const std::vector<std::vector<T>>& rows) {
    std::vector<std::size_t> sizes;
    for (const auto& row : rows) {
      sizes.push_back(row.size());
      values_.insert(values_.end(), row.begin(), row.end());
    }
    lay_out(sizes);
  }
  /// Sorts the entries into their rows; within a row they keep their order.
  Rows(std::size_t row_count, const std::vector<Entry>& entries) : values_(entries.size()) {
    std::vector<std::size_t> sizes(row_count, 0);
    for (const Entry& entry : entries) ++sizes[entry.row];
    lay_out(sizes);
    std::vector<T*> next = begins_;
    for (const Entry& entry : entries) *next[entry.row]++ = entry.value;
  }
  Rows(Rows&&) noexcept = default;  // only moved: begins_ points into values_
  Rows& operator=(Rows&&) noexcept = default;

  std::span<const T> operator[](std::size_t row) const { return {begins_[row], begins_[row + 1]}; }
  std::span<T> operator[](std::size_t row) { return {begins_[row], begins_[row + 1]}; }

 private:
  void lay_out(const std::vector<std::size_t>& sizes) {
    begins_.reserve(sizes.size() + 1);
    begins_.push_back(values_.data());
    for (const std::size_t size : sizes) begins_.push_back(begins_.back() + size);
  }

  std::vector<T> values_;
  std::vector<T*> begins_;  ///< and the end of the last row
};

}  // namespace candela::engine
