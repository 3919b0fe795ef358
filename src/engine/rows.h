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

/// Lists of different lengths in one flat array: row i holds what belongs to slot i.
template <class T>
class Rows {
 public:
  struct Entry {
    Slot row;
    T value;
  };

  /// Sorts the entries into their rows; within a row they keep their order.
  static Rows grouped(std::size_t row_count, const std::vector<Entry>& entries) {
    Rows rows;
    rows.begins_.assign(row_count + 1, 0);
    for (const Entry& entry : entries) ++rows.begins_[entry.row + 1];
    for (std::size_t row = 0; row < row_count; ++row) rows.begins_[row + 1] += rows.begins_[row];
    rows.values_.resize(entries.size());
    std::vector<std::uint32_t> next(rows.begins_.begin(), rows.begins_.end() - 1);
    for (const Entry& entry : entries) rows.values_[next[entry.row]++] = entry.value;
    return rows;
  }

  void add_row(std::span<const T> values) {
    values_.insert(values_.end(), values.begin(), values.end());
    begins_.push_back(static_cast<std::uint32_t>(values_.size()));
  }

  std::span<const T> operator[](Slot row) const {
    return std::span(values_).subspan(begins_[row], begins_[row + 1] - begins_[row]);
  }

 private:
  std::vector<T> values_;
  std::vector<std::uint32_t> begins_{0};
};

}  // namespace candela::engine
