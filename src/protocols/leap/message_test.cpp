#include "protocols/leap/message.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <boost/json/object.hpp>
#include <boost/json/parse.hpp>
#include <boost/json/value.hpp>

namespace candela::leap {
namespace {

namespace json = boost::json;

TEST(RequestParser, reads_every_part_of_a_request) {
  RequestParser parser;
  const Request request =
      parser.parse(R"({"CommuniqueType":"CreateRequest","Header":{"Url":"/zone/816/commandprocessor","ClientTag":"a1",)"
                   R"("Directives":{"SuppressMessageBody":true},"Paging":{"ContinuationToken":"3.99"}},)"
                   R"("Body":{"Command":{"CommandType":"Raise"}}})");
  EXPECT_EQ(request.complaint, "");
  EXPECT_EQ(request.verb, Verb::create);
  EXPECT_EQ(request.url, "/zone/816/commandprocessor");
  EXPECT_EQ(request.tag, "a1");
  EXPECT_TRUE(request.without_body);
  EXPECT_EQ(request.page, "3.99");
  ASSERT_NE(request.body, nullptr);
  EXPECT_EQ(request.body->at("Command").at("CommandType").as_string(), "Raise");
}

TEST(RequestParser, needs_neither_tag_nor_body) {
  RequestParser parser;
  const Request request = parser.parse(R"({"CommuniqueType":"ReadRequest","Header":{"Url":"/area"}})");
  EXPECT_EQ(request.complaint, "");
  EXPECT_EQ(request.verb, Verb::read);
  EXPECT_EQ(request.tag, std::nullopt);
  EXPECT_EQ(request.body, nullptr);
}

TEST(RequestParser, keeps_what_an_answer_must_repeat_even_of_bad_requests) {
  RequestParser parser;
  Request request = parser.parse(R"({"CommuniqueType":"StealRequest","Header":{"Url":"/area","ClientTag":"t"}})");
  EXPECT_EQ(request.complaint, kNotSupported);
  EXPECT_EQ(request.url, "/area");
  EXPECT_EQ(request.tag, "t");

  request = parser.parse(R"({"CommuniqueType":"ReadRequest","Header":{"ClientTag":"t"}})");
  EXPECT_EQ(request.complaint, "The header is missing a required property : Url");
  EXPECT_EQ(request.tag, "t");

  request = parser.parse(R"({"CommuniqueType":"ReadRequest","Header":{"Url":"/area","ClientTag":7}})");
  EXPECT_EQ(request.complaint, "ClientTag has to be a string");
}

TEST(RequestParser, refuses_what_is_not_a_json_object) {
  RequestParser parser;
  const std::string nested = R"({"Header":)" + std::string(RequestParser::kDepthMax, '[') + "1" +
                             std::string(RequestParser::kDepthMax, ']') + "}";
  std::string crowded = "[0";
  for (std::size_t i = 0; i < RequestParser::kValuesMax; ++i) crowded += ",0";
  for (const std::string& line :
       {std::string(), std::string("GET / HTTP/1.1"), std::string("{\"a\":1"), std::string("{} {}"), std::string("[]"),
        std::string("{\"a\":\"\xff\"}"), std::string("{\"a\":\0}", 7), nested, crowded + "]"}) {
    const Request request = parser.parse(line);
    EXPECT_FALSE(request.is_json) << line;
    EXPECT_NE(request.complaint, "") << line;
  }
  EXPECT_TRUE(parser.parse(R"({"CommuniqueType":"ReadRequest","Header":{"Url":"/area"}})").complaint.empty());
}

std::string answer(std::string_view line, Status status, const Content& content) {
  RequestParser parser;
  std::string out;
  append_answer(out, parser.parse(line), status, content);
  return out;
}

TEST(Answer, repeats_url_and_tag) {
  EXPECT_EQ(
      answer(R"({"CommuniqueType":"ReadRequest","Header":{"Url":"/zone/816/status?a=\"b\"","ClientTag":"\u00e4\n"}})",
             Status::ok, Content::one("OneZoneStatus", "ZoneStatus", "{}")),
      "{\"CommuniqueType\":\"ReadResponse\",\"Header\":{\"MessageBodyType\":\"OneZoneStatus\",\"StatusCode\":\"200 "
      "OK\",\"Url\":\"/zone/816/status?a=\\\"b\\\"\",\"ClientTag\":\"\xC3\xA4\\u000a\"},\"Body\":{\"ZoneStatus\":{}}}"
      "\r\n");
}

TEST(Answer, without_content_has_no_body_and_no_type) {
  EXPECT_EQ(answer(R"({"CommuniqueType":"SubscribeRequest","Header":{"Url":"/button/861/status/event"}})",
                   Status::no_content, Content()),
            "{\"CommuniqueType\":\"SubscribeResponse\",\"Header\":{\"StatusCode\":\"204 "
            "NoContent\",\"Url\":\"/button/861/status/event\"}}\r\n");
}

