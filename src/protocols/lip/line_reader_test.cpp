#include "protocols/lip/line_reader.h"

#include <fmt/format.h>
#include <gtest/gtest.h>

#include <vector>

namespace candela::lip {
namespace {

using namespace std::string_literals;

/// All lines of what arrives in pieces of `step` bytes.
std::vector<std::string> lines_of(LineReader& reader, std::string_view all, std::size_t step) {
  std::vector<std::string> lines;
  while (!all.empty()) {
    std::string_view piece = all.substr(0, step);
    all.remove_prefix(piece.size());
    while (const auto line = reader.next(piece)) lines.emplace_back(line->too_long ? "TOO LONG" : line->text);
  }
  return lines;
}
std::vector<std::string> lines_of(std::string_view all, std::size_t step = 1000) {
  LineReader reader;
  return lines_of(reader, all, step);
}

using Lines = std::vector<std::string>;

TEST(LipLines, EndInEveryWayThatClientsEndThem) {
  for (const std::string& end : {"\r\n"s, "\r"s, "\n"s, "\r\0"s}) {
    for (const std::size_t step : {1U, 2U, 1000U}) {
      EXPECT_EQ(lines_of(fmt::format("one{0}{0}two{0}", end), step), (Lines{"one", "", "two"}));
    }
  }
  EXPECT_EQ(lines_of("a\r\n\n\r\rb\n"), (Lines{"a", "", "", "", "b"}));
}

TEST(LipLines, HaveNoControlCharacters) {
  EXPECT_EQ(lines_of("?OUT\0PUT,\x1D\x33\x30\t,1\x7F\r\n"s), Lines{"?OUTPUT,30 ,1"});
}

TEST(LipLines, ThatAreTooLongAreDroppedToTheirEnd) {
  const std::string longest(kLineMax, 'x');
  std::string sent = longest;
  sent.append("\n").append(longest).append("x\ngood\n");
  EXPECT_EQ(lines_of(sent), (Lines{longest, "TOO LONG", "good"}));
}

TEST(LipTelnet, EveryOptionIsRefusedOnce) {
  LineReader reader;
  EXPECT_EQ(lines_of(reader, "\xFF\xFD\x03\xFF\xFB\x03\xFF\xFD\x03\xFF\xFB\x03?OUT\xFF\xF1PUT\r\n"s, 1),
            Lines{"?OUTPUT"});
  EXPECT_EQ(reader.take_answers(), "\xFF\xFC\x03\xFF\xFE\x03"s);
  EXPECT_EQ(reader.take_answers(), "");
}

TEST(LipTelnet, RefusalsOfTheClientAreNotAnswered) {
  LineReader reader;
  EXPECT_EQ(lines_of(reader, "\xFF\xFC\x01\xFF\xFE\x01"s, 1), Lines{});
  EXPECT_EQ(reader.take_answers(), "");
}

TEST(LipTelnet, BlocksAreSkippedAndTheByte255IsData) {
  LineReader reader;
  EXPECT_EQ(lines_of(reader, "a\xFF\xFA\x18\0xterm\r\n\xFF\xFF\xFF\xF0\x62\xFF\xFF\r\n"s, 1), Lines{"ab\xFF"});
  EXPECT_EQ(reader.take_answers(), "");
}

}  // namespace
}  // namespace candela::lip
