#include "security/key_store.h"

#include <openssl/core_names.h>
#include <openssl/ec.h>
#include <openssl/pem.h>
#include <sys/stat.h>

#include <array>
#include <system_error>

#include "security/openssl.h"
#include "security/twin_file.h"

namespace candela {
namespace {

namespace fs = std::filesystem;
using openssl::failure;

/// An EC P-256 key whose private and public halves belong together; nullptr for any other text.
Key parse(std::string_view pem) {
  Key key(PEM_read_bio_PrivateKey(openssl::reader(pem).get(), nullptr, nullptr, nullptr));
  std::array<char, 32> group{};
  std::unique_ptr<EVP_PKEY_CTX, openssl::Free<EVP_PKEY_CTX_free>> check(
      key ? EVP_PKEY_CTX_new_from_pkey(nullptr, key.get(), nullptr) : nullptr);
  const bool whole =
      check &&
      EVP_PKEY_get_utf8_string_param(key.get(), OSSL_PKEY_PARAM_GROUP_NAME, group.data(), group.size(), nullptr) == 1 &&
      std::string_view(group.data()) == "prime256v1" && EVP_PKEY_check(check.get()) == 1;
  if (!whole) failure({});  // empties the queue
  return whole ? std::move(key) : nullptr;
}

bool is_key(std::string_view pem) { return parse(pem) != nullptr; }

}  // namespace

Result<Key> FileKeyStore::key(const std::string& name) {
  TwinFile twin(file(name), is_key, warnings_);
  if (!twin.exists()) return renew(name);
  const auto pem = twin.read();
  if (!pem) return pem.error();
  return parse(*pem);
}

Result<Key> FileKeyStore::renew(const std::string& name) {
  if (const Outcome made = make_private_directory(directory_); !made) return made.error();
  auto key = make_key();
  if (!key) return key;
  TwinFile twin(file(name), is_key, warnings_);
  if (const Outcome written = twin.write(private_pem(key->get())); !written) return written.error();
  return key;
}

bool FileKeyStore::has(const std::string& name) const {
  std::vector<std::string> unused;
  return TwinFile(file(name), is_key, unused).exists();
}

Result<Key> make_key() {
  Key key(EVP_EC_gen("P-256"));
  if (!key) return failure("cannot make a key");
  return key;
}

std::string private_pem(EVP_PKEY* key) {
  openssl::Bio out(BIO_new(BIO_s_secmem()));
  PEM_write_bio_PKCS8PrivateKey(out.get(), key, nullptr, nullptr, 0, nullptr, nullptr);
  return openssl::contents(out.get());
}

Outcome make_private_directory(const fs::path& directory) {
  std::error_code error;
  if (directory.has_parent_path()) fs::create_directories(directory.parent_path(), error);
  if (::mkdir(directory.c_str(), 0700) == 0) return done();
  struct stat status {};
  const bool closed = ::stat(directory.c_str(), &status) == 0 && S_ISDIR(status.st_mode) &&
                      ((status.st_mode & 077) == 0 || ::chmod(directory.c_str(), 0700) == 0);
  if (closed) return done();
  return Error{"cannot make the directory " + directory.string() + ": " + std::generic_category().message(errno)};
}

}  // namespace candela
