#include "servers/http/message.h"

#include <boost/json/value.hpp>

#include "base/json.h"

namespace candela::servers::http {
namespace {

/// Sent with every answer. The page loads nothing from elsewhere and runs no inline script; styles may be inline,
/// because the component library writes its colours into a style element.
constexpr std::string_view kSecurityHeaders =
    "Content-Security-Policy: default-src 'none'; script-src 'self'; style-src 'self' 'unsafe-inline'; img-src 'self' "
    "data:; font-src 'self'; connect-src 'self'; manifest-src 'self'; base-uri 'none'; form-action 'none'; "
    "frame-ancestors 'none'\r\n"
    "X-Content-Type-Options: nosniff\r\n"
    "X-Frame-Options: DENY\r\n"
    "Referrer-Policy: no-referrer\r\n"
    "Cross-Origin-Opener-Policy: same-origin\r\n"
    "Cross-Origin-Resource-Policy: same-origin\r\n";

}  // namespace

std::string_view reason_phrase(int status) {
  switch (status) {
    case 101: return "Switching Protocols";
    case 200: return "OK";
    case 201: return "Created";
    case 202: return "Accepted";
    case 204: return "No Content";
    case 304: return "Not Modified";
    case 400: return "Bad Request";
    case 401: return "Unauthorized";
    case 403: return "Forbidden";
    case 404: return "Not Found";
    case 405: return "Method Not Allowed";
    case 409: return "Conflict";
    case 413: return "Content Too Large";
    case 415: return "Unsupported Media Type";
    case 421: return "Misdirected Request";
    case 426: return "Upgrade Required";
    case 429: return "Too Many Requests";
    case 431: return "Request Header Fields Too Large";
    case 500: return "Internal Server Error";
    case 503: return "Service Unavailable";
    default: return "Error";
  }
}

Response problem(int status, std::string_view detail) {
  Response response;
  response.status = status;
  response.content_type = "application/problem+json";
  response.body =
      to_text(boost::json::object{{"title", reason_phrase(status)}, {"status", status}, {"detail", detail}});
  response.headers.emplace_back("Cache-Control", "no-store");
  return response;
}

Response json_response(std::string text) {
  Response response;
  response.content_type = "application/json";
  response.body = std::move(text);
  response.headers.emplace_back("Cache-Control", "no-store");
  return response;
}

std::string header_text(const Response& response, bool keep_alive) {
  std::string text = "HTTP/1.1 " + std::to_string(response.status) + ' ';
  text += reason_phrase(response.status);
  text += "\r\n";
  const auto add = [&text](std::string_view name, std::string_view value) {
    text.append(name).append(": ").append(value).append("\r\n");
  };
  for (const auto& [name, value] : response.headers) add(name, value);
  if (response.status != 101) {
    text += kSecurityHeaders;
    if (!response.content_type.empty()) add("Content-Type", response.content_type);
    if (response.status != 304 && response.status != 204)
      add("Content-Length", std::to_string(response.content().size()));
    add("Connection", keep_alive ? "keep-alive" : "close");
  }
  text += "\r\n";
  return text;
}

}  // namespace candela::servers::http
