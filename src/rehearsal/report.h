#pragma once

#include <string>
#include <vector>

#include "rehearsal/rehearse.h"

namespace candela::rehearsal {

/// What came of the scenarios of one file.
struct FileReport {
  std::string file;  ///< as it was named
  std::vector<Verdict> verdicts;
  std::vector<Problem> problems;  ///< then no scenario was played
};

struct Totals {
  std::size_t passed = 0;
  std::size_t failed = 0;  ///< files that cannot be read count as one
};
Totals totals(const std::vector<FileReport>& reports);

/// For people, with a trailing line break: "villa/hall.scenario:12: ...", what was expected, what was found and why.
std::string text(const FileReport& report);
/// JUnit XML, as build servers read it: a suite for each file, a case for each scenario.
std::string junit_xml(const std::vector<FileReport>& reports);

}  // namespace candela::rehearsal
