#include "apps/candela/project_reading.h"

#include <memory>
#include <utility>

#include "project/project_file.h"

namespace candela::apps {

Result<ProjectPtr> read_project(const std::filesystem::path& file, Numbering& numbering) {
  const auto files = project::load_files(file);
  if (!files) return files.error();
  project::Reading reading = project::read(*files, numbering);
  if (reading.project) return std::make_shared<const Project>(std::move(*reading.project));
  std::string complaints;
  for (const project::Complaint& complaint : reading.complaints) {
    if (complaint.severity == project::Complaint::Severity::error) complaints += "\n" + complaint.text();
  }
  return Error{file.string() + " is refused:" + complaints};
}

Result<std::string> read_text(const std::filesystem::path& file) {
  const auto files = std::filesystem::is_directory(file)
                         ? Result<std::vector<project::File>>(Error{file.string() + " is a folder"})
                         : project::load_files(file);
  if (!files) return files.error();
  return files->front().text;
}

}  // namespace candela::apps
