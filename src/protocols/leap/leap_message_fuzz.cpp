// Bytes of a connection, cut into lines, each parsed and answered. Whatever comes in, every answer is one line of JSON
// that repeats the request's url and tag.
#include <algorithm>
#include <boost/json/object.hpp>
#include <boost/json/parse.hpp>
#include <boost/json/value.hpp>
#include <cstdint>
#include <cstdlib>

#include "protocols/leap/filter.h"
#include "protocols/leap/line_buffer.h"
#include "protocols/leap/message.h"
#include "protocols/leap/timespan.h"

namespace {

using candela::leap::append_answer;
using candela::leap::Content;
using candela::leap::exception;
using candela::leap::Filter;
using candela::leap::format_timespan;
using candela::leap::LineBuffer;
using candela::leap::parse_timespan;
using candela::leap::read_page;
using candela::leap::Request;
using candela::leap::RequestParser;
using candela::leap::Status;

void require(bool condition) {
  if (!condition) std::abort();
}

void answer(RequestParser& parser, std::string_view line) {
  const Request request = parser.parse(line);
  const bool good = request.complaint.empty();
  require(!good || !request.url.empty());
  std::string out;
  append_answer(out, request, good ? Status::no_content : Status::bad_request,
                good ? Content() : exception(request.complaint));
  require(out.ends_with("\r\n") && std::count(out.begin(), out.end(), '\n') == 1);
  const boost::json::value parsed = boost::json::parse(std::string_view(out).substr(0, out.size() - 2));
  const boost::json::object& header = parsed.at("Header").as_object();
  require(header.at("Url").as_string() == request.url);
  require(header.contains("ClientTag") == request.tag.has_value());
  if (request.tag) require(header.at("ClientTag").as_string() == *request.tag);

  const std::size_t question = request.url.find('?');
  if (question != std::string_view::npos) {
    const auto filter = Filter::parse(request.url.substr(question + 1));
    if (filter && request.body != nullptr) (void)filter->matches(*request.body);
  }
  if (const auto duration = parse_timespan(line)) require(parse_timespan(format_timespan(*duration)) == duration);
  (void)read_page(request.page, 1);
}

}  // namespace

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
  static RequestParser parser;
  LineBuffer buffer;
  std::string_view bytes(reinterpret_cast<const char*>(data), size);
  while (!bytes.empty() && !buffer.too_long()) {
    const auto space = buffer.space();
    require(!space.empty());
    const std::size_t count = std::min(space.size(), bytes.size());
    std::copy_n(bytes.begin(), count, space.begin());
    buffer.wrote(count);
    bytes.remove_prefix(count);
    while (const auto line = buffer.next()) answer(parser, *line);
  }
  return 0;
}
