#include "servers/mqtt/broker_address.h"

#include <fmt/format.h>

#include <algorithm>
#include <boost/asio/ip/address.hpp>
#include <charconv>
#include <optional>

namespace candela::servers::mqtt {
namespace {

constexpr std::uint16_t kTlsPort = 8883;
constexpr std::uint16_t kPlainPort = 1883;
constexpr std::size_t kLongestName = 253;  // RFC 1035

bool is_ip(std::string_view host) {
  boost::system::error_code error;
  boost::asio::ip::make_address(std::string(host), error);
  return !error;
}

bool is_on_this_machine(const std::string& host) {
  if (host == "localhost") return true;
  boost::system::error_code error;
  const auto address = boost::asio::ip::make_address(host, error);
  return !error && address.is_loopback();
}

bool is_host_name(std::string_view text) {
  const auto allowed = [](char it) {
    return (it >= 'a' && it <= 'z') || (it >= 'A' && it <= 'Z') || (it >= '0' && it <= '9') || it == '-' || it == '.';
  };
  return !text.empty() && text.size() <= kLongestName && std::all_of(text.begin(), text.end(), allowed);
}

std::optional<std::uint16_t> port_of(std::string_view text) {
  std::uint16_t port = 0;
  const auto read = std::from_chars(text.data(), text.data() + text.size(), port);
  if (read.ec != std::errc() || read.ptr != text.data() + text.size() || port == 0) return std::nullopt;
  return port;
}

bool take(std::string_view& text, std::string_view beginning) {
  if (!text.starts_with(beginning)) return false;
  text.remove_prefix(beginning.size());
  return true;
}

/// Takes "name", "1.2.3.4" or "[::1]" off the front; empty when there is none.
std::string_view take_host(std::string_view& text) {
  std::string_view host;
  if (take(text, "[")) {
    const auto end = text.find(']');
    if (end == std::string_view::npos) return {};
    host = text.substr(0, end);
    text.remove_prefix(end + 1);
    return is_ip(host) ? host : std::string_view();
  }
  host = text.substr(0, text.find(':'));
  text.remove_prefix(host.size());
  return is_host_name(host) ? host : std::string_view();
}

}  // namespace

std::string BrokerAddress::text() const {
  const bool brackets = host.find(':') != std::string::npos;
  return fmt::format("{}://{}{}{}:{}", tls ? "mqtts" : "mqtt", brackets ? "[" : "", host, brackets ? "]" : "", port);
}

Result<BrokerAddress> read_broker_address(std::string_view text, bool plain_allowed) {
  const Error wrong{fmt::format(
      "a broker is written as mqtts://HOST or mqtts://HOST:PORT (mqtt:// on this machine), not as \"{}\"", text)};
  BrokerAddress address;
  address.tls = take(text, "mqtts://");
  if (!address.tls && !take(text, "mqtt://")) return wrong;
  address.port = address.tls ? kTlsPort : kPlainPort;
  address.host = take_host(text);
  if (text.ends_with('/')) text.remove_suffix(1);
  if (address.host.empty()) return wrong;
  if (take(text, ":")) {
    const auto port = port_of(text);
    if (!port) return wrong;
    address.port = *port;
  } else if (!text.empty()) {
    return wrong;
  }
  if (!address.tls && !plain_allowed && !is_on_this_machine(address.host)) {
    return Error{fmt::format(
        "mqtt:// is not encrypted: whoever is in the network could read along and switch the lights of this home. Use "
        "mqtts://{}, or say --mqtt-allow-plain if nobody else is in it",
        address.host)};
  }
  return address;
}

}  // namespace candela::servers::mqtt
