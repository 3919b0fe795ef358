#include "protocols/leap/pairing_message.h"

#include <boost/json/parse.hpp>
#include <boost/json/value.hpp>

#include "protocols/leap/message.h"

namespace candela::leap {
namespace {

namespace json = boost::json;

constexpr std::size_t kDepthMax = 8;

const json::object* object_in(const json::object& object, std::string_view name) {
  const json::value* const value = object.if_contains(name);
  return value == nullptr ? nullptr : value->if_object();
}

std::string text_in(const json::object& object, std::string_view name) {
  const json::value* const value = object.if_contains(name);
  return value != nullptr && value->is_string() ? std::string(value->get_string()) : std::string();
}

std::string line(const PairingRequest& request, std::string_view status, std::string_view content,
                 std::string_view body) {
  std::string out = R"({"Header":{"StatusCode":)";
  append_string(out, status);
  if (request.tag) {
    out += R"(,"ClientTag":)";
    append_string(out, *request.tag);
  }
  out += R"(,"ContentType":")";
  out += content;
  out += R"(;plurality=single"},"Body":)";
  out += body;
  out += "}\r\n";
  return out;
}

void read_csr(const json::object& body, PairingRequest& request) {
  const json::object* const parameters = object_in(body, "Parameters");
  if (text_in(body, "CommandType") != "CSR" || parameters == nullptr) {
    request.complaint = "The body is missing a required property : CSR";
    return;
  }
  request.csr = text_in(*parameters, "CSR");
  request.display_name = text_in(*parameters, "DisplayName");
  if (request.csr.empty()) request.complaint = "The body is missing a required property : CSR";
}

}  // namespace

PairingRequest parse_pairing_request(std::string_view text) {
  PairingRequest request;
  json::parse_options options;
  options.max_depth = kDepthMax;
  boost::system::error_code error;
  const json::value parsed = json::parse(text, error, {}, options);
  const json::object* const whole = error ? nullptr : parsed.if_object();
  const json::object* const header = whole == nullptr ? nullptr : object_in(*whole, "Header");
  if (header == nullptr) {
    request.complaint = "This is no request";
    return request;
  }
  if (const json::value* const tag = header->if_contains("ClientTag"); tag != nullptr && tag->is_string()) {
    request.tag = std::string(tag->get_string());
  }
  const std::string type = text_in(*header, "RequestType");
  const std::string url = text_in(*header, "Url");
  if (type == "Execute" && url == "/pair") {
    request.kind = PairingRequest::Kind::pair;
    const json::object* const body = object_in(*whole, "Body");
    if (body == nullptr) {
      request.complaint = "The body is missing a required property : CSR";
    } else {
      read_csr(*body, request);
    }
  } else if (type == "Read" && url == "/certificate/root") {
    request.kind = PairingRequest::Kind::read_root;
  } else {
    request.complaint = kNotSupported;
  }
  return request;
}

std::string pairing_opened() {
  return R"({"Header":{"StatusCode":"200 OK","ContentType":"status;plurality=single"},)"
         R"("Body":{"Status":{"Permissions":["Public","PhysicalAccess"]}}})"
         "\r\n";
}

std::string pairing_result(const PairingRequest& request, std::string_view certificate, std::string_view root) {
  std::string body = R"({"SigningResult":{"Certificate":)";
  append_string(body, certificate);
  body += R"(,"RootCertificate":)";
  append_string(body, root);
  body += "}}";
  return line(request, "200 OK", "signing-result", body);
}

std::string pairing_root(const PairingRequest& request, std::string_view root) {
  std::string body = R"({"Certificate":{"Certificate":)";
  append_string(body, root);
  body += "}}";
  return line(request, "200 OK", "certificate", body);
}

std::string pairing_refusal(const PairingRequest& request, std::string_view status, std::string_view message) {
  std::string body = R"({"Exception":{"Message":)";
  append_string(body, message);
  body += "}}";
  return line(request, status, "exception", body);
}

}  // namespace candela::leap
