#include "store/checksum.h"

#include <openssl/evp.h>

#include <cstring>
#include <new>

namespace candela::store {

Digest sha256(std::string_view bytes) {
  Digest digest{};
  // The only way this fails is by want of memory.
  if (EVP_Digest(bytes.data(), bytes.size(), digest.data(), nullptr, EVP_sha256(), nullptr) != 1)
    throw std::bad_alloc();
  return digest;
}

void toggle(Digest& set, const Digest& row) {
  for (std::size_t i = 0; i < set.size(); ++i) set[i] ^= row[i];
}

RowHash& RowHash::add(std::string_view field) {
  add(static_cast<std::int64_t>(field.size()));
  bytes_.append(field);
  return *this;
}

RowHash& RowHash::add(std::int64_t field) {
  for (int shift = 0; shift < 64; shift += 8) bytes_ += static_cast<char>(static_cast<std::uint64_t>(field) >> shift);
  return *this;
}

RowHash& RowHash::add(const Digest& field) {
  return add(std::string_view(reinterpret_cast<const char*>(field.data()), field.size()));
}

std::int64_t RowHash::checksum() const {
  const Digest digest = this->digest();
  std::int64_t start = 0;
  std::memcpy(&start, digest.data(), sizeof start);
  return start;
}

}  // namespace candela::store
