#include <gmock/gmock.h>
#include <gtest/gtest.h>
#include <openssl/pem.h>
#include <sys/stat.h>

#include <cstdlib>
#include <fstream>
#include <set>

#include "base/durable_file.h"
#include "security/certificate.h"
#include "security/certificate_authority.h"
#include "security/key_store.h"
#include "security/openssl.h"

namespace candela {
namespace {

namespace fs = std::filesystem;
using namespace std::chrono_literals;
using testing::Contains;
using testing::HasSubstr;
using testing::IsEmpty;

constexpr UtcTime kToday = std::chrono::sys_days{std::chrono::year{2026} / 11 / 24};
constexpr auto kYear = 365 * 24h;
const std::vector<std::string> kNames = {"candela-1a2b.local", "localhost"};
const std::vector<std::string> kAddresses = {"127.0.0.1", "::1"};

/// What a strict peer says of a chain: empty = fine.
std::string verdict(X509* leaf, const std::string& root_pem, int purpose, UtcTime when = kToday) {
  const Certificate root = parse_certificate(root_pem);
  const openssl::Store store(X509_STORE_new());
  X509_STORE_add_cert(store.get(), root.get());
  const openssl::StoreContext context(X509_STORE_CTX_new());
  X509_STORE_CTX_init(context.get(), store.get(), leaf, nullptr);
  X509_VERIFY_PARAM* parameters = X509_STORE_CTX_get0_param(context.get());
  X509_VERIFY_PARAM_set_flags(parameters, X509_V_FLAG_X509_STRICT | X509_V_FLAG_CHECK_SS_SIGNATURE);
  X509_VERIFY_PARAM_set_purpose(parameters, purpose);
  X509_VERIFY_PARAM_set_time(parameters, std::chrono::floor<std::chrono::seconds>(when).time_since_epoch().count());
  if (X509_verify_cert(context.get()) == 1) return {};
  return X509_verify_cert_error_string(X509_STORE_CTX_get_error(context.get()));
}

std::string fingerprint_of_key(EVP_PKEY* key) { return private_pem(key); }

class SecurityTest : public testing::Test {
 protected:
  SecurityTest() {
    std::string pattern = (fs::temp_directory_path() / "candela-keys-XXXXXX").string();
    root_ = ::mkdtemp(pattern.data());
    clock_.set({MonoTime(), kToday});
  }
  ~SecurityTest() override { fs::remove_all(root_); }

  /// A processor that starts in this directory.
  struct Processor {
    FileKeyStore keys;
    Result<std::unique_ptr<CertificateAuthority>> authority;
    explicit Processor(const fs::path& directory, const Clock& clock)
        : keys(directory / "keys"),
          authority(CertificateAuthority::open(directory / "certificates", keys, clock, "Candela 1a2b3c4d")) {}
    CertificateAuthority& ca() { return **authority; }
    std::vector<std::string> warnings() {
      std::vector<std::string> all = keys.warnings();
      if (authority) all.insert(all.end(), ca().warnings().begin(), ca().warnings().end());
      return all;
    }
  };
  Processor start(const std::string& name = "state") { return Processor(root_ / name, clock_); }

  std::vector<fs::path> files(const std::string& name = "state") const {
    std::vector<fs::path> found;
    for (const auto& it : fs::recursive_directory_iterator(root_ / name)) {
      if (it.is_regular_file()) found.push_back(it.path());
    }
    return found;
  }
  static mode_t mode(const fs::path& file) {
    struct stat status {};
    EXPECT_EQ(::stat(file.c_str(), &status), 0) << file;
    return status.st_mode & 07777;
  }
  static void spoil(const fs::path& file) { std::ofstream(file) << "-----BEGIN RUBBISH-----\n"; }

