#include "servers/http/request_reader.h"

// Only the parser: the library's own reading and WebSocket templates cost a minute of compiling.
#include <boost/beast/http/parser.hpp>
#include <boost/beast/http/rfc7230.hpp>
#include <boost/beast/http/string_body.hpp>
#include <utility>

namespace candela::servers::http {

namespace beast = boost::beast;

struct RequestReader::Impl {
  Impl() {
    // The header first, since it says whether a long body may come.
    parser.header_limit(kMaxHeader);
    parser.body_limit(kMaxLongBody);
  }
  beast::http::request_parser<beast::http::string_body> parser;
  beast::error_code error;
  bool header_seen = false;
  std::size_t header_bytes = 0;
  std::size_t body_limit = kMaxBody;
};

namespace {

using Message = beast::http::request<beast::http::string_body>;

/// The header's value if it is there exactly once: what is said twice is not to be relied on.
std::string only_value(const Message& message, beast::http::field field) {
  if (message.count(field) != 1) return {};
  return std::string(message[field]);
}

bool asks_for_websocket(const Message& message) {
  return message.method() == beast::http::verb::get && message.version() == 11 &&
         beast::http::token_list(message[beast::http::field::connection]).exists("upgrade") &&
         beast::http::token_list(message[beast::http::field::upgrade]).exists("websocket") &&
         message[beast::http::field::sec_websocket_version] == "13";
}

}  // namespace

RequestReader::RequestReader() : impl_(std::make_unique<Impl>()) {}
RequestReader::~RequestReader() = default;
RequestReader::RequestReader(RequestReader&&) noexcept = default;
RequestReader& RequestReader::operator=(RequestReader&&) noexcept = default;

RequestReader::Progress RequestReader::feed(std::string_view bytes, std::size_t& used) {
  used = 0;
  auto& parser = impl_->parser;
  if (impl_->header_seen && !parser.eager()) {
    if (parser.content_length().value_or(0) > impl_->body_limit) {
      impl_->error = beast::http::error::body_limit;
      return Progress::failed;
    }
    parser.body_limit(impl_->body_limit);
    parser.eager(true);
  }
  while (!parser.is_done()) {
    if (used == bytes.size()) return Progress::need_more;
    beast::error_code error;
    const bool in_header = !parser.is_header_done();
    const std::size_t taken = parser.put(boost::asio::buffer(bytes.substr(used)), error);
    used += taken;
    // The parser's own limit is for what it is given at once.
    if (in_header && (impl_->header_bytes += taken) > kMaxHeader) error = beast::http::error::header_limit;
    if (error == beast::http::error::need_more) return Progress::need_more;
    if (error) {
      impl_->error = error;
      return Progress::failed;
    }
    if (parser.is_header_done() && !std::exchange(impl_->header_seen, true) && !parser.is_done()) {
      if (parser.content_length().value_or(0) > kMaxBody) return Progress::long_body;
      parser.body_limit(kMaxBody);
      parser.eager(true);
    }
  }
  return Progress::complete;
}

void RequestReader::allow_long_body() { impl_->body_limit = kMaxLongBody; }

Request RequestReader::request() const {
  using beast::http::field;
  const Message& message = impl_->parser.get();
  Request request;
  request.method = std::string(message.method_string());
  const std::string_view target(message.target().data(), message.target().size());
  const std::size_t question = target.find('?');
  request.path = std::string(target.substr(0, question));
  if (question != std::string_view::npos) request.query = std::string(target.substr(question + 1));
  request.has_authorization = message.count(field::authorization) > 0;
  request.authorization = only_value(message, field::authorization);
  request.host = only_value(message, field::host);
  request.has_origin = message.count(field::origin) > 0;
  request.origin = only_value(message, field::origin);
  request.content_type = only_value(message, field::content_type);
  request.if_none_match = only_value(message, field::if_none_match);
  request.body = message.body();
  request.keep_alive = message.keep_alive();
  request.expects_continue = beast::iequals(message[field::expect], "100-continue");
  const bool has_body = impl_->parser.content_length().value_or(0) > 0 || impl_->parser.chunked();
  if (asks_for_websocket(message) && !has_body) request.websocket_key = only_value(message, field::sec_websocket_key);
  return request;
}

Response RequestReader::failure() const {
  using beast::http::error;
  if (impl_->error == error::body_limit) {
    return problem(413, "the body is longer than " + std::to_string(impl_->body_limit) + " bytes");
  }
  if (impl_->error == error::header_limit) {
    return problem(431, "the request line and headers are longer than " + std::to_string(kMaxHeader) + " bytes");
  }
  return problem(400, "this is no HTTP request: " + impl_->error.message());
}

}  // namespace candela::servers::http
