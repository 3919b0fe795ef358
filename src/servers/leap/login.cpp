#include "servers/leap/login.h"

#include "servers/leap/command_body.h"

namespace candela::leap {
namespace {

constexpr std::string_view kUrl = "/login";

}  // namespace

bool asks_to_log_in(const Request& request) {
  return request.complaint.empty() && (request.verb == Verb::update || request.verb == Verb::create) &&
         request.url.substr(0, request.url.find('?')) == kUrl;
}

Result<servers::Credentials> read_login(const Request& request) {
  const boost::json::object* const login = request.body == nullptr ? nullptr : object_member(*request.body, "Login");
  if (login == nullptr) return Error{"The body is missing a required property : Login"};
  servers::Credentials credentials;
  for (const auto& [key, part] :
       {std::pair{"LoginId", &credentials.name}, std::pair{"Password", &credentials.password}}) {
    const boost::json::value* const value = login->if_contains(key);
    if (value == nullptr) return Error{std::string("The body is missing a required property : ") + key};
    if (!value->is_string()) return Error{std::string(kInvalidParameters)};
    *part = value->get_string();
  }
  return credentials;
}

Answer logged_in(const Request& request, const std::string& name) {
  Answer answer =
      ok("OneLoginDefinition", "Login", {{"href", kUrl}, {"ContextType", "Application"}, {"LoginId", name}});
  if (request.verb == Verb::create) answer.status = Status::created;
  return answer;
}

Answer login_refused() { return refuse(Status::unauthorized, "The name or the password is wrong"); }

}  // namespace candela::leap
