// Files made to hurt: refused with one clear line, soon, and without much memory.

#include <fmt/format.h>
#include <gmock/gmock.h>
#include <gtest/gtest.h>
#include <rapidcheck.h>
#include <rapidcheck/gtest.h>
#include <sys/resource.h>

#include <algorithm>
#include <ctime>
#include <functional>

#include "project/test_home.h"
#include "project/tree.h"

namespace candela::project {
namespace {

constexpr std::size_t kMiB = 1024 * 1024;

std::string repeated(std::string_view text, std::size_t times) {
  std::string result;
  result.reserve(text.size() * times);
  while (times-- > 0) result += text;
  return result;
}

/// The head of a project, up to the zones of its only area.
const std::string kHead =
    "candela: 1\nproject: {name: x}\nlocation: {latitude: 0, longitude: 0, time_zone: UTC}\n"
    "processors: [{id: p, model: HQP7-1, links: [{id: l, type: qs_wired, driver: simulated}]}]\n"
    "areas:\n  - id: a\n    name: a\n";

std::string zones(std::size_t count) {
  std::string text = kHead + "    zones:\n";
  for (std::size_t i = 0; i < count; ++i) text += fmt::format("    - {{id: z{}, name: z}}\n", i);
  return text;
}

std::string nested_areas(std::size_t depth) {
  std::string text = kHead;
  for (std::size_t i = 1; i < depth; ++i) {
    const std::string indent(4 * i, ' ');
    text += fmt::format("{0}areas:\n{0}  - id: a{1}\n{0}    name: x\n", indent, i);
  }
  return text;
}

struct Hostile {
  std::string name;
  std::function<std::string()> text;
  std::string rule;
};

const Hostile kHostile[] = {
    {"brackets_1_MB", [] { return repeated("[", kMiB); }, "yaml-syntax"},
    {"brackets_16_MB", [] { return repeated("[", 16 * kMiB); }, "too-large"},
    {"closed_brackets", [] { return repeated("[", kMiB / 2) + repeated("]", kMiB / 2); }, "too-deep"},
    {"braces_1_MB", [] { return repeated("{a: ", kMiB / 4); }, "yaml-syntax"},
    {"dashes_1_MB", [] { return repeated("- ", kMiB / 2); }, "too-deep"},
    {"question_marks", [] { return repeated("? ", kMiB / 2); }, "yaml-syntax"},
    {"nested_areas", [] { return nested_areas(200); }, "too-deep"},
    {"alias_bomb",
     [] {
       std::string text = "a0: &a0 [x, x, x, x, x, x, x, x, x]\n";
       for (int i = 1; i < 12; ++i)
         text += fmt::format("a{0}: &a{0} [{1}*a{2}]\n", i, repeated(fmt::format("*a{}, ", i - 1), 8), i - 1);
       return text;
     },
     "yaml-alias"},
    {"list_that_holds_itself", [] { return std::string("areas: &a [*a]\n"); }, "yaml-alias"},
    {"merge_key", [] { return std::string("base: &b {x: 1}\nproject: {<<: *b}\n"); }, "yaml-alias"},
    {"nul_byte", [] { return kHead + std::string("\0", 1); }, "not-text"},
    {"escape_character", [] { return kHead + "    name: \x1b[31m\n"; }, "not-text"},
    {"nul_escape", [] { return std::string("project: {name: \"a\\0b\"}\n"); }, "not-text"},
    {"broken_utf8", [] { return kHead + "    # \xC3\x28\n"; }, "not-text"},
    {"overlong_utf8", [] { return kHead + "    # \xC0\xAF\n"; }, "not-text"},
    {"surrogate_utf8", [] { return kHead + "    # \xED\xA0\x80\n"; }, "not-text"},
    {"utf8_cut_off", [] { return kHead + "    # \xE2\x82"; }, "not-text"},
    {"utf16",
     [] {
       return std::string(
           "\xFF\xFE"
           "c\0a\0",
           6);
     },
     "not-text"},
    {"million_zones", [] { return zones(1'000'000).substr(0, 16 * kMiB); }, "too-large"},
    {"zones_beyond_any_system", [] { return zones(50'000); }, "system-capacity"},
    {"scalar_16_MB", [] { return repeated("a", 16 * kMiB); }, "too-large"},
    {"open_quote_16_MB", [] { return "a: \"" + repeated("a", 15 * kMiB); }, "too-large"},
    {"block_text_16_MB", [] { return "a: |\n" + repeated("  x\n", 3 * kMiB); }, "too-large"},
    {"empty_lines_16_MB", [] { return repeated("\n", 16 * kMiB); }, "too-large"},
    {"comments_16_MB", [] { return repeated("# x\n", 4 * kMiB); }, "too-large"},
    {"tags", [] { return repeated("!!a ", kMiB); }, "too-large"},
    {"over_16_MB", [] { return repeated("a", 16 * kMiB + 1); }, "too-large"},
    {"documents", [] { return repeated("---\n", kMiB); }, "one-document"},
    {"nothing", [] { return std::string(); }, "not-a-project"},
    {"only_a_word", [] { return std::string("hello"); }, "not-a-project"},
    {"a_list", [] { return std::string("- hello\n"); }, "not-a-project"},
};

/// Of this process so far, in MiB; sanitizers keep freed memory, so it says nothing under them.
long peak_memory() {
#ifdef __SANITIZE_ADDRESS__
  return 0;
#else
  rusage usage{};
  ::getrusage(RUSAGE_SELF, &usage);
  return usage.ru_maxrss / 1024;
#endif
}

/// Processor time, so that a busy machine makes no difference.
double seconds_used() { return static_cast<double>(std::clock()) / CLOCKS_PER_SEC; }

class HostileFile : public ::testing::TestWithParam<Hostile> {};

TEST_P(HostileFile, is_refused_with_one_line) {
  const std::string text = GetParam().text();
  const double begin = seconds_used();
  const Reading reading = read_text(text);
  EXPECT_LT(seconds_used() - begin, 20) << "2 s at most without sanitizers";
  EXPECT_LT(peak_memory(), 500);
  EXPECT_FALSE(reading.project);
  ASSERT_EQ(reading.complaints.size(), 1U) << texts(reading).substr(0, 2000);
  EXPECT_EQ(reading.complaints[0].rule, GetParam().rule);
  EXPECT_LT(texts(reading).size(), 1000U);
}

INSTANTIATE_TEST_SUITE_P(all, HostileFile, ::testing::ValuesIn(kHostile),
                         [](const auto& test) { return test.param.name; });

TEST(HostileFile, with_a_hundred_thousand_mistakes_gets_a_thousand_complaints) {
  std::string text = kHead;
  for (int i = 0; i < 100'000; ++i) text += fmt::format("    key{}: 1\n", i);
  const Reading reading = read_text(text);
  EXPECT_FALSE(reading.project);
  EXPECT_GE(reading.complaints.size(), 1000U);
  EXPECT_LE(reading.complaints.size(), 2001U);
}

TEST(HostileFile, that_repeats_itself_in_buttons_is_refused) {
  std::string text = zones(10'000) + "    keypads:\n";
  for (int keypad = 0; keypad < 90; ++keypad) {
    text += fmt::format(
        "      - id: k{}\n        name: k\n        family: HQWD-W6BRL\n        link: l\n        buttons:\n", keypad);
    text += "          - {raise: [" + repeated("home, ", 100) + "]}\n";
  }
  const Reading reading = read_text(text);
  EXPECT_FALSE(reading.project);
  EXPECT_THAT(texts(reading), ::testing::HasSubstr("the buttons set more than"));
}

TEST(HostileFile, may_have_any_number_of_files_up_to_the_bound) {
  Numbering numbering;
  const Reading reading = read(std::vector<File>(257, File{"a.yaml", "candela: 1\n"}), numbering);
  ASSERT_EQ(reading.complaints.size(), 1U);
  EXPECT_EQ(reading.complaints[0].rule, "too-large");
  EXPECT_EQ(read({}, numbering).complaints.size(), 1U);
}

/// What is read from a damaged file is either a project or at least one error, and the numbers are untouched by errors.
RC_GTEST_PROP(DamagedFile, is_a_project_or_has_an_error, ()) {
  std::string text(kTestHome);
  const int changes = *rc::gen::inRange(1, 4);
  for (int i = 0; i < changes; ++i) {
    const auto at = *rc::gen::inRange<std::size_t>(0, text.size());
    const auto length = *rc::gen::inRange<std::size_t>(0, 20);
    text.replace(
        at, length,
        *rc::gen::element<std::string>("", " ", "\n", ":", "- ", "{", "]", "'", "x", "0", "#", "off", "\xff", "&a "));
  }
  Numbering numbering;
  const Reading reading = read({{"home.yaml", text}}, numbering);
  const bool has_error = std::any_of(reading.complaints.begin(), reading.complaints.end(),
                                     [](const Complaint& it) { return it.severity == Complaint::Severity::error; });
  RC_ASSERT(reading.project.has_value() != has_error);
  RC_ASSERT(numbering.all().empty() == has_error);
}

}  // namespace
}  // namespace candela::project
