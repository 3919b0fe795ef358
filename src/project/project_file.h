#pragma once

#include <filesystem>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "base/result.h"
#include "model/numbering.h"
#include "model/project.h"

namespace candela::project {

struct File {
  std::string name;  ///< as complaints show it
  std::string text;
};

/// Something that is not right with a project file.
struct Complaint {
  enum class Severity { error, warning };
  Severity severity = Severity::error;
  std::string file;
  int line = 0;         ///< from 1; 0 = about the file as a whole
  int column = 0;       ///< from 1
  std::string rule;     ///< a stable name such as "link-capacity"; docs/project-file.md lists them
  std::string message;  ///< what is wrong
  std::string remedy;   ///< what to do about it

  /// "villa.yaml:12:7: error: ... [rule] remedy: ..."
  std::string text() const;
};

/// The outcome of reading: a project if nothing is an error, and all complaints in the order of the files. Of more than
/// 1000 errors or 1000 warnings the rest is one line with their number.
struct Reading {
  std::optional<Project> project;
  std::vector<Complaint> complaints;
};

/// The files of a project: the one named, or all *.yaml in the folder named, by name.
/// Errors: not there, not readable, larger than the bounds (16 MiB in all, 256 files).
Result<std::vector<File>> load_files(const std::filesystem::path& path);

/// Reads and validates. Objects without a number yet get one from `numbering`; on errors `numbering` is unchanged.
/// Never throws on bad input; time and memory are bounded by the size of the text.
Reading read(const std::vector<File>& files, Numbering& numbering);

/// The JSON Schema of project files, as published in schema/project.schema.json.
std::string_view schema_text();

}  // namespace candela::project
