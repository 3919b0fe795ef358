#pragma once

#include <filesystem>
#include <string>

#include "base/result.h"
#include "model/numbering.h"
#include "model/project.h"

namespace candela::apps {

/// Reads a project that shall be in order. The error holds every complaint that is an error, a line each.
Result<ProjectPtr> read_project(const std::filesystem::path& file, Numbering& numbering);

/// A whole text file of at most 16 MiB, or why it cannot be had.
Result<std::string> read_text(const std::filesystem::path& file);

}  // namespace candela::apps
