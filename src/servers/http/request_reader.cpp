#include "servers/http/request_reader.h"

// Only the parser: the library's own reading and WebSocket templates cost a minute of compiling.
#include <boost/beast/http/parser.hpp>
#include <boost/beast/http/rfc7230.hpp>
#include <boost/beast/http/string_body.hpp>

namespace candela::servers::http {

namespace beast = boost::beast;

struct RequestReader::Impl {
  Impl() {
    parser.eager(true);
    parser.header_limit(kMaxHeader);
    parser.body_limit(kMaxBody);
  }
  beast::http::request_parser<beast::http::string_body> parser;
  beast::error_code error;
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
  while (!parser.is_done()) {
    if (used == bytes.size()) return Progress::need_more;
    beast::error_code error;
    used += parser.put(boost::asio::buffer(bytes.substr(used)), error);
    if (error == beast::http::error::need_more) return Progress::need_more;
    if (error) {
      impl_->error = error;
      return Progress::failed;
    }
  }
  return Progress::complete;
}

Request RequestReader::request() const {
  using beast::http::field;
  const Message& message = impl_->parser.get();
  Request request;
  request.method = std::string(message.method_string());
  const std::string_view target(message.target().data(), message.target().size());
  request.path = std::string(target.substr(0, target.find('?')));
  request.host = only_value(message, field::host);
  request.has_origin = message.count(field::origin) > 0;
  request.origin = only_value(message, field::origin);
  request.content_type = only_value(message, field::content_type);
  request.if_none_match = only_value(message, field::if_none_match);
  request.body = message.body();
  request.keep_alive = message.keep_alive();
  if (asks_for_websocket(message)) request.websocket_key = only_value(message, field::sec_websocket_key);
  return request;
}

Response RequestReader::failure() const {
  using beast::http::error;
  if (impl_->error == error::body_limit) {
    return problem(413, "the body is longer than " + std::to_string(kMaxBody) + " bytes");
  }
  if (impl_->error == error::header_limit) {
    return problem(431, "the request line and headers are longer than " + std::to_string(kMaxHeader) + " bytes");
  }
  return problem(400, "this is no HTTP request: " + impl_->error.message());
}

}  // namespace candela::servers::http
