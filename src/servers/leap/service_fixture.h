#pragma once

#include <gtest/gtest.h>

#include <boost/json/parse.hpp>
#include <boost/json/serialize.hpp>
#include <boost/json/value.hpp>
#include <string>

#include "servers/leap/test_home.h"

namespace candela::leap::test {

/// A service with one client of every right.
class ServiceTest : public testing::Test {
 protected:
  /// The whole line that answers a request.
  std::string line(std::string_view request) {
    std::string out;
    service_.answer(parser_.parse(request), caller_, subscriptions_, now(), out);
    EXPECT_TRUE(out.ends_with("\r\n")) << out;
    if (out.size() >= 2) out.resize(out.size() - 2);
    return out;
  }
  /// The answer to a request, as "STATUS TYPE BODY".
  std::string ask(std::string_view verb, std::string_view url, std::string_view body = {}) {
    std::string request = R"({"CommuniqueType":")" + std::string(verb) + R"(Request","Header":{"Url":)";
    append_string(request, url);
    request += R"(,"ClientTag":"tag"})";
    if (!body.empty()) request += ",\"Body\":" + std::string(body);
    const std::string answered = line(request + "}");
    const boost::json::value parsed = boost::json::parse(answered);
    const boost::json::object& header = parsed.at("Header").as_object();
    EXPECT_EQ(header.at("Url").as_string(), url);
    EXPECT_EQ(header.at("ClientTag").as_string(), "tag");
    std::string status(header.at("StatusCode").as_string());
    const bool exception = parsed.at("CommuniqueType").as_string() == "ExceptionResponse";
    EXPECT_EQ(exception, status >= "300") << answered;
    EXPECT_EQ(header.contains("MessageBodyType"), parsed.as_object().contains("Body")) << answered;
    if (!header.contains("MessageBodyType")) return status;
    const std::string type(header.at("MessageBodyType").as_string());
    const std::size_t at = answered.find("\"Body\":");
    return status + " " + type + " " + answered.substr(at + 7, answered.size() - at - 8);
  }
  MonoTime now() const { return home_.clock.now().mono; }
  std::string read(std::string_view url) { return ask("Read", url); }
  std::string status(std::string_view verb, std::string_view url, std::string_view body = {}) {
    return ask(verb, url, body).substr(0, 3);
  }

  Surroundings home_;
  PressedButtons pressed_{home_.loop.get_executor(), home_.events, Source{Source::Kind::client, ClientId{1}}};
  Caller caller_{ClientId{1}, Role::admin, pressed_};
  Subscriptions subscriptions_;
  RequestParser parser_;
  Service service_{home_.context};
};

}  // namespace candela::leap::test