  fs::path root_;
  ManualClock clock_;
};

TEST_F(SecurityTest, AStrictPeerAcceptsServerAndClient) {
  Processor processor = start();
  ASSERT_TRUE(processor.authority) << processor.authority.error().message;
  const auto server = processor.ca().server(kNames, kAddresses);
  ASSERT_TRUE(server) << server.error().message;
  const auto client = processor.ca().issue_client("Home Assistant");
  ASSERT_TRUE(client) << client.error().message;
  const Certificate leaf = parse_certificate(client->certificate_pem);
  const std::string root = processor.ca().root_pem();
  EXPECT_EQ(verdict(server->certificate.get(), root, X509_PURPOSE_SSL_SERVER), "");
  EXPECT_EQ(verdict(leaf.get(), root, X509_PURPOSE_SSL_CLIENT), "");
  EXPECT_NE(verdict(leaf.get(), root, X509_PURPOSE_SSL_SERVER), "") << "a client cannot play the server";
  EXPECT_NE(verdict(server->certificate.get(), root, X509_PURPOSE_SSL_CLIENT), "");
  EXPECT_EQ(X509_check_host(server->certificate.get(), "candela-1a2b.local", 0, 0, nullptr), 1);
  EXPECT_EQ(X509_check_ip_asc(server->certificate.get(), "::1", 0), 1);
  EXPECT_EQ(X509_check_host(server->certificate.get(), "elsewhere.local", 0, 0, nullptr), 0);
  EXPECT_EQ(X509_check_private_key(server->certificate.get(), server->key.get()), 1);
  EXPECT_EQ(client->fingerprint, key_fingerprint(leaf.get()));
  EXPECT_EQ(client->fingerprint.size(), 64U);
  EXPECT_THAT(processor.warnings(), IsEmpty());
}

TEST_F(SecurityTest, ClientsCannotSignOthers) {
  Processor processor = start();
  const auto client = processor.ca().issue_client("mallory");
  const Certificate issuer = parse_certificate(client->certificate_pem);
  const Key issuer_key(PEM_read_bio_PrivateKey(openssl::reader(client->key_pem).get(), nullptr, nullptr, nullptr));
  const auto key = make_key();
  const auto forged = make_certificate({.kind = CertificateRequest::Kind::client,
                                        .common_name = "eve",
                                        .key = key->get(),
                                        .from = kToday - 24h,
                                        .until = kToday + kYear,
                                        .dns_names = {},
                                        .addresses = {}},
                                       issuer.get(), issuer_key.get());
  ASSERT_TRUE(forged);
  EXPECT_NE(verdict(forged->get(), processor.ca().root_pem(), X509_PURPOSE_SSL_CLIENT), "");
}

TEST_F(SecurityTest, KeepsItsKeysOverAReopen) {
  Processor first = start();
  const std::string root = first.ca().root_pem();
  const auto server = first.ca().server(kNames, kAddresses);
  Processor second = start();
  EXPECT_EQ(second.ca().root_pem(), root);
  const auto again = second.ca().server(kNames, kAddresses);
  EXPECT_EQ(to_pem(again->certificate.get()), to_pem(server->certificate.get()));
  EXPECT_EQ(EVP_PKEY_eq(again->key.get(), server->key.get()), 1);
  EXPECT_THAT(second.warnings(), IsEmpty());
}

TEST_F(SecurityTest, TwoSystemsShareNothing) {
  Processor ours = start("ours");
  Processor theirs = start("theirs");
  const auto server = ours.ca().server(kNames, kAddresses);
  EXPECT_NE(key_fingerprint(ours.ca().root()), key_fingerprint(theirs.ca().root()));
  EXPECT_NE(verdict(server->certificate.get(), theirs.ca().root_pem(), X509_PURPOSE_SSL_SERVER), "");
}

TEST_F(SecurityTest, EveryCertificateHasItsOwnSerialAndKey) {
  Processor processor = start();
  std::set<std::string> seen;
  for (int i = 0; i < 50; ++i) {
    const auto client = processor.ca().issue_client("same name");
    const Certificate certificate = parse_certificate(client->certificate_pem);
    const openssl::Number serial(ASN1_INTEGER_to_BN(X509_get0_serialNumber(certificate.get()), nullptr));
    EXPECT_FALSE(BN_is_negative(serial.get()));
    EXPECT_EQ(BN_num_bits(serial.get()), 127);
    char* text = BN_bn2hex(serial.get());
    EXPECT_TRUE(seen.insert(text).second);
    OPENSSL_free(text);
    EXPECT_TRUE(seen.insert(client->fingerprint).second);
  }
}

TEST_F(SecurityTest, FilesAreForTheOwnerOnly) {
  Processor processor = start();
  ASSERT_TRUE(processor.ca().server(kNames, kAddresses));
  EXPECT_EQ(files().size(), 8U) << "two keys, two certificates, each with a copy";
  for (const fs::path& file : files()) EXPECT_EQ(mode(file), 0600U) << file;
  EXPECT_EQ(mode(root_ / "state/keys"), 0700U);
  EXPECT_EQ(mode(root_ / "state/certificates"), 0700U);
}

TEST_F(SecurityTest, ClosesWhatWasLeftOpen) {
  start();
  fs::permissions(root_ / "state/keys", fs::perms(0755));
  fs::permissions(root_ / "state/keys/ca.key.pem", fs::perms(0644));
  Processor processor = start();
  EXPECT_EQ(mode(root_ / "state/keys/ca.key.pem"), 0600U);
  EXPECT_THAT(processor.warnings(), Contains(HasSubstr("could be read by others")));
  ASSERT_TRUE(processor.ca().server(kNames, kAddresses));
  EXPECT_EQ(mode(root_ / "state/keys/ca.key.pem"), 0600U);
}

TEST_F(SecurityTest, RefusesNamesThatDoNotFit) {
  Processor processor = start();
  EXPECT_FALSE(processor.ca().issue_client(""));
  EXPECT_FALSE(processor.ca().issue_client("two\nlines"));
  EXPECT_FALSE(processor.ca().issue_client(std::string(65, 'x')));
  EXPECT_FALSE(processor.ca().issue_client("\xff\xfe")) << "no UTF-8";
  EXPECT_TRUE(processor.ca().issue_client(std::string(64, 'x')));
  std::string umlauts;
  for (int i = 0; i < 64; ++i) umlauts += "ü";
  EXPECT_TRUE(processor.ca().issue_client(umlauts)) << "characters count, not bytes";
  EXPECT_TRUE(processor.ca().issue_client("a,DNS:evil.example")) << "only a name";
}

TEST_F(SecurityTest, RemakesTheServerCertificateWhenItsNamesChange) {
  Processor processor = start();
  const auto before = processor.ca().server({"localhost"}, {"127.0.0.1"});
  const auto fewer = processor.ca().server({}, {"127.0.0.1"});
  EXPECT_EQ(to_pem(fewer->certificate.get()), to_pem(before->certificate.get())) << "it covers these";
  const auto after = processor.ca().server({"localhost"}, {"127.0.0.1", "192.0.2.7"});
  EXPECT_NE(to_pem(after->certificate.get()), to_pem(before->certificate.get()));
  EXPECT_EQ(EVP_PKEY_eq(after->key.get(), before->key.get()), 1);
  EXPECT_EQ(X509_check_ip_asc(after->certificate.get(), "192.0.2.7", 0), 1);
}

TEST_F(SecurityTest, RemakesTheServerCertificateInItsLastYear) {
  Processor processor = start();
  const auto before = processor.ca().server(kNames, kAddresses);
  clock_.set({MonoTime(), kToday + 4 * kYear - 24h});
  EXPECT_EQ(to_pem(processor.ca().server(kNames, kAddresses)->certificate.get()), to_pem(before->certificate.get()));
  clock_.set({MonoTime(), kToday + 4 * kYear + 24h});
  const auto after = processor.ca().server(kNames, kAddresses);
  EXPECT_NE(to_pem(after->certificate.get()), to_pem(before->certificate.get()));
  const UtcTime later = kToday + 8 * kYear;
  EXPECT_NE(verdict(before->certificate.get(), processor.ca().root_pem(), X509_PURPOSE_SSL_SERVER, later), "")
      << "expired";
  EXPECT_EQ(verdict(after->certificate.get(), processor.ca().root_pem(), X509_PURPOSE_SSL_SERVER, later), "");
}

TEST_F(SecurityTest, AWrongClockMakesNoUselessCertificates) {
  for (const UtcTime wrong : {UtcTime(), UtcTime(kToday - 5 * kYear), UtcTime(kToday + 15 * kYear)}) {
    clock_.set({MonoTime(), wrong});
    const std::string name = "state" + std::to_string(wrong.time_since_epoch().count());
    Processor processor = start(name);
    ASSERT_TRUE(processor.authority);
    const auto server = processor.ca().server(kNames, kAddresses);
    const auto client = processor.ca().issue_client("phone");
    const Certificate leaf = parse_certificate(client->certificate_pem);
    // By its own clock, and by everybody else's.
    for (const UtcTime when : {wrong, kToday}) {
      EXPECT_EQ(verdict(server->certificate.get(), processor.ca().root_pem(), X509_PURPOSE_SSL_SERVER, when), "");
      EXPECT_EQ(verdict(leaf.get(), processor.ca().root_pem(), X509_PURPOSE_SSL_CLIENT, when), "");
    }
  }
}

TEST_F(SecurityTest, AClockBackIn1970StillLetsClientsIn) {
  Processor processor = start();
  const auto client = processor.ca().issue_client("phone");
  const Certificate leaf = parse_certificate(client->certificate_pem);
  EXPECT_NE(verdict(leaf.get(), processor.ca().root_pem(), X509_PURPOSE_SSL_CLIENT, UtcTime()), "");
  EXPECT_EQ(verdict(leaf.get(), processor.ca().root_pem(), X509_PURPOSE_SSL_CLIENT, certificate_time(UtcTime())), "");
  EXPECT_EQ(certificate_time(kToday), kToday);
}

TEST_F(SecurityTest, AFlippedByteInAnyFileLosesNothing) {
  std::string root;
  std::string server_key;
  {
    Processor processor = start();
    root = processor.ca().root_pem();
    server_key = fingerprint_of_key(processor.ca().server(kNames, kAddresses)->key.get());
  }
  for (const fs::path& file : files()) {
    const std::string whole = *read_file(file, 100'000);
    for (std::size_t at = 0; at < whole.size(); at += 37) {
      std::string damaged = whole;
      damaged[at] = static_cast<char>(damaged[at] ^ (1 << (at % 8)));
      ASSERT_TRUE(write_durably(file, damaged, 0600));
      Processor processor = start();
      ASSERT_TRUE(processor.authority) << file << " at " << at << ": " << processor.authority.error().message;
      ASSERT_EQ(processor.ca().root_pem(), root) << file << " at " << at;
      const auto server = processor.ca().server(kNames, kAddresses);
      ASSERT_TRUE(server) << file << " at " << at;
      ASSERT_EQ(fingerprint_of_key(server->key.get()), server_key) << file << " at " << at;
      ASSERT_EQ(verdict(server->certificate.get(), root, X509_PURPOSE_SSL_SERVER), "") << file << " at " << at;
      ASSERT_TRUE(write_durably(file, whole, 0600));
    }
  }
}

TEST_F(SecurityTest, ADamagedFileIsSetAsideAndMadeAgain) {
  start();
  const fs::path file = root_ / "state/keys/ca.key.pem";
  const std::string whole = *read_file(file, 10'000);
  spoil(file);
  Processor processor = start();
  ASSERT_TRUE(processor.authority);
  EXPECT_THAT(processor.warnings(), Contains(HasSubstr("ca.key.pem was damaged and set aside as ca.key.pem.damaged-")));
  EXPECT_EQ(*read_file(file, 10'000), whole);
  EXPECT_THAT(start().warnings(), IsEmpty());
}

TEST_F(SecurityTest, SaysWhatToDoWhenTheAuthoritysKeyIsLost) {
  start();
  spoil(root_ / "state/keys/ca.key.pem");
  spoil(root_ / "state/keys/ca.key.pem.copy");
  Processor damaged = start();
  ASSERT_FALSE(damaged.authority);
  EXPECT_THAT(damaged.authority.error().message, HasSubstr("ca.key.pem is damaged"));
  EXPECT_THAT(damaged.authority.error().message, HasSubstr("from a backup"));
  fs::remove(root_ / "state/keys/ca.key.pem");
  fs::remove(root_ / "state/keys/ca.key.pem.copy");
  Processor missing = start();
  ASSERT_FALSE(missing.authority) << "never quietly a new one: all clients would be out";
  EXPECT_THAT(missing.authority.error().message, HasSubstr("from a backup"));
}

TEST_F(SecurityTest, ALostRootCertificateIsMadeAgainFromItsKey) {
  Processor before = start();
  const std::string old_root = before.ca().root_pem();
  const auto client = before.ca().issue_client("phone");
  spoil(root_ / "state/certificates/ca.pem");
  spoil(root_ / "state/certificates/ca.pem.copy");
  Processor after = start();
  ASSERT_TRUE(after.authority);
  EXPECT_THAT(after.warnings(), Contains(HasSubstr("made again from its key")));
  const Certificate leaf = parse_certificate(client->certificate_pem);
  EXPECT_EQ(verdict(leaf.get(), after.ca().root_pem(), X509_PURPOSE_SSL_CLIENT), "") << "the old client gets in";
  const auto server = after.ca().server(kNames, kAddresses);
  EXPECT_EQ(verdict(server->certificate.get(), old_root, X509_PURPOSE_SSL_SERVER), "") << "and trusts the new server";
}

TEST_F(SecurityTest, ALostServerKeyIsReplaced) {
  {
    Processor processor = start();
    ASSERT_TRUE(processor.ca().server(kNames, kAddresses));
  }
  spoil(root_ / "state/keys/server.key.pem");
  spoil(root_ / "state/keys/server.key.pem.copy");
  spoil(root_ / "state/certificates/server.pem");
  spoil(root_ / "state/certificates/server.pem.copy");
  Processor processor = start();
  const auto server = processor.ca().server(kNames, kAddresses);
  ASSERT_TRUE(server);
  EXPECT_EQ(verdict(server->certificate.get(), processor.ca().root_pem(), X509_PURPOSE_SSL_SERVER), "");
  EXPECT_THAT(processor.warnings(), Contains(HasSubstr("a new key was made for the server")));
  EXPECT_THAT(processor.warnings(), Contains(HasSubstr("server.pem is damaged")));
}

TEST_F(SecurityTest, ADirectoryThatCannotBeMadeIsAnError) {
  std::ofstream(root_ / "file") << "in the way";
  Processor processor(root_ / "file", clock_);
  ASSERT_FALSE(processor.authority);
  EXPECT_THAT(processor.authority.error().message, HasSubstr("cannot make the directory"));
}

}  // namespace
}  // namespace candela
