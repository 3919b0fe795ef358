#include "servers/leap/call.h"

#include "base/json.h"

namespace candela::leap {
namespace {

/// Mixes all bits (the finalizer of SplitMix64); different inputs give different outputs.
std::uint64_t mix(std::uint64_t bits) {
  bits = (bits ^ (bits >> 30)) * 0xBF58476D1CE4E5B9u;
  bits = (bits ^ (bits >> 27)) * 0x94D049BB133111EBu;
  return bits ^ (bits >> 31);
}

}  // namespace

Answer ok(std::string_view type, std::string_view key, const boost::json::object& object) {
  return ok(Content::one(type, key, to_text(object)));
}

Answer ok(std::string_view type, std::string_view key, const std::vector<boost::json::object>& items) {
  Content content = Content::list(type, key);
  for (const boost::json::object& item : items) content.add(to_text(item));
  return ok(std::move(content));
}

Answer ok(Content content) {
  const Status status = content.empty() ? Status::no_content : Status::ok;
  return {status, std::move(content)};
}

Answer refuse(Status status, std::string_view message) { return {status, exception(message)}; }

Answer missing(const Call& call) {
  return refuse(Status::not_found, "This resource does not exist : " + std::string(call.path));
}

Answer busy() { return refuse(Status::internal_server_error, "The processor is busy, try again"); }

Answer accepted(bool taken) { return taken ? Answer{Status::no_content, {}} : busy(); }

Answer no_content(Call&) { return {}; }
Answer not_found(Call& call) { return missing(call); }
Answer not_supported(Call&) { return refuse(Status::bad_request, kNotSupported); }

std::string path_of(std::string_view kind, std::uint32_t number, std::string_view rest) {
  std::string path = "/";
  path += kind;
  path += '/';
  path += std::to_string(number);
  path += rest;
  return path;
}

boost::json::object href(std::string_view kind, std::uint32_t number) { return {{"href", path_of(kind, number)}}; }

std::string stable_id(std::uint32_t serial, std::uint32_t number) {
  constexpr std::string_view kLetters = "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789-_";
  const std::uint64_t owner = (std::uint64_t{serial} << 32) | number;
  std::string id;
  for (std::uint64_t bits : {mix(owner), mix(~owner)}) {
    for (int letter = 0; letter < 11; ++letter, bits >>= 6) id += kLetters[bits & 63];
  }
  return id;
}

}  // namespace candela::leap
