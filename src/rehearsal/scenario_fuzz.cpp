// Any text is read as scenarios, as events and as a script, or refused with a line that is in it.

#include <algorithm>
#include <cstdint>
#include <cstdlib>
#include <string_view>

#include "rehearsal/scenario.h"
#include "rehearsal/script.h"

namespace {

void check(const candela::rehearsal::ScenarioFile& file, std::string_view text) {
  const auto lines = std::count(text.begin(), text.end(), '\n') + 1;
  for (const auto& problem : file.problems) {
    if (problem.line < 0 || problem.line > lines || problem.message.empty()) std::abort();
  }
  for (const auto& scenario : file.scenarios) {
    for (const auto& step : scenario.steps) {
      if (step.line < 1 || step.line > lines || step.text.empty()) std::abort();
    }
  }
}

}  // namespace

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
  const std::string_view text(reinterpret_cast<const char*>(data), size);
  check(candela::rehearsal::read_scenarios(text), text);
  check(candela::rehearsal::read_events(text), text);
  const auto script = candela::rehearsal::parse(text);
  if (!script && script.error().message.empty()) std::abort();
  return 0;
}
