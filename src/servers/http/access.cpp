#include "servers/http/access.h"

#include <fmt/format.h>

#include <algorithm>
#include <cctype>

namespace candela::servers::http {
namespace {

constexpr std::string_view kHowToGetOne = "; `candela token add NAME` makes one";

Response too_many_failures() {
  Response response = problem(429, "too many wrong tokens came from this address; try again later");
  response.headers.emplace_back("Retry-After",
                                std::to_string(static_cast<int>(to_seconds(AttemptLimiter::kLongestWait))));
  return response;
}

}  // namespace

std::string_view bearer_token(std::string_view authorization) {
  constexpr std::string_view kScheme = "bearer ";
  if (authorization.size() <= kScheme.size()) return {};
  const bool is_bearer =
      std::equal(kScheme.begin(), kScheme.end(), authorization.begin(),
                 [](char expected, char given) { return expected == std::tolower(static_cast<unsigned char>(given)); });
  if (!is_bearer) return {};
  const std::string_view token = authorization.substr(kScheme.size());
  return token.substr(std::min(token.find_first_not_of(' '), token.size()));
}

Response unauthorised(std::string_view detail) {
  Response response = problem(401, detail);
  response.headers.emplace_back("WWW-Authenticate", "Bearer realm=\"candela\"");
  return response;
}

std::optional<Response> Access::admit(const Request& request, Peer& peer) {
  if (!request.has_authorization) {
    peer.caller = {open_role_, {Source::Kind::page, {}}};
    if (open_role_) return std::nullopt;
    return unauthorised("a token is needed, as Authorization: Bearer TOKEN" + std::string(kHowToGetOne));
  }
  switch (judge(bearer_token(request.authorization), peer)) {
    case Verdict::good: return std::nullopt;
    case Verdict::wait: return too_many_failures();
    case Verdict::wrong: break;
  }
  return unauthorised("this token is none, or counts no more" + std::string(kHowToGetOne));
}

bool Access::admit_token(std::string_view token, Peer& peer) { return judge(token, peer) == Verdict::good; }

bool Access::still_admits(const Caller& caller) const {
  return !caller.has_token() || context_.administration.is_valid_token(caller.source.client);
}

Access::Verdict Access::judge(std::string_view token, Peer& peer) {
  const MonoTime now = context_.clock.now().mono;
  if (!peer.caller.has_token() && !limiter_.may_try(peer.address, now)) return Verdict::wait;
  const std::optional<Token> known = context_.administration.check_token(token);
  if (known) {
    limiter_.succeeded(peer.address);
    peer.caller = {known->role, {Source::Kind::client, known->number}};
    return Verdict::good;
  }
  peer.caller = {};
  const Duration wait = limiter_.failed(peer.address, now);
  const std::string waits = wait > Duration::zero() ? fmt::format("; it has to wait {} s", to_seconds(wait)) : "";
  refusals_.tell(peer.address, "its token is none, or counts no more" + waits);
  return Verdict::wrong;
}

}  // namespace candela::servers::http
