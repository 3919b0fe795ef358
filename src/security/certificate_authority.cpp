#include "security/certificate_authority.h"

#include <algorithm>
#include <utility>

#include "security/certificate.h"
#include "security/openssl.h"
#include "security/twin_file.h"

namespace candela {
namespace {

namespace fs = std::filesystem;
using namespace std::chrono_literals;

constexpr UtcTime kValidSince = std::chrono::sys_days{std::chrono::year{2020} / 1 / 1};
/// When this was written: a clock before it is wrong.
constexpr UtcTime kEarliestNow = std::chrono::sys_days{std::chrono::year{2026} / 1 / 1};
constexpr auto kDay = 24h;
constexpr auto kYear = 365 * kDay;
constexpr auto kRootLife = 40 * kYear;
constexpr auto kServerLife = 5 * kYear;
constexpr auto kServerRenewal = 1 * kYear;
constexpr auto kClientLife = 20 * kYear;
/// X.520's upper bound of a common name, in characters.
constexpr std::size_t kMaxName = 64;

/// Whether it may stand in a certificate and on one line of a list.
bool plain(std::string_view name) {
  const auto control = [](char c) { return (c >= 0 && c < ' ') || c == 127; };
  const auto begins = [](char c) { return (static_cast<unsigned char>(c) & 0xc0) != 0x80; };
  const auto characters = std::count_if(name.begin(), name.end(), begins);
  return !name.empty() && static_cast<std::size_t>(characters) <= kMaxName &&
         std::none_of(name.begin(), name.end(), control);
}

class Authority final : public CertificateAuthority {
 public:
  Authority(fs::path directory, KeyStore& keys, const Clock& clock, Key key)
      : directory_(std::move(directory)), keys_(keys), clock_(clock), key_(std::move(key)) {}

  Outcome open_root(const std::string& name) {
    TwinFile file(
        directory_ / "ca.pem", [this](auto pem) { return is_root(pem); }, warnings_);
    const bool was_there = file.exists();
    if (was_there) {
      if (const auto pem = file.read()) {
        root_ = parse_certificate(*pem);
        return done();
      }
    }
    auto made = make_certificate({.kind = CertificateRequest::Kind::authority,
                                  .common_name = name,
                                  .key = key_.get(),
                                  .from = from(),
                                  .until = until(kRootLife),
                                  .dns_names = {},
                                  .addresses = {}},
                                 nullptr, key_.get());
    if (!made) return made.error();
    if (was_there) {
      file.discard();
      warnings_.push_back((directory_ / "ca.pem").string() +
                          " was damaged, and its copy too; it was made again from its key. Clients that have the old "
                          "one go on to work.");
    }
    if (Outcome written = file.write(to_pem(made->get())); !written) return written;
    root_ = std::move(*made);
    return done();
  }

  const X509* root() const override { return root_.get(); }
  std::string root_pem() const override { return to_pem(root_.get()); }
  const std::vector<std::string>& warnings() const override { return warnings_; }

  /// So that damage is told at the start, not when the server opens.
  void mend_server_files() {
    if (keys_.has("server")) static_cast<void>(server_key());
    kept_server_certificate();
  }

  Result<ServerIdentity> server(const std::vector<std::string>& dns_names,
                                const std::vector<std::string>& addresses) override {
    auto key = server_key();
    if (!key) return key.error();
    Certificate kept = kept_server_certificate();
    if (kept && is_fit(kept.get(), key->get()) && covers(kept.get(), dns_names, addresses)) {
      return ServerIdentity{std::move(*key), std::move(kept)};
    }
    auto made = make_certificate({.kind = CertificateRequest::Kind::server,
                                  .common_name = server_name(dns_names),
                                  .key = key->get(),
                                  .from = from(),
                                  .until = until(kServerLife),
                                  .dns_names = dns_names,
                                  .addresses = addresses},
                                 root_.get(), key_.get());
    if (!made) return made.error();
    if (const Outcome written = server_file().write(to_pem(made->get())); !written) {
      warnings_.push_back("the server's certificate is not kept: " + written.error().message);
    }
    return ServerIdentity{std::move(*key), std::move(*made)};
  }

  Result<ClientIdentity> issue_client(const std::string& common_name) override {
    auto key = make_key();
    if (!key) return key.error();
    auto identity = sign_client(key->get(), common_name);
    if (identity) identity->key_pem = private_pem(key->get());
    return identity;
  }

