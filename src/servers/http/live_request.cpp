#include "servers/http/live_request.h"

#include <boost/json/object.hpp>
#include <boost/json/parse.hpp>
#include <boost/json/value.hpp>

namespace candela::servers::http {

namespace json = boost::json;

namespace {

constexpr std::size_t kMaxNesting = 8;

}  // namespace

LiveRequest read_live_request(std::string_view message) {
  using Kind = LiveRequest::Kind;
  json::parse_options options;
  options.max_depth = kMaxNesting;
  json::error_code error;
  const json::value parsed = json::parse(message, error, {}, options);
  if (error || !parsed.is_object()) return {Kind::nonsense, "a message is a JSON object"};
  const auto text = [&parsed](std::string_view name) -> const json::string* {
    const json::value* member = parsed.get_object().if_contains(name);
    return member == nullptr ? nullptr : member->if_string();
  };
  const json::string* type = text("type");
  const json::string* button = text("button");
  const json::string* token = text("token");
  if (type != nullptr && *type == "authorize" && token != nullptr) return {Kind::authorise, std::string(*token)};
  if (type != nullptr && button != nullptr) {
    if (*type == "press") return {Kind::press, std::string(*button)};
    if (*type == "release") return {Kind::release, std::string(*button)};
  }
  return {
      Kind::nonsense,
      "a message is {\"type\": \"press\" or \"release\", \"button\": id} or {\"type\": \"authorize\", \"token\": ...}"};
}

}  // namespace candela::servers::http
