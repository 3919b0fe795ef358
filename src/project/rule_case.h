#pragma once

#include <fmt/format.h>
#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <algorithm>
#include <filesystem>
#include <ostream>
#include <set>
#include <span>
#include <string>
#include <string_view>

#include "project/test_home.h"

namespace candela::project {

using Severity = Complaint::Severity;

/// One change to a good project, and the complaint that it brings.
struct Case {
  std::string_view rule;
  std::string_view from;  ///< text of the good project
  std::string_view to;    ///< what is written instead
  std::string_view at;    ///< the complaint stands where this text is; empty = about the whole file
  std::string_view says;  ///< a part of the message or the remedy
  Severity severity = Severity::error;
};
inline void PrintTo(const Case& it, std::ostream* out) { *out << it.rule << ": " << it.from << " -> " << it.to; }

struct Place {
  int line = 0;
  int column = 0;
  friend bool operator==(Place, Place) = default;
  friend std::ostream& operator<<(std::ostream& out, Place place) { return out << place.line << ":" << place.column; }
};

inline Place place_of(std::string_view text, std::string_view what) {
  const std::size_t at = text.find(what);
  EXPECT_NE(at, std::string_view::npos) << what;
  const std::string_view before = text.substr(0, at);
  const std::size_t line_start = before.rfind('\n') + 1;
  return {static_cast<int>(1 + std::count(before.begin(), before.end(), '\n')), static_cast<int>(1 + at - line_start)};
}

inline void expect_complaint(std::string_view home, const Case& it) {
  const std::string text = changed(home, it.from, it.to);
  const Reading reading = read_text(text);
  const auto found = std::find_if(reading.complaints.begin(), reading.complaints.end(),
                                  [&](const Complaint& complaint) { return complaint.rule == it.rule; });
  ASSERT_NE(found, reading.complaints.end()) << "complaints: " << texts(reading);
  EXPECT_EQ(found->severity, it.severity);
  EXPECT_EQ(found->file, "home.yaml");
  EXPECT_THAT(found->message + " | " + found->remedy, ::testing::HasSubstr(std::string(it.says)));
  EXPECT_THAT(found->remedy, ::testing::Not(::testing::IsEmpty()));
  if (!it.at.empty()) {
    EXPECT_EQ((Place{found->line, found->column}), place_of(text, it.at)) << texts(reading);
  }
  EXPECT_EQ(reading.project.has_value(), it.severity == Severity::warning) << texts(reading);
}

inline std::string name_of_case(const ::testing::TestParamInfo<Case>& test) {
  std::string name(test.param.rule);
  std::replace(name.begin(), name.end(), '-', '_');
  return name + "_" + std::to_string(test.index);
}

/// `root` is that of the checkout.
inline std::set<std::string_view> rules_not_in_the_guide(std::span<const Case> cases,
                                                         const std::filesystem::path& root) {
  const auto guide = load_files(root / "docs" / "project-file.md");
  EXPECT_TRUE(guide);
  std::set<std::string_view> missing;
  for (const Case& it : cases) {
    if (guide->front().text.find(fmt::format("| `{}` ", it.rule)) == std::string::npos) missing.insert(it.rule);
  }
  return missing;
}

}  // namespace candela::project
