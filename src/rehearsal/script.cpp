#include "rehearsal/script.h"

#include "rehearsal/words.h"

namespace candela::rehearsal {
namespace {

constexpr std::string_view kIndent = "    ";

std::vector<std::string> lines_of(std::string_view text) {
  std::vector<std::string> lines;
  while (!text.empty()) {
    const std::size_t end = text.find('\n');
    lines.emplace_back(text.substr(0, end));
    text.remove_prefix(end == std::string_view::npos ? text.size() : end + 1);
  }
  return lines;
}

Result<ScriptStep> parse_step(const std::string& text, int line) {
  Words words(text);
  words.take();  // "at"
  const auto at = words.take_time();
  if (!at) return Error{"after 'at' comes a time such as 2s or 1.5m"};
  return ScriptStep{line, text, *at, words.rest(), {}};
}

void append(std::string& text, const std::vector<std::string>& lines, std::string_view indent = "") {
  for (const std::string& line : lines) text.append(indent).append(line).append("\n");
}

}  // namespace

Result<Script> parse(std::string_view text) {
  Script script;
  int number = 0;
  const auto at_line = [&](const std::string& message) { return Error{std::to_string(number) + ": " + message}; };
  for (const std::string& line : lines_of(text)) {
    ++number;
    if (line.starts_with("at ")) {
      auto step = parse_step(line, number);
      if (!step) return at_line(step.error().message);
      if (!script.steps.empty() && step->at < script.steps.back().at) return at_line("time never goes back");
      script.steps.push_back(std::move(*step));
      script.between.emplace_back();
    } else if (line.starts_with(kIndent) && !script.steps.empty()) {
      script.steps.back().expected.push_back(line.substr(kIndent.size()));
    } else if (line.starts_with("project:") && script.steps.empty()) {
      script.project = Words(line.substr(8)).take();
      script.head.push_back(line);
    } else if (line.empty() || line.starts_with("#")) {
      (script.steps.empty() ? script.head : script.between.back()).push_back(line);
    } else {
      return at_line("neither 'project:', 'at TIME COMMAND', a comment, nor indented under a step");
    }
  }
  if (script.project.empty()) return Error{"1: a scenario begins with 'project: FILE'"};
  return script;
}

std::string write(const Script& script, const std::vector<std::vector<std::string>>& outcomes) {
  std::string text;
  append(text, script.head);
  for (std::size_t i = 0; i < script.steps.size(); ++i) {
    append(text, {script.steps[i].text});
    append(text, outcomes[i], kIndent);
    append(text, script.between[i]);
  }
  return text;
}

}  // namespace candela::rehearsal
