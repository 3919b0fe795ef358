#include "security/certificate.h"

#include <openssl/pem.h>
#include <openssl/rand.h>
#include <openssl/x509v3.h>

#include <array>

#include "security/openssl.h"

namespace candela {
namespace {

using openssl::failure;
using Kind = CertificateRequest::Kind;

constexpr const char* kOrganization = "Candela";

std::time_t seconds(UtcTime time) { return std::chrono::floor<std::chrono::seconds>(time).time_since_epoch().count(); }

/// 127 random bits: unguessable, positive, and never the same twice.
bool set_serial(X509* certificate) {
  std::array<unsigned char, 16> bytes{};
  if (RAND_bytes(bytes.data(), static_cast<int>(bytes.size())) != 1) return false;
  bytes[0] = static_cast<unsigned char>((bytes[0] & 0x7f) | 0x40);
  const openssl::Number number(BN_bin2bn(bytes.data(), static_cast<int>(bytes.size()), nullptr));
  return number && BN_to_ASN1_INTEGER(number.get(), X509_get_serialNumber(certificate)) != nullptr;
}

bool add_entry(X509_NAME* name, const char* field, const std::string& text) {
  return X509_NAME_add_entry_by_txt(name, field, MBSTRING_UTF8, reinterpret_cast<const unsigned char*>(text.data()),
                                    static_cast<int>(text.size()), -1, 0) == 1;
}

bool add_extension(X509* certificate, X509V3_CTX* context, int kind, const char* value) {
  const openssl::Extension extension(X509V3_EXT_conf_nid(nullptr, context, kind, value));
  return extension && X509_add_ext(certificate, extension.get(), -1) == 1;
}

/// Built from values, not from a line of text that a comma in a name could extend.
openssl::Names alternative_names(const CertificateRequest& request) {
  openssl::Names names(GENERAL_NAMES_new());
  const auto add = [&](int kind, const std::string& text) {
    openssl::Name name(a2i_GENERAL_NAME(nullptr, nullptr, nullptr, kind, text.c_str(), 0));
    if (!name || sk_GENERAL_NAME_push(names.get(), name.get()) == 0) return false;
    static_cast<void>(name.release());  // the list owns it now
    return true;
  };
  for (const std::string& name : request.dns_names) {
    if (!add(GEN_DNS, name)) return nullptr;
  }
  for (const std::string& address : request.addresses) {
    if (!add(GEN_IPADD, address)) return nullptr;
  }
  return names;
}

struct Extensions {
  const char* constraints;
  const char* usage;
  const char* extended;
};

Extensions extensions_of(Kind kind) {
  switch (kind) {
    case Kind::authority: return {"critical,CA:TRUE,pathlen:0", "critical,keyCertSign,cRLSign", nullptr};
    case Kind::server: return {"critical,CA:FALSE", "critical,digitalSignature", "serverAuth"};
    case Kind::client: break;
  }
  return {"critical,CA:FALSE", "critical,digitalSignature", "clientAuth"};
}

bool add_extensions(X509* certificate, X509* issuer, const CertificateRequest& request) {
  X509V3_CTX context;
  X509V3_set_ctx(&context, issuer, certificate, nullptr, nullptr, 0);
  const Extensions wanted = extensions_of(request.kind);
  bool fine = add_extension(certificate, &context, NID_basic_constraints, wanted.constraints) &&
              add_extension(certificate, &context, NID_key_usage, wanted.usage) &&
              add_extension(certificate, &context, NID_subject_key_identifier, "hash") &&
              add_extension(certificate, &context, NID_authority_key_identifier, "keyid:always");
  if (wanted.extended != nullptr)
    fine = fine && add_extension(certificate, &context, NID_ext_key_usage, wanted.extended);
  if (!request.dns_names.empty() || !request.addresses.empty()) {
    const openssl::Names names = alternative_names(request);
    fine = fine && names && X509_add1_ext_i2d(certificate, NID_subject_alt_name, names.get(), 0, 0) == 1;
  }
  return fine;
}

openssl::Names names_of(const X509* certificate) {
  return openssl::Names(
      static_cast<GENERAL_NAMES*>(X509_get_ext_d2i(certificate, NID_subject_alt_name, nullptr, nullptr)));
}

bool is_strong(EVP_PKEY* key) {
  constexpr int kRsaMin = 2048;
  constexpr int kRsaMax = 8192;
  const int bits = EVP_PKEY_get_bits(key);
  if (EVP_PKEY_is_a(key, "RSA") == 1) return bits >= kRsaMin && bits <= kRsaMax;
  std::array<char, 32> curve{};
  if (EVP_PKEY_is_a(key, "EC") != 1 || EVP_PKEY_get_group_name(key, curve.data(), curve.size(), nullptr) != 1) {
    return false;
  }
  const std::string_view name(curve.data());
  return name == SN_X9_62_prime256v1 || name == SN_secp384r1;
}

}  // namespace

Result<Certificate> make_certificate(const CertificateRequest& request, X509* issuer, EVP_PKEY* issuer_key) {
  Certificate certificate(X509_new());
  if (!certificate) return failure("cannot make a certificate");
  X509* made = certificate.get();
  if (issuer == nullptr) issuer = made;
  const bool fine = X509_set_version(made, X509_VERSION_3) == 1 && set_serial(made) &&
                    add_entry(X509_get_subject_name(made), "O", kOrganization) &&
                    add_entry(X509_get_subject_name(made), "CN", request.common_name) &&
                    X509_set_issuer_name(made, X509_get_subject_name(issuer)) == 1 &&
                    ASN1_TIME_set(X509_getm_notBefore(made), seconds(request.from)) != nullptr &&
                    ASN1_TIME_set(X509_getm_notAfter(made), seconds(request.until)) != nullptr &&
                    X509_set_pubkey(made, request.key) == 1 && add_extensions(made, issuer, request) &&
                    X509_sign(made, issuer_key, EVP_sha256()) > 0;
  if (!fine) return failure("cannot make a certificate for '" + request.common_name + "'");
  return certificate;
}

Result<Key> key_of_request(std::string_view pem) {
  const openssl::Request request(PEM_read_bio_X509_REQ(openssl::reader(pem).get(), nullptr, nullptr, nullptr));
  if (!request) return failure("this is no certificate request");
  Key key(X509_REQ_get_pubkey(request.get()));
  if (!key || X509_REQ_verify(request.get(), key.get()) != 1) {
    return failure("the certificate request is not signed with its own key");
  }
  if (!is_strong(key.get())) return Error{"the key must be RSA of 2048 to 8192 bits, or EC of P-256 or P-384"};
  return key;
}

Certificate parse_certificate(std::string_view pem) {
  Certificate certificate(PEM_read_bio_X509(openssl::reader(pem).get(), nullptr, nullptr, nullptr));
  if (!certificate) failure({});  // empties the queue
  return certificate;
}

std::string to_pem(const X509* certificate) {
  const openssl::Bio out(BIO_new(BIO_s_mem()));
  PEM_write_bio_X509(out.get(), certificate);
  return openssl::contents(out.get());
}

std::string key_fingerprint(const X509* certificate) {
  unsigned char* bytes = nullptr;
  const int size = i2d_X509_PUBKEY(X509_get_X509_PUBKEY(certificate), &bytes);
  if (size <= 0) return {};
  std::array<unsigned char, 32> digest{};
  EVP_Digest(bytes, static_cast<std::size_t>(size), digest.data(), nullptr, EVP_sha256(), nullptr);
  OPENSSL_free(bytes);
  std::string hex;
  for (const unsigned char byte : digest) {
    hex += "0123456789abcdef"[byte >> 4];
    hex += "0123456789abcdef"[byte & 15];
  }
  return hex;
}

bool covers(const X509* certificate, const std::vector<std::string>& dns_names,
            const std::vector<std::string>& addresses) {
  const openssl::Names wanted = alternative_names({.dns_names = dns_names, .addresses = addresses});
  const openssl::Names present = names_of(certificate);
  if (!wanted) return false;
  for (int i = 0; i < sk_GENERAL_NAME_num(wanted.get()); ++i) {
    bool found = false;
    for (int j = 0; present && j < sk_GENERAL_NAME_num(present.get()) && !found; ++j) {
      found = GENERAL_NAME_cmp(sk_GENERAL_NAME_value(wanted.get(), i), sk_GENERAL_NAME_value(present.get(), j)) == 0;
    }
    if (!found) return false;
  }
  return true;
}

bool valid_between(const X509* certificate, UtcTime from, UtcTime until) {
  std::time_t begin = seconds(from);
  std::time_t end = seconds(until);
  // X509_cmp_time: -1 = the certificate's time is not after the given one, 1 = it is after, 0 = it cannot be read.
  return X509_cmp_time(X509_get0_notBefore(certificate), &begin) < 0 &&
         X509_cmp_time(X509_get0_notAfter(certificate), &end) > 0;
}

}  // namespace candela
