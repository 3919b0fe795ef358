#include "servers/http/origin_check.h"

#include <algorithm>
#include <array>
#include <string>
#include <string_view>

namespace candela::servers::http {
namespace {

constexpr std::array<std::string_view, 3> kOwnNames = {"localhost", "127.0.0.1", "[::1]"};
constexpr std::array<std::string_view, 4> kHouseNames = {".local", ".lan", ".home.arpa", ".internal"};
constexpr std::uint16_t kHttpPort = 80;  // browsers leave it out

bool is_own(std::string_view host, std::uint16_t port) {
  const std::string suffix = ":" + std::to_string(port);
  for (const std::string_view name : kOwnNames) {
    if (!host.starts_with(name)) continue;
    const std::string_view rest = host.substr(name.size());
    if (rest == suffix || (rest.empty() && port == kHttpPort)) return true;
  }
  return false;
}

bool is_own_origin(std::string_view origin, std::uint16_t port) {
  constexpr std::string_view kScheme = "http://";
  return origin.starts_with(kScheme) && is_own(origin.substr(kScheme.size()), port);
}

/// An address, or a name that only a house knows.
bool is_of_the_house(std::string_view host) {
  const std::size_t colon = host.find(':');
  const bool is_ipv6 = host.starts_with('[');
  if (!is_ipv6 && colon != std::string_view::npos) host = host.substr(0, colon);
  const bool is_ipv4 = !host.empty() && host.find_first_not_of("0123456789.") == std::string_view::npos;
  const bool is_word = !host.empty() && host.find('.') == std::string_view::npos;
  const bool is_of_a_house =
      std::any_of(kHouseNames.begin(), kHouseNames.end(), [&](std::string_view name) { return host.ends_with(name); });
  return is_ipv6 || is_ipv4 || is_word || is_of_a_house;
}

Response misdirected() { return problem(421, "this server answers only to its address or a name of the house"); }
Response foreign_page() { return problem(403, "pages of other sites may not use this server"); }

}  // namespace

std::optional<Response> refuse_rebound(const Request& request) {
  if (request.has_origin || !is_of_the_house(request.host)) return misdirected();
  return std::nullopt;
}

std::optional<Response> refuse_foreign_in_network(const Request& request) {
  if (!is_of_the_house(request.host)) return misdirected();
  if (request.has_origin && request.origin != "https://" + request.host) return foreign_page();
  return std::nullopt;
}

std::optional<Response> refuse_foreign(const Request& request, std::uint16_t port) {
  if (!is_own(request.host, port)) {
    return problem(421, "this server answers only as localhost:" + std::to_string(port));
  }
  if (request.has_origin && !is_own_origin(request.origin, port)) {
    return foreign_page();
  }
  return std::nullopt;
}

}  // namespace candela::servers::http
