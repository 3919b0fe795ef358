#include "protocols/leap/line_buffer.h"

#include <gtest/gtest.h>
#include <rapidcheck/gtest.h>

#include <algorithm>
#include <string>
#include <vector>

namespace candela::leap {
namespace {

/// Puts the text in, `piece` bytes at a time, and gives the lines that come out.
std::vector<std::string> cut(LineBuffer& buffer, std::string_view text, std::size_t piece) {
  std::vector<std::string> lines;
  while (!text.empty() && !buffer.too_long()) {
    const std::span<char> space = buffer.space();
    EXPECT_FALSE(space.empty());
    const std::size_t count = std::min({piece, space.size(), text.size()});
    std::copy_n(text.begin(), count, space.begin());
    buffer.wrote(count);
    text.remove_prefix(count);
    while (const auto line = buffer.next()) lines.emplace_back(*line);
  }
  return lines;
}

TEST(LineBuffer, takes_both_line_ends) {
  LineBuffer buffer;
  EXPECT_EQ(cut(buffer, "one\r\ntwo\n\r\nfour\r", 100), (std::vector<std::string>{"one", "two", ""}));
  EXPECT_EQ(cut(buffer, "\n", 100), (std::vector<std::string>{"four"}));
}

RC_GTEST_PROP(LineBuffer, cuts_the_same_however_the_bytes_arrive, ()) {
  const auto lines = *rc::gen::container<std::vector<std::string>>(
      rc::gen::container<std::string>(rc::gen::elementOf(std::string("ab{}\" "))));
  const auto piece = *rc::gen::inRange<std::size_t>(1, 40);
  std::string text;
  for (const std::string& line : lines) text += line + "\n";
  LineBuffer buffer;
  RC_ASSERT(cut(buffer, text, piece) == lines);
}

TEST(LineBuffer, takes_a_line_of_the_greatest_length) {
  LineBuffer buffer;
  const std::string line(kLineMax - 1, 'x');
  EXPECT_EQ(cut(buffer, line + "\n" + line + "\nend\n", 10000), (std::vector<std::string>{line, line, "end"}));
  EXPECT_FALSE(buffer.too_long());
}

TEST(LineBuffer, says_when_a_line_is_one_byte_too_long) {
  LineBuffer buffer;
  EXPECT_TRUE(cut(buffer, std::string(kLineMax, 'x') + "\n", 10000).empty());
  EXPECT_TRUE(buffer.too_long());
}

}  // namespace
}  // namespace candela::leap
