#include "servers/http/request_members.h"

#include <algorithm>
#include <boost/json/parse.hpp>
#include <optional>
#include <string>
#include <utility>

namespace candela::servers::http {
namespace {

namespace json = boost::json;
using Members = std::variant<json::object, Response>;

constexpr std::size_t kMaxNesting = 8;

/// What is before the first such character, and what comes after it.
std::pair<std::string_view, std::string_view> cut(std::string_view text, char at) {
  const std::size_t place = text.find(at);
  if (place == std::string_view::npos) return {text, {}};
  return {text.substr(0, place), text.substr(place + 1)};
}

/// Whether it is one of the words of a list with blanks between.
bool is_among(std::string_view words, std::string_view word) {
  while (!words.empty()) {
    const auto [first, rest] = cut(words, ' ');
    if (first == word) return true;
    words = rest;
  }
  return false;
}

Response not_known(std::string_view name, const Operation& operation) {
  const std::string known = operation.members.empty() ? "nothing" : std::string(operation.members);
  return problem(400, "\"" + std::string(name) + "\" is not known here; known is " + known);
}

std::optional<std::string> form_decoded(std::string_view text) {
  std::string plain(text);
  std::replace(plain.begin(), plain.end(), '+', ' ');
  return percent_decoded(plain);
}

Members members_of_query(std::string_view query, const Operation& operation) {
  json::object members;
  while (!query.empty()) {
    const auto [pair, rest] = cut(query, '&');
    query = rest;
    if (pair.empty()) continue;
    const auto [encoded_name, encoded_value] = cut(pair, '=');
    const auto name = form_decoded(encoded_name);
    const auto value = form_decoded(encoded_value);
    if (!name || !value) return problem(400, "the query is badly encoded");
    if (!is_among(operation.members, *name)) return not_known(*name, operation);
    members[*name] = number_or_text(*value);
  }
  return members;
}

Members members_of_body(const Request& request, const Operation& operation) {
  if (!request.query.empty()) return problem(400, "what is wanted goes into the body and not into the query");
  if (request.body.empty()) return json::object();
  // Browsers send a foreign page's request with this content type only after asking us first, which we refuse.
  if (request.content_type.substr(0, request.content_type.find(';')) != "application/json") {
    return problem(415, "the body has to be application/json");
  }
  json::parse_options options;
  options.max_depth = kMaxNesting;
  json::error_code error;
  json::value body = json::parse(request.body, error, {}, options);
  if (error) return problem(400, "the body is no JSON: " + error.message());
  if (!body.is_object()) return problem(400, "the body has to be a JSON object");
  for (const auto& member : body.get_object()) {
    if (!is_among(operation.members, member.key())) return not_known(member.key(), operation);
  }
  return std::move(body.get_object());
}

}  // namespace

json::value number_or_text(std::string_view text) {
  constexpr std::size_t kDigits = 9;
  const bool digits =
      !text.empty() && text.size() <= kDigits && text.find_first_not_of("0123456789") == std::string_view::npos;
  if (!digits) return json::value(text);
  std::int64_t number = 0;
  for (const char digit : text) number = 10 * number + (digit - '0');
  return number;
}

Members members_of(const Request& request, const Operation& operation) {
  const bool is_read = operation.method == "GET";
  Members members = is_read ? members_of_query(request.query, operation) : members_of_body(request, operation);
  auto* said = std::get_if<json::object>(&members);
  if (said == nullptr || operation.fixed.empty()) return members;
  const json::value fixed = json::parse(operation.fixed);
  for (const auto& member : fixed.get_object()) (*said)[member.key()] = member.value();
  return members;
}

}  // namespace candela::servers::http