  Result<ClientIdentity> enrol_client(std::string_view request_pem, const std::string& common_name) override {
    const Result<Key> key = key_of_request(request_pem);
    return key ? sign_client(key->get(), common_name) : key.error();
  }

 private:
  UtcTime from() const { return std::min<UtcTime>(kValidSince, clock_.now().utc - kDay); }
  UtcTime until(std::chrono::hours life) const { return certificate_time(clock_.now().utc) + life; }

  Result<ClientIdentity> sign_client(EVP_PKEY* key, const std::string& common_name) {
    if (!plain(common_name)) {
      return Error{"a client's name has 1 to " + std::to_string(kMaxName) + " characters and no control characters"};
    }
    auto made = make_certificate({.kind = CertificateRequest::Kind::client,
                                  .common_name = common_name,
                                  .key = key,
                                  .from = from(),
                                  .until = until(kClientLife),
                                  .dns_names = {},
                                  .addresses = {}},
                                 root_.get(), key_.get());
    if (!made) return made.error();
    return ClientIdentity{{}, to_pem(made->get()), key_fingerprint(made->get())};
  }

  Result<Key> server_key() {
    auto key = keys_.key("server");
    if (key) return key;
    warnings_.push_back(key.error().message + "; a new key was made for the server.");
    return keys_.renew("server");
  }
  TwinFile server_file() {
    return TwinFile(
        directory_ / "server.pem", [this](auto pem) { return is_ours(pem); }, warnings_);
  }
  Certificate kept_server_certificate() {
    TwinFile file = server_file();
    if (!file.exists()) return nullptr;
    const auto pem = file.read();
    if (pem) return parse_certificate(*pem);
    warnings_.push_back(pem.error().message + "; it is made anew.");
    file.discard();
    return nullptr;
  }

  static std::string server_name(const std::vector<std::string>& dns_names) {
    return dns_names.empty() || !plain(dns_names.front()) ? "processor" : dns_names.front();
  }

  /// Signed by this authority, hence as it was written.
  bool is_ours(std::string_view pem) const {
    const Certificate certificate = parse_certificate(pem);
    const bool ours = certificate && X509_verify(certificate.get(), key_.get()) == 1;
    if (!ours) openssl::failure({});  // empties the queue
    return ours;
  }
  bool is_root(std::string_view pem) const {
    return is_ours(pem) && X509_check_private_key(parse_certificate(pem).get(), key_.get()) == 1;
  }

  bool is_fit(X509* certificate, EVP_PKEY* key) const {
    const UtcTime now = certificate_time(clock_.now().utc);
    const bool fit =
        X509_check_private_key(certificate, key) == 1 && valid_between(certificate, now, now + kServerRenewal);
    if (!fit) openssl::failure({});  // empties the queue
    return fit;
  }

  fs::path directory_;
  KeyStore& keys_;
  const Clock& clock_;
  Key key_;
  Certificate root_;
  std::vector<std::string> warnings_;
};

}  // namespace

UtcTime certificate_time(UtcTime now) { return std::max(now, kEarliestNow); }

Result<std::unique_ptr<CertificateAuthority>> CertificateAuthority::open(fs::path directory, KeyStore& keys,
                                                                         const Clock& clock, const std::string& name) {
  if (const Outcome made = make_private_directory(directory); !made) return made.error();
  const fs::path file = directory / "ca.pem";
  std::error_code ignored;
  const bool was_there = fs::exists(file, ignored) || fs::exists(file.string() + ".copy", ignored);
  if (was_there && !keys.has("ca")) {
    return Error{"the key of the authority is missing, but its certificate " + file.string() +
                 " is there: put the key back from a backup, or delete the certificate and its copy to begin a new "
                 "authority; then all clients have to be added again"};
  }
  auto key = keys.key("ca");
  if (!key) {
    return Error{key.error().message + ". Put the key back from a backup, or delete it, its copy, " + file.string() +
                 " and its copy to begin a new authority; then all clients have to be added again"};
  }
  auto authority = std::make_unique<Authority>(std::move(directory), keys, clock, std::move(*key));
  if (const Outcome opened = authority->open_root(name); !opened) return opened.error();
  authority->mend_server_files();
  return std::unique_ptr<CertificateAuthority>(std::move(authority));
}

}  // namespace candela
