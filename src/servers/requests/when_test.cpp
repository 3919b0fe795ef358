#include "servers/requests/when.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include "model/words.h"

namespace candela::servers::requests {
namespace {

using namespace std::chrono_literals;
using std::chrono::sys_days;

/// Tuesday, 19:30 in a place that is two hours east, and was one hour east until 25 October, 01:00 UTC.
constexpr UtcTime kNow = sys_days{std::chrono::year{2026} / 11 / 24} + 17h + 30min;
constexpr UtcTime kChange = sys_days{std::chrono::year{2026} / 10 / 25} + 1h;

std::chrono::seconds offset(UtcTime at) { return at < kChange ? 1h : 2h; }

TEST(When, ReadsWhatPeopleSay) {
  const std::pair<const char*, const char*> cases[] = {
      {"now", "2026-11-24T17:30:00.000Z"},
      {"19:00", "2026-11-24T17:00:00.000Z"},
      {"19:30", "2026-11-24T17:30:00.000Z"},
      {"19:31", "2026-11-23T17:31:00.000Z"},
      {"today 19:31", "2026-11-24T17:31:00.000Z"},
      {"today", "2026-11-23T22:00:00.000Z"},
      {"yesterday 23:10:05", "2026-11-23T21:10:05.000Z"},
      {"2026-11-20 08:00", "2026-11-20T06:00:00.000Z"},
      {"2026-11-20T08:00:30", "2026-11-20T06:00:30.000Z"},
      {"2026-11-20T08:00:30Z", "2026-11-20T08:00:30.000Z"},
      {"2026-11-20T08:00:30.125Z", "2026-11-20T08:00:30.125Z"},
      {"2026-10-24 08:00", "2026-10-24T07:00:00.000Z"},
      {"2026-02-28", "2026-02-27T23:00:00.000Z"},
  };
  for (const auto& [said, meant] : cases) {
    const auto read = read_when(said, kNow, offset);
    ASSERT_TRUE(read) << said;
    EXPECT_EQ(iso_text(*read), meant) << said;
  }
}

TEST(When, RefusesEverythingElse) {
  for (const char* said : {"",
                           "noon",
                           "24:00",
                           "19:60",
                           "19:00:60",
                           "9:00",
                           "19:00 ",
                           " 19:00",
                           "today19:00",
                           "nowhere",
                           "2026-02-29",
                           "2026-13-01",
                           "1969-12-31",
                           "2201-01-01",
                           "2026-11-24 ",
                           "19:00Z",
                           "19:00:00.1",
                           "2026-11-20T08:00Zz",
                           "tomorrow 19:00",
                           "99999-01-01"}) {
    const auto read = read_when(said, kNow, offset);
    ASSERT_FALSE(read) << said;
    EXPECT_THAT(read.error().message, ::testing::HasSubstr("is no time"));
  }
}

TEST(When, SaysItAsShortAsItCan) {
  EXPECT_EQ(say_when(kNow - 28min, kNow, offset), "19:02");
  EXPECT_EQ(say_when(kNow - 20h, kNow, offset), "yesterday 23:30");
  EXPECT_EQ(say_when(kNow - 100h, kNow, offset), "2026-11-20 15:30");
  EXPECT_EQ(local_text(kNow + 5s, offset), "2026-11-24 19:30:05");
}

}  // namespace
}  // namespace candela::servers::requests
