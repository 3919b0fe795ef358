#include <charconv>

#include "protocols/leap/message.h"

namespace candela::leap {
namespace {

std::string_view text_of(Status status) {
  switch (status) {
    case Status::ok: return "200 OK";
    case Status::created: return "201 Created";
    case Status::no_content: return "204 NoContent";
    case Status::bad_request: return "400 BadRequest";
    case Status::unauthorized: return "401 Unauthorized";
    case Status::not_found: return "404 NotFound";
    case Status::method_not_allowed: return "405 MethodNotAllowed";
    case Status::internal_server_error: break;
  }
  return "500 InternalServerError";
}

std::string_view response_to(Verb verb) {
  switch (verb) {
    case Verb::create: return "CreateResponse";
    case Verb::read: return "ReadResponse";
    case Verb::update: return "UpdateResponse";
    case Verb::remove: return "DeleteResponse";
    case Verb::subscribe: return "SubscribeResponse";
    case Verb::unsubscribe: return "UnsubscribeResponse";
    case Verb::unknown: break;
  }
  return "ExceptionResponse";
}

void append_number(std::string& out, std::size_t number) {
  std::array<char, 20> digits{};
  out.append(digits.data(), std::to_chars(digits.begin(), digits.end(), number).ptr);
}

/// The line up to and with its Url and ClientTag; the header's object is still open.
void open_line(std::string& out, std::string_view communique, std::string_view body_type, Status status,
               std::string_view echo) {
  out += R"({"CommuniqueType":")";
  out += communique;
  out += R"(","Header":{)";
  if (!body_type.empty()) {
    out += R"("MessageBodyType":")";
    out += body_type;
    out += R"(",)";
  }
  out += R"("StatusCode":")";
  out += text_of(status);
  out += R"(",)";
  out += echo;
}

void append_echo(std::string& out, std::string_view url, std::optional<std::string_view> tag) {
  out += R"("Url":)";
  append_string(out, url);
  if (!tag) return;
  out += R"(,"ClientTag":)";
  append_string(out, *tag);
}

/// How long the UTF-8 sequence at the front of `text` is; 0 if it is none.
std::size_t sequence_length(std::string_view text) {
  const auto byte = [&](std::size_t at) { return static_cast<unsigned char>(text[at]); };
  const unsigned char first = byte(0);
  const std::size_t length = first < 0x80   ? 1
                             : first < 0xC2 ? 0
                             : first < 0xE0 ? 2
                             : first < 0xF0 ? 3
                             : first < 0xF5 ? 4
                                            : 0;
  if (length == 0 || length > text.size()) return 0;
  for (std::size_t i = 1; i < length; ++i) {
    if ((byte(i) & 0xC0) != 0x80) return 0;
  }
  // Overlong forms, surrogates, and what lies beyond Unicode.
  if (first == 0xE0 && byte(1) < 0xA0) return 0;
  if (first == 0xED && byte(1) >= 0xA0) return 0;
  if (first == 0xF0 && byte(1) < 0x90) return 0;
  if (first == 0xF4 && byte(1) >= 0x90) return 0;
  return length;
}

}  // namespace

void append_string(std::string& out, std::string_view text) {
  constexpr std::string_view kHex = "0123456789abcdef";
  out += '"';
  while (!text.empty()) {
    const auto first = static_cast<unsigned char>(text[0]);
    std::size_t length = 1;
    if (first == '"' || first == '\\') {
      out += '\\';
      out += text[0];
    } else if (first < 0x20) {
      out += "\\u00";
      out += kHex[first >> 4];
      out += kHex[first & 15];
    } else if ((length = sequence_length(text)) > 0) {
      out += text.substr(0, length);
    } else {
      out += "\xEF\xBF\xBD";
      length = 1;
    }
    text.remove_prefix(length);
  }
  out += '"';
}

Content Content::one(std::string_view type, std::string_view key, std::string object) {
  Content content;
  content.type_ = type;
  content.key_ = key;
  content.text_ = std::move(object);
  return content;
}

Content Content::list(std::string_view type, std::string_view key) {
  Content content;
  content.type_ = type;
  content.key_ = key;
  content.is_list_ = true;
  return content;
}

Content Content::bare(std::string_view type, std::string body) { return one(type, "", std::move(body)); }

void Content::add(std::string_view item) {
  text_ += item;
  end_item();
}

std::size_t Content::append_body(std::string& out, std::size_t first, std::size_t bytes_max) const {
  if (!is_list_) {
    if (key_.empty()) {
      out += text_;
      return 0;
    }
    out += "{\"";
    out += key_;
    out += "\":";
    out += text_;
    out += '}';
    return 0;
  }
  out += "{\"";
  out += key_;
  out += "\":[";
  const std::size_t limit = out.size() + bytes_max;
  std::size_t item = first;
  for (; item < ends_.size(); ++item) {
    const std::size_t start = item == 0 ? 0 : ends_[item - 1];
    const std::size_t length = ends_[item] - start;
    if (item > first && out.size() + length + 1 > limit) break;
    if (item > first) out += ',';
    out.append(text_, start, length);
  }
  out += "]}";
  return item;
}

Echo::Echo(std::string_view url, std::optional<std::string_view> tag) { append_echo(text_, url, tag); }

void append_answer(std::string& out, const Request& request, Status status, const Content& content, std::size_t page,
                   std::uint32_t revision) {
  const bool has_body = !content.empty();
  open_line(out, is_success(status) ? response_to(request.verb) : "ExceptionResponse",
            has_body ? content.type() : std::string_view(), status, "");
  append_echo(out, request.url, request.tag);
  if (!has_body) {
    out += "}}\r\n";
    return;
  }
  // Whether there is another page is known after the body only, so that goes into its place last.
  const std::size_t header_end = out.size();
  out += R"(},"Body":)";
  const std::size_t next = content.append_body(out, page, kBodyMax);
  out += "}\r\n";
  if (!content.is_list() || next >= content.size()) return;
  std::string paging = R"(,"Paging":{"ContinuationToken":")";
  append_number(paging, revision);
  paging += '.';
  append_number(paging, next);
  paging += R"("})";
  out.insert(header_end, paging);
}

std::size_t append_snapshot(std::string& out, const Request& request, const Content& content) {
  open_line(out, response_to(request.verb), content.type(), Status::ok, "");
  append_echo(out, request.url, request.tag);
  out += R"(},"Body":)";
  const std::size_t next = content.append_body(out, 0, kBodyMax);
  out += "}\r\n";
  return next;
}

void append_push(std::string& out, Verb as, const Echo& echo, const Content& content) {
  std::size_t next = 0;
  do {
    open_line(out, response_to(as), content.type(), Status::ok, echo.text());
    out += R"(},"Body":)";
    next = content.append_body(out, next, kBodyMax);
    out += "}\r\n";
  } while (content.is_list() && next < content.size());
}

Content exception(std::string_view message) {
  std::string body = R"({"Message":)";
  append_string(body, message);
  body += '}';
  return Content::bare("ExceptionDetail", std::move(body));
}

std::optional<std::size_t> read_page(std::string_view token, std::uint32_t revision) {
  std::uint32_t token_revision = 0;
  std::size_t item = 0;
  const char* const end = token.data() + token.size();
  const auto first = std::from_chars(token.data(), end, token_revision);
  if (first.ec != std::errc() || first.ptr == end || *first.ptr != '.' || token_revision != revision) {
    return std::nullopt;
  }
  const auto second = std::from_chars(first.ptr + 1, end, item);
  if (second.ec != std::errc() || second.ptr != end) return std::nullopt;
  return item;
}

}  // namespace candela::leap