TEST(Answer, to_what_cannot_be_done_is_an_exception) {
  EXPECT_EQ(
      answer(R"({"CommuniqueType":"ReadRequest","Header":{"Url":"/zone","ClientTag":"a2"}})",
             Status::method_not_allowed, exception(kNotSupported)),
      "{\"CommuniqueType\":\"ExceptionResponse\",\"Header\":{\"MessageBodyType\":\"ExceptionDetail\",\"StatusCode\":"
      "\"405 MethodNotAllowed\",\"Url\":\"/zone\",\"ClientTag\":\"a2\"},\"Body\":{\"Message\":\"This request is not "
      "supported\"}}\r\n");
}

TEST(Answer, to_garbage_is_an_exception_with_an_empty_url) {
  EXPECT_EQ(
      answer("garbage", Status::bad_request, exception("no")),
      "{\"CommuniqueType\":\"ExceptionResponse\",\"Header\":{\"MessageBodyType\":\"ExceptionDetail\",\"StatusCode\":"
      "\"400 BadRequest\",\"Url\":\"\"},\"Body\":{\"Message\":\"no\"}}\r\n");
}

/// A list of `count` items of about a kilobyte.
Content long_list(std::size_t count) {
  Content list = Content::list("MultipleAreaDefinition", "Areas");
  for (std::size_t i = 0; i < count; ++i) {
    list.add("{\"href\":\"/area/" + std::to_string(i) + "\",\"Name\":\"" + std::string(1000, 'n') + "\"}");
  }
  return list;
}

TEST(Answer, goes_into_pages_when_a_line_would_be_too_long) {
  const Content list = long_list(500);
  std::string token;
  std::size_t items = 0;
  int pages = 0;
  do {
    RequestParser parser;
    const Request request = parser.parse(R"({"CommuniqueType":"ReadRequest","Header":{"Url":"/area","Paging":)"
                                         R"({"ContinuationToken":")" +
                                         token + "\"}}}");
    std::string out;
    append_answer(out, request, Status::ok, list, token.empty() ? 0 : *read_page(request.page, 7), 7);
    EXPECT_LT(out.size(), 200 * 1024);
    const json::value line = json::parse(std::string_view(out).substr(0, out.size() - 2));
    for (const json::value& area : line.at("Body").at("Areas").as_array()) {
      EXPECT_EQ(area.at("href").as_string(), "/area/" + std::to_string(items++));
    }
    const json::value* const paging = line.at("Header").as_object().if_contains("Paging");
    token = paging == nullptr ? "" : std::string(paging->at("ContinuationToken").as_string());
    ++pages;
  } while (!token.empty());
  EXPECT_EQ(items, 500u);
  EXPECT_EQ(pages, 3);
}

TEST(Answer, refuses_page_tokens_of_another_revision_and_no_tokens_at_all) {
  EXPECT_EQ(read_page("7.99", 7), 99u);
  for (const std::string_view token : {"8.99", "7", "7.", ".99", "7.99x", "?", "-1.2", "7.99999999999999999999999"}) {
    EXPECT_EQ(read_page(token, 7), std::nullopt) << token;
  }
}

TEST(Push, of_a_long_list_takes_several_lines_with_the_same_tag) {
  std::string out;
  append_push(out, Verb::read, Echo("/zone/status", "s"), long_list(300));
  std::size_t items = 0;
  std::size_t lines = 0;
  for (std::size_t start = 0; start < out.size(); ++lines) {
    const std::size_t end = out.find('\n', start);
    const json::value line = json::parse(std::string_view(out).substr(start, end - start - 1));
    EXPECT_EQ(line.at("Header").at("ClientTag").as_string(), "s");
    items += line.at("Body").at("Areas").as_array().size();
    start = end + 1;
  }
  EXPECT_EQ(items, 300u);
  EXPECT_EQ(lines, 2u);
}

TEST(Strings, stay_json_whatever_is_in_them) {
  std::string out;
  append_string(out, "a\"\\\x01\n\xC3\xA9\xE2\x82\xAC\xF0\x9F\x92\xA1");
  EXPECT_EQ(out, "\"a\\\"\\\\\\u0001\\u000a\xC3\xA9\xE2\x82\xAC\xF0\x9F\x92\xA1\"");
  for (const std::string_view bad : {"\xff", "\xC3", "\xE0\x80\x80", "\xED\xA0\x80", "\xF4\x90\x80\x80", "\xC0\x80"}) {
    out.clear();
    append_string(out, bad);
    EXPECT_NO_THROW(json::parse(out)) << bad;
  }
}

}  // namespace
}  // namespace candela::leap
