#pragma once

#include <openssl/evp.h>

#include <filesystem>
#include <memory>
#include <string>
#include <vector>

#include "base/result.h"

namespace candela {

struct FreeKey {
  void operator()(EVP_PKEY* key) const { EVP_PKEY_free(key); }
};
using Key = std::unique_ptr<EVP_PKEY, FreeKey>;

/// Where the processor's private keys live. Files now; a PKCS#11 token later: hence no way to read a key's bytes, only
/// a handle that can sign.
class KeyStore {
 public:
  virtual ~KeyStore() = default;
  /// The key of that name, made (EC P-256) if it is not there yet. A key that is there but cannot be used is an error,
  /// never quietly replaced: with the authority's key all clients would be lost.
  virtual Result<Key> key(const std::string& name) = 0;
  /// A new key in the place of that name; the old one is gone.
  virtual Result<Key> renew(const std::string& name) = 0;
  virtual bool has(const std::string& name) const = 0;
};

/// Keys as PEM files NAME.key.pem of mode 0600 in a directory of mode 0700, each with a second copy; a damaged file is
/// set aside and replaced by its copy, and a sentence about it added to `warnings`. Names are for file names: letters,
/// digits, '-'. One thread.
class FileKeyStore final : public KeyStore {
 public:
  explicit FileKeyStore(std::filesystem::path directory) : directory_(std::move(directory)) {}

  Result<Key> key(const std::string& name) override;
  Result<Key> renew(const std::string& name) override;
  bool has(const std::string& name) const override;
  const std::vector<std::string>& warnings() const { return warnings_; }

 private:
  std::filesystem::path file(const std::string& name) const { return directory_ / (name + ".key.pem"); }

  std::filesystem::path directory_;
  std::vector<std::string> warnings_;
};

/// A new EC P-256 key in memory.
Result<Key> make_key();
/// PKCS#8, not encrypted.
std::string private_pem(EVP_PKEY* key);

/// Makes the directory, or closes it to others.
Outcome make_private_directory(const std::filesystem::path& directory);

}  // namespace candela
