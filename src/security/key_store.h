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
  /// The key of that name, made (EC P-256) if it is not there yet.
  virtual Result<Key> key(const std::string& name) = 0;
  virtual bool has(const std::string& name) const = 0;
};

/// Keys as PEM files of mode 0600 in a directory of mode 0700, each with a second copy; a damaged file is set aside and
/// replaced by its copy, and a sentence about it added to `warnings`.
class FileKeyStore final : public KeyStore {
 public:
  explicit FileKeyStore(std::filesystem::path directory) : directory_(std::move(directory)) {}

  Result<Key> key(const std::string& name) override;
  bool has(const std::string& name) const override;
  const std::vector<std::string>& warnings() const { return warnings_; }

 private:
  std::filesystem::path directory_;
  std::vector<std::string> warnings_;
};

}  // namespace candela
