#pragma once

#include <array>
#include <cstdint>
#include <string>
#include <string_view>

namespace candela::store {

using Digest = std::array<unsigned char, 32>;

/// SHA-256.
Digest sha256(std::string_view bytes);

/// Adds a row to the digest of a set of rows, or takes it out again: exclusive or, so the order does not matter and a
/// change costs as much as the row, not as the table. Against accidents, not against attackers.
void toggle(Digest& set, const Digest& row);

/// What a row's fields hash to, each with its length so that no two rows look alike.
class RowHash {
 public:
  explicit RowHash(std::string_view table) { add(table); }
  RowHash& add(std::string_view field);
  RowHash& add(std::int64_t field);
  RowHash& add(const Digest& field);

  Digest digest() const { return sha256(bytes_); }
  /// The first eight bytes, for a column.
  std::int64_t checksum() const;

 private:
  std::string bytes_;
};

}  // namespace candela::store
