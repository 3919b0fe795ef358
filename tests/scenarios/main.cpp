// candela_scenarios [--rewrite] FILE...: plays scenarios and compares what happens with what is written in them, or
// writes what happens into them. Exit status: 0 all as written, 1 not, 2 wrong use.

#include <fmt/format.h>

#include <algorithm>
#include <cstdio>
#include <filesystem>
#include <fstream>
#include <iterator>
#include <string_view>

#include "rehearsal/play.h"
#include "rehearsal/script.h"

namespace candela::rehearsal {
namespace {

using Lines = std::vector<std::string>;

bool complain(const std::filesystem::path& file, const std::string& message) {
  fmt::print(stderr, "{}:{}\n", file.string(), message);
  return false;
}

void print_difference(const std::filesystem::path& file, const ScriptStep& step, const Lines& outcome) {
  fmt::print(stderr, "{}:{}: {}\n", file.string(), step.line, step.text);
  const std::size_t count = std::max(step.expected.size(), outcome.size());
  for (std::size_t i = 0; i < count; ++i) {
    const bool has_expected = i < step.expected.size();
    const bool happened = i < outcome.size();
    if (has_expected && happened && step.expected[i] == outcome[i]) {
      fmt::print(stderr, "      {}\n", outcome[i]);
      continue;
    }
    if (has_expected) fmt::print(stderr, "    - {}\n", step.expected[i]);
    if (happened) fmt::print(stderr, "    + {}\n", outcome[i]);
  }
}

bool run(const std::filesystem::path& file, bool rewrite) {
  std::ifstream stream(file, std::ios::binary);
  if (!stream) return complain(file, " cannot be read");
  const std::string text{std::istreambuf_iterator<char>(stream), {}};
  const auto script = parse(text);
  if (!script) return complain(file, script.error().message);
  const auto outcomes = play(*script, file.parent_path());
  if (!outcomes) return complain(file, outcomes.error().message);
  if (rewrite) {
    std::ofstream(file, std::ios::binary) << write(*script, *outcomes);
    return true;
  }
  bool as_written = true;
  for (std::size_t i = 0; i < script->steps.size(); ++i) {
    if (script->steps[i].expected == (*outcomes)[i]) continue;
    as_written = false;
    print_difference(file, script->steps[i], (*outcomes)[i]);
  }
  fmt::print("{} {} ({} steps)\n", as_written ? "pass" : "FAIL", file.filename().string(), script->steps.size());
  return as_written;
}

int run_all(std::vector<std::string_view> arguments) {
  const bool rewrite = !arguments.empty() && arguments[0] == "--rewrite";
  if (rewrite) arguments.erase(arguments.begin());
  if (arguments.empty()) {
    fmt::print(stderr, "usage: candela_scenarios [--rewrite] FILE...\n");
    return 2;
  }
  bool all_as_written = true;
  for (const std::string_view file : arguments) all_as_written &= run(file, rewrite);
  return all_as_written ? 0 : 1;
}

}  // namespace
}  // namespace candela::rehearsal

int main(int argc, char** argv) { return candela::rehearsal::run_all({argv + 1, argv + argc}); }
