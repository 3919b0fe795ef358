#pragma once

#include <string>
#include <string_view>
#include <vector>

#include "base/result.h"
#include "base/time.h"

namespace candela::rehearsal {

/// "at 2s  press hall-keypad.1", and the indented lines beneath it.
struct ScriptStep {
  int line = 0;      ///< from 1
  std::string text;  ///< as written
  Duration at{};     ///< since the scenario began
  std::string command;
  std::vector<std::string> expected;
};

/// A scenario file. Lines that are neither steps nor expectations (the project, comments, blank lines) are kept as they
/// are, so that rewriting changes expectations only.
struct Script {
  std::string project;  ///< file beside the script
  std::vector<std::string> head;
  std::vector<ScriptStep> steps;
  std::vector<std::vector<std::string>> between;  ///< after each step: comments, blank lines
};

Result<Script> parse(std::string_view text);

/// The script with `outcomes` in place of what each step expects.
std::string write(const Script& script, const std::vector<std::vector<std::string>>& outcomes);

}  // namespace candela::rehearsal
