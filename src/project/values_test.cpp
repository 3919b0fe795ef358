#include "project/values.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>
#include <rapidcheck.h>
#include <rapidcheck/gtest.h>

namespace candela::project {
namespace {

using std::chrono::hours;
using std::chrono::milliseconds;
using std::chrono::minutes;
using std::chrono::seconds;

TEST(Durations, are_written_with_units_or_as_plain_seconds) {
  EXPECT_EQ(parse_duration("3s"), seconds(3));
  EXPECT_EQ(parse_duration("1.5s"), milliseconds(1500));
  EXPECT_EQ(parse_duration("250ms"), milliseconds(250));
  EXPECT_EQ(parse_duration("1m30s"), seconds(90));
  EXPECT_EQ(parse_duration("2h"), hours(2));
  EXPECT_EQ(parse_duration("1h1m1s1ms"), hours(1) + minutes(1) + seconds(1) + milliseconds(1));
  EXPECT_EQ(parse_duration("3"), seconds(3));
  EXPECT_EQ(parse_duration("0.25"), milliseconds(250));
  EXPECT_EQ(parse_duration("0"), seconds(0));
  EXPECT_EQ(parse_duration("24h"), hours(24));
}

TEST(Durations, of_another_form_are_none) {
  for (const char* text : {"", "s", "3 s", "-3s", "-3", "3x", "s3", "30s1m", "3s3s", "1.5.2s", "24h1ms", "86401", "1e9",
                           "inf", "nan", "3S", "0x3s", "99999999999999999999h", "."}) {
    EXPECT_EQ(parse_duration(text), std::nullopt) << text;
  }
}

TEST(TimesOfDay, are_on_the_clock) {
  EXPECT_EQ(parse_time_of_day("22:00"), (TimeOfDay{TimeOfDay::Kind::fixed, hours(22)}));
  EXPECT_EQ(parse_time_of_day("6:05"), (TimeOfDay{TimeOfDay::Kind::fixed, hours(6) + minutes(5)}));
  EXPECT_EQ(parse_time_of_day("06:05:30"), (TimeOfDay{TimeOfDay::Kind::fixed, hours(6) + minutes(5) + seconds(30)}));
  EXPECT_EQ(parse_time_of_day("00:00"), TimeOfDay{});
}

TEST(TimesOfDay, are_by_the_sun) {
  EXPECT_EQ(parse_time_of_day("sunset"), (TimeOfDay{TimeOfDay::Kind::sunset, {}}));
  EXPECT_EQ(parse_time_of_day("sunset-0:20"), (TimeOfDay{TimeOfDay::Kind::sunset, -minutes(20)}));
  EXPECT_EQ(parse_time_of_day("sunrise + 1:30"), (TimeOfDay{TimeOfDay::Kind::sunrise, minutes(90)}));
  EXPECT_EQ(parse_time_of_day("dawn+1h"), (TimeOfDay{TimeOfDay::Kind::dawn, hours(1)}));
  EXPECT_EQ(parse_time_of_day("dusk-1h30m"), (TimeOfDay{TimeOfDay::Kind::dusk, -minutes(90)}));
}

TEST(TimesOfDay, of_another_form_are_none) {
  for (const char* text : {"",        "22",           "24:00",      "22:60",  "22:0",  "222:00",    "22:00:00:00",
                           ":00",     "22:",          "-1:00",      "+1:00",  "noon",  "sunset20m", "sunset-20",
                           "sunset-", "sunset+13:00", "sunset--1h", "Sunset", "a1:00", "1:00pm",    " 22:00"}) {
    EXPECT_EQ(parse_time_of_day(text), std::nullopt) << text;
  }
}

RC_GTEST_PROP(TimesOfDay, take_any_text, (const std::string& text)) {
  const auto time = parse_time_of_day(text);
  RC_ASSERT(!time || time->kind != TimeOfDay::Kind::fixed || time->offset < hours(24));
}

TEST(Numbers, are_decimal_and_finite) {
  EXPECT_EQ(parse_number("40"), 40);
  EXPECT_EQ(parse_number("-0.5"), -0.5);
  EXPECT_EQ(parse_number("1e2"), 100);
  for (const char* text : {"", "-", "four", "4x", "0x10", "inf", "-inf", "nan", "1e999", ".", "4.", "+4", " 4"}) {
    EXPECT_EQ(parse_number(text), std::nullopt) << text;
  }
}

TEST(WholeNumbers, are_decimal_or_hexadecimal) {
  EXPECT_EQ(parse_whole("40"), 40);
  EXPECT_EQ(parse_whole("-1"), -1);
  EXPECT_EQ(parse_whole("0x00AB0001"), 0xAB0001);
  for (const char* text : {"", "0x", "0x-1", "1.0", "1e2", "99999999999999999999", "0xFFFFFFFFFFFFFFFFFF", "4 "}) {
    EXPECT_EQ(parse_whole(text), std::nullopt) << text;
  }
}

TEST(Ids, are_small_letters_digits_and_dashes) {
  for (const char* text : {"hall", "dim-1", "2nd_floor", "a"}) EXPECT_TRUE(is_id(text)) << text;
  for (const char* text : {"", "Hall", "-hall", "_hall", "hall.off", "h all", "küche"})
    EXPECT_FALSE(is_id(text)) << text;
  EXPECT_TRUE(is_id(std::string(64, 'a')));
  EXPECT_FALSE(is_id(std::string(65, 'a')));
}

TEST(Addresses, are_four_numbers) {
  for (const char* text : {"127.0.0.1", "0.0.0.0", "239.255.0.1", "255.255.255.255"})
    EXPECT_TRUE(is_ipv4(text)) << text;
  for (const char* text : {"", "1.2.3", "1.2.3.4.5", "1.2.3.256", "1.2.3.", ".1.2.3", "1..2.3", "a.b.c.d", "1.2.3.4 ",
                           "1.2.3.-4", "1000.1.1.1", "::1"}) {
    EXPECT_FALSE(is_ipv4(text)) << text;
  }
}

RC_GTEST_PROP(Durations, in_milliseconds_survive_being_written, ()) {
  const auto length = *rc::gen::inRange<std::int64_t>(0, 86'400'000);
  const milliseconds duration(length);
  const auto h = std::chrono::duration_cast<hours>(duration);
  const auto m = std::chrono::duration_cast<minutes>(duration - h);
  const auto s = std::chrono::duration_cast<seconds>(duration - h - m);
  const auto ms = duration - h - m - s;
  const std::string text = std::to_string(h.count()) + "h" + std::to_string(m.count()) + "m" +
                           std::to_string(s.count()) + "s" + std::to_string(ms.count()) + "ms";
  RC_ASSERT(parse_duration(text) == Duration(duration));
}

RC_GTEST_PROP(Durations, take_any_text, (const std::string& text)) {
  const auto duration = parse_duration(text);
  RC_ASSERT(!duration || (*duration >= Duration::zero() && *duration <= Duration(hours(24))));
}

}  // namespace
}  // namespace candela::project
