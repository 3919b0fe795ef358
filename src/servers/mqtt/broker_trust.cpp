#include "servers/mqtt/broker_trust.h"

#include <fmt/format.h>
#include <openssl/ssl.h>

#include <boost/asio/ip/address.hpp>
#include <fstream>

namespace candela::servers::mqtt {
namespace {

namespace ssl = boost::asio::ssl;
using SystemError = boost::system::error_code;

constexpr std::size_t kLongestPassword = 65535;  // MQTT 5.0, 1.5.6

Error cannot_use(std::string_view what, const std::filesystem::path& file, const SystemError& error) {
  return Error{fmt::format("MQTT: the {} {} cannot be used: {}", what, file.string(), error.message())};
}

}  // namespace

Result<ssl::context> make_trust(const Settings& settings) {
  ssl::context context(ssl::context::tls_client);
  set_versions_and_ciphers(context.native_handle());
  context.set_verify_mode(ssl::verify_peer);
  SystemError error;
  if (settings.ca.empty()) {
    context.set_default_verify_paths(error);
    if (error) return Error{"MQTT: this machine has no list of trusted authorities: " + error.message()};
  } else {
    context.load_verify_file(settings.ca.string(), error);
    if (error) return cannot_use("authority", settings.ca, error);
  }
  if (settings.certificate.empty()) return context;
  context.use_certificate_chain_file(settings.certificate.string(), error);
  if (error) return cannot_use("certificate", settings.certificate, error);
  context.use_private_key_file(settings.key.string(), ssl::context::pem, error);
  if (error) return cannot_use("private key", settings.key, error);
  return context;
}

void expect_broker(leap::Stream& stream, const std::string& host, UtcTime now) {
  leap::check_certificates_at(stream, now);
  SSL* const native = stream.native_handle();
  SystemError error;
  boost::asio::ip::make_address(host, error);
  if (!error) {
    X509_VERIFY_PARAM_set1_ip_asc(SSL_get0_param(native), host.c_str());
    return;
  }
  SSL_set_hostflags(native, X509_CHECK_FLAG_NO_PARTIAL_WILDCARDS);
  SSL_set1_host(native, host.c_str());
  SSL_set_tlsext_host_name(native, host.c_str());
}

Result<std::string> read_password(const std::filesystem::path& file) {
  std::error_code failed;
  const auto status = std::filesystem::status(file, failed);
  const auto everybody = std::filesystem::perms::others_read;
  if (!failed && (status.permissions() & everybody) != std::filesystem::perms::none) {
    return Error{
        fmt::format("MQTT: everybody on this machine can read the password in {}; chmod o-r it", file.string())};
  }
  std::ifstream text(file);
  std::string password;
  if (!std::getline(text, password)) return Error{fmt::format("MQTT: there is no password in {}", file.string())};
  if (password.ends_with('\r')) password.pop_back();
  if (password.empty() || password.size() > kLongestPassword) {
    return Error{fmt::format("MQTT: the first line of {} is no password", file.string())};
  }
  return password;
}

}  // namespace candela::servers::mqtt
