#include <gtest/gtest.h>
#include <rapidcheck/gtest.h>

#include <boost/json/parse.hpp>
#include <boost/json/value.hpp>

#include "protocols/leap/filter.h"
#include "protocols/leap/timespan.h"

namespace candela::leap {
namespace {

namespace json = boost::json;
using namespace std::chrono_literals;

TEST(Timespan, is_read_in_every_form_that_clients_send) {
  const std::pair<std::string_view, Duration> forms[] = {
      {"0", 0s},       {"2", 2s},          {"0.25", 250ms},        {"15:00", 15min},
      {"1:00:00", 1h}, {"00:00:03", 3s},   {"00:00:00.25", 250ms}, {"-30:00", -30min},
      {"PT2S", 2s},    {"PT0.25S", 250ms}, {"PT1H2M3S", 3723s},    {"PT90M", 90min},
      {"0:90", 90s},   {"1.5", 1500ms},
  };
  for (const auto& [text, duration] : forms) EXPECT_EQ(parse_timespan(text), duration) << text;
  EXPECT_EQ(parse_timespan(json::value(2)), 2s);
  EXPECT_EQ(parse_timespan(json::value(0.25)), 250ms);
  EXPECT_EQ(parse_timespan(json::value("2")), 2s);
}

TEST(Timespan, is_refused_in_any_other_form) {
  for (const std::string_view text : {"",
                                      "-",
                                      "x",
                                      "1:",
                                      ":1",
                                      "1:2:3:4",
                                      "1.",
                                      ".5",
                                      "1.2:3",
                                      "PT",
                                      "PTS",
                                      "PT1",
                                      "PT1S1M",
                                      "PT1X",
                                      "1s",
                                      " 1",
                                      "--1",
                                      "1:-2",
                                      "99999999999999999999",
                                      "9999:00:00"}) {
    EXPECT_EQ(parse_timespan(text), std::nullopt) << text;
  }
  EXPECT_EQ(parse_timespan(json::value(nullptr)), std::nullopt);
  EXPECT_EQ(parse_timespan(json::value(1e300)), std::nullopt);
}

TEST(Timespan, is_written_in_the_shortest_form) {
  EXPECT_EQ(format_timespan(0s), "0");
  EXPECT_EQ(format_timespan(2s), "2");
  EXPECT_EQ(format_timespan(250ms), "0.25");
  EXPECT_EQ(format_timespan(15min), "15:00");
  EXPECT_EQ(format_timespan(1h + 5s), "1:00:05");
  EXPECT_EQ(format_timespan(-30min), "-30:00");
}

RC_GTEST_PROP(Timespan, written_and_read_is_the_same, ()) {
  const Duration duration(*rc::gen::inRange<std::int64_t>(-kTimespanMax.count(), kTimespanMax.count()));
  RC_ASSERT(parse_timespan(format_timespan(duration)) == duration);
}

bool matches(std::string_view query, std::string_view item) {
  const auto filter = Filter::parse(query);
  EXPECT_TRUE(filter.has_value()) << query;
  return filter && filter->matches(json::parse(item).as_object());
}

TEST(Filter, compares_members_of_every_kind) {
  const std::string_view keypad =
      R"({"IsThisDevice":false,"SerialNumber":38011234,"AssociatedArea":{"href":"/area/32"},"Name":"a|b:c"})";
  EXPECT_TRUE(matches("where=IsThisDevice:false", keypad));
  EXPECT_FALSE(matches("where=IsThisDevice:true", keypad));
  EXPECT_TRUE(matches("where=SerialNumber:38011234", keypad));
  EXPECT_TRUE(matches("where=AssociatedArea.href:\"/area/32\"", keypad));
  EXPECT_TRUE(matches("where=AssociatedArea.href:/area/32", keypad));
  EXPECT_TRUE(matches("where=AssociatedArea.href:%22%2Farea%2F32%22", keypad));
  EXPECT_TRUE(matches("where=Name:\"a|b:c\"", keypad));
  EXPECT_TRUE(matches("where=IsThisDevice:true|SerialNumber:38011234", keypad));
  EXPECT_FALSE(matches("where=SerialNumber.href:1", keypad));
  EXPECT_FALSE(matches("where=NoSuchMember:1", keypad));
}

TEST(Filter, refuses_what_it_does_not_understand) {
  for (const std::string_view query : {"", "where=", "where=Name", "where=:x", "sort=Name:up", "where=Name:%2",
                                       "where=Name:%zz", "where=a.b.c.d.e.f.g.h.i:1"}) {
    EXPECT_FALSE(Filter::parse(query).has_value()) << query;
  }
}

}  // namespace
}  // namespace candela::leap
