#pragma once

#include <memory>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

namespace candela::servers::http {

/// What a browser or program asked, as far as this server cares.
struct Request {
  std::string method;
  std::string path;   ///< as sent, without the query
  std::string query;  ///< as sent, without the question mark
  std::string host;   ///< empty when there was none, or more than one
  std::string origin;
  bool has_origin = false;
  bool has_authorization = false;
  std::string authorization;  ///< empty when there was none, or more than one
  std::string content_type;
  std::string if_none_match;
  std::string body;
  bool keep_alive = true;
  bool expects_continue = false;
  std::string websocket_key;  ///< of an upgrade to WebSocket without a body; empty for every other request
};

struct Response {
  int status = 200;
  std::string content_type;
  std::string body;
  /// A body that is kept elsewhere, such as a file of the page; `body` is then empty.
  std::shared_ptr<const std::string> shared_body;
  std::vector<std::pair<std::string_view, std::string>> headers;

  std::string_view content() const { return shared_body ? std::string_view(*shared_body) : std::string_view(body); }
};

/// "Not Found" for 404.
std::string_view reason_phrase(int status);

/// An error as RFC 9457 wants it: application/problem+json with a sentence for the person who asked.
Response problem(int status, std::string_view detail);
Response json_response(std::string text);

/// The status line and headers, up to and with the empty line.
std::string header_text(const Response& response, bool keep_alive);

}  // namespace candela::servers::http
