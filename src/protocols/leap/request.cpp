#include <algorithm>
#include <boost/json/monotonic_resource.hpp>
#include <boost/json/object.hpp>
#include <boost/json/parser.hpp>
#include <boost/json/value.hpp>
#include <utility>

#include "protocols/leap/message.h"

namespace candela::leap {
namespace {

namespace json = boost::json;

constexpr std::array<std::pair<std::string_view, Verb>, 6> kVerbs{{
    {"ReadRequest", Verb::read},
    {"CreateRequest", Verb::create},
    {"SubscribeRequest", Verb::subscribe},
    {"UpdateRequest", Verb::update},
    {"UnsubscribeRequest", Verb::unsubscribe},
    {"DeleteRequest", Verb::remove},
}};

const json::value* member(const json::object& object, std::string_view name) { return object.if_contains(name); }

const json::object* object_member(const json::object& object, std::string_view name) {
  const json::value* const value = member(object, name);
  return value == nullptr ? nullptr : value->if_object();
}

std::optional<std::string_view> string_member(const json::object& object, std::string_view name) {
  const json::value* const value = member(object, name);
  if (value == nullptr || !value->is_string()) return std::nullopt;
  return std::string_view(value->get_string());
}

/// An upper bound of the number of values in the text, cheap enough to have before any memory is spent on them.
std::size_t count_values(std::string_view text) {
  std::size_t count = 1;
  for (const char c : text) count += (c == ',') | (c == ':') | (c == '[') | (c == '{');
  return count;
}

void read_header(const json::object& header, Request& request) {
  request.url = string_member(header, "Url").value_or("");
  request.tag = string_member(header, "ClientTag");
  if (const json::value* const tag = member(header, "ClientTag"); tag != nullptr && !request.tag && !tag->is_null()) {
    request.complaint = "ClientTag has to be a string";
  }
  if (const json::object* const directives = object_member(header, "Directives")) {
    const json::value* const suppress = member(*directives, "SuppressMessageBody");
    request.without_body = suppress != nullptr && suppress->is_bool() && suppress->get_bool();
  }
  if (const json::object* const paging = object_member(header, "Paging")) {
    request.page = string_member(*paging, "ContinuationToken").value_or("?");
  }
}

Request read_envelope(const json::object& envelope) {
  Request request;
  request.is_json = true;
  if (const json::object* const header = object_member(envelope, "Header")) read_header(*header, request);
  request.body = object_member(envelope, "Body");
  const std::string_view type = string_member(envelope, "CommuniqueType").value_or("");
  const auto* const known =
      std::find_if(kVerbs.begin(), kVerbs.end(), [&](const auto& verb) { return verb.first == type; });
  if (known != kVerbs.end()) request.verb = known->second;

  if (!request.complaint.empty()) return request;
  if (request.url.empty()) {
    request.complaint = "The header is missing a required property : Url";
  } else if (request.verb == Verb::unknown) {
    request.complaint = kNotSupported;
  }
  return request;
}

Request refuse(std::string_view complaint) {
  Request request;
  request.complaint = complaint;
  return request;
}

}  // namespace

class RequestParser::Document {
 public:
  Document() : memory_(buffer_.data(), buffer_.size()), parser_(&memory_, options(), stack_.data(), stack_.size()) {}

  Request parse(std::string_view line) {
    // Each value takes a byte at least.
    if (line.size() > kValuesMax && count_values(line) > kValuesMax) return refuse("The request has too many values");
    value_.reset();
    memory_.release();
    parser_.reset(&memory_);
    boost::system::error_code error;
    parser_.write(line.data(), line.size(), error);
    if (error == json::error::too_deep) return refuse("The request is nested too deeply");
    if (error) return refuse("The request is not valid JSON");
    value_.emplace(parser_.release());
    const json::object* const envelope = value_->if_object();
    return envelope == nullptr ? refuse("The request is not a JSON object") : read_envelope(*envelope);
  }

 private:
  static json::parse_options options() {
    json::parse_options options;
    options.max_depth = kDepthMax;
    return options;
  }

  // Enough for what clients send; longer requests take the rest from the heap.
  std::array<unsigned char, 8192> buffer_{};
  std::array<unsigned char, 4096> stack_{};
  json::monotonic_resource memory_;
  json::parser parser_;
  std::optional<json::value> value_;
};

RequestParser::RequestParser() : document_(std::make_unique<Document>()) {}
RequestParser::~RequestParser() = default;
Request RequestParser::parse(std::string_view line) { return document_->parse(line); }

}  // namespace candela::leap
