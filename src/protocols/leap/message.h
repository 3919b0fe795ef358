#pragma once

#include <array>
#include <boost/json/fwd.hpp>
#include <cstddef>
#include <cstdint>
#include <memory>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

/// LEAP: one JSON object a line, over TLS. What is known about it was observed by the authors of client programs; where
/// nobody knows, docs/decisions/leap.md says what we chose. No I/O here, and no buildings: only messages.
namespace candela::leap {

enum class Verb : std::uint8_t { unknown, create, read, update, remove, subscribe, unsubscribe };

/// A request, or as much of one as could be understood. Its parts point into the parser and hold until its next parse.
struct Request {
  Verb verb = Verb::unknown;
  std::string_view url;                 ///< as sent, the query included
  std::optional<std::string_view> tag;  ///< ClientTag; programs that have none match answers by their Url
  const boost::json::object* body = nullptr;
  std::string_view page;       ///< where a read that was answered in pages shall go on; empty = at the beginning
  bool without_body = false;   ///< the asker wants no snapshot with its subscription
  bool is_json = false;        ///< false: the line is not even a JSON object
  std::string_view complaint;  ///< why this cannot be answered properly; empty = nothing wrong with the envelope
};

/// Reads requests. Bounded: a line of at most kLineMax bytes needs at most kMemory; nesting deeper than kDepthMax and
/// more than kValuesMax values are refused. Duplicate members: the last one counts.
class RequestParser {
 public:
  static constexpr std::size_t kDepthMax = 16;
  static constexpr std::size_t kValuesMax = 4096;

  RequestParser();
  ~RequestParser();
  RequestParser(const RequestParser&) = delete;
  RequestParser& operator=(const RequestParser&) = delete;

  Request parse(std::string_view line);

 private:
  class Document;
  std::unique_ptr<Document> document_;
};

enum class Status : std::uint16_t {
  ok = 200,
  created = 201,
  no_content = 204,
  bad_request = 400,
  unauthorized = 401,
  not_found = 404,
  method_not_allowed = 405,
  internal_server_error = 500,
};
inline bool is_success(Status status) { return static_cast<int>(status) < 300; }

/// Texts that existing programs may look at (leap.md §1.3).
inline constexpr std::string_view kNotSupported = "This request is not supported";
inline constexpr std::string_view kInvalidParameters = "One or more parameters were invalid";

/// What is under one member of an answer's Body: a single JSON object, or a list of them.
class Content {
 public:
  /// Nothing: an answer without a body.
  Content() = default;
  /// `type` (MessageBodyType) and `key` must outlive the content: literals.
  static Content one(std::string_view type, std::string_view key, std::string object);
  static Content list(std::string_view type, std::string_view key);
  /// For ExceptionDetail and others whose members stand directly in Body.
  static Content bare(std::string_view type, std::string body);

  /// Adds an item to a list: the JSON text of an object.
  void add(std::string_view item);
  /// A list's text to append the next item to, which must be followed by end_item(); spares a copy.
  std::string& text() { return text_; }
  void end_item() { ends_.push_back(static_cast<std::uint32_t>(text_.size())); }

  bool empty() const { return type_.empty() || (is_list_ && ends_.empty()); }
  bool is_list() const { return is_list_; }
  std::size_t size() const { return ends_.size(); }
  std::size_t bytes() const { return text_.size(); }
  std::string_view type() const { return type_; }

  /// Appends the Body with the items from `first` on, as many as fit into `bytes_max` but at least one; gives the
  /// number of the first item that is left.
  std::size_t append_body(std::string& out, std::size_t first, std::size_t bytes_max) const;

 private:
  std::string_view type_;
  std::string_view key_;  ///< empty = bare
  bool is_list_ = false;
  std::string text_;
  std::vector<std::uint32_t> ends_;  ///< of a list's items
};

/// What every answer and push repeats from its request, ready as JSON text: `"Url":"...","ClientTag":"..."`.
class Echo {
 public:
  Echo() = default;
  Echo(std::string_view url, std::optional<std::string_view> tag);
  explicit Echo(const Request& request) : Echo(request.url, request.tag) {}
  const std::string& text() const { return text_; }

 private:
  std::string text_;
};

/// No line may be longer than this with all it has; longer lists go into several (leap.md §6 Q28).
inline constexpr std::size_t kBodyMax = std::size_t{190} * 1024;

/// Appends the line that answers a request: its verb's response, or an ExceptionResponse when the status is an error.
/// `page` (a list's first item) and `revision` make the token of the next page when the list does not fit.
void append_answer(std::string& out, const Request& request, Status status, const Content& content,
                   std::size_t page = 0, std::uint32_t revision = 0);

/// Appends the line, or the lines, of a push. Status pushes come as read responses, button events as updates.
void append_push(std::string& out, Verb as, const Echo& echo, const Content& content);

/// Appends a snapshot's line that holds the first items only; gives the number of the first item that is left.
std::size_t append_snapshot(std::string& out, const Request& request, const Content& content);

Content exception(std::string_view message);

/// Reads the token of append_answer. Nothing if it is no token of this revision.
std::optional<std::size_t> read_page(std::string_view token, std::uint32_t revision);

/// Appends a JSON string with its quotes. Bytes that are not UTF-8 become U+FFFD: clients refuse lines that are not.
void append_string(std::string& out, std::string_view text);

}  // namespace candela::leap
