#include "rehearsal/report.h"

#include <fmt/format.h>

#include <algorithm>
#include <iterator>

namespace candela::rehearsal {
namespace {

/// What XML 1.0 may not hold, even as a reference, becomes a question mark.
std::string escaped(std::string_view text) {
  std::string xml;
  for (const char c : text) {
    switch (c) {
      case '&': xml += "&amp;"; break;
      case '<': xml += "&lt;"; break;
      case '>': xml += "&gt;"; break;
      case '"': xml += "&quot;"; break;
      case '\n': xml += "&#10;"; break;
      default: {
        const bool is_control = static_cast<unsigned char>(c) < 0x20 && c != '\t';
        xml += is_control ? '?' : c;
      }
    }
  }
  return xml;
}

std::string failure_text(const Failure& failure) {
  std::string text = failure.expected.empty()
                         ? fmt::format("      {}\n      cannot be played: {}\n", failure.step, failure.found)
                         : fmt::format("      expected: {}\n      but:      {}\n", failure.expected, failure.found);
  if (!failure.because.empty()) text += fmt::format("      because:  {}\n", failure.because);
  if (!failure.when.empty()) text += fmt::format("      it was:   {}\n", failure.when);
  return text;
}

void append_case(std::string& xml, const std::string& file, const Verdict& verdict) {
  fmt::format_to(std::back_inserter(xml), "    <testcase classname=\"{}\" name=\"{}\" line=\"{}\"", escaped(file),
                 escaped(verdict.name), verdict.line);
  if (verdict.passed()) {
    xml += "/>\n";
    return;
  }
  const Failure& failure = *verdict.failure;
  fmt::format_to(std::back_inserter(xml), ">\n      <failure message=\"{}:{}: {}\">{}</failure>\n    </testcase>\n",
                 escaped(file), failure.line, escaped(failure.found), escaped(failure_text(failure)));
}

void append_problems(std::string& xml, const FileReport& report) {
  std::string all;
  for (const Problem& problem : report.problems)
    all += fmt::format("{}:{}: {}\n", report.file, problem.line, problem.message);
  fmt::format_to(std::back_inserter(xml),
                 "    <testcase classname=\"{}\" name=\"the file can be read\">\n      <error message=\"{}\"/>\n"
                 "    </testcase>\n",
                 escaped(report.file), escaped(all));
}

Totals totals_of(const FileReport& report) {
  if (!report.problems.empty()) return {0, 1};
  const auto passed = static_cast<std::size_t>(
      std::count_if(report.verdicts.begin(), report.verdicts.end(), [](const Verdict& it) { return it.passed(); }));
  return {passed, report.verdicts.size() - passed};
}

}  // namespace

Totals totals(const std::vector<FileReport>& reports) {
  Totals all;
  for (const FileReport& report : reports) {
    const Totals its = totals_of(report);
    all.passed += its.passed;
    all.failed += its.failed;
  }
  return all;
}

std::string text(const FileReport& report) {
  std::string text;
  for (const Problem& problem : report.problems) {
    fmt::format_to(std::back_inserter(text), "{}:{}: {}\n", report.file, problem.line, problem.message);
  }
  if (!report.problems.empty()) return text;
  for (const Verdict& verdict : report.verdicts) {
    if (verdict.passed()) {
      fmt::format_to(std::back_inserter(text), "passed  {}\n", verdict.name);
    } else {
      fmt::format_to(std::back_inserter(text), "FAILED  {}\n    {}:{}\n{}", verdict.name, report.file,
                     verdict.failure->line, failure_text(*verdict.failure));
    }
  }
  return text;
}

std::string junit_xml(const std::vector<FileReport>& reports) {
  const Totals all = totals(reports);
  std::string xml =
      fmt::format("<?xml version=\"1.0\" encoding=\"UTF-8\"?>\n<testsuites tests=\"{}\" failures=\"{}\">\n",
                  all.passed + all.failed, all.failed);
  for (const FileReport& report : reports) {
    const Totals its = totals_of(report);
    const std::size_t errors = report.problems.empty() ? 0 : 1;
    fmt::format_to(std::back_inserter(xml), "  <testsuite name=\"{}\" tests=\"{}\" failures=\"{}\" errors=\"{}\">\n",
                   escaped(report.file), its.passed + its.failed, its.failed - errors, errors);
    if (!report.problems.empty()) append_problems(xml, report);
    for (const Verdict& verdict : report.verdicts) append_case(xml, report.file, verdict);
    xml += "  </testsuite>\n";
  }
  return xml + "</testsuites>\n";
}

}  // namespace candela::rehearsal
