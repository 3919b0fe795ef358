#pragma once

#include <cstddef>
#include <cstdint>
#include <vector>

namespace candela::store {

/// The newest row for each number, at most one each: so it cannot overflow, and once all numbers were seen putting
/// allocates nothing. Numbers are dense (Numbering gives them in turn), hence the plain table.
template <class Row>
class Newest {
 public:
  void put(std::uint32_t number, const Row& row) {
    if (number >= place_.size()) place_.resize(number + 1);
    std::size_t& place = place_[number];
    if (place == 0) {
      rows_.push_back(row);
      numbers_.push_back(number);
      place = rows_.size();
    } else {
      rows_[place - 1] = row;
    }
  }
  /// Takes the rows of `older` for which nothing newer is here.
  void put_back(const Newest& older) {
    for (std::size_t i = 0; i < older.rows_.size(); ++i) {
      const std::uint32_t number = older.numbers_[i];
      if (number >= place_.size() || place_[number] == 0) put(number, older.rows_[i]);
    }
  }
  /// Takes all rows of `newer`.
  void put_all(const Newest& newer) {
    for (std::size_t i = 0; i < newer.rows_.size(); ++i) put(newer.numbers_[i], newer.rows_[i]);
  }
  void clear() {
    for (const std::uint32_t number : numbers_) place_[number] = 0;
    rows_.clear();
    numbers_.clear();
  }

  /// Null when there is none.
  const Row* find(std::uint32_t number) const {
    if (number >= place_.size() || place_[number] == 0) return nullptr;
    return &rows_[place_[number] - 1];
  }
  bool empty() const { return rows_.empty(); }
  const std::vector<Row>& rows() const { return rows_; }

 private:
  std::vector<Row> rows_;
  std::vector<std::uint32_t> numbers_;
  std::vector<std::size_t> place_;  ///< by number: index in rows_ plus one; 0 = none
};

}  // namespace candela::store
