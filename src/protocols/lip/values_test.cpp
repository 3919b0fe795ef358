#include "protocols/lip/values.h"

#include <gtest/gtest.h>

namespace candela::lip {
namespace {

using std::chrono::microseconds;

TEST(LipTimes, AreReadInEveryFormThatClientsPrint) {
  struct Row {
    const char* text;
    std::int64_t microseconds;
  };
  for (const Row& row :
       {Row{"0", 0}, Row{"2", 2'000'000}, Row{"75", 75'000'000}, Row{"99", 99'000'000}, Row{"0.25", 250'000},
        Row{"1:30", 90'000'000}, Row{"00:01", 1'000'000}, Row{"2:05", 125'000'000}, Row{"1:00:00", 3'600'000'000},
        Row{"0:00:02", 2'000'000}, Row{"0:00:00.250000", 250'000}, Row{"00:00:01.5", 1'500'000},
        Row{"04:00:00", 14'400'000'000}}) {
    EXPECT_EQ(parse_duration(row.text), microseconds(row.microseconds)) << row.text;
  }
}

TEST(LipTimes, ThatAreFarTooLongStayBeyondTheLimit) {
  for (const char* text : {"99999999999", "99999999999:00", "99999999999:00:00", "4:00:00.000001"}) {
    const auto time = parse_duration(text);
    ASSERT_TRUE(time) << text;
    EXPECT_GT(*time, kLongest) << text;
  }
}

TEST(LipTimes, ThatAreNoneAreRefused) {
  for (const char* text :
       {"", ":", "1:", ":1", "12:23:24:25", "a", "1:2a", "1.5:00", "1.", ".5", "-1", "1.0000000", "1e3"}) {
    EXPECT_EQ(parse_duration(text), std::nullopt) << text;
  }
}

TEST(LipNumbers, AreReadAsPeopleWriteThem) {
  EXPECT_EQ(parse_decimal("75"), 75);
  EXPECT_EQ(parse_decimal("033.333"), 33.333);
  EXPECT_EQ(parse_decimal(".5"), 0.5);
  EXPECT_EQ(parse_decimal("100."), 100);
  EXPECT_EQ(parse_decimal("-5"), -5);
  EXPECT_EQ(parse_whole("030"), 30U);
  EXPECT_EQ(parse_whole("99999999999"), 4294967295U) << "as good as any number that nothing has";
}

TEST(LipNumbers, ThatAreNoneAreRefused) {
  for (const char* text : {"", "-", ".", "abc", "1e3", "1,5", "0x10", "+5", "--1", "1.2.3", "1234567890"}) {
    EXPECT_EQ(parse_decimal(text), std::nullopt) << text;
  }
  for (const char* text : {"", "-1", "1.0", "a"}) EXPECT_EQ(parse_whole(text), std::nullopt) << text;
}

TEST(LipLevels, HaveTwoDecimals) {
  struct Row {
    double percent;
    const char* text;
  };
  for (const Row& row :
       {Row{0, "0.00"}, Row{48, "48.00"}, Row{33.33, "33.33"}, Row{100, "100.00"}, Row{0.01, "0.01"}}) {
    std::string text;
    append_level(text, Level::from_percent(row.percent));
    EXPECT_EQ(text, row.text);
  }
}

}  // namespace
}  // namespace candela::lip
